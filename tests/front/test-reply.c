/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-reply.h"

#include "lanyard-error.h"
#include "lanyard-front-call.h"
#include "mutate.h"

#include <gio/gio.h>
#include <string.h>

#define GREETING "OK 0123456789abcdef0123456789abcdef\r\n"
#define ERROR_PREFIX "io.github.lanyard.Lanyard.Error."
#define ROOM 65536

/* What came from the bus, in memory of exactly that size, so that the sanitizer sees what is read
 * behind it. */
typedef struct
{
  LanyardFrontStream stream;
  LanyardFrontReply reply;
  char text[ROOM];
} Fixture;

static void
append_message (GByteArray *bytes, GDBusMessage *message, GVariant *body, guint32 serial)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  guchar *blob;

  g_dbus_message_set_reply_serial (message, serial);
  g_dbus_message_set_sender (message, ":1.2");
  g_dbus_message_set_destination (message, ":1.3");
  if (body != NULL)
    g_dbus_message_set_body (message, body);
  g_dbus_message_set_serial (message, 9);
  blob = g_dbus_message_to_blob (message, &length, G_DBUS_CAPABILITY_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_byte_array_append (bytes, blob, (guint)length);
  g_free (blob);
}

static GDBusMessage *
new_message (GDBusMessageType type, GDBusMessageByteOrder order)
{
  GDBusMessage *message = g_dbus_message_new ();

  g_dbus_message_set_message_type (message, type);
  g_dbus_message_set_byte_order (message, order);
  return message;
}

/* What every bus says first. */
static GByteArray *
begin_stream (GDBusMessageByteOrder order)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (GDBusMessage) hello = new_message (G_DBUS_MESSAGE_TYPE_METHOD_RETURN, order);
  g_autoptr (GDBusMessage) acquired =
    g_dbus_message_new_signal ("/org/freedesktop/DBus", "org.freedesktop.DBus", "NameAcquired");

  g_byte_array_append (bytes, (const guchar *)GREETING, strlen (GREETING));
  append_message (bytes, hello, g_variant_new ("(s)", ":1.3"), LANYARD_FRONT_HELLO_SERIAL);
  append_message (bytes, acquired, g_variant_new ("(s)", ":1.3"), 0);
  return bytes;
}

static GByteArray *
make_answer (GDBusMessageByteOrder order, const char *body)
{
  GByteArray *bytes = begin_stream (order);
  g_autoptr (GDBusMessage) message = new_message (G_DBUS_MESSAGE_TYPE_METHOD_RETURN, order);

  append_message (bytes, message, body != NULL ? g_variant_new_parsed (body) : NULL,
                  LANYARD_FRONT_CALL_SERIAL);
  return bytes;
}

static GByteArray *
make_error (const char *name, const char *body)
{
  GByteArray *bytes = begin_stream (G_DBUS_MESSAGE_BYTE_ORDER_LITTLE_ENDIAN);
  g_autoptr (GDBusMessage) message =
    new_message (G_DBUS_MESSAGE_TYPE_ERROR, G_DBUS_MESSAGE_BYTE_ORDER_LITTLE_ENDIAN);

  g_dbus_message_set_error_name (message, name);
  append_message (bytes, message, body != NULL ? g_variant_new_parsed (body) : NULL,
                  LANYARD_FRONT_CALL_SERIAL);
  return bytes;
}

static LanyardFrontState
read_bytes (Fixture *fixture, gconstpointer bytes, gsize length)
{
  g_free (fixture->stream.bytes);
  fixture->stream = (LanyardFrontStream){ .size = length, .length = length };
  fixture->stream.bytes = g_memdup2 (bytes, length);
  return lanyard_front_stream_read (&fixture->stream, &fixture->reply);
}

static LanyardFrontState
read_stream (Fixture *fixture, GByteArray *bytes)
{
  LanyardFrontState state = read_bytes (fixture, bytes->data, bytes->len);

  g_byte_array_unref (bytes);
  return state;
}

static gsize
write_answer (Fixture *fixture)
{
  gsize token = lanyard_front_reply_write_token (&fixture->reply, fixture->text, ROOM);

  return token > 0 ? token
                   : lanyard_front_reply_write_headers (&fixture->reply, fixture->text, ROOM);
}

static void
test_no_greeting (Fixture *fixture, gconstpointer data)
{
  static const char *const lines[] = { "\r\n",
                                       "OK\r\n",
                                       "OK \n",
                                       "OK 0123\n",
                                       "REJECTED EXTERNAL\r\n",
                                       "ERROR\r\n",
                                       "DATA\r\n",
                                       "HTTP/1.1 400 Bad Request\r\n" };
  g_autofree char *endless = g_strnfill (1000, 'O');

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_cmpint (read_bytes (fixture, lines[i], strlen (lines[i])), ==, LANYARD_FRONT_BROKEN);
  g_assert_cmpint (read_bytes (fixture, endless, 1000), ==, LANYARD_FRONT_BROKEN);
  g_assert_cmpint (read_bytes (fixture, "", 0), ==, LANYARD_FRONT_MORE);
  g_assert_cmpint (read_bytes (fixture, "OK 0123", 7), ==, LANYARD_FRONT_MORE);
}

static void
test_broken_header (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint at;
    guchar value;
  } changes[] = {
    { 0, 'x' },  { 0, 0 },    { 1, 0 },     { 3, 0 },     { 3, 2 },
    { 6, 0xff }, { 7, 0xff }, { 14, 0xff }, { 15, 0xff },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      GByteArray *bytes =
        make_answer (G_DBUS_MESSAGE_BYTE_ORDER_LITTLE_ENDIAN, "('t', 'Bearer', int64 0)");

      bytes->data[strlen (GREETING) + changes[i].at] = changes[i].value;
      g_test_message ("byte %u", changes[i].at);
      g_assert_cmpint (read_stream (fixture, bytes), ==, LANYARD_FRONT_BROKEN);
    }
}

/* Answers to what was not asked, or not yet. */
static void
test_wrong_order (Fixture *fixture, gconstpointer data)
{
  const guint32 serials[] = { 0, LANYARD_FRONT_CALL_SERIAL, 3, G_MAXUINT32 };

  for (guint i = 0; i < G_N_ELEMENTS (serials); i++)
    {
      GByteArray *bytes = g_byte_array_new ();
      g_autoptr (GDBusMessage) message =
        new_message (G_DBUS_MESSAGE_TYPE_METHOD_RETURN, G_DBUS_MESSAGE_BYTE_ORDER_LITTLE_ENDIAN);

      g_byte_array_append (bytes, (const guchar *)GREETING, strlen (GREETING));
      append_message (bytes, message, g_variant_new_parsed ("('t', 'Bearer', int64 0)"),
                      serials[i]);
      g_assert_cmpint (read_stream (fixture, bytes), ==, LANYARD_FRONT_BROKEN);
    }
}

static void
test_refused_hello (Fixture *fixture, gconstpointer data)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (GDBusMessage) message =
    new_message (G_DBUS_MESSAGE_TYPE_ERROR, G_DBUS_MESSAGE_BYTE_ORDER_LITTLE_ENDIAN);

  g_byte_array_append (bytes, (const guchar *)GREETING, strlen (GREETING));
  g_dbus_message_set_error_name (message, "org.freedesktop.DBus.Error.LimitsExceeded");
  append_message (bytes, message, NULL, LANYARD_FRONT_HELLO_SERIAL);
  g_assert_cmpint (read_stream (fixture, bytes), ==, LANYARD_FRONT_BROKEN);
}

/* With room for so many bytes at once. */
static LanyardFrontState
read_in_room (Fixture *fixture, const GByteArray *bytes, gsize size)
{
  g_autofree guchar *room = g_malloc (size);
  LanyardFrontStream stream = { .bytes = room, .size = size };
  LanyardFrontState state = LANYARD_FRONT_MORE;

  for (guint done = 0; state == LANYARD_FRONT_MORE && done < bytes->len; done++)
    {
      g_assert_cmpuint (stream.length, <, size);
      room[stream.length++] = bytes->data[done];
      state = lanyard_front_stream_read (&stream, &fixture->reply);
    }
  return state;
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bytes =
    make_answer (G_DBUS_MESSAGE_BYTE_ORDER_LITTLE_ENDIAN, "('t', 'Bearer', int64 0)");
  gsize enough = 64;

  while (read_in_room (fixture, bytes, enough) == LANYARD_FRONT_BROKEN)
    enough++;
  /* The largest message, to the byte; no stream of several is needed at once. */
  g_assert_cmpuint (enough, <, bytes->len / 2);
  for (gsize size = enough; size < bytes->len; size++)
    g_assert_cmpint (read_in_room (fixture, bytes, size), ==, LANYARD_FRONT_READY);
}

/* Other answers than the one that was asked for are none. */
static void
test_wrong_types (Fixture *fixture, gconstpointer data)
{
  static const char *const bodies[] = {
    "('t',)",
    "('t', 'Bearer')",
    "('t', 'Bearer', uint64 0)",
    "('t', 'Bearer', int64 0, 's')",
    "('t', 'Bearer', 'never')",
    "([byte 0x74], 'Bearer', int64 0)",
    "(objectpath '/t', 'Bearer', int64 0)",
    "('', 'Bearer', int64 0)",
    "(@a(ss) [],)",
    "([('a', 'b', 'c')],)",
    "([('a', 1)],)",
    "(['a: b'],)",
    "({'a': 'b'},)",
    "([('a', 'b')], 'c')",
    "([('', 'b')],)",
    "([('a b', 'c')],)",
    "([('a:', 'c')],)",
    "([('é', 'c')],)",
    "([('a', 'b\\nc: d')],)",
    "([('a', 'b\\rc: d')],)",
    "([('a', 'b\\u007f')],)",
    "([('a\\nb', 'c')],)",
    "([('Authorization', 'Bearer t'), ('b\\n', 'c')],)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_test_message ("%s", bodies[i]);
      g_assert_cmpint (
        read_stream (fixture, make_answer (G_DBUS_MESSAGE_BYTE_ORDER_LITTLE_ENDIAN, bodies[i])), ==,
        LANYARD_FRONT_READY);
      g_assert_cmpuint (write_answer (fixture), ==, 0);
    }
  g_assert_cmpint (read_stream (fixture, make_answer (G_DBUS_MESSAGE_BYTE_ORDER_BIG_ENDIAN, NULL)),
                   ==, LANYARD_FRONT_READY);
  g_assert_cmpuint (write_answer (fixture), ==, 0);
}

static void
test_foreign_errors (Fixture *fixture, gconstpointer data)
{
  static const char *const errors[][2] = {
    { "org.freedesktop.DBus.Error.ServiceUnknown", "('not there',)" },
    { "org.freedesktop.DBus.Error.NoReply", "('gone',)" },
    { "org.freedesktop.DBus.Error.AccessDenied", "('no',)" },
    { "io.github.lanyard.Lanyard.Errors.Failed", "('x',)" },
    { "io.github.lanyard.Lanyard.Error", "('x',)" },
    { ERROR_PREFIX "OtherData", "('other',)" },
    { ERROR_PREFIX "UnknownCaller", "('unknown',)" },
    { ERROR_PREFIX "Usage", "('usage',)" },
    { ERROR_PREFIX "Invalid", "('invalid',)" },
    { ERROR_PREFIX "Unheard", "('x',)" },
    { ERROR_PREFIX "failed", "('x',)" },
    { ERROR_PREFIX "Failed", NULL },
    { ERROR_PREFIX "Failed", "('',)" },
    { ERROR_PREFIX "Failed", "(1,)" },
    { ERROR_PREFIX "Failed", "('\\u001b[2J',)" },
  };
  const char *message;

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_test_message ("%s %s", errors[i][0], errors[i][1]);
      g_assert_cmpint (read_stream (fixture, make_error (errors[i][0], errors[i][1])), ==,
                       LANYARD_FRONT_READY);
      g_assert_cmpint (lanyard_front_reply_get_error (&fixture->reply, &message), ==, -1);
      g_assert_cmpuint (write_answer (fixture), ==, 0);
    }
}

/* Every error of the contract ends with the exit code that the command itself ends with. */
static void
test_errors (Fixture *fixture, gconstpointer data)
{
  static const char *const names[LANYARD_N_ERRORS] = {
    [LANYARD_ERROR_FAILED] = "Failed",
    [LANYARD_ERROR_NOT_AUTHORIZED] = "NotAuthorized",
    [LANYARD_ERROR_DENIED] = "Denied",
    [LANYARD_ERROR_CANCELLED] = "Cancelled",
    [LANYARD_ERROR_KEYRING_LOCKED] = "KeyringLocked",
    [LANYARD_ERROR_KEYRING_ABSENT] = "KeyringAbsent",
    [LANYARD_ERROR_NETWORK] = "Network",
    [LANYARD_ERROR_TLS] = "Tls",
    [LANYARD_ERROR_UNAVAILABLE] = "Unavailable",
    [LANYARD_ERROR_PROVIDER] = "Provider",
    [LANYARD_ERROR_PROTOCOL] = "Protocol",
    [LANYARD_ERROR_NOT_FOUND] = "NotFound",
    [LANYARD_ERROR_AMBIGUOUS] = "Ambiguous",
    [LANYARD_ERROR_EXISTS] = "Exists",
    [LANYARD_ERROR_CONFLICT] = "Conflict",
    [LANYARD_ERROR_INACTIVE] = "Inactive",
    [LANYARD_ERROR_STORAGE] = "Storage",
    [LANYARD_ERROR_STORAGE_NEWER] = "StorageNewer",
  };

  for (guint code = 0; code < LANYARD_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (LANYARD_ERROR, (gint)code, "");
      g_autofree char *name = NULL;
      const char *message = NULL;

      /* How a command is used, lanyard-cli explains. */
      if (code == LANYARD_ERROR_USAGE || code == LANYARD_ERROR_INVALID)
        continue;

      g_assert_nonnull (names[code]);
      name = g_strconcat (ERROR_PREFIX, names[code], NULL);
      g_assert_cmpint (read_stream (fixture, make_error (name, "('Žluť: sign in\\nagain',)")), ==,
                       LANYARD_FRONT_READY);
      g_assert_cmpint (lanyard_front_reply_get_error (&fixture->reply, &message), ==,
                       lanyard_error_get_exit_code (error));
      g_assert_cmpstr (message, ==, "Žluť: sign in\nagain");
    }
}

static void
assert_answer (Fixture *fixture, const char *body, const char *expected)
{
  const GDBusMessageByteOrder orders[] = { G_DBUS_MESSAGE_BYTE_ORDER_LITTLE_ENDIAN,
                                           G_DBUS_MESSAGE_BYTE_ORDER_BIG_ENDIAN };
  const char *message;

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      gsize length;

      g_assert_cmpint (read_stream (fixture, make_answer (orders[i], body)), ==,
                       LANYARD_FRONT_READY);
      g_assert_cmpint (lanyard_front_reply_get_error (&fixture->reply, &message), ==, -1);
      length = write_answer (fixture);
      g_assert_cmpmem (fixture->text, length, expected, strlen (expected));
    }
}

static void
test_token (Fixture *fixture, gconstpointer data)
{
  assert_answer (fixture, "('t', '', int64 0)", "t");
  assert_answer (fixture, "('to ken é', 'Bearer', int64 1700000000)", "to ken é");
  assert_answer (fixture, "('1234567', 'DPoP', int64 -1)", "1234567");
}

static void
test_headers (Fixture *fixture, gconstpointer data)
{
  assert_answer (fixture, "([('Authorization', 'Bearer t')],)", "Authorization: Bearer t\n");
  assert_answer (fixture, "([('X-Api-Key', ''), ('B', 'a\\tb é')],)", "X-Api-Key: \nB: a\tb é\n");
}

static void
test_no_room (Fixture *fixture, gconstpointer data)
{
  char text[sizeof "Authorization: Bearer t"];

  read_stream (fixture, make_answer (G_DBUS_MESSAGE_BYTE_ORDER_LITTLE_ENDIAN,
                                     "([('Authorization', 'Bearer t')],)"));
  g_assert_cmpuint (lanyard_front_reply_write_headers (&fixture->reply, text, sizeof text), ==,
                    sizeof text);
  g_assert_cmpuint (lanyard_front_reply_write_headers (&fixture->reply, text, sizeof text - 1), ==,
                    0);
  read_stream (fixture,
               make_answer (G_DBUS_MESSAGE_BYTE_ORDER_LITTLE_ENDIAN, "('token', '', int64 0)"));
  g_assert_cmpuint (lanyard_front_reply_write_token (&fixture->reply, text, 4), ==, 0);
  g_assert_cmpuint (lanyard_front_reply_write_token (&fixture->reply, text, 5), ==, 5);
}

/* However little has come, nothing is taken for an answer, and all of it is one in the end. */
static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  const GDBusMessageByteOrder *order = data;
  g_autoptr (GByteArray) bytes = make_answer (*order, "('token', 'Bearer', int64 9)");

  for (guint length = 0; length < bytes->len; length++)
    g_assert_cmpint (read_bytes (fixture, bytes->data, length), !=, LANYARD_FRONT_READY);
  g_assert_cmpint (read_bytes (fixture, bytes->data, bytes->len), ==, LANYARD_FRONT_READY);
}

/* In pieces of every size, and what follows the answer does not matter. */
static void
test_pieces (Fixture *fixture, gconstpointer data)
{
  const GDBusMessageByteOrder *order = data;
  g_autoptr (GByteArray) bytes = make_answer (*order, "('token', 'Bearer', int64 9)");

  g_byte_array_append (bytes, (const guchar *)"l\4", 2);
  for (guint size = 1; size <= bytes->len; size++)
    {
      guchar room[2048];
      LanyardFrontStream stream = { .bytes = room, .size = sizeof room };
      LanyardFrontState state = LANYARD_FRONT_MORE;

      for (guint done = 0; done < bytes->len && state == LANYARD_FRONT_MORE; done += size)
        {
          guint n = MIN (size, bytes->len - done);

          memcpy (stream.bytes + stream.length, bytes->data + done, n);
          stream.length += n;
          state = lanyard_front_stream_read (&stream, &fixture->reply);
        }
      g_assert_cmpint (state, ==, LANYARD_FRONT_READY);
      g_assert_cmpuint (write_answer (fixture), ==, strlen ("token"));
    }
}

/* A damaged answer is read or refused, and nothing is read beyond it. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  GByteArray *texts[] = {
    make_answer (G_DBUS_MESSAGE_BYTE_ORDER_LITTLE_ENDIAN, "('token', 'Bearer', int64 9)"),
    make_answer (G_DBUS_MESSAGE_BYTE_ORDER_BIG_ENDIAN, "([('A', 'b'), ('Cc', 'dd')],)"),
    make_error (ERROR_PREFIX "Failed", "('It failed',)"),
  };

  for (guint i = 0; i < 60000; i++)
    {
      const GByteArray *text = texts[i % G_N_ELEMENTS (texts)];
      gsize length;
      g_autofree char *mutated = mutate (random, (const char *)text->data, text->len, &length);
      const char *message = NULL;

      if (read_bytes (fixture, mutated, length) != LANYARD_FRONT_READY)
        continue;
      if (lanyard_front_reply_get_error (&fixture->reply, &message) == -1)
        g_assert_true (g_utf8_validate_len (fixture->text, write_answer (fixture), NULL));
      else
        g_assert_true (g_utf8_validate (message, -1, NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_byte_array_unref (texts[i]);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->stream.bytes);
}

int
main (int argc, char *argv[])
{
  static const GDBusMessageByteOrder little = G_DBUS_MESSAGE_BYTE_ORDER_LITTLE_ENDIAN;
  static const GDBusMessageByteOrder big = G_DBUS_MESSAGE_BYTE_ORDER_BIG_ENDIAN;
  static const struct
  {
    const char *path;
    void (*run) (Fixture *fixture, gconstpointer data);
    gconstpointer data;
  } cases[] = {
    { "/front/reply/no-greeting", test_no_greeting, NULL },
    { "/front/reply/broken-header", test_broken_header, NULL },
    { "/front/reply/wrong-order", test_wrong_order, NULL },
    { "/front/reply/refused-hello", test_refused_hello, NULL },
    { "/front/reply/too-large", test_too_large, NULL },
    { "/front/reply/wrong-types", test_wrong_types, NULL },
    { "/front/reply/foreign-errors", test_foreign_errors, NULL },
    { "/front/reply/truncated/little", test_truncated, &little },
    { "/front/reply/truncated/big", test_truncated, &big },
    { "/front/reply/damaged", test_damaged, NULL },
    { "/front/reply/no-room", test_no_room, NULL },
    { "/front/reply/errors", test_errors, NULL },
    { "/front/reply/token", test_token, NULL },
    { "/front/reply/headers", test_headers, NULL },
    { "/front/reply/pieces/little", test_pieces, &little },
    { "/front/reply/pieces/big", test_pieces, &big },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, cases[i].data, NULL, cases[i].run, tear_down);
  return g_test_run ();
}
