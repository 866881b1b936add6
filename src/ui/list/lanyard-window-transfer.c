/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-window-transfer.h"

#include <glib/gi18n.h>

#include "lanyard-export-dialog.h"
#include "lanyard-import-dialog.h"
#include "lanyard-transfer-file.h"

static void
present_dialog (LanyardWindow *self, GtkWidget *dialog)
{
  g_signal_connect_object (dialog, "done", G_CALLBACK (lanyard_window_show_message), self,
                           G_CONNECT_SWAPPED);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
export_all_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LanyardWindow *self = LANYARD_WINDOW (widget);

  if (lanyard_window_get_manager (self) != NULL)
    present_dialog (self, lanyard_export_dialog_new (lanyard_window_get_manager (self), NULL));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = lanyard_transfer_file_load_finish (G_FILE (source), result, &error);
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *shown = g_filename_display_name (name);

  if (content == NULL)
    lanyard_window_show_error (self, _ ("Could Not Open the Export"), error);
  else if (lanyard_window_get_manager (self) != NULL)
    present_dialog (self,
                    lanyard_import_dialog_new (lanyard_window_get_manager (self), content, shown));
}

static void
chosen_cb (LanyardWindow *self, int response, GtkNativeDialog *chooser)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    lanyard_transfer_file_load_async (file, lanyard_window_get_cancellable (self), loaded_cb,
                                      g_object_ref (self));
  gtk_native_dialog_destroy (chooser);
  g_object_unref (chooser);
}

static void
import_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (_ ("Choose an Export"), GTK_WINDOW (widget),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), widget, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
lanyard_window_install_transfer_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.export-all", NULL, export_all_cb);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_cb);
}

void
lanyard_window_export (LanyardWindow *self, LanyardListEntry *entry)
{
  present_dialog (self, lanyard_export_dialog_new (lanyard_window_get_manager (self),
                                                   lanyard_list_entry_get_authorization (entry)));
}
