/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-web-page-private.h"

#include "lanyard-uri.h"
#include "lanyard-web-lockdown.h"

enum
{
  PROP_SITE = 1,
  PROP_IS_LOADING,
  PROP_HAS_PROBLEM,
  PROP_OPENER,
  N_PROPERTIES
};

enum
{
  SIGNAL_REDIRECTED,
  SIGNAL_POPUP,
  SIGNAL_EMBEDDING_REFUSED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardWebPage, lanyard_web_page, ADW_TYPE_BIN)

static void
show (LanyardWebPage *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_PROBLEM]);
}

/* For what the page wanted and does not get: there is the page to go back to, or else the
 * beginning. */
static void
refused_cb (LanyardWebPage *self, const LanyardWebProblem *problem)
{
  if (!self->has_page && self->start_uri != NULL)
    lanyard_web_page_set_site (self, LANYARD_SITE_UNREACHED, self->start_uri, NULL, NULL);
  lanyard_web_page_show_problem (self, problem, self->has_page ? NULL : self->start_uri);
}

static void
redirected_cb (LanyardWebPage *self, const char *uri)
{
  g_signal_emit (self, signals[SIGNAL_REDIRECTED], 0, uri);
}

static void
return_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardWebPage *self = LANYARD_WEB_PAGE (widget);

  g_clear_pointer (&self->retry_uri, g_free);
  /* The view may still have the address that was refused. */
  if (self->page_site != NULL && g_set_object (&self->site, self->page_site))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SITE]);
  lanyard_web_page_show_view (self);
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lanyard_web_page_reload (LANYARD_WEB_PAGE (widget));
}

static void
set_gate (LanyardWebPage *self, const char *redirect_uri)
{
  self->gate = lanyard_web_gate_new (self->view, redirect_uri);
  g_signal_connect_object (self->gate, "redirected", G_CALLBACK (redirected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->gate, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
}

static void
set_view (LanyardWebPage *self, LanyardWebPage *opener)
{
  if (opener == NULL)
    self->view = lanyard_web_lockdown_create_view ();
  else
    self->view = lanyard_web_lockdown_create_related_view (opener->view);
  adw_bin_set_child (self->view_bin, GTK_WIDGET (self->view));
  lanyard_web_page_connect_view (self);
  if (opener != NULL)
    set_gate (self, lanyard_web_gate_get_redirect_uri (opener->gate));
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

  self->view = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), LANYARD_TYPE_WEB_PAGE);
  g_clear_object (&self->site);
  g_clear_object (&self->page_site);
  g_clear_object (&self->gate);

  G_OBJECT_CLASS (lanyard_web_page_parent_class)->dispose (object);
}

static void
lanyard_web_page_finalize (GObject *object)
{
  LanyardWebPage *self = LANYARD_WEB_PAGE (object);

  g_free (self->start_uri);
  g_free (self->retry_uri);

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

  g_type_ensure (LANYARD_TYPE_PROBLEM_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/lanyard/consent/lanyard-web-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardWebPage, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, LanyardWebPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LanyardWebPage, view_bin);
  gtk_widget_class_bind_template_child (widget_class, LanyardWebPage, problem_view);
  gtk_widget_class_install_action (widget_class, "page.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "page.return", NULL, return_action);
}

static void
lanyard_web_page_init (LanyardWebPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lanyard_web_page_start (LanyardWebPage *self,
                        const char *uri,
                        const char *redirect_uri,
                        gboolean can_use_browser)
{
  g_return_if_fail (LANYARD_IS_WEB_PAGE (self));
  g_return_if_fail (self->gate == NULL);

  set_gate (self, redirect_uri);
  self->can_use_browser = can_use_browser;
  self->start_uri = g_strdup (uri);
  lanyard_web_page_set_site (self, LANYARD_SITE_CONNECTING, uri, NULL, NULL);
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

  lanyard_web_page_set_site (self, LANYARD_SITE_CONNECTING, uri, NULL, NULL);
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

void
lanyard_web_page_set_site (LanyardWebPage *self,
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
void
lanyard_web_page_update_site (LanyardWebPage *self)
{
  const char *uri = webkit_web_view_get_uri (self->view);
  GTlsCertificate *certificate = NULL;
  GTlsCertificateFlags flags = G_TLS_CERTIFICATE_NO_FLAGS;
  LanyardSiteState state = LANYARD_SITE_MIXED;

  if (uri == NULL || g_str_has_prefix (uri, "about:"))
    return;
  if (webkit_web_view_get_tls_info (self->view, &certificate, &flags))
    state = flags == G_TLS_CERTIFICATE_NO_FLAGS ? LANYARD_SITE_SECURE : LANYARD_SITE_UNTRUSTED;
  else if (lanyard_uri_is_loopback (uri))
    state = LANYARD_SITE_LOCAL;
  lanyard_web_page_set_site (self, state, uri, certificate, NULL);
  g_set_object (&self->page_site, self->site);
}

void
lanyard_web_page_show_view (LanyardWebPage *self)
{
  show (self, "page");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
lanyard_web_page_show_problem (LanyardWebPage *self,
                               const LanyardWebProblem *problem,
                               const char *retry_uri)
{
  LanyardProblemWays ways = 0;

  g_free (self->retry_uri);
  self->retry_uri = g_strdup (retry_uri);
  if (retry_uri != NULL)
    ways |= LANYARD_PROBLEM_RETRY;
  if (self->has_page)
    ways |= LANYARD_PROBLEM_RETURN;
  if (self->can_use_browser)
    ways |= LANYARD_PROBLEM_BROWSER;
  lanyard_problem_view_set_problem (self->problem_view, problem, ways);
  show (self, "problem");
  gtk_widget_child_focus (GTK_WIDGET (self->problem_view), GTK_DIR_TAB_FORWARD);
}

void
lanyard_web_page_tell_loading (LanyardWebPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOADING]);
}

void
lanyard_web_page_tell_popup (LanyardWebPage *self, LanyardWebPage *popup)
{
  g_signal_emit (self, signals[SIGNAL_POPUP], 0, popup);
}

void
lanyard_web_page_tell_refused (LanyardWebPage *self)
{
  g_signal_emit (self, signals[SIGNAL_EMBEDDING_REFUSED], 0);
}
