/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-curl-process.h"

#include "lanyard-error.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Stands in for curl: a script that says what it was given, and answers as it is told. It is the
 * first of its name on the PATH. */
static const char script[] = "#!/bin/sh\n"
                             "echo \"$@\" >>\"$LANYARD_TEST_DIR/arguments\"\n"
                             "[ \"$1\" = -q ] && shift\n"
                             "cat \"$2\" >\"$LANYARD_TEST_DIR/config\"\n"
                             "[ \"$3\" = --dump-header ] || exec sh -c \"$3\"\n"
                             "header=$4\n"
                             "export header\n"
                             "exec sh -c \"$5\"\n";

typedef struct
{
  char *directory;
  char *path;
} Fixture;

static char *
dup_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->directory, name, NULL);
}

static char *
read_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = dup_path (fixture, name);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *curl = NULL;
  g_autofree char *path = NULL;

  fixture->directory = g_dir_make_tmp ("lanyard-XXXXXX", NULL);
  fixture->path = g_strdup (g_getenv ("PATH"));
  path = g_strconcat (fixture->directory, ":", fixture->path, NULL);
  curl = dup_path (fixture, "curl");
  g_assert_true (g_file_set_contents (curl, script, -1, NULL));
  g_assert_cmpint (g_chmod (curl, 0700), ==, 0);
  g_setenv ("PATH", path, TRUE);
  g_setenv ("LANYARD_TEST_DIR", fixture->directory, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "curl", "arguments", "config", "output" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = dup_path (fixture, names[i]);

      g_unlink (path);
    }
  g_rmdir (fixture->directory);
  g_setenv ("PATH", fixture->path, TRUE);
  g_free (fixture->directory);
  g_free (fixture->path);
}

/* Runs the stand-in with standard output in a file, and returns what came there. */
static char *
run (Fixture *fixture, LanyardCurlProcess *process, const char *shell_command, gboolean watch)
{
  g_autoptr (LanyardSecret) config = lanyard_secret_new ("header = \"X: swordfish\"\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = dup_path (fixture, "output");
  int saved = dup (STDOUT_FILENO);
  int output = g_creat (path, 0600);

  dup2 (output, STDOUT_FILENO);
  lanyard_curl_process_run (process, (const char *const[]){ shell_command, NULL }, config, watch,
                            &error);
  dup2 (saved, STDOUT_FILENO);
  close (saved);
  close (output);
  g_assert_no_error (error);
  return read_file (fixture, "output");
}

static void
test_absent (Fixture *fixture, gconstpointer data)
{
  g_auto (LanyardCurlProcess) process = { 0 };
  g_autoptr (LanyardSecret) config = lanyard_secret_new ("");
  g_autoptr (GError) error = NULL;

  g_setenv ("PATH", "/nonexistent", TRUE);
  g_assert_false (
    lanyard_curl_process_run (&process, (const char *const[]){ NULL }, config, TRUE, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_auto (LanyardCurlProcess) process = { 0 };
  g_autofree char *text = g_strnfill (100 * 1024, 'x');
  g_autoptr (LanyardSecret) config = lanyard_secret_new (text);
  g_autoptr (GError) error = NULL;

  g_assert_false (
    lanyard_curl_process_run (&process, (const char *const[]){ NULL }, config, TRUE, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED);
}

static void
test_config (Fixture *fixture, gconstpointer data)
{
  g_auto (LanyardCurlProcess) process = { 0 };
  g_autofree char *output = run (fixture, &process, "echo out; exit 22", FALSE);
  g_autofree char *config = read_file (fixture, "config");
  g_autofree char *arguments = read_file (fixture, "arguments");

  g_assert_cmpstr (config, ==, "header = \"X: swordfish\"\n");
  g_assert_null (strstr (arguments, "swordfish"));
  g_assert_cmpstr (output, ==, "out\n");
  g_assert_cmpint (process.exit_code, ==, 22);
  g_assert_cmpuint (process.status, ==, 0);
  g_assert_null (process.held);
}

static void
test_signal (Fixture *fixture, gconstpointer data)
{
  g_auto (LanyardCurlProcess) process = { 0 };
  g_autofree char *output = run (fixture, &process, "kill -INT $$", TRUE);

  g_assert_cmpint (process.exit_code, ==, 130);
}

/* Ignored signals are inherited, and curl must end when nobody reads any more. */
static void
test_sigpipe (Fixture *fixture, gconstpointer data)
{
  g_auto (LanyardCurlProcess) process = { 0 };
  g_autofree char *output = NULL;

  signal (SIGPIPE, SIG_IGN);
  output = run (fixture, &process, "kill -PIPE $$; echo survived", TRUE);
  signal (SIGPIPE, SIG_DFL);
  g_assert_cmpstr (output, ==, "");
}

static void
test_disable_first (Fixture *fixture, gconstpointer data)
{
  g_auto (LanyardCurlProcess) process = { 0 };
  g_autoptr (LanyardSecret) config = lanyard_secret_new ("");
  g_autofree char *arguments = NULL;

  lanyard_curl_process_run (&process, (const char *const[]){ "-q", "exit 0", NULL }, config, FALSE,
                            NULL);
  arguments = read_file (fixture, "arguments");
  g_assert_true (g_str_has_prefix (arguments, "-q --config /dev/fd/"));
}

static void
test_unauthorized (Fixture *fixture, gconstpointer data)
{
  g_auto (LanyardCurlProcess) process = { 0 };
  g_autofree char *output = run (
    fixture, &process,
    "printf 'HTTP/1.1 302 Found\\r\\n\\r\\nHTTP/2 401 \\r\\n\\r\\n' >$header; echo body", TRUE);

  g_assert_cmpstr (output, ==, "");
  g_assert_cmpuint (process.status, ==, 401);
  g_assert_nonnull (process.held);
  g_assert_cmpmem (process.held->data, process.held->len, "body\n", 5);
}

static void
test_unauthorized_without_body (Fixture *fixture, gconstpointer data)
{
  g_auto (LanyardCurlProcess) process = { 0 };
  g_autofree char *output =
    run (fixture, &process, "printf 'HTTP/1.1 401 Unauthorized\\r\\n\\r\\n' >$header", TRUE);

  g_assert_cmpstr (output, ==, "");
  g_assert_nonnull (process.held);
}

/* Other answers pass at once, however the header comes. */
static void
test_passed (Fixture *fixture, gconstpointer data)
{
  static const char *const commands[] = {
    "printf 'HTTP/1.1 200 OK\\r\\n\\r\\n' >$header; echo body",
    "printf 'HTTP/1.1 404 Not Found\\r\\n\\r\\n' >$header; echo body",
    "echo body; printf 'HTTP/1.1 200 OK\\r\\n\\r\\n' >$header",
    "printf 'HTTP/1.1 401 No\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\n\\r\\n' >$header; echo body",
    "printf 'X: HTTP/1.1 401\\r\\n' >$header; echo body",
    "echo body",
  };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_auto (LanyardCurlProcess) process = { 0 };
      g_autofree char *output = run (fixture, &process, commands[i], TRUE);

      g_test_message ("command %u", i);
      g_assert_cmpstr (output, ==, "body\n");
      g_assert_null (process.held);
    }
}

/* A long body is not kept in memory, whatever its status. */
static void
test_long_body (Fixture *fixture, gconstpointer data)
{
  g_auto (LanyardCurlProcess) process = { 0 };
  g_autofree char *output = run (fixture, &process,
                                 "printf 'HTTP/1.1 401 No\\r\\n\\r\\n' >$header;"
                                 "head -c 1000000 /dev/zero | tr '\\0' x",
                                 TRUE);

  g_assert_cmpuint (strlen (output), ==, 1000000);
  g_assert_null (process.held);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/cli/curl-process/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("absent", test_absent);
  ADD ("too-large", test_too_large);
  ADD ("config", test_config);
  ADD ("signal", test_signal);
  ADD ("sigpipe", test_sigpipe);
  ADD ("disable-first", test_disable_first);
  ADD ("unauthorized", test_unauthorized);
  ADD ("unauthorized-without-body", test_unauthorized_without_body);
  ADD ("passed", test_passed);
  ADD ("long-body", test_long_body);
#undef ADD
  return g_test_run ();
}
