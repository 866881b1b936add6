/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whole conversations with providers that Lanyard ships, as their data describes them. */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-auth-types.h"
#include "lanyard-json.h"
#include "lanyard-provider-reader.h"

#include "lanyard-error.h"

#define NOW LANYARD_TEST_NOW

static LanyardAuthContext *
new_context (const char *id, const char *settings, const char *credentials)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, name, NULL);
  g_autoptr (LanyardProvider) provider = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  provider = lanyard_provider_reader_read (text, length, id, &error);
  g_assert_no_error (error);
  return lanyard_test_context_new_for_provider (provider, settings, credentials);
}

static LanyardFlow *
begin_authorize (LanyardAuthContext *context, LanyardStep **step)
{
  g_autofree char *redirect_uri = lanyard_auth_context_dup_value (context, "redirect_uri");
  g_autoptr (GError) error = NULL;
  LanyardFlow *flow = lanyard_auth_type_authorize (lanyard_auth_types_lookup ("oauth2"), context,
                                                   redirect_uri, &error);

  g_assert_no_error (error);
  *step = lanyard_flow_begin (flow, NOW);
  g_assert_cmpint ((*step)->kind, ==, LANYARD_STEP_CONSENT);
  return flow;
}

static JsonObject *
parse_body (const LanyardRequest *request)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_cmpstr (request->content_type, ==, "application/json");
  object = lanyard_json_parse_object (lanyard_secret_get (request->body),
                                      lanyard_secret_get_length (request->body), &error);
  g_assert_no_error (error);
  return object;
}

static void
assert_reservanto_step (const LanyardStep *step, const char *long_token)
{
  g_autoptr (JsonObject) body = NULL;
  gint64 time = 0;

  g_assert_cmpint (step->kind, ==, LANYARD_STEP_REQUEST);
  g_assert_cmpstr (step->request->uri, ==,
                   "https://api.reservanto.cz/v1/Authorize/GetShortTimeToken");
  g_assert_null (lanyard_params_get_ignoring_case (step->request->headers, "Authorization"));
  body = parse_body (step->request);
  g_assert_cmpstr (lanyard_json_get_string (body, "LongTimeToken"), ==, long_token);
  g_assert_true (lanyard_json_get_int64 (body, "TimeStamp", &time));
  g_assert_cmpint (time, ==, NOW);
  g_assert_cmpuint (json_object_get_size (body), ==, 2);
}

static void
answer_reservanto (LanyardFlow *flow, LanyardStep **step, const char *query)
{
  g_autofree char *uri = g_strconcat ((*step)->redirect_uri, "&", query, NULL);

  lanyard_step_free (*step);
  *step = lanyard_flow_feed_redirect (flow, uri, NOW);
}

static void
test_reservanto_sign_in (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("reservanto", "connectors=get-merchant-info customers", NULL);
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = begin_authorize (context, &step);
  g_autofree char *uri = g_strdup (step->uri);
  g_autoptr (JsonObject) probe = NULL;

  g_assert_true (
    g_str_has_prefix (uri, "https://api.reservanto.cz/v1/Authorize/GetLongTimeToken?"));
  g_assert_nonnull (strstr (uri, "clientId=app&"));
  g_assert_nonnull (strstr (uri, "rights=Merchant_r&rights=Customer_r&rights=Customer_w"));
  g_assert_nonnull (
    strstr (uri, "redirectUrl=http%3A%2F%2F127.0.0.1%3A8402%2Fcallback%3Fstate%3D"));
  g_assert_null (strstr (uri, "client_id="));
  g_assert_null (strstr (uri, "redirect_uri="));
  g_assert_null (strstr (uri, "response_type"));
  g_assert_null (strstr (uri, "code_challenge"));
  g_assert_null (strstr (uri, "scope"));
  g_assert_null (strstr (uri, "&state="));
  g_assert_true (g_str_has_prefix (step->redirect_uri, "http://127.0.0.1:8402/callback?state="));

  answer_reservanto (flow, &step, "accepted=1&token=long");
  assert_reservanto_step (step, "long");

  lanyard_test_flow_feed (flow, &step, 200, "{'IsError': false, 'ShortTimeToken': 'short'}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_REQUEST);
  g_assert_cmpstr (step->request->uri, ==, "https://api.reservanto.cz/v1/Merchant/GetInfo");
  g_assert_cmpstr (lanyard_params_get (step->request->headers, "Authorization"), ==, "short");
  probe = parse_body (step->request);
  g_assert_true (json_object_has_member (probe, "TimeStamp"));

  lanyard_test_flow_feed (flow, &step, 200, "{'IsError': false, 'Merchant': {'Name': 'Salon'}}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  g_assert_cmpstr (step->outcome->account, ==, "Salon");
  g_assert_cmpstr (lanyard_credentials_get_text (step->outcome->credentials, "access_token"), ==,
                   "short");
  g_assert_cmpstr (lanyard_credentials_get_text (step->outcome->credentials, "refresh_token"), ==,
                   "long");
  g_assert_cmpint (lanyard_credentials_get_expires_at (step->outcome->credentials), ==, NOW + 1800);
  g_assert_true (step->outcome->renewable);
  g_assert_cmpuint (g_strv_length (step->outcome->granted_scopes), ==, 3);
  g_assert_finalize_object (flow);
}

static void
test_reservanto_refused (void)
{
  g_autoptr (LanyardAuthContext) context = new_context ("reservanto", NULL, NULL);
  g_autoptr (LanyardStep) denied = NULL;
  g_autoptr (LanyardStep) forged = NULL;
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *denied_flow = begin_authorize (context, &denied);
  LanyardFlow *forged_flow = begin_authorize (context, &forged);
  LanyardFlow *flow = begin_authorize (context, &step);

  answer_reservanto (denied_flow, &denied, "accepted=0");
  g_assert_cmpint (denied->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (denied->error, LANYARD_ERROR, LANYARD_ERROR_DENIED);

  lanyard_step_free (forged);
  forged = lanyard_flow_feed_redirect (
    forged_flow, "http://127.0.0.1:8402/callback?state=guess&accepted=1&token=long", NOW);
  g_assert_cmpint (forged->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (forged->error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);

  answer_reservanto (flow, &step, "accepted=1&token=long");
  lanyard_test_flow_feed (flow, &step, 200,
                          "{'IsError': true, 'ErrorMessage': 'Token long is not valid'}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (step->error, LANYARD_ERROR, LANYARD_ERROR_PROVIDER);
  g_assert_null (strstr (step->error->message, "long"));

  g_assert_finalize_object (denied_flow);
  g_assert_finalize_object (forged_flow);
  g_assert_finalize_object (flow);
}

static void
test_reservanto_refresh (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("reservanto", NULL, "refresh_token=long&access_token=old");
  g_autoptr (GError) error = NULL;
  LanyardFlow *flow =
    lanyard_auth_type_refresh (lanyard_auth_types_lookup ("oauth2"), context, &error);
  g_autoptr (LanyardStep) step = NULL;

  g_assert_no_error (error);
  step = lanyard_flow_begin (flow, NOW);
  assert_reservanto_step (step, "long");
  lanyard_test_flow_feed (flow, &step, 200, "{'IsError': false, 'ShortTimeToken': 'new'}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  g_assert_cmpstr (lanyard_credentials_get_text (step->outcome->credentials, "access_token"), ==,
                   "new");
  g_assert_cmpstr (lanyard_credentials_get_text (step->outcome->credentials, "refresh_token"), ==,
                   "long");
  g_assert_cmpint (lanyard_credentials_get_expires_at (step->outcome->credentials), ==, NOW + 1800);
  g_assert_finalize_object (flow);
}

static void
test_github (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("github", "connectors=gists", "client_secret=s3cret");
  g_autoptr (LanyardStep) step = NULL;
  g_autoptr (LanyardStep) failed = NULL;
  LanyardFlow *flow = begin_authorize (context, &step);
  LanyardFlow *failing = begin_authorize (context, &failed);
  g_autoptr (LanyardParams) form = NULL;

  lanyard_test_flow_answer_consent (flow, &step, "code=c&state=%s");
  form = lanyard_test_parse_form (step->request);
  g_assert_cmpstr (lanyard_params_get (form, "client_secret"), ==, "s3cret");
  g_assert_nonnull (lanyard_params_get (form, "code_verifier"));
  lanyard_test_flow_feed (flow, &step, 200,
                          "{'access_token': 'gho_1', 'scope': 'gist,read:user',"
                          " 'token_type': 'bearer'}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_REQUEST);
  g_assert_cmpstr (lanyard_params_get (step->request->headers, "Authorization"), ==,
                   "Bearer gho_1");
  g_assert_cmpstr (lanyard_params_get (step->request->headers, "X-GitHub-Api-Version"), ==,
                   "2022-11-28");
  lanyard_test_flow_feed (flow, &step, 200, "{'login': 'octocat', 'name': null}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  g_assert_cmpstr (step->outcome->account, ==, "octocat");
  g_assert_cmpuint (g_strv_length (step->outcome->granted_scopes), ==, 2);
  /* It never expires, and nothing can renew it. */
  g_assert_cmpint (lanyard_credentials_get_expires_at (step->outcome->credentials), ==, 0);
  g_assert_false (step->outcome->renewable);

  lanyard_test_flow_answer_consent (failing, &failed, "code=c&state=%s");
  lanyard_test_flow_feed (failing, &failed, 200,
                          "{'error': 'bad_verification_code', 'error_description': 'Expired'}");
  g_assert_cmpint (failed->kind, ==, LANYARD_STEP_FAILED);
  g_assert_error (failed->error, LANYARD_ERROR, LANYARD_ERROR_PROVIDER);

  g_assert_finalize_object (flow);
  g_assert_finalize_object (failing);
}

static void
test_slack (void)
{
  g_autoptr (LanyardAuthContext) context =
    new_context ("slack", "connectors=messages channels", "client_secret=s3cret");
  g_autoptr (LanyardStep) step = NULL;
  LanyardFlow *flow = begin_authorize (context, &step);
  g_autoptr (LanyardParams) params = lanyard_test_parse_query (step->uri);

  g_assert_cmpstr (lanyard_params_get (params, "user_scope"), ==,
                   "chat:write,channels:read,channels:history");
  lanyard_test_flow_answer_consent (flow, &step, "code=c&state=%s");
  lanyard_test_flow_feed (flow, &step, 200,
                          "{'ok': true, 'app_id': 'A1', 'authed_user': {'id': 'U1',"
                          " 'access_token': 'xoxp', 'token_type': 'user', 'expires_in': 43200,"
                          " 'refresh_token': 'xoxe', 'scope': 'chat:write,channels:read'}}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_REQUEST);
  lanyard_test_flow_feed (flow, &step, 200, "{'ok': true, 'user': 'ada', 'team': 'Lanyard'}");
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  g_assert_cmpstr (step->outcome->account, ==, "ada");
  g_assert_cmpint (lanyard_credentials_get_expires_at (step->outcome->credentials), ==,
                   NOW + 43200);
  g_assert_true (step->outcome->renewable);
  g_assert_cmpuint (g_strv_length (step->outcome->granted_scopes), ==, 2);
  g_assert_finalize_object (flow);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/shipped/reservanto-refused", test_reservanto_refused);
  g_test_add_func ("/auth/shipped/reservanto-sign-in", test_reservanto_sign_in);
  g_test_add_func ("/auth/shipped/reservanto-refresh", test_reservanto_refresh);
  g_test_add_func ("/auth/shipped/github", test_github);
  g_test_add_func ("/auth/shipped/slack", test_slack);

  return g_test_run ();
}
