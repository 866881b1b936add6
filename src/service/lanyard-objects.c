/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-objects.h"

#include "lanyard-bus-names.h"
#include "lanyard-clock.h"

#define OBJECT_MANAGER_INTERFACE "org.freedesktop.DBus.ObjectManager"
#define PROPERTIES_INTERFACE "org.freedesktop.DBus.Properties"

/* One authorization can be called by many beginnings of its id. */
#define MAX_NAMES 256

struct _LanyardObjects
{
  GObject parent_instance;

  /* Owned */
  GDBusConnection *connection;
  LanyardManager *manager;
  LanyardGate *gate;
  GListModel *rows;
  /* By id, LanyardAuthorization. */
  GHashTable *by_id;
  /* By other words, those that the database has found since it changed last. */
  GHashTable *by_name;
  /* By id, what listeners were told last: a{sv}. NULL as long as nobody listens. */
  GHashTable *told;
  /* Goes off when the next one expires, since nobody writes that down. */
  LanyardClock *clock;

  guint tell_id;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardObjects, lanyard_objects, G_TYPE_OBJECT)

static const char *
get_text (const char *text)
{
  return text != NULL ? text : "";
}

static const char *
get_provider_name (LanyardObjects *self, LanyardAuthorization *row)
{
  const char *id = lanyard_authorization_get_provider_id (row);
  LanyardCatalogue *catalogue = lanyard_manager_get_catalogue (self->manager);
  LanyardProvider *provider = id != NULL ? lanyard_catalogue_lookup (catalogue, id, NULL) : NULL;

  return provider != NULL ? lanyard_provider_get_name (provider) : get_text (id);
}

static char *
dup_path (const char *id)
{
  g_autofree char *name = g_strdelimit (g_strdup (id), "-", '_');

  return g_build_path ("/", LANYARD_BUS_SERVICE_PATH, name, NULL);
}

/* a{sa{sv}} */
static GVariant *
make_interfaces (GVariant *properties)
{
  GVariantBuilder interfaces;

  g_variant_builder_init (&interfaces, G_VARIANT_TYPE ("a{sa{sv}}"));
  g_variant_builder_add (&interfaces, "{s@a{sv}}", LANYARD_BUS_AUTHORIZATION_INTERFACE, properties);
  return g_variant_builder_end (&interfaces);
}

static void
send (LanyardObjects *self,
      LanyardCaller *listener,
      const char *path,
      const char *interface,
      const char *name,
      GVariant *parameters)
{
  g_autoptr (GError) error = NULL;

  if (!g_dbus_connection_emit_signal (self->connection, listener->name, path, interface, name,
                                      parameters, &error))
    g_debug ("A signal was not sent: %s", error->message);
}

static void
tell_added (LanyardObjects *self, LanyardCaller *listener, const char *id, GVariant *properties)
{
  g_autofree char *path = dup_path (id);

  g_hash_table_add (listener->shown, g_strdup (id));
  send (self, listener, LANYARD_BUS_SERVICE_PATH, OBJECT_MANAGER_INTERFACE, "InterfacesAdded",
        g_variant_new ("(o@a{sa{sv}})", path, make_interfaces (properties)));
}

static void
tell_removed (LanyardObjects *self, LanyardCaller *listener, const char *id)
{
  const char *const interfaces[] = { LANYARD_BUS_AUTHORIZATION_INTERFACE, NULL };
  g_autofree char *path = dup_path (id);

  send (self, listener, LANYARD_BUS_SERVICE_PATH, OBJECT_MANAGER_INTERFACE, "InterfacesRemoved",
        g_variant_new ("(o^as)", path, interfaces));
}

static void
tell_changed (LanyardObjects *self, LanyardCaller *listener, const char *id, GVariant *changes)
{
  g_autofree char *path = dup_path (id);

  send (self, listener, path, PROPERTIES_INTERFACE, "PropertiesChanged",
        g_variant_new ("(s@a{sv}@as)", LANYARD_BUS_AUTHORIZATION_INTERFACE, changes,
                       g_variant_new_strv (NULL, 0)));
}

/* Returns: (nullable): what is in @now and was not the same in @before: a{sv} */
static GVariant *
compare (GVariant *before, GVariant *now)
{
  GVariantBuilder changes;
  GVariantIter iter;
  const char *name;
  GVariant *value;
  guint n_changes = 0;

  g_variant_builder_init (&changes, G_VARIANT_TYPE_VARDICT);
  g_variant_iter_init (&iter, now);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    {
      g_autoptr (GVariant) old = g_variant_lookup_value (before, name, NULL);

      if (old != NULL && g_variant_equal (old, value))
        continue;
      g_variant_builder_add (&changes, "{sv}", name, value);
      n_changes++;
    }

  if (n_changes > 0)
    return g_variant_ref_sink (g_variant_builder_end (&changes));
  g_variant_builder_clear (&changes);
  return NULL;
}

/* Tells a listener how what it sees differs from what it saw. */
static void
tell_listener (LanyardObjects *self, LanyardCaller *listener, GHashTable *changes, GHashTable *now)
{
  g_autoptr (GHashTable) visible = NULL;
  GHashTableIter iter;
  const char *id;
  GVariant *properties;

  if (!lanyard_gate_list_visible (self->gate, listener, &visible, NULL))
    return;

  g_hash_table_iter_init (&iter, listener->shown);
  while (g_hash_table_iter_next (&iter, (gpointer *)&id, NULL))
    {
      if (g_hash_table_contains (now, id) &&
          (visible == NULL || g_hash_table_contains (visible, id)))
        continue;
      tell_removed (self, listener, id);
      g_hash_table_iter_remove (&iter);
    }

  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, (gpointer *)&id, (gpointer *)&properties))
    {
      GVariant *changed = g_hash_table_lookup (changes, id);

      if (visible != NULL && !g_hash_table_contains (visible, id))
        continue;
      if (!g_hash_table_contains (listener->shown, id))
        tell_added (self, listener, id, properties);
      else if (changed != NULL)
        tell_changed (self, listener, id, changed);
    }
}

/* By id, the properties of all that there is: a{sv}. */
static GHashTable *
describe_all (LanyardObjects *self)
{
  GHashTable *described =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_variant_unref);
  GHashTableIter iter;
  const char *id;
  LanyardAuthorization *row;

  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, (gpointer *)&id, (gpointer *)&row))
    g_hash_table_insert (described, g_strdup (id), lanyard_objects_get_properties (self, row));

  return described;
}

static void tell_soon (LanyardObjects *self);

static void
clock_cb (gpointer user_data)
{
  tell_soon (LANYARD_OBJECTS (user_data));
}

/* Returns: when the first of those that cannot be renewed ends, or 0 */
static gint64
find_next_end (LanyardObjects *self)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 next = 0;
  GHashTableIter iter;
  LanyardAuthorization *row;

  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&row))
    {
      gint64 expires_at = lanyard_authorization_get_expires_at (row);

      if (lanyard_authorization_is_renewable (row) || expires_at <= now)
        continue;
      if (next == 0 || expires_at < next)
        next = expires_at;
    }

  return next;
}

/* Takes @told. */
static void
set_told (LanyardObjects *self, GHashTable *told)
{
  g_clear_pointer (&self->told, g_hash_table_unref);
  self->told = told;
  if (told == NULL)
    g_clear_pointer (&self->clock, lanyard_clock_free);
  else if (self->clock == NULL)
    self->clock = lanyard_clock_new (clock_cb, self);
  if (self->clock != NULL)
    lanyard_clock_set (self->clock, find_next_end (self));
}

static gboolean
tell_cb (gpointer user_data)
{
  LanyardObjects *self = user_data;
  g_autoptr (GPtrArray) listeners = lanyard_gate_list_listeners (self->gate);
  g_autoptr (GHashTable) changes =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_variant_unref);
  g_autoptr (GHashTable) now = NULL;
  GHashTableIter iter;
  const char *id;
  GVariant *before;

  self->tell_id = 0;
  if (listeners->len == 0)
    {
      set_told (self, NULL);
      return G_SOURCE_REMOVE;
    }

  now = describe_all (self);
  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, (gpointer *)&id, (gpointer *)&before))
    {
      GVariant *properties = g_hash_table_lookup (now, id);
      GVariant *changed = properties != NULL ? compare (before, properties) : NULL;

      if (changed != NULL)
        g_hash_table_insert (changes, (gpointer)id, changed);
    }

  for (guint i = 0; i < listeners->len; i++)
    tell_listener (self, g_ptr_array_index (listeners, i), changes, now);
  g_hash_table_remove_all (changes);
  set_told (self, g_steal_pointer (&now));

  return G_SOURCE_REMOVE;
}

/* Something may have changed: whoever listens is told when all of it has. */
static void
tell_soon (LanyardObjects *self)
{
  if (self->told != NULL && self->tell_id == 0)
    self->tell_id = g_idle_add (tell_cb, self);
}

/* Other rows may have these names now. */
static void
database_changed (LanyardObjects *self)
{
  g_hash_table_remove_all (self->by_name);
  tell_soon (self);
}

/* Those who follow it here, and those who listen on the bus. */
static void
changed (LanyardObjects *self)
{
  g_hash_table_remove_all (self->by_name);
  g_signal_emit (self, signals[CHANGED], 0);
  tell_soon (self);
}

static void
add_row (LanyardObjects *self, LanyardAuthorization *row)
{
  const char *id = lanyard_authorization_get_id (row);

  /* Another id could not be a path; none is made, but a file can be damaged. */
  if (!g_uuid_string_is_valid (id))
    return;

  g_hash_table_replace (self->by_id, (gpointer)id, g_object_ref (row));
  g_signal_connect_object (row, "notify", G_CALLBACK (changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "settings-changed", G_CALLBACK (tell_soon), self,
                           G_CONNECT_SWAPPED);
}

static gboolean
remove_row_cb (gpointer key, gpointer value, gpointer user_data)
{
  GHashTable *listed = user_data;

  if (g_hash_table_contains (listed, value))
    return FALSE;

  return TRUE;
}

static void
rows_changed_cb (GListModel *rows,
                 guint position,
                 guint n_removed,
                 guint n_added,
                 LanyardObjects *self)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (LanyardAuthorization) row = g_list_model_get_item (rows, i);

      add_row (self, row);
    }

  if (n_removed > 0)
    {
      g_autoptr (GHashTable) listed = g_hash_table_new (NULL, NULL);

      for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
        {
          g_autoptr (LanyardAuthorization) row = g_list_model_get_item (rows, i);

          g_hash_table_add (listed, row);
        }
      g_hash_table_foreach_remove (self->by_id, remove_row_cb, listed);
    }

  changed (self);
}

static void
lanyard_objects_dispose (GObject *object)
{
  LanyardObjects *self = LANYARD_OBJECTS (object);

  g_clear_handle_id (&self->tell_id, g_source_remove);
  g_clear_pointer (&self->clock, lanyard_clock_free);

  G_OBJECT_CLASS (lanyard_objects_parent_class)->dispose (object);
}

static void
lanyard_objects_finalize (GObject *object)
{
  LanyardObjects *self = LANYARD_OBJECTS (object);

  g_clear_object (&self->connection);
  g_clear_object (&self->manager);
  g_clear_object (&self->gate);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->told, g_hash_table_unref);

  G_OBJECT_CLASS (lanyard_objects_parent_class)->finalize (object);
}

static void
lanyard_objects_class_init (LanyardObjectsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_objects_dispose;
  object_class->finalize = lanyard_objects_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lanyard_objects_init (LanyardObjects *self)
{
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

LanyardObjects *
lanyard_objects_new (GDBusConnection *connection,
                     LanyardManager *manager,
                     LanyardGate *gate,
                     GError **error)
{
  g_autoptr (LanyardObjects) self = NULL;
  GListModel *rows;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (LANYARD_IS_MANAGER (manager), NULL);
  g_return_val_if_fail (LANYARD_IS_GATE (gate), NULL);

  rows = lanyard_manager_get_authorizations (manager, error);
  if (rows == NULL)
    return NULL;

  self = g_object_new (LANYARD_TYPE_OBJECTS, NULL);
  self->connection = g_object_ref (connection);
  self->manager = g_object_ref (manager);
  self->gate = g_object_ref (gate);
  self->rows = g_object_ref (rows);
  g_signal_connect_object (rows, "items-changed", G_CALLBACK (rows_changed_cb), self, 0);
  rows_changed_cb (rows, 0, 0, g_list_model_get_n_items (rows), self);

  /* The list says nothing of permissions, which another program may take back. */
  g_signal_connect_object (lanyard_manager_get_database (manager), "changed",
                           G_CALLBACK (database_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gate, "permissions-changed", G_CALLBACK (tell_soon), self,
                           G_CONNECT_SWAPPED);
  return g_steal_pointer (&self);
}

LanyardAuthorization *
lanyard_objects_find (LanyardObjects *self, const char *id)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (LANYARD_IS_OBJECTS (self), NULL);

  key = g_strdelimit (g_strdup (id), "_", '-');
  return g_hash_table_lookup (self->by_id, key);
}

void
lanyard_objects_note_name (LanyardObjects *self, const char *name, LanyardAuthorization *row)
{
  g_return_if_fail (LANYARD_IS_OBJECTS (self));
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (row));

  if (g_hash_table_size (self->by_name) >= MAX_NAMES)
    g_hash_table_remove_all (self->by_name);
  g_hash_table_replace (self->by_name, g_strdup (name), g_object_ref (row));
}

LanyardAuthorization *
lanyard_objects_find_called (LanyardObjects *self, const char *name)
{
  g_return_val_if_fail (LANYARD_IS_OBJECTS (self), NULL);

  return g_hash_table_lookup (self->by_name, name);
}

GVariant *
lanyard_objects_get_properties (LanyardObjects *self, LanyardAuthorization *row)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  LanyardStatus status = lanyard_authorization_get_status_at (row, now);
  const char *const *scopes = lanyard_authorization_get_granted_scopes (row);
  const char *const none[] = { NULL };
  GVariantBuilder builder;

  g_return_val_if_fail (LANYARD_IS_OBJECTS (self), NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add_parsed (&builder, "{'Id', <%s>}", lanyard_authorization_get_id (row));
  g_variant_builder_add_parsed (&builder, "{'Name', <%s>}", lanyard_authorization_get_name (row));
  g_variant_builder_add_parsed (&builder, "{'Provider', <%s>}",
                                get_text (lanyard_authorization_get_provider_id (row)));
  g_variant_builder_add_parsed (&builder, "{'ProviderName', <%s>}", get_provider_name (self, row));
  g_variant_builder_add_parsed (&builder, "{'Type', <%s>}",
                                get_text (lanyard_authorization_get_type_id (row)));
  g_variant_builder_add_parsed (&builder, "{'Status', <%s>}", lanyard_status_get_id (status));
  g_variant_builder_add_parsed (&builder, "{'Authorized', <%b>}",
                                status == LANYARD_STATUS_AUTHORIZED &&
                                  lanyard_authorization_is_active (row));
  g_variant_builder_add_parsed (&builder, "{'Active', <%b>}",
                                lanyard_authorization_is_active (row));
  g_variant_builder_add_parsed (&builder, "{'Account', <%s>}",
                                get_text (lanyard_authorization_get_account (row)));
  g_variant_builder_add_parsed (&builder, "{'Scopes', <%^as>}", scopes != NULL ? scopes : none);
  g_variant_builder_add_parsed (&builder, "{'ExpiresAt', <%x>}",
                                lanyard_authorization_get_expires_at (row));
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

GVariant *
lanyard_objects_get_managed (LanyardObjects *self, LanyardCaller *caller, GError **error)
{
  g_autoptr (GHashTable) visible = NULL;
  GVariantBuilder objects;
  GHashTableIter iter;
  const char *id;
  GVariant *properties;

  g_return_val_if_fail (LANYARD_IS_OBJECTS (self), NULL);

  if (!lanyard_gate_list_visible (self->gate, caller, &visible, error))
    return NULL;

  /* What the others are still to be told must not get lost. */
  if (self->tell_id != 0)
    {
      g_clear_handle_id (&self->tell_id, g_source_remove);
      tell_cb (self);
    }
  if (self->told == NULL)
    set_told (self, describe_all (self));

  lanyard_gate_watch (self->gate, caller);
  caller->is_listening = TRUE;
  g_clear_pointer (&caller->shown, g_hash_table_unref);
  caller->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_variant_builder_init (&objects, G_VARIANT_TYPE ("a{oa{sa{sv}}}"));
  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, (gpointer *)&id, (gpointer *)&properties))
    {
      g_autofree char *path = dup_path (id);

      if (visible != NULL && !g_hash_table_contains (visible, id))
        continue;
      g_hash_table_add (caller->shown, g_strdup (id));
      g_variant_builder_add (&objects, "{o@a{sa{sv}}}", path, make_interfaces (properties));
    }
  return g_variant_ref_sink (g_variant_new ("(a{oa{sa{sv}}})", &objects));
}
