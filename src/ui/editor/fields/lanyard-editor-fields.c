/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-editor-fields.h"

#include "lanyard-uri.h"

#include <glib/gi18n.h>

/* What the field of the passphrase that opens a key is called, after the key's own name. */
#define PASSPHRASE "_passphrase"

struct _LanyardEditorFields
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  LanyardDraft *draft;
  LanyardProvider *provider; /* whose fields the entries point to */
  GPtrArray *entries;

  /* Borrowed: children */
  GtkWidget *registration_row;
  GtkWidget *advanced_row;
  LanyardFieldEntry *edited; /* whose change is being passed on */

  /* What is drawn now. */
  LanyardAuthType *type;
  /* Its methods live as long as the provider. */
  LanyardMethod *method;
};

enum
{
  UNENCRYPTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardEditorFields, lanyard_editor_fields, ADW_TYPE_PREFERENCES_GROUP)

/* Says what kind of key it is, and asks for its passphrase where it takes one. */
static void
show_key (LanyardEditorFields *self, LanyardFieldEntry *entry)
{
  const LanyardField *field = lanyard_field_entry_get_field (entry);
  g_autofree char *text = NULL;
  g_autofree char *passphrase_name = NULL;
  LanyardFieldEntry *passphrase;
  LanyardKeyState state;

  if (lanyard_field_entry_get_key_row (entry) == NULL)
    return;

  text = lanyard_draft_dup_key_text (self->draft, field, &state);
  lanyard_field_entry_set_key (entry, state, text);

  passphrase_name = g_strconcat (field->name, PASSPHRASE, NULL);
  passphrase = lanyard_editor_fields_find (self, passphrase_name);
  if (passphrase != NULL)
    gtk_widget_set_visible (lanyard_field_entry_get_row (passphrase),
                            state == LANYARD_KEY_STATE_ENCRYPTED ||
                              *lanyard_field_entry_get_text (passphrase) != '\0');
}

static void
show_keys (LanyardEditorFields *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    show_key (self, g_ptr_array_index (self->entries, i));
}

static void
entry_edited_cb (LanyardEditorFields *self, LanyardFieldEntry *entry)
{
  /* The text may be halfway from one value to the next; it must not be touched from here. */
  self->edited = entry;
  lanyard_draft_set_text (self->draft, lanyard_field_entry_get_field (entry),
                          lanyard_field_entry_get_text (entry));
  self->edited = NULL;
}

static void
entry_left_cb (LanyardEditorFields *self, LanyardFieldEntry *entry)
{
  if (self->draft == NULL)
    return;

  lanyard_field_entry_check (entry, FALSE);
  show_key (self, entry);
  if (g_str_equal (lanyard_field_entry_get_field (entry)->name, "base_url") &&
      lanyard_draft_is_unencrypted (self->draft))
    g_signal_emit (self, signals[UNENCRYPTED], 0);
}

static void
show_value (LanyardEditorFields *self, LanyardFieldEntry *entry)
{
  const LanyardField *field = lanyard_field_entry_get_field (entry);
  GtkWidget *row = lanyard_field_entry_get_row (entry);
  g_autofree char *text = NULL;

  if (field->kind != LANYARD_FIELD_SECRET)
    {
      text = lanyard_draft_dup_text (self->draft, field);
      lanyard_field_entry_set_text (entry, text);
      return;
    }

  lanyard_field_entry_set_text (entry, lanyard_draft_get_secret (self->draft, field));
  gtk_widget_set_sensitive (row, lanyard_draft_has_secrets (self->draft));
  gtk_widget_set_tooltip_text (row, lanyard_draft_has_secrets (self->draft)
                                      ? NULL
                                      : _ ("Secrets are in the keyring, which cannot be read now"));
}

/* What the provider gives may depend on what is entered elsewhere (the tenant in an address). What
 * the person is typing just now is left alone. */
static void
draft_changed_cb (LanyardEditorFields *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      LanyardFieldEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry != self->edited && !lanyard_field_entry_has_focus (entry))
        show_value (self, entry);
    }
  show_keys (self);
}

static void
add_row (LanyardEditorFields *self, GtkWidget *widget, gboolean folded)
{
  if (!folded)
    {
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), widget);
      return;
    }

  if (self->advanced_row == NULL)
    {
      self->advanced_row = adw_expander_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->advanced_row), _ ("A_dvanced"));
      adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self->advanced_row), TRUE);
    }
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->advanced_row), widget);
}

static gboolean
is_key_folded (LanyardEditorFields *self, const char *passphrase_name)
{
  g_autofree char *key_name =
    g_strndup (passphrase_name, strlen (passphrase_name) - strlen (PASSPHRASE));

  return lanyard_editor_fields_find (self, key_name) == NULL ||
         lanyard_editor_fields_is_folded (self, key_name);
}

static void
add_field (LanyardEditorFields *self, const LanyardField *field)
{
  gboolean required = lanyard_draft_needs_field (self->draft, field);
  gboolean folded = (field->flags & LANYARD_FIELD_ADVANCED) != 0;
  g_autoptr (LanyardFieldEntry) entry = NULL;
  g_autofree char *given = NULL;

  if (field->kind != LANYARD_FIELD_SECRET)
    given = lanyard_draft_dup_given (self->draft, field);
  if (given != NULL && *given != '\0')
    {
      required = FALSE;
      if ((field->flags & LANYARD_FIELD_PROVIDER) != 0)
        folded = TRUE;
    }
  if (lanyard_draft_is_needless (self->draft, field))
    {
      required = FALSE;
      folded = TRUE;
    }

  entry = lanyard_field_entry_new (field, required);
  show_value (self, entry);
  g_signal_connect_object (entry, "edited", G_CALLBACK (entry_edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "left", G_CALLBACK (entry_left_cb), self, G_CONNECT_SWAPPED);
  /* What must be filled in is never hidden, and a passphrase is where its key is. */
  folded = folded && !required;
  if (g_str_has_suffix (field->name, PASSPHRASE))
    folded = is_key_folded (self, field->name);
  add_row (self, lanyard_field_entry_get_row (entry), folded);
  if (lanyard_field_entry_get_key_row (entry) != NULL)
    add_row (self, lanyard_field_entry_get_key_row (entry), folded);
  add_row (self, lanyard_field_entry_get_note (entry), folded);
  g_ptr_array_add (self->entries, g_steal_pointer (&entry));
}

/* What the method in use says, else what the provider says for all of them. */
static const char *
get_said (LanyardEditorFields *self, const char *name)
{
  LanyardMethod *method = lanyard_draft_get_method (self->draft);
  const char *text = method != NULL ? lanyard_method_get_string (method, name) : NULL;

  if (text != NULL || self->provider == NULL)
    return text;

  return g_str_equal (name, "hint") ? lanyard_provider_get_hint (self->provider)
                                    : lanyard_provider_get_registration_url (self->provider);
}

static void
open_registration_cb (AdwActionRow *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (row));
  const char *url = g_object_get_data (G_OBJECT (row), "lanyard-url");

  gtk_show_uri (GTK_WINDOW (root), url, GDK_CURRENT_TIME);
}

/* Where the client is registered comes first: it is what the other fields are filled in from. */
static void
add_registration (LanyardEditorFields *self)
{
  const char *url = get_said (self, "registration_url");
  g_autofree char *origin = NULL;
  g_autofree char *title = NULL;
  GtkWidget *icon;

  if (url == NULL)
    return;

  title = g_strdup_printf (lanyard_auth_type_has_redirect (self->type)
                             /* Translators: %s is a provider, as "Google"; opens its page */
                             ? _ ("Register at %s")
                             /* Translators: %s is a provider; opens its page, where keys are */
                             : _ ("Get credentials at %s"),
                           lanyard_provider_get_name (self->provider));
  origin = lanyard_uri_dup_origin (url);
  icon = gtk_image_new_from_icon_name ("adw-external-link-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);

  self->registration_row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->registration_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->registration_row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->registration_row),
                               origin != NULL ? origin : url);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->registration_row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->registration_row), TRUE);
  gtk_widget_set_tooltip_text (self->registration_row, url);
  g_object_set_data_full (G_OBJECT (self->registration_row), "lanyard-url", g_strdup (url), g_free);
  g_signal_connect (self->registration_row, "activated", G_CALLBACK (open_registration_cb), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->registration_row);
}

static void
show_heading (LanyardEditorFields *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  const LanyardAuthTypeInfo *info = lanyard_auth_type_get_info (self->type);
  const char *hint = get_said (self, "hint");
  g_autofree char *title = g_markup_escape_text (g_dgettext (GETTEXT_PACKAGE, info->name), -1);
  g_auto (GStrv) limits =
    self->provider != NULL ? lanyard_provider_dup_limits (self->provider) : NULL;
  g_autofree char *limit = limits != NULL ? g_strjoinv ("\n", limits) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *description = NULL;

  if (hint == NULL)
    hint = g_dgettext (GETTEXT_PACKAGE, info->description);
  /* What does not work is better known before it is tried. */
  text = g_strjoin ("\n", hint, limit, NULL);
  description = g_markup_escape_text (text, -1);
  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
}

static gboolean
is_drawn (LanyardEditorFields *self)
{
  return self->type != NULL && self->type == lanyard_draft_get_auth_type (self->draft) &&
         self->provider == lanyard_draft_get_provider (self->draft) &&
         self->method == lanyard_draft_get_method (self->draft);
}

/* Draws the form anew when other fields are asked for, and only puts the values into the rows when
 * they are the same. */
static void
form_changed_cb (LanyardEditorFields *self)
{
  g_autoptr (GPtrArray) fields = NULL;

  if (is_drawn (self))
    {
      for (guint i = 0; i < self->entries->len; i++)
        show_value (self, g_ptr_array_index (self->entries, i));
      show_keys (self);
      return;
    }

  lanyard_editor_fields_clear (self);
  self->type = lanyard_draft_get_auth_type (self->draft);
  g_set_object (&self->provider, lanyard_draft_get_provider (self->draft));
  self->method = lanyard_draft_get_method (self->draft);
  gtk_widget_set_visible (GTK_WIDGET (self), self->type != NULL);
  if (self->type == NULL)
    return;

  show_heading (self);
  add_registration (self);
  fields = lanyard_auth_type_list_fields (self->type, self->provider);
  for (guint i = 0; i < fields->len; i++)
    add_field (self, g_ptr_array_index (fields, i));
  show_keys (self);
  if (self->advanced_row != NULL)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->advanced_row);
}

static void
lanyard_editor_fields_dispose (GObject *object)
{
  LanyardEditorFields *self = LANYARD_EDITOR_FIELDS (object);

  if (self->entries != NULL)
    g_ptr_array_set_size (self->entries, 0);
  g_clear_object (&self->draft);
  g_clear_object (&self->provider);

  G_OBJECT_CLASS (lanyard_editor_fields_parent_class)->dispose (object);
}

static void
lanyard_editor_fields_finalize (GObject *object)
{
  g_ptr_array_unref (LANYARD_EDITOR_FIELDS (object)->entries);

  G_OBJECT_CLASS (lanyard_editor_fields_parent_class)->finalize (object);
}

static void
lanyard_editor_fields_class_init (LanyardEditorFieldsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_editor_fields_dispose;
  object_class->finalize = lanyard_editor_fields_finalize;

  signals[UNENCRYPTED] = g_signal_new ("unencrypted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lanyard_editor_fields_init (LanyardEditorFields *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
lanyard_editor_fields_set_draft (LanyardEditorFields *self, LanyardDraft *draft)
{
  g_return_if_fail (LANYARD_IS_EDITOR_FIELDS (self));
  g_return_if_fail (LANYARD_IS_DRAFT (draft));
  g_return_if_fail (self->draft == NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "form-changed", G_CALLBACK (form_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "changed", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  form_changed_cb (self);
}

/* A key that is not open signs nothing: says so where its passphrase is entered. */
static GtkWidget *
check_passphrase (LanyardEditorFields *self, LanyardFieldEntry *key)
{
  const LanyardField *field = lanyard_field_entry_get_field (key);
  g_autofree char *name = g_strconcat (field->name, PASSPHRASE, NULL);
  LanyardFieldEntry *passphrase = lanyard_editor_fields_find (self, name);
  g_autofree char *text = NULL;
  LanyardKeyState state;

  if (passphrase == NULL || !lanyard_draft_has_secrets (self->draft))
    return NULL;

  text = lanyard_draft_dup_key_text (self->draft, field, &state);
  if (state != LANYARD_KEY_STATE_ENCRYPTED)
    return NULL;

  if (lanyard_editor_fields_is_folded (self, name))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->advanced_row), TRUE);
  lanyard_field_entry_set_problem (passphrase,
                                   *lanyard_field_entry_get_text (passphrase) != '\0'
                                     ? _ ("This passphrase does not open the key")
                                     : _ ("The key is encrypted; enter its passphrase"));
  return lanyard_field_entry_get_row (passphrase);
}

GtkWidget *
lanyard_editor_fields_check (LanyardEditorFields *self, gboolean complete)
{
  GtkWidget *wrong = NULL;

  g_return_val_if_fail (LANYARD_IS_EDITOR_FIELDS (self), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      LanyardFieldEntry *entry = g_ptr_array_index (self->entries, i);
      const LanyardField *field = lanyard_field_entry_get_field (entry);
      /* A secret that cannot be read is not missing. */
      gboolean readable =
        field->kind != LANYARD_FIELD_SECRET || lanyard_draft_has_secrets (self->draft);
      gboolean needed = complete && readable && lanyard_draft_needs_field (self->draft, field);

      if (lanyard_field_entry_check (entry, needed))
        continue;
      if (lanyard_editor_fields_is_folded (self, field->name))
        adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->advanced_row), TRUE);
      if (wrong == NULL)
        wrong = lanyard_field_entry_get_row (entry);
    }

  /* After the rows were looked at one by one, which takes away what was said before. */
  for (guint i = 0; complete && i < self->entries->len; i++)
    {
      LanyardFieldEntry *entry = g_ptr_array_index (self->entries, i);
      GtkWidget *closed =
        lanyard_field_entry_get_key_row (entry) != NULL ? check_passphrase (self, entry) : NULL;

      if (wrong == NULL)
        wrong = closed;
    }

  return wrong;
}

GtkWidget *
lanyard_editor_fields_find_empty (LanyardEditorFields *self)
{
  g_return_val_if_fail (LANYARD_IS_EDITOR_FIELDS (self), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      LanyardFieldEntry *entry = g_ptr_array_index (self->entries, i);

      if (lanyard_field_entry_is_required (entry) &&
          *lanyard_field_entry_get_text (entry) == '\0' &&
          gtk_widget_get_sensitive (lanyard_field_entry_get_row (entry)))
        return lanyard_field_entry_get_row (entry);
    }

  return NULL;
}

LanyardFieldEntry *
lanyard_editor_fields_find (LanyardEditorFields *self, const char *name)
{
  g_return_val_if_fail (LANYARD_IS_EDITOR_FIELDS (self), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      LanyardFieldEntry *entry = g_ptr_array_index (self->entries, i);

      if (g_strcmp0 (lanyard_field_entry_get_field (entry)->name, name) == 0)
        return entry;
    }

  return NULL;
}

gboolean
lanyard_editor_fields_is_folded (LanyardEditorFields *self, const char *name)
{
  LanyardFieldEntry *entry = lanyard_editor_fields_find (self, name);

  return entry != NULL && self->advanced_row != NULL &&
         gtk_widget_is_ancestor (lanyard_field_entry_get_row (entry), self->advanced_row);
}

void
lanyard_editor_fields_clear (LanyardEditorFields *self)
{
  g_return_if_fail (LANYARD_IS_EDITOR_FIELDS (self));

  for (guint i = 0; i < self->entries->len; i++)
    {
      LanyardFieldEntry *entry = g_ptr_array_index (self->entries, i);
      const char *name = lanyard_field_entry_get_field (entry)->name;

      /* Those that are folded go with the row that holds them. */
      if (lanyard_editor_fields_is_folded (self, name))
        continue;
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                    lanyard_field_entry_get_row (entry));
      if (lanyard_field_entry_get_key_row (entry) != NULL)
        adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                      lanyard_field_entry_get_key_row (entry));
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                    lanyard_field_entry_get_note (entry));
    }
  if (self->registration_row != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->registration_row);
  if (self->advanced_row != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->advanced_row);
  self->registration_row = NULL;
  self->advanced_row = NULL;
  g_ptr_array_set_size (self->entries, 0);
  self->type = NULL;
  g_clear_object (&self->provider);
}
