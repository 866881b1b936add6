/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-manager-private.h"

#include "lanyard-error.h"
#include "lanyard-keyring.h"
#include "lanyard-modules.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  PROP_KEYRING_ERROR = 1,
} LanyardManagerProperty;

static GParamSpec *properties[PROP_KEYRING_ERROR + 1];

G_DEFINE_FINAL_TYPE (LanyardManager, lanyard_manager, G_TYPE_OBJECT)

/* Where the row of @id is in the list, or -1. */
static int
find_position (LanyardManager *self, const char *id)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->authorizations));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (LanyardAuthorization) authorization =
        g_list_model_get_item (G_LIST_MODEL (self->authorizations), i);

      if (g_str_equal (lanyard_authorization_get_id (authorization), id))
        return i;
    }

  return -1;
}

/* Makes the list hold exactly @rows. Objects of rows that are still there stay, so that windows
 * that show them follow. */
static void
reconcile (LanyardManager *self, GPtrArray *rows)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    {
      LanyardAuthorization *row = g_ptr_array_index (rows, i);

      g_hash_table_insert (by_id, (gpointer)lanyard_authorization_get_id (row), row);
    }

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->authorizations)); i > 0; i--)
    {
      g_autoptr (LanyardAuthorization) shown =
        g_list_model_get_item (G_LIST_MODEL (self->authorizations), i - 1);
      const char *id = lanyard_authorization_get_id (shown);
      LanyardAuthorization *row = g_hash_table_lookup (by_id, id);

      if (row != NULL)
        lanyard_authorization_assign (shown, row);
      else
        g_list_store_remove (self->authorizations, i - 1);
      g_hash_table_remove (by_id, id);
    }

  for (guint i = 0; i < rows->len; i++)
    {
      LanyardAuthorization *row = g_ptr_array_index (rows, i);

      if (g_hash_table_contains (by_id, lanyard_authorization_get_id (row)))
        g_list_store_append (self->authorizations, row);
    }
}

static void
database_changed_cb (LanyardManager *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (self->authorizations == NULL)
    return;

  lanyard_manager_forget (self, NULL);
  rows = lanyard_database_load_all (self->database, &error);
  if (rows != NULL)
    reconcile (self, rows);
  else
    g_warning ("The list of authorizations cannot be read again: %s", error->message);
}

static void
lanyard_manager_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LanyardManager *self = LANYARD_MANAGER (object);

  switch ((LanyardManagerProperty)property_id)
    {
    case PROP_KEYRING_ERROR:
      g_value_set_boxed (value, self->keyring_error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_manager_finalize (GObject *object)
{
  LanyardManager *self = LANYARD_MANAGER (object);

  g_clear_object (&self->database);
  g_clear_object (&self->secrets);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->transport);
  g_clear_object (&self->authorizations);
  g_clear_pointer (&self->renewals, g_hash_table_unref);
  g_clear_pointer (&self->readings, g_hash_table_unref);
  g_clear_pointer (&self->unsaved, g_hash_table_unref);
  g_clear_pointer (&self->issuers, lanyard_issuer_cache_free);
  g_clear_pointer (&self->failures, g_hash_table_unref);
  g_clear_pointer (&self->memory, g_hash_table_unref);
  g_clear_error (&self->keyring_error);

  G_OBJECT_CLASS (lanyard_manager_parent_class)->finalize (object);
}

static void
lanyard_manager_class_init (LanyardManagerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lanyard_manager_get_property;
  object_class->finalize = lanyard_manager_finalize;

  properties[PROP_KEYRING_ERROR] =
    g_param_spec_boxed ("keyring-error", NULL, NULL, G_TYPE_ERROR,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
lanyard_manager_init (LanyardManager *self)
{
  /* A renewal removes itself when it ends; it holds a reference to the manager until then. */
  self->renewals = g_hash_table_new (g_str_hash, g_str_equal);
  self->readings = g_hash_table_new (g_str_hash, g_str_equal);
  self->unsaved = lanyard_manager_new_unsaved ();
  self->failures = lanyard_manager_new_failures ();
}

LanyardManager *
lanyard_manager_new (LanyardDatabase *database,
                     LanyardSecretStore *secrets,
                     LanyardCatalogue *catalogue,
                     LanyardTransport *transport)
{
  g_autofree char *directory = NULL;
  LanyardManager *self;

  g_return_val_if_fail (LANYARD_IS_DATABASE (database), NULL);
  g_return_val_if_fail (LANYARD_IS_SECRET_STORE (secrets), NULL);
  g_return_val_if_fail (LANYARD_IS_CATALOGUE (catalogue), NULL);

  self = g_object_new (LANYARD_TYPE_MANAGER, NULL);
  self->database = g_object_ref (database);
  self->secrets = g_object_ref (secrets);
  self->catalogue = g_object_ref (catalogue);
  self->transport = transport != NULL ? g_object_ref (transport) : NULL;
  directory = g_build_filename (g_get_user_cache_dir (), "lanyard", "issuers", NULL);
  /* What was learned over somebody's own network is for them alone. */
  self->issuers = lanyard_issuer_cache_new (transport == NULL ? directory : NULL);
  return self;
}

LanyardManager *
lanyard_manager_new_default (GError **error)
{
  g_autoptr (LanyardDatabase) database = lanyard_database_open_default (error);
  g_autoptr (LanyardSecretStore) secrets = NULL;
  g_autoptr (LanyardCatalogue) catalogue = NULL;

  if (database == NULL)
    return NULL;

  secrets = lanyard_keyring_new ();
  catalogue = lanyard_catalogue_new_default ();
  return lanyard_manager_new (database, secrets, catalogue, NULL);
}

LanyardCatalogue *
lanyard_manager_get_catalogue (LanyardManager *self)
{
  g_return_val_if_fail (LANYARD_IS_MANAGER (self), NULL);

  return self->catalogue;
}

LanyardDatabase *
lanyard_manager_get_database (LanyardManager *self)
{
  g_return_val_if_fail (LANYARD_IS_MANAGER (self), NULL);

  return self->database;
}

const GError *
lanyard_manager_get_keyring_error (LanyardManager *self)
{
  g_return_val_if_fail (LANYARD_IS_MANAGER (self), NULL);

  return self->keyring_error;
}

GListModel *
lanyard_manager_get_authorizations (LanyardManager *self, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (LANYARD_IS_MANAGER (self), NULL);

  if (self->authorizations != NULL)
    return G_LIST_MODEL (self->authorizations);

  rows = lanyard_database_load_all (self->database, error);
  if (rows == NULL)
    return NULL;

  self->authorizations = g_list_store_new (LANYARD_TYPE_AUTHORIZATION);
  g_list_store_splice (self->authorizations, 0, 0, rows->pdata, rows->len);
  g_signal_connect_object (self->database, "changed", G_CALLBACK (database_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return G_LIST_MODEL (self->authorizations);
}

LanyardAuthContext *
lanyard_manager_dup_context (LanyardManager *self,
                             LanyardAuthorization *authorization,
                             LanyardCredentials *credentials,
                             GError **error)
{
  g_autoptr (LanyardAuthContext) context = NULL;
  const char *type_id = lanyard_authorization_get_type_id (authorization);
  LanyardProvider *provider;
  LanyardMethod *method;

  g_return_val_if_fail (LANYARD_IS_MANAGER (self), NULL);

  provider = lanyard_catalogue_lookup (
    self->catalogue, lanyard_authorization_get_provider_id (authorization), error);
  if (provider == NULL)
    return NULL;

  method = lanyard_provider_find_method_of (provider, authorization);
  if (method == NULL || lanyard_auth_types_lookup (type_id) == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, _ ("%s does not authorize by “%s”"),
                   lanyard_provider_get_name (provider), type_id != NULL ? type_id : "");
      return NULL;
    }

  context = lanyard_auth_context_new (provider, method, authorization, credentials);
  return lanyard_manager_fill_in (self, context);
}

gboolean
lanyard_manager_set_active (LanyardManager *self, const char *id, gboolean active, GError **error)
{
  g_autoptr (LanyardAuthorization) authorization = NULL;

  g_return_val_if_fail (LANYARD_IS_MANAGER (self), FALSE);

  authorization = lanyard_database_load (self->database, id, error);
  if (authorization == NULL)
    return FALSE;

  lanyard_authorization_set_active (authorization, active);
  if (!lanyard_database_save_state (self->database, authorization, error))
    return FALSE;

  lanyard_manager_show (self, authorization);
  return TRUE;
}

gboolean
lanyard_manager_can_revoke (LanyardManager *self, LanyardAuthorization *authorization)
{
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();
  g_autoptr (LanyardAuthContext) context = NULL;
  g_autoptr (LanyardFlow) flow = NULL;

  g_return_val_if_fail (LANYARD_IS_MANAGER (self), FALSE);

  if (lanyard_authorization_get_status (authorization) != LANYARD_STATUS_AUTHORIZED)
    return FALSE;

  /* The tokens themselves are in the keyring, which is not asked: that there is one is what the
   * status says. */
  lanyard_credentials_set_text (credentials, "access_token", "-");
  context = lanyard_manager_dup_context (self, authorization, credentials, NULL);
  if (context == NULL)
    return FALSE;

  flow = lanyard_auth_type_revoke (
    lanyard_auth_types_lookup (lanyard_authorization_get_type_id (authorization)), context);
  return flow != NULL;
}

LanyardTransport *
lanyard_manager_get_transport (gpointer manager, GError **error)
{
  LanyardManager *self = LANYARD_MANAGER (manager);
  GType type;

  if (self->transport == NULL)
    {
      type = lanyard_modules_get_type ("net", "lanyard_soup_transport_get_type", error);
      if (type == G_TYPE_INVALID)
        return NULL;
      self->transport = g_object_new (type, NULL);
    }

  return self->transport;
}

gint64
lanyard_manager_get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

void
lanyard_manager_show (LanyardManager *self, LanyardAuthorization *authorization)
{
  g_autoptr (LanyardAuthorization) shown = NULL;
  int position;

  lanyard_manager_forget (self, lanyard_authorization_get_id (authorization));
  if (self->authorizations == NULL)
    return;

  position = find_position (self, lanyard_authorization_get_id (authorization));
  if (position < 0)
    {
      shown = lanyard_authorization_dup (authorization);
      g_list_store_append (self->authorizations, shown);
      return;
    }

  shown = g_list_model_get_item (G_LIST_MODEL (self->authorizations), position);
  lanyard_authorization_assign (shown, authorization);
}

void
lanyard_manager_hide (LanyardManager *self, const char *id)
{
  int position = self->authorizations != NULL ? find_position (self, id) : -1;

  lanyard_manager_forget (self, id);
  if (position >= 0)
    g_list_store_remove (self->authorizations, position);
}

gboolean
lanyard_manager_save_status (LanyardManager *self,
                             const char *id,
                             LanyardStatus status,
                             const LanyardOutcome *outcome,
                             GError **error)
{
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) local_error = NULL;

  row = lanyard_database_load (self->database, id, &local_error);
  if (row != NULL)
    {
      if (outcome != NULL)
        lanyard_manager_take_outcome (row, outcome);
      lanyard_authorization_set_status (row, status);
      if (lanyard_database_save_state (self->database, row, &local_error))
        {
          lanyard_manager_show (self, row);
          return TRUE;
        }
    }
  if (g_error_matches (local_error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

void
lanyard_manager_take_outcome (LanyardAuthorization *authorization, const LanyardOutcome *outcome)
{
  lanyard_authorization_set_status (authorization, LANYARD_STATUS_AUTHORIZED);
  lanyard_authorization_set_expires_at (authorization,
                                        lanyard_credentials_get_expires_at (outcome->credentials));
  lanyard_authorization_set_renewable (authorization, outcome->renewable);
  if (outcome->granted_scopes != NULL)
    lanyard_authorization_set_granted_scopes (authorization,
                                              (const char *const *)outcome->granted_scopes);
  if (outcome->account != NULL)
    lanyard_authorization_set_account (authorization, outcome->account);
}

void
lanyard_manager_return_error (GTask *task, const char *name, GError *error)
{
  if (name != NULL && error->domain == LANYARD_ERROR)
    g_prefix_error (&error, "%s: ", name);
  g_task_return_error (task, error);
}

void
lanyard_manager_note_keyring (LanyardManager *self, const GError *error)
{
  gboolean is_keyring = g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED) ||
                        g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_ABSENT);

  /* An error of another kind says nothing about the keyring. */
  if (error != NULL && !is_keyring)
    return;
  if (error == NULL && self->keyring_error == NULL)
    return;
  if (error != NULL && self->keyring_error != NULL && self->keyring_error->code == error->code)
    return;

  g_clear_error (&self->keyring_error);
  self->keyring_error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEYRING_ERROR]);
}
