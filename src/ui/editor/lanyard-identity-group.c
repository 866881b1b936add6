/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-identity-group.h"

#include "lanyard-field-entry.h"
#include "lanyard-note.h"
#include "lanyard-provider-chooser.h"

#include <glib/gi18n.h>

struct _LanyardIdentityGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  LanyardDraft *draft;
  LanyardFieldEntry *name_entry;

  /* Borrowed: children */
  LanyardProviderChooser *chooser;
  LanyardNote *provider_note;
  AdwComboRow *type_row;

  gboolean showing;
};

static const LanyardField name_field = {
  .name = "name",
  .kind = LANYARD_FIELD_TEXT,
  .flags = LANYARD_FIELD_REQUIRED,
  .label = N_ ("Name"),
};

G_DEFINE_FINAL_TYPE (LanyardIdentityGroup, lanyard_identity_group, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
check_name (LanyardIdentityGroup *self)
{
  g_autoptr (GError) error = NULL;

  lanyard_draft_check_name (self->draft, &error);
  lanyard_field_entry_set_problem (self->name_entry, error != NULL ? error->message : NULL);

  return error == NULL;
}

/* How the provider calls a way in which it authorizes, else how everybody does. */
static const char *
get_method_label (LanyardMethod *method)
{
  const char *label = lanyard_method_get_label (method);
  LanyardAuthType *type;

  if (label != NULL)
    return label;

  type = lanyard_auth_types_lookup (lanyard_method_get_type_id (method));
  return g_dgettext (GETTEXT_PACKAGE, lanyard_auth_type_get_info (type)->name);
}

static gboolean
is_known (LanyardMethod *method)
{
  return lanyard_auth_types_lookup (lanyard_method_get_type_id (method)) != NULL;
}

static void
show_types (LanyardIdentityGroup *self)
{
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);
  LanyardMethod *current = lanyard_draft_get_method (self->draft);
  GPtrArray *methods = provider != NULL ? lanyard_provider_list_methods (provider) : NULL;
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint n = 0, selected = 0;

  for (guint i = 0; methods != NULL && i < methods->len; i++)
    {
      LanyardMethod *method = g_ptr_array_index (methods, i);

      if (!is_known (method))
        continue;
      if (method == current)
        selected = n;
      gtk_string_list_append (labels, get_method_label (method));
      n++;
    }

  adw_combo_row_set_model (self->type_row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->type_row, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->type_row), n > 1);
}

static void
show_provider (LanyardIdentityGroup *self)
{
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);
  const char *id =
    lanyard_authorization_get_provider_id (lanyard_draft_get_authorization (self->draft));

  if (provider == NULL && *id != '\0')
    {
      lanyard_provider_chooser_set_unknown (self->chooser, id);
      lanyard_note_set_text (self->provider_note,
                             _ ("This provider is not in the catalogue any more; choose another "
                                "one, or bring its file back"));
      return;
    }

  lanyard_provider_chooser_set_provider (self->chooser, provider);
  lanyard_note_set_text (self->provider_note, NULL);
}

static void
show_draft (LanyardIdentityGroup *self)
{
  LanyardAuthorization *authorization = lanyard_draft_get_authorization (self->draft);

  self->showing = TRUE;
  lanyard_field_entry_set_text (self->name_entry, lanyard_authorization_get_name (authorization));
  if (lanyard_field_entry_get_problem (self->name_entry) != NULL)
    check_name (self);
  show_provider (self);
  show_types (self);
  self->showing = FALSE;
}

static void
name_edited_cb (LanyardIdentityGroup *self)
{
  lanyard_draft_set_name (self->draft, lanyard_field_entry_get_text (self->name_entry));
  if (lanyard_field_entry_get_problem (self->name_entry) != NULL)
    check_name (self);
}

/* An empty name is not pointed out before the form is saved: the provider may fill it in. */
static void
name_left_cb (LanyardIdentityGroup *self)
{
  if (self->draft != NULL && *lanyard_field_entry_get_text (self->name_entry) != '\0')
    check_name (self);
}

static void
provider_cb (LanyardIdentityGroup *self)
{
  LanyardProvider *provider = lanyard_provider_chooser_get_provider (self->chooser);

  if (!self->showing && provider != NULL)
    lanyard_draft_choose_provider (self->draft, provider);
}

static void
type_cb (LanyardIdentityGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->type_row);
  LanyardProvider *provider;
  GPtrArray *methods;

  if (self->showing || self->draft == NULL)
    return;

  provider = lanyard_draft_get_provider (self->draft);
  methods = provider != NULL ? lanyard_provider_list_methods (provider) : NULL;
  for (guint i = 0; methods != NULL && i < methods->len; i++)
    {
      LanyardMethod *method = g_ptr_array_index (methods, i);

      if (!is_known (method))
        continue;
      if (selected == 0)
        {
          lanyard_draft_choose_method (self->draft, method);
          return;
        }
      selected--;
    }
}

static void
lanyard_identity_group_dispose (GObject *object)
{
  LanyardIdentityGroup *self = LANYARD_IDENTITY_GROUP (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->name_entry);

  G_OBJECT_CLASS (lanyard_identity_group_parent_class)->dispose (object);
}

static void
lanyard_identity_group_class_init (LanyardIdentityGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_identity_group_dispose;
}

static void
lanyard_identity_group_init (LanyardIdentityGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->name_entry = lanyard_field_entry_new (&name_field, TRUE);
  self->chooser = g_object_new (LANYARD_TYPE_PROVIDER_CHOOSER, NULL);
  self->provider_note = LANYARD_NOTE (lanyard_note_new (GTK_WIDGET (self->chooser)));
  self->type_row = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->type_row), _ ("_How to sign in"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self->type_row), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->type_row), FALSE);

  adw_preferences_group_add (group, lanyard_field_entry_get_row (self->name_entry));
  adw_preferences_group_add (group, lanyard_field_entry_get_note (self->name_entry));
  adw_preferences_group_add (group, GTK_WIDGET (self->chooser));
  adw_preferences_group_add (group, GTK_WIDGET (self->provider_note));
  adw_preferences_group_add (group, GTK_WIDGET (self->type_row));

  g_signal_connect_object (self->name_entry, "edited", G_CALLBACK (name_edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name_entry, "left", G_CALLBACK (name_left_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chooser, "notify::provider", G_CALLBACK (provider_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->type_row, "notify::selected", G_CALLBACK (type_cb), self,
                           G_CONNECT_SWAPPED);
}

void
lanyard_identity_group_set_draft (LanyardIdentityGroup *self, LanyardDraft *draft)
{
  g_return_if_fail (LANYARD_IS_IDENTITY_GROUP (self));
  g_return_if_fail (LANYARD_IS_DRAFT (draft));
  g_return_if_fail (self->draft == NULL);

  self->draft = g_object_ref (draft);
  lanyard_provider_chooser_set_catalogue (
    self->chooser, lanyard_manager_get_catalogue (lanyard_draft_get_manager (draft)));
  g_signal_connect_object (draft, "form-changed", G_CALLBACK (show_draft), self, G_CONNECT_SWAPPED);
  show_draft (self);
}

GtkWidget *
lanyard_identity_group_check (LanyardIdentityGroup *self)
{
  GtkWidget *wrong = NULL;

  g_return_val_if_fail (LANYARD_IS_IDENTITY_GROUP (self), NULL);

  if (lanyard_draft_get_auth_type (self->draft) == NULL)
    {
      if (lanyard_note_get_text (self->provider_note) == NULL)
        lanyard_note_set_text (self->provider_note, _ ("Choose the service to connect to"));
      wrong = GTK_WIDGET (self->chooser);
    }
  if (!check_name (self))
    wrong = lanyard_field_entry_get_row (self->name_entry);

  return wrong;
}

void
lanyard_identity_group_set_name_problem (LanyardIdentityGroup *self, const char *problem)
{
  g_return_if_fail (LANYARD_IS_IDENTITY_GROUP (self));

  lanyard_field_entry_set_problem (self->name_entry, problem);
}

void
lanyard_identity_group_focus_name (LanyardIdentityGroup *self)
{
  g_return_if_fail (LANYARD_IS_IDENTITY_GROUP (self));

  lanyard_field_entry_focus (self->name_entry);
}

void
lanyard_identity_group_open_providers (LanyardIdentityGroup *self)
{
  g_return_if_fail (LANYARD_IS_IDENTITY_GROUP (self));

  lanyard_provider_chooser_open (self->chooser);
}
