/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-web-page-private.h"

#include "lanyard-web-policy.h"

/* As many windows as a page may open in one attempt; a sign-in needs one or two. */
#define MAX_POPUPS 10

static void
check_refusal (LanyardWebPage *self)
{
  const char *uri = webkit_web_view_get_uri (self->view);

  if (uri != NULL && lanyard_web_policy_is_refusal (uri))
    lanyard_web_page_tell_refused (self);
}

/* What happens in a window that the page opened is as good as if it happened in the page. */
static void
popup_redirected_cb (LanyardWebPage *self, const char *uri)
{
  lanyard_web_gate_check (self->gate, uri);
}

static GtkWidget *
create_cb (LanyardWebPage *self, WebKitNavigationAction *action)
{
  WebKitURIRequest *request = webkit_navigation_action_get_request (action);
  const char *asked = webkit_uri_request_get_uri (request);
  /* A window without an address is an empty one. */
  const char *uri = asked == NULL || *asked == '\0' ? "about:blank" : asked;
  g_autoptr (LanyardWebPage) popup = NULL;

  if (!lanyard_web_gate_check (self->gate, uri) ||
      !webkit_navigation_action_is_user_gesture (action) || self->n_popups >= MAX_POPUPS)
    return NULL;

  popup = g_object_ref_sink (g_object_new (LANYARD_TYPE_WEB_PAGE, "opener", self, NULL));
  lanyard_web_page_set_site (popup, LANYARD_SITE_CONNECTING, uri, NULL, NULL);
  g_signal_connect_object (popup, "redirected", G_CALLBACK (popup_redirected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (popup, "embedding-refused", G_CALLBACK (lanyard_web_page_tell_refused),
                           self, G_CONNECT_SWAPPED);
  self->n_popups++;
  lanyard_web_page_tell_popup (self, popup);
  /* Without a window nobody but us has it, and the page is told that it was not opened. */
  return gtk_widget_get_root (GTK_WIDGET (popup)) != NULL ? GTK_WIDGET (popup->view) : NULL;
}

static void
load_changed_cb (LanyardWebPage *self, WebKitLoadEvent event)
{
  if (event != WEBKIT_LOAD_COMMITTED)
    return;

  self->has_page = TRUE;
  g_clear_pointer (&self->retry_uri, g_free);
  lanyard_web_page_update_site (self);
  check_refusal (self);
  lanyard_web_page_show_view (self);
}

/* Pages change their address without being loaded anew, too. */
static void
uri_changed_cb (LanyardWebPage *self)
{
  if (self->has_page && !webkit_web_view_is_loading (self->view))
    check_refusal (self);
}

static void
progress_changed_cb (LanyardWebPage *self)
{
  gtk_progress_bar_set_fraction (self->progress_bar,
                                 webkit_web_view_get_estimated_load_progress (self->view));
}

static void
is_loading_changed_cb (LanyardWebPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), webkit_web_view_is_loading (self->view));
  lanyard_web_page_tell_loading (self);
}

/* What was sent by a form is not sent again behind the person's back: the form is gone back to. */
static const char *
get_retry_uri (LanyardWebPage *self, const char *failing_uri)
{
  if (!self->has_page || lanyard_web_gate_is_repeatable (self->gate, failing_uri))
    return failing_uri;
  return NULL;
}

static gboolean
load_failed_cb (LanyardWebPage *self, WebKitLoadEvent event, const char *uri, const GError *cause)
{
  g_autoptr (LanyardWebProblem) problem = NULL;

  /* It was us who stopped it, and said why. */
  if (lanyard_web_gate_is_shut (self->gate) || cause->domain == WEBKIT_POLICY_ERROR)
    return TRUE;

  if (g_error_matches (cause, WEBKIT_NETWORK_ERROR, WEBKIT_NETWORK_ERROR_CANCELLED))
    {
      if (self->has_page)
        return TRUE;
      problem = lanyard_web_problem_new_stopped ();
    }
  else
    problem = lanyard_web_problem_new_unreached (cause, uri);

  lanyard_web_page_set_site (self, LANYARD_SITE_UNREACHED, uri, NULL, NULL);
  lanyard_web_page_show_problem (self, problem, get_retry_uri (self, uri));
  return TRUE;
}

static gboolean
load_failed_with_tls_errors_cb (LanyardWebPage *self,
                                const char *uri,
                                GTlsCertificate *certificate,
                                GTlsCertificateFlags flags)
{
  g_autoptr (LanyardWebProblem) problem =
    lanyard_web_problem_new_untrusted (certificate, flags, uri);

  lanyard_web_page_set_site (self, LANYARD_SITE_UNTRUSTED, uri, certificate, problem->description);
  lanyard_web_page_show_problem (self, problem, get_retry_uri (self, uri));
  return TRUE;
}

static void
insecure_content_cb (LanyardWebPage *self)
{
  const char *uri = webkit_web_view_get_uri (self->view);
  GTlsCertificate *certificate = NULL;
  GTlsCertificateFlags flags;

  webkit_web_view_get_tls_info (self->view, &certificate, &flags);
  lanyard_web_page_set_site (self, LANYARD_SITE_MIXED, uri, certificate, NULL);
  g_set_object (&self->page_site, self->site);
}

static void
web_process_terminated_cb (LanyardWebPage *self)
{
  g_autoptr (LanyardWebProblem) problem = lanyard_web_problem_new_crashed ();
  g_autofree char *uri = g_strdup (webkit_web_view_get_uri (self->view));

  self->has_page = FALSE;
  lanyard_web_page_show_problem (self, problem, uri != NULL ? uri : self->start_uri);
}

/* Only a window that a page opened can be closed by it. */
static void
close_cb (LanyardWebPage *self)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->start_uri == NULL && window != NULL)
    gtk_window_destroy (GTK_WINDOW (window));
}

void
lanyard_web_page_connect_view (LanyardWebPage *self)
{
  static const struct
  {
    const char *name;
    GCallback callback;
  } handlers[] = {
    { "create", G_CALLBACK (create_cb) },
    { "load-changed", G_CALLBACK (load_changed_cb) },
    { "load-failed", G_CALLBACK (load_failed_cb) },
    { "load-failed-with-tls-errors", G_CALLBACK (load_failed_with_tls_errors_cb) },
    { "web-process-terminated", G_CALLBACK (web_process_terminated_cb) },
    { "close", G_CALLBACK (close_cb) },
    { "notify::uri", G_CALLBACK (uri_changed_cb) },
    { "notify::estimated-load-progress", G_CALLBACK (progress_changed_cb) },
    { "notify::is-loading", G_CALLBACK (is_loading_changed_cb) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->view, handlers[i].name, handlers[i].callback, self,
                             G_CONNECT_SWAPPED);
  /* Newer releases load no such content, and have no signal for it. */
  if (g_signal_lookup ("insecure-content-detected", WEBKIT_TYPE_WEB_VIEW) != 0)
    g_signal_connect_object (self->view, "insecure-content-detected",
                             G_CALLBACK (insecure_content_cb), self, G_CONNECT_SWAPPED);
}
