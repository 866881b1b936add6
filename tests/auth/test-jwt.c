/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-jwt.h"

#include "lanyard-auth-types.h"
#include "lanyard-error.h"
#include "lanyard-jws.h"
#include "lanyard-jwt-view.h"

#include <string.h>

#define NOW LANYARD_TEST_NOW
#define NO_ENDPOINT "'token': null"

static LanyardAuthType *
get_type (void)
{
  return lanyard_auth_types_lookup ("jwt");
}

static void
check_invalid (LanyardAuthContext *context, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_auth_type_validate (get_type (), context, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_incomplete (void)
{
  g_autoptr (LanyardAuthContext) empty = lanyard_test_jwt_context_new (NO_ENDPOINT, NULL, NULL);
  g_autoptr (LanyardAuthContext) nobody =
    lanyard_test_jwt_context_new (NULL, NULL, "password", "p", NULL);
  g_autoptr (LanyardAuthContext) silent =
    lanyard_test_jwt_context_new (NULL, "username=anna", NULL);
  g_autoptr (LanyardAuthContext) wrong_key = lanyard_test_jwt_context_new (
    NO_ENDPOINT, "algorithm=RS256", "signing_key", LANYARD_TEST_EC_PRIVATE, NULL);
  g_autoptr (LanyardAuthContext) wrong_params = lanyard_test_jwt_context_new (
    NULL, "username=anna&login_params=a%3D%25zz%26b%3D%7Bpassword%7D", "password", "p", NULL);

  check_invalid (empty, "token endpoint");
  check_invalid (nobody, "user name");
  check_invalid (silent, "password");
  check_invalid (wrong_key, "cannot be signed");
  check_invalid (wrong_params, "");
}

static void
test_complete (void)
{
  g_autoptr (LanyardAuthContext) login =
    lanyard_test_jwt_context_new (NULL, "username=anna", "password", "p", NULL);
  g_autoptr (LanyardAuthContext) by_pin =
    lanyard_test_jwt_context_new (NULL, "login_params=pin%3D%7Bpassword%7D", "password", "p", NULL);
  g_autoptr (LanyardAuthContext) exchange = lanyard_test_jwt_context_new (
    NULL, "algorithm=ES256", "signing_key", LANYARD_TEST_EC_PRIVATE, NULL);
  g_autoptr (LanyardAuthContext) here = lanyard_test_jwt_context_new (
    NO_ENDPOINT, "algorithm=ES256", "signing_key", LANYARD_TEST_EC_PRIVATE, NULL);

  g_assert_true (lanyard_auth_type_validate (get_type (), login, NULL));
  g_assert_true (lanyard_auth_type_validate (get_type (), by_pin, NULL));
  g_assert_true (lanyard_auth_type_validate (get_type (), exchange, NULL));
  g_assert_true (lanyard_auth_type_validate (get_type (), here, NULL));

  /* Nothing of it shows a page; only what is signed here asks nobody. */
  g_assert_true (lanyard_auth_type_needs_consent (get_type ()));
  g_assert_false (lanyard_auth_type_has_redirect (get_type ()));
  g_assert_true (lanyard_auth_type_has_redirect (lanyard_auth_types_lookup ("oauth2")));
  g_assert_false (lanyard_auth_type_is_local (get_type (), login));
  g_assert_false (lanyard_auth_type_is_local (get_type (), exchange));
  g_assert_true (lanyard_auth_type_is_local (get_type (), here));
}

/* The editor offers what the crypto can do. */
static void
test_algorithms (void)
{
  const LanyardField *field = lanyard_auth_type_find_field (get_type (), NULL, "algorithm");
  const char *const *names = lanyard_jws_list_algorithms ();
  guint i;

  for (i = 0; names[i] != NULL; i++)
    g_assert_cmpstr (field->choices[i].id, ==, names[i]);
  g_assert_null (field->choices[i].id);
}

static void
test_made_here (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_jwt_context_new (
    NO_ENDPOINT, "algorithm=ES256&claims=%7B%22sub%22%3A%22anna%22%7D", "signing_key",
    LANYARD_TEST_EC_PRIVATE, "access_token", "old", NULL);
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", "https://api.example.org/");
  g_autoptr (LanyardAuthContext) signed_context = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardFlow) flow = NULL;
  g_autoptr (LanyardStep) step = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *header = NULL;

  credentials = lanyard_auth_type_make_credentials (get_type (), context, NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lanyard_credentials_get_expires_at (credentials), ==, NOW + 300);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "signing_key"), ==,
                   LANYARD_TEST_EC_PRIVATE);

  signed_context = lanyard_auth_context_with_credentials (context, credentials);
  g_assert_true (lanyard_auth_type_apply (get_type (), signed_context, request, &error));
  header =
    g_strconcat ("Bearer ", lanyard_credentials_get_text (credentials, "access_token"), NULL);
  g_assert_cmpstr (lanyard_params_get (request->headers, "Authorization"), ==, header);

  flow = lanyard_auth_type_authorize (get_type (), context, NULL, &error);
  g_assert_no_error (error);
  step = lanyard_flow_begin (flow, NOW);
  g_assert_cmpint (step->kind, ==, LANYARD_STEP_DONE);
  g_assert_cmpstr (step->outcome->account, ==, "anna");
  g_assert_true (step->outcome->renewable);
}

static void
test_apply_without_token (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_jwt_context_new (NULL, "username=anna", "password", "p", NULL);
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", "https://api.example.org/");
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_auth_type_apply (get_type (), context, request, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
}

static void
test_view (void)
{
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();
  g_autofree char *token = lanyard_test_jwt_sign (
    "ES256", LANYARD_TEST_EC_PRIVATE, "{'kid': 'k1'}",
    "{'sub': 'anna', 'iat': 1767225590, 'nbf': 1767225595, 'exp': 1767225605}");
  g_autofree char *endless =
    lanyard_test_jwt_sign ("ES256", LANYARD_TEST_EC_PRIVATE, "{}", "{'exp': 'never'}");
  g_autoptr (GPtrArray) views = NULL;
  const LanyardJwtView *view;

  lanyard_credentials_set_text (credentials, "password", "a.b.c");
  lanyard_credentials_set_text (credentials, "access_token", token);
  lanyard_credentials_set_text (credentials, "refresh_token", endless);
  views = lanyard_jwt_view_list (credentials);
  g_assert_cmpuint (views->len, ==, 2);

  view = g_ptr_array_index (views, 0);
  g_assert_cmpstr (view->credential, ==, "access_token");
  g_assert_cmpstr (view->algorithm, ==, "ES256");
  g_assert_nonnull (strstr (view->header, "\"kid\" : \"k1\""));
  g_assert_nonnull (strstr (view->claims, "\"sub\" : \"anna\""));
  g_assert_cmpint (view->issued_at, ==, 1767225590);
  g_assert_cmpint (lanyard_jwt_view_get_validity (view, 1767225594), ==, LANYARD_JWT_NOT_YET_VALID);
  g_assert_cmpint (lanyard_jwt_view_get_validity (view, NOW), ==, LANYARD_JWT_VALID);
  g_assert_cmpint (lanyard_jwt_view_get_validity (view, 1767225605), ==, LANYARD_JWT_EXPIRED);

  view = g_ptr_array_index (views, 1);
  g_assert_cmpint (lanyard_jwt_view_get_validity (view, NOW), ==, LANYARD_JWT_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/jwt/incomplete", test_incomplete);
  g_test_add_func ("/auth/jwt/complete", test_complete);
  g_test_add_func ("/auth/jwt/algorithms", test_algorithms);
  g_test_add_func ("/auth/jwt/made-here", test_made_here);
  g_test_add_func ("/auth/jwt/apply-without-token", test_apply_without_token);
  g_test_add_func ("/auth/jwt/view", test_view);

  return g_test_run ();
}
