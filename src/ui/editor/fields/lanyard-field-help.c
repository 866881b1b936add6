/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-field-help.h"

#include <glib/gi18n.h>

static GtkWidget *
make_help_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
make_help_popover (const LanyardField *field)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *example = NULL;

  if (field->help != NULL)
    gtk_box_append (GTK_BOX (box),
                    make_help_label (g_dgettext (GETTEXT_PACKAGE, field->help), NULL));
  if (field->example != NULL)
    {
      /* Translators: %s is what a value may look like */
      example = g_strdup_printf (_ ("For example: %s"), field->example);
      gtk_box_append (GTK_BOX (box), make_help_label (example, "dim-label"));
    }
  gtk_widget_add_css_class (box, "lanyard-help");
  gtk_popover_set_child (GTK_POPOVER (popover), box);

  return popover;
}

GtkWidget *
lanyard_field_help_new (const LanyardField *field)
{
  GtkWidget *button;
  g_autofree char *name = NULL;

  g_return_val_if_fail (field != NULL, NULL);

  if (field->help == NULL && field->example == NULL)
    return NULL;

  button = gtk_menu_button_new ();
  /* Translators: %s is the name of a field, as "Callback URL" */
  name = g_strdup_printf (_ ("Help on “%s”"), lanyard_field_get_label (field));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "help-about-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), make_help_popover (field));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "dim-label");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Help"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return button;
}
