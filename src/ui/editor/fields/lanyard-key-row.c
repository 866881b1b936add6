/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-key-row.h"

#include <glib/gi18n.h>

struct _LanyardKeyRow
{
  AdwActionRow parent_instance;
};

enum
{
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardKeyRow, lanyard_key_row, ADW_TYPE_ACTION_ROW)

static void
clicked_cb (LanyardKeyRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
lanyard_key_row_class_init (LanyardKeyRowClass *klass)
{
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lanyard_key_row_init (LanyardKeyRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  /* Name above value, as in the rows around it. */
  gtk_widget_add_css_class (GTK_WIDGET (self), "lanyard-value");
}

GtkWidget *
lanyard_key_row_new (const LanyardField *field)
{
  LanyardKeyRow *self = g_object_new (LANYARD_TYPE_KEY_ROW, NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *name = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), lanyard_field_get_label (field));
  /* Translators: %s is the name of a field, as "Signing key" */
  name = g_strdup_printf (_ ("Remove “%s”"), lanyard_field_get_label (field));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);

  return GTK_WIDGET (self);
}

void
lanyard_key_row_set_text (LanyardKeyRow *self, const char *text)
{
  g_return_if_fail (LANYARD_IS_KEY_ROW (self));

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text != NULL ? text : "");
}
