/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-window-actions.h"

#include <glib/gi18n.h>

#include "lanyard-auth-context.h"
#include "lanyard-text.h"
#include "lanyard-window-requests.h"
#include "lanyard-window-transfer.h"

typedef void (*EntryFunc) (LanyardWindow *self, LanyardListEntry *entry);

/* The entry that an action was activated for; it may be gone by then. */
static LanyardListEntry *
find_entry (LanyardWindow *self, const char *id)
{
  LanyardListModel *model = lanyard_window_get_model (self);

  return model == NULL ? NULL : lanyard_list_model_find (model, id);
}

static const char *
get_name (LanyardListEntry *entry)
{
  return lanyard_authorization_get_name (lanyard_list_entry_get_authorization (entry));
}

static void
open_entry (LanyardWindow *self, LanyardListEntry *entry)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-authorization", "s",
                              lanyard_list_entry_get_id (entry));
}

static gboolean
set_active (LanyardWindow *self, LanyardListEntry *entry, gboolean active)
{
  g_autoptr (GError) error = NULL;

  if (lanyard_manager_set_active (lanyard_window_get_manager (self),
                                  lanyard_list_entry_get_id (entry), active, &error))
    return TRUE;

  lanyard_window_show_error (self, active ? _ ("Could Not Activate") : _ ("Could Not Deactivate"),
                             error);
  return FALSE;
}

static void
toggle_active (LanyardWindow *self, LanyardListEntry *entry)
{
  gboolean active = !lanyard_authorization_is_active (lanyard_list_entry_get_authorization (entry));
  g_autofree char *name = lanyard_text_quote (get_name (entry), LANYARD_TOAST_NAME_CHARS);
  g_autofree char *message = NULL;
  g_autofree char *escaped = NULL;
  AdwToast *toast;

  lanyard_list_entry_cancel (entry);
  if (!set_active (self, entry, active))
    return;

  if (active)
    /* Translators: %s is the name of an authorization, in quotation marks */
    message = g_strdup_printf (_ ("Activated %s"), name);
  else
    /* Translators: %s is the name of an authorization, in quotation marks */
    message = g_strdup_printf (_ ("Deactivated %s"), name);
  escaped = g_markup_escape_text (message, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_action_name (toast, "authorization.set-active");
  adw_toast_set_action_target (toast, "(sb)", lanyard_list_entry_get_id (entry), !active);
  lanyard_window_add_toast (self, toast);
}

/* The address that Test would ask, so that the copied command works as it is. */
static char *
dup_example_uri (LanyardWindow *self, LanyardAuthorization *authorization)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_manager_dup_context (lanyard_window_get_manager (self), authorization, NULL, NULL);
  char *uri = NULL;

  if (context != NULL)
    uri = lanyard_auth_context_dup_value (context, "test_url");
  if (context != NULL && uri == NULL)
    uri = lanyard_auth_context_dup_value (context, "userinfo_endpoint");
  return uri == NULL ? g_strdup ("https://…") : uri;
}

static void
copy_curl (LanyardWindow *self, LanyardListEntry *entry)
{
  g_autofree char *uri = dup_example_uri (self, lanyard_list_entry_get_authorization (entry));
  g_autofree char *quoted_name = g_shell_quote (get_name (entry));
  g_autofree char *quoted_uri = g_shell_quote (uri);
  g_autofree char *command = g_strdup_printf ("lanyard curl %s %s", quoted_name, quoted_uri);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), command);
  lanyard_window_show_message (self, _ ("Command copied; there is no secret in it"));
}

static void
cancel (LanyardWindow *self, LanyardListEntry *entry)
{
  lanyard_list_entry_cancel (entry);
}

static const struct
{
  const char *action_name;
  EntryFunc function;
} actions[] = {
  { "authorization.open", open_entry },
  { "authorization.authorize", lanyard_window_authorize },
  { "authorization.test", lanyard_window_test },
  { "authorization.copy-token", lanyard_window_copy_token },
  { "authorization.copy-curl", copy_curl },
  { "authorization.duplicate", lanyard_window_duplicate },
  { "authorization.export", lanyard_window_export },
  { "authorization.delete", lanyard_window_delete },
  { "authorization.toggle-active", toggle_active },
  { "authorization.cancel", cancel },
};

static void
action_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LanyardWindow *self = LANYARD_WINDOW (widget);
  LanyardListEntry *entry = find_entry (self, g_variant_get_string (parameter, NULL));

  for (guint i = 0; entry != NULL && i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (action_name, actions[i].action_name))
      {
        /* What is done may remove it from the list. */
        g_autoptr (LanyardListEntry) kept = g_object_ref (entry);

        actions[i].function (self, kept);
        return;
      }
}

static void
set_active_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LanyardWindow *self = LANYARD_WINDOW (widget);
  LanyardListEntry *entry;
  const char *id;
  gboolean active;

  g_variant_get (parameter, "(&sb)", &id, &active);
  entry = find_entry (self, id);
  if (entry != NULL)
    set_active (self, entry, active);
}

void
lanyard_window_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].action_name, "s", action_cb);
  gtk_widget_class_install_action (widget_class, "authorization.set-active", "(sb)", set_active_cb);
  lanyard_window_install_transfer_actions (widget_class);
}
