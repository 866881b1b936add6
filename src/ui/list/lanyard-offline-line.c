/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-offline-line.h"

#include <glib/gi18n.h>

struct _LanyardOfflineLine
{
  GtkWidget parent_instance;

  /* Owned */
  GNetworkMonitor *monitor;

  /* Borrowed: child */
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (LanyardOfflineLine, lanyard_offline_line, GTK_TYPE_WIDGET)

static void
network_changed_cb (LanyardOfflineLine *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self),
                          !g_network_monitor_get_network_available (self->monitor));
}

static void
lanyard_offline_line_dispose (GObject *object)
{
  LanyardOfflineLine *self = LANYARD_OFFLINE_LINE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (lanyard_offline_line_parent_class)->dispose (object);
}

static void
lanyard_offline_line_class_init (LanyardOfflineLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_offline_line_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
lanyard_offline_line_init (LanyardOfflineLine *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("network-offline-symbolic");
  GtkWidget *label = gtk_label_new (
    _ ("You are offline. What is valid can be used; it is renewed when the network is back."));

  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_set_halign (self->box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->box, "offline-line");
  gtk_widget_add_css_class (self->box, "dim-label");
  gtk_box_append (GTK_BOX (self->box), icon);
  gtk_box_append (GTK_BOX (self->box), label);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
lanyard_offline_line_new (GNetworkMonitor *monitor)
{
  LanyardOfflineLine *self;

  g_return_val_if_fail (G_IS_NETWORK_MONITOR (monitor), NULL);

  self = g_object_new (LANYARD_TYPE_OFFLINE_LINE, NULL);
  self->monitor = g_object_ref (monitor);
  g_signal_connect_object (monitor, "network-changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  network_changed_cb (self);

  return GTK_WIDGET (self);
}
