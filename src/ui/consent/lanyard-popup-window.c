/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-popup-window.h"

#include "lanyard-site-button.h"

struct _LanyardPopupWindow
{
  AdwWindow parent_instance;

  /* Template */
  GtkBox *content_box;
  LanyardSiteButton *site_button;
};

G_DEFINE_FINAL_TYPE (LanyardPopupWindow, lanyard_popup_window, ADW_TYPE_WINDOW)

static void
popup_cb (LanyardWebPage *opener, LanyardWebPage *page)
{
  GtkRoot *parent = gtk_widget_get_root (GTK_WIDGET (opener));
  LanyardPopupWindow *self =
    g_object_new (LANYARD_TYPE_POPUP_WINDOW, "transient-for", parent, NULL);

  gtk_widget_set_vexpand (GTK_WIDGET (page), TRUE);
  gtk_box_append (self->content_box, GTK_WIDGET (page));
  g_object_bind_property (page, "site", self->site_button, "site", G_BINDING_SYNC_CREATE);
  lanyard_popup_window_show_for (page);
  gtk_window_present (GTK_WINDOW (self));
}

static void
lanyard_popup_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_POPUP_WINDOW);

  G_OBJECT_CLASS (lanyard_popup_window_parent_class)->dispose (object);
}

static void
lanyard_popup_window_class_init (LanyardPopupWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_popup_window_dispose;

  g_type_ensure (LANYARD_TYPE_SITE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/lanyard/consent/lanyard-popup-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardPopupWindow, content_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardPopupWindow, site_button);
}

static void
lanyard_popup_window_init (LanyardPopupWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lanyard_popup_window_show_for (LanyardWebPage *page)
{
  g_return_if_fail (LANYARD_IS_WEB_PAGE (page));

  g_signal_connect (page, "popup", G_CALLBACK (popup_cb), NULL);
}
