/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-web-policy.h"

#define LOOPBACK "http://127.0.0.1:8400/callback"
#define PRIVATE "io.github.lanyard:/callback"
#define WEB "https://app.example/callback"

typedef struct
{
  const char *uri;
  const char *redirect_uri;
  LanyardWebPolicy expected;
} Case;

static void
check_cases (const Case *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_test_message ("%s", cases[i].uri);
      g_assert_cmpint (lanyard_web_policy_decide (cases[i].uri, cases[i].redirect_uri), ==,
                       cases[i].expected);
    }
}

/* What looks like the redirect URI and is not. */
static void
test_web_policy_lookalikes (void)
{
  const Case cases[] = {
    { "http://127.0.0.1:8401/callback?code=1", LOOPBACK, LANYARD_WEB_POLICY_LOAD },
    { "http://127.0.0.1:84000/callback?code=1", LOOPBACK, LANYARD_WEB_POLICY_INSECURE },
    { "http://127.0.0.1/callback?code=1", LOOPBACK, LANYARD_WEB_POLICY_LOAD },
    { "http://localhost:8400/callback?code=1", LOOPBACK, LANYARD_WEB_POLICY_LOAD },
    { "http://127.0.0.1:8400/callback/?code=1", LOOPBACK, LANYARD_WEB_POLICY_LOAD },
    { "http://127.0.0.1:8400/callback2?code=1", LOOPBACK, LANYARD_WEB_POLICY_LOAD },
    { "http://127.0.0.1:8400/?to=/callback", LOOPBACK, LANYARD_WEB_POLICY_LOAD },
    { "http://127.0.0.1:8400@evil.example/callback", LOOPBACK, LANYARD_WEB_POLICY_INSECURE },
    { "http://name@127.0.0.1:8400/callback?code=1", LOOPBACK, LANYARD_WEB_POLICY_LOAD },
    { "http://127.0.0.1.evil.example:8400/callback", LOOPBACK, LANYARD_WEB_POLICY_INSECURE },
    { "https://127.0.0.1:8400/callback?code=1", LOOPBACK, LANYARD_WEB_POLICY_LOAD },
    { "https://evil.example/callback?code=1", WEB, LANYARD_WEB_POLICY_LOAD },
    { "https://app.example.evil.example/callback?code=1", WEB, LANYARD_WEB_POLICY_LOAD },
    { "http://app.example/callback?code=1", WEB, LANYARD_WEB_POLICY_INSECURE },
    { "io.github.lanyard2:/callback?code=1", PRIVATE, LANYARD_WEB_POLICY_EXTERNAL },
    { "io.github.lanyard:/callback2?code=1", PRIVATE, LANYARD_WEB_POLICY_EXTERNAL },
    { "io.github.lanyard://callback?code=1", PRIVATE, LANYARD_WEB_POLICY_EXTERNAL },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_web_policy_refused (void)
{
  const Case cases[] = {
    { "http://example.org/", LOOPBACK, LANYARD_WEB_POLICY_INSECURE },
    { "HTTP://example.org/", LOOPBACK, LANYARD_WEB_POLICY_INSECURE },
    { "http://0x7f000001/", LOOPBACK, LANYARD_WEB_POLICY_INSECURE },
    { "mailto:a@b.example", LOOPBACK, LANYARD_WEB_POLICY_EXTERNAL },
    { "file:///etc/passwd", LOOPBACK, LANYARD_WEB_POLICY_EXTERNAL },
    { "FILE:///etc/passwd", LOOPBACK, LANYARD_WEB_POLICY_EXTERNAL },
    { "javascript:alert(1)", LOOPBACK, LANYARD_WEB_POLICY_EXTERNAL },
    { "intent://x#Intent;end", LOOPBACK, LANYARD_WEB_POLICY_EXTERNAL },
    { "ftp://example.org/", LOOPBACK, LANYARD_WEB_POLICY_EXTERNAL },
    { "resource:///lanyard", LOOPBACK, LANYARD_WEB_POLICY_EXTERNAL },
    { "webkit://gpu", LOOPBACK, LANYARD_WEB_POLICY_EXTERNAL },
    { "view-source:https://example.org/", LOOPBACK, LANYARD_WEB_POLICY_EXTERNAL },
    { "", LOOPBACK, LANYARD_WEB_POLICY_EXTERNAL },
    { "data:text/html,x", LOOPBACK, LANYARD_WEB_POLICY_IGNORE },
    { "blob:https://example.org/1", LOOPBACK, LANYARD_WEB_POLICY_IGNORE },
    { "about:memory", LOOPBACK, LANYARD_WEB_POLICY_IGNORE },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_web_policy_loaded (void)
{
  const Case cases[] = {
    { "https://login.example/authorize?redirect_uri=http://127.0.0.1:8400/callback", LOOPBACK,
      LANYARD_WEB_POLICY_LOAD },
    { "http://127.0.0.1:8401/", LOOPBACK, LANYARD_WEB_POLICY_LOAD },
    { "http://[::1]:8401/", LOOPBACK, LANYARD_WEB_POLICY_LOAD },
    { "http://localhost/", LOOPBACK, LANYARD_WEB_POLICY_LOAD },
    { "about:blank", LOOPBACK, LANYARD_WEB_POLICY_LOAD },
    { "about:srcdoc", LOOPBACK, LANYARD_WEB_POLICY_LOAD },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_web_policy_redirect (void)
{
  const Case cases[] = {
    { "http://127.0.0.1:8400/callback?code=1&state=2", LOOPBACK, LANYARD_WEB_POLICY_REDIRECT },
    { "http://127.0.0.1:8400/callback?error=access_denied", LOOPBACK, LANYARD_WEB_POLICY_REDIRECT },
    { "http://127.0.0.1:8400/callback#code=1", LOOPBACK, LANYARD_WEB_POLICY_REDIRECT },
    { "https://app.example/callback?code=1", WEB, LANYARD_WEB_POLICY_REDIRECT },
    { "https://app.example:443/callback?code=1", WEB, LANYARD_WEB_POLICY_REDIRECT },
    { "io.github.lanyard:/callback?code=1", PRIVATE, LANYARD_WEB_POLICY_REDIRECT },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_web_policy_no_refusal (void)
{
  const char *const uris[] = {
    "https://login.example/",
    "https://login.example/authorize?error=access_denied",
    "https://login.example/?authError=!!!not%20base64!!!",
    "https://login.example/?state=ZGlzYWxsb3dlZA",
    "https://login.example/?broken=%",
    "not an address",
    "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    g_assert_false (lanyard_web_policy_is_refusal (uris[i]));
}

static void
test_web_policy_refusal (void)
{
  const char *const uris[] = {
    "https://login.example/error?error=disallowed_useragent",
    "https://login.example/error?reason=403%3A+disallowed_useragent",
    "https://login.example/signin/rejected?rrk=46",
    "https://login.example/v3/signin/rejected?continue=x",
    "https://login.example/signin/v2/deniedsigninrejected",
    /* As a provider packs its errors: a message in base64 with "-" and "_". */
    "https://login.example/signin/oauth/error?"
    "authError=ChRkaXNhbGxvd2VkX3VzZXJhZ2VudBIQWW91IGNhbid0IHNpZ24gaW4_&client_id=1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_test_message ("%s", uris[i]);
      g_assert_true (lanyard_web_policy_is_refusal (uris[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/consent/web-policy/lookalikes", test_web_policy_lookalikes);
  g_test_add_func ("/consent/web-policy/refused", test_web_policy_refused);
  g_test_add_func ("/consent/web-policy/loaded", test_web_policy_loaded);
  g_test_add_func ("/consent/web-policy/redirect", test_web_policy_redirect);
  g_test_add_func ("/consent/web-policy/no-refusal", test_web_policy_no_refusal);
  g_test_add_func ("/consent/web-policy/refusal", test_web_policy_refusal);

  return g_test_run ();
}
