/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-consent-window.h"

#include <glib/gi18n-lib.h>

#include "lanyard-popup-window.h"
#include "lanyard-site-button.h"
#include "lanyard-uri.h"
#include "lanyard-web-page.h"

struct _LanyardConsentWindow
{
  AdwWindow parent_instance;

  gboolean can_use_browser;
  gboolean is_refused;

  /* Template */
  LanyardSiteButton *site_button;
  GtkButton *reload_button;
  GtkRevealer *refusal_revealer;
  GtkLabel *refusal_label;
  GtkWidget *refusal_button;
  LanyardWebPage *page;
  GtkWidget *browser_bar;
};

enum
{
  SIGNAL_REDIRECTED,
  SIGNAL_CANCELLED,
  SIGNAL_BROWSER_REQUESTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardConsentWindow, lanyard_consent_window, ADW_TYPE_WINDOW)

static void
redirected_cb (LanyardConsentWindow *self, const char *uri)
{
  g_signal_emit (self, signals[SIGNAL_REDIRECTED], 0, uri);
}

static void
update_reload_button (LanyardConsentWindow *self)
{
  gboolean is_loading = lanyard_web_page_get_is_loading (self->page);
  const char *label = is_loading ? _ ("Stop Loading") : _ ("Reload");

  gtk_button_set_icon_name (self->reload_button,
                            is_loading ? "process-stop-symbolic" : "view-refresh-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->reload_button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reload_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->reload_button),
                                  is_loading ? "consent.stop" : "consent.reload");
}

/* The way to the browser is offered in one place at a time. */
static void
update_browser_bar (LanyardConsentWindow *self)
{
  gboolean has_problem;

  g_object_get (self->page, "has-problem", &has_problem, NULL);
  gtk_widget_set_visible (self->browser_bar,
                          self->can_use_browser && !self->is_refused && !has_problem);
}

static void
embedding_refused_cb (LanyardConsentWindow *self)
{
  gtk_label_set_label (self->refusal_label,
                       self->can_use_browser
                         ? _ ("This provider asks you to use your own browser.")
                         : _ ("This provider asks you to use your own browser. For that, give the "
                              "authorization a callback URL on this computer."));
  gtk_widget_set_visible (self->refusal_button, self->can_use_browser);
  gtk_revealer_set_reveal_child (self->refusal_revealer, TRUE);
  self->is_refused = TRUE;
  update_browser_bar (self);
}

static void
reload_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lanyard_web_page_reload (LANYARD_CONSENT_WINDOW (widget)->page);
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lanyard_web_page_stop (LANYARD_CONSENT_WINDOW (widget)->page);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lanyard_web_page_go_back (LANYARD_CONSENT_WINDOW (widget)->page);
}

static void
open_in_browser_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_BROWSER_REQUESTED], 0);
}

static gboolean
lanyard_consent_window_close_request (GtkWindow *window)
{
  g_signal_emit (window, signals[SIGNAL_CANCELLED], 0);
  /* Whoever heard it has destroyed the window. */
  return TRUE;
}

static void
lanyard_consent_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_CONSENT_WINDOW);

  G_OBJECT_CLASS (lanyard_consent_window_parent_class)->dispose (object);
}

static void
lanyard_consent_window_class_init (LanyardConsentWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_consent_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = lanyard_consent_window_close_request;

  signals[SIGNAL_REDIRECTED] =
    g_signal_new ("redirected", LANYARD_TYPE_CONSENT_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_CANCELLED] = g_signal_new ("cancelled", LANYARD_TYPE_CONSENT_WINDOW,
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_BROWSER_REQUESTED] =
    g_signal_new ("browser-requested", LANYARD_TYPE_CONSENT_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LANYARD_TYPE_SITE_BUTTON);
  g_type_ensure (LANYARD_TYPE_WEB_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/lanyard/consent/lanyard-consent-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardConsentWindow, site_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardConsentWindow, reload_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardConsentWindow, refusal_revealer);
  gtk_widget_class_bind_template_child (widget_class, LanyardConsentWindow, refusal_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardConsentWindow, refusal_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardConsentWindow, page);
  gtk_widget_class_bind_template_child (widget_class, LanyardConsentWindow, browser_bar);
  gtk_widget_class_install_action (widget_class, "consent.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "consent.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "consent.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "consent.open-in-browser", NULL,
                                   open_in_browser_action);
}

static void
lanyard_consent_window_init (LanyardConsentWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  g_object_bind_property (self->page, "site", self->site_button, "site", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->page, "notify::is-loading", G_CALLBACK (update_reload_button),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "notify::has-problem", G_CALLBACK (update_browser_bar), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "redirected", G_CALLBACK (redirected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->page, "embedding-refused", G_CALLBACK (embedding_refused_cb), self,
                           G_CONNECT_SWAPPED);
  lanyard_popup_window_show_for (self->page);
  update_reload_button (self);
}

GtkWindow *
lanyard_consent_window_new (GtkWindow *parent, const LanyardConsentRequest *request)
{
  LanyardConsentWindow *self;
  g_autofree char *title = NULL;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (request != NULL, NULL);

  /* Translators: the name of a provider */
  title = g_strdup_printf (_ ("Sign In to %s"), request->provider);
  self = g_object_new (LANYARD_TYPE_CONSENT_WINDOW, "transient-for", parent, "title", title, NULL);

  self->can_use_browser = g_str_has_prefix (request->redirect_uri, "http:") &&
                          lanyard_uri_is_loopback (request->redirect_uri);
  update_browser_bar (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "consent.open-in-browser",
                                 self->can_use_browser);
  lanyard_web_page_start (self->page, request->uri, request->redirect_uri, self->can_use_browser);
  return GTK_WINDOW (self);
}
