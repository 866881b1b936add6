/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-context.h"

static void
assert_value (LanyardAuthContext *context, const char *name, const char *expected)
{
  g_autofree char *value = lanyard_auth_context_dup_value (context, name);

  g_test_message ("%s", name);
  g_assert_cmpstr (value, ==, expected);
}

static void
assert_expanded (LanyardAuthContext *context, const char *template, const char *expected)
{
  g_autofree char *value = lanyard_auth_context_expand (context, template);

  g_test_message ("%s", template);
  g_assert_cmpstr (value, ==, expected);
}

/* What the person entered, then the data's defaults, then the data, then the field's default. */
static void
test_value_order (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (
    "'defaults': {'token_endpoint': 'https://d.example/t', 'client_id': 'default-app'},"
    "'redirect': {'value': 'http://127.0.0.1:1234/cb'}",
    NULL, NULL);
  g_autoptr (LanyardAuthContext) entered = lanyard_test_context_new (
    "'defaults': {'token_endpoint': 'https://d.example/t'}",
    "token_endpoint=https://e.example/t&redirect_uri=http://127.0.0.1:9/x", NULL);
  g_autofree char *given = NULL;

  assert_value (context, "token_endpoint", "https://d.example/t");
  assert_value (context, "client_id", "app");
  assert_value (context, "authorization_endpoint", LANYARD_TEST_AUTHORIZATION_ENDPOINT);
  assert_value (context, "redirect_uri", "http://127.0.0.1:1234/cb");
  assert_value (context, "token_endpoint_auth_method", "client_secret_basic");
  assert_value (context, "issuer", NULL);
  assert_value (context, "no_such_field", NULL);
  assert_value (entered, "token_endpoint", "https://e.example/t");
  assert_value (entered, "redirect_uri", "http://127.0.0.1:9/x");

  given = lanyard_auth_context_dup_given (entered, "token_endpoint");
  g_assert_cmpstr (given, ==, "https://d.example/t");
}

/* RFC 8252 section 8.10: another redirect URI for each provider. */
static void
test_redirect_uri_of_provider (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);

  assert_value (context, "redirect_uri", "http://127.0.0.1:8400/callback/example");
}

static void
test_expand (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (
    NULL, "issuer=https://i.example", "access_token=t&client_id=secret&provider=secret&x=y");

  assert_expanded (context, "", "");
  assert_expanded (context, "plain", "plain");
  assert_expanded (context, "Bearer {access_token}", "Bearer t");
  assert_expanded (context, "{client_id}/{provider}/{issuer}{issuer}",
                   "app/example/https://i.examplehttps://i.example");
  assert_expanded (context, "a{unknown}b", "ab");
  assert_expanded (context, "{}", "{}");
  /* What is not closed is text. */
  assert_expanded (context, "{access_token", "{access_token");
  assert_expanded (context, "}{", "}{");
  assert_expanded (context, "a}b{x}c", "a}byc");
  /* What is filled in is not looked at again. */
  assert_expanded (context, "{token_endpoint_auth_method}", "client_secret_basic");
}

static void
test_expand_once (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, "client_id={client_secret}", "client_secret=s3cret");

  assert_expanded (context, "id={client_id}", "id={client_secret}");
}

/* The default of a field that names itself must come to an end. */
static void
test_expand_itself (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);

  assert_expanded (context, "{redirect_uri}", "http://127.0.0.1:8400/callback/{provider}");
}

static void
test_copies (void)
{
  g_autoptr (LanyardProvider) provider = lanyard_test_provider_new (NULL);
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (NULL);
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();
  g_autoptr (LanyardAuthContext) context = NULL;
  g_autoptr (LanyardAuthContext) other = NULL;

  lanyard_authorization_set_setting (authorization, "client_id", "before");
  lanyard_credentials_set_text (credentials, "access_token", "before");
  context = lanyard_auth_context_new (provider, lanyard_provider_find_method (provider, NULL),
                                      authorization, credentials);
  lanyard_authorization_set_setting (authorization, "client_id", "after");
  lanyard_credentials_set_text (credentials, "access_token", "after");
  assert_expanded (context, "{client_id} {access_token}", "before before");

  other = lanyard_auth_context_with_credentials (context, credentials);
  assert_expanded (other, "{client_id} {access_token}", "before after");
  assert_expanded (context, "{client_id} {access_token}", "before before");
}

static void
test_no_credentials (void)
{
  g_autoptr (LanyardProvider) provider = lanyard_test_provider_new (NULL);
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (NULL);
  LanyardAuthContext *context = lanyard_auth_context_new (
    provider, lanyard_provider_find_method (provider, NULL), authorization, NULL);

  g_assert_nonnull (lanyard_auth_context_get_credentials (context));
  assert_expanded (context, "x{access_token}", "x");
  g_assert_true (lanyard_auth_context_ref (context) == context);
  lanyard_auth_context_unref (context);
  lanyard_auth_context_unref (context);
  g_clear_object (&authorization);
  g_assert_finalize_object (g_steal_pointer (&provider));
}

static void
test_scopes (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, "connectors=mail unknown&scopes=files mail.send own", NULL);
  g_auto (GStrv) scopes = lanyard_auth_context_dup_scopes (context);
  g_autofree char *joined = g_strjoinv (" ", scopes);

  g_assert_cmpstr (joined, ==, "mail.read mail.send files own");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/auth-context/value-order", test_value_order);
  g_test_add_func ("/auth/auth-context/rfc8252-08-redirect-uri-of-provider",
                   test_redirect_uri_of_provider);
  g_test_add_func ("/auth/auth-context/expand", test_expand);
  g_test_add_func ("/auth/auth-context/expand-once", test_expand_once);
  g_test_add_func ("/auth/auth-context/expand-itself", test_expand_itself);
  g_test_add_func ("/auth/auth-context/copies", test_copies);
  g_test_add_func ("/auth/auth-context/no-credentials", test_no_credentials);
  g_test_add_func ("/auth/auth-context/rfc6749-24-scopes", test_scopes);

  return g_test_run ();
}
