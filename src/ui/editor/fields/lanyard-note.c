/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-note.h"

struct _LanyardNote
{
  AdwPreferencesRow parent_instance;

  /* Borrowed */
  GtkWidget *label;
  GtkWidget *row; /* weak */
};

G_DEFINE_FINAL_TYPE (LanyardNote, lanyard_note, ADW_TYPE_PREFERENCES_ROW)

static void
lanyard_note_dispose (GObject *object)
{
  g_clear_weak_pointer (&LANYARD_NOTE (object)->row);

  G_OBJECT_CLASS (lanyard_note_parent_class)->dispose (object);
}

static void
lanyard_note_class_init (LanyardNoteClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_note_dispose;
}

static void
lanyard_note_init (LanyardNote *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_widget_add_css_class (box, "lanyard-note");
  gtk_widget_add_css_class (box, "error");

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
lanyard_note_new (GtkWidget *row)
{
  LanyardNote *self = g_object_new (LANYARD_TYPE_NOTE, NULL);

  g_set_weak_pointer (&self->row, row);
  return GTK_WIDGET (self);
}

const char *
lanyard_note_get_text (LanyardNote *self)
{
  const char *text;

  g_return_val_if_fail (LANYARD_IS_NOTE (self), NULL);

  text = gtk_label_get_text (GTK_LABEL (self->label));
  return *text != '\0' ? text : NULL;
}

static void
describe (GtkAccessible *accessible, const char *text)
{
  if (text != NULL)
    gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  else
    gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  gtk_accessible_update_state (
    accessible, GTK_ACCESSIBLE_STATE_INVALID,
    text != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* Of a row for text, libadwaita 1.2 shows assistive technology the row and hides the text. */
static void
describe_row (LanyardNote *self, const char *text)
{
  describe (GTK_ACCESSIBLE (self->row), text);
  if (GTK_IS_EDITABLE (self->row))
    describe (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->row))), text);
}

void
lanyard_note_set_text (LanyardNote *self, const char *text)
{
  g_return_if_fail (LANYARD_IS_NOTE (self));

  gtk_label_set_text (GTK_LABEL (self->label), text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  if (self->row == NULL)
    return;

  describe_row (self, text);
  /* Row and note look like one: the line between them goes. */
  if (text != NULL)
    {
      gtk_widget_add_css_class (self->row, "error");
      gtk_widget_add_css_class (self->row, "lanyard-has-note");
    }
  else
    {
      gtk_widget_remove_css_class (self->row, "error");
      gtk_widget_remove_css_class (self->row, "lanyard-has-note");
    }
}
