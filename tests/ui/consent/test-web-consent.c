/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-web-fixture.h"

#define PRIVATE "io.github.lanyard.test:/callback"

/* Shows a page of the fixture. */
static void
run_page (WebFixture *fixture, const char *path)
{
  g_autofree char *uri = web_fixture_dup_uri (fixture, path);

  web_fixture_run (fixture, uri, NULL);
  web_fixture_wait_for_page (fixture, path);
}

static void
check_answer (WebFixture *fixture, const char *expected)
{
  web_fixture_wait (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->answer, ==, expected);
  /* It was caught before anybody was asked for it. */
  g_assert_cmpuint (web_fixture_count (fixture, "/callback"), ==, 0);
}

static void
click (WebFixture *fixture, const char *id)
{
  g_autofree char *script = g_strdup_printf ("document.getElementById('%s').click(); 1", id);
  g_autofree char *value = web_fixture_evaluate (fixture, script);
}

static void
test_web_consent_page_refused (WebFixture *fixture, gconstpointer data)
{
  const char *const uris[] = { "http://login.example/", "file:///etc/passwd", "data:text/html,x",
                               "about:blank" };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      web_fixture_run (fixture, uris[i], NULL);
      web_fixture_wait (fixture);
      g_assert_error (fixture->error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_assert_cmpuint (web_fixture_get_n_windows (), ==, 0);
    }
}

typedef struct
{
  gboolean is_done;
  char *text;
  GError *error;
} Preparation;

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Preparation *preparation = user_data;

  preparation->text =
    lanyard_consent_prepare_finish (LANYARD_CONSENT (source), result, &preparation->error);
  preparation->is_done = TRUE;
}

static void
test_web_consent_prepare (WebFixture *fixture, gconstpointer data)
{
  const char *const uris[] = { "http://127.0.0.1/callback", "http://127.0.0.1:8400/callback",
                               "https://app.example/callback", PRIVATE };
  Preparation refused = { FALSE, NULL, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      Preparation preparation = { FALSE, NULL, NULL };

      lanyard_consent_prepare_async (fixture->consent, uris[i], NULL, prepared_cb, &preparation);
      web_fixture_wait_until (&preparation.is_done);
      g_assert_no_error (preparation.error);
      g_assert_cmpstr (preparation.text, ==, uris[i]);
      g_free (preparation.text);
    }

  lanyard_consent_prepare_async (fixture->consent, "http://app.example/", NULL, prepared_cb,
                                 &refused);
  web_fixture_wait_until (&refused.is_done);
  g_assert_error (refused.error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_clear_error (&refused.error);
}

static void
test_web_consent_sign_in (WebFixture *fixture, gconstpointer data)
{
  g_autofree char *expected = g_strconcat (fixture->redirect_uri, "?code=1&state=a%20b", NULL);
  g_autofree char *value = NULL;

  run_page (fixture, "/sign-in");
  value = web_fixture_evaluate (fixture, "document.getElementById('name').value = 'demo';"
                                         "document.getElementById('word').value = 's3cret'");
  click (fixture, "go");
  check_answer (fixture, expected);
}

/* One way to the redirect URI after the other, each in a window of its own. */
static void
check_ways (WebFixture *fixture, const char *redirect_uri)
{
  const char *const ways[][2] = {
    { "/to", NULL },   { "/script", NULL },   { "/link", "link" },
    { "/post", "go" }, { "/link", "window" },
  };
  g_autofree char *target = g_strconcat (redirect_uri, "?code=1&state=a%2Bb", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *uri = web_fixture_dup_way (fixture, ways[i][0], target);

      g_test_message ("%s %s", ways[i][0], redirect_uri);
      web_fixture_run (fixture, uri, redirect_uri);
      if (ways[i][1] != NULL)
        {
          web_fixture_wait_for_page (fixture, ways[i][0]);
          click (fixture, ways[i][1]);
        }
      check_answer (fixture, target);
    }
}

static void
test_web_consent_loopback_redirect (WebFixture *fixture, gconstpointer data)
{
  check_ways (fixture, fixture->redirect_uri);
}

static void
test_web_consent_private_redirect (WebFixture *fixture, gconstpointer data)
{
  check_ways (fixture, PRIVATE);
}

static void
test_web_consent_web_redirect (WebFixture *fixture, gconstpointer data)
{
  check_ways (fixture, "https://app.example/callback");
}

/* What a malicious page could send the person to, to be taken for the answer. */
static void
test_web_consent_lookalikes (WebFixture *fixture, gconstpointer data)
{
  WebFixture other = { NULL };
  g_autofree char *foreign = NULL;
  g_autofree char *as_name = NULL;
  g_autofree char *localhost =
    g_strdup_printf ("http://localhost:%u/callback?code=1", fixture->port);
  g_autofree char *longer = g_strconcat (fixture->redirect_uri, "2?code=1", NULL);
  g_autofree char *slashed = g_strconcat (fixture->redirect_uri, "/?code=1", NULL);
  g_autofree char *right = g_strconcat (fixture->redirect_uri, "?code=right", NULL);
  const char *pages[][2] = {
    { NULL, "/callback" },    { NULL, "/callback" },     { localhost, "/callback" },
    { longer, "/callback2" }, { slashed, "/callback/" },
  };

  web_fixture_set_up (&other, NULL);
  foreign = web_fixture_dup_uri (&other, "/callback?code=1");
  pages[0][0] = foreign;
  as_name =
    g_strdup_printf ("http://127.0.0.1:%u@127.0.0.1:%u/callback?code=1", fixture->port, other.port);
  pages[1][0] = as_name;
  run_page (fixture, "/page");
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      const char *target = pages[i][0];
      g_autofree char *way = web_fixture_dup_way (fixture, "/to", target);
      g_autofree char *script = g_strdup_printf ("location.href = '%s'", way);
      g_autofree char *value = web_fixture_evaluate (fixture, script);

      g_test_message ("%s", target);
      /* The first two look the same from outside, so each must have arrived. */
      while (i < 2 && web_fixture_count (&other, "/callback") <= i)
        web_fixture_pass_time (10);
      web_fixture_wait_for_page (fixture, pages[i][1]);
      g_assert_false (fixture->is_done);
    }
  g_hash_table_remove_all (fixture->requests);

  {
    g_autofree char *script = g_strdup_printf ("location.href = '%s'", right);
    g_autofree char *value = web_fixture_evaluate (fixture, script);
  }
  check_answer (fixture, right);
  g_assert_cmpuint (web_fixture_count (&other, "/callback"), ==, 2);
  web_fixture_tear_down (&other, NULL);
}

/* Only the first answer counts, whatever the page does behind it. */
static void
test_web_consent_first_answer (WebFixture *fixture, gconstpointer data)
{
  g_autofree char *first = g_strconcat (fixture->redirect_uri, "?code=1", NULL);
  g_autofree char *script = g_strdup_printf (
    "location.href = '%s'; setTimeout (() => location.href = '%s2', 0); 1", first, first);
  g_autofree char *value = NULL;

  run_page (fixture, "/page");
  value = web_fixture_evaluate (fixture, script);
  web_fixture_wait (fixture);
  g_assert_no_error (fixture->error);
  g_assert_true (g_str_has_prefix (fixture->answer, first));
  g_assert_cmpuint (web_fixture_count (fixture, "/callback"), ==, 0);
}

static gboolean
is_browser_requested (WebFixture *fixture)
{
  gboolean value;

  g_object_get (fixture->consent, "browser-requested", &value, NULL);
  return value;
}

static void
test_web_consent_cancelled (WebFixture *fixture, gconstpointer data)
{
  run_page (fixture, "/page");
  gtk_widget_activate_action (GTK_WIDGET (web_fixture_get_page (fixture)), "window.close", NULL);
  web_fixture_wait (fixture);
  g_assert_error (fixture->error, LANYARD_ERROR, LANYARD_ERROR_CANCELLED);
  g_assert_false (is_browser_requested (fixture));
  g_assert_cmpuint (web_fixture_get_n_windows (), ==, 0);
}

static void
test_web_consent_cancelled_while_loading (WebFixture *fixture, gconstpointer data)
{
  g_autofree char *uri = web_fixture_dup_uri (fixture, "/endless");

  web_fixture_run (fixture, uri, NULL);
  web_fixture_pass_time (500);
  gtk_widget_activate_action (GTK_WIDGET (web_fixture_get_page (fixture)), "window.close", NULL);
  web_fixture_wait (fixture);
  g_assert_error (fixture->error, LANYARD_ERROR, LANYARD_ERROR_CANCELLED);
}

static void
test_web_consent_cancelled_by_program (WebFixture *fixture, gconstpointer data)
{
  run_page (fixture, "/page");
  g_cancellable_cancel (fixture->cancellable);
  web_fixture_wait (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (web_fixture_get_n_windows (), ==, 0);

  web_fixture_run (fixture, "https://login.example/", NULL);
  web_fixture_wait (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_web_consent_parent_gone (WebFixture *fixture, gconstpointer data)
{
  GtkWindow *parent = GTK_WINDOW (adw_window_new ());
  g_autofree char *uri = web_fixture_dup_uri (fixture, "/endless");

  g_object_unref (fixture->consent);
  fixture->consent = g_object_new (LANYARD_TYPE_WEB_CONSENT, "parent", parent, NULL);
  gtk_window_present (parent);
  web_fixture_run (fixture, uri, NULL);
  g_assert_cmpuint (web_fixture_get_n_windows (), ==, 2);
  gtk_window_destroy (parent);
  web_fixture_wait (fixture);
  g_assert_error (fixture->error, LANYARD_ERROR, LANYARD_ERROR_CANCELLED);
}

static void
test_web_consent_browser (WebFixture *fixture, gconstpointer data)
{
  run_page (fixture, "/page");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (web_fixture_get_page (fixture)),
                                             "consent.open-in-browser", NULL));
  web_fixture_wait (fixture);
  g_assert_error (fixture->error, LANYARD_ERROR, LANYARD_ERROR_CANCELLED);
  g_assert_true (is_browser_requested (fixture));
}

/* The browser could not bring such an answer back. */
static void
test_web_consent_no_browser (WebFixture *fixture, gconstpointer data)
{
  g_autofree char *uri = web_fixture_dup_uri (fixture, "/page");

  web_fixture_run (fixture, uri, PRIVATE);
  web_fixture_wait_for_page (fixture, "/page");
  gtk_widget_activate_action (GTK_WIDGET (web_fixture_get_page (fixture)),
                              "consent.open-in-browser", NULL);
  web_fixture_pass_time (100);
  g_assert_false (fixture->is_done);
}

static void
ran_twice_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Preparation *second = user_data;

  second->text = lanyard_consent_run_finish (LANYARD_CONSENT (source), result, &second->error);
  second->is_done = TRUE;
}

static void
test_web_consent_twice (WebFixture *fixture, gconstpointer data)
{
  const LanyardConsentRequest request = { "Work", "Example", "https://login.example/", PRIVATE };
  Preparation second = { FALSE, NULL, NULL };

  run_page (fixture, "/page");
  lanyard_consent_run_async (fixture->consent, &request, NULL, ran_twice_cb, &second);
  web_fixture_wait_until (&second.is_done);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_assert_false (fixture->is_done);
  g_clear_error (&second.error);
}

/* Who signed in in one attempt is unknown to the next. */
static void
test_web_consent_forgets (WebFixture *fixture, gconstpointer data)
{
  g_autofree char *kept = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  run_page (fixture, "/page");
  kept = web_fixture_evaluate (fixture, "document.cookie = 'id=1'; localStorage.id = '1'; 1");
  first = web_fixture_evaluate (fixture, "document.cookie + localStorage.id");
  g_assert_cmpstr (first, ==, "id=11");
  gtk_widget_activate_action (GTK_WIDGET (web_fixture_get_page (fixture)), "window.close", NULL);
  web_fixture_wait (fixture);

  run_page (fixture, "/page");
  second = web_fixture_evaluate (fixture, "document.cookie + localStorage.id");
  g_assert_cmpstr (second, ==, "undefined");
}

#define ADD(name, function)                                                                 \
  g_test_add ("/consent/web-consent/" name, WebFixture, NULL, web_fixture_set_up, function, \
              web_fixture_tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("page-refused", test_web_consent_page_refused);
  ADD ("prepare", test_web_consent_prepare);
  ADD ("sign-in", test_web_consent_sign_in);
  ADD ("loopback-redirect", test_web_consent_loopback_redirect);
  ADD ("private-redirect", test_web_consent_private_redirect);
  ADD ("web-redirect", test_web_consent_web_redirect);
  ADD ("lookalikes", test_web_consent_lookalikes);
  ADD ("first-answer", test_web_consent_first_answer);
  ADD ("cancelled", test_web_consent_cancelled);
  ADD ("cancelled-while-loading", test_web_consent_cancelled_while_loading);
  ADD ("cancelled-by-program", test_web_consent_cancelled_by_program);
  ADD ("parent-gone", test_web_consent_parent_gone);
  ADD ("browser", test_web_consent_browser);
  ADD ("no-browser", test_web_consent_no_browser);
  ADD ("twice", test_web_consent_twice);
  ADD ("forgets", test_web_consent_forgets);

  return g_test_run ();
}
