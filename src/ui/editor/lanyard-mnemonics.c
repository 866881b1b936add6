/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-mnemonics.h"

/* The label widget in the button gives it its name, without the underscore. */
static void
forget_label (GtkButton *button)
{
  gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

void
lanyard_mnemonics_name (GtkWidget *widget)
{
  GtkWidget *child;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_BUTTON (widget) && gtk_button_get_use_underline (GTK_BUTTON (widget)) &&
      gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    {
      forget_label (GTK_BUTTON (widget));
      g_signal_connect (widget, "notify::label", G_CALLBACK (forget_label), NULL);
      return;
    }

  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    lanyard_mnemonics_name (child);
}

static void
name_after_tooltip_cb (GtkWidget *button)
{
  const char *text = gtk_widget_get_tooltip_text (button);

  if (text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                    -1);
}

void
lanyard_mnemonics_name_icons (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_BUTTON (widget))
    {
      g_signal_connect (widget, "notify::tooltip-text", G_CALLBACK (name_after_tooltip_cb), NULL);
      name_after_tooltip_cb (widget);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    lanyard_mnemonics_name_icons (child);
}

void
lanyard_mnemonics_name_menu (GtkMenuButton *button, const char *name)
{
  GtkWidget *inner;

  g_return_if_fail (GTK_IS_MENU_BUTTON (button));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  inner = gtk_widget_get_first_child (GTK_WIDGET (button));
  gtk_accessible_update_property (GTK_ACCESSIBLE (inner), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
