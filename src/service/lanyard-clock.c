/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-clock.h"

#include <errno.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <glib-unix.h>

struct _LanyardClock
{
  int fd;
  guint source_id;

  /* Borrowed */
  LanyardClockFunc func;
  gpointer user_data;
};

static gboolean
readable_cb (int fd, GIOCondition condition, gpointer user_data)
{
  LanyardClock *self = user_data;
  guint64 n_expirations;

  /* ECANCELED says that the clock was set. */
  if (read (fd, &n_expirations, sizeof n_expirations) < 0 && errno == EAGAIN)
    return G_SOURCE_CONTINUE;

  lanyard_clock_set (self, 0);
  self->func (self->user_data);
  return G_SOURCE_CONTINUE;
}

LanyardClock *
lanyard_clock_new (LanyardClockFunc func, gpointer user_data)
{
  LanyardClock *self = g_new0 (LanyardClock, 1);

  self->func = func;
  self->user_data = user_data;
  self->fd = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (self->fd >= 0)
    self->source_id = g_unix_fd_add (self->fd, G_IO_IN, readable_cb, self);
  else
    g_warning ("There is no alarm clock: %s", g_strerror (errno));

  return self;
}

void
lanyard_clock_free (LanyardClock *self)
{
  g_clear_handle_id (&self->source_id, g_source_remove);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

void
lanyard_clock_set (LanyardClock *self, gint64 when)
{
  const struct itimerspec time = { .it_value.tv_sec = when };

  g_return_if_fail (self != NULL);

  if (self->fd >= 0 &&
      timerfd_settime (self->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &time, NULL) != 0)
    g_warning ("The alarm clock cannot be set: %s", g_strerror (errno));
}
