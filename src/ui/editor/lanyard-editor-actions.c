/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the editor does beside saving: authorize, test, revoke, unlock. */

#include "config.h"

#include "lanyard-editor-private.h"

#include "lanyard-error.h"

#include <glib/gi18n.h>

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* Why the keyring cannot be read is in the bar, which follows the manager. */
  if (!lanyard_draft_load_finish (LANYARD_DRAFT (source), result, &error) &&
      !lanyard_error_is_cancelled (error))
    g_debug ("The secrets cannot be read: %s", error->message);
}

void
lanyard_editor_load_secrets (LanyardEditor *self)
{
  lanyard_draft_load_async (self->draft, self->loading, loaded_cb, NULL);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = lanyard_sign_in_finish (result, &error);

  if (self->draft == NULL)
    return;

  lanyard_editor_end (self);
  if (!done)
    lanyard_draft_restore_state (self->draft);
  if (done)
    {
      lanyard_draft_mark_saved (self->draft);
      lanyard_editor_load_secrets (self);
      lanyard_editor_say (self, _ ("Authorized and saved"));
    }
  else if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_EXISTS) ||
           g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_CONFLICT))
    {
      lanyard_editor_show_save_error (self, error, LANYARD_EDITOR_THEN_STAY);
    }
  else
    {
      lanyard_editor_show_error (self, _ ("Not Authorized"), error);
    }
}

static void
authorize (LanyardEditor *self, LanyardSignInWay way)
{
  g_autoptr (LanyardCredentials) entered = NULL;
  g_autoptr (GError) error = NULL;

  if (self->operation != NULL || !lanyard_editor_check (self, TRUE))
    return;
  if (lanyard_draft_has_secrets (self->draft) && !lanyard_draft_validate (self->draft, &error))
    {
      lanyard_editor_show_error (self, _ ("Something Is Missing"), error);
      return;
    }

  entered = lanyard_draft_dup_entered (self->draft);
  lanyard_sign_in_async (GTK_WINDOW (self), lanyard_draft_get_manager (self->draft),
                         lanyard_draft_get_authorization (self->draft), entered, way,
                         lanyard_editor_begin (self, _ ("Signing in…")), signed_in_cb,
                         g_object_ref (self));
}

static void
authorize_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardSignInWay way = LANYARD_SIGN_IN_DEFAULT;

  if (g_str_equal (name, "editor.authorize-embedded"))
    way = LANYARD_SIGN_IN_EMBEDDED;
  else if (g_str_equal (name, "editor.authorize-browser"))
    way = LANYARD_SIGN_IN_BROWSER;
  authorize (LANYARD_EDITOR (widget), way);
}

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = lanyard_manager_test_finish (LANYARD_MANAGER (source), result, &error);

  if (self->draft == NULL)
    return;

  lanyard_editor_end (self);
  if (text != NULL)
    lanyard_editor_show_result (self, TRUE, text);
  else if (!lanyard_error_is_cancelled (error))
    lanyard_editor_show_result (self, FALSE, error->message);
}

void
lanyard_editor_test (LanyardEditor *self)
{
  GCancellable *cancellable = lanyard_editor_begin (self, _ ("Testing…"));

  lanyard_manager_test_async (lanyard_draft_get_manager (self->draft),
                              lanyard_editor_get_authorization_id (self), cancellable, tested_cb,
                              g_object_ref (self));
}

/* A test is one of what is saved. */
static void
test_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardEditor *self = LANYARD_EDITOR (widget);

  if (self->operation != NULL)
    return;

  if (lanyard_draft_is_new (self->draft) || lanyard_draft_is_changed (self->draft))
    lanyard_editor_save (self, LANYARD_EDITOR_THEN_TEST);
  else
    lanyard_editor_test (self);
}

static void
revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = lanyard_manager_revoke_finish (LANYARD_MANAGER (source), result, &error);

  if (self->draft == NULL)
    return;

  lanyard_editor_end (self);
  if (done)
    lanyard_editor_say (self, _ ("Revoked"));
  else
    lanyard_editor_show_error (self, _ ("Not Revoked"), error);
}

static void
revoke_response_cb (LanyardEditor *self, const char *response)
{
  GCancellable *cancellable;

  if (!g_str_equal (response, "revoke") || self->operation != NULL)
    return;

  cancellable = lanyard_editor_begin (self, _ ("Revoking…"));
  lanyard_manager_revoke_async (lanyard_draft_get_manager (self->draft),
                                lanyard_editor_get_authorization_id (self), cancellable, revoked_cb,
                                g_object_ref (self));
}

static void
revoke_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardEditor *self = LANYARD_EDITOR (widget);
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);
  AdwMessageDialog *dialog;

  if (provider == NULL)
    return;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), _ ("Revoke?"), NULL));
  adw_message_dialog_format_body (
    dialog,
    /* Translators: %s is a provider, as "Google" */
    _ ("%s will no longer let anybody in with this sign-in, and programs that use it stop working. "
       "What you entered stays, so that you can authorize again."),
    lanyard_provider_get_name (provider));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "revoke", _ ("_Revoke"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "revoke", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (revoke_response_cb), self,
                           G_CONNECT_SWAPPED);
  lanyard_editor_present_dialog (dialog);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = lanyard_manager_unlock_finish (LANYARD_MANAGER (source), result, &error);

  if (self->draft == NULL)
    return;

  lanyard_editor_end (self);
  if (done)
    lanyard_editor_load_secrets (self);
  else if (!g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED))
    lanyard_editor_show_error (self, _ ("The Keyring Cannot Be Used"), error);
}

static void
unlock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardEditor *self = LANYARD_EDITOR (widget);
  GCancellable *cancellable;

  if (self->operation != NULL)
    return;

  cancellable = lanyard_editor_begin (self, _ ("Waiting for the keyring…"));
  lanyard_manager_unlock_async (lanyard_draft_get_manager (self->draft), cancellable, unlocked_cb,
                                g_object_ref (self));
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_cancellable_cancel (LANYARD_EDITOR (widget)->operation);
}

static void
choose_provider_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lanyard_identity_group_open_providers (LANYARD_EDITOR (widget)->identity);
}

void
lanyard_editor_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.authorize", NULL, authorize_action);
  gtk_widget_class_install_action (widget_class, "editor.authorize-embedded", NULL,
                                   authorize_action);
  gtk_widget_class_install_action (widget_class, "editor.authorize-browser", NULL,
                                   authorize_action);
  gtk_widget_class_install_action (widget_class, "editor.test", NULL, test_action);
  gtk_widget_class_install_action (widget_class, "editor.revoke", NULL, revoke_action);
  gtk_widget_class_install_action (widget_class, "editor.unlock", NULL, unlock_action);
  gtk_widget_class_install_action (widget_class, "editor.choose-provider", NULL,
                                   choose_provider_action);
  gtk_widget_class_install_action (widget_class, "editor.stop", NULL, stop_action);
}
