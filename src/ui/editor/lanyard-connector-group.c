/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-connector-group.h"

#include "lanyard-mnemonics.h"
#include "lanyard-picker.h"
#include "lanyard-removable-row.h"

#include <glib/gi18n.h>

struct _LanyardConnectorGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  LanyardDraft *draft;
  LanyardProvider *shown_provider;
  char **shown;
  GPtrArray *rows;

  /* Template */
  GtkMenuButton *add_button;
  LanyardPicker *picker;
};

G_DEFINE_FINAL_TYPE (LanyardConnectorGroup, lanyard_connector_group, ADW_TYPE_PREFERENCES_GROUP)

static const char *const *
get_chosen (LanyardConnectorGroup *self)
{
  return lanyard_authorization_get_connectors (lanyard_draft_get_authorization (self->draft));
}

static const LanyardConnector *
find_connector (LanyardConnectorGroup *self, const char *id)
{
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);

  return provider != NULL ? lanyard_provider_find_connector (provider, id) : NULL;
}

static void
remove_cb (LanyardConnectorGroup *self, LanyardRemovableRow *row)
{
  /* The row goes with what it shows. */
  g_autofree char *id = g_strdup (lanyard_removable_row_get_id (row));
  const LanyardConnector *connector = find_connector (self, id);
  int position = lanyard_draft_remove_connector (self->draft, id);
  g_autofree char *text = NULL;

  /* Translators: %s is a connector or a scope */
  text = g_strdup_printf (_ ("“%s” removed"), connector != NULL ? connector->name : id);
  lanyard_removable_row_offer_undo (GTK_WIDGET (self), text, self->draft,
                                    lanyard_draft_add_connector, id, position);
  gtk_widget_grab_focus (GTK_WIDGET (self->add_button));
}

/* What it needs, in plain words: its own, else those of its scopes. */
static char *
dup_needs (LanyardConnectorGroup *self, const LanyardConnector *connector)
{
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);
  g_autoptr (GString) needs = g_string_new (connector->description);
  gboolean is_described = needs->len > 0;

  for (guint i = 0; !is_described && connector->scopes != NULL && connector->scopes[i] != NULL; i++)
    {
      const LanyardScope *scope = lanyard_provider_find_scope (provider, connector->scopes[i]);

      if (needs->len > 0)
        /* Translators: between the items of an enumeration */
        g_string_append (needs, _ (", "));
      g_string_append (needs, scope != NULL && scope->description != NULL ? scope->description
                                                                          : connector->scopes[i]);
    }

  return g_string_free (g_steal_pointer (&needs), FALSE);
}

static void
fill_cb (LanyardConnectorGroup *self)
{
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);
  GPtrArray *connectors = provider != NULL ? lanyard_provider_list_connectors (provider) : NULL;

  for (guint i = 0; connectors != NULL && i < connectors->len; i++)
    {
      const LanyardConnector *connector = g_ptr_array_index (connectors, i);
      g_autofree char *needs = dup_needs (self, connector);

      lanyard_picker_add (self->picker, connector->id, connector->name, needs,
                          g_strv_contains (get_chosen (self), connector->id));
    }
}

static void
picked_cb (LanyardConnectorGroup *self, const char *id, gboolean picked)
{
  if (picked)
    lanyard_draft_add_connector (self->draft, id, -1);
  else
    lanyard_draft_remove_connector (self->draft, id);
}

static void
add_row (LanyardConnectorGroup *self, const char *id)
{
  const LanyardConnector *connector = find_connector (self, id);
  g_autofree char *needs = connector != NULL ? dup_needs (self, connector) : NULL;
  GtkWidget *row = lanyard_removable_row_new (id);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 connector != NULL ? connector->name : id);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               needs != NULL ? needs : _ ("The provider does not know it"));
  lanyard_removable_row_set_removable (LANYARD_REMOVABLE_ROW (row), TRUE);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
show_description (LanyardConnectorGroup *self)
{
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (provider != NULL && *get_chosen (self) == NULL)
    {
      name = g_markup_escape_text (lanyard_provider_get_name (provider), -1);
      /* Translators: %s is a provider, as "Google" */
      text = g_strdup_printf (_ ("Add what you want to do with %s."), name);
    }
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), text);
}

static void
draft_changed_cb (LanyardConnectorGroup *self)
{
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);
  const char *const *chosen = get_chosen (self);
  gboolean any = provider != NULL && lanyard_provider_list_connectors (provider)->len > 0 &&
                 lanyard_draft_uses_scopes (self->draft);

  /* All that they do is ask for scopes. */
  gtk_widget_set_visible (GTK_WIDGET (self), any || *chosen != NULL);
  /* Most changes are keys in another part of the form. */
  if (self->shown != NULL && provider == self->shown_provider &&
      g_strv_equal ((const char *const *)self->shown, chosen))
    return;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  g_set_object (&self->shown_provider, provider);
  g_strfreev (self->shown);
  self->shown = g_strdupv ((char **)chosen);
  for (; *chosen != NULL; chosen++)
    add_row (self, *chosen);
  show_description (self);
}

static void
lanyard_connector_group_dispose (GObject *object)
{
  LanyardConnectorGroup *self = LANYARD_CONNECTOR_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_CONNECTOR_GROUP);
  g_clear_object (&self->draft);
  g_clear_object (&self->shown_provider);

  G_OBJECT_CLASS (lanyard_connector_group_parent_class)->dispose (object);
}

static void
lanyard_connector_group_finalize (GObject *object)
{
  LanyardConnectorGroup *self = LANYARD_CONNECTOR_GROUP (object);

  g_strfreev (self->shown);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (lanyard_connector_group_parent_class)->finalize (object);
}

static void
lanyard_connector_group_class_init (LanyardConnectorGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_connector_group_dispose;
  object_class->finalize = lanyard_connector_group_finalize;

  g_type_ensure (LANYARD_TYPE_PICKER);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/lanyard/Lanyard/editor/lanyard-connector-group.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardConnectorGroup, add_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardConnectorGroup, picker);
  gtk_widget_class_bind_template_callback (widget_class, fill_cb);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
}

static void
lanyard_connector_group_init (LanyardConnectorGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lanyard_mnemonics_name_menu (self->add_button, _ ("Add connectors"));
}

void
lanyard_connector_group_set_draft (LanyardConnectorGroup *self, LanyardDraft *draft)
{
  g_return_if_fail (LANYARD_IS_CONNECTOR_GROUP (self));
  g_return_if_fail (LANYARD_IS_DRAFT (draft));
  g_return_if_fail (self->draft == NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  draft_changed_cb (self);
}
