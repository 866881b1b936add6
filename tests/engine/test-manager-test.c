/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-engine.h"

#define TOKENS "access_token=t0ken-a&refresh_token=r3fresh"

static void
add_challenge (LanyardTestEngine *engine, guint status, const char *challenge)
{
  LanyardResponse *response = lanyard_response_new (status, NULL, "", -1);

  lanyard_params_append (response->headers, "WWW-Authenticate", challenge);
  lanyard_scripted_transport_add_response (engine->transport, response);
}

static char *
assert_fails (LanyardTestEngine *engine, const char *id, LanyardError code)
{
  g_autoptr (GError) error = NULL;
  char *message = lanyard_test_engine_test (engine, id, &error);

  g_assert_null (message);
  g_assert_error (error, LANYARD_ERROR, (int)code);
  g_assert_null (strstr (error->message, "t0ken"));
  return g_strdup (error->message);
}

static void
test_impossible (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *unknown = g_uuid_string_random ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, 0);
  g_autofree char *message = NULL;
  g_autofree char *unknown_message = assert_fails (engine, unknown, LANYARD_ERROR_NOT_FOUND);
  g_autofree char *inactive = NULL;

  /* Its provider has no address for it. */
  message = assert_fails (engine, id, LANYARD_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (message, "My mail: "));
  g_assert_true (lanyard_manager_set_active (engine->manager, id, FALSE, NULL));
  inactive = assert_fails (engine, id, LANYARD_ERROR_INACTIVE);
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 0);
}

static void
test_failures (void)
{
  static const struct
  {
    guint status;
    LanyardError code;
  } cases[] = {
    { 404, LANYARD_ERROR_PROVIDER },
    { 302, LANYARD_ERROR_PROVIDER },
    { 503, LANYARD_ERROR_UNAVAILABLE },
    { 429, LANYARD_ERROR_UNAVAILABLE },
  };
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "other", TOKENS, 0);
  g_autofree char *network = assert_fails (engine, id, LANYARD_ERROR_NETWORK);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = NULL;

      lanyard_scripted_transport_add_answer (engine->transport, cases[i].status,
                                             "{'error': 't0ken-a is not known here'}");
      message = assert_fails (engine, id, cases[i].code);
      g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);
    }
}

/* RFC 6750 section 3.1: renewed once, tried once more. */
static void
test_unauthorized (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "other", TOKENS, 0);
  g_autofree char *message = NULL;
  const LanyardRequest *request;
  g_autoptr (GError) error = NULL;

  add_challenge (engine, 401, "Bearer error=\"invalid_token\"");
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'access_token': 't0ken-b'}");
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'name': 'Ada'}");
  message = lanyard_test_engine_test (engine, id, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (message, "Ada"));
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 3);
  request = lanyard_scripted_transport_get_request (engine->transport, 0);
  g_assert_cmpstr (lanyard_params_get (request->headers, "Authorization"), ==, "Bearer t0ken-a");
  request = lanyard_scripted_transport_get_request (engine->transport, 2);
  g_assert_cmpstr (lanyard_params_get (request->headers, "Authorization"), ==, "Bearer t0ken-b");
}

/* Another program renews the token while this one is told that it is not good. */
static void
renew_elsewhere (const LanyardRequest *request, gboolean is_answer, gpointer user_data)
{
  LanyardTestEngine *engine = user_data;
  g_autoptr (GString) item = NULL;
  const char *id;

  if (!is_answer)
    return;

  lanyard_scripted_transport_set_func (engine->transport, NULL, NULL);
  id = g_object_get_data (G_OBJECT (engine->manager), "id");
  item = g_string_new (lanyard_memory_store_peek (engine->secrets, id));
  g_assert_cmpuint (g_string_replace (item, "t0ken-a", "t0ken-b", 0), ==, 1);
  lanyard_memory_store_put (engine->secrets, id, "Mail", item->str);
}

static void
test_unauthorized_but_renewed (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "other", TOKENS, 0);
  g_autofree char *message = NULL;
  const LanyardRequest *request;
  g_autoptr (GError) error = NULL;

  g_object_set_data (G_OBJECT (engine->manager), "id", id);
  lanyard_scripted_transport_set_func (engine->transport, renew_elsewhere, engine);
  add_challenge (engine, 401, "Bearer error=\"invalid_token\"");
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'name': 'Ada'}");
  message = lanyard_test_engine_test (engine, id, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (message, "Ada"));
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 2);
  request = lanyard_scripted_transport_get_request (engine->transport, 1);
  g_assert_cmpstr (lanyard_params_get (request->headers, "Authorization"), ==, "Bearer t0ken-b");
}

static void
test_unauthorized_twice (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "other", TOKENS, 0);
  g_autofree char *message = NULL;

  add_challenge (engine, 401, "Bearer error=\"invalid_token\"");
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'access_token': 't0ken-b'}");
  add_challenge (engine, 401, "Bearer error=\"invalid_token\", error_description=\"t0ken-b\"");
  message = assert_fails (engine, id, LANYARD_ERROR_PROVIDER);
  g_assert_nonnull (strstr (message, "invalid_token"));
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 3);
}

static void
test_unauthorized_for_good (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *fixed =
    lanyard_test_engine_add (engine, "Fixed", "other", "access_token=t0ken-a", 0);
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "other", TOKENS, 0);
  g_autofree char *fixed_message = NULL;
  g_autofree char *message = NULL;

  /* Nothing can renew it. */
  add_challenge (engine, 401, "Bearer error=\"invalid_token\"");
  fixed_message = assert_fails (engine, fixed, LANYARD_ERROR_PROVIDER);
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 1);

  add_challenge (engine, 401, "Bearer error=\"invalid_token\"");
  lanyard_scripted_transport_add_answer (engine->transport, 400, "{'error': 'invalid_grant'}");
  message = assert_fails (engine, id, LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_REFUSED);
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 3);
}

/* RFC 6750 section 3.1: the token is good, and another one would be no better. */
static void
test_insufficient_scope (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "other", TOKENS, 0);
  g_autofree char *message = NULL;

  add_challenge (engine, 403, "Bearer error=\"insufficient_scope\", scope=\"mail.send\"");
  message = assert_fails (engine, id, LANYARD_ERROR_PROVIDER);
  g_assert_nonnull (strstr (message, "“mail.send”"));
  g_assert_cmpuint (lanyard_scripted_transport_count (engine->transport), ==, 1);
  g_assert_cmpint (lanyard_test_engine_get_status (engine, id), ==, LANYARD_STATUS_AUTHORIZED);
}

static void
test_works (void)
{
  static const char *const bodies[] = { "", "{}", "<html>", "[]", "{'name': 'a\\nb'}" };
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "other", TOKENS, 0);
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autofree char *message = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *plain = NULL;

      lanyard_scripted_transport_add_answer (engine->transport, 200, bodies[i]);
      plain = lanyard_test_engine_test (engine, id, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (plain, ==, "It works");
    }

  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'name': 'Ada'}");
  message = lanyard_test_engine_test (engine, id, NULL);
  g_assert_nonnull (strstr (message, "Ada"));
  row = lanyard_test_engine_load (engine, id);
  g_assert_cmpstr (lanyard_authorization_get_account (row), ==, "Ada");
  g_assert_cmpint (lanyard_authorization_get_revision (row), ==, 1);
}

static char *
add_key (LanyardTestEngine *engine, const char *name, const char *provider_id)
{
  g_autoptr (LanyardAuthorization) draft = lanyard_authorization_new (NULL);
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_name (draft, name);
  lanyard_authorization_set_provider_id (draft, provider_id);
  lanyard_authorization_set_type_id (draft, "api-key");
  lanyard_test_engine_save (engine, draft, "api_key=t0ken-a", &error);
  g_assert_no_error (error);
  return g_strdup (lanyard_authorization_get_id (draft));
}

/* Quirk R9: the status says that all is well, the words that it is not. */
static void
test_polite_refusal (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = add_key (engine, "Chat", "polite");
  g_autoptr (GError) error = NULL;
  g_autofree char *refusal = NULL;
  g_autofree char *message = NULL;

  lanyard_scripted_transport_add_answer (engine->transport, 200,
                                         "{'ok': false, 'error': 'not_authed'}");
  refusal = assert_fails (engine, id, LANYARD_ERROR_PROVIDER);
  g_assert_true (g_str_has_prefix (refusal, "Chat: "));
  g_assert_nonnull (strstr (refusal, "not_authed"));
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{'ok': true, 'name': 'Ada'}");
  message = lanyard_test_engine_test (engine, id, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (message, "Ada"));
}

/* Quirk F17: which way it is stays known; gone over to another one, it loses what it had. */
static void
test_method (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = add_key (engine, "Both", "several");
  g_autoptr (LanyardAuthorization) draft = NULL;
  g_autoptr (LanyardAuthorization) loaded = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  lanyard_scripted_transport_add_answer (engine->transport, 200, "{}");
  first = lanyard_test_engine_test (engine, id, NULL);
  g_assert_nonnull (first);
  draft = lanyard_test_engine_load (engine, id);
  lanyard_authorization_set_method_id (draft, "second");
  g_assert_true (lanyard_test_engine_save (engine, draft, "api_key=t0ken-b", NULL));

  loaded = lanyard_test_engine_load (engine, id);
  g_assert_cmpstr (lanyard_authorization_get_method_id (loaded), ==, "second");
  lanyard_scripted_transport_add_answer (engine->transport, 200, "{}");
  second = lanyard_test_engine_test (engine, id, NULL);
  g_assert_nonnull (second);
  g_assert_cmpstr (lanyard_scripted_transport_get_request (engine->transport, 0)->uri, ==,
                   "https://api.example.org/first");
  g_assert_cmpstr (lanyard_scripted_transport_get_request (engine->transport, 1)->uri, ==,
                   "https://api.example.org/second");
}

static void
test_address_of_person (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Mail", "example", TOKENS, 0);
  g_autoptr (LanyardAuthorization) draft = lanyard_test_engine_load (engine, id);
  g_autofree char *message = NULL;

  lanyard_authorization_set_setting (draft, "test_url", "https://api.example.org/ping");
  g_assert_true (lanyard_test_engine_save (engine, draft, NULL, NULL));
  lanyard_scripted_transport_add_answer (engine->transport, 204, "");
  message = lanyard_test_engine_test (engine, id, NULL);
  g_assert_cmpstr (message, ==, "It works");
  g_assert_cmpstr (lanyard_scripted_transport_get_request (engine->transport, 0)->uri, ==,
                   "https://api.example.org/ping");
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/manager-test/impossible", test_impossible);
  g_test_add_func ("/engine/manager-test/failures", test_failures);
  g_test_add_func ("/engine/manager-test/rfc6750-06-unauthorized", test_unauthorized);
  g_test_add_func ("/engine/manager-test/renewed-elsewhere", test_unauthorized_but_renewed);
  g_test_add_func ("/engine/manager-test/rfc6750-06-unauthorized-twice", test_unauthorized_twice);
  g_test_add_func ("/engine/manager-test/unauthorized-for-good", test_unauthorized_for_good);
  g_test_add_func ("/engine/manager-test/rfc6750-06-insufficient-scope", test_insufficient_scope);
  g_test_add_func ("/engine/manager-test/works", test_works);
  g_test_add_func ("/engine/manager-test/polite-refusal", test_polite_refusal);
  g_test_add_func ("/engine/manager-test/f17-method", test_method);
  g_test_add_func ("/engine/manager-test/address-of-person", test_address_of_person);

  return lanyard_test_run ();
}
