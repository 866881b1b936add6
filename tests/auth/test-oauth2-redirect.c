/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-oauth2-redirect.h"

#include "lanyard-error.h"

#define REDIRECT LANYARD_TEST_REDIRECT_URI
#define STATE "Zm9vYmFyYmF6cXV4"

static char *
read_uri (LanyardAuthContext *context, const char *uri, GError **error)
{
  g_autoptr (LanyardOAuth2Redirect) redirect =
    lanyard_oauth2_redirect_read (context, uri, LANYARD_TEST_REDIRECT_URI, STATE, error);

  if (redirect == NULL)
    return NULL;

  g_assert_false (redirect->is_token);
  return g_strdup (redirect->code);
}

static void
assert_refused (LanyardAuthContext *context, const char *uri, LanyardError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = read_uri (context, uri, &error);

  g_test_message ("%.100s", uri);
  g_assert_null (value);
  g_assert_error (error, LANYARD_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, "Example"));
  lanyard_test_assert_fit_to_show (error->message);
}

static void
assert_code (LanyardAuthContext *context, const char *uri, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = read_uri (context, uri, &error);

  g_test_message ("%.100s", uri);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, expected);
}

static void
assert_protocol_errors (const char *const *uris, gsize n_uris)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);

  for (gsize i = 0; i < n_uris; i++)
    assert_refused (context, uris[i], LANYARD_ERROR_PROTOCOL);
}

static void
test_missing_state (void)
{
  static const char *const uris[] = {
    REDIRECT "?code=c",
    REDIRECT "?code=c&State=" STATE,
    REDIRECT "?code=c&state=",
    REDIRECT "?code=c#state=" STATE,
    REDIRECT,
    REDIRECT "?",
  };

  assert_protocol_errors (uris, G_N_ELEMENTS (uris));
}

static void
test_wrong_state (void)
{
  static const char *const uris[] = {
    REDIRECT "?code=c&state=other",          REDIRECT "?code=c&state=" STATE "x",
    REDIRECT "?code=c&state=Zm9vYmFyYmF6cX", REDIRECT "?code=c&state=zM9vYmFyYmF6cXV4",
    REDIRECT "?code=c&state=%20" STATE,      REDIRECT "?code=c&state=" STATE "%0a",
  };

  assert_protocol_errors (uris, G_N_ELEMENTS (uris));
}

static void
test_repeated_parameter (void)
{
  static const char *const uris[] = {
    REDIRECT "?code=c&state=" STATE "&state=" STATE,
    REDIRECT "?code=c&state=" STATE "&state=other",
    REDIRECT "?code=c&code=d&state=" STATE,
    REDIRECT "?code=c&code=c&state=" STATE,
    REDIRECT "?code=c&c%6fde=d&state=" STATE,
    REDIRECT "?code=c&state=" STATE "&iss=https://a.example&iss=https://b.example",
    REDIRECT "?error=access_denied&error=server_error&state=" STATE,
    REDIRECT "?code=c&state=" STATE "&unknown=1&unknown=2",
  };

  assert_protocol_errors (uris, G_N_ELEMENTS (uris));
}

static void
test_broken_query (void)
{
  static const char *const uris[] = {
    REDIRECT "?code=%&state=" STATE,
    REDIRECT "?code=%4&state=" STATE,
    REDIRECT "?code=%zz&state=" STATE,
    REDIRECT "?code=a%00b&state=" STATE,
    REDIRECT "?code=%ff&state=" STATE,
    REDIRECT "?code=%c3&state=" STATE,
    REDIRECT "?code=c&state=" STATE "&error_description=%",
  };

  assert_protocol_errors (uris, G_N_ELEMENTS (uris));
}

/* RFC 8252 section 8.10: the answer counts only where it was asked to come. */
static void
test_other_address (void)
{
  static const char *const uris[] = {
    "https://127.0.0.1:8400/callback/example?code=c&state=" STATE,
    "http://127.0.0.1:8401/callback/example?code=c&state=" STATE,
    "http://127.0.0.1/callback/example?code=c&state=" STATE,
    "http://localhost:8400/callback/example?code=c&state=" STATE,
    "http://[::1]:8400/callback/example?code=c&state=" STATE,
    "http://127.0.0.1.evil.example:8400/callback/example?code=c&state=" STATE,
    "http://evil.example:8400/callback/example?code=c&state=" STATE,
    "http://127.0.0.1:8400@evil.example/callback/example?code=c&state=" STATE,
    "http://user@127.0.0.1:8400/callback/example?code=c&state=" STATE,
    "http://127.0.0.1:8400/callback/example/?code=c&state=" STATE,
    "http://127.0.0.1:8400/callback/other?code=c&state=" STATE,
    "http://127.0.0.1:8400/callback?code=c&state=" STATE,
    "http://127.0.0.1:8400/callback/Example?code=c&state=" STATE,
    "http://127.0.0.1:8400/x/../callback/example?code=c&state=" STATE,
    "callback/example?code=c&state=" STATE,
    "?code=c&state=" STATE,
    "javascript:alert(1)?code=c&state=" STATE,
    "",
  };

  assert_protocol_errors (uris, G_N_ELEMENTS (uris));
}

static void
test_missing_code (void)
{
  static const char *const uris[] = {
    REDIRECT "?state=" STATE,
    REDIRECT "?code&state=" STATE,
    REDIRECT "?code=&state=" STATE,
    REDIRECT "?Code=c&state=" STATE,
    REDIRECT "?access_token=t&token_type=bearer&state=" STATE,
    REDIRECT "?state=" STATE "#code=c",
  };

  assert_protocol_errors (uris, G_N_ELEMENTS (uris));
}

/* RFC 6749 section 4.1.2.1: anybody can make up an error, too. */
static void
test_error_with_wrong_state (void)
{
  static const char *const uris[] = {
    REDIRECT "?error=access_denied",
    REDIRECT "?error=access_denied&state=",
    REDIRECT "?error=access_denied&state=other",
    REDIRECT "?error=access_denied&error_description=Call+us&state=other",
  };

  assert_protocol_errors (uris, G_N_ELEMENTS (uris));
}

static void
test_error_denied (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  assert_refused (context, REDIRECT "?error=access_denied&state=" STATE, LANYARD_ERROR_DENIED);
  /* A code beside an error is not used. */
  assert_refused (context, REDIRECT "?error=access_denied&code=c&state=" STATE,
                  LANYARD_ERROR_DENIED);

  g_assert_null (read_uri (
    context, REDIRECT "?error=access_denied&error_description=You+said+no&state=" STATE, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, "“You said no”"));
}

static void
test_error_shown (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (read_uri (context,
                           REDIRECT "?error=invalid_scope&error_description=No+such+scope"
                                    "&error_uri=https%3A%2F%2Fid.example.org%2Fhelp&state=" STATE,
                           &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_PROVIDER);
  g_assert_nonnull (strstr (error->message, "“invalid_scope”"));
  g_assert_nonnull (strstr (error->message, "“No such scope”"));
  g_assert_nonnull (strstr (error->message, "“https://id.example.org/help”"));
  lanyard_test_assert_fit_to_show (error->message);
}

static void
test_error_without_words (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);

  assert_refused (context, REDIRECT "?error=&state=" STATE, LANYARD_ERROR_PROVIDER);
  assert_refused (context, REDIRECT "?error=server_error&error_description=&state=" STATE,
                  LANYARD_ERROR_PROVIDER);
  assert_refused (context, REDIRECT "?error=temporarily_unavailable&state=" STATE,
                  LANYARD_ERROR_PROVIDER);
  assert_refused (context, REDIRECT "?error=%0a%e2%80%ae&error_description=%00&state=" STATE,
                  LANYARD_ERROR_PROTOCOL);
}

/* RFC 6749 section 10.14. */
static void
test_error_hostile (void)
{
  static const char *const texts[] = {
    "%0aSet-Cookie:+a=b%0d%0a",
    "%1b[31mred%1b[0m%07",
    "%e2%80%aegnp.exe%e2%80%ac",
    "%e2%81%a6%d7%a9%d7%9c%d7%95%d7%9d%e2%81%a9",
    "%e2%80%a8line%e2%80%a9paragraph",
    "%ef%bb%bfmark%c2%85next",
    "%3Cscript%3Ealert(1)%3C/script%3E%3Ca+href=%22x%22%3E",
    "%25s%25n%25d%25100000d",
  };
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);
  g_autofree char *long_text = g_strnfill (10000, 'x');
  g_autofree char *long_uri =
    g_strconcat (REDIRECT "?error=", long_text, "&error_description=", long_text,
                 "&error_uri=", long_text, "&state=" STATE, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *uri =
        g_strconcat (REDIRECT "?error=", texts[i], "&error_description=", texts[i],
                     "&error_uri=", texts[i], "&state=" STATE, NULL);

      assert_refused (context, uri, LANYARD_ERROR_PROVIDER);
    }

  /* An address of 30,000 characters is no answer at all. */
  assert_refused (context, long_uri, LANYARD_ERROR_PROTOCOL);
  long_text[2000] = '\0';
  g_free (long_uri);
  long_uri = g_strconcat (REDIRECT "?error=", long_text, "&error_description=", long_text,
                          "&error_uri=", long_text, "&state=" STATE, NULL);
  assert_refused (context, long_uri, LANYARD_ERROR_PROVIDER);
}

static void
test_issuer (void)
{
  g_autoptr (LanyardAuthContext) unknown = lanyard_test_context_new (NULL, NULL, NULL);
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new (NULL, "issuer=https://id.example.org/a", NULL);
  g_autoptr (LanyardAuthContext) from_data =
    lanyard_test_context_new ("'issuer': 'https://id.example.org/a'", NULL, NULL);
  static const char *const mismatches[] = {
    "https%3A%2F%2Fevil.example%2Fa",
    "https://id.example.org/A",
    "https%3A%2F%2Fid.example.org%2Fa%2F",
    "https://id.example.org",
    "HTTPS://id.example.org/a",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (mismatches); i++)
    {
      g_autofree char *uri =
        g_strconcat (REDIRECT "?code=c&state=" STATE "&iss=", mismatches[i], NULL);
      g_autofree char *denied =
        g_strconcat (REDIRECT "?error=access_denied&state=" STATE "&iss=", mismatches[i], NULL);

      assert_refused (context, uri, LANYARD_ERROR_PROTOCOL);
      assert_refused (from_data, uri, LANYARD_ERROR_PROTOCOL);
      assert_refused (context, denied, LANYARD_ERROR_PROTOCOL);
    }

  assert_code (context, REDIRECT "?code=c&state=" STATE "&iss=https%3A%2F%2Fid.example.org%2Fa",
               "c");
  assert_code (from_data, REDIRECT "?code=c&state=" STATE "&iss=https://id.example.org/a", "c");
  assert_code (context, REDIRECT "?code=c&state=" STATE, "c");
  assert_code (unknown, REDIRECT "?code=c&state=" STATE "&iss=https://any.example", "c");
}

static void
test_accepted (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);

  assert_code (context, REDIRECT "?code=c&state=" STATE, "c");
  assert_code (context, REDIRECT "?state=" STATE "&code=c", "c");
  /* Decoded once, neither less nor more. */
  assert_code (context, REDIRECT "?code=4%2F0Ab%2Bc%2525+d&state=" STATE, "4/0Ab+c%25 d");
  /* What some servers leave behind the query (quirk C7). */
  assert_code (context, REDIRECT "?code=c&state=" STATE "#_", "c");
  assert_code (context, REDIRECT "?code=c&state=" STATE "#_=_", "c");
}

static void
test_unknown_parameters (void)
{
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, NULL);

  assert_code (context,
               REDIRECT "?code=c&state=" STATE "&session_state=1&scope=a+b&authuser=0&hd=&&x", "c");
}

static void
test_callback_token (void)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_test_context_new ("'callback': {'token': 'token', 'ok_when': {'accepted': '1'}},"
                              "'steps': [{'url': 'https://api.example.org/short'}]",
                              NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardOAuth2Redirect) redirect = NULL;

  assert_refused (context, REDIRECT "?token=t&accepted=0&state=" STATE, LANYARD_ERROR_DENIED);
  assert_refused (context, REDIRECT "?token=t&state=" STATE, LANYARD_ERROR_DENIED);
  assert_refused (context, REDIRECT "?token=t&accepted=1", LANYARD_ERROR_PROTOCOL);
  assert_refused (context, REDIRECT "?accepted=1&state=" STATE, LANYARD_ERROR_PROTOCOL);
  assert_refused (context, REDIRECT "?accepted=1&code=c&state=" STATE, LANYARD_ERROR_PROTOCOL);

  redirect = lanyard_oauth2_redirect_read (context, REDIRECT "?token=long&accepted=1&state=" STATE,
                                           LANYARD_TEST_REDIRECT_URI, STATE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (redirect->code, ==, "long");
  g_assert_true (redirect->is_token);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/oauth2-redirect/rfc6749-21-missing-state", test_missing_state);
  g_test_add_func ("/auth/oauth2-redirect/rfc6749-21-wrong-state", test_wrong_state);
  g_test_add_func ("/auth/oauth2-redirect/repeated-parameter", test_repeated_parameter);
  g_test_add_func ("/auth/oauth2-redirect/broken-query", test_broken_query);
  g_test_add_func ("/auth/oauth2-redirect/rfc8252-08-other-address", test_other_address);
  g_test_add_func ("/auth/oauth2-redirect/missing-code", test_missing_code);
  g_test_add_func ("/auth/oauth2-redirect/rfc6749-11-error-with-wrong-state",
                   test_error_with_wrong_state);
  g_test_add_func ("/auth/oauth2-redirect/rfc6749-11-error-denied", test_error_denied);
  g_test_add_func ("/auth/oauth2-redirect/rfc6749-11-error-shown", test_error_shown);
  g_test_add_func ("/auth/oauth2-redirect/rfc6749-11-error-without-words",
                   test_error_without_words);
  g_test_add_func ("/auth/oauth2-redirect/rfc6749-23-error-hostile", test_error_hostile);
  g_test_add_func ("/auth/oauth2-redirect/rfc9700-03-issuer", test_issuer);
  g_test_add_func ("/auth/oauth2-redirect/accepted", test_accepted);
  g_test_add_func ("/auth/oauth2-redirect/rfc6749-10-unknown-parameters", test_unknown_parameters);
  g_test_add_func ("/auth/oauth2-redirect/callback-token", test_callback_token);

  return g_test_run ();
}
