/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-robot-code.h"
#include "lanyard-robot-consent.h"
#include "lanyard-runner.h"
#include "lanyard-scripted-transport.h"
#include "lanyard-test.h"

/* A flow of which the test writes the steps: "rcrd" is a request, a consent, a request, and done; k
 * is a code, and w waits a second.
 * What it was fed it writes down. */
#define SPELLED_TYPE_FLOW (spelled_flow_get_type ())
G_DECLARE_FINAL_TYPE (SpelledFlow, spelled_flow, SPELLED, FLOW, LanyardFlow)

struct _SpelledFlow
{
  LanyardFlow parent_instance;

  const char *steps;
  GString *fed;
  gboolean goes_on;
};

G_DEFINE_FINAL_TYPE (SpelledFlow, spelled_flow, LANYARD_TYPE_FLOW)

static LanyardStep *
next_step (SpelledFlow *self)
{
  LanyardCredentials *credentials;
  LanyardOutcome *outcome;

  switch (*self->steps++)
    {
    case 'r':
      return lanyard_step_new_request (lanyard_request_new ("GET", "https://example.org/"));
    case 'c':
      return lanyard_step_new_consent ("https://example.org/a?state=st4te", "http://127.0.0.1/cb");
    case 'k':
      return lanyard_step_new_code ("WDJB-MJHT", "https://example.org/d",
                                    "https://example.org/d?c=WDJB-MJHT", 1234567890);
    case 'w':
      return lanyard_step_new_wait (1);
    case 'd':
      credentials = lanyard_credentials_new ();
      outcome = lanyard_outcome_new (credentials);
      lanyard_credentials_unref (credentials);
      return lanyard_step_new_done (outcome);
    case 'f':
      return lanyard_step_new_failed (g_error_new (LANYARD_ERROR, LANYARD_ERROR_PROVIDER, "no"));
    default:
      g_assert_not_reached ();
    }
}

static LanyardStep *
begin (LanyardFlow *flow, gint64 now)
{
  gint64 real = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_cmpint (ABS (now - real), <=, 5);
  return next_step (SPELLED_FLOW (flow));
}

static LanyardStep *
feed_response (LanyardFlow *flow, const LanyardResponse *response, gint64 now)
{
  g_string_append_printf (SPELLED_FLOW (flow)->fed, "%u ", response->status);
  return next_step (SPELLED_FLOW (flow));
}

static LanyardStep *
feed_redirect (LanyardFlow *flow, const char *uri, gint64 now)
{
  g_string_append_printf (SPELLED_FLOW (flow)->fed, "%s ", uri);
  return next_step (SPELLED_FLOW (flow));
}

static LanyardStep *
resume (LanyardFlow *flow, gint64 now)
{
  g_string_append (SPELLED_FLOW (flow)->fed, "on ");
  return next_step (SPELLED_FLOW (flow));
}

static LanyardStep *
fail (LanyardFlow *flow, const GError *error)
{
  SpelledFlow *self = SPELLED_FLOW (flow);

  g_string_append_printf (self->fed, "!%d ", error->code);
  if (self->goes_on)
    return next_step (self);

  return LANYARD_FLOW_CLASS (spelled_flow_parent_class)->fail (flow, error);
}

static void
spelled_flow_finalize (GObject *object)
{
  g_string_free (SPELLED_FLOW (object)->fed, TRUE);

  G_OBJECT_CLASS (spelled_flow_parent_class)->finalize (object);
}

static void
spelled_flow_class_init (SpelledFlowClass *klass)
{
  LanyardFlowClass *flow_class = LANYARD_FLOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = spelled_flow_finalize;
  flow_class->begin = begin;
  flow_class->feed_response = feed_response;
  flow_class->feed_redirect = feed_redirect;
  flow_class->resume = resume;
  flow_class->fail = fail;
}

static void
spelled_flow_init (SpelledFlow *self)
{
  self->fed = g_string_new (NULL);
}

static SpelledFlow *
spelled_flow_new (const char *steps)
{
  SpelledFlow *self = g_object_new (SPELLED_TYPE_FLOW, NULL);

  self->steps = steps;
  return self;
}

typedef struct
{
  LanyardScriptedTransport *transport;
  LanyardRobotConsent *consent;
  GCancellable *cancellable;
  guint n_transports;
  gboolean has_no_transport;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->transport = lanyard_scripted_transport_new ();
  fixture->consent = lanyard_robot_consent_new ();
  fixture->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->transport);
  g_assert_finalize_object (fixture->consent);
  g_assert_finalize_object (fixture->cancellable);
}

static LanyardTransport *
get_transport (gpointer user_data, GError **error)
{
  Fixture *fixture = user_data;

  fixture->n_transports++;
  if (!fixture->has_no_transport)
    return LANYARD_TRANSPORT (fixture->transport);

  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_FAILED, "No module");
  return NULL;
}

static void
start (Fixture *fixture, SpelledFlow *flow, gboolean with_consent, GAsyncResult **result)
{
  lanyard_runner_run_async (LANYARD_FLOW (flow), get_transport, fixture,
                            with_consent ? LANYARD_CONSENT (fixture->consent) : NULL, "My mail",
                            "Example", fixture->cancellable, lanyard_test_take_result_cb, result);
}

static LanyardOutcome *
run (Fixture *fixture, SpelledFlow *flow, gboolean with_consent, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  start (fixture, flow, with_consent, &result);
  return lanyard_runner_run_finish (lanyard_test_wait_for (&result), error);
}

static void
assert_run_fails (Fixture *fixture, SpelledFlow *flow, GQuark domain, int code, const char *fed)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run (fixture, flow, TRUE, &error));
  g_assert_error (error, domain, code);
  g_assert_cmpstr (flow->fed->str, ==, fed);
  g_assert_finalize_object (flow);
}

static void
test_failed_step (Fixture *fixture, gconstpointer data)
{
  assert_run_fails (fixture, spelled_flow_new ("f"), LANYARD_ERROR, LANYARD_ERROR_PROVIDER, "");
  g_assert_cmpuint (fixture->n_transports, ==, 0);
}

static void
test_network_error (Fixture *fixture, gconstpointer data)
{
  lanyard_scripted_transport_add_error (fixture->transport, LANYARD_ERROR_TLS);
  assert_run_fails (fixture, spelled_flow_new ("rd"), LANYARD_ERROR, LANYARD_ERROR_TLS, "!9 ");
}

static void
test_consent_error (Fixture *fixture, gconstpointer data)
{
  lanyard_robot_consent_set_run_error (fixture->consent, LANYARD_ERROR_NETWORK);
  assert_run_fails (fixture, spelled_flow_new ("cd"), LANYARD_ERROR, LANYARD_ERROR_NETWORK, "!8 ");
}

/* That the person stopped it is nothing that a flow may get over. */
static void
test_consent_cancelled (Fixture *fixture, gconstpointer data)
{
  SpelledFlow *flow = spelled_flow_new ("cd");

  flow->goes_on = TRUE;
  lanyard_robot_consent_set_run_error (fixture->consent, LANYARD_ERROR_CANCELLED);
  assert_run_fails (fixture, flow, LANYARD_ERROR, LANYARD_ERROR_CANCELLED, "");
}

static void
test_flow_goes_on (Fixture *fixture, gconstpointer data)
{
  SpelledFlow *flow = spelled_flow_new ("rd");
  g_autoptr (LanyardOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  flow->goes_on = TRUE;
  lanyard_scripted_transport_add_error (fixture->transport, LANYARD_ERROR_NETWORK);
  outcome = run (fixture, flow, FALSE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (outcome);
  g_assert_finalize_object (flow);
}

static void
test_no_consent (Fixture *fixture, gconstpointer data)
{
  SpelledFlow *flow = spelled_flow_new ("cd");
  g_autoptr (GError) error = NULL;

  g_assert_null (run (fixture, flow, FALSE, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_nonnull (strstr (error->message, "Example"));
  g_assert_finalize_object (flow);
}

static void
test_no_transport (Fixture *fixture, gconstpointer data)
{
  fixture->has_no_transport = TRUE;
  assert_run_fails (fixture, spelled_flow_new ("rd"), LANYARD_ERROR, LANYARD_ERROR_FAILED, "");
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer data)
{
  g_cancellable_cancel (fixture->cancellable);
  assert_run_fails (fixture, spelled_flow_new ("rd"), G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
  g_assert_cmpuint (lanyard_scripted_transport_count (fixture->transport), ==, 0);
}

static void
cancel_when_held (Fixture *fixture, const char *steps)
{
  SpelledFlow *flow = spelled_flow_new (steps);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_scripted_transport_set_held (fixture->transport, TRUE);
  lanyard_robot_consent_set_held (fixture->consent, TRUE);
  start (fixture, flow, TRUE, &result);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (result);

  g_cancellable_cancel (fixture->cancellable);
  lanyard_scripted_transport_set_held (fixture->transport, FALSE);
  g_assert_null (lanyard_runner_run_finish (lanyard_test_wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  g_assert_cmpstr (flow->fed->str, ==, "");
  g_assert_finalize_object (flow);
}

static void
test_cancelled_request (Fixture *fixture, gconstpointer data)
{
  cancel_when_held (fixture, "rd");
}

static void
test_cancelled_consent (Fixture *fixture, gconstpointer data)
{
  cancel_when_held (fixture, "cd");
}

/* A browser cannot show a code. */
static void
test_code_not_shown (Fixture *fixture, gconstpointer data)
{
  assert_run_fails (fixture, spelled_flow_new ("kd"), LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                    "");
}

static void
test_code_without_consent (Fixture *fixture, gconstpointer data)
{
  SpelledFlow *flow = spelled_flow_new ("kd");
  g_autoptr (GError) error = NULL;

  g_assert_null (run (fixture, flow, FALSE, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_finalize_object (flow);
}

static void
test_code (Fixture *fixture, gconstpointer data)
{
  SpelledFlow *flow = spelled_flow_new ("kwd");
  LanyardRobotCode *robot = lanyard_robot_code_new ();
  gint64 before = g_get_monotonic_time ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LanyardOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_runner_run_async (LANYARD_FLOW (flow), get_transport, fixture, LANYARD_CONSENT (robot),
                            "My mail", "Example", NULL, lanyard_test_take_result_cb, &result);
  outcome = lanyard_runner_run_finish (lanyard_test_wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_nonnull (outcome);
  g_assert_cmpstr (flow->fed->str, ==, "on on ");
  g_assert_cmpint (g_get_monotonic_time () - before, >=, G_USEC_PER_SEC);

  g_assert_cmpuint (robot->n_shown, ==, 1);
  g_assert_cmpstr (robot->provider, ==, "Example");
  g_assert_cmpstr (robot->user_code, ==, "WDJB-MJHT");
  g_assert_cmpstr (robot->uri, ==, "https://example.org/d");
  g_assert_cmpstr (robot->uri_complete, ==, "https://example.org/d?c=WDJB-MJHT");
  g_assert_cmpint (robot->expires_at, ==, 1234567890);
  g_clear_object (&result);
  g_assert_finalize_object (flow);
  g_assert_finalize_object (robot);
}

static void
test_cancelled_wait (Fixture *fixture, gconstpointer data)
{
  gint64 before = g_get_monotonic_time ();

  cancel_when_held (fixture, "wd");
  g_assert_cmpint (g_get_monotonic_time () - before, <, G_USEC_PER_SEC);
}

static void
status_cb (LanyardConsent *consent, const char *status, gpointer user_data)
{
  char **last = user_data;

  g_free (*last);
  *last = g_strdup (status);
}

static void
test_all_steps (Fixture *fixture, gconstpointer data)
{
  SpelledFlow *flow = spelled_flow_new ("crrd");
  g_autoptr (LanyardOutcome) outcome = NULL;
  g_autofree char *status = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (fixture->consent, "status", G_CALLBACK (status_cb), &status);
  lanyard_scripted_transport_add_answer (fixture->transport, 201, "{}");
  lanyard_scripted_transport_add_answer (fixture->transport, 503, "");
  outcome = run (fixture, flow, TRUE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (outcome);
  /* An HTTP status is an answer, whatever it is. */
  g_assert_cmpstr (flow->fed->str, ==, "http://127.0.0.1/cb?code=c0de&state=st4te 201 503 ");
  g_assert_cmpstr (lanyard_robot_consent_get_name (fixture->consent), ==, "My mail");
  g_assert_cmpstr (lanyard_robot_consent_get_provider (fixture->consent), ==, "Example");
  g_assert_cmpstr (status, !=, NULL);
  g_assert_finalize_object (flow);
}

static void
test_done_at_once (Fixture *fixture, gconstpointer data)
{
  SpelledFlow *flow = spelled_flow_new ("d");
  g_autoptr (LanyardOutcome) outcome = run (fixture, flow, FALSE, NULL);

  g_assert_nonnull (outcome);
  g_assert_cmpuint (fixture->n_transports, ==, 0);
  g_assert_finalize_object (flow);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);

  add ("/engine/runner/failed-step", test_failed_step);
  add ("/engine/runner/network-error", test_network_error);
  add ("/engine/runner/consent-error", test_consent_error);
  add ("/engine/runner/consent-cancelled", test_consent_cancelled);
  add ("/engine/runner/no-consent", test_no_consent);
  add ("/engine/runner/no-transport", test_no_transport);
  add ("/engine/runner/cancelled-before", test_cancelled_before);
  add ("/engine/runner/cancelled-request", test_cancelled_request);
  add ("/engine/runner/cancelled-consent", test_cancelled_consent);
  add ("/engine/runner/cancelled-wait", test_cancelled_wait);
  add ("/engine/runner/code-not-shown", test_code_not_shown);
  add ("/engine/runner/code-without-consent", test_code_without_consent);
  add ("/engine/runner/code", test_code);
  add ("/engine/runner/flow-goes-on", test_flow_goes_on);
  add ("/engine/runner/all-steps", test_all_steps);
  add ("/engine/runner/done-at-once", test_done_at_once);

  return lanyard_test_run ();
}
