/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the editor asks for the address of an issuer, and makes a provider of what was entered. */

#include "config.h"

#include "lanyard-editor-private.h"

#include "lanyard-address-text.h"
#include "lanyard-error.h"
#include "lanyard-provider-writer.h"
#include "lanyard-server-metadata.h"

#include <glib/gi18n.h>

/* A message dialog with one row to fill in. */
static GtkWidget *
make_dialog (LanyardEditor *self,
             const char *heading,
             const char *body,
             const char *label,
             GtkEditable **row)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (entry))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), entry);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), TRUE);
  *row = GTK_EDITABLE (entry);
  return dialog;
}

static void
discovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = lanyard_draft_discover_finish (LANYARD_DRAFT (source), result, &error);

  if (self->draft == NULL)
    return;

  lanyard_editor_end (self);
  if (done)
    lanyard_editor_say (self, _ ("Filled in what the issuer says of itself"));
  else
    lanyard_editor_show_error (self, _ ("The Issuer Could Not Be Asked"), error);
}

static void
issuer_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  LanyardEditor *self = user_data;
  GtkEditable *row = g_object_get_data (G_OBJECT (dialog), "lanyard-row");
  g_autofree char *issuer = NULL;
  g_autofree char *what = NULL;

  if (!g_str_equal (response, "ask") || self->draft == NULL || self->operation != NULL)
    return;

  issuer = lanyard_address_text_tidy (gtk_editable_get_text (row));
  /* Translators: %s is an address */
  what = g_strdup_printf (_ ("Asking %s…"), issuer);
  lanyard_draft_discover_async (self->draft, issuer, lanyard_editor_begin (self, what),
                                discovered_cb, g_object_ref (self));
}

static void
issuer_changed_cb (GtkEditable *row, AdwMessageDialog *dialog)
{
  g_autofree char *issuer = lanyard_address_text_tidy (gtk_editable_get_text (row));

  adw_message_dialog_set_response_enabled (dialog, "ask",
                                           lanyard_server_metadata_check_issuer (issuer, NULL));
}

static void
from_issuer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardEditor *self = LANYARD_EDITOR (widget);
  AdwMessageDialog *dialog;
  GtkEditable *row;

  if (self->operation != NULL)
    return;

  dialog = ADW_MESSAGE_DIALOG (make_dialog (
    self, _ ("From an Issuer Address"),
    _ ("Many services say themselves where to sign in. Enter the address that the service, or its "
       "documentation, calls the issuer."),
    _ ("Issuer address"), &row));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "ask", _ ("_Look Up"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "ask", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "ask");
  adw_message_dialog_set_response_enabled (dialog, "ask", FALSE);
  g_object_set_data (G_OBJECT (dialog), "lanyard-row", row);
  g_signal_connect_object (row, "changed", G_CALLBACK (issuer_changed_cb), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (issuer_response_cb), self, 0);
  lanyard_editor_present_dialog (dialog);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
save_provider (LanyardEditor *self, const char *name)
{
  LanyardManager *manager = lanyard_draft_get_manager (self->draft);
  const char *folder = lanyard_catalogue_get_directory (lanyard_manager_get_catalogue (manager));
  g_autofree char *id = lanyard_provider_writer_suggest_id (name);
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;

  text =
    lanyard_provider_writer_make (lanyard_draft_get_provider (self->draft),
                                  lanyard_draft_get_authorization (self->draft), id, name, &error);
  if (text != NULL)
    path = lanyard_provider_writer_save (folder, id, text, FALSE, &error);
  if (path == NULL)
    {
      lanyard_editor_show_error (self, _ ("The Provider Was Not Saved"), error);
      return;
    }

  /* Translators: %s is the name of a provider */
  said = g_strdup_printf (_ ("“%s” is among the providers now"), name);
  lanyard_editor_say (self, said);
}

static void
provider_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  LanyardEditor *self = user_data;
  g_autofree char *name = NULL;

  if (!g_str_equal (response, "save") || self->draft == NULL)
    return;

  name = g_strstrip (
    g_strdup (gtk_editable_get_text (g_object_get_data (G_OBJECT (dialog), "lanyard-row"))));
  if (*name != '\0')
    save_provider (self, name);
}

static void
save_provider_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardEditor *self = LANYARD_EDITOR (widget);
  AdwMessageDialog *dialog;
  GtkEditable *row;

  if (self->operation != NULL || lanyard_draft_get_provider (self->draft) == NULL)
    return;

  dialog = ADW_MESSAGE_DIALOG (make_dialog (
    self, _ ("Save as Provider"),
    _ ("The addresses, parameters and scopes become a provider of yours, to be chosen again. No "
       "secret, and nothing that is only yours, goes into it."),
    _ ("Name of the provider"), &row));
  gtk_editable_set_text (
    row, lanyard_authorization_get_name (lanyard_draft_get_authorization (self->draft)));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  g_object_set_data (G_OBJECT (dialog), "lanyard-row", row);
  g_signal_connect_object (dialog, "response", G_CALLBACK (provider_response_cb), self, 0);
  lanyard_editor_present_dialog (dialog);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

void
lanyard_editor_install_provider_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.from-issuer", NULL, from_issuer_action);
  gtk_widget_class_install_action (widget_class, "editor.save-provider", NULL,
                                   save_provider_action);
}
