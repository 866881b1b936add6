/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-attention-watch.h"

#include "lanyard-bus-names.h"
#include "lanyard-clock.h"

typedef enum
{
  /* Not seen yet, or nothing that anybody waits for: new, revoked, inactive. */
  STATE_OTHER,
  STATE_WORKS,
  STATE_NEEDS_PERSON,
} State;

struct _LanyardAttentionWatch
{
  GObject parent_instance;

  /* Owned */
  GDBusConnection *connection;
  GListModel *rows;
  /* What each row was when it was last looked at: LanyardAuthorization, State. */
  GHashTable *states;
  /* Goes off when the next one expires, since nobody writes that down. */
  LanyardClock *clock;

  guint look_id;
};

G_DEFINE_FINAL_TYPE (LanyardAttentionWatch, lanyard_attention_watch, G_TYPE_OBJECT)

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* Where the windows are not installed, nobody is told. */
  if (reply == NULL)
    g_info ("The person was not told: %s", error->message);
}

static void
call_person (LanyardAttentionWatch *self, const char *method, LanyardAuthorization *row)
{
  g_dbus_connection_call (self->connection, LANYARD_BUS_PERSON_NAME, LANYARD_BUS_PERSON_PATH,
                          LANYARD_BUS_PERSON_INTERFACE, method,
                          g_variant_new ("(s)", lanyard_authorization_get_id (row)), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, called_cb, NULL);
}

static State
get_state (LanyardAuthorization *row, gint64 now)
{
  if (!lanyard_authorization_is_active (row))
    return STATE_OTHER;

  switch (lanyard_authorization_get_status_at (row, now))
    {
    case LANYARD_STATUS_AUTHORIZED:
      return STATE_WORKS;
    case LANYARD_STATUS_EXPIRED:
    case LANYARD_STATUS_REFUSED:
      return STATE_NEEDS_PERSON;
    case LANYARD_STATUS_NEW:
    case LANYARD_STATUS_REVOKED:
    case LANYARD_STATUS_INCOMPLETE:
    default:
      return STATE_OTHER;
    }
}

/* Who is offline cannot sign in: it still counts as working, and is told of at another look. */
static gboolean
is_offline (void)
{
  return !g_network_monitor_get_network_available (g_network_monitor_get_default ());
}

/* Returns: what @row is from now on, after the person was told */
static State
compare (LanyardAttentionWatch *self, LanyardAuthorization *row, State before, State now)
{
  if (before == STATE_WORKS && now == STATE_NEEDS_PERSON)
    {
      if (is_offline ())
        return STATE_WORKS;
      call_person (self, "Notify", row);
    }
  else if (before == STATE_NEEDS_PERSON && now != STATE_NEEDS_PERSON)
    call_person (self, "Withdraw", row);
  return now;
}

static void
look (LanyardAttentionWatch *self)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->states);
  guint n_rows = g_list_model_get_n_items (self->rows);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 next_end = 0;
  GHashTableIter iter;
  LanyardAuthorization *gone;
  gpointer state;

  self->states = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  for (guint i = 0; i < n_rows; i++)
    {
      LanyardAuthorization *row = g_list_model_get_item (self->rows, i);
      gint64 end = lanyard_authorization_get_expires_at (row);
      State found = get_state (row, now);

      if (before != NULL && g_hash_table_steal_extended (before, row, NULL, &state))
        {
          found = compare (self, row, GPOINTER_TO_INT (state), found);
          g_object_unref (row);
        }
      if (found == STATE_WORKS && !lanyard_authorization_is_renewable (row) && end > now &&
          (next_end == 0 || end < next_end))
        next_end = end;
      g_hash_table_insert (self->states, row, GINT_TO_POINTER (found));
    }
  lanyard_clock_set (self->clock, next_end);
  if (before == NULL)
    return;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, (gpointer *)&gone, &state))
    compare (self, gone, GPOINTER_TO_INT (state), STATE_OTHER);
}

static gboolean
look_cb (gpointer user_data)
{
  LanyardAttentionWatch *self = user_data;

  self->look_id = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

/* When all of it has changed. */
static void
look_soon (LanyardAttentionWatch *self)
{
  if (self->look_id == 0)
    self->look_id = g_idle_add (look_cb, self);
}

static void
clock_cb (gpointer user_data)
{
  look_soon (user_data);
}

static void
lanyard_attention_watch_dispose (GObject *object)
{
  LanyardAttentionWatch *self = LANYARD_ATTENTION_WATCH (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_pointer (&self->clock, lanyard_clock_free);

  G_OBJECT_CLASS (lanyard_attention_watch_parent_class)->dispose (object);
}

static void
lanyard_attention_watch_finalize (GObject *object)
{
  LanyardAttentionWatch *self = LANYARD_ATTENTION_WATCH (object);

  g_clear_pointer (&self->states, g_hash_table_unref);
  g_clear_object (&self->rows);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (lanyard_attention_watch_parent_class)->finalize (object);
}

static void
lanyard_attention_watch_class_init (LanyardAttentionWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_attention_watch_dispose;
  object_class->finalize = lanyard_attention_watch_finalize;
}

static void
lanyard_attention_watch_init (LanyardAttentionWatch *self)
{
  self->clock = lanyard_clock_new (clock_cb, self);
}

LanyardAttentionWatch *
lanyard_attention_watch_new (GDBusConnection *connection, LanyardObjects *objects, GListModel *rows)
{
  LanyardAttentionWatch *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (LANYARD_IS_OBJECTS (objects), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (rows), NULL);

  self = g_object_new (LANYARD_TYPE_ATTENTION_WATCH, NULL);
  self->connection = g_object_ref (connection);
  self->rows = g_object_ref (rows);
  g_signal_connect_object (objects, "changed", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
  look (self);
  return self;
}

gboolean
lanyard_attention_watch_is_pending (LanyardAttentionWatch *self)
{
  g_return_val_if_fail (LANYARD_IS_ATTENTION_WATCH (self), FALSE);

  return self->look_id != 0;
}
