/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-error.h"
#include "lanyard-git-credential.h"

#include <string.h>

#define QUESTION "protocol=https\nhost=git.example.org\n"

static LanyardGitCredential *
parse_bytes (const char *text, gsize length, GError **error)
{
  g_autoptr (LanyardSecret) secret = lanyard_secret_new_bytes (text, length);

  return lanyard_git_credential_parse (secret, error);
}

static LanyardGitCredential *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  LanyardGitCredential *question = parse_bytes (text, strlen (text), &error);

  g_assert_no_error (error);
  return question;
}

static char *
dup_answer (const char *text, const char *header, const char *value, gint64 expires_at)
{
  g_autoptr (LanyardGitCredential) question = parse (text);
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", question->uri);
  g_autoptr (LanyardSecret) answer = NULL;

  lanyard_params_set (request->headers, header, value);
  answer = lanyard_git_credential_dup_answer (question, request, "oauth2", expires_at);
  return answer != NULL ? g_strdup (lanyard_secret_get (answer)) : NULL;
}

static void
test_broken (void)
{
  static const char *const cases[] = {
    "",
    "\n",
    "protocol",
    "=https\nhost=x\n",
    "protocol=https\n",
    "host=git.example.org\n",
    "protocol=https\r\nhost=git.example.org\r\n",
    "protocol=https\nhost=git.example.org\nusername=a\rb\n",
    "protocol=https\nhost=\xff\n",
    "\n" QUESTION,
  };
  static const char nul[] = "protocol=https\nhost=git.example.org\nusername=a\0b\n";

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse_bytes (cases[i], strlen (cases[i]), &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
  g_assert_null (parse_bytes (nul, sizeof nul - 1, NULL));
}

/* Credentials go over TLS, or stay on this computer. */
static void
test_address (void)
{
  static const struct
  {
    const char *text;
    const char *uri;
  } CASES[] = {
    { "protocol=http\nhost=git.example.org\n", NULL },
    { "protocol=ssh\nhost=git.example.org\n", NULL },
    { "protocol=cert\npath=/etc/x\nhost=\n", NULL },
    { "protocol=https\nhost=me@git.example.org\n", NULL },
    { "protocol=http\nhost=127.0.0.1:8080\npath=a.git\n", "http://127.0.0.1:8080/a.git" },
    { QUESTION, "https://git.example.org/" },
    { QUESTION "path=a/b.git\n", "https://git.example.org/a/b.git" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (LanyardGitCredential) question = parse (CASES[i].text);

      g_assert_cmpstr (question->uri, ==, CASES[i].uri);
    }
}

static void
test_hosts (void)
{
  char *hosts[] = { (char *)"example.com", (char *)"git.example.org", NULL };
  static const struct
  {
    const char *host;
    gboolean matches;
  } CASES[] = {
    { "git.example.org", TRUE },      { "GIT.example.org", TRUE },
    { "git.example.org:443", TRUE },  { "git.example.org:8443", FALSE },
    { "example.org", FALSE },         { "git.example.org.evil.net", FALSE },
    { "evilgit.example.org", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text = g_strdup_printf ("protocol=https\nhost=%s\n", CASES[i].host);
      g_autoptr (LanyardGitCredential) question = parse (text);

      g_assert_cmpint (lanyard_git_credential_matches_host (question, hosts), ==, CASES[i].matches);
      g_assert_false (lanyard_git_credential_matches_host (question, NULL));
    }
}

/* What git cannot use, and what would say more to git than it should. */
static void
test_refused_answers (void)
{
  static const struct
  {
    const char *header;
    const char *value;
  } CASES[] = {
    { "X-Api-Key", "k" },
    { "Authorization", "k" },
    { "Authorization", "OAuth realm=\"\", oauth_token=\"t\"" },
    { "Authorization", "Basic bm9jb2xvbg==" },
    { "Authorization", "Basic YTpiCmhvc3Q9ZXZpbA==" },
    { "Authorization", "Basic YTpiAGM=" },
    { "Authorization", "Bearer a\nhost=evil" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    g_assert_null (dup_answer (QUESTION, CASES[i].header, CASES[i].value, 0));
}

static void
test_basic (void)
{
  g_autofree char *answer = dup_answer (QUESTION, "authorization", "Basic bWU6YTpi", 0);

  g_assert_cmpstr (answer, ==, "username=me\npassword=a:b\n");
}

static void
test_token (void)
{
  g_autofree char *answer = dup_answer (QUESTION, "Authorization", "Bearer t0", 1700000000);

  g_assert_cmpstr (answer, ==, "username=oauth2\npassword=t0\npassword_expiry_utc=1700000000\n");
}

/* As Bearer only where the server wants it, and git says that it can. */
static void
test_authtype (void)
{
  static const char *const others[] = {
    QUESTION "capability[]=authtype\n",
    QUESTION "wwwauth[]=Bearer realm=\"x\"\n",
    QUESTION "capability[]=authtype\nwwwauth[]=Bearer\nwwwauth[]=basic realm=\"x\"\n",
    QUESTION "capability[]=state\nwwwauth[]=Bearer\n",
  };
  g_autofree char *answer = dup_answer (
    QUESTION "capability[]=authtype\nwwwauth[]=bearer a=\"b\"\n", "Authorization", "Bearer t0", 0);

  g_assert_cmpstr (answer, ==,
                   "capability[]=authtype\nauthtype=Bearer\ncredential=t0\nephemeral=1\n");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *other = dup_answer (others[i], "Authorization", "Bearer t0", 0);

      g_assert_cmpstr (other, ==, "username=oauth2\npassword=t0\n");
    }
}

static void
test_erased (void)
{
  g_autoptr (LanyardGitCredential) question =
    parse (QUESTION "username=me\npassword=p=w\n\nhost=ignored\n");

  g_assert_cmpstr (question->username, ==, "me");
  g_assert_cmpstr (lanyard_secret_get (question->secret), ==, "p=w");
  g_assert_cmpstr (question->uri, ==, "https://git.example.org/");
}

/* What a git that knows more says is passed over, and nothing of it comes back. */
static void
test_passed_over (void)
{
  g_autofree char *answer =
    dup_answer ("capability[]=authtype\ncapability[]=state\ncapability[]=future\n" QUESTION
                "state[]=other:1\ncontinue=1\nephemeral=1\npassword_expiry_utc=1\n"
                "oauth_refresh_token=r\nwwwauth[]=Negotiate\nwwwauth[]=Bearer\n",
                "Authorization", "Bearer t0", 1700000000);

  g_assert_cmpstr (answer, ==,
                   "capability[]=authtype\nauthtype=Bearer\ncredential=t0\nephemeral=1\n"
                   "password_expiry_utc=1700000000\n");
}

static void
test_erased_bearer (void)
{
  g_autoptr (LanyardGitCredential) question =
    parse ("capability[]=authtype\nauthtype=Bearer\ncredential=t0==\nephemeral=1\n" QUESTION);

  g_assert_cmpstr (lanyard_secret_get (question->secret), ==, "t0==");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/git-credential/broken", test_broken);
  g_test_add_func ("/cli/git-credential/address", test_address);
  g_test_add_func ("/cli/git-credential/hosts", test_hosts);
  g_test_add_func ("/cli/git-credential/refused-answers", test_refused_answers);
  g_test_add_func ("/cli/git-credential/basic", test_basic);
  g_test_add_func ("/cli/git-credential/token", test_token);
  g_test_add_func ("/cli/git-credential/authtype", test_authtype);
  g_test_add_func ("/cli/git-credential/passed-over", test_passed_over);
  g_test_add_func ("/cli/git-credential/erased", test_erased);
  g_test_add_func ("/cli/git-credential/erased-bearer", test_erased_bearer);
  return g_test_run ();
}
