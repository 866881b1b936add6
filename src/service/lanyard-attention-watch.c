/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-attention-watch.h"

#include "lanyard-bus-names.h"
#include "lanyard-clock.h"
#include "lanyard-notice.h"

struct _LanyardAttentionWatch
{
  GObject parent_instance;

  /* Owned */
  GDBusConnection *connection;
  LanyardDatabase *database;
  GListModel *rows;
  /* The ids of what the person was told of, or is being told of; NULL before the first look. */
  GHashTable *told;
  /* Goes off when the next one expires, since nobody writes that down. */
  LanyardClock *clock;
  /* As long as there is something to tell, and the computer is offline. */
  GNetworkMonitor *monitor;

  guint look_id;
  guint n_calls;
};

/* Something that the windows are told. */
typedef struct
{
  /* Owned */
  LanyardAttentionWatch *watch;
  char *id;

  gboolean is_notice;
} Telling;

G_DEFINE_FINAL_TYPE (LanyardAttentionWatch, lanyard_attention_watch, G_TYPE_OBJECT)

static void
telling_free (Telling *telling)
{
  g_object_unref (telling->watch);
  g_free (telling->id);
  g_free (telling);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Telling, telling_free)

/* Kept when it is done: what could not be told is tried again by the next service. */
static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Telling) telling = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  telling->watch->n_calls--;
  /* Where the windows are not installed, nobody is told. */
  if (reply == NULL)
    g_info ("The person was not told: %s", error->message);
  else if (!lanyard_database_save_notice (telling->watch->database, telling->id, telling->is_notice,
                                          &error))
    g_warning ("What the person was told cannot be noted: %s", error->message);
}

static void
call_person (LanyardAttentionWatch *self, const char *method, const char *id, gboolean is_notice)
{
  Telling *telling = g_new0 (Telling, 1);

  telling->watch = g_object_ref (self);
  telling->id = g_strdup (id);
  telling->is_notice = is_notice;
  self->n_calls++;
  g_dbus_connection_call (self->connection, LANYARD_BUS_PERSON_NAME, LANYARD_BUS_PERSON_PATH,
                          LANYARD_BUS_PERSON_INTERFACE, method, g_variant_new ("(s)", id), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, called_cb, telling);
}

static gboolean
works (LanyardAuthorization *row, gint64 now)
{
  return lanyard_authorization_is_active (row) &&
         lanyard_authorization_get_status_at (row, now) == LANYARD_STATUS_AUTHORIZED;
}

/* Nobody waits for one that is new, revoked or inactive. */
static gboolean
needs_person (LanyardAuthorization *row, gint64 now)
{
  LanyardStatus status = lanyard_authorization_get_status_at (row, now);

  return lanyard_authorization_is_active (row) &&
         (status == LANYARD_STATUS_EXPIRED || status == LANYARD_STATUS_REFUSED);
}

static void look_soon (LanyardAttentionWatch *self);

/* Who is offline cannot sign in, so she is told when the computer is online again. */
static gboolean
is_offline (LanyardAttentionWatch *self)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  if (g_network_monitor_get_network_available (monitor))
    return FALSE;

  if (g_set_object (&self->monitor, monitor))
    g_signal_connect_object (monitor, "network-changed", G_CALLBACK (look_soon), self,
                             G_CONNECT_SWAPPED);
  return TRUE;
}

static void
notify (LanyardAttentionWatch *self, const char *id)
{
  if (g_hash_table_contains (self->told, id) || is_offline (self))
    return;

  g_hash_table_add (self->told, g_strdup (id));
  call_person (self, "Notify", id, TRUE);
}

/* Takes back what is settled: of all that was told, what does not need the person any more. */
static void
withdraw_others (LanyardAttentionWatch *self, GHashTable *needing)
{
  GHashTableIter iter;
  const char *id;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, (gpointer *)&id, NULL))
    if (!g_hash_table_contains (needing, id))
      {
        call_person (self, "Withdraw", id, FALSE);
        g_hash_table_iter_remove (&iter);
      }
}

static void
look_at_rows (LanyardAttentionWatch *self)
{
  g_autoptr (GHashTable) needing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_rows = g_list_model_get_n_items (self->rows);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 next_end = 0;
  GHashTableIter iter;
  const char *id;

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (LanyardAuthorization) row = g_list_model_get_item (self->rows, i);
      gint64 end = lanyard_authorization_get_expires_at (row);

      if (needs_person (row, now))
        g_hash_table_add (needing, g_strdup (lanyard_authorization_get_id (row)));
      else if (works (row, now) && !lanyard_authorization_is_renewable (row) && end > now &&
               (next_end == 0 || end < next_end))
        next_end = end;
    }

  lanyard_clock_set (self->clock, next_end);
  withdraw_others (self, needing);
  g_hash_table_iter_init (&iter, needing);
  while (g_hash_table_iter_next (&iter, (gpointer *)&id, NULL))
    notify (self, id);
}

static void
look (LanyardAttentionWatch *self)
{
  g_autoptr (GError) error = NULL;

  /* What another program did a moment ago counts. */
  if (lanyard_database_poll (self->database, &error) && self->told == NULL)
    self->told = lanyard_database_list_notices (self->database, &error);
  if (error == NULL)
    look_at_rows (self);
  else
    g_warning ("It cannot be seen what needs the person: %s", error->message);
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

  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_object (&self->monitor);
  g_clear_object (&self->rows);
  g_clear_object (&self->database);
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
lanyard_attention_watch_new (GDBusConnection *connection,
                             LanyardDatabase *database,
                             LanyardObjects *objects,
                             GListModel *rows)
{
  LanyardAttentionWatch *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (LANYARD_IS_DATABASE (database), NULL);
  g_return_val_if_fail (LANYARD_IS_OBJECTS (objects), NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (rows), NULL);

  self = g_object_new (LANYARD_TYPE_ATTENTION_WATCH, NULL);
  self->connection = g_object_ref (connection);
  self->database = g_object_ref (database);
  self->rows = g_object_ref (rows);
  g_signal_connect_object (objects, "changed", G_CALLBACK (look_soon), self, G_CONNECT_SWAPPED);
  look_soon (self);
  return self;
}

gboolean
lanyard_attention_watch_is_pending (LanyardAttentionWatch *self)
{
  g_return_val_if_fail (LANYARD_IS_ATTENTION_WATCH (self), FALSE);

  return self->look_id != 0 || self->n_calls > 0;
}
