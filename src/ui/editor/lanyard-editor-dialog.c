/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The dialogs of the editor. */

#include "config.h"

#include "lanyard-editor-private.h"

#include "lanyard-error.h"

#include <glib/gi18n.h>

static gboolean
release_cb (gpointer user_data)
{
  g_object_unref (user_data);
  return G_SOURCE_REMOVE;
}

/* Before anything else happens, since the dialog must go before its parent does. */
static void
unmap_cb (GtkWidget *dialog)
{
  g_signal_handlers_disconnect_by_func (dialog, unmap_cb, NULL);
  g_idle_add_full (G_PRIORITY_HIGH, release_cb, dialog, NULL);
}

/* libadwaita 1.2 closes a dialog before it says what was answered. When assistive technology
 * pressed the button, nothing else keeps the dialog alive until then. */
void
lanyard_editor_present_dialog (AdwMessageDialog *dialog)
{
  g_return_if_fail (ADW_IS_MESSAGE_DIALOG (dialog));

  g_object_ref (dialog);
  g_signal_connect (dialog, "unmap", G_CALLBACK (unmap_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
lanyard_editor_show_error (LanyardEditor *self, const char *heading, const GError *error)
{
  GtkWidget *dialog;

  if (lanyard_error_is_cancelled (error))
    return;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  lanyard_editor_present_dialog (ADW_MESSAGE_DIALOG (dialog));
}

static void
encryption_response_cb (LanyardEditor *self, const char *response)
{
  if (self->draft != NULL && lanyard_draft_is_unencrypted (self->draft) &&
      !g_str_equal (response, "later"))
    lanyard_draft_choose_encryption (self->draft, g_str_equal (response, "https"));
}

void
lanyard_editor_ask_about_encryption (LanyardEditor *self)
{
  GtkWidget *widget;
  AdwMessageDialog *dialog;

  /* Whoever is closing the window is not asked. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || self->operation != NULL)
    return;

  widget =
    adw_message_dialog_new (GTK_WINDOW (self), _ ("Send the Credentials Unencrypted?"), NULL);
  dialog = ADW_MESSAGE_DIALOG (widget);
  adw_message_dialog_set_body (
    dialog, _ ("The address begins with http: everybody on the way to the server can read the "
               "credentials. Use https unless the server has none."));
  adw_message_dialog_add_responses (dialog, "later", _ ("_Cancel"), "http", _ ("Use http _Anyway"),
                                    "https", _ ("_Use https"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "http", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "https", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "https");
  adw_message_dialog_set_close_response (dialog, "later");
  g_signal_connect_object (dialog, "response", G_CALLBACK (encryption_response_cb), self,
                           G_CONNECT_SWAPPED);
  lanyard_editor_present_dialog (dialog);
}
