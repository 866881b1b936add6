/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-runner.h"

#include "lanyard-error.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  LanyardFlow *flow;
  LanyardTransportFunc get_transport;
  gpointer transport_data;
  LanyardConsent *consent;
  char *name;
  char *provider;
} Run;

static void carry_out (GTask *task, LanyardStep *step);

static void
run_free (Run *run)
{
  g_object_unref (run->flow);
  g_clear_object (&run->consent);
  g_free (run->name);
  g_free (run->provider);
  g_free (run);
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* A flow may go on after an error; that the person or the program stopped ends it always. */
static void
fail (GTask *task, GError *error)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) owned = error;

  if (lanyard_error_is_cancelled (owned))
    g_task_return_error (task, g_steal_pointer (&owned));
  else
    carry_out (task, lanyard_flow_fail (run->flow, owned));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardResponse) response =
    lanyard_transport_send_finish (LANYARD_TRANSPORT (source), result, &error);
  Run *run = g_task_get_task_data (task);

  if (response == NULL)
    fail (task, g_steal_pointer (&error));
  else
    carry_out (task, lanyard_flow_feed_response (run->flow, response, get_now ()));
}

static void
consented_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *uri = lanyard_consent_run_finish (LANYARD_CONSENT (source), result, &error);
  Run *run = g_task_get_task_data (task);

  if (uri == NULL)
    fail (task, g_steal_pointer (&error));
  else
    carry_out (task, lanyard_flow_feed_redirect (run->flow, uri, get_now ()));

  /* It holds the code. */
  lanyard_secret_wipe_string (uri);
}

static void
send_request (GTask *task, LanyardStep *step)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  LanyardTransport *transport = run->get_transport (run->transport_data, &error);

  if (transport == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  lanyard_transport_send_async (transport, step->request, g_task_get_cancellable (task), sent_cb,
                                g_object_ref (task));
}

static void
ask_consent (GTask *task, LanyardStep *step)
{
  Run *run = g_task_get_task_data (task);
  LanyardConsentRequest request = { run->name, run->provider, step->uri, step->redirect_uri };

  if (run->consent == NULL)
    {
      g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                               _ ("You must sign in at %s; authorize it again"), run->provider);
      return;
    }

  lanyard_consent_run_async (run->consent, &request, g_task_get_cancellable (task), consented_cb,
                             g_object_ref (task));
}

static void
show_code (GTask *task, LanyardStep *step)
{
  Run *run = g_task_get_task_data (task);
  LanyardConsentCode code = {
    .name = run->name,
    .provider = run->provider,
    .user_code = step->user_code,
    .uri = step->uri,
    .uri_complete = step->uri_complete,
    .expires_at = step->expires_at,
  };

  if (run->consent == NULL || !lanyard_consent_shows_codes (run->consent))
    {
      g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                               _ ("You must sign in at %s with a code; authorize it again"),
                               run->provider);
      return;
    }

  lanyard_consent_show_code (run->consent, &code);
  carry_out (task, lanyard_flow_resume (run->flow, get_now ()));
}

static gboolean
waited_cb (gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  if (!g_task_return_error_if_cancelled (task))
    carry_out (task, lanyard_flow_resume (run->flow, get_now ()));
  return G_SOURCE_REMOVE;
}

/* Whoever stops it does not wait: the source is ready at once when it is cancelled. The time is in
 * milliseconds, because sources of whole seconds may come a little early. */
static void
wait (GTask *task, LanyardStep *step)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GSource) timer = g_timeout_source_new (step->seconds * 1000);
  g_autoptr (GSource) stop = NULL;

  if (cancellable != NULL)
    {
      stop = g_cancellable_source_new (cancellable);
      g_source_set_dummy_callback (stop);
      g_source_add_child_source (timer, stop);
    }
  g_task_attach_source (task, timer, waited_cb);
}

static void
carry_out (GTask *task, LanyardStep *step)
{
  g_autoptr (LanyardStep) owned = step;

  if (g_task_return_error_if_cancelled (task))
    return;

  switch (step->kind)
    {
    case LANYARD_STEP_REQUEST:
      send_request (task, step);
      break;
    case LANYARD_STEP_CONSENT:
      ask_consent (task, step);
      break;
    case LANYARD_STEP_CODE:
      show_code (task, step);
      break;
    case LANYARD_STEP_WAIT:
      wait (task, step);
      break;
    case LANYARD_STEP_DONE:
      g_task_return_pointer (task, g_steal_pointer (&step->outcome),
                             (GDestroyNotify)lanyard_outcome_free);
      break;
    case LANYARD_STEP_FAILED:
      g_task_return_error (task, g_steal_pointer (&step->error));
      break;
    default:
      g_assert_not_reached ();
    }
}

void
lanyard_runner_run_async (LanyardFlow *flow,
                          LanyardTransportFunc get_transport,
                          gpointer transport_data,
                          LanyardConsent *consent,
                          const char *name,
                          const char *provider,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (flow, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, lanyard_runner_run_async);
  run->flow = g_object_ref (flow);
  run->get_transport = get_transport;
  run->transport_data = transport_data;
  run->consent = consent != NULL ? g_object_ref (consent) : NULL;
  run->name = g_strdup (name);
  run->provider = g_strdup (provider);
  g_task_set_task_data (task, run, (GDestroyNotify)run_free);

  carry_out (task, lanyard_flow_begin (flow, get_now ()));
}

LanyardOutcome *
lanyard_runner_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
