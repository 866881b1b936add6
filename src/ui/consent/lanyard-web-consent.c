/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-web-consent.h"

#include <glib/gi18n-lib.h>

#include "lanyard-consent-window.h"
#include "lanyard-error.h"
#include "lanyard-secret.h"
#include "lanyard-uri.h"

struct _LanyardWebConsent
{
  GObject parent_instance;

  /* Owned */
  GTask *running;
  GSource *cancel_source;

  /* Borrowed */
  GtkWindow *parent; /* weak */
  GtkWindow *window; /* owned by GTK until it is destroyed, and told of it */

  gboolean browser_requested;
};

enum
{
  PROP_PARENT = 1,
  PROP_BROWSER_REQUESTED,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void lanyard_web_consent_iface_init (LanyardConsentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardWebConsent,
                               lanyard_web_consent,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_CONSENT,
                                                      lanyard_web_consent_iface_init))

/* Returns: (transfer full): the task of the run that is over now, with nothing left of its window
 */
static GTask *
stop_running (LanyardWebConsent *self)
{
  if (self->cancel_source != NULL)
    g_source_destroy (self->cancel_source);
  g_clear_pointer (&self->cancel_source, g_source_unref);
  if (self->window != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->window, self);
      gtk_window_destroy (self->window);
      self->window = NULL;
    }
  return g_steal_pointer (&self->running);
}

static void
redirected_cb (LanyardWebConsent *self, const char *uri)
{
  g_autofree char *answer = g_strdup (uri);
  g_autoptr (GTask) task = stop_running (self);

  g_task_return_pointer (task, g_steal_pointer (&answer),
                         (GDestroyNotify)lanyard_secret_wipe_string);
}

static void
cancelled_cb (LanyardWebConsent *self)
{
  g_autoptr (GTask) task = stop_running (self);

  g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_CANCELLED,
                           _ ("You stopped the sign-in. Nothing was changed."));
}

static void
browser_requested_cb (LanyardWebConsent *self)
{
  self->browser_requested = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BROWSER_REQUESTED]);
  cancelled_cb (self);
}

static gboolean
program_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = stop_running (user_data);

  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
lanyard_web_consent_prepare_async (LanyardConsent *consent,
                                   const char *redirect_uri,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (consent, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, lanyard_web_consent_prepare_async);
  if (lanyard_uri_check_redirect (redirect_uri, &error))
    g_task_return_pointer (task, g_strdup (redirect_uri), g_free);
  else
    g_task_return_error (task, error);
}

static char *
lanyard_web_consent_prepare_finish (LanyardConsent *consent, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, consent), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
open_window (LanyardWebConsent *self, const LanyardConsentRequest *request)
{
  self->window = lanyard_consent_window_new (self->parent, request);
  g_signal_connect_object (self->window, "redirected", G_CALLBACK (redirected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "cancelled", G_CALLBACK (cancelled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "browser-requested", G_CALLBACK (browser_requested_cb),
                           self, G_CONNECT_SWAPPED);
  /* Its parent may take it along. */
  g_signal_connect_object (self->window, "destroy", G_CALLBACK (cancelled_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (self->window);
}

static void
lanyard_web_consent_run_async (LanyardConsent *consent,
                               const LanyardConsentRequest *request,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  LanyardWebConsent *self = LANYARD_WEB_CONSENT (consent);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, lanyard_web_consent_run_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->running != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING,
                               _ ("You are signing in already, in another window."));
      return;
    }
  if (request->redirect_uri == NULL)
    {
      g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                               _ ("%s shows a code that must be typed in; sign in in the browser"),
                               request->provider);
      return;
    }
  if (!lanyard_uri_check_endpoint (request->uri, _ ("Sign-in page"), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (cancellable != NULL)
    {
      self->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancel_source, G_SOURCE_FUNC (program_cancelled_cb), self, NULL);
      g_source_attach (self->cancel_source, g_task_get_context (task));
    }
  self->running = g_steal_pointer (&task);
  open_window (self, request);
  lanyard_consent_report (consent, _ ("Waiting for you to sign in…"));
}

static char *
lanyard_web_consent_run_finish (LanyardConsent *consent, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, consent), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
lanyard_web_consent_iface_init (LanyardConsentInterface *iface)
{
  iface->prepare_async = lanyard_web_consent_prepare_async;
  iface->prepare_finish = lanyard_web_consent_prepare_finish;
  iface->run_async = lanyard_web_consent_run_async;
  iface->run_finish = lanyard_web_consent_run_finish;
}

static void
lanyard_web_consent_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LanyardWebConsent *self = LANYARD_WEB_CONSENT (object);

  switch (id)
    {
    case PROP_BROWSER_REQUESTED:
      g_value_set_boolean (value, self->browser_requested);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lanyard_web_consent_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LanyardWebConsent *self = LANYARD_WEB_CONSENT (object);

  switch (id)
    {
    case PROP_PARENT:
      g_set_weak_pointer (&self->parent, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lanyard_web_consent_dispose (GObject *object)
{
  LanyardWebConsent *self = LANYARD_WEB_CONSENT (object);

  g_clear_weak_pointer (&self->parent);

  G_OBJECT_CLASS (lanyard_web_consent_parent_class)->dispose (object);
}

static void
lanyard_web_consent_class_init (LanyardWebConsentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lanyard_web_consent_get_property;
  object_class->set_property = lanyard_web_consent_set_property;
  object_class->dispose = lanyard_web_consent_dispose;

  properties[PROP_PARENT] =
    g_param_spec_object ("parent", NULL, NULL, GTK_TYPE_WINDOW,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_BROWSER_REQUESTED] =
    g_param_spec_boolean ("browser-requested", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lanyard_web_consent_init (LanyardWebConsent *self)
{
}
