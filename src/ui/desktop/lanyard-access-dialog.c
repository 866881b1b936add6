/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-access-dialog.h"

#include <glib/gi18n.h>

#include "lanyard-sandboxed-app.h"

/* For so many milliseconds a yes is not taken. */
#define GRACE 700

/* What would come of a yes, and that it is not for ever. */
static char *
dup_body (const char *app_id, LanyardAuthorization *authorization, const char *provider_name)
{
  const char *account = lanyard_authorization_get_account (authorization);

  if (provider_name == NULL)
    return g_strdup_printf (
      /* Translators: the id of an app, the name of an authorization */
      _ ("The app %s could then act for you with “%s”. You can change your answer in the window of "
         "the authorization."),
      app_id, lanyard_authorization_get_name (authorization));
  if (account != NULL)
    return g_strdup_printf (
      /* Translators: the id of an app, a provider, the person's account there */
      _ ("The app %s could then act at %s as %s. You can change your answer in the window of the "
         "authorization."),
      app_id, provider_name, account);
  return g_strdup_printf (
    /* Translators: the id of an app, a provider */
    _ ("The app %s could then act at %s for you. You can change your answer in the window of the "
       "authorization."),
    app_id, provider_name);
}

static gboolean
grace_over_cb (gpointer user_data)
{
  adw_message_dialog_set_response_enabled (user_data, LANYARD_ACCESS_ONCE, TRUE);
  adw_message_dialog_set_response_enabled (user_data, LANYARD_ACCESS_ALWAYS, TRUE);
  return G_SOURCE_REMOVE;
}

static void
map_cb (GtkWidget *dialog)
{
  g_timeout_add_full (G_PRIORITY_DEFAULT, GRACE, grace_over_cb, g_object_ref (dialog),
                      g_object_unref);
}

GtkWidget *
lanyard_access_dialog_new (const char *app_id,
                           LanyardAuthorization *authorization,
                           const char *provider_name)
{
  g_autofree char *app_name = lanyard_sandboxed_app_dup_name (app_id);
  g_autofree char *body = dup_body (app_id, authorization, provider_name);
  /* Translators: the name of an app, the name of an authorization */
  g_autofree char *heading = g_strdup_printf (_ ("Let “%s” Use “%s”?"), app_name,
                                              lanyard_authorization_get_name (authorization));
  GtkWidget *widget = adw_message_dialog_new (NULL, heading, body);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_add_responses (dialog, LANYARD_ACCESS_NO, _ ("_Don’t Allow"),
                                    LANYARD_ACCESS_ONCE, _ ("Allow _Once"), LANYARD_ACCESS_ALWAYS,
                                    _ ("_Always Allow"), NULL);
  adw_message_dialog_set_response_enabled (dialog, LANYARD_ACCESS_ONCE, FALSE);
  adw_message_dialog_set_response_enabled (dialog, LANYARD_ACCESS_ALWAYS, FALSE);
  adw_message_dialog_set_close_response (dialog, LANYARD_ACCESS_DISMISSED);
  gtk_window_set_modal (GTK_WINDOW (dialog), FALSE);
  gtk_window_set_title (GTK_WINDOW (dialog), heading);
  g_signal_connect (dialog, "map", G_CALLBACK (map_cb), NULL);
  return widget;
}
