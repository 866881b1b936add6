/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-manager-private.h"

#include "lanyard-device-grant.h"
#include "lanyard-error.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  /* The caller's, and the copy that is authorized. */
  LanyardAuthorization *original;
  LanyardAuthorization *draft;
  LanyardCredentials *entered;
  LanyardConsent *consent;
  LanyardAuthContext *context;
  LanyardOutcome *outcome;
  LanyardLock *lock;
} Authorize;

static void
authorize_free (Authorize *authorize)
{
  g_object_unref (authorize->original);
  g_object_unref (authorize->draft);
  g_clear_pointer (&authorize->entered, lanyard_credentials_unref);
  g_clear_object (&authorize->consent);
  g_clear_pointer (&authorize->context, lanyard_auth_context_unref);
  g_clear_pointer (&authorize->outcome, lanyard_outcome_free);
  g_clear_pointer (&authorize->lock, lanyard_lock_release);
  g_free (authorize);
}

static void
fail (GTask *task, GError *error)
{
  Authorize *authorize = g_task_get_task_data (task);

  g_clear_pointer (&authorize->lock, lanyard_lock_release);
  lanyard_manager_return_error (task, lanyard_authorization_get_name (authorize->draft), error);
}

static LanyardAuthType *
get_type (Authorize *authorize)
{
  return lanyard_auth_types_lookup (lanyard_authorization_get_type_id (authorize->draft));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = LANYARD_MANAGER (source);
  Authorize *authorize = g_task_get_task_data (task);
  GError *error = NULL;

  if (!lanyard_manager_write_finish (self, result, &error) ||
      !lanyard_database_save (self->database, authorize->draft, &error))
    {
      fail (task, error);
      return;
    }

  g_clear_pointer (&authorize->lock, lanyard_lock_release);
  lanyard_manager_note_saved (authorize->original, authorize->draft);
  lanyard_manager_show (self, authorize->draft);
  g_task_return_boolean (task, TRUE);
}

/* A sign-in replaces all that is known of the last one; only whether the authorization is switched
 * on is not its business. */
static gboolean
take_sign_in (LanyardManager *self, Authorize *authorize, GError **error)
{
  LanyardAuthorization *draft = authorize->draft;
  g_autoptr (LanyardAuthorization) row = NULL;

  if (lanyard_authorization_get_revision (draft) > 0)
    {
      row = lanyard_database_load (self->database, lanyard_authorization_get_id (draft), error);
      if (row == NULL)
        return FALSE;
      lanyard_authorization_set_active (draft, lanyard_authorization_is_active (row));
    }

  lanyard_manager_take_outcome (draft, authorize->outcome);
  lanyard_authorization_set_account (draft, authorize->outcome->account);
  lanyard_authorization_set_authorized_at (draft, lanyard_manager_get_now ());
  return TRUE;
}

/* What was signed in for is saved as a whole or not at all, and without asking whether somebody
 * cancels now: the provider has already given it. */
static void
locked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = g_task_get_source_object (task);
  Authorize *authorize = g_task_get_task_data (task);
  GError *error = NULL;

  authorize->lock = lanyard_lock_acquire_finish (result, &error);
  if (authorize->lock == NULL || !lanyard_manager_check_draft (self, authorize->draft, &error) ||
      !take_sign_in (self, authorize, &error))
    {
      fail (task, error);
      return;
    }

  g_task_set_check_cancellable (task, FALSE);
  lanyard_manager_write_async (self, authorize->draft, authorize->outcome->credentials, NULL,
                               written_cb, g_steal_pointer (&task));
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Authorize *authorize = g_task_get_task_data (task);
  GError *error = NULL;

  authorize->outcome = lanyard_runner_run_finish (result, &error);
  if (authorize->outcome == NULL)
    {
      fail (task, error);
      return;
    }

  lanyard_lock_acquire_async (lanyard_authorization_get_id (authorize->draft), NULL, locked_cb,
                              g_steal_pointer (&task));
}

static void
run (GTask *task, const char *redirect_uri)
{
  LanyardManager *self = g_task_get_source_object (task);
  Authorize *authorize = g_task_get_task_data (task);
  g_autoptr (LanyardFlow) flow = NULL;
  GError *error = NULL;

  flow =
    lanyard_auth_type_authorize (get_type (authorize), authorize->context, redirect_uri, &error);
  if (flow == NULL)
    {
      fail (task, error);
      return;
    }

  lanyard_runner_run_async (
    flow, lanyard_manager_get_transport, self, authorize->consent,
    lanyard_authorization_get_name (authorize->draft),
    lanyard_provider_get_name (lanyard_auth_context_get_provider (authorize->context)),
    g_task_get_cancellable (task), ran_cb, g_object_ref (task));
}

/* Whether the person enters a code elsewhere: whoever shows the sign-in says so, and must be able
 * to where there is no other way. */
static gboolean
choose_device (Authorize *authorize, gboolean *is_chosen, GError **error)
{
  *is_chosen = lanyard_consent_shows_codes (authorize->consent);
  if (*is_chosen || !lanyard_device_grant_is_only_way (authorize->context))
    return TRUE;

  g_set_error (
    error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
    _ ("%s lets you sign in only with a code that you enter on another device; choose that way"),
    lanyard_provider_get_name (lanyard_auth_context_get_provider (authorize->context)));
  return FALSE;
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *redirect_uri = NULL;
  GError *error = NULL;

  redirect_uri = lanyard_consent_prepare_finish (LANYARD_CONSENT (source), result, &error);
  if (redirect_uri != NULL)
    run (task, redirect_uri);
  else
    fail (task, error);
}

static void
discovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Authorize *authorize = g_task_get_task_data (task);
  g_autofree char *redirect_uri = NULL;
  LanyardAuthContext *context;
  gboolean is_device = FALSE;
  GError *error = NULL;

  context = lanyard_manager_discover_finish (LANYARD_MANAGER (source), result, &error);
  if (context == NULL)
    {
      fail (task, error);
      return;
    }

  lanyard_auth_context_unref (authorize->context);
  authorize->context = context;
  if (!lanyard_auth_type_validate (get_type (authorize), context, &error))
    {
      fail (task, error);
      return;
    }

  if (!lanyard_auth_type_has_redirect (get_type (authorize)))
    {
      run (task, NULL);
      return;
    }

  if (!choose_device (authorize, &is_device, &error))
    {
      fail (task, error);
      return;
    }

  redirect_uri = is_device ? g_strdup (LANYARD_DEVICE)
                           : lanyard_auth_context_dup_value (context, "redirect_uri");
  /* There is nothing to catch where the person types in what the page shows. */
  if (is_device || g_strcmp0 (redirect_uri, LANYARD_OUT_OF_BAND) == 0)
    {
      run (task, redirect_uri);
      return;
    }

  lanyard_consent_prepare_async (authorize->consent, redirect_uri, g_task_get_cancellable (task),
                                 prepared_cb, g_object_ref (task));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = LANYARD_MANAGER (source);
  Authorize *authorize = g_task_get_task_data (task);
  g_autoptr (LanyardCredentials) stored = NULL;
  g_autoptr (LanyardCredentials) merged = NULL;
  g_autoptr (LanyardAuthContext) context = NULL;
  gboolean is_moved = FALSE;
  GError *error = NULL;

  stored = lanyard_manager_read_finish (self, result, NULL, &error);
  if (error == NULL)
    lanyard_manager_is_moved (self, authorize->draft, &is_moved, &error);
  if (error == NULL)
    context = lanyard_manager_dup_context (self, authorize->draft, NULL, &error);
  if (error != NULL)
    {
      fail (task, error);
      return;
    }

  merged = lanyard_manager_merge_entered (context, is_moved ? NULL : stored, authorize->entered);
  authorize->context = lanyard_auth_context_with_credentials (context, merged);
  lanyard_manager_discover_async (self, authorize->context, g_task_get_cancellable (task),
                                  discovered_cb, g_object_ref (task));
}

void
lanyard_manager_authorize_async (LanyardManager *self,
                                 LanyardAuthorization *draft,
                                 LanyardCredentials *credentials,
                                 LanyardConsent *consent,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Authorize *authorize;
  GError *error = NULL;

  g_return_if_fail (LANYARD_IS_MANAGER (self));
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (draft));
  g_return_if_fail (consent == NULL || LANYARD_IS_CONSENT (consent));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_manager_authorize_async);
  authorize = g_new0 (Authorize, 1);
  authorize->original = g_object_ref (draft);
  authorize->draft = lanyard_authorization_dup (draft);
  authorize->entered = credentials != NULL ? lanyard_credentials_copy (credentials) : NULL;
  authorize->consent = consent != NULL ? g_object_ref (consent) : NULL;
  g_task_set_task_data (task, authorize, (GDestroyNotify)authorize_free);

  /* The keyring is read before the person signs in: a locked one must not cost a sign-in. */
  if (!lanyard_manager_check_draft (self, draft, &error))
    fail (task, error);
  else if (!lanyard_auth_type_needs_consent (get_type (authorize)))
    fail (task, g_error_new (LANYARD_ERROR, LANYARD_ERROR_INVALID,
                             _ ("There is nothing to sign in to; save it")));
  else if (consent == NULL && lanyard_auth_type_has_redirect (get_type (authorize)))
    fail (task, g_error_new (LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                             _ ("You must sign in on a page of the provider")));
  else
    lanyard_manager_read_async (self, lanyard_authorization_get_id (draft), cancellable, read_cb,
                                g_steal_pointer (&task));
}

gboolean
lanyard_manager_authorize_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
