/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-manager-private.h"

#include "lanyard-error.h"

#include <glib/gi18n-lib.h>

/* A token that ends within so many seconds is renewed before it is handed out: it must last for a
 * request, and clocks differ. */
#define MARGIN 10

typedef struct
{
  LanyardAuthorization *row;
  LanyardCredentials *credentials;
  guint min_valid;
  guint generation;
} Get;

static void
get_free (Get *get)
{
  g_object_unref (get->row);
  g_clear_pointer (&get->credentials, lanyard_credentials_unref);
  g_free (get);
}

static void
fail (GTask *task, GError *error)
{
  Get *get = g_task_get_task_data (task);

  lanyard_manager_return_error (task, lanyard_authorization_get_name (get->row), error);
}

static void
succeed (GTask *task, LanyardCredentials *credentials)
{
  LanyardManager *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);
  g_autoptr (LanyardAuthorization) row = NULL;
  GError *error = NULL;

  /* The keyring and the provider take their time: what was deactivated or removed meanwhile is not
   * handed out any more. */
  row = lanyard_database_load (self->database, lanyard_authorization_get_id (get->row), &error);
  if (row == NULL || !lanyard_manager_check_row (row, &error))
    fail (task, error);
  else
    g_task_return_pointer (task, lanyard_credentials_ref (credentials),
                           (GDestroyNotify)lanyard_credentials_unref);
}

/* Hands out what is in the keyring. */
static void
succeed_with_stored (GTask *task)
{
  LanyardManager *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);

  lanyard_manager_remember (self, lanyard_authorization_get_id (get->row), get->generation,
                            get->credentials);
  succeed (task, get->credentials);
}

/* Whether what is there is what was asked for, if only for a moment. */
static gboolean
is_good_enough (Get *get)
{
  return lanyard_credentials_get_expires_at (get->credentials) >
         lanyard_manager_get_now () + (gint64)get->min_valid;
}

/* A failed renewal of a token that is still good for a moment is nobody's trouble yet. */
static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardCredentials) credentials =
    lanyard_manager_renew_finish (LANYARD_MANAGER (source), result, &error);

  if (credentials != NULL)
    succeed (task, credentials);
  else if (lanyard_error_is_transient (error) && !lanyard_error_is_cancelled (error) &&
           is_good_enough (get))
    succeed (task, get->credentials);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
renew (GTask *task, LanyardSecret *token)
{
  LanyardManager *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);
  const char *id = lanyard_authorization_get_id (get->row);
  gboolean is_good = is_good_enough (get);
  GError *error = NULL;

  if (lanyard_manager_check_failure (self, id, !is_good, &error))
    {
      lanyard_manager_renew_async (self, id, token, g_task_get_cancellable (task), renewed_cb,
                                   g_object_ref (task));
      return;
    }

  if (!is_good)
    {
      fail (task, error);
      return;
    }
  g_clear_error (&error);
  succeed (task, get->credentials);
}

static void
fail_incomplete (GTask *task)
{
  LanyardManager *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);
  GError *error = NULL;

  if (lanyard_manager_save_status (self, lanyard_authorization_get_id (get->row),
                                   LANYARD_STATUS_INCOMPLETE, NULL, &error))
    g_set_error_literal (&error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                         _ ("Its credentials are no longer in the keyring; authorize it again"));
  fail (task, error);
}

static gboolean
needs_secret (LanyardAuthorization *row)
{
  LanyardAuthType *type = lanyard_auth_types_lookup (lanyard_authorization_get_type_id (row));

  return type == NULL || lanyard_auth_type_needs_consent (type);
}

/* The keyring has what it takes again. */
static void
note_complete (GTask *task)
{
  LanyardManager *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (lanyard_authorization_get_status (get->row) == LANYARD_STATUS_INCOMPLETE &&
      !lanyard_manager_save_status (self, lanyard_authorization_get_id (get->row),
                                    LANYARD_STATUS_AUTHORIZED, NULL, &error))
    g_warning ("The status of %s could not be saved: %s", lanyard_authorization_get_id (get->row),
               error->message);
}

/* What is made here is made anew each time, so that it always says what the settings say, and is
 * never kept. */
static gboolean
hand_out_made (GTask *task, LanyardAuthType *type)
{
  LanyardManager *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);
  g_autoptr (LanyardAuthContext) context = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  GError *error = NULL;

  if (type == NULL || !lanyard_auth_type_can_be_local (type))
    return FALSE;
  context = lanyard_manager_dup_context (self, get->row, get->credentials, NULL);
  if (context == NULL || !lanyard_auth_type_is_local (type, context))
    return FALSE;

  credentials =
    lanyard_auth_type_make_credentials (type, context, lanyard_manager_get_now (), &error);
  if (credentials == NULL)
    {
      fail (task, error);
      return TRUE;
    }

  note_complete (task);
  succeed (task, credentials);
  return TRUE;
}

static void
hand_out (GTask *task)
{
  LanyardManager *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);
  LanyardAuthType *type = lanyard_auth_types_lookup (lanyard_authorization_get_type_id (get->row));
  const LanyardAuthTypeInfo *info = type != NULL ? lanyard_auth_type_get_info (type) : NULL;
  LanyardSecret *token =
    info != NULL ? lanyard_credentials_get (get->credentials, info->primary_secret) : NULL;

  /* What the person entered is as good as it is: some need no secret at all. */
  if (!needs_secret (get->row))
    {
      succeed_with_stored (task);
      return;
    }
  if (hand_out_made (task, type))
    return;
  if (token == NULL)
    {
      fail_incomplete (task);
      return;
    }

  if (lanyard_manager_is_fresh (get->row, get->credentials, get->min_valid,
                                lanyard_manager_get_margin (self, get->row)))
    {
      succeed_with_stored (task);
      return;
    }
  if (!lanyard_authorization_is_renewable (get->row))
    {
      fail (task, g_error_new (LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                               _ ("It has expired, and cannot be renewed; authorize it again")));
      return;
    }

  renew (task, token);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = LANYARD_MANAGER (source);
  Get *get = g_task_get_task_data (task);
  g_autofree char *id = g_strdup (lanyard_authorization_get_id (get->row));
  g_autoptr (LanyardAuthorization) row = NULL;
  GError *error = NULL;

  if (lanyard_manager_restore_finish (self, result, &error) >= 0)
    row = lanyard_database_load (self->database, id, &error);
  if (row != NULL)
    g_set_object (&get->row, row);
  if (row == NULL || !lanyard_manager_check_row (get->row, &error))
    fail (task, error);
  else
    hand_out (task);
}

/* The keyring is written before the database: what it has is never the older part. */
static gboolean
catch_up (GTask *task, LanyardAuthorization *sealed)
{
  LanyardManager *self = g_task_get_source_object (task);
  Get *get = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean is_changed;

  if (lanyard_manager_needs_restore (get->row, sealed, get->credentials))
    {
      lanyard_manager_restore_async (self, lanyard_authorization_get_id (get->row),
                                     g_task_get_cancellable (task), restored_cb,
                                     g_object_ref (task));
      return FALSE;
    }

  if (!lanyard_manager_reconcile (self, &get->row, sealed, get->credentials, &is_changed, &error))
    g_warning ("The state of %s could not be saved: %s", lanyard_authorization_get_id (get->row),
               error->message);
  return TRUE;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Get *get = g_task_get_task_data (task);
  g_autoptr (LanyardAuthorization) sealed = NULL;
  GError *error = NULL;

  get->credentials =
    lanyard_manager_read_finish (LANYARD_MANAGER (source), result, &sealed, &error);
  if (error != NULL)
    {
      fail (task, error);
      return;
    }
  if (get->credentials == NULL && needs_secret (get->row))
    {
      fail_incomplete (task);
      return;
    }

  if (get->credentials == NULL)
    get->credentials = lanyard_credentials_new ();
  if (sealed == NULL || catch_up (task, sealed))
    hand_out (task);
}

/* Starts a task on an authorization that may be handed out; NULL when the task has ended already.
 */
static Get *
start (GTask *task, LanyardManager *self, const char *id)
{
  GError *error = NULL;
  Get *get = g_new0 (Get, 1);

  get->row = lanyard_database_load (self->database, id, &error);
  if (get->row == NULL)
    {
      g_free (get);
      g_task_return_error (task, error);
      return NULL;
    }

  get->generation = self->generation;
  g_task_set_task_data (task, get, (GDestroyNotify)get_free);
  if (!lanyard_manager_check_row (get->row, &error))
    {
      fail (task, error);
      return NULL;
    }

  return get;
}

gboolean
lanyard_manager_check_row (LanyardAuthorization *row, GError **error)
{
  if (!lanyard_authorization_is_active (row))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INACTIVE,
                           _ ("It is deactivated; activate it first"));
      return FALSE;
    }

  switch (lanyard_authorization_get_status (row))
    {
    case LANYARD_STATUS_AUTHORIZED:
    case LANYARD_STATUS_EXPIRED:
    case LANYARD_STATUS_INCOMPLETE:
      return TRUE;
    case LANYARD_STATUS_NEW:
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                           _ ("It was never authorized; authorize it first"));
      return FALSE;
    case LANYARD_STATUS_REFUSED:
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                           _ ("The provider no longer accepts the sign-in; authorize it again"));
      return FALSE;
    case LANYARD_STATUS_REVOKED:
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                           _ ("It was revoked; authorize it again"));
      return FALSE;
    default:
      g_assert_not_reached ();
    }
}

gint64
lanyard_manager_get_margin (LanyardManager *self, LanyardAuthorization *authorization)
{
  const char *id = lanyard_authorization_get_provider_id (authorization);
  LanyardProvider *provider =
    id != NULL ? lanyard_catalogue_lookup (self->catalogue, id, NULL) : NULL;
  LanyardMethod *method =
    provider != NULL ? lanyard_provider_find_method_of (provider, authorization) : NULL;

  /* Quirk F6. */
  if (method != NULL)
    return MAX (lanyard_method_get_int64 (method, "refresh.margin", MARGIN), MARGIN);
  return MARGIN;
}

gboolean
lanyard_manager_is_fresh (LanyardAuthorization *authorization,
                          LanyardCredentials *credentials,
                          guint min_valid,
                          gint64 margin)
{
  gint64 expires_at = lanyard_credentials_get_expires_at (credentials);
  gint64 now = lanyard_manager_get_now ();

  if (expires_at == 0)
    return TRUE;
  if (!lanyard_authorization_is_renewable (authorization))
    return expires_at > now;

  return expires_at > now + MAX ((gint64)min_valid, margin);
}

void
lanyard_manager_get_credentials_async (LanyardManager *self,
                                       const char *id,
                                       guint min_valid,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Get *get;

  g_return_if_fail (LANYARD_IS_MANAGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_manager_get_credentials_async);
  get = start (task, self, id);
  if (get == NULL)
    return;

  get->min_valid = min_valid;
  lanyard_manager_join_read_async (self, id, cancellable, read_cb, g_steal_pointer (&task));
}

LanyardCredentials *
lanyard_manager_get_credentials_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardCredentials) credentials =
    lanyard_manager_renew_finish (LANYARD_MANAGER (source), result, &error);

  if (credentials != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
lanyard_manager_refresh_async (LanyardManager *self,
                               const char *id,
                               LanyardSecret *refused,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LANYARD_IS_MANAGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_manager_refresh_async);
  if (start (task, self, id) != NULL)
    lanyard_manager_renew_async (self, id, refused, cancellable, refreshed_cb,
                                 g_steal_pointer (&task));
}

gboolean
lanyard_manager_refresh_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
