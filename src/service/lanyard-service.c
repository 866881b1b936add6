/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-service.h"

#include <malloc.h>
#include <string.h>

#include "lanyard-attention-watch.h"
#include "lanyard-bus-error.h"
#include "lanyard-bus-info.h"
#include "lanyard-bus-names.h"
#include "lanyard-error.h"
#include "lanyard-gate.h"
#include "lanyard-methods.h"
#include "lanyard-objects.h"
#include "lanyard-socket.h"

#define BUS_NAME "org.freedesktop.DBus"
#define BUS_PATH "/org/freedesktop/DBus"

#define NAME_FLAG_DO_NOT_QUEUE 4
#define NAME_REPLY_PRIMARY_OWNER 1

#define PROPERTIES_INTERFACE "org.freedesktop.DBus.Properties"

/* While something keeps the service that is no call, in seconds. */
#define RECHECK_INTERVAL 10

/* For so many seconds another bus is waited for by which something can still be stored. Where none
 * comes, the session is over. */
#define CUT_OFF_PATIENCE 300

/* How long after a request memory is given back, in seconds. */
#define TRIM_DELAY 1

struct _LanyardService
{
  GObject parent_instance;

  /* Owned */
  GDBusConnection *connection;
  LanyardManager *manager;
  LanyardGate *gate;
  LanyardObjects *objects;
  LanyardAttentionWatch *attention;
  LanyardSocket *socket;

  guint idle_timeout;
  guint idle_id;
  guint trim_id;
  guint object_ids[2];
  guint subtree_id;
  guint lost_id;
  guint n_calls;
  gint64 last_call;
  gboolean is_stopping;
  gboolean is_cut_off;
  gint64 cut_off_at;
  gboolean has_ended;
};

enum
{
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardService, lanyard_service, G_TYPE_OBJECT)

static void
end (LanyardService *self)
{
  if (self->has_ended)
    return;

  self->has_ended = TRUE;
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_signal_emit (self, signals[ENDED], 0);
}

/* A renewal that nobody waits for any more goes on: what it brings may be the only token that is
 * good. */
static gboolean
is_busy (LanyardService *self)
{
  return (self->n_calls > 0 && !self->is_cut_off) || lanyard_manager_is_renewing (self->manager) ||
         lanyard_manager_has_unsaved (self->manager) ||
         (self->attention != NULL && lanyard_attention_watch_is_pending (self->attention));
}

/* What is lost then, the person will be asked for again. */
static gboolean
is_hopeless (LanyardService *self)
{
  return self->is_cut_off &&
         g_get_monotonic_time () - self->cut_off_at > CUT_OFF_PATIENCE * (gint64)G_USEC_PER_SEC;
}

static gboolean
idle_cb (gpointer user_data)
{
  LanyardService *self = user_data;
  g_autoptr (GPtrArray) listeners = lanyard_gate_list_listeners (self->gate);
  gint64 idle = (g_get_monotonic_time () - self->last_call) / G_USEC_PER_SEC;
  guint left = idle < self->idle_timeout ? self->idle_timeout - (guint)idle : 0;

  self->idle_id = 0;
  if (self->is_stopping && (!is_busy (self) || is_hopeless (self)))
    {
      end (self);
      return G_SOURCE_REMOVE;
    }

  if (left == 0 && !self->is_stopping && listeners->len == 0 && !is_busy (self))
    lanyard_service_stop (self);
  else
    self->idle_id = g_timeout_add_seconds (
      self->is_stopping ? 1 : MAX (left, MIN (self->idle_timeout, RECHECK_INTERVAL)), idle_cb,
      self);

  return G_SOURCE_REMOVE;
}

/* Does not wait for the timer to see whether it is time to end. */
static void
check_soon (LanyardService *self)
{
  if (self->has_ended)
    return;

  g_clear_handle_id (&self->idle_id, g_source_remove);
  self->idle_id = g_idle_add (idle_cb, self);
}

static gboolean
trim_cb (gpointer user_data)
{
  LanyardService *self = user_data;

  self->trim_id = 0;
  malloc_trim (0);
  return G_SOURCE_REMOVE;
}

static void
call_done_cb (LanyardCall *call, gpointer user_data)
{
  g_autoptr (LanyardService) self = user_data;

  self->n_calls--;
  self->last_call = g_get_monotonic_time ();
  /* What a request took is given back, though not at once: the next one may follow it closely. */
  if (call->is_slow && self->trim_id == 0)
    self->trim_id = g_timeout_add_seconds (TRIM_DELAY, trim_cb, self);
  if (self->is_stopping && self->n_calls == 0)
    check_soon (self);
}

static void
return_properties (LanyardCall *call, GVariant *properties)
{
  g_autoptr (GVariant) value = NULL;
  const char *name;

  if (g_str_equal (call->method, "GetAll"))
    {
      lanyard_call_return (call, g_variant_new ("(@a{sv})", properties));
      return;
    }

  g_variant_get (call->parameters, "(&s&s)", NULL, &name);
  value = g_variant_lookup_value (properties, name, NULL);
  if (value != NULL)
    lanyard_call_return (call, g_variant_new ("(v)", value));
  else
    lanyard_call_return_error (
      call, g_error_new (G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_PROPERTY, "No such property"));
}

/* What there is not, and what is not for the caller, look the same. */
static void
read_properties (LanyardCall *call)
{
  const char *path = g_dbus_method_invocation_get_object_path (call->invocation);
  g_autoptr (GVariant) properties = NULL;
  LanyardAuthorization *row;
  const char *node = strrchr (path, '/') + 1;

  if (g_str_equal (path, LANYARD_BUS_SERVICE_PATH))
    {
      properties = g_variant_ref_sink (g_variant_new_parsed ("{'Version': <%s>}", LANYARD_VERSION));
      return_properties (call, properties);
      return;
    }

  row = lanyard_objects_find (call->objects, node);
  if (row == NULL ||
      !lanyard_gate_can_see (call->gate, call->caller, lanyard_authorization_get_id (row)))
    {
      lanyard_call_return_error (
        call, g_error_new (G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT, "No such object: %s", path));
      return;
    }

  properties = lanyard_objects_get_properties (call->objects, row);
  return_properties (call, properties);
}

static void
get_managed_objects (LanyardCall *call)
{
  GError *error = NULL;
  g_autoptr (GVariant) objects = lanyard_objects_get_managed (call->objects, call->caller, &error);

  if (objects != NULL)
    lanyard_call_return (call, objects);
  else
    lanyard_call_return_error (call, error);
}

/* Every call comes by here, once it is known who calls. */
static void
dispatch (LanyardCall *call)
{
  GError *error = NULL;

  /* What another program did a moment ago counts. */
  if (!lanyard_database_poll (lanyard_manager_get_database (call->manager), &error))
    lanyard_call_return_error (call, error);
  else if (g_str_equal (call->interface, LANYARD_BUS_SERVICE_INTERFACE))
    lanyard_methods_run (call);
  else if (g_str_equal (call->interface, PROPERTIES_INTERFACE))
    read_properties (call);
  else
    get_managed_objects (call);
}

static void
identified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LanyardCall *call = user_data;
  GError *error = NULL;

  call->caller = lanyard_gate_identify_finish (LANYARD_GATE (source), result, &error);
  if (call->caller != NULL)
    dispatch (call);
  else
    lanyard_call_return_error (call, error);
}

static void
method_call_cb (GDBusConnection *connection,
                const char *sender,
                const char *object_path,
                const char *interface_name,
                const char *method_name,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  LanyardService *self = user_data;
  LanyardCaller *caller = lanyard_gate_lookup (self->gate, sender);
  LanyardCall *call = lanyard_call_new (self->manager, self->gate, self->objects, invocation,
                                        call_done_cb, g_object_ref (self));

  self->n_calls++;
  if (caller == NULL)
    {
      lanyard_gate_identify_async (self->gate, sender, identified_cb, call);
      return;
    }

  call->caller = lanyard_caller_ref (caller);
  dispatch (call);
}

/* By way of the private socket. */
static void
peer_called_cb (LanyardPeer *peer, gpointer user_data)
{
  LanyardService *self = user_data;
  LanyardCall *call =
    lanyard_call_new_for_peer (self->manager, self->gate, self->objects, self->connection, peer,
                               call_done_cb, g_object_ref (self));
  GError *error = NULL;

  self->n_calls++;
  call->caller = lanyard_gate_identify_socket (self->gate, lanyard_peer_get_fd (peer),
                                               lanyard_peer_get_gone (peer), &error);
  if (call->caller != NULL)
    dispatch (call);
  else
    lanyard_call_return_error (call, error);
}

/* Without get_property, properties come as calls: so they pass the gate, too. */
static const GDBusInterfaceVTable vtable = { .method_call = method_call_cb };

/* Those of the root. Calls of an object that is registered come straight here, while those of a
 * subtree go round the main loop once more. */
static const GDBusInterfaceInfo *const interfaces[] = {
  &lanyard_bus_service1_interface,
  &lanyard_bus_org_freedesktop_dbus_object_manager_interface,
};

/* What there is, GetManagedObjects says to those who may know. */
static char **
enumerate_cb (GDBusConnection *connection,
              const char *sender,
              const char *object_path,
              gpointer user_data)
{
  return g_new0 (char *, 1);
}

static GDBusInterfaceInfo **
introspect_cb (GDBusConnection *connection,
               const char *sender,
               const char *object_path,
               const char *node,
               gpointer user_data)
{
  GDBusInterfaceInfo **infos = g_new0 (GDBusInterfaceInfo *, 2);

  if (node != NULL)
    infos[0] = (GDBusInterfaceInfo *)&lanyard_bus_authorization1_interface;
  return infos;
}

static const GDBusInterfaceVTable *
dispatch_cb (GDBusConnection *connection,
             const char *sender,
             const char *object_path,
             const char *interface_name,
             const char *node,
             gpointer *out_user_data,
             gpointer user_data)
{
  *out_user_data = user_data;
  return &vtable;
}

static const GDBusSubtreeVTable subtree = { enumerate_cb, introspect_cb, dispatch_cb, { NULL } };

static void
name_lost_cb (GDBusConnection *connection,
              const char *sender,
              const char *object_path,
              const char *interface_name,
              const char *signal_name,
              GVariant *parameters,
              gpointer user_data)
{
  LanyardService *self = user_data;

  /* Whoever has it now answers from now on. */
  if (!self->is_stopping)
    lanyard_service_stop (self);
}

static void
closed_cb (GDBusConnection *connection, gboolean is_remote, GError *error, LanyardService *self)
{
  /* Nobody is left who could be answered; only what would be lost keeps it. */
  self->is_stopping = TRUE;
  self->is_cut_off = TRUE;
  self->cut_off_at = g_get_monotonic_time ();
  g_clear_pointer (&self->socket, lanyard_socket_free);
  check_soon (self);
}

/* What was sent before the bus gave the name away has come by now. */
static void
released_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardService) self = user_data;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  check_soon (self);
}

static void
begin_to_serve (LanyardService *self)
{
  self->socket = lanyard_socket_new (self->connection, peer_called_cb, self);
  self->attention = lanyard_attention_watch_new (
    self->connection, lanyard_manager_get_database (self->manager), self->objects,
    lanyard_manager_get_authorizations (self->manager, NULL));
}

static void
requested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardService) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  guint32 answer = 0;

  if (reply != NULL)
    g_variant_get (reply, "(u)", &answer);
  if (answer == NAME_REPLY_PRIMARY_OWNER && !self->is_stopping)
    begin_to_serve (self);
  if (answer == NAME_REPLY_PRIMARY_OWNER || self->has_ended)
    return;

  g_info ("The name %s is taken", LANYARD_BUS_SERVICE_NAME);
  end (self);
}

static void
lanyard_service_dispose (GObject *object)
{
  LanyardService *self = LANYARD_SERVICE (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_handle_id (&self->trim_id, g_source_remove);
  g_clear_pointer (&self->socket, lanyard_socket_free);
  for (guint i = 0; i < G_N_ELEMENTS (self->object_ids); i++)
    {
      if (self->object_ids[i] != 0)
        g_dbus_connection_unregister_object (self->connection, self->object_ids[i]);
      self->object_ids[i] = 0;
    }
  if (self->subtree_id != 0)
    g_dbus_connection_unregister_subtree (self->connection, self->subtree_id);
  self->subtree_id = 0;
  if (self->lost_id != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->lost_id);
  self->lost_id = 0;

  G_OBJECT_CLASS (lanyard_service_parent_class)->dispose (object);
}

static void
lanyard_service_finalize (GObject *object)
{
  LanyardService *self = LANYARD_SERVICE (object);

  g_clear_object (&self->attention);
  g_clear_object (&self->objects);
  g_clear_object (&self->gate);
  g_clear_object (&self->manager);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (lanyard_service_parent_class)->finalize (object);
}

static void
lanyard_service_class_init (LanyardServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_service_dispose;
  object_class->finalize = lanyard_service_finalize;

  /**
   * LanyardService::ended:
   *
   * The program can end.
   */
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
lanyard_service_init (LanyardService *self)
{
}

static gboolean
register_objects (LanyardService *self, GError **error)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (self->object_ids) == G_N_ELEMENTS (interfaces));

  for (guint i = 0; i < G_N_ELEMENTS (interfaces); i++)
    {
      self->object_ids[i] = g_dbus_connection_register_object (
        self->connection, LANYARD_BUS_SERVICE_PATH, (GDBusInterfaceInfo *)interfaces[i], &vtable,
        self, NULL, error);
      if (self->object_ids[i] == 0)
        return FALSE;
    }

  self->subtree_id = g_dbus_connection_register_subtree (
    self->connection, LANYARD_BUS_SERVICE_PATH, &subtree,
    G_DBUS_SUBTREE_FLAGS_DISPATCH_TO_UNENUMERATED_NODES, self, NULL, error);
  return self->subtree_id != 0;
}

LanyardService *
lanyard_service_new (GDBusConnection *connection, LanyardManager *manager, guint idle_timeout)
{
  LanyardService *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (LANYARD_IS_MANAGER (manager), NULL);

  self = g_object_new (LANYARD_TYPE_SERVICE, NULL);
  self->connection = g_object_ref (connection);
  self->manager = g_object_ref (manager);
  self->gate = lanyard_gate_new (connection, lanyard_manager_get_database (manager));
  self->idle_timeout = idle_timeout;
  self->last_call = g_get_monotonic_time ();
  return self;
}

gboolean
lanyard_service_start (LanyardService *self, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_SERVICE (self), FALSE);

  lanyard_bus_error_init ();
  lanyard_manager_keep_credentials (self->manager);
  self->objects = lanyard_objects_new (self->connection, self->manager, self->gate, error);
  if (self->objects == NULL)
    return FALSE;

  if (!register_objects (self, error))
    return FALSE;

  g_signal_connect_object (self->connection, "closed", G_CALLBACK (closed_cb), self, 0);
  self->lost_id = g_dbus_connection_signal_subscribe (
    self->connection, BUS_NAME, BUS_NAME, "NameLost", BUS_PATH, LANYARD_BUS_SERVICE_NAME,
    G_DBUS_SIGNAL_FLAGS_NONE, name_lost_cb, self, NULL);
  g_dbus_connection_call (self->connection, BUS_NAME, BUS_PATH, BUS_NAME, "RequestName",
                          g_variant_new ("(su)", LANYARD_BUS_SERVICE_NAME, NAME_FLAG_DO_NOT_QUEUE),
                          G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, requested_cb,
                          g_object_ref (self));
  self->idle_id = g_timeout_add_seconds (self->idle_timeout, idle_cb, self);
  return TRUE;
}

void
lanyard_service_stop (LanyardService *self)
{
  g_return_if_fail (LANYARD_IS_SERVICE (self));

  if (self->is_stopping)
    return;

  /* First the name, then the end: a call that is sent in between starts the next service and is not
   * lost. */
  self->is_stopping = TRUE;
  g_clear_pointer (&self->socket, lanyard_socket_free);
  g_dbus_connection_call (self->connection, BUS_NAME, BUS_PATH, BUS_NAME, "ReleaseName",
                          g_variant_new ("(s)", LANYARD_BUS_SERVICE_NAME), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, released_cb, g_object_ref (self));
}
