/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-import-row.h"

#include <glib/gi18n.h>

#include "lanyard-provider-badge.h"

struct _LanyardImportRow
{
  GtkBox parent_instance;

  /* Owned */
  LanyardImportItem *item;
  GBindingGroup *bindings;
  GSignalGroup *signals;

  /* Borrowed: children */
  GtkWidget *check;
  GtkWidget *badge;
  GtkWidget *name_label;
  GtkWidget *detail_label;
  GtkWidget *error_label;
  GtkWidget *mode_choice;
};

G_DEFINE_FINAL_TYPE (LanyardImportRow, lanyard_import_row, GTK_TYPE_BOX)

static GtkWidget *
add_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    {
      gtk_widget_add_css_class (label, css_class);
      gtk_widget_add_css_class (label, "caption");
    }
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
error_cb (LanyardImportRow *self)
{
  const char *error = self->item != NULL ? lanyard_import_item_get_error (self->item) : NULL;

  gtk_label_set_text (GTK_LABEL (self->error_label), error != NULL ? error : "");
  gtk_widget_set_visible (self->error_label, error != NULL);
}

static void
show_detail (LanyardImportRow *self, const char *provider_name)
{
  LanyardAuthorization *existing = lanyard_import_item_get_existing (self->item);
  g_autofree char *text = NULL;

  if (existing == NULL)
    text = g_strdup (provider_name);
  else if (g_str_equal (lanyard_authorization_get_name (existing),
                        lanyard_import_item_get_name (self->item)))
    /* Translators: %s is a provider */
    text = g_strdup_printf (_ ("%s, there already"), provider_name);
  else
    /* Translators: a provider, and what the same authorization is called here */
    text = g_strdup_printf (_ ("%s, there already as “%s”"), provider_name,
                            lanyard_authorization_get_name (existing));
  gtk_label_set_text (GTK_LABEL (self->detail_label), text);
}

static void
name_controls (LanyardImportRow *self)
{
  const char *name = lanyard_import_item_get_name (self->item);
  g_autofree char *choice_name = NULL;

  /* Translators: the label of a choice (skip, rename, replace), for assistive technology */
  choice_name = g_strdup_printf (_ ("“%s” is there already"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mode_choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  choice_name, -1);
}

static void
lanyard_import_row_dispose (GObject *object)
{
  LanyardImportRow *self = LANYARD_IMPORT_ROW (object);

  g_clear_object (&self->bindings);
  g_clear_object (&self->signals);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (lanyard_import_row_parent_class)->dispose (object);
}

static void
lanyard_import_row_class_init (LanyardImportRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_import_row_dispose;
}

static void
lanyard_import_row_init (LanyardImportRow *self)
{
  /* In the order of LanyardImportMode. */
  const char *const modes[] = { C_ ("import", "Skip"), C_ ("import", "Rename"),
                                C_ ("import", "Replace"), NULL };
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->check = gtk_check_button_new ();
  self->badge = lanyard_provider_badge_new ();
  self->mode_choice = gtk_drop_down_new_from_strings (modes);
  gtk_widget_set_valign (self->badge, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->mode_choice, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  self->name_label = add_label (texts, NULL);
  self->detail_label = add_label (texts, "dim-label");
  self->error_label = add_label (texts, "error");
  gtk_box_append (GTK_BOX (self), self->check);
  gtk_box_append (GTK_BOX (self), self->badge);
  gtk_box_append (GTK_BOX (self), texts);
  gtk_box_append (GTK_BOX (self), self->mode_choice);

  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "chosen", self->check, "active",
                        G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_binding_group_bind (self->bindings, "mode", self->mode_choice, "selected",
                        G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  self->signals = g_signal_group_new (LANYARD_TYPE_IMPORT_ITEM);
  g_signal_group_connect_swapped (self->signals, "notify::error", G_CALLBACK (error_cb), self);
}

GtkWidget *
lanyard_import_row_new (void)
{
  return g_object_new (LANYARD_TYPE_IMPORT_ROW, NULL);
}

void
lanyard_import_row_set_item (LanyardImportRow *self,
                             LanyardImportItem *item,
                             LanyardCatalogue *catalogue)
{
  LanyardProvider *provider;
  const char *provider_id;

  g_return_if_fail (LANYARD_IS_IMPORT_ROW (self));

  g_binding_group_set_source (self->bindings, NULL);
  g_signal_group_set_target (self->signals, NULL);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  provider_id =
    lanyard_authorization_get_provider_id (lanyard_import_item_get_entry (item)->authorization);
  provider = lanyard_catalogue_lookup (catalogue, provider_id, NULL);
  lanyard_provider_badge_set_provider (LANYARD_PROVIDER_BADGE (self->badge), provider);
  gtk_label_set_text (GTK_LABEL (self->name_label), lanyard_import_item_get_name (item));
  show_detail (self, provider != NULL ? lanyard_provider_get_name (provider) : provider_id);
  gtk_widget_set_visible (self->mode_choice, lanyard_import_item_get_existing (item) != NULL);
  name_controls (self);
  error_cb (self);
  g_binding_group_set_source (self->bindings, item);
  g_signal_group_set_target (self->signals, item);
}
