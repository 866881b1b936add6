/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-manager-private.h"

#include "lanyard-answer.h"
#include "lanyard-error.h"
#include "lanyard-template.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  LanyardAuthorization *row;
  LanyardAuthContext *context;
  gboolean was_renewed;
} Test;

static void send_probe (GTask *task);

static void
test_free (Test *test)
{
  g_object_unref (test->row);
  g_clear_pointer (&test->context, lanyard_auth_context_unref);
  g_free (test);
}

static void
fail (GTask *task, GError *error)
{
  Test *test = g_task_get_task_data (task);

  lanyard_manager_return_error (task, lanyard_authorization_get_name (test->row), error);
}

static void
succeed (GTask *task, const LanyardResponse *response)
{
  LanyardManager *self = g_task_get_source_object (task);
  Test *test = g_task_get_task_data (task);
  g_autofree char *account = lanyard_answer_dup_account (test->context, response);
  g_autoptr (LanyardAuthorization) row = NULL;

  if (account == NULL)
    {
      g_task_return_pointer (task, g_strdup (_ ("It works")), g_free);
      return;
    }

  row = lanyard_database_load (self->database, lanyard_authorization_get_id (test->row), NULL);
  if (row != NULL && g_strcmp0 (lanyard_authorization_get_account (row), account) != 0)
    {
      lanyard_authorization_set_account (row, account);
      if (lanyard_database_save_state (self->database, row, NULL))
        lanyard_manager_show (self, row);
    }
  g_task_return_pointer (task, g_strdup_printf (_ ("It works: connected as %s"), account), g_free);
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardCredentials) credentials =
    lanyard_manager_renew_finish (LANYARD_MANAGER (source), result, &error);

  if (credentials != NULL)
    send_probe (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Somebody else who was refused may have renewed it already. */
static void
renew (GTask *task)
{
  LanyardManager *self = g_task_get_source_object (task);
  Test *test = g_task_get_task_data (task);
  LanyardSecret *stale =
    lanyard_credentials_get (lanyard_auth_context_get_credentials (test->context), "access_token");

  test->was_renewed = TRUE;
  lanyard_manager_renew_async (self, lanyard_authorization_get_id (test->row), stale,
                               g_task_get_cancellable (task), renewed_cb, g_object_ref (task));
}

/* 401 says that the token is not good (RFC 6750 section 3.1): once it may be renewed. 403 says that
 * it is, for something else. */
static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Test *test = g_task_get_task_data (task);
  g_autoptr (LanyardResponse) response = NULL;
  GError *error = NULL;

  response = lanyard_transport_send_finish (LANYARD_TRANSPORT (source), result, &error);
  if (response == NULL)
    {
      fail (task, error);
      return;
    }
  if (response->status >= 200 && response->status <= 299)
    {
      if (lanyard_answer_check_verified (test->context, response, &error))
        succeed (task, response);
      else
        fail (task, error);
      return;
    }
  if (response->status == 401 && !test->was_renewed &&
      lanyard_authorization_is_renewable (test->row))
    {
      renew (task);
      return;
    }

  lanyard_answer_set_error (test->context, response, &error);
  fail (task, error);
}

static LanyardRequest *
make_probe (Test *test, GError **error)
{
  g_autoptr (LanyardRequest) request =
    lanyard_template_new_probe (test->context, lanyard_manager_get_now ());
  const char *type_id = lanyard_authorization_get_type_id (test->row);

  if (request == NULL)
    {
      g_set_error_literal (
        error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
        _ ("There is no address to test it with; enter a test address in its settings"));
      return NULL;
    }
  if (!lanyard_auth_type_apply (lanyard_auth_types_lookup (type_id), test->context, request, error))
    return NULL;

  return g_steal_pointer (&request);
}

/* Without the credentials nobody could tell that the server's words repeat them. */
static void
got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = LANYARD_MANAGER (source);
  Test *test = g_task_get_task_data (task);
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardRequest) request = NULL;
  LanyardTransport *transport = NULL;
  GError *error = NULL;

  credentials = lanyard_manager_get_credentials_finish (self, result, &error);
  if (credentials == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_clear_pointer (&test->context, lanyard_auth_context_unref);
  test->context = lanyard_manager_dup_context (self, test->row, credentials, &error);
  if (test->context != NULL)
    request = make_probe (test, &error);
  if (request != NULL)
    transport = lanyard_manager_get_transport (self, &error);
  if (transport == NULL)
    {
      fail (task, error);
      return;
    }

  lanyard_transport_send_async (transport, request, g_task_get_cancellable (task), sent_cb,
                                g_object_ref (task));
}

static void
send_probe (GTask *task)
{
  LanyardManager *self = g_task_get_source_object (task);
  Test *test = g_task_get_task_data (task);

  lanyard_manager_get_credentials_async (self, lanyard_authorization_get_id (test->row), 0,
                                         g_task_get_cancellable (task), got_cb,
                                         g_object_ref (task));
}

void
lanyard_manager_test_async (LanyardManager *self,
                            const char *id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  LanyardAuthorization *row;
  GError *error = NULL;
  Test *test;

  g_return_if_fail (LANYARD_IS_MANAGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_manager_test_async);
  row = lanyard_database_load (self->database, id, &error);
  if (row == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  test = g_new0 (Test, 1);
  test->row = row;
  g_task_set_task_data (task, test, (GDestroyNotify)test_free);
  send_probe (task);
}

char *
lanyard_manager_test_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
