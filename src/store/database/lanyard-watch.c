/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-watch.h"

/* What happens within so many milliseconds is one change. */
#define PAUSE 100

struct _LanyardWatch
{
  /* Owned */
  char *name;
  GFileMonitor *monitor;
  guint pause_id;
  guint poll_id;

  /* Borrowed */
  LanyardWatchFunc func;
  gpointer user_data;
};

static gboolean
pause_over_cb (gpointer user_data)
{
  LanyardWatch *self = user_data;

  self->pause_id = 0;
  self->func (self->user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
poll_cb (gpointer user_data)
{
  LanyardWatch *self = user_data;

  self->func (self->user_data);

  return G_SOURCE_CONTINUE;
}

static void
changed_cb (GFileMonitor *monitor,
            GFile *file,
            GFile *other_file,
            GFileMonitorEvent event,
            LanyardWatch *self)
{
  g_autofree char *name = g_file_get_basename (file);

  if (self->pause_id == 0 && g_str_has_prefix (name, self->name))
    self->pause_id = g_timeout_add (PAUSE, pause_over_cb, self);
}

LanyardWatch *
lanyard_watch_new (const char *path, LanyardWatchFunc func, gpointer user_data)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GError) error = NULL;
  LanyardWatch *self = g_new0 (LanyardWatch, 1);

  self->name = g_file_get_basename (file);
  self->func = func;
  self->user_data = user_data;

  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, &error);
  if (self->monitor == NULL)
    {
      /* The system has no monitors left, or the file system knows none. */
      g_debug ("The database is looked at every second: %s", error->message);
      self->poll_id = g_timeout_add_seconds (1, poll_cb, self);
      return self;
    }

  g_file_monitor_set_rate_limit (self->monitor, PAUSE);
  g_signal_connect (self->monitor, "changed", G_CALLBACK (changed_cb), self);
  return self;
}

void
lanyard_watch_free (LanyardWatch *self)
{
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
    }
  g_clear_object (&self->monitor);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_handle_id (&self->poll_id, g_source_remove);
  g_free (self->name);
  g_free (self);
}
