/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-import-dialog.h"

#include <glib/gi18n.h>

#include "lanyard-error.h"
#include "lanyard-import-item.h"
#include "lanyard-import-row.h"
#include "lanyard-mnemonics.h"
#include "lanyard-note.h"
#include "lanyard-sealed-box.h"

struct _LanyardImportDialog
{
  AdwWindow parent_instance;

  /* Owned */
  LanyardManager *manager;
  GBytes *content;
  GListStore *items;
  GCancellable *operation; /* while it opens the export, or imports */
  GQueue queue;            /* of LanyardImportItem, what is yet to be imported */

  /* Borrowed: children */
  LanyardNote *passphrase_note;

  /* Template */
  AdwWindowTitle *window_title;
  GtkWidget *open_button;
  GtkWidget *import_button;
  GtkWidget *passphrase_page;
  AdwPreferencesGroup *passphrase_group;
  GtkWidget *passphrase_row;
  GtkWidget *list_page;
  GtkLabel *summary_label;
  GtkListView *list;
  GtkRevealer *busy_revealer;
  GtkLabel *busy_label;
  GtkProgressBar *progress_bar;

  guint n_chosen;
  guint n_imported;
};

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardImportDialog, lanyard_import_dialog, ADW_TYPE_WINDOW)

static void
update_buttons (LanyardImportDialog *self)
{
  gboolean busy = self->operation != NULL;
  gboolean any = FALSE;

  for (guint i = 0; !any && i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (LanyardImportItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      any = lanyard_import_item_is_chosen (item);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.open", !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.import", !busy && any);
  gtk_widget_set_sensitive (self->passphrase_page, !busy);
  gtk_widget_set_sensitive (self->list_page, !busy);
  gtk_revealer_set_reveal_child (self->busy_revealer, busy);
}

/* Whoever closed everything does not want to know how it ended. */
static gboolean
is_gone (LanyardImportDialog *self)
{
  return self->operation == NULL;
}

static void
begin (LanyardImportDialog *self, const char *what)
{
  self->operation = g_cancellable_new ();
  /* A widget that rests must not have the focus. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_label_set_text (self->busy_label, what);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  update_buttons (self);
}

static void
end (LanyardImportDialog *self)
{
  g_clear_object (&self->operation);
  update_buttons (self);
}

/* An export that nobody can read: there is nothing to do here but to read why. */
static void
refuse (LanyardImportDialog *self, const GError *error)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  GtkWidget *dialog;

  dialog = adw_message_dialog_new (parent, _ ("Could Not Open the Export"), error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_close (GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
fill (LanyardImportDialog *self, GPtrArray *entries, GError **error)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const LanyardArchiveEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (LanyardAuthorization) existing = NULL;
      g_autoptr (LanyardImportItem) item = NULL;

      if (!lanyard_manager_find_clash (self->manager, entry, &existing, error))
        return FALSE;
      item = lanyard_import_item_new (entry, entries, existing);
      g_signal_connect_object (item, "notify::chosen", G_CALLBACK (update_buttons), self,
                               G_CONNECT_SWAPPED);
      g_list_store_append (self->items, item);
    }
  return TRUE;
}

static void
set_summary (LanyardImportDialog *self, const char *text)
{
  gtk_label_set_text (self->summary_label, text);
  /* What a status says is not its name, for newer GTK. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->summary_label),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
show_list (LanyardImportDialog *self, GPtrArray *entries)
{
  gboolean with_secrets = FALSE;

  for (guint i = 0; i < entries->len; i++)
    {
      const LanyardArchiveEntry *entry = g_ptr_array_index (entries, i);

      /* One that was never signed in has none to give. */
      with_secrets |= entry->credentials != NULL;
    }

  if (entries->len == 0)
    set_summary (self, _ ("The export is empty: there is nothing to import."));
  else if (with_secrets)
    set_summary (self, _ ("The export holds the secrets, too: what you import works at once."));
  else
    set_summary (self, _ ("The export holds no secrets: sign in after the import."));
  gtk_widget_set_visible (self->passphrase_page, FALSE);
  gtk_widget_set_visible (self->open_button, FALSE);
  gtk_widget_set_visible (self->list_page, TRUE);
  gtk_widget_set_visible (self->import_button, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries =
    lanyard_manager_open_export_finish (LANYARD_MANAGER (source), result, &error);

  if (is_gone (self))
    return;
  end (self);
  if (lanyard_error_is_cancelled (error))
    return;
  if (entries != NULL && fill (self, entries, &error))
    {
      /* The passphrase has done its work. */
      gtk_editable_set_text (GTK_EDITABLE (self->passphrase_row), "");
      show_list (self, entries);
      update_buttons (self);
      return;
    }
  if (!g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_DENIED))
    {
      refuse (self, error);
      return;
    }

  lanyard_note_set_text (self->passphrase_note, error->message);
  gtk_widget_grab_focus (self->passphrase_row);
  gtk_editable_select_region (GTK_EDITABLE (self->passphrase_row), 0, -1);
}

static void
open_export (LanyardImportDialog *self, LanyardSecret *passphrase)
{
  begin (self, _ ("Opening the export…"));
  lanyard_manager_open_export_async (self->manager, self->content, passphrase, self->operation,
                                     opened_cb, g_object_ref (self));
}

static void
open_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LanyardImportDialog *self = LANYARD_IMPORT_DIALOG (widget);
  g_autoptr (LanyardSecret) passphrase =
    lanyard_secret_new (gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row)));

  if (lanyard_secret_get_length (passphrase) > 0)
    open_export (self, passphrase);
}

static void
passphrase_changed_cb (LanyardImportDialog *self)
{
  lanyard_note_set_text (self->passphrase_note, NULL);
}

static void
passphrase_activated_cb (LanyardImportDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "import.open", NULL);
}

static char *
dup_result (LanyardImportDialog *self)
{
  return g_strdup_printf (
    ngettext ("%u authorization was imported", "%u authorizations were imported", self->n_imported),
    self->n_imported);
}

/* What was not imported is still in the list, where its row says why. */
static void
finish (LanyardImportDialog *self)
{
  g_autofree char *imported = dup_result (self);
  g_autofree char *text = NULL;

  g_queue_clear_full (&self->queue, g_object_unref);
  end (self);
  if (self->n_imported == self->n_chosen)
    {
      g_signal_emit (self, signals[DONE], 0, imported);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  /* Translators: %s is "2 authorizations were imported"; what was not is listed below it */
  text = g_strdup_printf (_ ("%s. What was not is still in this list."), imported);
  set_summary (self, text);
  gtk_widget_add_css_class (GTK_WIDGET (self->summary_label), "error");
}

static void import_next (LanyardImportDialog *self);

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardImportDialog) self = user_data;
  g_autoptr (LanyardImportItem) item = g_queue_pop_head (&self->queue);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardAuthorization) imported =
    lanyard_manager_import_finish (LANYARD_MANAGER (source), result, &error);
  guint position;

  if (is_gone (self))
    return;
  if (imported != NULL)
    {
      self->n_imported++;
      if (g_list_store_find (self->items, item, &position))
        g_list_store_remove (self->items, position);
    }
  else if (error == NULL)
    lanyard_import_item_set_error (item, _ ("By now there is one of this name. Open the export "
                                            "again to rename or replace it"));
  else if (!lanyard_error_is_cancelled (error))
    lanyard_import_item_set_error (item, error->message);

  /* What keeps this one out keeps out the others as well. */
  if (error != NULL && lanyard_error_is_transient (error))
    finish (self);
  else
    import_next (self);
}

static void
import_next (LanyardImportDialog *self)
{
  LanyardImportItem *item = g_queue_peek_head (&self->queue);
  guint n_left = g_queue_get_length (&self->queue);
  g_autofree char *text = NULL;

  if (item == NULL || g_cancellable_is_cancelled (self->operation))
    {
      finish (self);
      return;
    }

  /* Translators: %s is the name of an authorization */
  text = g_strdup_printf (_ ("Importing “%s”…"), lanyard_import_item_get_name (item));
  gtk_label_set_text (self->busy_label, text);
  gtk_progress_bar_set_fraction (self->progress_bar,
                                 (double)(self->n_chosen - n_left) / self->n_chosen);
  lanyard_manager_import_async (self->manager, lanyard_import_item_get_entry (item),
                                lanyard_import_item_get_mode (item), self->operation, imported_cb,
                                g_object_ref (self));
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  lanyard_manager_unlock_finish (LANYARD_MANAGER (source), result, &error);
  if (is_gone (self))
    return;
  if (error == NULL)
    {
      import_next (self);
      return;
    }

  if (!lanyard_error_is_cancelled (error))
    lanyard_import_item_set_error (g_queue_peek_head (&self->queue), error->message);
  finish (self);
}

static void
import_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LanyardImportDialog *self = LANYARD_IMPORT_DIALOG (widget);
  gboolean with_secrets = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (LanyardImportItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      lanyard_import_item_set_error (item, NULL);
      if (!lanyard_import_item_is_chosen (item))
        continue;
      with_secrets |= lanyard_import_item_get_entry (item)->credentials != NULL;
      g_queue_push_tail (&self->queue, g_steal_pointer (&item));
    }

  self->n_chosen = g_queue_get_length (&self->queue);
  self->n_imported = 0;
  gtk_widget_remove_css_class (GTK_WIDGET (self->summary_label), "error");
  begin (self, _ ("Importing…"));
  if (with_secrets)
    lanyard_manager_unlock_async (self->manager, self->operation, unlocked_cb, g_object_ref (self));
  else
    import_next (self);
}

static void
activate_cb (LanyardImportDialog *self, guint position)
{
  g_autoptr (LanyardImportItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  if (item != NULL)
    lanyard_import_item_set_chosen (item, !lanyard_import_item_is_chosen (item));
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, lanyard_import_row_new ());
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *list_item, LanyardImportDialog *self)
{
  lanyard_import_row_set_item (LANYARD_IMPORT_ROW (gtk_list_item_get_child (list_item)),
                               gtk_list_item_get_item (list_item),
                               lanyard_manager_get_catalogue (self->manager));
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *list_item)
{
  lanyard_import_row_set_item (LANYARD_IMPORT_ROW (gtk_list_item_get_child (list_item)), NULL,
                               NULL);
}

static gboolean
lanyard_import_dialog_close_request (GtkWindow *window)
{
  LanyardImportDialog *self = LANYARD_IMPORT_DIALOG (window);

  /* The first time it stops what is going on. */
  if (self->operation != NULL)
    {
      g_cancellable_cancel (self->operation);
      return TRUE;
    }
  return GTK_WINDOW_CLASS (lanyard_import_dialog_parent_class)->close_request (window);
}

static void
lanyard_import_dialog_dispose (GObject *object)
{
  LanyardImportDialog *self = LANYARD_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->operation);
  g_clear_object (&self->operation);
  g_queue_clear_full (&self->queue, g_object_unref);
  /* An entry row of libadwaita 1.2 that has the focus when it goes still looks at its text when
   * that is gone already. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LANYARD_TYPE_IMPORT_DIALOG);
  g_clear_object (&self->items);
  g_clear_object (&self->manager);
  g_clear_pointer (&self->content, g_bytes_unref);

  G_OBJECT_CLASS (lanyard_import_dialog_parent_class)->dispose (object);
}

static void
lanyard_import_dialog_class_init (LanyardImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_import_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = lanyard_import_dialog_close_request;

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "import.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "import.import", NULL, import_cb);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/lanyard/Lanyard/transfer/lanyard-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardImportDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, LanyardImportDialog, open_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardImportDialog, passphrase_page);
  gtk_widget_class_bind_template_child (widget_class, LanyardImportDialog, passphrase_group);
  gtk_widget_class_bind_template_child (widget_class, LanyardImportDialog, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, LanyardImportDialog, list_page);
  gtk_widget_class_bind_template_child (widget_class, LanyardImportDialog, summary_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardImportDialog, list);
  gtk_widget_class_bind_template_child (widget_class, LanyardImportDialog, busy_revealer);
  gtk_widget_class_bind_template_child (widget_class, LanyardImportDialog, busy_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardImportDialog, progress_bar);
  gtk_widget_class_bind_template_callback (widget_class, passphrase_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, passphrase_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
lanyard_import_dialog_init (LanyardImportDialog *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *selection;

  g_queue_init (&self->queue);
  self->items = g_list_store_new (LANYARD_TYPE_IMPORT_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->passphrase_note = LANYARD_NOTE (lanyard_note_new (self->passphrase_row));
  adw_preferences_group_add (self->passphrase_group, GTK_WIDGET (self->passphrase_note));
  lanyard_mnemonics_name_icons (self->passphrase_row);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->items)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  gtk_list_view_set_factory (self->list, factory);
  g_object_unref (selection);
  lanyard_mnemonics_name (GTK_WIDGET (self));
}

GtkWidget *
lanyard_import_dialog_new (LanyardManager *manager, GBytes *content, const char *file_name)
{
  LanyardImportDialog *self;
  gboolean sealed;

  g_return_val_if_fail (LANYARD_IS_MANAGER (manager), NULL);
  g_return_val_if_fail (content != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_IMPORT_DIALOG, NULL);
  self->manager = g_object_ref (manager);
  self->content = g_bytes_ref (content);
  adw_window_title_set_subtitle (self->window_title, file_name);
  sealed =
    lanyard_sealed_box_is_sealed (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
  gtk_widget_set_visible (self->passphrase_page, sealed);
  gtk_widget_set_visible (self->open_button, sealed);
  gtk_widget_set_visible (self->list_page, !sealed);
  gtk_widget_set_visible (self->import_button, !sealed);
  update_buttons (self);
  if (sealed)
    gtk_widget_grab_focus (self->passphrase_row);
  else
    open_export (self, NULL);
  return GTK_WIDGET (self);
}
