/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-browser-consent.h"

#include <glib/gi18n-lib.h>

#include "lanyard-deadline.h"
#include "lanyard-error.h"
#include "lanyard-loopback-listener.h"
#include "lanyard-secret.h"
#include "lanyard-uri.h"

struct _LanyardBrowserConsent
{
  GObject parent_instance;

  /* Owned */
  LanyardLoopbackListener *listener;

  LanyardOpenUriFunc open_uri;
  guint patience;
};

enum
{
  PROP_OPEN_URI = 1,
  PROP_PATIENCE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void lanyard_browser_consent_iface_init (LanyardConsentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardBrowserConsent,
                               lanyard_browser_consent,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_CONSENT,
                                                      lanyard_browser_consent_iface_init))

#define PATIENCE (5 * 60 * 1000)

/* One wait for the person: the data of the task of a run. */
typedef struct
{
  char *provider;
  LanyardDeadline *deadline;
  /* Why no browser came up. */
  GError *launch_error;
} Wait;

static void
wait_free (Wait *self)
{
  lanyard_deadline_free (self->deadline);
  g_clear_error (&self->launch_error);
  g_free (self->provider);
  g_free (self);
}

static void
return_late (GTask *task)
{
  const Wait *wait = g_task_get_task_data (task);

  g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                           /* Translators: the name of a provider */
                           _ ("Nothing came back from the browser. Sign in to %s there and approve "
                              "what is asked for, or try again inside Lanyard."),
                           wait->provider);
}

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Wait *wait = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *answer;

  answer =
    lanyard_loopback_listener_wait_finish (LANYARD_LOOPBACK_LISTENER (source), result, &error);
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify)lanyard_secret_wipe_string);
  else if (wait->launch_error != NULL)
    g_task_return_error (task, g_steal_pointer (&wait->launch_error));
  else if (lanyard_deadline_is_over (wait->deadline))
    return_late (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* The browser may have brought the answer before the desktop said that it was started. */
static void
report_launch (GTask *task, const GError *error)
{
  Wait *wait = g_task_get_task_data (task);

  if (g_task_get_completed (task) || lanyard_error_is_cancelled (error))
    return;

  if (error == NULL)
    {
      lanyard_consent_report (g_task_get_source_object (task),
                              _ ("Waiting for you in the browser…"));
      return;
    }

  g_set_error (&wait->launch_error, LANYARD_ERROR, LANYARD_ERROR_FAILED,
               /* Translators: what the system says */
               _ ("No browser could be opened: %s. Choose a default browser in the settings, or "
                  "sign in inside Lanyard."),
               error->message);
  g_cancellable_cancel (lanyard_deadline_get_cancellable (wait->deadline));
}

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  g_app_info_launch_default_for_uri_finish (result, &error);
  report_launch (task, error);
}

static void
launch (GTask *task, const char *uri)
{
  LanyardBrowserConsent *self = g_task_get_source_object (task);
  const Wait *wait = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (self->open_uri == NULL)
    {
      g_app_info_launch_default_for_uri_async (uri, NULL,
                                               lanyard_deadline_get_cancellable (wait->deadline),
                                               launched_cb, g_object_ref (task));
      return;
    }
  if (!self->open_uri (uri, &error) && error == NULL)
    g_set_error_literal (&error, LANYARD_ERROR, LANYARD_ERROR_FAILED, "?");
  report_launch (task, error);
}

static void
lanyard_browser_consent_prepare_async (LanyardConsent *consent,
                                       const char *redirect_uri,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  LanyardBrowserConsent *self = LANYARD_BROWSER_CONSENT (consent);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, lanyard_browser_consent_prepare_async);
  /* The one before must let go of the port, which may be the same. */
  g_clear_object (&self->listener);
  self->listener = lanyard_loopback_listener_new (redirect_uri, &error);
  if (self->listener == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (
      task, g_strdup (lanyard_loopback_listener_get_redirect_uri (self->listener)), g_free);
}

static char *
lanyard_browser_consent_prepare_finish (LanyardConsent *consent,
                                        GAsyncResult *result,
                                        GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, consent), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
lanyard_browser_consent_run_async (LanyardConsent *consent,
                                   const LanyardConsentRequest *request,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  LanyardBrowserConsent *self = LANYARD_BROWSER_CONSENT (consent);
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Wait *wait;

  g_return_if_fail (request->redirect_uri == NULL || self->listener != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_browser_consent_run_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  /* The browser does not say what a page shows. */
  if (request->redirect_uri == NULL)
    {
      g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                               _ ("%s shows a code that must be typed in; run “lanyard authorize "
                                  "--paste”, or sign in in Lanyard’s window"),
                               request->provider);
      return;
    }
  /* Whatever opens an address would open a file or start a program as well. */
  if (!lanyard_uri_check_endpoint (request->uri, _ ("Sign-in page"), &error))
    {
      g_task_return_error (task, error);
      return;
    }

  wait = g_new0 (Wait, 1);
  wait->provider = g_strdup (request->provider);
  wait->deadline = lanyard_deadline_new (task, self->patience);
  g_task_set_task_data (task, wait, (GDestroyNotify)wait_free);

  lanyard_consent_report (consent, _ ("Opening the browser…"));
  lanyard_loopback_listener_wait_async (self->listener,
                                        lanyard_deadline_get_cancellable (wait->deadline),
                                        waited_cb, g_object_ref (task));
  launch (task, request->uri);
}

static char *
lanyard_browser_consent_run_finish (LanyardConsent *consent, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, consent), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
lanyard_browser_consent_iface_init (LanyardConsentInterface *iface)
{
  iface->prepare_async = lanyard_browser_consent_prepare_async;
  iface->prepare_finish = lanyard_browser_consent_prepare_finish;
  iface->run_async = lanyard_browser_consent_run_async;
  iface->run_finish = lanyard_browser_consent_run_finish;
}

static void
lanyard_browser_consent_set_property (GObject *object,
                                      guint id,
                                      const GValue *value,
                                      GParamSpec *pspec)
{
  LanyardBrowserConsent *self = LANYARD_BROWSER_CONSENT (object);

  switch (id)
    {
    case PROP_OPEN_URI:
      self->open_uri = (LanyardOpenUriFunc)g_value_get_pointer (value);
      break;
    case PROP_PATIENCE:
      self->patience = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lanyard_browser_consent_dispose (GObject *object)
{
  LanyardBrowserConsent *self = LANYARD_BROWSER_CONSENT (object);

  g_clear_object (&self->listener);

  G_OBJECT_CLASS (lanyard_browser_consent_parent_class)->dispose (object);
}

static void
lanyard_browser_consent_class_init (LanyardBrowserConsentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = lanyard_browser_consent_set_property;
  object_class->dispose = lanyard_browser_consent_dispose;

  properties[PROP_OPEN_URI] = g_param_spec_pointer ("open-uri", NULL, NULL, flags);
  properties[PROP_PATIENCE] =
    g_param_spec_uint ("patience", NULL, NULL, 1, G_MAXUINT, PATIENCE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lanyard_browser_consent_init (LanyardBrowserConsent *self)
{
}
