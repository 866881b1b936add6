/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-export-dialog.h"

#include <glib/gi18n.h>

#include "lanyard-error.h"
#include "lanyard-manager-export.h"
#include "lanyard-mnemonics.h"
#include "lanyard-note.h"
#include "lanyard-sealed-box.h"
#include "lanyard-text.h"
#include "lanyard-transfer-file.h"

/* What is told of a file in a toast. */
#define FILE_NAME_CHARS 40

struct _LanyardExportDialog
{
  AdwWindow parent_instance;

  /* Owned */
  LanyardManager *manager;
  LanyardAuthorization *authorization; /* NULL for all */
  GtkFileChooserNative *chooser;
  GCancellable *operation; /* while the export is made */
  GFile *file;

  /* Borrowed: children */
  LanyardNote *passphrase_note;
  LanyardNote *repeat_note;

  /* Template */
  AdwWindowTitle *window_title;
  GtkWidget *export_button;
  GtkWidget *page;
  AdwPreferencesGroup *passphrase_group;
  GtkSwitch *secrets_switch;
  GtkWidget *passphrase_row;
  GtkWidget *repeat_row;
  GtkRevealer *busy_revealer;
};

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardExportDialog, lanyard_export_dialog, ADW_TYPE_WINDOW)

static const char *
get_passphrase (LanyardExportDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row));
}

static const char *
get_repeated (LanyardExportDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->repeat_row));
}

static guint
count_exported (LanyardExportDialog *self)
{
  GListModel *all = lanyard_manager_get_authorizations (self->manager, NULL);

  if (self->authorization != NULL || all == NULL)
    return 1;
  return g_list_model_get_n_items (all);
}

/* Whoever closed everything does not want to know how it ended. */
static gboolean
is_gone (LanyardExportDialog *self)
{
  return self->operation == NULL;
}

static void
set_busy (LanyardExportDialog *self, gboolean busy)
{
  /* A widget that rests must not have the focus. */
  if (busy)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (self->page, !busy);
  gtk_widget_set_sensitive (self->export_button, !busy);
  gtk_revealer_set_reveal_child (self->busy_revealer, busy);
}

static void
show_error (LanyardExportDialog *self, const GError *error)
{
  GtkWidget *dialog;

  if (is_gone (self))
    return;

  set_busy (self, FALSE);
  g_clear_object (&self->operation);
  if (lanyard_error_is_cancelled (error))
    return;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Nothing Was Exported"), error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
finish (LanyardExportDialog *self)
{
  guint n_exported = count_exported (self);
  g_autofree char *base = g_file_get_basename (self->file);
  g_autofree char *file_name = lanyard_text_quote (base, FILE_NAME_CHARS);
  g_autofree char *message = NULL;

  message =
    /* Translators: %s is the name of a file, in quotation marks */
    g_strdup_printf (ngettext ("%u authorization was exported to %s",
                               "%u authorizations were exported to %s", n_exported),
                     n_exported, file_name);
  g_clear_object (&self->operation);
  g_signal_emit (self, signals[DONE], 0, message);
  gtk_window_close (GTK_WINDOW (self));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lanyard_transfer_file_save_finish (G_FILE (source), result, &error))
    show_error (self, error);
  else if (!is_gone (self))
    finish (self);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content =
    lanyard_manager_export_finish (LANYARD_MANAGER (source), result, &error);

  if (content == NULL)
    show_error (self, error);
  else if (!is_gone (self))
    lanyard_transfer_file_save_async (self->file, content, self->operation, saved_cb,
                                      g_object_ref (self));
}

static void export(LanyardExportDialog *self)
{
  gboolean with_secrets = gtk_switch_get_active (self->secrets_switch);
  g_autoptr (LanyardSecret) passphrase =
    with_secrets ? lanyard_secret_new (get_passphrase (self)) : NULL;
  const char *ids[] = { NULL, NULL };

  if (self->authorization != NULL)
    ids[0] = lanyard_authorization_get_id (self->authorization);
  lanyard_manager_export_async (self->manager, ids[0] != NULL ? ids : NULL, passphrase,
                                self->operation, exported_cb, g_object_ref (self));
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (lanyard_manager_unlock_finish (LANYARD_MANAGER (source), result, &error))
    export(self);
  else
    show_error (self, error);
}

static void
chosen_cb (LanyardExportDialog *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (chooser));
  if (file != NULL)
    lanyard_export_dialog_save (self, file);
}

static void
export_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LanyardExportDialog *self = LANYARD_EXPORT_DIALOG (widget);
  const char *name = NULL;
  g_autofree char *file_name = NULL;

  if (self->chooser != NULL || self->operation != NULL || !lanyard_export_dialog_check (self))
    return;

  if (self->authorization != NULL)
    name = lanyard_authorization_get_name (self->authorization);
  file_name = lanyard_transfer_file_dup_name (name);
  self->chooser =
    gtk_file_chooser_native_new (_ ("Save the Export"), GTK_WINDOW (self),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), file_name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* What is half typed is not wrong yet. */
static void
passphrase_changed_cb (LanyardExportDialog *self)
{
  gboolean fits = g_str_has_prefix (get_passphrase (self), get_repeated (self));

  lanyard_note_set_text (self->passphrase_note, NULL);
  lanyard_note_set_text (self->repeat_note,
                         fits ? NULL : _ ("This is not the same as the passphrase above"));
}

static void
passphrase_activated_cb (LanyardExportDialog *self)
{
  gtk_widget_grab_focus (self->repeat_row);
}

static void
repeat_activated_cb (LanyardExportDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "export.save", NULL);
}

static void
secrets_cb (LanyardExportDialog *self)
{
  gboolean with_secrets = gtk_switch_get_active (self->secrets_switch);

  gtk_widget_set_visible (GTK_WIDGET (self->passphrase_group), with_secrets);
  if (with_secrets)
    gtk_widget_grab_focus (self->passphrase_row);
}

static gboolean
lanyard_export_dialog_close_request (GtkWindow *window)
{
  LanyardExportDialog *self = LANYARD_EXPORT_DIALOG (window);

  /* The first time it stops what is going on. */
  if (self->operation != NULL)
    {
      g_cancellable_cancel (self->operation);
      return TRUE;
    }
  return GTK_WINDOW_CLASS (lanyard_export_dialog_parent_class)->close_request (window);
}

static void
lanyard_export_dialog_dispose (GObject *object)
{
  LanyardExportDialog *self = LANYARD_EXPORT_DIALOG (object);

  g_cancellable_cancel (self->operation);
  g_clear_object (&self->operation);
  g_clear_object (&self->chooser);
  /* An entry row of libadwaita 1.2 that has the focus when it goes still looks at its text when
   * that is gone already. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LANYARD_TYPE_EXPORT_DIALOG);
  g_clear_object (&self->manager);
  g_clear_object (&self->authorization);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (lanyard_export_dialog_parent_class)->dispose (object);
}

static void
lanyard_export_dialog_class_init (LanyardExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_export_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = lanyard_export_dialog_close_request;

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "export.save", NULL, export_cb);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/lanyard/Lanyard/transfer/lanyard-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardExportDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, LanyardExportDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardExportDialog, page);
  gtk_widget_class_bind_template_child (widget_class, LanyardExportDialog, passphrase_group);
  gtk_widget_class_bind_template_child (widget_class, LanyardExportDialog, secrets_switch);
  gtk_widget_class_bind_template_child (widget_class, LanyardExportDialog, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, LanyardExportDialog, repeat_row);
  gtk_widget_class_bind_template_child (widget_class, LanyardExportDialog, busy_revealer);
  gtk_widget_class_bind_template_callback (widget_class, passphrase_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, passphrase_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, repeat_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, secrets_cb);
}

/* Each row is followed by what is wrong with it. */
static LanyardNote *
add_note (LanyardExportDialog *self, GtkWidget *row)
{
  GtkWidget *note = lanyard_note_new (row);

  g_object_ref (row);
  adw_preferences_group_remove (self->passphrase_group, row);
  adw_preferences_group_add (self->passphrase_group, row);
  adw_preferences_group_add (self->passphrase_group, note);
  g_object_unref (row);
  lanyard_mnemonics_name_icons (row);
  return LANYARD_NOTE (note);
}

static void
lanyard_export_dialog_init (LanyardExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->passphrase_note = add_note (self, self->passphrase_row);
  self->repeat_note = add_note (self, self->repeat_row);
  lanyard_mnemonics_name (GTK_WIDGET (self));
}

GtkWidget *
lanyard_export_dialog_new (LanyardManager *manager, LanyardAuthorization *authorization)
{
  LanyardExportDialog *self;
  g_autofree char *text = NULL;
  guint n_exported;

  g_return_val_if_fail (LANYARD_IS_MANAGER (manager), NULL);

  self = g_object_new (LANYARD_TYPE_EXPORT_DIALOG, NULL);
  self->manager = g_object_ref (manager);
  g_set_object (&self->authorization, authorization);
  n_exported = count_exported (self);
  text =
    g_strdup_printf (ngettext ("%u Authorization", "%u Authorizations", n_exported), n_exported);
  adw_window_title_set_subtitle (
    self->window_title,
    authorization != NULL ? lanyard_authorization_get_name (authorization) : text);
  gtk_widget_grab_focus (GTK_WIDGET (self->secrets_switch));
  return GTK_WIDGET (self);
}

gboolean
lanyard_export_dialog_check (LanyardExportDialog *self)
{
  g_autoptr (LanyardSecret) passphrase = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (LANYARD_IS_EXPORT_DIALOG (self), FALSE);

  if (!gtk_switch_get_active (self->secrets_switch))
    return TRUE;

  passphrase = lanyard_secret_new (get_passphrase (self));
  if (!lanyard_sealed_box_check_passphrase (passphrase, &error))
    {
      lanyard_note_set_text (self->passphrase_note, error->message);
      gtk_widget_grab_focus (self->passphrase_row);
      return FALSE;
    }
  if (!g_str_equal (get_passphrase (self), get_repeated (self)))
    {
      lanyard_note_set_text (self->repeat_note,
                             *get_repeated (self) != '\0'
                               ? _ ("This is not the same as the passphrase above")
                               : _ ("Enter the passphrase once more: nobody can open the export "
                                    "without it"));
      gtk_widget_grab_focus (self->repeat_row);
      return FALSE;
    }
  return TRUE;
}

void
lanyard_export_dialog_save (LanyardExportDialog *self, GFile *file)
{
  g_return_if_fail (LANYARD_IS_EXPORT_DIALOG (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (self->operation == NULL);

  g_set_object (&self->file, file);
  self->operation = g_cancellable_new ();
  set_busy (self, TRUE);
  /* A keyring that is locked asks the person now, and not in the middle. */
  if (gtk_switch_get_active (self->secrets_switch))
    lanyard_manager_unlock_async (self->manager, self->operation, unlocked_cb, g_object_ref (self));
  else
    export(self);
}
