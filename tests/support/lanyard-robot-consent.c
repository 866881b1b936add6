/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-robot-consent.h"

#include "lanyard-params.h"

#include <string.h>

struct _LanyardRobotConsent
{
  GObject parent_instance;

  /* Owned */
  char *query;
  char *redirect_uri;
  char *uri;
  char *name;
  char *provider;

  /* Borrowed */
  LanyardRobotConsentFunc func;
  gpointer func_data;

  LanyardError prepare_error;
  LanyardError run_error;
  guint n_prepared;
  guint n_asked;
  gboolean is_held;
};

static void lanyard_robot_consent_iface_init (LanyardConsentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardRobotConsent,
                               lanyard_robot_consent,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_CONSENT,
                                                      lanyard_robot_consent_iface_init))

/* Where the provider sends the person. */
static char *
make_answer (LanyardRobotConsent *self, const char *redirect_uri)
{
  const char *start = strchr (self->uri, '?');
  g_autoptr (LanyardParams) params = lanyard_params_parse (start != NULL ? start + 1 : NULL, NULL);
  const char *state = params != NULL ? lanyard_params_get (params, "state") : NULL;
  GString *answer = g_string_new (redirect_uri);

  g_string_append_c (answer, strchr (redirect_uri, '?') != NULL ? '&' : '?');
  g_string_append (answer, self->query);
  g_string_replace (answer, "%s", state != NULL ? state : "", 0);
  return g_string_free (answer, FALSE);
}

static void
return_prepared (LanyardRobotConsent *self, GTask *task)
{
  const char *asked = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->prepare_error != LANYARD_N_ERRORS)
    g_task_return_new_error (task, LANYARD_ERROR, (int)self->prepare_error, "Scripted error");
  else
    g_task_return_pointer (task, g_strdup (self->redirect_uri != NULL ? self->redirect_uri : asked),
                           g_free);
}

static gboolean
prepared_cb (gpointer user_data)
{
  GTask *task = user_data;

  return_prepared (g_task_get_source_object (task), task);
  return G_SOURCE_REMOVE;
}

static gboolean
answered_cb (gpointer user_data)
{
  GTask *task = user_data;
  LanyardRobotConsent *self = g_task_get_source_object (task);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (self->is_held)
    return G_SOURCE_CONTINUE;

  if (self->func != NULL)
    self->func (self->func_data);
  if (self->run_error != LANYARD_N_ERRORS)
    g_task_return_new_error (task, LANYARD_ERROR, (int)self->run_error, "Scripted error");
  else
    g_task_return_pointer (task, make_answer (self, g_task_get_task_data (task)), g_free);

  return G_SOURCE_REMOVE;
}

static GTask *
new_task (LanyardRobotConsent *self,
          const char *redirect_uri,
          gpointer tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_strdup (redirect_uri), g_free);
  return task;
}

static void
lanyard_robot_consent_prepare_async (LanyardConsent *consent,
                                     const char *redirect_uri,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  LanyardRobotConsent *self = LANYARD_ROBOT_CONSENT (consent);
  g_autoptr (GTask) task = new_task (self, redirect_uri, lanyard_robot_consent_prepare_async,
                                     cancellable, callback, user_data);
  g_autoptr (GSource) source = g_idle_source_new ();

  self->n_prepared++;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_task_attach_source (task, source, prepared_cb);
}

static void
lanyard_robot_consent_run_async (LanyardConsent *consent,
                                 const LanyardConsentRequest *request,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  LanyardRobotConsent *self = LANYARD_ROBOT_CONSENT (consent);
  g_autoptr (GTask) task = new_task (self, request->redirect_uri, lanyard_robot_consent_run_async,
                                     cancellable, callback, user_data);
  g_autoptr (GSource) source = g_timeout_source_new (1);

  self->n_asked++;
  g_free (self->uri);
  g_free (self->name);
  g_free (self->provider);
  self->uri = g_strdup (request->uri);
  self->name = g_strdup (request->name);
  self->provider = g_strdup (request->provider);
  lanyard_consent_report (consent, "Asking the robot");
  g_task_attach_source (task, source, answered_cb);
}

static char *
finish_text (LanyardConsent *consent, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
lanyard_robot_consent_iface_init (LanyardConsentInterface *iface)
{
  iface->prepare_async = lanyard_robot_consent_prepare_async;
  iface->prepare_finish = finish_text;
  iface->run_async = lanyard_robot_consent_run_async;
  iface->run_finish = finish_text;
}

static void
lanyard_robot_consent_finalize (GObject *object)
{
  LanyardRobotConsent *self = LANYARD_ROBOT_CONSENT (object);

  g_free (self->query);
  g_free (self->redirect_uri);
  g_free (self->uri);
  g_free (self->name);
  g_free (self->provider);

  G_OBJECT_CLASS (lanyard_robot_consent_parent_class)->finalize (object);
}

static void
lanyard_robot_consent_class_init (LanyardRobotConsentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_robot_consent_finalize;
}

static void
lanyard_robot_consent_init (LanyardRobotConsent *self)
{
  self->query = g_strdup ("code=c0de&state=%s");
  self->prepare_error = LANYARD_N_ERRORS;
  self->run_error = LANYARD_N_ERRORS;
}

LanyardRobotConsent *
lanyard_robot_consent_new (void)
{
  return g_object_new (LANYARD_TYPE_ROBOT_CONSENT, NULL);
}

void
lanyard_robot_consent_set_query (LanyardRobotConsent *self, const char *query)
{
  g_free (self->query);
  self->query = g_strdup (query);
}

void
lanyard_robot_consent_set_redirect_uri (LanyardRobotConsent *self, const char *redirect_uri)
{
  g_free (self->redirect_uri);
  self->redirect_uri = g_strdup (redirect_uri);
}

void
lanyard_robot_consent_set_prepare_error (LanyardRobotConsent *self, LanyardError code)
{
  self->prepare_error = code;
}

void
lanyard_robot_consent_set_run_error (LanyardRobotConsent *self, LanyardError code)
{
  self->run_error = code;
}

void
lanyard_robot_consent_set_held (LanyardRobotConsent *self, gboolean is_held)
{
  self->is_held = is_held;
}

void
lanyard_robot_consent_set_func (LanyardRobotConsent *self,
                                LanyardRobotConsentFunc func,
                                gpointer user_data)
{
  self->func = func;
  self->func_data = user_data;
}

guint
lanyard_robot_consent_count_prepared (LanyardRobotConsent *self)
{
  return self->n_prepared;
}

guint
lanyard_robot_consent_count_asked (LanyardRobotConsent *self)
{
  return self->n_asked;
}

const char *
lanyard_robot_consent_get_uri (LanyardRobotConsent *self)
{
  return self->uri;
}

const char *
lanyard_robot_consent_get_name (LanyardRobotConsent *self)
{
  return self->name;
}

const char *
lanyard_robot_consent_get_provider (LanyardRobotConsent *self)
{
  return self->provider;
}
