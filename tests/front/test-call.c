/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-call.h"

#include <gio/gio.h>
#include <string.h>

#define MAX_CALL 16384

static gboolean
read_call (LanyardFrontCall *call, const char *line)
{
  static char *arguments[20];
  static char copy[200];
  guint n = 0;

  /* Words between spaces; the call borrows from them. */
  g_strlcpy (copy, line, sizeof copy);
  for (char *word = copy; word != NULL; n++)
    {
      char *space = strchr (word, ' ');

      arguments[n] = word;
      if (space != NULL)
        *space++ = '\0';
      word = space;
    }
  arguments[n] = NULL;
  return lanyard_front_call_read (call, (int)n, arguments);
}

static void
test_for_others (void)
{
  static const char *const lines[] = {
    "lanyard",
    "lanyard token",
    "lanyard header",
    "lanyard list",
    "lanyard --help",
    "lanyard show Name",
    "lanyard tokens Name",
    "lanyard token ",
    "lanyard token --json Name",
    "lanyard token Name --json",
    "lanyard token --help",
    "lanyard token -h",
    "lanyard token -- Name",
    "lanyard token - ",
    "lanyard token Name Other",
    "lanyard token Name GET https://example.org",
    "lanyard token --min-valid 300",
    "lanyard token Name --min-valid",
    "lanyard token Name --min-valid ",
    "lanyard token Name --min-valid=",
    "lanyard token Name --min-valid 0x10",
    "lanyard token Name --min-valid 010",
    "lanyard token Name --min-valid -1",
    "lanyard token Name --min-valid +1",
    "lanyard token Name --min-valid 1s",
    "lanyard token Name --min-valid 2147483648",
    "lanyard token Name --min-valid 4294967297",
    "lanyard token Name --min-valid 99999999999999999999",
    "lanyard token Name --min-validity 1",
    "lanyard token Name --min 1",
    "lanyard header Name --min-valid 1",
    "lanyard header Name GET",
    "lanyard header Name GET https://example.org more",
    "lanyard header Name GET https://example.org more and more",
    "lanyard header -- Name",
  };
  LanyardFrontCall call;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_test_message ("%s", lines[i]);
      g_assert_false (read_call (&call, lines[i]));
    }
}

static void
test_token (void)
{
  static const char *const lines[] = {
    "lanyard token Name --min-valid 300",
    "lanyard token Name --min-valid=300",
    "lanyard token --min-valid 300 Name",
    "lanyard token --min-valid=1 --min-valid=300 Name",
  };
  LanyardFrontCall call;

  g_assert_true (read_call (&call, "lanyard token Name"));
  g_assert_cmpint (call.verb, ==, LANYARD_FRONT_TOKEN);
  g_assert_cmpstr (call.authorization, ==, "Name");
  g_assert_cmpuint (call.min_valid, ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_assert_true (read_call (&call, lines[i]));
      g_assert_cmpstr (call.authorization, ==, "Name");
      g_assert_cmpuint (call.min_valid, ==, 300);
    }
}

static void
test_header (void)
{
  LanyardFrontCall call;

  g_assert_true (read_call (&call, "lanyard header Name"));
  g_assert_cmpint (call.verb, ==, LANYARD_FRONT_HEADER);
  g_assert_cmpstr (call.authorization, ==, "Name");
  g_assert_cmpstr (call.method, ==, "");
  g_assert_cmpstr (call.uri, ==, "");

  g_assert_true (read_call (&call, "lanyard header Name GET https://example.org/"));
  g_assert_cmpstr (call.authorization, ==, "Name");
  g_assert_cmpstr (call.method, ==, "GET");
  g_assert_cmpstr (call.uri, ==, "https://example.org/");
}

static void
test_data_home (void)
{
  char folder[40];

  g_unsetenv ("XDG_DATA_HOME");
  g_unsetenv ("HOME");
  g_assert_false (lanyard_front_call_find_data_home (folder, sizeof folder));
  g_setenv ("HOME", "relative", TRUE);
  g_assert_false (lanyard_front_call_find_data_home (folder, sizeof folder));
  g_setenv ("XDG_DATA_HOME", "relative", TRUE);
  g_setenv ("HOME", "/her", TRUE);
  g_assert_false (lanyard_front_call_find_data_home (folder, sizeof folder));
  g_setenv ("XDG_DATA_HOME", "/a/folder/whose/name/leaves/no/room", TRUE);
  g_assert_false (lanyard_front_call_find_data_home (folder, sizeof folder));

  g_setenv ("XDG_DATA_HOME", "/a/folder/whose/name/leaves/a/", TRUE);
  g_assert_true (lanyard_front_call_find_data_home (folder, sizeof folder));
  g_assert_cmpstr (folder, ==, "/a/folder/whose/name/leaves/a/lanyard");
  g_setenv ("XDG_DATA_HOME", "/", TRUE);
  g_assert_true (lanyard_front_call_find_data_home (folder, sizeof folder));
  g_assert_cmpstr (folder, ==, "/lanyard");
  /* Empty is as good as unset. */
  g_setenv ("XDG_DATA_HOME", "", TRUE);
  g_assert_true (lanyard_front_call_find_data_home (folder, sizeof folder));
  g_assert_cmpstr (folder, ==, "/her/.local/share/lanyard");
}

/* Reads the next message with GLib, which has a parser of its own. */
static GDBusMessage *
take_message (const guchar **bytes, gsize *length)
{
  g_autoptr (GError) error = NULL;
  gssize needed = g_dbus_message_bytes_needed ((guchar *)*bytes, *length, &error);
  GDBusMessage *message;

  g_assert_no_error (error);
  g_assert_cmpint (needed, <=, *length);
  message = g_dbus_message_new_from_blob ((guchar *)*bytes, (gsize)needed,
                                          G_DBUS_CAPABILITY_FLAGS_NONE, &error);
  g_assert_no_error (error);
  *bytes += needed;
  *length -= (gsize)needed;
  return message;
}

static void
assert_message (GDBusMessage *message,
                guint serial,
                const char *destination,
                const char *path,
                const char *interface,
                const char *member,
                const char *body)
{
  GVariant *values = g_dbus_message_get_body (message);
  g_autofree char *text = values != NULL ? g_variant_print (values, TRUE) : NULL;

  g_assert_cmpint (g_dbus_message_get_message_type (message), ==, G_DBUS_MESSAGE_TYPE_METHOD_CALL);
  g_assert_cmpint (g_dbus_message_get_flags (message), ==, G_DBUS_MESSAGE_FLAGS_NONE);
  g_assert_cmpuint (g_dbus_message_get_serial (message), ==, serial);
  g_assert_cmpstr (g_dbus_message_get_destination (message), ==, destination);
  g_assert_cmpstr (g_dbus_message_get_path (message), ==, path);
  g_assert_cmpstr (g_dbus_message_get_interface (message), ==, interface);
  g_assert_cmpstr (g_dbus_message_get_member (message), ==, member);
  g_assert_cmpstr (text, ==, body);
}

static void
assert_written (const LanyardFrontCall *call,
                uid_t user,
                const char *authentication,
                const char *member,
                const char *body)
{
  guchar *buffer = g_malloc (MAX_CALL);
  gsize call_at = 0;
  gsize length = lanyard_front_call_write (call, user, "/data/lanyard", buffer, MAX_CALL, &call_at);
  const guchar *bytes = buffer + 1 + strlen (authentication);
  g_autoptr (GDBusMessage) hello = NULL;
  g_autoptr (GDBusMessage) asked = NULL;

  g_assert_cmpuint (length, >, 1 + strlen (authentication));
  g_assert_cmpint (buffer[0], ==, 0);
  g_assert_cmpmem (buffer + 1, strlen (authentication), authentication, strlen (authentication));

  length -= (gsize)(bytes - buffer);
  hello = take_message (&bytes, &length);
  assert_message (hello, LANYARD_FRONT_HELLO_SERIAL, "org.freedesktop.DBus",
                  "/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello", NULL);
  asked = take_message (&bytes, &length);
  assert_message (asked, LANYARD_FRONT_CALL_SERIAL, "io.github.lanyard.Lanyard.Service",
                  "/io/github/lanyard/Lanyard/Service", "io.github.lanyard.Lanyard.Service1",
                  member, body);
  g_assert_cmpuint (length, ==, 0);
  g_free (buffer);
}

static void
test_write (void)
{
  LanyardFrontCall call = { LANYARD_FRONT_TOKEN, "Žluťoučký", "", "", 0 };

  assert_written (&call, 0, "AUTH EXTERNAL 30\r\nBEGIN\r\n", "GetAccessToken",
                  "('Žluťoučký', {'data-home': <'/data/lanyard'>})");
  call.min_valid = 300;
  assert_written (&call, 1000, "AUTH EXTERNAL 31303030\r\nBEGIN\r\n", "GetAccessToken",
                  "('Žluťoučký', {'data-home': <'/data/lanyard'>, 'min-valid': <uint32 300>})");
  call = (LanyardFrontCall){ LANYARD_FRONT_HEADER, "Name", "", "", 0 };
  assert_written (&call, 4294967294, "AUTH EXTERNAL 34323934393637323934\r\nBEGIN\r\n",
                  "GetHeaders", "('Name', '', '', {'data-home': <'/data/lanyard'>})");
  call.method = "POST";
  call.uri = "https://example.org/?a=b";
  assert_written (&call, 0, "AUTH EXTERNAL 30\r\nBEGIN\r\n", "GetHeaders",
                  "('Name', 'POST', 'https://example.org/?a=b', {'data-home': <'/data/lanyard'>})");
}

/* Alignment depends on the lengths of what comes before. */
static void
test_write_lengths (void)
{
  for (guint i = 1; i < 40; i++)
    {
      g_autofree char *name = g_strnfill (i, 'n');
      g_autofree char *body =
        g_strdup_printf ("('%s', {'data-home': <'/data/lanyard'>, 'min-valid': <uint32 1>})", name);
      const LanyardFrontCall call = { LANYARD_FRONT_TOKEN, name, "", "", 1 };

      assert_written (&call, 0, "AUTH EXTERNAL 30\r\nBEGIN\r\n", "GetAccessToken", body);
    }
}

static void
test_write_no_text (void)
{
  guchar buffer[MAX_CALL];
  LanyardFrontCall call = { LANYARD_FRONT_TOKEN, "\xff", "", "", 0 };

  g_assert_cmpuint (lanyard_front_call_write (&call, 0, "/data", buffer, MAX_CALL, NULL), ==, 0);
  call.authorization = "Name";
  g_assert_cmpuint (lanyard_front_call_write (&call, 0, "/\xed\xa0\x80", buffer, MAX_CALL, NULL),
                    ==, 0);
  call.method = "GET";
  call.uri = "\xc3";
  call.verb = LANYARD_FRONT_HEADER;
  g_assert_cmpuint (lanyard_front_call_write (&call, 0, "/data", buffer, MAX_CALL, NULL), ==, 0);
}

/* What does not fit is not sent in part. */
static void
test_write_no_room (void)
{
  const LanyardFrontCall call = { LANYARD_FRONT_HEADER, "Name", "GET", "https://a/", 0 };
  guchar buffer[MAX_CALL];
  g_autofree char *name = g_strnfill (MAX_CALL, 'n');
  const LanyardFrontCall endless = { LANYARD_FRONT_TOKEN, name, "", "", 0 };
  gsize needed = lanyard_front_call_write (&call, 0, "/data", buffer, sizeof buffer, NULL);

  g_assert_cmpuint (needed, >, 0);
  for (gsize size = 0; size < needed; size++)
    {
      guchar *exact = g_malloc (size);

      g_assert_cmpuint (lanyard_front_call_write (&call, 0, "/data", exact, size, NULL), ==, 0);
      g_free (exact);
    }
  g_assert_cmpuint (lanyard_front_call_write (&endless, 0, "/data", buffer, sizeof buffer, NULL),
                    ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/front/call/for-others", test_for_others);
  g_test_add_func ("/front/call/token", test_token);
  g_test_add_func ("/front/call/header", test_header);
  g_test_add_func ("/front/call/data-home", test_data_home);
  g_test_add_func ("/front/call/write-no-text", test_write_no_text);
  g_test_add_func ("/front/call/write-no-room", test_write_no_room);
  g_test_add_func ("/front/call/write", test_write);
  g_test_add_func ("/front/call/write-lengths", test_write_lengths);
  return g_test_run ();
}
