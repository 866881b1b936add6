/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-field-entry-private.h"

#include "lanyard-address-text.h"
#include "lanyard-base-url.h"
#include "lanyard-field-help.h"
#include "lanyard-mnemonics.h"
#include "lanyard-note.h"

#include <glib/gi18n.h>

enum
{
  EDITED,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardFieldEntry, lanyard_field_entry, G_TYPE_OBJECT)

static gboolean
is_choice (LanyardFieldEntry *self)
{
  return self->field->kind == LANYARD_FIELD_CHOICE;
}

/* The widget of an entry row that has the focus. */
static GtkWidget *
get_text_widget (LanyardFieldEntry *self)
{
  if (is_choice (self))
    return self->row;

  return GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->row)));
}

static void
update_required (LanyardFieldEntry *self)
{
  gboolean missing = self->required && *lanyard_field_entry_get_text (self) == '\0' &&
                     lanyard_field_entry_get_problem (self) == NULL;

  gtk_widget_set_visible (self->required_label, missing);
}

static void
edited_cb (LanyardFieldEntry *self)
{
  update_required (self);
  if (self->showing)
    return;

  /* Not from here, in the middle of the paste. */
  if (lanyard_field_entry_has_lines (self) || self->key_row != NULL)
    lanyard_field_entry_settle_later (self);

  /* A problem that is shown is looked at again with every key, so that it goes as soon as it is
   * solved; a new one waits until the person has left the field. */
  if (lanyard_field_entry_get_problem (self) != NULL)
    lanyard_field_entry_check (self, FALSE);
  g_signal_emit (self, signals[EDITED], 0);
}

/* The person has left the row, so that it can be written as it is kept. A callback URL is compared
 * letter by letter at the provider, and is none of this. */
static void
tidy_address (LanyardFieldEntry *self)
{
  const char *text = lanyard_field_entry_get_text (self);
  g_autofree char *tidied = NULL;

  if (g_str_equal (self->field->name, "base_url"))
    tidied = lanyard_base_url_normalize (text);
  else if (self->field->kind == LANYARD_FIELD_URL &&
           !g_str_equal (self->field->name, "redirect_uri"))
    tidied = lanyard_address_text_tidy (text);

  if (tidied != NULL && !g_str_equal (text, tidied))
    gtk_editable_set_text (GTK_EDITABLE (self->row), tidied);
}

static void
focus_changed_cb (LanyardFieldEntry *self, GParamSpec *pspec, GtkEventControllerFocus *focus)
{
  if (gtk_event_controller_focus_contains_focus (focus))
    return;

  if (!is_choice (self))
    tidy_address (self);
  g_signal_emit (self, signals[LEFT], 0);
}

static void
copy_cb (LanyardFieldEntry *self)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (self->row, ADW_TYPE_TOAST_OVERLAY);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->row),
                          lanyard_field_entry_get_text (self));
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (_ ("Copied")));
}

void
lanyard_field_entry_add_suffix (LanyardFieldEntry *self, GtkWidget *widget)
{
  if (is_choice (self))
    adw_action_row_add_suffix (ADW_ACTION_ROW (self->row), widget);
  else
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->row), widget);
}

static void
add_copy_button (LanyardFieldEntry *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  const char *label = lanyard_field_get_label (self->field);
  /* Translators: %s is the name of a field, as "Callback URL" */
  g_autofree char *name = g_strdup_printf (_ ("Copy “%s”"), label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Copy"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
  lanyard_field_entry_add_suffix (self, button);
}

static void
add_required_label (LanyardFieldEntry *self)
{
  self->required_label = gtk_label_new (_ ("Required"));
  gtk_widget_add_css_class (self->required_label, "dim-label");
  gtk_widget_add_css_class (self->required_label, "caption");
  gtk_widget_set_valign (self->required_label, GTK_ALIGN_CENTER);
  /* Pointless for assistive technology, which is told by the state "required". */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->required_label), GTK_ACCESSIBLE_STATE_HIDDEN,
                               TRUE, -1);
  lanyard_field_entry_add_suffix (self, self->required_label);
}

static GtkWidget *
make_choice_row (LanyardFieldEntry *self)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  const LanyardFieldChoice *choice = self->field->choices;

  if (!self->required && self->field->default_value == NULL)
    {
      gtk_string_list_append (labels, _ ("Not Set"));
      self->first_choice = 1;
    }
  for (; choice != NULL && choice->id != NULL; choice++)
    gtk_string_list_append (labels, g_dgettext (GETTEXT_PACKAGE, choice->label));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);

  return row;
}

static GtkWidget *
make_entry_row (LanyardFieldEntry *self)
{
  gboolean is_secret = self->field->kind == LANYARD_FIELD_SECRET;
  GtkWidget *row = is_secret ? adw_password_entry_row_new () : adw_entry_row_new ();

  /* The history of a secret would be copies of it. */
  if (is_secret)
    gtk_editable_set_enable_undo (GTK_EDITABLE (row), FALSE);
  else if (self->field->kind == LANYARD_FIELD_URL)
    adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_URL);
  lanyard_mnemonics_name_icons (row);
  g_signal_connect_object (row, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
describe_widget (LanyardFieldEntry *self, GtkWidget *widget, const char *text, gboolean invalid)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_REQUIRED,
                                  self->required, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/* A screen reader says what is wrong, else what helps: of the row, which is all that libadwaita 1.2
 * shows it, and of the text in it, which has the focus. */
static void
describe (LanyardFieldEntry *self, const char *problem)
{
  const char *text = problem;

  if (text == NULL && self->field->help != NULL)
    text = g_dgettext (GETTEXT_PACKAGE, self->field->help);
  if (text == NULL)
    text = "";

  describe_widget (self, self->row, text, problem != NULL);
  /* A combo row has its name from its title already. */
  if (is_choice (self))
    return;

  describe_widget (self, get_text_widget (self), text, problem != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (get_text_widget (self)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lanyard_field_get_label (self->field), -1);
}

static void
build (LanyardFieldEntry *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *help;

  self->row = g_object_ref_sink (is_choice (self) ? make_choice_row (self) : make_entry_row (self));
  self->note = g_object_ref_sink (lanyard_note_new (self->row));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row),
                                 lanyard_field_get_label (self->field));
  add_required_label (self);
  if ((self->field->flags & LANYARD_FIELD_COPY) != 0)
    add_copy_button (self);
  if (lanyard_key_text_is_for (self->field))
    lanyard_field_entry_build_key (self);
  help = lanyard_field_help_new (self->field);
  if (help != NULL)
    lanyard_field_entry_add_suffix (self, help);
  describe (self, NULL);
  update_required (self);

  g_signal_connect_object (focus, "notify::contains-focus", G_CALLBACK (focus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->row, focus);
}

static guint
find_choice (LanyardFieldEntry *self, const char *id)
{
  const LanyardFieldChoice *choice = self->field->choices;

  for (guint i = 0; choice != NULL && choice[i].id != NULL; i++)
    {
      if (g_strcmp0 (choice[i].id, id) == 0)
        return i + self->first_choice;
    }

  return 0;
}

static void
lanyard_field_entry_dispose (GObject *object)
{
  LanyardFieldEntry *self = LANYARD_FIELD_ENTRY (object);

  /* The row may live on for a moment, in a list that goes later. */
  if (self->row != NULL && self->field->kind == LANYARD_FIELD_SECRET)
    {
      self->showing = TRUE;
      gtk_editable_set_text (GTK_EDITABLE (self->row), "");
    }
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_object (&self->source);
  g_clear_object (&self->row);
  g_clear_object (&self->key_row);
  g_clear_object (&self->note);

  G_OBJECT_CLASS (lanyard_field_entry_parent_class)->dispose (object);
}

static void
lanyard_field_entry_finalize (GObject *object)
{
  g_free (LANYARD_FIELD_ENTRY (object)->key_problem);

  G_OBJECT_CLASS (lanyard_field_entry_parent_class)->finalize (object);
}

static void
lanyard_field_entry_class_init (LanyardFieldEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_field_entry_dispose;
  G_OBJECT_CLASS (klass)->finalize = lanyard_field_entry_finalize;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
lanyard_field_entry_init (LanyardFieldEntry *self)
{
}

LanyardFieldEntry *
lanyard_field_entry_new (const LanyardField *field, gboolean required)
{
  LanyardFieldEntry *self;

  g_return_val_if_fail (field != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_FIELD_ENTRY, NULL);
  self->field = field;
  self->required = required;
  build (self);

  return self;
}

const LanyardField *
lanyard_field_entry_get_field (LanyardFieldEntry *self)
{
  g_return_val_if_fail (LANYARD_IS_FIELD_ENTRY (self), NULL);

  return self->field;
}

GtkWidget *
lanyard_field_entry_get_row (LanyardFieldEntry *self)
{
  g_return_val_if_fail (LANYARD_IS_FIELD_ENTRY (self), NULL);

  return self->row;
}

GtkWidget *
lanyard_field_entry_get_note (LanyardFieldEntry *self)
{
  g_return_val_if_fail (LANYARD_IS_FIELD_ENTRY (self), NULL);

  return self->note;
}

const char *
lanyard_field_entry_get_text (LanyardFieldEntry *self)
{
  guint selected;

  g_return_val_if_fail (LANYARD_IS_FIELD_ENTRY (self), NULL);

  if (!is_choice (self))
    return gtk_editable_get_text (GTK_EDITABLE (self->row));

  selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->row));
  if (selected == GTK_INVALID_LIST_POSITION || selected < self->first_choice)
    return "";

  return self->field->choices[selected - self->first_choice].id;
}

void
lanyard_field_entry_set_text (LanyardFieldEntry *self, const char *text)
{
  g_return_if_fail (LANYARD_IS_FIELD_ENTRY (self));
  g_return_if_fail (text != NULL);

  if (g_strcmp0 (lanyard_field_entry_get_text (self), text) == 0)
    return;

  self->showing = TRUE;
  if (is_choice (self))
    adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), find_choice (self, text));
  else
    gtk_editable_set_text (GTK_EDITABLE (self->row), text);
  self->showing = FALSE;
}

void
lanyard_field_entry_set_problem (LanyardFieldEntry *self, const char *problem)
{
  g_return_if_fail (LANYARD_IS_FIELD_ENTRY (self));

  lanyard_note_set_text (LANYARD_NOTE (self->note), problem);
  describe (self, problem);
  update_required (self);
}

const char *
lanyard_field_entry_get_problem (LanyardFieldEntry *self)
{
  g_return_val_if_fail (LANYARD_IS_FIELD_ENTRY (self), NULL);

  return lanyard_note_get_text (LANYARD_NOTE (self->note));
}

gboolean
lanyard_field_entry_check (LanyardFieldEntry *self, gboolean complete)
{
  g_autoptr (GError) error = NULL;
  const char *text;

  g_return_val_if_fail (LANYARD_IS_FIELD_ENTRY (self), FALSE);

  text = lanyard_field_entry_get_text (self);
  if (complete && self->required && *text == '\0')
    {
      g_autofree char *problem = NULL;

      /* Translators: %s is the name of a field, as "Client ID" */
      problem =
        g_strdup_printf (_ ("%s is needed to authorize"), lanyard_field_get_label (self->field));
      lanyard_field_entry_set_problem (self, problem);
      return FALSE;
    }

  if (self->key_problem != NULL)
    {
      lanyard_field_entry_set_problem (self, self->key_problem);
      return FALSE;
    }

  lanyard_field_check (self->field, text, &error);
  lanyard_field_entry_set_problem (self, error != NULL ? error->message : NULL);

  return error == NULL;
}

gboolean
lanyard_field_entry_is_required (LanyardFieldEntry *self)
{
  g_return_val_if_fail (LANYARD_IS_FIELD_ENTRY (self), FALSE);

  return self->required;
}

gboolean
lanyard_field_entry_has_focus (LanyardFieldEntry *self)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (LANYARD_IS_FIELD_ENTRY (self), FALSE);

  root = gtk_widget_get_root (self->row);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL &&
         (gtk_widget_is_ancestor (focus, self->row) ||
          (self->key_row != NULL && gtk_widget_is_ancestor (focus, self->key_row)));
}

void
lanyard_field_entry_focus (LanyardFieldEntry *self)
{
  g_return_if_fail (LANYARD_IS_FIELD_ENTRY (self));

  gtk_widget_grab_focus (self->row);
}
