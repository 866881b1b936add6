/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-curl-process.h"

#include "lanyard-error.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* An error message is not longer; what is longer is passed on whatever its status. */
#define MAX_HELD (256 * 1024)
/* More of the header is not looked at. */
#define MAX_HEADER (256 * 1024)
/* What a pipe holds while nobody reads it is 64 KiB. */
#define MAX_CONFIG (60 * 1024)
#define UNAUTHORIZED 401

typedef struct
{
  /* Owned; -1 when closed */
  int header_fd;
  int output_fd;
  GString *header;
  GByteArray *held;

  gboolean is_held;
} Pump;

static void
close_fd (int *fd)
{
  if (*fd != -1)
    close (*fd);
  *fd = -1;
}

static gboolean
write_all (int fd, const void *data, gsize length)
{
  const char *at = data;

  while (length > 0)
    {
      gssize n_written = write (fd, at, length);

      if (n_written == -1 && errno == EINTR)
        continue;
      if (n_written == -1)
        return FALSE;
      at += n_written;
      length -= (gsize)n_written;
    }
  return TRUE;
}

/* The status of the last answer of which a header came: there are several when curl follows a
 * redirect or signs in at a proxy. */
static guint
find_status (const char *header)
{
  guint status = 0;

  for (const char *line = header; line != NULL; line = strchr (line, '\n'))
    {
      const char *space;

      if (*line == '\n')
        line++;
      if (!g_str_has_prefix (line, "HTTP/"))
        continue;
      space = strchr (line, ' ');
      if (space != NULL)
        status = (guint)strtoul (space, NULL, 10);
    }
  return status;
}

static void
pump_header (Pump *self)
{
  char buffer[4096];
  gssize n_read;

  while ((n_read = read (self->header_fd, buffer, sizeof buffer)) > 0)
    if (self->header->len < MAX_HEADER)
      g_string_append_len (self->header, buffer, n_read);

  if (n_read == 0 || (errno != EAGAIN && errno != EINTR))
    close_fd (&self->header_fd);
}

static void
release_held (Pump *self)
{
  self->is_held = FALSE;
  if (!write_all (STDOUT_FILENO, self->held->data, self->held->len))
    close_fd (&self->output_fd);
  g_byte_array_set_size (self->held, 0);
}

static void
pump_output (Pump *self)
{
  guint8 buffer[16384];
  gssize n_read = read (self->output_fd, buffer, sizeof buffer);
  guint status;

  if (n_read == -1 && errno == EINTR)
    return;
  if (n_read <= 0)
    {
      close_fd (&self->output_fd);
      return;
    }
  if (!self->is_held)
    {
      /* Nobody reads any more: curl is told so by the end of its pipe. */
      if (!write_all (STDOUT_FILENO, buffer, (gsize)n_read))
        close_fd (&self->output_fd);
      return;
    }

  g_byte_array_append (self->held, buffer, (guint)n_read);
  status = find_status (self->header->str);
  if ((status != 0 && status != UNAUTHORIZED) || self->held->len > MAX_HELD)
    release_held (self);
}

/* Until curl has closed both. */
static void
pump_run (Pump *self)
{
  while (self->header_fd != -1 || self->output_fd != -1)
    {
      struct pollfd fds[] = {
        { .fd = self->header_fd, .events = POLLIN },
        { .fd = self->output_fd, .events = POLLIN },
      };

      if (poll (fds, G_N_ELEMENTS (fds), -1) == -1)
        continue;
      /* The header first: it decides what happens to the output. */
      if (self->header_fd != -1)
        pump_header (self);
      if (self->output_fd != -1 && fds[1].revents != 0)
        pump_output (self);
    }
}

static gboolean
open_pipe (int *fds, GError **error)
{
  if (pipe2 (fds, O_CLOEXEC) == 0)
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED, "%s", g_strerror (errno));
  return FALSE;
}

/* The end of a pipe from which curl reads the credentials, all of which are in it already. */
static int
open_config (LanyardSecret *config, GError **error)
{
  int fds[2];
  gboolean is_written;

  if (lanyard_secret_get_length (config) > MAX_CONFIG)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_FAILED,
                           _ ("The credentials are too large for a request"));
      return -1;
    }
  if (!open_pipe (fds, error))
    return -1;

  is_written = write_all (fds[1], lanyard_secret_get (config), lanyard_secret_get_length (config));
  close (fds[1]);
  if (is_written)
    return fds[0];
  close (fds[0]);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED, "%s", g_strerror (errno));
  return -1;
}

static char **
make_arguments (const char *const *arguments, int config_fd, int header_fd)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *config = g_strdup_printf ("/dev/fd/%d", config_fd);

  g_strv_builder_add (builder, "curl");
  /* "Not my .curlrc" counts as the first argument only. */
  if (arguments[0] != NULL &&
      (g_str_equal (arguments[0], "-q") || g_str_equal (arguments[0], "--disable")))
    g_strv_builder_add (builder, *arguments++);
  g_strv_builder_add_many (builder, "--config", config, NULL);
  if (header_fd != -1)
    {
      g_autofree char *header = g_strdup_printf ("/dev/fd/%d", header_fd);

      g_strv_builder_add_many (builder, "--dump-header", header, NULL);
    }
  g_strv_builder_addv (builder, (const char **)arguments);
  return g_strv_builder_end (builder);
}

/* In the child: an ignored signal stays ignored in the program that is started, and curl should end
 * when nobody reads its output any more. */
static void
restore_signals_cb (gpointer user_data)
{
  signal (SIGPIPE, SIG_DFL);
}

static GSubprocess *
spawn (const char *const *arguments, int config_fd, int header_fd, int output_fd, GError **error)
{
  /* What the shell opened for curl (a "<(…)", for one) must reach it. */
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_INHERIT | G_SUBPROCESS_FLAGS_INHERIT_FDS);
  g_auto (GStrv) all = make_arguments (arguments, config_fd, header_fd);
  g_autofree char *program = g_find_program_in_path (all[0]);

  g_subprocess_launcher_set_child_setup (launcher, restore_signals_cb, NULL, NULL);
  /* From here on they are the launcher's, and closed with it. */
  g_subprocess_launcher_take_fd (launcher, config_fd, config_fd);
  if (header_fd != -1)
    g_subprocess_launcher_take_fd (launcher, header_fd, header_fd);
  if (output_fd != -1)
    g_subprocess_launcher_take_stdout_fd (launcher, output_fd);

  if (program == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_FAILED,
                           _ ("curl is not installed; install it, or use “lanyard header”"));
      return NULL;
    }
  return g_subprocess_launcher_spawnv (launcher, (const char *const *)all, error);
}

static gboolean
wait_for (GSubprocess *process, LanyardCurlProcess *self, GError **error)
{
  if (!g_subprocess_wait (process, NULL, error))
    return FALSE;

  self->exit_code = g_subprocess_get_if_exited (process)
                      ? g_subprocess_get_exit_status (process)
                      : 128 + g_subprocess_get_term_sig (process);
  return TRUE;
}

/* Runs curl with its header, and where @holds its output, coming to us. */
static gboolean
run_watched (LanyardCurlProcess *self,
             const char *const *arguments,
             int config_fd,
             gboolean holds,
             GError **error)
{
  Pump pump = { .header_fd = -1, .output_fd = -1, .is_held = holds };
  g_autoptr (GSubprocess) process = NULL;
  int header[2];
  int output[2] = { -1, -1 };

  if (!open_pipe (header, error))
    {
      close (config_fd);
      return FALSE;
    }
  if (holds && !open_pipe (output, error))
    {
      close (config_fd);
      close (header[0]);
      close (header[1]);
      return FALSE;
    }

  pump.header_fd = header[0];
  pump.output_fd = output[0];
  g_unix_set_fd_nonblocking (pump.header_fd, TRUE, NULL);
  process = spawn (arguments, config_fd, header[1], output[1], error);
  if (process == NULL)
    {
      close_fd (&pump.header_fd);
      close_fd (&pump.output_fd);
      return FALSE;
    }

  pump.header = g_string_new (NULL);
  pump.held = g_byte_array_new ();
  pump_run (&pump);
  self->status = find_status (pump.header->str);
  if (self->status == UNAUTHORIZED && (pump.is_held || !holds))
    self->held = g_byte_array_ref (pump.held);
  else
    release_held (&pump);
  g_string_free (pump.header, TRUE);
  g_byte_array_unref (pump.held);
  return wait_for (process, self, error);
}

gboolean
lanyard_curl_process_run (LanyardCurlProcess *self,
                          const char *const *arguments,
                          LanyardSecret *config,
                          gboolean watch,
                          GError **error)
{
  g_autoptr (GSubprocess) process = NULL;
  int config_fd;

  memset (self, 0, sizeof *self);
  config_fd = open_config (config, error);
  if (config_fd == -1)
    return FALSE;

  if (watch)
    return run_watched (self, arguments, config_fd, !isatty (STDOUT_FILENO), error);

  process = spawn (arguments, config_fd, -1, -1, error);
  return process != NULL && wait_for (process, self, error);
}

void
lanyard_curl_process_release (LanyardCurlProcess *self)
{
  if (self->held != NULL)
    (void)write_all (STDOUT_FILENO, self->held->data, self->held->len);
  g_clear_pointer (&self->held, g_byte_array_unref);
}

void
lanyard_curl_process_clear (LanyardCurlProcess *self)
{
  g_clear_pointer (&self->held, g_byte_array_unref);
}
