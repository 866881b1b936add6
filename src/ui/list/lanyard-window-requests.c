/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-window-requests.h"

#include <glib/gi18n.h>

#include "lanyard-auth-types.h"
#include "lanyard-error.h"
#include "lanyard-secret-clip.h"
#include "lanyard-sign-in.h"
#include "lanyard-text.h"

/* A copied token is of use for so many seconds at least. */
#define MIN_VALID 60

/* One request that a row shows. */
typedef struct
{
  LanyardWindow *window;
  LanyardListEntry *entry;
  LanyardAuthorization *draft;
  GCancellable *cancellable;
} Request;

static Request *
request_begin (LanyardWindow *window, LanyardListEntry *entry, const char *progress)
{
  Request *request = g_new0 (Request, 1);

  request->window = g_object_ref (window);
  request->entry = g_object_ref (entry);
  request->cancellable = lanyard_list_entry_begin (entry, progress);
  return request;
}

static void
request_free (Request *request)
{
  lanyard_list_entry_end (request->entry, request->cancellable);
  g_clear_object (&request->draft);
  g_object_unref (request->cancellable);
  g_object_unref (request->entry);
  g_object_unref (request->window);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static const char *
get_name (LanyardListEntry *entry)
{
  return lanyard_authorization_get_name (lanyard_list_entry_get_authorization (entry));
}

/* The name in quotation marks, for a toast. */
static char *
quote_name (Request *request)
{
  return lanyard_text_quote (get_name (request->entry), LANYARD_TOAST_NAME_CHARS);
}

/* The row shows that the request has ended before the person reads how. */
static void
request_fail (Request *request, const char *heading, const GError *error)
{
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;

  lanyard_list_entry_end (request->entry, request->cancellable);
  if (!g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK) ||
      g_network_monitor_get_network_available (g_network_monitor_get_default ()))
    {
      lanyard_window_show_error (request->window, heading, error);
      return;
    }

  /* The window says already that there is no network: nobody has to dismiss that. */
  name = quote_name (request);
  /* Translators: the name of an authorization, in quotation marks */
  message = g_strdup_printf (_ ("%s: not while you are offline"), name);
  lanyard_window_show_message (request->window, message);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;
  const char *account;

  if (!lanyard_sign_in_finish (result, &error))
    {
      request_fail (request, _ ("Not Authorized"), error);
      return;
    }

  name = quote_name (request);
  account = lanyard_authorization_get_account (request->draft);
  if (account != NULL)
    /* Translators: the name of an authorization, in quotation marks, and who is signed in */
    message = g_strdup_printf (_ ("Authorized %s as %s"), name, account);
  else
    /* Translators: the name of an authorization, in quotation marks */
    message = g_strdup_printf (_ ("Authorized %s"), name);
  lanyard_window_show_message (request->window, message);
}

void
lanyard_window_authorize (LanyardWindow *self, LanyardListEntry *entry)
{
  Request *request = request_begin (self, entry, _ ("Signing in…"));

  /* A copy, so that what is shown stays as it was until the sign-in has worked. */
  request->draft = lanyard_authorization_dup (lanyard_list_entry_get_authorization (entry));
  lanyard_sign_in_async (GTK_WINDOW (self), lanyard_window_get_manager (self), request->draft, NULL,
                         LANYARD_SIGN_IN_DEFAULT, request->cancellable, signed_in_cb, request);
}

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence =
    lanyard_manager_test_finish (LANYARD_MANAGER (source), result, &error);
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;

  if (sentence == NULL)
    {
      request_fail (request, _ ("The Test Failed"), error);
      return;
    }

  name = quote_name (request);
  /* Translators: the name of an authorization, in quotation marks, and what its test said */
  message = g_strdup_printf (_ ("%s: %s"), name, sentence);
  lanyard_window_show_message (request->window, message);
}

void
lanyard_window_test (LanyardWindow *self, LanyardListEntry *entry)
{
  Request *request = request_begin (self, entry, _ ("Testing…"));

  lanyard_manager_test_async (lanyard_window_get_manager (self), lanyard_list_entry_get_id (entry),
                              request->cancellable, tested_cb, request);
}

static void
got_credentials_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardCredentials) credentials =
    lanyard_manager_get_credentials_finish (LANYARD_MANAGER (source), result, &error);
  LanyardAuthorization *authorization = lanyard_list_entry_get_authorization (request->entry);
  LanyardAuthType *type =
    lanyard_auth_types_lookup (lanyard_authorization_get_type_id (authorization));
  LanyardSecret *secret = NULL;

  if (credentials == NULL)
    {
      request_fail (request, _ ("Could Not Copy the Token"), error);
      return;
    }

  if (type != NULL)
    secret =
      lanyard_credentials_get (credentials, lanyard_auth_type_get_info (type)->primary_secret);
  if (secret == NULL)
    {
      lanyard_window_show_message (request->window, _ ("There is no token to copy"));
      return;
    }
  lanyard_secret_clip_copy (gtk_widget_get_clipboard (GTK_WIDGET (request->window)), secret);
  lanyard_window_show_message (request->window,
                               _ ("Token copied; the clipboard forgets it in a minute"));
}

void
lanyard_window_copy_token (LanyardWindow *self, LanyardListEntry *entry)
{
  Request *request = request_begin (self, entry, _ ("Getting the token…"));

  lanyard_manager_get_credentials_async (lanyard_window_get_manager (self),
                                         lanyard_list_entry_get_id (entry), MIN_VALID,
                                         request->cancellable, got_credentials_cb, request);
}

/* "Work calendar (copy)", "Work calendar (copy 2)"… */
static char *
dup_free_name (LanyardListModel *model, const char *name)
{
  /* Translators: the name of a copied authorization */
  char *candidate = g_strdup_printf (_ ("%s (copy)"), name);

  for (guint i = 2; lanyard_list_model_has_name (model, candidate); i++)
    {
      g_free (candidate);
      /* Translators: the name of a copied authorization, where there are copies already */
      candidate = g_strdup_printf (_ ("%s (copy %u)"), name, i);
    }
  return candidate;
}

static LanyardAuthorization *
copy_settings (LanyardAuthorization *source, const char *name)
{
  LanyardAuthorization *copy = lanyard_authorization_new (NULL);
  g_auto (GStrv) settings = lanyard_authorization_list_settings (source);

  lanyard_authorization_set_name (copy, name);
  lanyard_authorization_set_provider_id (copy, lanyard_authorization_get_provider_id (source));
  lanyard_authorization_set_type_id (copy, lanyard_authorization_get_type_id (source));
  lanyard_authorization_set_connectors (copy, lanyard_authorization_get_connectors (source));
  lanyard_authorization_set_scopes (copy, lanyard_authorization_get_scopes (source));
  for (guint i = 0; settings[i] != NULL; i++)
    lanyard_authorization_set_setting (copy, settings[i],
                                       lanyard_authorization_get_setting (source, settings[i]));
  return copy;
}

/* Only what the person entered: two authorizations must not share a refresh token, of which a
 * rotation would invalidate the other's. */
static LanyardCredentials *
copy_entered_secrets (LanyardListEntry *entry, LanyardCredentials *credentials)
{
  LanyardCredentials *copy = lanyard_credentials_new ();
  LanyardAuthorization *authorization = lanyard_list_entry_get_authorization (entry);
  LanyardAuthType *type =
    lanyard_auth_types_lookup (lanyard_authorization_get_type_id (authorization));
  g_autoptr (GPtrArray) fields = NULL;

  if (type == NULL)
    return copy;

  fields = lanyard_auth_type_list_fields (type, lanyard_list_entry_get_provider (entry));
  for (guint i = 0; i < fields->len; i++)
    {
      const LanyardField *field = g_ptr_array_index (fields, i);
      LanyardSecret *secret = lanyard_credentials_get (credentials, field->name);

      if (field->kind == LANYARD_FIELD_SECRET && secret != NULL)
        lanyard_credentials_set (copy, field->name, secret);
    }
  return copy;
}

static void
saved_copy_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;

  if (!lanyard_manager_save_finish (LANYARD_MANAGER (source), result, &error))
    {
      request_fail (request, _ ("Could Not Duplicate"), error);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (request->window), "app.open-authorization", "s",
                              lanyard_authorization_get_id (request->draft));
}

static void
loaded_for_copy_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardCredentials) credentials =
    lanyard_manager_load_credentials_finish (LANYARD_MANAGER (source), result, &error);
  g_autoptr (LanyardCredentials) copy = NULL;
  g_autofree char *name = NULL;
  LanyardListModel *model = lanyard_window_get_model (request->window);

  if (credentials == NULL || model == NULL)
    {
      if (error != NULL)
        request_fail (request, _ ("Could Not Duplicate"), error);
      return;
    }

  name = dup_free_name (model, get_name (request->entry));
  request->draft = copy_settings (lanyard_list_entry_get_authorization (request->entry), name);
  copy = copy_entered_secrets (request->entry, credentials);
  lanyard_manager_save_async (LANYARD_MANAGER (source), request->draft, copy, request->cancellable,
                              saved_copy_cb, request);
  g_steal_pointer (&request);
}

void
lanyard_window_duplicate (LanyardWindow *self, LanyardListEntry *entry)
{
  Request *request = request_begin (self, entry, _ ("Duplicating…"));

  lanyard_manager_load_credentials_async (lanyard_window_get_manager (self),
                                          lanyard_list_entry_get_id (entry), request->cancellable,
                                          loaded_for_copy_cb, request);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;

  if (!lanyard_manager_remove_finish (LANYARD_MANAGER (source), result, &error))
    {
      request_fail (request, _ ("Could Not Delete"), error);
      return;
    }

  name = quote_name (request);
  /* Translators: %s is the name of an authorization, in quotation marks */
  message = g_strdup_printf (_ ("Deleted %s"), name);
  lanyard_window_show_message (request->window, message);
}

static void
remove_entry (LanyardWindow *self, LanyardListEntry *entry)
{
  Request *request = request_begin (self, entry, _ ("Deleting…"));

  lanyard_manager_remove_async (lanyard_window_get_manager (self),
                                lanyard_list_entry_get_id (entry), request->cancellable, removed_cb,
                                request);
}

static void
delete_anyway_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Request *request = g_object_get_data (G_OBJECT (dialog), "request");

  if (g_str_equal (response, "delete"))
    remove_entry (request->window, request->entry);
}

/* The provider could not be told: the person says whether it goes from here all the same. */
static void
ask_to_delete_anyway (Request *request, const GError *error)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (GTK_WINDOW (request->window), _ ("It Was Not Revoked"), NULL));

  adw_message_dialog_format_body (
    dialog,
    /* Translators: %s is why it could not be revoked */
    _ ("%s\n\nIt can be deleted here all the same; then end it at the provider yourself."),
    error->message);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Keep"), "delete", _ ("_Delete Anyway"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  g_object_set_data_full (G_OBJECT (dialog), "request", request, (GDestroyNotify)request_free);
  g_signal_connect (dialog, "response", G_CALLBACK (delete_anyway_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;

  if (lanyard_manager_revoke_finish (LANYARD_MANAGER (source), result, &error))
    {
      remove_entry (request->window, request->entry);
      return;
    }
  lanyard_list_entry_end (request->entry, request->cancellable);
  if (!lanyard_error_is_cancelled (error))
    ask_to_delete_anyway (g_steal_pointer (&request), error);
}

static void
revoke_and_remove (LanyardWindow *self, LanyardListEntry *entry)
{
  Request *request = request_begin (self, entry, _ ("Revoking…"));

  lanyard_manager_revoke_async (lanyard_window_get_manager (self),
                                lanyard_list_entry_get_id (entry), request->cancellable, revoked_cb,
                                request);
}

static void
delete_response_cb (AdwMessageDialog *dialog, const char *response, LanyardListEntry *entry)
{
  LanyardWindow *self = LANYARD_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog)));

  if (g_str_equal (response, "delete"))
    remove_entry (self, entry);
  else if (g_str_equal (response, "revoke"))
    revoke_and_remove (self, entry);
}

void
lanyard_window_delete (LanyardWindow *self, LanyardListEntry *entry)
{
  gboolean can_revoke = lanyard_manager_can_revoke (lanyard_window_get_manager (self),
                                                    lanyard_list_entry_get_authorization (entry));
  AdwMessageDialog *dialog;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), NULL, NULL));
  /* Translators: %s is the name of an authorization */
  adw_message_dialog_format_heading (dialog, _ ("Delete “%s”?"), get_name (entry));
  if (can_revoke)
    /* Translators: %s is the name of a provider */
    adw_message_dialog_format_body (
      dialog,
      _ ("Its settings and secrets are deleted, and programs that use it stop working. Revoking "
         "also ends it at %s."),
      lanyard_list_entry_get_provider_name (entry));
  else
    adw_message_dialog_set_body (
      dialog, _ ("Its settings and secrets are deleted, and programs that use it stop working."));

  adw_message_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_message_dialog_add_response (dialog, "delete", _ ("_Delete"));
  adw_message_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  if (can_revoke)
    {
      adw_message_dialog_add_response (dialog, "revoke", _ ("_Revoke and Delete"));
      adw_message_dialog_set_response_appearance (dialog, "revoke", ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_response_cb), entry, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
