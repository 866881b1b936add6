/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-web-page.h"

#include <glib/gi18n-lib.h>
#include <webkit/webkit.h>

#include "lanyard-secret.h"
#include "lanyard-uri.h"
#include "lanyard-web-lockdown.h"
#include "lanyard-web-policy.h"
#include "lanyard-web-problem.h"

struct _LanyardWebPage
{
  AdwBin parent_instance;

  /* Owned */
  LanyardSite *site;
  char *start_uri;
  char *redirect_uri;
  /* What the page asks for last, and whether asking again does no harm. */
  char *asked_uri;
  gboolean is_asked_safely;
  /* What “Try Again” loads; none when only the page before can be gone back to. */
  char *retry_uri;
  /* The end of it all. */
  char *answer;
  guint answer_source;

  /* Borrowed */
  WebKitWebView *view;

  gboolean has_page;
  gboolean can_use_browser;
  guint n_popups;

  /* Template */
  GtkProgressBar *progress_bar;
  GtkStack *stack;
  AdwBin *view_bin;
  AdwStatusPage *status_page;
  GtkWidget *retry_button;
  GtkWidget *return_button;
  GtkWidget *browser_button;
};

enum
{
  PROP_SITE = 1,
  PROP_IS_LOADING,
  PROP_HAS_PROBLEM,
  PROP_CAN_USE_BROWSER,
  PROP_OPENER,
  N_PROPERTIES
};

enum
{
  SIGNAL_REDIRECTED,
  SIGNAL_POPUP,
  SIGNAL_CLOSED,
  SIGNAL_EMBEDDING_REFUSED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardWebPage, lanyard_web_page, ADW_TYPE_BIN)

/* As many windows as a page may open in one attempt; a sign-in needs one or two. */
#define MAX_POPUPS 10

static void
set_site (LanyardWebPage *self,
          LanyardSiteState state,
          const char *uri,
          GTlsCertificate *certificate,
          const char *problem)
{
  g_clear_object (&self->site);
  self->site = lanyard_site_new (state, uri, certificate, problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SITE]);
}

/* Tells where the page comes from that is there now, not where the next one may come from: else a
 * page could pass for another by asking for it. */
static void
update_site (LanyardWebPage *self)
{
  const char *uri = webkit_web_view_get_uri (self->view);
  GTlsCertificate *certificate = NULL;
  GTlsCertificateFlags flags = G_TLS_CERTIFICATE_NO_FLAGS;

  if (uri == NULL || g_str_has_prefix (uri, "about:"))
    return;
  if (webkit_web_view_get_tls_info (self->view, &certificate, &flags))
    set_site (self,
              flags == G_TLS_CERTIFICATE_NO_FLAGS ? LANYARD_SITE_SECURE : LANYARD_SITE_UNTRUSTED,
              uri, certificate, NULL);
  else
    set_site (self, lanyard_uri_is_loopback (uri) ? LANYARD_SITE_LOCAL : LANYARD_SITE_MIXED, uri,
              NULL, NULL);
}

static void
show (LanyardWebPage *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_PROBLEM]);
}

static void
show_page (LanyardWebPage *self)
{
  show (self, "page");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
set_suggested (GtkWidget *button, gboolean is_suggested)
{
  if (is_suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

/* The description is text of ours and of servers, and the widget takes it for markup. */
static void
show_problem (LanyardWebPage *self, LanyardWebProblem *problem, const char *retry_uri)
{
  g_autofree char *description = g_markup_escape_text (problem->description, -1);

  g_free (self->retry_uri);
  self->retry_uri = g_strdup (retry_uri);
  adw_status_page_set_icon_name (self->status_page, problem->icon_name);
  adw_status_page_set_title (self->status_page, problem->title);
  adw_status_page_set_description (self->status_page, description);
  gtk_widget_set_visible (self->retry_button, retry_uri != NULL);
  gtk_widget_set_visible (self->return_button, self->has_page);
  set_suggested (self->return_button, retry_uri == NULL);
  gtk_widget_set_visible (self->browser_button, self->can_use_browser);
  show (self, "problem");
  gtk_widget_child_focus (GTK_WIDGET (self->status_page), GTK_DIR_TAB_FORWARD);
}

/* For what the page wanted and does not get: there is the page to go back to, or else the
 * beginning. */
static void
show_refusal (LanyardWebPage *self, LanyardWebProblem *problem)
{
  if (!self->has_page && self->start_uri != NULL)
    set_site (self, LANYARD_SITE_UNREACHED, self->start_uri, NULL, NULL);
  show_problem (self, problem, self->has_page ? NULL : self->start_uri);
}

static gboolean
emit_answer_cb (gpointer user_data)
{
  LanyardWebPage *self = user_data;

  self->answer_source = 0;
  g_signal_emit (self, signals[SIGNAL_REDIRECTED], 0, self->answer);
  return G_SOURCE_REMOVE;
}

/* Whoever hears of it closes the window, which WebKit would not like while it asks us. It must not
 * wait for a quiet moment either: where drawing is slow, an animation leaves none. */
static void
take_answer (LanyardWebPage *self, const char *uri)
{
  self->answer = g_strdup (uri);
  self->answer_source = g_idle_add_full (G_PRIORITY_DEFAULT, emit_answer_cb, self, NULL);
}

/* Returns: whether the page may go to @uri; if not, the person is told */
static gboolean
check_uri (LanyardWebPage *self, const char *uri)
{
  g_autoptr (LanyardWebProblem) problem = NULL;

  if (self->answer != NULL)
    return FALSE;

  switch (lanyard_web_policy_decide (uri, self->redirect_uri))
    {
    case LANYARD_WEB_POLICY_LOAD:
      return TRUE;
    case LANYARD_WEB_POLICY_REDIRECT:
      take_answer (self, uri);
      return FALSE;
    case LANYARD_WEB_POLICY_INSECURE:
      problem = lanyard_web_problem_new_insecure (uri);
      break;
    case LANYARD_WEB_POLICY_EXTERNAL:
      problem = lanyard_web_problem_new_external (uri);
      break;
    case LANYARD_WEB_POLICY_IGNORE:
    default:
      return FALSE;
    }

  show_refusal (self, problem);
  return FALSE;
}

static gboolean
is_safe_method (WebKitURIRequest *request)
{
  const char *method = webkit_uri_request_get_http_method (request);

  return method == NULL || g_str_equal (method, "GET");
}

static gboolean
decide_navigation (LanyardWebPage *self, WebKitNavigationPolicyDecision *decision)
{
  WebKitNavigationAction *action =
    webkit_navigation_policy_decision_get_navigation_action (decision);
  WebKitURIRequest *request = webkit_navigation_action_get_request (action);
  const char *uri = webkit_uri_request_get_uri (request);

  if (!check_uri (self, uri))
    return FALSE;

  g_free (self->asked_uri);
  self->asked_uri = g_strdup (uri);
  self->is_asked_safely = is_safe_method (request);
  return TRUE;
}

static gboolean
is_attachment (WebKitURIResponse *response)
{
  SoupMessageHeaders *headers = webkit_uri_response_get_http_headers (response);
  g_autofree char *disposition = NULL;
  g_autoptr (GHashTable) parameters = NULL;

  return headers != NULL &&
         soup_message_headers_get_content_disposition (headers, &disposition, &parameters) &&
         g_ascii_strcasecmp (disposition, "attachment") == 0;
}

static gboolean
decide_response (LanyardWebPage *self, WebKitResponsePolicyDecision *decision)
{
  WebKitURIResponse *response = webkit_response_policy_decision_get_response (decision);
  g_autoptr (LanyardWebProblem) problem = NULL;

  if (webkit_response_policy_decision_is_mime_type_supported (decision) &&
      !is_attachment (response))
    return TRUE;

  if (webkit_response_policy_decision_is_main_frame_main_resource (decision))
    {
      problem = lanyard_web_problem_new_file ();
      show_refusal (self, problem);
    }
  return FALSE;
}

static gboolean
decide_policy_cb (LanyardWebPage *self,
                  WebKitPolicyDecision *decision,
                  WebKitPolicyDecisionType type)
{
  gboolean is_allowed;

  if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    is_allowed = decide_response (self, WEBKIT_RESPONSE_POLICY_DECISION (decision));
  else
    is_allowed = decide_navigation (self, WEBKIT_NAVIGATION_POLICY_DECISION (decision));

  if (is_allowed)
    webkit_policy_decision_use (decision);
  else
    webkit_policy_decision_ignore (decision);
  return TRUE;
}

/* What happens in a window that the page opened is as good as if it happened in the page. */
static void
popup_redirected_cb (LanyardWebPage *self, const char *uri)
{
  if (self->answer == NULL)
    take_answer (self, uri);
}

static void
popup_refused_cb (LanyardWebPage *self)
{
  g_signal_emit (self, signals[SIGNAL_EMBEDDING_REFUSED], 0);
}

static GtkWidget *
create_cb (LanyardWebPage *self, WebKitNavigationAction *action)
{
  WebKitURIRequest *request = webkit_navigation_action_get_request (action);
  g_autoptr (LanyardWebPage) popup = NULL;

  if (!check_uri (self, webkit_uri_request_get_uri (request)) ||
      !webkit_navigation_action_is_user_gesture (action) || self->n_popups >= MAX_POPUPS)
    return NULL;

  popup = g_object_ref_sink (g_object_new (LANYARD_TYPE_WEB_PAGE, "opener", self, NULL));
  set_site (popup, LANYARD_SITE_CONNECTING, webkit_uri_request_get_uri (request), NULL, NULL);
  g_signal_connect_object (popup, "redirected", G_CALLBACK (popup_redirected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (popup, "embedding-refused", G_CALLBACK (popup_refused_cb), self,
                           G_CONNECT_SWAPPED);
  self->n_popups++;
  g_signal_emit (self, signals[SIGNAL_POPUP], 0, popup);
  /* Without a window nobody but us has it, and the page is told that it was not opened. */
  return gtk_widget_get_root (GTK_WIDGET (popup)) != NULL ? GTK_WIDGET (popup->view) : NULL;
}

static void
check_refusal (LanyardWebPage *self)
{
  const char *uri = webkit_web_view_get_uri (self->view);

  if (uri != NULL && lanyard_web_policy_is_refusal (uri))
    g_signal_emit (self, signals[SIGNAL_EMBEDDING_REFUSED], 0);
}

static void
load_changed_cb (LanyardWebPage *self, WebKitLoadEvent event)
{
  if (event != WEBKIT_LOAD_COMMITTED)
    return;

  self->has_page = TRUE;
  update_site (self);
  check_refusal (self);
  show_page (self);
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
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOADING]);
}

/* What was sent by a form is not sent again behind the person's back: the form is gone back to. */
static const char *
get_retry_uri (LanyardWebPage *self, const char *failing_uri)
{
  gboolean is_same = g_strcmp0 (self->asked_uri, failing_uri) == 0;

  return !self->has_page || (is_same && self->is_asked_safely) ? failing_uri : NULL;
}

static gboolean
load_failed_cb (LanyardWebPage *self, WebKitLoadEvent event, const char *uri, const GError *cause)
{
  g_autoptr (LanyardWebProblem) problem = NULL;

  /* It was us who stopped it, and said why. */
  if (self->answer != NULL || cause->domain == WEBKIT_POLICY_ERROR)
    return TRUE;

  if (g_error_matches (cause, WEBKIT_NETWORK_ERROR, WEBKIT_NETWORK_ERROR_CANCELLED))
    {
      if (self->has_page)
        return TRUE;
      problem = lanyard_web_problem_new_stopped ();
    }
  else
    problem = lanyard_web_problem_new_unreached (cause, uri);

  set_site (self, LANYARD_SITE_UNREACHED, uri, NULL, NULL);
  show_problem (self, problem, get_retry_uri (self, uri));
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

  set_site (self, LANYARD_SITE_UNTRUSTED, uri, certificate, problem->description);
  show_problem (self, problem, get_retry_uri (self, uri));
  return TRUE;
}

static void
insecure_content_cb (LanyardWebPage *self)
{
  const char *uri = webkit_web_view_get_uri (self->view);
  GTlsCertificate *certificate = NULL;
  GTlsCertificateFlags flags;

  webkit_web_view_get_tls_info (self->view, &certificate, &flags);
  set_site (self, LANYARD_SITE_MIXED, uri, certificate, NULL);
}

static void
web_process_terminated_cb (LanyardWebPage *self)
{
  g_autoptr (LanyardWebProblem) problem = lanyard_web_problem_new_crashed ();
  g_autofree char *uri = g_strdup (webkit_web_view_get_uri (self->view));

  self->has_page = FALSE;
  show_problem (self, problem, uri != NULL ? uri : self->asked_uri);
}

static void
close_cb (LanyardWebPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
return_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardWebPage *self = LANYARD_WEB_PAGE (widget);

  update_site (self);
  show_page (self);
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lanyard_web_page_reload (LANYARD_WEB_PAGE (widget));
}

static void
connect_view (LanyardWebPage *self)
{
  static const struct
  {
    const char *name;
    GCallback callback;
  } handlers[] = {
    { "decide-policy", G_CALLBACK (decide_policy_cb) },
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

static void
set_view (LanyardWebPage *self, LanyardWebPage *opener)
{
  if (opener == NULL)
    self->view = lanyard_web_lockdown_create_view ();
  else
    {
      self->view = lanyard_web_lockdown_create_related_view (opener->view);
      self->redirect_uri = g_strdup (opener->redirect_uri);
    }
  adw_bin_set_child (self->view_bin, GTK_WIDGET (self->view));
  connect_view (self);
}

static void
lanyard_web_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LanyardWebPage *self = LANYARD_WEB_PAGE (object);

  switch (id)
    {
    case PROP_SITE:
      g_value_set_object (value, self->site);
      break;
    case PROP_IS_LOADING:
      g_value_set_boolean (value, lanyard_web_page_get_is_loading (self));
      break;
    case PROP_HAS_PROBLEM:
      g_value_set_boolean (
        value, g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "problem") == 0);
      break;
    case PROP_CAN_USE_BROWSER:
      g_value_set_boolean (value, self->can_use_browser);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lanyard_web_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LanyardWebPage *self = LANYARD_WEB_PAGE (object);

  switch (id)
    {
    case PROP_CAN_USE_BROWSER:
      self->can_use_browser = g_value_get_boolean (value);
      break;
    case PROP_OPENER:
      set_view (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lanyard_web_page_dispose (GObject *object)
{
  LanyardWebPage *self = LANYARD_WEB_PAGE (object);

  g_clear_handle_id (&self->answer_source, g_source_remove);
  self->view = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), LANYARD_TYPE_WEB_PAGE);
  g_clear_object (&self->site);

  G_OBJECT_CLASS (lanyard_web_page_parent_class)->dispose (object);
}

static void
lanyard_web_page_finalize (GObject *object)
{
  LanyardWebPage *self = LANYARD_WEB_PAGE (object);

  g_free (self->start_uri);
  g_free (self->redirect_uri);
  g_free (self->asked_uri);
  g_free (self->retry_uri);
  lanyard_secret_wipe_string (self->answer);

  G_OBJECT_CLASS (lanyard_web_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  properties[PROP_SITE] = g_param_spec_object ("site", NULL, NULL, LANYARD_TYPE_SITE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_LOADING] = g_param_spec_boolean ("is-loading", NULL, NULL, FALSE,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HAS_PROBLEM] = g_param_spec_boolean ("has-problem", NULL, NULL, FALSE,
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_USE_BROWSER] =
    g_param_spec_boolean ("can-use-browser", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  /* The page that opened this one; its view is made to match. */
  properties[PROP_OPENER] =
    g_param_spec_object ("opener", NULL, NULL, LANYARD_TYPE_WEB_PAGE,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
install_signals (void)
{
  signals[SIGNAL_REDIRECTED] =
    g_signal_new ("redirected", LANYARD_TYPE_WEB_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_POPUP] = g_signal_new ("popup", LANYARD_TYPE_WEB_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, LANYARD_TYPE_WEB_PAGE);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", LANYARD_TYPE_WEB_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EMBEDDING_REFUSED] =
    g_signal_new ("embedding-refused", LANYARD_TYPE_WEB_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

static void
lanyard_web_page_class_init (LanyardWebPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = lanyard_web_page_get_property;
  object_class->set_property = lanyard_web_page_set_property;
  object_class->dispose = lanyard_web_page_dispose;
  object_class->finalize = lanyard_web_page_finalize;
  install_properties (object_class);
  install_signals ();

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/lanyard/consent/lanyard-web-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardWebPage, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, LanyardWebPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LanyardWebPage, view_bin);
  gtk_widget_class_bind_template_child (widget_class, LanyardWebPage, status_page);
  gtk_widget_class_bind_template_child (widget_class, LanyardWebPage, retry_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardWebPage, return_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardWebPage, browser_button);
  gtk_widget_class_install_action (widget_class, "page.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "page.return", NULL, return_action);
}

static void
lanyard_web_page_init (LanyardWebPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lanyard_web_page_start (LanyardWebPage *self, const char *uri, const char *redirect_uri)
{
  g_return_if_fail (LANYARD_IS_WEB_PAGE (self));
  g_return_if_fail (self->redirect_uri == NULL);

  self->start_uri = g_strdup (uri);
  self->redirect_uri = g_strdup (redirect_uri);
  set_site (self, LANYARD_SITE_CONNECTING, uri, NULL, NULL);
  webkit_web_view_load_uri (self->view, uri);
}

LanyardSite *
lanyard_web_page_get_site (LanyardWebPage *self)
{
  g_return_val_if_fail (LANYARD_IS_WEB_PAGE (self), NULL);

  return self->site;
}

gboolean
lanyard_web_page_get_is_loading (LanyardWebPage *self)
{
  g_return_val_if_fail (LANYARD_IS_WEB_PAGE (self), FALSE);

  return self->view != NULL && webkit_web_view_is_loading (self->view);
}

void
lanyard_web_page_reload (LanyardWebPage *self)
{
  g_autofree char *uri = NULL;

  g_return_if_fail (LANYARD_IS_WEB_PAGE (self));

  uri = g_steal_pointer (&self->retry_uri);
  if (uri == NULL)
    {
      webkit_web_view_reload (self->view);
      return;
    }

  set_site (self, LANYARD_SITE_CONNECTING, uri, NULL, NULL);
  show (self, "waiting");
  webkit_web_view_load_uri (self->view, uri);
}

void
lanyard_web_page_stop (LanyardWebPage *self)
{
  g_return_if_fail (LANYARD_IS_WEB_PAGE (self));

  webkit_web_view_stop_loading (self->view);
}

void
lanyard_web_page_go_back (LanyardWebPage *self)
{
  g_return_if_fail (LANYARD_IS_WEB_PAGE (self));

  webkit_web_view_go_back (self->view);
}
