/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-popup-window.h"
#include "lanyard-site-button.h"
#include "lanyard-test-certificates.h"
#include "lanyard-test-peer.h"
#include "lanyard-web-fixture.h"

static void
run_page (WebFixture *fixture, const char *path)
{
  g_autofree char *uri = web_fixture_dup_uri (fixture, path);

  web_fixture_run (fixture, uri, NULL);
  web_fixture_wait_for_page (fixture, path);
}

static void
go_to (WebFixture *fixture, const char *uri)
{
  g_autofree char *script = g_strdup_printf ("location.href = '%s'", uri);
  g_autofree char *value = web_fixture_evaluate (fixture, script);
}

static void
activate (WebFixture *fixture, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (web_fixture_get_page (fixture)), action, NULL);
}

static void
check_site (WebFixture *fixture, LanyardSiteState state, const char *host)
{
  LanyardSite *site = lanyard_web_page_get_site (web_fixture_get_page (fixture));

  g_assert_cmpint (lanyard_site_get_state (site), ==, state);
  if (host != NULL)
    g_assert_cmpstr (lanyard_site_get_host (site), ==, host);
}

static char *
dup_authority (WebFixture *fixture)
{
  return g_strdup_printf ("127.0.0.1:%u", fixture->port);
}

static void
test_web_page_unreached (WebFixture *fixture, gconstpointer data)
{
  LanyardTestPeer *gone = lanyard_test_peer_new (NULL);
  g_autofree char *host = g_strdup_printf ("127.0.0.1:%u", lanyard_test_peer_get_port (gone));
  g_autofree char *uri = g_strdup_printf ("http://%s/page", host);
  g_autoptr (SoupServer) back = NULL;
  guint port = lanyard_test_peer_get_port (gone);

  lanyard_test_peer_free (gone);
  web_fixture_run (fixture, uri, NULL);
  g_assert_nonnull (strstr (web_fixture_wait_for_problem (fixture), host));
  g_assert_nonnull (strstr (web_fixture_wait_for_problem (fixture), "refused the connection"));
  check_site (fixture, LANYARD_SITE_UNREACHED, host);

  /* The person tries again when the server is back. */
  back = soup_server_new (NULL, NULL);
  g_assert_true (soup_server_listen_local (back, port, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  activate (fixture, "page.retry");
  web_fixture_wait_for_page (fixture, "/page");
  check_site (fixture, LANYARD_SITE_LOCAL, host);
}

static void
test_web_page_no_name (WebFixture *fixture, gconstpointer data)
{
  web_fixture_run (fixture, "https://nonexistent.invalid/", NULL);
  g_assert_nonnull (strstr (web_fixture_wait_for_problem (fixture), "nonexistent.invalid"));
  check_site (fixture, LANYARD_SITE_UNREACHED, "nonexistent.invalid");
}

static void
test_web_page_lost (WebFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardTestPeer) peer = lanyard_test_peer_new (NULL);
  g_autofree char *uri = lanyard_test_peer_dup_uri (peer, "127.0.0.1", "/");

  web_fixture_run (fixture, uri, NULL);
  g_assert_nonnull (strstr (web_fixture_wait_for_problem (fixture), "127.0.0.1:"));
  check_site (fixture, LANYARD_SITE_UNREACHED, NULL);
}

static void
test_web_page_stopped (WebFixture *fixture, gconstpointer data)
{
  g_autofree char *uri = web_fixture_dup_uri (fixture, "/endless");
  guint n_requests;

  web_fixture_run (fixture, uri, NULL);
  while (web_fixture_count (fixture, "/endless") == 0)
    web_fixture_pass_time (10);
  activate (fixture, "consent.stop");
  g_assert_nonnull (strstr (web_fixture_wait_for_problem (fixture), "stopped"));

  n_requests = web_fixture_count (fixture, "/endless");
  activate (fixture, "page.retry");
  while (web_fixture_count (fixture, "/endless") == n_requests)
    web_fixture_pass_time (10);
}

/* The data is the name of a certificate that is not to be trusted. */
static void
test_web_page_untrusted (WebFixture *fixture, gconstpointer data)
{
  g_autoptr (GTlsCertificate) certificate = lanyard_test_certificates_load (data);
  g_autoptr (LanyardTestPeer) peer = lanyard_test_peer_new (certificate);
  g_autofree char *uri = lanyard_test_peer_dup_uri (peer, "localhost", "/");
  LanyardSite *site;

  web_fixture_run (fixture, uri, NULL);
  g_assert_nonnull (strstr (web_fixture_wait_for_problem (fixture), "localhost:"));
  check_site (fixture, LANYARD_SITE_UNTRUSTED, NULL);
  site = lanyard_web_page_get_site (web_fixture_get_page (fixture));
  g_assert_nonnull (lanyard_site_get_certificate (site));

  /* Nothing was asked for, and there is no way around. */
  activate (fixture, "page.retry");
  web_fixture_pass_time (500);
  g_assert_nonnull (web_fixture_wait_for_problem (fixture));
  g_assert_cmpuint (lanyard_test_peer_get_n_requests (peer), ==, 0);
}

static void
test_web_page_insecure (WebFixture *fixture, gconstpointer data)
{
  g_autofree char *way = web_fixture_dup_way (fixture, "/to", "http://example.org/phish?a=b");
  g_autofree char *host = dup_authority (fixture);

  run_page (fixture, "/page");
  go_to (fixture, way);
  g_assert_nonnull (strstr (web_fixture_wait_for_problem (fixture), "“http://example.org”"));
  activate (fixture, "page.return");
  web_fixture_wait_for_page (fixture, "/page");
  check_site (fixture, LANYARD_SITE_LOCAL, host);
}

static void
test_web_page_insecure_first (WebFixture *fixture, gconstpointer data)
{
  g_autofree char *way = web_fixture_dup_way (fixture, "/to", "http://example.org/");

  web_fixture_run (fixture, way, NULL);
  g_assert_nonnull (strstr (web_fixture_wait_for_problem (fixture), "“http://example.org”"));
  check_site (fixture, LANYARD_SITE_UNREACHED, NULL);
}

static void
test_web_page_external (WebFixture *fixture, gconstpointer data)
{
  const char *const uris[][2] = {
    { "mailto:a@b.example", "“mailto”" },
    { "io.github.lanyard.test2:/callback?code=1", "“io.github.lanyard.test2”" },
    { "intent://x", "“intent”" },
  };

  run_page (fixture, "/page");
  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      go_to (fixture, uris[i][0]);
      g_assert_nonnull (strstr (web_fixture_wait_for_problem (fixture), uris[i][1]));
      activate (fixture, "page.return");
      web_fixture_wait_for_page (fixture, "/page");
    }
}

/* What a page makes up by itself, and the files of this computer, do not even disturb the person.
 */
static void
test_web_page_ignored (WebFixture *fixture, gconstpointer data)
{
  const char *const scripts[] = {
    "const f = document.createElement ('iframe'); f.src = 'data:text/html,x';"
    "document.body.append (f); 1",
    "location.href = 'data:text/html,<h1>y</h1>'; 1",
    "location.href = URL.createObjectURL (new Blob (['z'], { type: 'text/html' })); 1",
    "location.href = 'file:///etc/hostname'; 1",
  };

  run_page (fixture, "/page");
  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *value = web_fixture_evaluate (fixture, scripts[i]);
      g_autofree char *text = NULL;

      web_fixture_pass_time (300);
      web_fixture_wait_for_page (fixture, "/page");
      text = web_fixture_evaluate (fixture, "document.body.innerText.trim ()");
      g_assert_cmpstr (text, ==, "A page");
    }
}

static void
test_web_page_files (WebFixture *fixture, gconstpointer data)
{
  const char *const paths[] = { "/file", "/zip" };

  run_page (fixture, "/page");
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *uri = web_fixture_dup_uri (fixture, paths[i]);

      go_to (fixture, uri);
      g_assert_nonnull (strstr (web_fixture_wait_for_problem (fixture), "file"));
      activate (fixture, "page.return");
      web_fixture_wait_for_page (fixture, "/page");
    }
}

/* A form whose answer is lost is not sent again: the form is gone back to. */
static void
test_web_page_form_lost (WebFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardTestPeer) peer = lanyard_test_peer_new (NULL);
  g_autofree char *uri = lanyard_test_peer_dup_uri (peer, "127.0.0.1", "/form");
  g_autofree char *script = g_strdup_printf ("const f = document.createElement ('form');"
                                             "f.method = 'post'; f.action = '%s';"
                                             "document.body.append (f); f.submit (); 1",
                                             uri);
  g_autofree char *value = NULL;

  run_page (fixture, "/page");
  value = web_fixture_evaluate (fixture, script);
  web_fixture_wait_for_problem (fixture);
  g_assert_cmpuint (lanyard_test_peer_get_n_requests (peer), ==, 1);
  activate (fixture, "page.return");
  web_fixture_wait_for_page (fixture, "/page");
  g_assert_cmpuint (lanyard_test_peer_get_n_requests (peer), ==, 1);
}

/* A page must not pass for another by asking for it. */
static void
test_web_page_site_is_shown (WebFixture *fixture, gconstpointer data)
{
  g_autofree char *host = dup_authority (fixture);
  g_autofree char *endless = g_strdup_printf ("http://localhost:%u/endless", fixture->port);

  run_page (fixture, "/page");
  check_site (fixture, LANYARD_SITE_LOCAL, host);
  go_to (fixture, endless);
  while (web_fixture_count (fixture, "/endless") == 0 ||
         !lanyard_web_page_get_is_loading (web_fixture_get_page (fixture)))
    web_fixture_pass_time (10);
  check_site (fixture, LANYARD_SITE_LOCAL, host);

  activate (fixture, "consent.stop");
  while (lanyard_web_page_get_is_loading (web_fixture_get_page (fixture)))
    web_fixture_pass_time (10);
  check_site (fixture, LANYARD_SITE_LOCAL, host);
  web_fixture_wait_for_page (fixture, "/page");
}

static gboolean
is_refusal_shown (void)
{
  GtkWidget *revealer = web_fixture_find_widget (GTK_TYPE_REVEALER);

  return gtk_revealer_get_reveal_child (GTK_REVEALER (revealer));
}

static void
test_web_page_embedding_refused (WebFixture *fixture, gconstpointer data)
{
  run_page (fixture, "/page");
  g_assert_false (is_refusal_shown ());
  {
    g_autofree char *uri = web_fixture_dup_uri (fixture, "/v3/signin/rejected?a=b");

    go_to (fixture, uri);
  }
  web_fixture_wait_for_page (fixture, "/v3/signin/rejected");
  g_assert_true (is_refusal_shown ());
}

/* The same where the page goes there without being loaded anew. */
static void
test_web_page_embedding_refused_in_page (WebFixture *fixture, gconstpointer data)
{
  g_autofree char *value = NULL;

  run_page (fixture, "/page");
  value =
    web_fixture_evaluate (fixture, "history.pushState ({}, '', '?error=disallowed_useragent'); 1");
  for (guint i = 0; i < 100 && !is_refusal_shown (); i++)
    web_fixture_pass_time (20);
  g_assert_true (is_refusal_shown ());
}

static void
test_web_page_crashed (WebFixture *fixture, gconstpointer data)
{
  run_page (fixture, "/page");
  webkit_web_view_terminate_web_process (web_fixture_get_view (fixture));
  g_assert_nonnull (strstr (web_fixture_wait_for_problem (fixture), "unexpectedly"));
  activate (fixture, "page.retry");
  web_fixture_wait_for_page (fixture, "/page");
}

static void
open_popup (WebFixture *fixture, const char *path)
{
  g_autofree char *script = g_strdup_printf ("window.popup = window.open ('%s', 'w'); 1", path);
  g_autofree char *value = web_fixture_evaluate (fixture, script);

  web_fixture_wait_for_page (fixture, path);
  g_assert_cmpuint (web_fixture_get_n_windows (), ==, 2);
}

static void
wait_for_n_windows (guint n_windows)
{
  for (guint i = 0; i < 500 && web_fixture_get_n_windows () != n_windows; i++)
    web_fixture_pass_time (10);
  g_assert_cmpuint (web_fixture_get_n_windows (), ==, n_windows);
}

static void
test_web_page_popup (WebFixture *fixture, gconstpointer data)
{
  g_autofree char *host = dup_authority (fixture);
  g_autofree char *value = NULL;
  g_autofree char *message = NULL;

  run_page (fixture, "/page");
  value = web_fixture_evaluate (fixture, "window.onmessage = e => { window.got = e.data; }; 1");
  open_popup (fixture, "/sign-in");
  check_site (fixture, LANYARD_SITE_LOCAL, host);

  /* Windows of a sign-in talk to the page that opened them, and close themselves. */
  g_free (web_fixture_evaluate (fixture, "opener.postMessage ('hello', '*');"
                                         "setTimeout (() => window.close (), 100); 1"));
  wait_for_n_windows (1);
  message = web_fixture_evaluate (fixture, "window.got");
  g_assert_cmpstr (message, ==, "hello");

  open_popup (fixture, "/sign-in");
  activate (fixture, "window.close");
  wait_for_n_windows (1);
  g_assert_false (fixture->is_done);
}

/* Some pages open an empty window first, and say later what is to be in it. */
static void
test_web_page_popup_empty (WebFixture *fixture, gconstpointer data)
{
  run_page (fixture, "/page");
  g_free (web_fixture_evaluate (fixture, "window.popup = window.open (); 1"));
  wait_for_n_windows (2);
  g_free (web_fixture_evaluate (fixture, "location.href = opener.location.origin + '/sign-in'; 1"));
  web_fixture_wait_for_page (fixture, "/sign-in");
}

static void
test_web_page_popup_redirected (WebFixture *fixture, gconstpointer data)
{
  g_autofree char *answer = g_strconcat (fixture->redirect_uri, "?code=1", NULL);

  run_page (fixture, "/page");
  open_popup (fixture, "/sign-in");
  go_to (fixture, answer);
  web_fixture_wait (fixture);
  g_assert_cmpstr (fixture->answer, ==, answer);
  g_assert_cmpuint (web_fixture_count (fixture, "/callback"), ==, 0);
  wait_for_n_windows (0);
}

static void
test_web_page_popups_limited (WebFixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *value = NULL;

  /* Nobody pressed anything. */
  run_page (fixture, "/page");
  before = web_fixture_evaluate (fixture, "setTimeout (() => window.open ('/sign-in'), 3000); 1");
  web_fixture_pass_time (4000);
  g_assert_cmpuint (web_fixture_get_n_windows (), ==, 1);

  value = web_fixture_evaluate (fixture, "window.open ('mailto:a@b.example'); 1");
  web_fixture_wait_for_problem (fixture);
  g_assert_cmpuint (web_fixture_get_n_windows (), ==, 1);
}

static void
test_web_page_permissions (WebFixture *fixture, gconstpointer data)
{
  g_autofree char *agent = NULL;
  g_autofree char *value = NULL;
  g_autofree char *code = NULL;
  g_autofree char *devices = NULL;

  run_page (fixture, "/page");
  agent = web_fixture_evaluate (fixture, "navigator.userAgent");
  g_assert_nonnull (strstr (agent, "AppleWebKit/"));
  g_assert_true (g_str_has_suffix (agent, " Lanyard/" LANYARD_VERSION));

  value = web_fixture_evaluate (
    fixture,
    "navigator.geolocation.getCurrentPosition (() => {}, e => { window.code = e.code; }); 1");
  for (guint i = 0; i < 100 && g_strcmp0 (code, "1") != 0; i++)
    {
      web_fixture_pass_time (20);
      g_free (code);
      code = web_fixture_evaluate (fixture, "window.code");
    }
  g_assert_cmpstr (code, ==, "1");

  devices = web_fixture_evaluate (
    fixture, "[typeof navigator.mediaDevices, typeof RTCPeerConnection,"
             " !!document.createElement ('canvas').getContext ('webgl')].join ()");
  g_assert_cmpstr (devices, ==, "undefined,undefined,false");
}

static void
test_web_page_controls (WebFixture *fixture, gconstpointer data)
{
  GtkWidget *button;

  run_page (fixture, "/page");
  button = web_fixture_find_widget (LANYARD_TYPE_SITE_BUTTON);
  g_assert_true (gtk_widget_get_mapped (button));
  activate (fixture, "consent.reload");
  while (web_fixture_count (fixture, "/page") < 2)
    web_fixture_pass_time (10);
  web_fixture_wait_for_page (fixture, "/page");
  {
    g_autofree char *uri = web_fixture_dup_uri (fixture, "/sign-in");

    go_to (fixture, uri);
  }
  web_fixture_wait_for_page (fixture, "/sign-in");
  activate (fixture, "consent.back");
  web_fixture_wait_for_page (fixture, "/page");
}

#define ADD(name, data, function)                                                        \
  g_test_add ("/consent/web-page/" name, WebFixture, data, web_fixture_set_up, function, \
              web_fixture_tear_down)

int
main (int argc, char **argv)
{
  int result;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  lanyard_test_certificates_make ();

  ADD ("unreached", NULL, test_web_page_unreached);
  ADD ("no-name", NULL, test_web_page_no_name);
  ADD ("lost", NULL, test_web_page_lost);
  ADD ("stopped", NULL, test_web_page_stopped);
  ADD ("untrusted/self-signed", "self-signed", test_web_page_untrusted);
  ADD ("untrusted/wrong-host", "wrong-host", test_web_page_untrusted);
  ADD ("untrusted/unknown-issuer", "good", test_web_page_untrusted);
  ADD ("insecure", NULL, test_web_page_insecure);
  ADD ("insecure-first", NULL, test_web_page_insecure_first);
  ADD ("external", NULL, test_web_page_external);
  ADD ("ignored", NULL, test_web_page_ignored);
  ADD ("files", NULL, test_web_page_files);
  ADD ("form-lost", NULL, test_web_page_form_lost);
  ADD ("site-is-shown", NULL, test_web_page_site_is_shown);
  ADD ("embedding-refused", NULL, test_web_page_embedding_refused);
  ADD ("embedding-refused-in-page", NULL, test_web_page_embedding_refused_in_page);
  ADD ("crashed", NULL, test_web_page_crashed);
  ADD ("popup", NULL, test_web_page_popup);
  ADD ("popup-empty", NULL, test_web_page_popup_empty);
  ADD ("popup-redirected", NULL, test_web_page_popup_redirected);
  ADD ("popups-limited", NULL, test_web_page_popups_limited);
  ADD ("permissions", NULL, test_web_page_permissions);
  ADD ("controls", NULL, test_web_page_controls);

  result = g_test_run ();
  lanyard_test_certificates_remove ();
  return result;
}
