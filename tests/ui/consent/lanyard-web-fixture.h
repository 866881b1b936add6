/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>
#include <webkit/webkit.h>

#include "lanyard-web-consent.h"
#include "lanyard-web-page.h"

G_BEGIN_DECLS

/**
 * WebFixture:
 *
 * A provider in this process, with pages for all that can happen, and a consent that shows them in
 * a real web view. It serves these, at 127.0.0.1 and localhost, each with GET but for the last:
 *
 *     /page           a page
 *     /sign-in        a form with the fields #name and #word and a button #go that posts to
 * /sign-in /to?URI         a redirect to URI, in escapes /script?URI     a page that goes to URI by
 * itself /link?URI       a page with a link #link to URI in this window, and #window in another
 *     /post?URI       a page with a form whose button #go posts, and is answered with that redirect
 *     /file /zip      what is to be saved
 *     /endless        an answer that never comes
 *     /callback       the redirect URI of the fixture, which nobody should ever ask for
 *     others          a page that says so
 */
typedef struct
{
  SoupServer *server;
  guint16 port;
  char *redirect_uri;
  /* How often each path was asked for. */
  GHashTable *requests;
  LanyardConsent *consent;
  GCancellable *cancellable;
  /* Of the last run; gone when nobody holds them any more. */
  gpointer view;    /* weak */
  gpointer session; /* weak */
  gpointer context; /* weak */

  /* What came of the run. */
  gboolean is_done;
  char *answer;
  GError *error;
} WebFixture;

void web_fixture_set_up (WebFixture *fixture, gconstpointer data);

/* Checks that nothing is left of view, session and windows. */
void web_fixture_tear_down (WebFixture *fixture, gconstpointer data);

/* Returns: (transfer full): an address of the server */
char *web_fixture_dup_uri (WebFixture *fixture, const char *path);

/* Returns: (transfer full): the address of a page that leads to @target: "/to", "/script"… */
char *web_fixture_dup_way (WebFixture *fixture, const char *path, const char *target);

/* Begins to show @uri; with @redirect_uri %NULL that of the fixture ends it. */
void web_fixture_run (WebFixture *fixture, const char *uri, const char *redirect_uri);

/* Waits until the run is over. */
void web_fixture_wait (WebFixture *fixture);

/* Waits until the page that is seen has this path, and is there as a whole. */
void web_fixture_wait_for_page (WebFixture *fixture, const char *path);

/* Waits until the person is told why there is no page. Returns: what they are told */
const char *web_fixture_wait_for_problem (WebFixture *fixture);

guint web_fixture_count (WebFixture *fixture, const char *path);

/* Returns: (transfer none): the newest page, its view, and a widget within the windows by its id */
LanyardWebPage *web_fixture_get_page (WebFixture *fixture);
WebKitWebView *web_fixture_get_view (WebFixture *fixture);
guint web_fixture_get_n_windows (void);

/* Runs a script in the newest page. Returns: (transfer full): its value as text */
char *web_fixture_evaluate (WebFixture *fixture, const char *script);

/* Lets the main loop run until @condition points to what is true; fails after a while. */
void web_fixture_wait_until (const gboolean *condition);

/* Lets the main loop run for a while. */
void web_fixture_pass_time (guint milliseconds);

/* Walks the windows. Returns: (transfer none) (nullable): the last widget of that type there */
GtkWidget *web_fixture_find_widget (GType type);

G_END_DECLS
