/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-bus.h"

#include "lanyard-front-call.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define GREETING "OK 0123456789abcdef0123456789abcdef\r\n"

/* Two ends of a socket: ours does not block, as the one to a bus does not. */
typedef struct
{
  guchar room[1024];
  LanyardFrontStream stream;
  LanyardFrontReply reply;
  int ours;
  int bus;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  int fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, fds), ==, 0);
  fixture->ours = fds[0];
  fixture->bus = fds[1];
  fixture->stream = (LanyardFrontStream){ .bytes = fixture->room, .size = sizeof fixture->room };
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close (fixture->ours);
  if (fixture->bus != -1)
    close (fixture->bus);
}

static void
say (Fixture *fixture, gconstpointer bytes, gsize length)
{
  g_assert_cmpint (write (fixture->bus, bytes, length), ==, length);
}

static void
say_reply (Fixture *fixture, guint32 serial, GVariant *body)
{
  g_autoptr (GDBusMessage) message = g_dbus_message_new ();
  g_autofree guchar *blob = NULL;
  gsize length;

  g_dbus_message_set_message_type (message, G_DBUS_MESSAGE_TYPE_METHOD_RETURN);
  g_dbus_message_set_reply_serial (message, serial);
  g_dbus_message_set_serial (message, serial);
  g_dbus_message_set_body (message, body);
  blob = g_dbus_message_to_blob (message, &length, G_DBUS_CAPABILITY_FLAGS_NONE, NULL);
  say (fixture, blob, length);
}

static void
say_hello (Fixture *fixture)
{
  say (fixture, GREETING, strlen (GREETING));
  say_reply (fixture, LANYARD_FRONT_HELLO_SERIAL, g_variant_new ("(s)", ":1.3"));
}

static gboolean
call (Fixture *fixture, int greeting, int reply)
{
  const LanyardFrontPatience patience = { greeting, reply };

  return lanyard_front_bus_call (fixture->ours, (const guchar *)"call", 4, &patience,
                                 &fixture->stream, &fixture->reply);
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  close (fixture->bus);
  fixture->bus = -1;
  g_assert_false (call (fixture, 10000, 10000));
}

static void
test_hangs_up (Fixture *fixture, gconstpointer data)
{
  say_hello (fixture);
  g_assert_cmpint (shutdown (fixture->bus, SHUT_WR), ==, 0);
  g_assert_false (call (fixture, 10000, 10000));
  g_assert_true (fixture->stream.is_greeted);
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  /* A bus that takes no more than this. */
  while (send (fixture->ours, fixture->room, sizeof fixture->room, MSG_DONTWAIT) > 0)
    ;
  g_assert_true (g_unix_set_fd_nonblocking (fixture->ours, TRUE, NULL));
  g_assert_false (call (fixture, 10000, 10000));
}

static void
test_says_nothing (Fixture *fixture, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();

  g_assert_false (call (fixture, 50, 10000));
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 49000);
}

static void
test_never_replies (Fixture *fixture, gconstpointer data)
{
  say_hello (fixture);
  g_assert_false (call (fixture, 10000, 50));
  g_assert_true (fixture->stream.is_greeted);
}

static void
test_says_too_much (Fixture *fixture, gconstpointer data)
{
  g_autofree char *endless = g_strnfill (2000, 'O');

  say (fixture, endless, 2000);
  g_assert_false (call (fixture, 10000, 10000));
  g_assert_cmpuint (fixture->stream.used, <=, sizeof fixture->room);
}

static void
test_replies (Fixture *fixture, gconstpointer data)
{
  char token[10];
  char sent[10];

  say_hello (fixture);
  say_reply (fixture, LANYARD_FRONT_CALL_SERIAL, g_variant_new ("(ssx)", "token", "Bearer", 0L));
  g_assert_true (call (fixture, 10000, 10000));
  g_assert_cmpuint (lanyard_front_reply_write_token (&fixture->reply, token, sizeof token), ==, 5);
  g_assert_cmpmem (token, 5, "token", 5);
  /* What is wiped afterwards is all that ever came in. */
  g_assert_cmpuint (fixture->stream.used, >=, fixture->stream.length);
  g_assert_cmpint (recv (fixture->bus, sent, sizeof sent, MSG_DONTWAIT), ==, 4);
  g_assert_cmpmem (sent, 4, "call", 4);
}

static int
listen_at (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);

  g_assert_cmpuint (g_strlcpy (address.sun_path, path, sizeof address.sun_path), <,
                    sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 5), ==, 0);
  return fd;
}

static void
assert_connects (const char *addresses, gboolean expected)
{
  int fd;

  if (addresses != NULL)
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", addresses, TRUE);
  else
    g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  fd = lanyard_front_bus_connect ();
  g_assert_cmpint (fd > STDERR_FILENO, ==, expected);
  if (fd != -1)
    close (fd);
}

static void
test_connect (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "bus", NULL);
  g_autofree char *address = g_strdup_printf ("unix:path=%s/none;tcp:;unix:path=%s", folder, path);
  int fd;
  int input;

  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  assert_connects (NULL, FALSE);
  assert_connects (address, FALSE);

  fd = listen_at (path);
  /* As GLib takes it: an empty variable says that there is no bus. */
  assert_connects ("", FALSE);
  assert_connects (NULL, TRUE);
  assert_connects (address, TRUE);
  g_unsetenv ("XDG_RUNTIME_DIR");
  assert_connects (NULL, FALSE);
  assert_connects (address, TRUE);

  /* The number of a standard stream is not for a socket. */
  input = dup (STDIN_FILENO);
  close (STDIN_FILENO);
  assert_connects (address, FALSE);
  g_assert_cmpint (dup2 (input, STDIN_FILENO), ==, STDIN_FILENO);
  close (input);

  close (fd);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *fixture, gconstpointer data);
  } cases[] = {
    { "/front/bus/closed", test_closed },
    { "/front/bus/hangs-up", test_hangs_up },
    { "/front/bus/full", test_full },
    { "/front/bus/says-nothing", test_says_nothing },
    { "/front/bus/never-replies", test_never_replies },
    { "/front/bus/says-too-much", test_says_too_much },
    { "/front/bus/replies", test_replies },
    { "/front/bus/connect", test_connect },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Fixture, NULL, set_up, cases[i].run, tear_down);
  return g_test_run ();
}
