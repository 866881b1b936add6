/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "lanyard-browser-consent.h"
#include "lanyard-error.h"

#define PAGE "https://login.example/authorize?client_id=1"

/* What came of a call. */
typedef struct
{
  gboolean is_done;
  char *text;
  GError *error;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->text, g_free);
  g_clear_error (&outcome->error);
  outcome->is_done = FALSE;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

/* The stand-in for a browser: goes to this address, or fails. */
static char *redirected_to;
static char *opened;

static void
visited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GBytes) page = NULL;
  g_autoptr (GError) error = NULL;

  page = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (page), >, 100);
}

static gboolean
open_cb (const char *uri, GError **error)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = NULL;

  g_free (opened);
  opened = g_strdup (uri);
  if (redirected_to == NULL)
    return TRUE;

  message = soup_message_new ("GET", redirected_to);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, visited_cb, NULL);
  return TRUE;
}

static gboolean
open_fails_cb (const char *uri, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "No program for https");
  return FALSE;
}

static LanyardConsent *
create_consent (LanyardOpenUriFunc open_uri, guint patience)
{
  g_clear_pointer (&opened, g_free);
  g_clear_pointer (&redirected_to, g_free);
  return g_object_new (LANYARD_TYPE_BROWSER_CONSENT, "open-uri", open_uri, "patience", patience,
                       NULL);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->text =
    lanyard_consent_prepare_finish (LANYARD_CONSENT (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->text = lanyard_consent_run_finish (LANYARD_CONSENT (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

static void
wait_for (const Outcome *outcome)
{
  while (!outcome->is_done)
    g_main_context_iteration (NULL, TRUE);
  if (outcome->error != NULL)
    g_test_message ("%s", outcome->error->message);
}

static char *
prepare (LanyardConsent *consent, const char *redirect_uri)
{
  g_auto (Outcome) outcome = { FALSE };

  lanyard_consent_prepare_async (consent, redirect_uri, NULL, prepared_cb, &outcome);
  wait_for (&outcome);
  g_assert_no_error (outcome.error);
  return g_steal_pointer (&outcome.text);
}

static void
run (LanyardConsent *consent, const char *uri, GCancellable *cancellable, Outcome *outcome)
{
  const LanyardConsentRequest request = { "Work", "Example", uri, "" };

  lanyard_consent_run_async (consent, &request, cancellable, ran_cb, outcome);
}

static void
test_browser_consent_redirect_refused (void)
{
  const char *const uris[] = { "https://example.org/callback", "io.github.lanyard:/callback" };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (LanyardConsent) consent = create_consent (open_cb, 1000);
      g_auto (Outcome) outcome = { FALSE };

      lanyard_consent_prepare_async (consent, uris[i], NULL, prepared_cb, &outcome);
      wait_for (&outcome);
      g_assert_error (outcome.error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_assert_nonnull (strstr (outcome.error->message, uris[i]));
    }
}

static void
test_browser_consent_page_refused (void)
{
  const char *const uris[] = { "http://login.example/", "file:///etc/passwd",
                               "mailto:a@b.example" };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (LanyardConsent) consent = create_consent (open_cb, 1000);
      g_autofree char *redirect_uri = prepare (consent, "http://127.0.0.1/callback");
      g_auto (Outcome) outcome = { FALSE };

      run (consent, uris[i], NULL, &outcome);
      wait_for (&outcome);
      g_assert_error (outcome.error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_assert_null (opened);
    }
}

static void
test_browser_consent_no_browser (void)
{
  g_autoptr (LanyardConsent) consent = create_consent (open_fails_cb, 10000);
  g_autofree char *redirect_uri = prepare (consent, "http://127.0.0.1/callback");
  g_auto (Outcome) outcome = { FALSE };

  run (consent, PAGE, NULL, &outcome);
  wait_for (&outcome);
  g_assert_error (outcome.error, LANYARD_ERROR, LANYARD_ERROR_FAILED);
  g_assert_nonnull (strstr (outcome.error->message, "No program for https"));
  g_assert_finalize_object (g_steal_pointer (&consent));
}

static void
test_browser_consent_late (void)
{
  g_autoptr (LanyardConsent) consent = create_consent (open_cb, 100);
  g_autofree char *redirect_uri = prepare (consent, "http://127.0.0.1/callback");
  g_auto (Outcome) outcome = { FALSE };

  run (consent, PAGE, NULL, &outcome);
  wait_for (&outcome);
  g_assert_error (outcome.error, LANYARD_ERROR, LANYARD_ERROR_NETWORK);
  g_assert_nonnull (strstr (outcome.error->message, "Example"));
  g_assert_finalize_object (g_steal_pointer (&consent));
}

static void
test_browser_consent_cancelled (void)
{
  g_autoptr (LanyardConsent) consent = create_consent (open_cb, 10000);
  g_autofree char *redirect_uri = prepare (consent, "http://127.0.0.1/callback");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Outcome) outcome = { FALSE };
  g_auto (Outcome) again = { FALSE };

  run (consent, PAGE, cancellable, &outcome);
  g_cancellable_cancel (cancellable);
  wait_for (&outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  run (consent, PAGE, cancellable, &again);
  wait_for (&again);
  g_assert_error (again.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_finalize_object (g_steal_pointer (&consent));
}

static void
status_cb (LanyardConsent *consent, const char *status, GPtrArray *statuses)
{
  g_ptr_array_add (statuses, g_strdup (status));
}

static void
test_browser_consent_answer (void)
{
  g_autoptr (LanyardConsent) consent = create_consent (open_cb, 10000);
  g_autofree char *redirect_uri = prepare (consent, "http://localhost/callback");
  g_autoptr (GPtrArray) statuses = g_ptr_array_new_with_free_func (g_free);
  g_auto (Outcome) outcome = { FALSE };

  redirected_to = g_strconcat (redirect_uri, "?code=1&state=2", NULL);
  g_signal_connect (consent, "status", G_CALLBACK (status_cb), statuses);
  run (consent, PAGE, NULL, &outcome);
  wait_for (&outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpstr (outcome.text, ==, redirected_to);
  g_assert_cmpstr (opened, ==, PAGE);
  g_assert_cmpuint (statuses->len, ==, 2);
  g_assert_finalize_object (g_steal_pointer (&consent));
}

/* The same port serves the next attempt, also while the consent before is still there. */
static void
test_browser_consent_again (void)
{
  g_autoptr (LanyardConsent) consent = create_consent (open_cb, 10000);
  g_autofree char *first = prepare (consent, "http://127.0.0.1/callback");
  g_autofree char *second = prepare (consent, first);

  g_assert_cmpstr (second, ==, first);
  g_assert_finalize_object (g_steal_pointer (&consent));
}

#define ADD(name, function) g_test_add_func ("/net/browser-consent/" name, function)

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);

  ADD ("redirect-refused", test_browser_consent_redirect_refused);
  ADD ("page-refused", test_browser_consent_page_refused);
  ADD ("no-browser", test_browser_consent_no_browser);
  ADD ("late", test_browser_consent_late);
  ADD ("cancelled", test_browser_consent_cancelled);
  ADD ("answer", test_browser_consent_answer);
  ADD ("again", test_browser_consent_again);

  result = g_test_run ();
  g_free (opened);
  g_free (redirected_to);
  return result;
}
