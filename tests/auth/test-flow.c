/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A flow, its steps and its outcome, as the runner sees them. */

#include "config.h"

#include "lanyard-flow.h"

#include "lanyard-error.h"

#define SHORT_TYPE_FLOW (short_flow_get_type ())
G_DECLARE_FINAL_TYPE (ShortFlow, short_flow, SHORT, FLOW, LanyardFlow)

struct _ShortFlow
{
  LanyardFlow parent_instance;
};

G_DEFINE_FINAL_TYPE (ShortFlow, short_flow, LANYARD_TYPE_FLOW)

static LanyardStep *
begin (LanyardFlow *flow, gint64 now)
{
  return lanyard_step_new_consent ("https://example.org/a", "http://127.0.0.1");
}

static void
short_flow_class_init (ShortFlowClass *klass)
{
  LANYARD_FLOW_CLASS (klass)->begin = begin;
}

static void
short_flow_init (ShortFlow *self)
{
}

/* Without a method of its own for it, an error ends a flow as it is. */
static void
test_fail (void)
{
  LanyardFlow *flow = g_object_new (SHORT_TYPE_FLOW, NULL);
  g_autoptr (GError) error = g_error_new (LANYARD_ERROR, LANYARD_ERROR_NETWORK, "no route");
  g_autoptr (LanyardStep) begun = lanyard_flow_begin (flow, 0);
  g_autoptr (LanyardStep) failed = lanyard_flow_fail (flow, error);

  g_assert_cmpint (begun->kind, ==, LANYARD_STEP_CONSENT);
  g_assert_cmpint (failed->kind, ==, LANYARD_STEP_FAILED);
  g_assert_true (failed->error != error);
  g_assert_error (failed->error, LANYARD_ERROR, LANYARD_ERROR_NETWORK);
  g_assert_cmpstr (failed->error->message, ==, "no route");
  g_assert_finalize_object (flow);
}

static void
test_steps (void)
{
  LanyardCredentials *credentials = lanyard_credentials_new ();
  g_autoptr (LanyardStep) request =
    lanyard_step_new_request (lanyard_request_new ("GET", "https://example.org/"));
  g_autoptr (LanyardStep) consent = lanyard_step_new_consent ("https://example.org/", "x.y:/z");
  g_autoptr (LanyardStep) done = lanyard_step_new_done (lanyard_outcome_new (credentials));
  g_autoptr (LanyardStep) failed =
    lanyard_step_new_failed (g_error_new (LANYARD_ERROR, LANYARD_ERROR_DENIED, "no"));

  lanyard_credentials_unref (credentials);
  g_assert_cmpint (request->kind, ==, LANYARD_STEP_REQUEST);
  g_assert_cmpstr (request->request->uri, ==, "https://example.org/");
  g_assert_cmpint (consent->kind, ==, LANYARD_STEP_CONSENT);
  g_assert_cmpstr (consent->uri, ==, "https://example.org/");
  g_assert_cmpstr (consent->redirect_uri, ==, "x.y:/z");
  g_assert_cmpint (done->kind, ==, LANYARD_STEP_DONE);
  g_assert_nonnull (done->outcome->credentials);
  g_assert_cmpint (failed->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (failed->error, LANYARD_ERROR, LANYARD_ERROR_DENIED);
}

static void
test_outcome (void)
{
  static const char *const scopes[] = { "a", "b", NULL };
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();
  g_autoptr (LanyardOutcome) outcome = lanyard_outcome_new (credentials);
  g_autoptr (LanyardOutcome) empty = lanyard_outcome_copy (outcome);
  g_autoptr (LanyardOutcome) copy = NULL;

  g_assert_null (empty->granted_scopes);
  g_assert_null (empty->account);
  g_assert_false (empty->renewable);

  outcome->granted_scopes = g_strdupv ((char **)scopes);
  outcome->account = g_strdup ("Ada");
  outcome->renewable = TRUE;
  copy = lanyard_outcome_copy (outcome);
  g_assert_true (copy->credentials == credentials);
  g_assert_true (g_strv_equal ((const char *const *)copy->granted_scopes, scopes));
  g_assert_cmpstr (copy->account, ==, "Ada");
  g_assert_true (copy->renewable);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/flow/fail", test_fail);
  g_test_add_func ("/auth/flow/steps", test_steps);
  g_test_add_func ("/auth/flow/outcome", test_outcome);

  return g_test_run ();
}
