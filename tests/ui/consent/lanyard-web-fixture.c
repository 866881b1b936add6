/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-web-fixture.h"

#include <adwaita.h>
#include <string.h>

/* Starting a web process takes a while on a busy computer. */
#define PATIENCE_MS 30000

static const char *const static_pages[][2] = {
  { "/page", "<h1>A page</h1>" },
  { "/sign-in", "<form method=post action=/sign-in><input id=name name=name><input id=word "
                "type=password name=word><button id=go>Sign in</button></form>" },
};

static void
answer_html (SoupServerMessage *message, const char *body)
{
  g_autofree char *page =
    g_strdup_printf ("<!DOCTYPE html><meta charset=utf-8><title>Test</title>%s", body);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, page,
                                    strlen (page));
}

static void
answer_file (SoupServerMessage *message, const char *content_type)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, content_type, SOUP_MEMORY_STATIC, "PK", 2);
}

/* Pages that lead elsewhere: the target is in the query, and is ours, so it needs no escaping. */
static void
answer_way (SoupServerMessage *message, const char *path, const char *target)
{
  g_autofree char *body = NULL;

  if (g_str_equal (path, "/to") || g_str_equal (soup_server_message_get_method (message), "POST"))
    {
      soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, target);
      return;
    }
  if (g_str_equal (path, "/script"))
    body = g_strdup_printf ("<script>location.href = '%s'</script>", target);
  else if (g_str_equal (path, "/link"))
    body = g_strdup_printf ("<a id=link href='%s'>here</a> <a id=window target=_blank "
                            "rel=opener href='%s'>there</a>",
                            target, target);
  else
    body = g_strdup_printf ("<form method=post><button id=go>Go</button></form>");
  answer_html (message, body);
}

static gboolean
answer_static (SoupServerMessage *message, const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (static_pages); i++)
    if (g_str_equal (path, static_pages[i][0]))
      {
        answer_html (message, static_pages[i][1]);
        return TRUE;
      }
  return FALSE;
}

/* A sign-in as it is everywhere: the form, a cookie, and away to the application. */
static void
answer_sign_in (WebFixture *fixture, SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *target = NULL;

  g_assert_cmpstr (body->data, ==, "name=demo&word=s3cret");
  target = g_strconcat (fixture->redirect_uri, "?code=1&state=a%20b", NULL);
  soup_message_headers_append (soup_server_message_get_response_headers (message), "Set-Cookie",
                               "session=1; HttpOnly");
  soup_server_message_set_redirect (message, SOUP_STATUS_SEE_OTHER, target);
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  WebFixture *fixture = user_data;
  const char *query_text = g_uri_get_query (soup_server_message_get_uri (message));
  g_autofree char *target = g_uri_unescape_string (query_text != NULL ? query_text : "", NULL);
  gboolean is_post = g_str_equal (soup_server_message_get_method (message), "POST");
  const char *const ways[] = { "/to", "/script", "/link", "/post", NULL };

  g_hash_table_insert (fixture->requests, g_strdup (path),
                       GUINT_TO_POINTER (web_fixture_count (fixture, path) + 1));
  if (is_post && g_str_equal (path, "/sign-in"))
    answer_sign_in (fixture, message);
  else if (g_strv_contains (ways, path))
    answer_way (message, path, target);
  else if (g_str_equal (path, "/file"))
    {
      soup_message_headers_append (soup_server_message_get_response_headers (message),
                                   "Content-Disposition", "attachment; filename=\"a.html\"");
      answer_file (message, "text/html");
    }
  else if (g_str_equal (path, "/zip"))
    answer_file (message, "application/zip");
  else if (g_str_equal (path, "/endless"))
    soup_server_message_pause (message);
  else if (!answer_static (message, path))
    answer_html (message, "<h1>Another page</h1>");
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WebFixture *fixture = user_data;

  fixture->answer = lanyard_consent_run_finish (LANYARD_CONSENT (source), result, &fixture->error);
  fixture->is_done = TRUE;
}

void
web_fixture_set_up (WebFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  fixture->requests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, request_cb, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  fixture->port = (guint16)g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);

  fixture->redirect_uri = web_fixture_dup_uri (fixture, "/callback");
  fixture->consent = g_object_new (LANYARD_TYPE_WEB_CONSENT, NULL);
  fixture->cancellable = g_cancellable_new ();
}

static void
remember_view (WebFixture *fixture)
{
  WebKitWebView *view = web_fixture_get_view (fixture);

  g_set_weak_pointer (&fixture->view, view);
  g_set_weak_pointer (&fixture->session, webkit_web_view_get_network_session (view));
  g_set_weak_pointer (&fixture->context, webkit_web_view_get_context (view));
}

void
web_fixture_tear_down (WebFixture *fixture, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + 20 * G_TIME_SPAN_SECOND;

  /* Ends a run that the test left open. */
  g_cancellable_cancel (fixture->cancellable);
  while ((fixture->view != NULL || fixture->session != NULL || fixture->context != NULL ||
          G_OBJECT (fixture->consent)->ref_count > 1) &&
         g_get_monotonic_time () < end)
    web_fixture_pass_time (10);
  g_assert_null (fixture->view);
  g_assert_null (fixture->session);
  g_assert_null (fixture->context);
  g_assert_cmpuint (web_fixture_get_n_windows (), ==, 0);
  g_assert_finalize_object (fixture->consent);

  soup_server_disconnect (fixture->server);
  g_object_unref (fixture->server);
  g_hash_table_unref (fixture->requests);
  g_free (fixture->redirect_uri);
  g_free (fixture->answer);
  g_clear_error (&fixture->error);
  g_object_unref (fixture->cancellable);
}

char *
web_fixture_dup_uri (WebFixture *fixture, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", fixture->port, path);
}

char *
web_fixture_dup_way (WebFixture *fixture, const char *path, const char *target)
{
  g_autofree char *escaped = g_uri_escape_string (target, NULL, FALSE);

  return g_strdup_printf ("http://127.0.0.1:%u%s?%s", fixture->port, path, escaped);
}

void
web_fixture_run (WebFixture *fixture, const char *uri, const char *redirect_uri)
{
  const LanyardConsentRequest request = {
    "Work calendar",
    "Example",
    uri,
    redirect_uri != NULL ? redirect_uri : fixture->redirect_uri,
  };

  g_clear_pointer (&fixture->answer, g_free);
  g_clear_error (&fixture->error);
  fixture->is_done = FALSE;
  lanyard_consent_run_async (fixture->consent, &request, fixture->cancellable, ran_cb, fixture);
  if (web_fixture_find_widget (WEBKIT_TYPE_WEB_VIEW) != NULL)
    remember_view (fixture);
}

static gboolean
time_is_up_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

void
web_fixture_pass_time (guint milliseconds)
{
  gboolean is_over = FALSE;

  g_timeout_add (milliseconds, time_is_up_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

void
web_fixture_wait_until (const gboolean *condition)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;

  while (!*condition)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      web_fixture_pass_time (10);
    }
}

static gboolean
has_problem (WebFixture *fixture)
{
  gboolean value;

  g_object_get (web_fixture_get_page (fixture), "has-problem", &value, NULL);
  return value;
}

/* Says where a run stands that does not come to its end. */
static void
report (WebFixture *fixture)
{
  WebKitWebView *view = web_fixture_get_view (fixture);
  GtkWidget *status_page = web_fixture_find_widget (ADW_TYPE_STATUS_PAGE);
  GHashTableIter iter;
  gpointer path;

  g_test_message ("at %s, loading %d, problem %d: %s", webkit_web_view_get_uri (view),
                  webkit_web_view_is_loading (view), has_problem (fixture),
                  adw_status_page_get_description (ADW_STATUS_PAGE (status_page)));
  g_hash_table_iter_init (&iter, fixture->requests);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_test_message ("asked for %s", (const char *)path);
}

void
web_fixture_wait (WebFixture *fixture)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;

  while (!fixture->is_done)
    {
      if (g_get_monotonic_time () >= end)
        {
          report (fixture);
          g_test_fail_printf ("The run does not end");
          g_abort ();
        }
      web_fixture_pass_time (10);
    }
  if (fixture->error != NULL)
    g_test_message ("%s", fixture->error->message);
}

static gboolean
is_at (WebFixture *fixture, const char *path)
{
  WebKitWebView *view = web_fixture_get_view (fixture);
  const char *uri = view != NULL ? webkit_web_view_get_uri (view) : NULL;
  g_autoptr (GUri) parsed = uri != NULL ? g_uri_parse (uri, G_URI_FLAGS_ENCODED, NULL) : NULL;

  return parsed != NULL && g_str_equal (g_uri_get_path (parsed), path) &&
         !webkit_web_view_is_loading (view) && gtk_widget_get_mapped (GTK_WIDGET (view));
}

void
web_fixture_wait_for_page (WebFixture *fixture, const char *path)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;

  while (!is_at (fixture, path))
    {
      g_assert_cmpstr (fixture->answer, ==, NULL);
      g_assert_false (fixture->is_done);
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      web_fixture_pass_time (10);
    }
  g_assert_false (has_problem (fixture));
}

const char *
web_fixture_wait_for_problem (WebFixture *fixture)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;
  AdwStatusPage *status_page;

  while (!has_problem (fixture))
    {
      g_assert_false (fixture->is_done);
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      web_fixture_pass_time (10);
    }
  status_page = ADW_STATUS_PAGE (web_fixture_find_widget (ADW_TYPE_STATUS_PAGE));
  g_test_message ("%s", adw_status_page_get_description (status_page));
  return adw_status_page_get_description (status_page);
}

guint
web_fixture_count (WebFixture *fixture, const char *path)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (fixture->requests, path));
}

guint
web_fixture_get_n_windows (void)
{
  return g_list_model_get_n_items (gtk_window_get_toplevels ());
}

static GtkWidget *
find_within (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_within (child, type);
  return found;
}

GtkWidget *
web_fixture_find_widget (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *newest = NULL;
  GtkWidget *found = NULL;

  /* The newest is the one that belongs to another, or the only one. */
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (newest == NULL || gtk_window_get_transient_for (window) == GTK_WINDOW (newest))
        newest = GTK_WIDGET (window);
    }
  if (newest != NULL)
    found = find_within (newest, type);
  return found;
}

LanyardWebPage *
web_fixture_get_page (WebFixture *fixture)
{
  return LANYARD_WEB_PAGE (web_fixture_find_widget (LANYARD_TYPE_WEB_PAGE));
}

WebKitWebView *
web_fixture_get_view (WebFixture *fixture)
{
  return WEBKIT_WEB_VIEW (web_fixture_find_widget (WEBKIT_TYPE_WEB_VIEW));
}

typedef struct
{
  gboolean is_done;
  gboolean is_abandoned;
  char *text;
} Evaluation;

static void
evaluated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Evaluation *evaluation = user_data;
  g_autoptr (JSCValue) value = NULL;

  /* A page that goes away while its script runs gives no value, and none is wanted. */
  value = webkit_web_view_evaluate_javascript_finish (WEBKIT_WEB_VIEW (source), result, NULL);
  evaluation->text = value != NULL ? jsc_value_to_string (value) : NULL;
  evaluation->is_done = TRUE;
  if (evaluation->is_abandoned)
    {
      g_free (evaluation->text);
      g_free (evaluation);
    }
}

char *
web_fixture_evaluate (WebFixture *fixture, const char *script)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;
  Evaluation *evaluation = g_new0 (Evaluation, 1);
  char *text;

  webkit_web_view_evaluate_javascript (web_fixture_get_view (fixture), script, -1, NULL, NULL, NULL,
                                       evaluated_cb, evaluation);
  /* A script that ends the run may end its view before it can say so. */
  while (!evaluation->is_done && !fixture->is_done)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      web_fixture_pass_time (10);
    }
  if (!evaluation->is_done)
    {
      evaluation->is_abandoned = TRUE;
      return NULL;
    }
  text = evaluation->text;
  g_free (evaluation);
  return text;
}
