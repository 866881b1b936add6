/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-paste-consent.h"

#include "lanyard-error.h"

#include <string.h>
#include <unistd.h>

#define REDIRECT_URI "http://127.0.0.1:8400/callback/demo"
#define AUTHORIZATION_URI "https://provider.example/authorize?client_id=x&state=y"

typedef struct
{
  LanyardConsent *consent;
  GCancellable *cancellable;
  GAsyncResult *result;
  int input[2];
  int output[2];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (pipe (fixture->input), ==, 0);
  g_assert_cmpint (pipe (fixture->output), ==, 0);
  fixture->consent = lanyard_paste_consent_new (fixture->input[0], fixture->output[1]);
  fixture->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->consent);
  g_clear_object (&fixture->cancellable);
  for (int i = 0; i < 2; i++)
    {
      close (fixture->input[i]);
      close (fixture->output[i]);
    }
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->result = g_object_ref (result);
}

static char *
run_for (Fixture *fixture, const char *redirect_uri, const char *pasted, GError **error)
{
  const LanyardConsentRequest request = {
    .name = "Work",
    .provider = "Demo",
    .uri = AUTHORIZATION_URI,
    .redirect_uri = redirect_uri,
  };
  char *uri;

  if (pasted != NULL)
    g_assert_cmpint (write (fixture->input[1], pasted, strlen (pasted)), ==, strlen (pasted));
  close (fixture->input[1]);
  fixture->input[1] = -1;

  lanyard_consent_run_async (fixture->consent, &request, fixture->cancellable, result_cb, fixture);
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  uri = lanyard_consent_run_finish (fixture->consent, fixture->result, error);
  g_clear_object (&fixture->result);
  return uri;
}

static char *
run (Fixture *fixture, const char *pasted, GError **error)
{
  return run_for (fixture, REDIRECT_URI, pasted, error);
}

static void
test_nothing_pasted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = run (fixture, "\n\n\n\n\n", &error);

  g_assert_null (uri);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
}

static void
test_wrong_address (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = run (fixture,
                              "swordfish\n"
                              "http://127.0.0.1:8401/callback/demo?code=1\n"
                              "https://evil.example/?" REDIRECT_URI "\n" REDIRECT_URI "?code=1\n",
                              &error);

  g_assert_null (uri);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_null (strstr (error->message, "swordfish"));
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;

  g_cancellable_cancel (fixture->cancellable);
  uri = run (fixture, NULL, &error);
  g_assert_null (uri);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_pasted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = run (fixture, "oops\n\n  " REDIRECT_URI "?code=1&state=y \r\n", &error);
  char printed[4096] = "";

  g_assert_no_error (error);
  g_assert_cmpstr (uri, ==, REDIRECT_URI "?code=1&state=y");

  /* The address stands alone on its line. */
  g_assert_cmpint (read (fixture->output[0], printed, sizeof printed - 1), >, 0);
  g_assert_nonnull (strstr (printed, "\n" AUTHORIZATION_URI "\n"));
  g_assert_nonnull (strstr (printed, "Demo"));
  g_assert_nonnull (strstr (printed, REDIRECT_URI));
}

/* Without a redirect URI it is the code that the page shows. */
static void
test_code (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = run_for (fixture, NULL, "\n  123 456\n", &error);
  char printed[4096] = "";

  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, "123 456");
  g_assert_cmpint (read (fixture->output[0], printed, sizeof printed - 1), >, 0);
  g_assert_nonnull (strstr (printed, "code"));
}

static void
test_no_code (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (run_for (fixture, NULL, "\n", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
}

static void
test_prepare (Fixture *fixture, gconstpointer data)
{
  static const char *const uris[] = { REDIRECT_URI, "http://127.0.0.1/callback",
                                      "https://example.org/callback", "org.example.app:/callback" };

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autofree char *uri = NULL;

      lanyard_consent_prepare_async (fixture->consent, uris[i], NULL, result_cb, fixture);
      while (fixture->result == NULL)
        g_main_context_iteration (NULL, TRUE);
      uri = lanyard_consent_prepare_finish (fixture->consent, fixture->result, NULL);
      g_clear_object (&fixture->result);
      g_assert_cmpstr (uri, ==, uris[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/cli/paste-consent/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("nothing-pasted", test_nothing_pasted);
  ADD ("wrong-address", test_wrong_address);
  ADD ("cancelled", test_cancelled);
  ADD ("pasted", test_pasted);
  ADD ("no-code", test_no_code);
  ADD ("code", test_code);
  ADD ("prepare", test_prepare);
#undef ADD
  return g_test_run ();
}
