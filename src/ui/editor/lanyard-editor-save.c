/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How the editor saves, and what it asks when that does not go through. */

#include "config.h"

#include "lanyard-editor-private.h"

#include "lanyard-error.h"

#include <glib/gi18n.h>

/* What is to be saved, and what happens then. */
typedef struct
{
  LanyardEditor *editor;
  LanyardEditorThen then;
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->editor);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static Save *
save_new (LanyardEditor *editor, LanyardEditorThen then)
{
  Save *save = g_new0 (Save, 1);

  save->editor = g_object_ref (editor);
  save->then = then;
  return save;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) save = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = lanyard_draft_save_finish (LANYARD_DRAFT (source), result, &error);

  /* The window is gone: nobody is there to be told. */
  if (save->editor->draft == NULL)
    return;

  lanyard_editor_end (save->editor);
  if (!saved)
    lanyard_editor_show_save_error (save->editor, error, save->then);
  else if (save->then == LANYARD_EDITOR_THEN_TEST)
    lanyard_editor_test (save->editor);
  else if (save->then == LANYARD_EDITOR_THEN_STAY)
    lanyard_editor_say (save->editor, _ ("Saved"));
  else
    lanyard_editor_close (save->editor);
}

static void
start (LanyardEditor *self, gboolean with_secrets, LanyardEditorThen then)
{
  GCancellable *cancellable = lanyard_editor_begin (self, _ ("Saving…"));

  lanyard_draft_save_async (self->draft, with_secrets, cancellable, saved_cb,
                            save_new (self, then));
}

static void
conflict_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Save *save = user_data;
  LanyardEditor *self = save->editor;
  g_autoptr (GError) error = NULL;

  if (self->draft == NULL)
    return;

  if (g_str_equal (response, "theirs"))
    {
      if (lanyard_draft_load_theirs (self->draft, &error))
        return;
      lanyard_editor_show_error (self, _ ("It Cannot Be Loaded"), error);
    }
  else if (g_str_equal (response, "mine"))
    {
      if (lanyard_draft_keep_mine (self->draft, &error))
        start (self, TRUE, save->then);
      else
        lanyard_editor_show_error (self, _ ("It Cannot Be Saved"), error);
    }
}

static void
ask_about_conflict (LanyardEditor *self, LanyardEditorThen then)
{
  GtkWidget *widget = adw_message_dialog_new (GTK_WINDOW (self), _ ("Changed Elsewhere"), NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_set_body (
    dialog,
    _ ("Another program saved or removed this authorization while you were editing it. Load "
       "what it saved, or keep what you entered?"));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "theirs", _ ("_Load Theirs"),
                                    "mine", _ ("_Keep Mine"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "theirs", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (conflict_response_cb),
                         save_new (self, then), (GClosureNotify)(void (*) (void))save_free, 0);
  lanyard_editor_present_dialog (dialog);
}

static void
keyring_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Save *save = user_data;

  if (save->editor->draft == NULL)
    return;

  if (g_str_equal (response, "rest"))
    start (save->editor, FALSE, save->then);
  else if (g_str_equal (response, "unlock"))
    gtk_widget_activate_action (GTK_WIDGET (save->editor), "editor.unlock", NULL);
}

static void
ask_about_keyring (LanyardEditor *self, const GError *error, LanyardEditorThen then)
{
  gboolean locked = g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED);
  GtkWidget *widget =
    adw_message_dialog_new (GTK_WINDOW (self), _ ("The Secrets Cannot Be Saved"), error->message);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "rest",
                                    _ ("Save _Without Secrets"), NULL);
  if (locked)
    {
      adw_message_dialog_add_response (dialog, "unlock", _ ("_Unlock…"));
      adw_message_dialog_set_response_appearance (dialog, "unlock", ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_default_response (dialog, "unlock");
    }
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (keyring_response_cb),
                         save_new (self, then), (GClosureNotify)(void (*) (void))save_free, 0);
  lanyard_editor_present_dialog (dialog);
}

void
lanyard_editor_show_save_error (LanyardEditor *self, const GError *error, LanyardEditorThen then)
{
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_EXISTS))
    {
      /* The check of the form says the same in its own words, as long as the list knows it. */
      if (lanyard_editor_check (self, FALSE))
        {
          lanyard_identity_group_set_name_problem (self->identity, error->message);
          lanyard_identity_group_focus_name (self->identity);
        }
    }
  else if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_CONFLICT))
    ask_about_conflict (self, then);
  else if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED) ||
           g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_ABSENT))
    ask_about_keyring (self, error, then);
  else
    lanyard_editor_show_error (self, _ ("It Cannot Be Saved"), error);
}

void
lanyard_editor_save (LanyardEditor *self, LanyardEditorThen then)
{
  /* What is incomplete can be saved, but not tested. */
  if (self->operation == NULL && lanyard_editor_check (self, then == LANYARD_EDITOR_THEN_TEST))
    start (self, TRUE, then);
}

static void
discard_cb (gpointer user_data)
{
  g_autoptr (LanyardEditor) self = user_data;

  if (self->draft != NULL)
    lanyard_editor_close (self);
}

static void
close_response_cb (LanyardEditor *self, const char *response)
{
  /* A window must not go before the dialog that asked about it, which is here until it returns. */
  if (g_str_equal (response, "discard"))
    g_idle_add_once (discard_cb, g_object_ref (self));
  else if (g_str_equal (response, "save"))
    lanyard_editor_save (self, LANYARD_EDITOR_THEN_CLOSE);
}

void
lanyard_editor_ask_to_close (LanyardEditor *self)
{
  GtkWidget *widget = adw_message_dialog_new (GTK_WINDOW (self), _ ("Save Changes?"), NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_set_body (dialog,
                               _ ("What you entered is not saved. It is lost if you discard it."));
  adw_message_dialog_add_responses (dialog, "keep", _ ("_Keep Editing"), "discard", _ ("_Discard"),
                                    "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_response_cb), self,
                           G_CONNECT_SWAPPED);
  lanyard_editor_present_dialog (dialog);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lanyard_editor_save (LANYARD_EDITOR (widget), LANYARD_EDITOR_THEN_CLOSE);
}

/* The first Cancel is for what is going on, the next one for the window. */
static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardEditor *self = LANYARD_EDITOR (widget);

  if (self->operation != NULL && !g_cancellable_is_cancelled (self->operation))
    g_cancellable_cancel (self->operation);
  else
    gtk_window_close (GTK_WINDOW (widget));
}

void
lanyard_editor_install_save_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "editor.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "editor.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "editor.cancel",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "editor.cancel", NULL);
}
