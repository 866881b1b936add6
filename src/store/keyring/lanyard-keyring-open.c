/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-keyring-open.h"

#include "lanyard-keyring-call.h"

/* How often a connection is tried that somebody else gave up, and after how many microseconds: as
 * long as that one has it, nobody gets another. */
#define MAX_TRIES 20
#define PAUSE 5000

void
lanyard_open_keyring_free (LanyardOpenKeyring *self)
{
  g_clear_object (&self->service);
  g_clear_object (&self->file);
  g_free (self);
}

/* Whether libsecret may use something else than the Secret Service. It is the same question that it
 * asks itself; asking it here saves those who are not in a sandbox a call. */
static gboolean
may_be_file (void)
{
  const char *backend = g_getenv ("SECRET_BACKEND");

  return (backend != NULL && *backend != '\0') || g_getenv ("SNAP_NAME") != NULL ||
         g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

/* Waits in a context of its own. libsecret's own cancelling of a portal request is not safe, so one
 * that is given up is left behind with its context, in which nothing happens any more. */
static gboolean
wait_for_result (GAsyncResult **result,
                 GMainContext *context,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);

  g_source_set_dummy_callback (cancelled);
  g_source_attach (cancelled, context);
  while (*result == NULL && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (context, TRUE);
  g_source_destroy (cancelled);

  return *result != NULL || !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Opens what libsecret would use by itself. libsecret 0.20 keeps it for later without a reference
 * of its own, so the reference that it gives away is left to it. */
static SecretBackend *
get_default_backend (GMainContext *context, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  secret_backend_get (SECRET_BACKEND_NONE, NULL, take_result_cb, &result);
  if (!wait_for_result (&result, context, cancellable, error))
    return NULL;

  return secret_backend_get_finish (result, error);
}

/* Opens another of the same kind. */
static SecretBackend *
open_fresh_backend (GType type, GMainContext *context, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GObject) initable = NULL;

  g_async_initable_new_async (type, G_PRIORITY_DEFAULT, NULL, take_result_cb, &result, "flags",
                              SECRET_BACKEND_NONE, NULL);
  if (!wait_for_result (&result, context, cancellable, error))
    return NULL;

  initable = g_async_result_get_source_object (result);
  return SECRET_BACKEND (g_async_initable_new_finish (G_ASYNC_INITABLE (initable), result, error));
}

static SecretBackend *
open_backend (gboolean is_file_stale, GCancellable *cancellable, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  SecretBackend *backend;

  g_main_context_push_thread_default (context);
  backend = get_default_backend (context, cancellable, error);
  /* What libsecret keeps does not see what other programs wrote since it was opened (0.20), or what
   * they wrote within the same second (0.21). */
  if (backend != NULL && is_file_stale && !SECRET_IS_SERVICE (backend))
    backend = open_fresh_backend (G_OBJECT_TYPE (backend), context, cancellable, error);
  else if (backend != NULL)
    g_object_ref (backend);
  g_main_context_pop_thread_default (context);

  return backend;
}

static gboolean
is_cancelled_elsewhere (const GError *error, GCancellable *cancellable)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
         !g_cancellable_is_cancelled (cancellable);
}

/* All of a program share one connection to the bus: while it is being made, whoever is cancelled
 * cancels it for the others, too, who then try again. */
static SecretService *
open_service (GCancellable *cancellable, GError **error)
{
  SecretService *service = NULL;

  for (guint i = 0; service == NULL && i < MAX_TRIES; i++)
    {
      g_autoptr (GError) own_error = NULL;

      service = secret_service_open_sync (SECRET_TYPE_SERVICE, NULL, SECRET_SERVICE_OPEN_SESSION,
                                          cancellable, &own_error);
      if (service == NULL &&
          (i + 1 == MAX_TRIES || !is_cancelled_elsewhere (own_error, cancellable)))
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return NULL;
        }
      if (service == NULL)
        g_usleep (PAUSE);
    }
  return service;
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  gboolean is_file_stale = GPOINTER_TO_INT (data);
  g_autoptr (LanyardOpenKeyring) keyring = g_new0 (LanyardOpenKeyring, 1);
  GError *error = NULL;

  if (may_be_file ())
    keyring->file = open_backend (is_file_stale, cancellable, &error);
  if (keyring->file != NULL && SECRET_IS_SERVICE (keyring->file))
    g_clear_object (&keyring->file);

  /* Who does not let the portal have the password of the keyring leaves it locked. */
  if (error != NULL && is_cancelled_elsewhere (error, cancellable))
    {
      g_clear_error (&error);
      error = lanyard_keyring_call_make_locked_error ();
    }
  if (keyring->file == NULL && error == NULL)
    keyring->service = open_service (cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&keyring),
                           (GDestroyNotify)lanyard_open_keyring_free);
}

/* Makes the classes that the thread is going to use. Making one asks for other types, and adding an
 * interface to a type waits for whoever makes a class: with a thread for each, both wait forever
 * (GLib 2.74). */
static void
make_classes (void)
{
  g_type_class_unref (g_type_class_ref (G_TYPE_DBUS_CONNECTION));
  g_type_class_unref (g_type_class_ref (SECRET_TYPE_SERVICE));
}

void
lanyard_open_keyring_async (gboolean is_file_stale,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lanyard_open_keyring_async);
  g_task_set_task_data (task, GINT_TO_POINTER (is_file_stale), NULL);
  make_classes ();
  g_task_run_in_thread (task, open_in_thread);
}

LanyardOpenKeyring *
lanyard_open_keyring_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, lanyard_open_keyring_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
