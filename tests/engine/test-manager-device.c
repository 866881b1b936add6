/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Signing in with a code that is entered elsewhere, from the manager to the keyring. */

#include "config.h"

#include "lanyard-test-engine.h"

#include "lanyard-robot-code.h"
#include "lanyard-test.h"

#include <string.h>

#define ENDPOINT "https://id.example.org/device"
#define CODES                                                          \
  "{'device_code': 'd3v1ce', 'user_code': 'WDJB-MJHT', 'interval': 1," \
  " 'verification_uri': 'https://example.org/device', 'expires_in': 600}"

static LanyardAuthorization *
new_draft (void)
{
  LanyardAuthorization *draft = lanyard_test_engine_new_draft ("Mail");

  lanyard_authorization_set_setting (draft, "device_authorization_endpoint", ENDPOINT);
  return draft;
}

static void
start (LanyardTestEngine *engine,
       LanyardAuthorization *draft,
       gpointer consent,
       GCancellable *cancellable,
       GAsyncResult **result)
{
  g_autoptr (LanyardCredentials) entered =
    lanyard_test_engine_parse_credentials ("client_secret=s3cret");

  lanyard_manager_authorize_async (engine->manager, draft, entered, LANYARD_CONSENT (consent),
                                   cancellable, lanyard_test_take_result_cb, result);
}

static gboolean
authorize (LanyardTestEngine *engine, LanyardAuthorization *draft, gpointer consent, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  start (engine, draft, consent, NULL, &result);
  return lanyard_manager_authorize_finish (engine->manager, lanyard_test_wait_for (&result), error);
}

static void
test_not_offered (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotCode) robot = lanyard_robot_code_new ();
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_new_draft ("Mail");
  g_autoptr (GError) error = NULL;

  g_assert_false (authorize (engine, draft, robot, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_cmpuint (robot->n_shown, ==, 0);
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 0);
}

static void
test_denied (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotCode) robot = lanyard_robot_code_new ();
  g_autoptr (LanyardAuthorization) draft = new_draft ();
  g_autoptr (GError) error = NULL;

  lanyard_scripted_transport_add_answer (engine->transport, 200, CODES);
  lanyard_scripted_transport_add_answer (engine->transport, 400, "{'error': 'access_denied'}");
  g_assert_false (authorize (engine, draft, robot, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_DENIED);
  g_assert_true (g_str_has_prefix (error->message, "Mail"));
  g_assert_null (strstr (error->message, "d3v1ce"));
}

/* Whoever stops it does not wait for the interval, and the server is not asked again. */
static void
test_stopped (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotCode) robot = lanyard_robot_code_new ();
  g_autoptr (LanyardAuthorization) draft = new_draft ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before;

  lanyard_scripted_transport_add_answer (engine->transport, 200,
                                         "{'device_code': 'd', 'user_code': 'A', 'interval': 300,"
                                         " 'verification_uri': 'https://example.org/',"
                                         " 'expires_in': 600}");
  start (engine, draft, robot, cancellable, &result);
  while (robot->n_shown == 0)
    g_main_context_iteration (NULL, TRUE);

  before = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  g_assert_false (
    lanyard_manager_authorize_finish (engine->manager, lanyard_test_wait_for (&result), &error));
  g_assert_true (lanyard_error_is_cancelled (error));
  g_assert_cmpint (g_get_monotonic_time () - before, <, 5 * G_USEC_PER_SEC);
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 1);
}

/* One that cannot show a code is not asked to. */
static void
test_wrong_consent (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotConsent) robot = lanyard_robot_consent_new ();
  g_autoptr (LanyardAuthorization) draft = new_draft ();
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_provider_id (draft, "custom-oauth2");
  lanyard_authorization_set_setting (draft, "client_id", "app");
  lanyard_authorization_set_setting (draft, "token_endpoint", "https://id.example.org/token");
  g_assert_false (authorize (engine, draft, robot, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "code"));
  g_assert_cmpuint (lanyard_robot_consent_count_asked (robot), ==, 0);
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 0);
}

static void
test_signed_in (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotCode) robot = lanyard_robot_code_new ();
  g_autoptr (LanyardAuthorization) draft = new_draft ();
  const char *id = lanyard_authorization_get_id (draft);
  gint64 before = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  lanyard_scripted_transport_add_answer (engine->transport, 200, CODES);
  lanyard_scripted_transport_add_answer (engine->transport, 400,
                                         "{'error': 'authorization_pending'}");
  lanyard_scripted_transport_add_answer (engine->transport, 200,
                                         "{'access_token': 'a', 'refresh_token': 'r'}");
  authorize (engine, draft, robot, &error);
  g_assert_no_error (error);

  /* Two questions, each a second after what was before it. */
  g_assert_cmpint (g_get_monotonic_time () - before, >=, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (robot->n_shown, ==, 1);
  g_assert_cmpstr (robot->user_code, ==, "WDJB-MJHT");
  g_assert_cmpstr (robot->uri, ==, "https://example.org/device");
  g_assert_null (robot->uri_complete);
  g_assert_cmpstr (lanyard_scripted_transport_get_request (engine->transport, 0)->uri, ==,
                   ENDPOINT);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);
  lanyard_test_engine_assert_secret (engine, id, "access_token", "a");
  lanyard_test_engine_assert_secret (engine, id, "refresh_token", "r");
  lanyard_test_engine_assert_secret (engine, id, "device_code", NULL);
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/manager-device/not-offered", test_not_offered);
  g_test_add_func ("/engine/manager-device/denied", test_denied);
  g_test_add_func ("/engine/manager-device/stopped", test_stopped);
  g_test_add_func ("/engine/manager-device/wrong-consent", test_wrong_consent);
  g_test_add_func ("/engine/manager-device/signed-in", test_signed_in);

  return lanyard_test_run ();
}
