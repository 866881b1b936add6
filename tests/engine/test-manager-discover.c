/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-engine.h"

#define ISSUER "https://id.example.org"
#define DOCUMENT                                                                      \
  "{'issuer':'" ISSUER "','authorization_endpoint':'https://id.example.org/found/a'," \
  "'token_endpoint':'https://id.example.org/found/t',"                                \
  "'revocation_endpoint':'https://id.example.org/found/r',"                           \
  "'authorization_response_iss_parameter_supported':true}"
#define ANSWER "{'access_token':'t','token_type':'Bearer','expires_in':-1,'refresh_token':'r'}"
#define RENEWED "{'access_token':'u','token_type':'Bearer','expires_in':3600}"

static LanyardAuthorization *
new_draft (const char *name)
{
  LanyardAuthorization *draft = lanyard_test_engine_new_draft (name);

  lanyard_authorization_set_provider_id (draft, "custom-oauth2");
  lanyard_authorization_set_setting (draft, "issuer", ISSUER);
  lanyard_authorization_set_setting (draft, "client_id", "app");
  return draft;
}

static void
assert_request (LanyardTestEngine *engine, guint index, const char *uri)
{
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), >, index);
  g_assert_cmpstr (lanyard_scripted_transport_get_request (engine->transport, index)->uri, ==, uri);
}

/* Nobody is sent to a server that is not the one that was meant. */
static void
test_refused (void)
{
  static const struct
  {
    guint status;
    const char *answer;
    LanyardError code;
  } cases[] = {
    { 200, "{'issuer':'https://other.example.org'}", LANYARD_ERROR_PROTOCOL },
    { 200, "{'issuer':'" ISSUER "','token_endpoint':'http://id.example.org/t'}",
      LANYARD_ERROR_PROTOCOL },
    { 200, "{'issuer':'" ISSUER "'}", LANYARD_ERROR_INVALID },
    { 503, "{}", LANYARD_ERROR_UNAVAILABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
      g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
      g_autoptr (LanyardAuthorization) draft = new_draft ("Mail");
      g_autoptr (GError) error = NULL;

      lanyard_scripted_transport_add_answer (engine->transport, cases[i].status, cases[i].answer);
      g_assert_false (lanyard_test_engine_authorize (engine, draft, NULL, consent, NULL, &error));
      g_assert_error (error, LANYARD_ERROR, (int)cases[i].code);
      g_assert_true (g_str_has_prefix (error->message, "Mail"));
      g_assert_cmpuint (lanyard_robot_consent_count_asked (consent), ==, 0);
    }
}

/* RFC 9207: the answer must say which issuer it is when the server promised that. */
static void
test_wrong_issuer (void)
{
  static const char *const queries[] = { "code=c&state=%s",
                                         "code=c&state=%s&iss=https://other.example.org" };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
      g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
      g_autoptr (LanyardAuthorization) draft = new_draft ("Mail");
      g_autoptr (GError) error = NULL;

      lanyard_robot_consent_set_query (consent, queries[i]);
      lanyard_scripted_transport_add_answer (engine->transport, 200, DOCUMENT);
      g_assert_false (lanyard_test_engine_authorize (engine, draft, NULL, consent, NULL, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
      g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 1);
    }
}

/* Signing in, renewing and revoking, of two authorizations: the issuer is asked once. */
static void
test_asked_once (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
  g_autoptr (LanyardAuthorization) draft = new_draft ("Mail");
  g_autoptr (LanyardAuthorization) second = new_draft ("Calendar");
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) error = NULL;
  const char *id = lanyard_authorization_get_id (draft);

  lanyard_robot_consent_set_query (consent, "code=c&state=%s&iss=" ISSUER);
  lanyard_scripted_transport_add_answer (engine->transport, 200, DOCUMENT);
  lanyard_scripted_transport_add_answer (engine->transport, 200, ANSWER);
  lanyard_test_engine_authorize (engine, draft, NULL, consent, NULL, &error);
  g_assert_no_error (error);
  assert_request (engine, 0, ISSUER "/.well-known/openid-configuration");
  assert_request (engine, 1, "https://id.example.org/found/t");

  lanyard_scripted_transport_add_answer (engine->transport, 200, RENEWED);
  lanyard_test_engine_refresh (engine, id, &error);
  g_assert_no_error (error);
  assert_request (engine, 2, "https://id.example.org/found/t");

  lanyard_scripted_transport_add_answer (engine->transport, 200, ANSWER);
  lanyard_test_engine_authorize (engine, second, NULL, consent, NULL, &error);
  g_assert_no_error (error);
  assert_request (engine, 3, "https://id.example.org/found/t");

  row = lanyard_test_engine_load (engine, id);
  g_assert_true (lanyard_manager_can_revoke (engine->manager, row));
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{}");
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{}");
  lanyard_test_engine_revoke (engine, id, &error);
  g_assert_no_error (error);
  assert_request (engine, 4, "https://id.example.org/found/r");

  /* What was discovered is nobody's setting. */
  g_assert_null (lanyard_authorization_get_setting (row, "token_endpoint"));
}

/* Another program, or a later one, asks again; with addresses of its own nobody is asked. */
static void
test_explicit (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
  g_autoptr (LanyardAuthorization) draft = new_draft ("Mail");
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_setting (draft, "authorization_endpoint", "https://id.example.org/a");
  lanyard_authorization_set_setting (draft, "token_endpoint", "https://id.example.org/t");
  lanyard_scripted_transport_add_answer (engine->transport, 200, ANSWER);
  lanyard_test_engine_authorize (engine, draft, NULL, consent, NULL, &error);
  g_assert_no_error (error);
  assert_request (engine, 0, "https://id.example.org/t");
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/manager-discover/refused", test_refused);
  g_test_add_func ("/engine/manager-discover/wrong-issuer", test_wrong_issuer);
  g_test_add_func ("/engine/manager-discover/asked-once", test_asked_once);
  g_test_add_func ("/engine/manager-discover/explicit", test_explicit);

  return lanyard_test_run ();
}
