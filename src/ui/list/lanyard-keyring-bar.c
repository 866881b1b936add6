/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-keyring-bar.h"

#include <glib/gi18n.h>

#include "lanyard-error.h"

struct _LanyardKeyringBar
{
  GtkWidget parent_instance;

  /* Borrowed: the children */
  GtkWidget *info_bar;
  GtkWidget *title;
  GtkWidget *explanation;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (LanyardKeyringBar, lanyard_keyring_bar, GTK_TYPE_WIDGET)

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
lanyard_keyring_bar_dispose (GObject *object)
{
  LanyardKeyringBar *self = LANYARD_KEYRING_BAR (object);

  g_clear_pointer (&self->info_bar, gtk_widget_unparent);

  G_OBJECT_CLASS (lanyard_keyring_bar_parent_class)->dispose (object);
}

static void
lanyard_keyring_bar_class_init (LanyardKeyringBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_keyring_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
lanyard_keyring_bar_init (LanyardKeyringBar *self)
{
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-password-symbolic");

  self->info_bar = gtk_info_bar_new ();
  gtk_info_bar_set_message_type (GTK_INFO_BAR (self->info_bar), GTK_MESSAGE_WARNING);
  gtk_info_bar_set_revealed (GTK_INFO_BAR (self->info_bar), FALSE);
  gtk_widget_set_parent (self->info_bar, GTK_WIDGET (self));

  self->title = make_label ("heading");
  self->explanation = make_label ("caption");
  gtk_box_append (GTK_BOX (text), self->title);
  gtk_box_append (GTK_BOX (text), self->explanation);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_margin_start (icon, 6);
  gtk_widget_set_margin_end (icon, 12);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_info_bar_add_child (GTK_INFO_BAR (self->info_bar), icon);
  gtk_info_bar_add_child (GTK_INFO_BAR (self->info_bar), text);

  self->button = gtk_button_new ();
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "win.unlock");
  gtk_info_bar_add_child (GTK_INFO_BAR (self->info_bar), self->button);
}

GtkWidget *
lanyard_keyring_bar_new (void)
{
  return g_object_new (LANYARD_TYPE_KEYRING_BAR, NULL);
}

void
lanyard_keyring_bar_set_error (LanyardKeyringBar *self, const GError *error)
{
  gboolean locked;

  g_return_if_fail (LANYARD_IS_KEYRING_BAR (self));

  gtk_info_bar_set_revealed (GTK_INFO_BAR (self->info_bar), error != NULL);
  if (error == NULL)
    return;

  locked = g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED);
  gtk_label_set_text (GTK_LABEL (self->title),
                      locked ? _ ("The keyring is locked") : _ ("The keyring does not answer"));
  gtk_label_set_text (GTK_LABEL (self->explanation),
                      locked ? _ ("Nothing is lost: unlock it, and the authorizations work again.")
                             : error->message);
  gtk_button_set_label (GTK_BUTTON (self->button), locked ? _ ("Unlock…") : _ ("Try Again"));
}
