/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-terminal.h"

#include "lanyard-error.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define MAX_LINE (64 * 1024)

typedef struct
{
  /* Owned */
  GSource *source;
  char *line;

  int fd;
  gsize length;
  gboolean is_hidden;
  struct termios shown;
} ReadLine;

static void
hide_input (ReadLine *read_line)
{
  struct termios hidden;

  if (tcgetattr (read_line->fd, &read_line->shown) != 0)
    return;

  hidden = read_line->shown;
  hidden.c_lflag &= (tcflag_t) ~(ECHO | ECHOE | ECHOK);
  hidden.c_lflag |= ECHONL;
  /* Ctrl+Z and Ctrl+\ would leave a terminal that shows nothing to the shell; Ctrl+C is caught. */
  hidden.c_cc[VSUSP] = _POSIX_VDISABLE;
  hidden.c_cc[VQUIT] = _POSIX_VDISABLE;
  read_line->is_hidden = tcsetattr (read_line->fd, TCSAFLUSH, &hidden) == 0;
}

static void
show_input (ReadLine *read_line)
{
  if (read_line->is_hidden)
    (void)tcsetattr (read_line->fd, TCSAFLUSH, &read_line->shown);
  read_line->is_hidden = FALSE;
}

static void
read_line_free (ReadLine *read_line)
{
  show_input (read_line);
  if (read_line->source != NULL)
    {
      g_source_destroy (read_line->source);
      g_source_unref (read_line->source);
    }
  explicit_bzero (read_line->line, MAX_LINE);
  g_free (read_line->line);
  g_free (read_line);
}

static void
return_line (GTask *task, ReadLine *read_line)
{
  if (read_line->length > 0 && read_line->line[read_line->length - 1] == '\r')
    read_line->length--;
  g_task_return_pointer (task, lanyard_secret_new_bytes (read_line->line, read_line->length),
                         (GDestroyNotify)lanyard_secret_unref);
}

/* Takes one byte; more might belong to whoever reads next. */
static gboolean
take_byte (GTask *task, ReadLine *read_line)
{
  char c;
  gssize n_read = read (read_line->fd, &c, 1);

  if (n_read == -1 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;

  if (n_read == -1)
    g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_FAILED,
                             _ ("Standard input cannot be read: %s"), g_strerror (errno));
  else if (n_read == 1 && c != '\n' && read_line->length < MAX_LINE)
    {
      read_line->line[read_line->length++] = c;
      return G_SOURCE_CONTINUE;
    }
  else if (n_read == 1 && c != '\n')
    g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                             _ ("A line on standard input is too long"));
  else if (n_read == 0 && read_line->length == 0)
    g_task_return_pointer (task, NULL, NULL);
  else
    return_line (task, read_line);
  return G_SOURCE_REMOVE;
}

static gboolean
readable_cb (int fd, GIOCondition condition, gpointer user_data)
{
  GTask *task = user_data;
  ReadLine *read_line = g_task_get_task_data (task);
  gboolean is_over;

  /* It may be the cancellable that woke us. */
  is_over =
    g_task_return_error_if_cancelled (task) || take_byte (task, read_line) == G_SOURCE_REMOVE;
  if (!is_over)
    return G_SOURCE_CONTINUE;

  show_input (read_line);
  return G_SOURCE_REMOVE;
}

gboolean
lanyard_terminal_can_read (int fd)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return FALSE;
  return isatty (fd) || S_ISFIFO (status.st_mode) || S_ISSOCK (status.st_mode) ||
         S_ISREG (status.st_mode);
}

guint
lanyard_terminal_get_width (int fd)
{
  struct winsize size;

  return ioctl (fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void
lanyard_terminal_read_line_async (int fd,
                                  gboolean hidden,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  ReadLine *read_line = g_new0 (ReadLine, 1);

  g_task_set_source_tag (task, lanyard_terminal_read_line_async);
  read_line->fd = fd;
  read_line->line = g_malloc (MAX_LINE);
  g_task_set_task_data (task, read_line, (GDestroyNotify)read_line_free);
  if (hidden && isatty (fd))
    hide_input (read_line);

  read_line->source = g_unix_fd_source_new (fd, G_IO_IN | G_IO_HUP | G_IO_ERR | G_IO_NVAL);
  if (cancellable != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (read_line->source, cancelled);
    }
  g_source_set_callback (read_line->source, G_SOURCE_FUNC (readable_cb), g_object_ref (task),
                         g_object_unref);
  g_source_attach (read_line->source, g_main_context_get_thread_default ());
}

LanyardSecret *
lanyard_terminal_read_line_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
