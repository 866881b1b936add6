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
