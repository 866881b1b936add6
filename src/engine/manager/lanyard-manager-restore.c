/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Brings the keyring and the database back together where a crash, or a person with another
 * program, parted them. The keyring is written first, so that what it holds is the newer part; it
 * holds all that may be seen, too. */

#include "config.h"

#include "lanyard-manager-private.h"

#include "lanyard-error.h"

#include <glib/gi18n-lib.h>

/* In characters; a name has at most 200. */
#define MAX_FRONT 150

typedef struct
{
  char *id;
  LanyardLock *lock;
} Restore;

static void
restore_free (Restore *restore)
{
  g_free (restore->id);
  g_clear_pointer (&restore->lock, lanyard_lock_release);
  g_free (restore);
}

static char *
make_name (LanyardAuthorization *authorization)
{
  const char *name = lanyard_authorization_get_name (authorization);
  g_autofree char *front = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), MAX_FRONT));

  /* Translators: the name of an authorization that was restored after a crash, when its name was
   * taken meanwhile, and a part of its id */
  return g_strdup_printf (_ ("%s (restored %.8s)"), front,
                          lanyard_authorization_get_id (authorization));
}

/* Another one may have taken the name since. */
static gboolean
save_under_any_name (LanyardManager *self, LanyardAuthorization *authorization, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *name = NULL;

  if (lanyard_database_save (self->database, authorization, &local_error))
    return TRUE;
  if (!g_error_matches (local_error, LANYARD_ERROR, LANYARD_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  name = make_name (authorization);
  lanyard_authorization_set_name (authorization, name);
  return lanyard_database_save (self->database, authorization, error);
}

/* An item without a row: the program ended between the two. */
static gboolean
restore_row (LanyardManager *self, LanyardAuthorization *sealed, GError **error)
{
  lanyard_authorization_set_revision (sealed, 0);
  if (!save_under_any_name (self, sealed, error))
    return FALSE;

  lanyard_manager_show (self, sealed);
  return TRUE;
}

/* A sign-in that the database never heard of. It brings the settings that it was made with, unless
 * they were edited since. */
static gboolean
finish_sign_in (LanyardManager *self,
                LanyardAuthorization **row,
                LanyardAuthorization *sealed,
                GError **error)
{
  gboolean is_edited =
    lanyard_authorization_get_modified_at (*row) > lanyard_authorization_get_authorized_at (sealed);
  g_autoptr (LanyardAuthorization) whole = lanyard_authorization_dup (is_edited ? *row : sealed);

  lanyard_authorization_copy_state (whole, sealed);
  lanyard_authorization_set_active (whole, lanyard_authorization_is_active (*row));
  lanyard_authorization_set_created_at (whole, lanyard_authorization_get_created_at (*row));
  lanyard_authorization_set_revision (whole, lanyard_authorization_get_revision (*row));
  if (!save_under_any_name (self, whole, error))
    return FALSE;

  g_set_object (row, whole);
  lanyard_manager_show (self, whole);
  return TRUE;
}

/* On top of what the database has now: one that is switched off stays so. */
static gboolean
save_state (LanyardManager *self,
            LanyardAuthorization **row,
            LanyardStatus status,
            gint64 expires_at,
            gboolean is_renewable,
            GError **error)
{
  g_autoptr (LanyardAuthorization) fresh =
    lanyard_database_load (self->database, lanyard_authorization_get_id (*row), error);

  if (fresh == NULL)
    return FALSE;

  lanyard_authorization_set_status (fresh, status);
  lanyard_authorization_set_expires_at (fresh, expires_at);
  lanyard_authorization_set_renewable (fresh, is_renewable);
  if (!lanyard_database_save_state (self->database, fresh, error))
    return FALSE;

  g_set_object (row, fresh);
  lanyard_manager_show (self, fresh);
  return TRUE;
}

/* The person signed in later than the database knows. */
static gboolean
has_newer_sign_in (LanyardAuthorization *row, LanyardAuthorization *sealed)
{
  return lanyard_authorization_get_authorized_at (sealed) >
           lanyard_authorization_get_authorized_at (row) &&
         (lanyard_manager_is_same_place (row, sealed) ||
          lanyard_authorization_get_modified_at (row) <=
            lanyard_authorization_get_authorized_at (sealed));
}

/* It was taken back at the provider, and the database does not know. */
static gboolean
is_revoked (LanyardAuthorization *row,
            LanyardAuthorization *sealed,
            LanyardCredentials *credentials)
{
  return lanyard_authorization_get_status (sealed) == LANYARD_STATUS_REVOKED &&
         lanyard_authorization_get_status (row) != LANYARD_STATUS_REVOKED &&
         lanyard_credentials_get (credentials, "access_token") == NULL;
}

static gboolean
is_incomplete (LanyardManager *self, LanyardAuthorization *row)
{
  LanyardAuthType *type = lanyard_auth_types_lookup (lanyard_authorization_get_type_id (row));
  g_autoptr (LanyardAuthContext) context = NULL;

  if (lanyard_authorization_get_status (row) != LANYARD_STATUS_AUTHORIZED)
    return FALSE;
  if (type == NULL || lanyard_auth_type_needs_consent (type))
    return TRUE;

  /* Some need no secret at all. */
  context = lanyard_manager_dup_context (self, row, NULL, NULL);
  return context == NULL || !lanyard_auth_type_validate (type, context, NULL);
}

gboolean
lanyard_manager_needs_restore (LanyardAuthorization *row,
                               LanyardAuthorization *sealed,
                               LanyardCredentials *credentials)
{
  return has_newer_sign_in (row, sealed) || is_revoked (row, sealed, credentials);
}

gboolean
lanyard_manager_reconcile (LanyardManager *self,
                           LanyardAuthorization **row,
                           LanyardAuthorization *sealed,
                           LanyardCredentials *credentials,
                           gboolean *is_changed,
                           GError **error)
{
  gint64 expires_at = lanyard_credentials_get_expires_at (credentials);
  LanyardStatus status = lanyard_authorization_get_status (*row);
  gboolean is_renewable = lanyard_authorization_is_renewable (*row);
  gboolean is_complete = lanyard_credentials_get (credentials, "access_token") != NULL;

  *is_changed = TRUE;
  if (has_newer_sign_in (*row, sealed))
    return finish_sign_in (self, row, sealed, error);
  if (is_revoked (*row, sealed, credentials))
    return save_state (self, row, LANYARD_STATUS_REVOKED, 0, FALSE, error);
  if (status == LANYARD_STATUS_INCOMPLETE && is_complete)
    return save_state (self, row, LANYARD_STATUS_AUTHORIZED, expires_at, is_renewable, error);
  /* The token was renewed, and the database does not know how long it is good. */
  if (status == LANYARD_STATUS_AUTHORIZED && is_complete &&
      lanyard_authorization_get_expires_at (*row) != expires_at)
    return save_state (self, row, status, expires_at, is_renewable, error);

  *is_changed = FALSE;
  return TRUE;
}

static gboolean
restore (LanyardManager *self,
         const char *id,
         LanyardAuthorization *sealed,
         LanyardCredentials *credentials,
         gboolean *is_changed,
         GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LanyardAuthorization) row = lanyard_database_load (self->database, id, &local_error);

  *is_changed = FALSE;
  if (row == NULL && !g_error_matches (local_error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (sealed != NULL && !g_str_equal (lanyard_authorization_get_id (sealed), id))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("What the keyring holds belongs to another authorization"));
      return FALSE;
    }

  if (row == NULL)
    {
      *is_changed = sealed != NULL;
      return sealed == NULL || restore_row (self, sealed, error);
    }
  if (sealed != NULL)
    return lanyard_manager_reconcile (self, &row, sealed, credentials, is_changed, error);
  if (!is_incomplete (self, row))
    return TRUE;

  *is_changed = TRUE;
  return save_state (self, &row, LANYARD_STATUS_INCOMPLETE,
                     lanyard_authorization_get_expires_at (row),
                     lanyard_authorization_is_renewable (row), error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = LANYARD_MANAGER (source);
  Restore *data = g_task_get_task_data (task);
  g_autoptr (LanyardAuthorization) sealed = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  gboolean is_changed = FALSE;
  GError *error = NULL;

  credentials = lanyard_manager_read_finish (self, result, &sealed, &error);
  if (error == NULL)
    restore (self, data->id, sealed, credentials, &is_changed, &error);

  g_clear_pointer (&data->lock, lanyard_lock_release);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, is_changed ? 1 : 0);
}

/* Under the lock: another program may just be between the keyring and the database. */
static void
locked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Restore *data = g_task_get_task_data (task);
  GError *error = NULL;

  data->lock = lanyard_lock_acquire_finish (result, &error);
  if (data->lock == NULL)
    g_task_return_error (task, error);
  else
    lanyard_manager_read_async (g_task_get_source_object (task), data->id,
                                g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

void
lanyard_manager_restore_async (LanyardManager *self,
                               const char *id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Restore *data = g_new0 (Restore, 1);

  g_task_set_source_tag (task, lanyard_manager_restore_async);
  data->id = g_strdup (id);
  g_task_set_task_data (task, data, (GDestroyNotify)restore_free);
  lanyard_lock_acquire_async (id, cancellable, locked_cb, g_steal_pointer (&task));
}

int
lanyard_manager_restore_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}
