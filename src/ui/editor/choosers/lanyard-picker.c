/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-picker.h"

#include "lanyard-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* From so many on a list is searched rather than read. */
#define MANY 8

struct _LanyardPicker
{
  GtkPopover parent_instance;

  /* Owned */
  char *key;

  /* Borrowed */
  GtkWidget *text_row;

  /* Template */
  GtkSearchEntry *search_entry;
  GtkLabel *problem_label;
  GtkListBox *list_box;
  GtkLabel *placeholder;

  gboolean accepts_text;
  guint n_rows;
};

enum
{
  PROP_ACCEPTS_TEXT = 1,
  PROP_PLACEHOLDER_TEXT,
  N_PROPS
};

enum
{
  FILL,
  PICKED,
  ENTERED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardPicker, lanyard_picker, GTK_TYPE_POPOVER)

static const char *
get_id (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "lanyard-id");
}

static const char *
get_search (LanyardPicker *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
}

static gboolean
has_exactly (LanyardPicker *self, const char *text)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list_box));

  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      if (GTK_IS_LIST_BOX_ROW (row) && g_strcmp0 (get_id (row), text) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Whether each word of the search is in the key of the row. */
static gboolean
filter_row (GtkListBoxRow *row, gpointer user_data)
{
  LanyardPicker *self = user_data;
  const char *row_key = g_object_get_data (G_OBJECT (row), "lanyard-key");
  g_auto (GStrv) words = NULL;

  if (GTK_WIDGET (row) == self->text_row)
    return *get_search (self) != '\0' && !has_exactly (self, get_search (self));
  if (self->key == NULL)
    return TRUE;

  words = g_strsplit (self->key, " ", -1);
  for (char **word = words; *word != NULL; word++)
    {
      if (strstr (row_key, *word) == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
search_changed_cb (LanyardPicker *self)
{
  const char *text = get_search (self);
  g_autofree char *title = NULL;

  g_clear_pointer (&self->key, g_free);
  if (*text != '\0')
    self->key = lanyard_text_dup_key (text);
  lanyard_picker_set_problem (self, NULL);
  if (self->text_row != NULL)
    {
      /* Translators: %s is what the person typed */
      title = g_strdup_printf (_ ("Add “%s”"), text);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->text_row), title);
    }
  gtk_list_box_invalidate_filter (self->list_box);
}

static void
stop_search_cb (LanyardPicker *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
row_activated_cb (LanyardPicker *self, GtkListBoxRow *row)
{
  g_autofree char *text = NULL;

  if (GTK_WIDGET (row) != self->text_row)
    return;

  text = g_strdup (get_search (self));
  g_signal_emit (self, signals[ENTERED], 0, text);
}

static void
toggled_cb (LanyardPicker *self, GtkCheckButton *check)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (check), GTK_TYPE_LIST_BOX_ROW);

  g_signal_emit (self, signals[PICKED], 0, get_id (row), gtk_check_button_get_active (check));
}

/* Enter in the search field takes the first thing that was found. The next one can be typed at
 * once. */
static void
search_activate_cb (LanyardPicker *self)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list_box));

  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      if (GTK_IS_LIST_BOX_ROW (row) && gtk_widget_get_child_visible (row))
        {
          gtk_widget_activate (row);
          if (gtk_widget_get_visible (GTK_WIDGET (self)))
            gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
          return;
        }
    }
}

static void
add_text_row (LanyardPicker *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("list-add-symbolic");

  self->text_row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->text_row), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->text_row), TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self->text_row), icon);
  gtk_list_box_append (self->list_box, self->text_row);
}

static void
clear (LanyardPicker *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list_box, 0)) != NULL)
    gtk_list_box_remove (self->list_box, GTK_WIDGET (row));
  self->text_row = NULL;
  self->n_rows = 0;
  if (self->accepts_text)
    add_text_row (self);
}

static void
show_cb (LanyardPicker *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  clear (self);
  g_signal_emit (self, signals[FILL], 0);
  search_changed_cb (self);

  gtk_widget_set_visible (GTK_WIDGET (self->search_entry),
                          self->accepts_text || self->n_rows > MANY);
  if (gtk_widget_get_visible (GTK_WIDGET (self->search_entry)))
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  else
    gtk_widget_child_focus (GTK_WIDGET (self->list_box), GTK_DIR_TAB_FORWARD);
}

static void
set_placeholder_text (LanyardPicker *self, const char *text)
{
  g_object_set (self->search_entry, "placeholder-text", text, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search_entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
lanyard_picker_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LanyardPicker *self = LANYARD_PICKER (object);

  switch (property_id)
    {
    case PROP_ACCEPTS_TEXT:
      g_value_set_boolean (value, self->accepts_text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_picker_set_property (GObject *object,
                             guint property_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  LanyardPicker *self = LANYARD_PICKER (object);

  switch (property_id)
    {
    case PROP_ACCEPTS_TEXT:
      self->accepts_text = g_value_get_boolean (value);
      break;
    case PROP_PLACEHOLDER_TEXT:
      set_placeholder_text (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_picker_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_PICKER);

  G_OBJECT_CLASS (lanyard_picker_parent_class)->dispose (object);
}

static void
lanyard_picker_finalize (GObject *object)
{
  g_free (LANYARD_PICKER (object)->key);

  G_OBJECT_CLASS (lanyard_picker_parent_class)->finalize (object);
}

static void
lanyard_picker_class_init (LanyardPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = lanyard_picker_dispose;
  object_class->finalize = lanyard_picker_finalize;
  object_class->get_property = lanyard_picker_get_property;
  object_class->set_property = lanyard_picker_set_property;

  properties[PROP_ACCEPTS_TEXT] =
    g_param_spec_boolean ("accepts-text", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PLACEHOLDER_TEXT] = g_param_spec_string (
    "placeholder-text", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[FILL] =
    g_signal_new ("fill", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PICKED] = g_signal_new ("picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[ENTERED] = g_signal_new ("entered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/lanyard/Lanyard/editor/lanyard-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardPicker, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardPicker, problem_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPicker, list_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardPicker, placeholder);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
lanyard_picker_init (LanyardPicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_list_box_set_filter_func (self->list_box, filter_row, self, NULL);
  g_signal_connect (self, "show", G_CALLBACK (show_cb), NULL);
}

void
lanyard_picker_add (LanyardPicker *self,
                    const char *id,
                    const char *title,
                    const char *description,
                    gboolean picked)
{
  GtkWidget *row, *check;
  g_autofree char *text = NULL;

  g_return_if_fail (LANYARD_IS_PICKER (self));
  g_return_if_fail (id != NULL && title != NULL);

  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), description != NULL ? description : "");

  check = gtk_check_button_new ();
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), picked);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description != NULL ? description : "", -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);

  /* The full name, where the title is a short one. */
  if (!g_str_equal (id, title))
    gtk_widget_set_tooltip_text (row, id);
  text = g_strjoin (" ", id, title, description, NULL);
  g_object_set_data_full (G_OBJECT (row), "lanyard-id", g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (row), "lanyard-key", lanyard_text_dup_key (text), g_free);
  /* What is entered by hand stays at the end. */
  gtk_list_box_insert (self->list_box, row, (int)self->n_rows);
  self->n_rows++;
}

void
lanyard_picker_set_empty_text (LanyardPicker *self, const char *text)
{
  g_return_if_fail (LANYARD_IS_PICKER (self));

  gtk_label_set_text (self->placeholder, text);
}

void
lanyard_picker_set_problem (LanyardPicker *self, const char *problem)
{
  g_return_if_fail (LANYARD_IS_PICKER (self));

  gtk_label_set_text (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
}
