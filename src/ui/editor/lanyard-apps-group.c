/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-apps-group.h"

#include "lanyard-permission.h"
#include "lanyard-removable-row.h"
#include "lanyard-sandboxed-app.h"
#include "lanyard-status-text.h"

#include <glib/gi18n.h>

#define ICON_SIZE 32
/* How often "used 5 min ago" is said anew, in seconds. */
#define TICK 30

struct _LanyardAppsGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  LanyardDraft *draft;
  GPtrArray *permissions;
  /* Borrowed: children, one for each permission. */
  GPtrArray *rows;

  guint tick_id;
};

G_DEFINE_FINAL_TYPE (LanyardAppsGroup, lanyard_apps_group, ADW_TYPE_PREFERENCES_GROUP)

static LanyardDatabase *
get_database (LanyardAppsGroup *self)
{
  return lanyard_manager_get_database (lanyard_draft_get_manager (self->draft));
}

static AdwToastOverlay *
find_toasts (LanyardAppsGroup *self)
{
  return ADW_TOAST_OVERLAY (gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY));
}

static AdwToast *
make_toast (const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  return adw_toast_new (markup);
}

static char *
dup_answer (LanyardPermission *permission)
{
  g_autofree char *use = NULL;

  if (lanyard_permission_get_verdict (permission) != LANYARD_VERDICT_ALLOW)
    /* Translators: an app may not use the authorization */
    return g_strdup (_ ("Refused"));

  use = lanyard_status_text_dup_use (lanyard_permission_get_used_at (permission),
                                     g_get_real_time () / G_USEC_PER_SEC);
  /* Translators: an app may use the authorization; %s is when it last did so */
  return g_strdup_printf (_ ("Allowed, %s"), use);
}

/* The id is shown below the name, which an app chooses itself. */
static char *
dup_subtitle (GtkWidget *row, LanyardPermission *permission)
{
  const char *app_id = lanyard_permission_get_app_id (permission);
  const char *name = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  g_autofree char *answer = dup_answer (permission);

  if (g_str_equal (name, app_id))
    return g_steal_pointer (&answer);
  return g_strdup_printf ("%s\n%s", app_id, answer);
}

static void
show_use (LanyardAppsGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      g_autofree char *subtitle = dup_subtitle (row, g_ptr_array_index (self->permissions, i));

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
    }
}

static void reload (LanyardAppsGroup *self);

static gboolean
decide (LanyardAppsGroup *self, LanyardPermission *permission, LanyardVerdict verdict)
{
  g_autoptr (GError) error = NULL;
  AdwToastOverlay *toasts = find_toasts (self);

  if (lanyard_database_save_verdict (get_database (self),
                                     lanyard_permission_get_authorization_id (permission),
                                     lanyard_permission_get_app_id (permission), verdict, &error))
    return TRUE;

  if (toasts != NULL)
    adw_toast_overlay_add_toast (toasts, make_toast (error->message));
  return FALSE;
}

static void
undo_cb (LanyardAppsGroup *self, AdwToast *toast)
{
  LanyardPermission *permission = g_object_get_data (G_OBJECT (toast), "permission");
  gint64 used_at = lanyard_permission_get_used_at (permission);

  if (decide (self, permission, lanyard_permission_get_verdict (permission)) && used_at > 0)
    lanyard_database_note_use (get_database (self),
                               lanyard_permission_get_authorization_id (permission),
                               lanyard_permission_get_app_id (permission), used_at, NULL);
  reload (self);
}

/* It counts at once: nobody who takes something back wants to wait until a toast has gone. */
static void
remove_cb (LanyardAppsGroup *self, GtkWidget *row)
{
  g_autoptr (LanyardPermission) permission = NULL;
  AdwToastOverlay *toasts = find_toasts (self);
  g_autofree char *text = NULL;
  AdwToast *toast;
  guint position;

  if (!g_ptr_array_find (self->rows, row, &position))
    return;

  permission = lanyard_permission_ref (g_ptr_array_index (self->permissions, position));
  /* Translators: the name of an app */
  text = g_strdup_printf (_ ("“%s” has to ask again"),
                          adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  if (!decide (self, permission, LANYARD_VERDICT_NONE))
    return;

  reload (self);
  if (self->rows->len > 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, MIN (position, self->rows->len - 1)));
  if (toasts == NULL)
    return;

  toast = make_toast (text);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "permission", g_steal_pointer (&permission),
                          (GDestroyNotify)lanyard_permission_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (toasts, toast);
}

static GtkWidget *
make_icon (GAppInfo *info)
{
  GIcon *icon = info != NULL ? g_app_info_get_icon (info) : NULL;
  GtkWidget *image = gtk_image_new_from_icon_name ("application-x-executable");

  if (icon != NULL && gtk_icon_theme_has_gicon (
                        gtk_icon_theme_get_for_display (gtk_widget_get_display (image)), icon))
    gtk_image_set_from_gicon (GTK_IMAGE (image), icon);
  gtk_image_set_pixel_size (GTK_IMAGE (image), ICON_SIZE);
  return image;
}

static GtkWidget *
make_row (LanyardAppsGroup *self, LanyardPermission *permission)
{
  const char *app_id = lanyard_permission_get_app_id (permission);
  g_autoptr (GAppInfo) info = lanyard_sandboxed_app_find_info (app_id);
  g_autofree char *name = lanyard_sandboxed_app_dup_name (app_id);
  GtkWidget *row = lanyard_removable_row_new (app_id);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), make_icon (info));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  lanyard_removable_row_set_removable (LANYARD_REMOVABLE_ROW (row), TRUE);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static gboolean
has_same_apps (GPtrArray *first, GPtrArray *second)
{
  gboolean same = first->len == second->len;

  for (guint i = 0; same && i < first->len; i++)
    same = g_str_equal (lanyard_permission_get_app_id (g_ptr_array_index (first, i)),
                        lanyard_permission_get_app_id (g_ptr_array_index (second, i)));
  return same;
}

/* Rows that stay keep the focus that they may have. */
static void
reload (LanyardAppsGroup *self)
{
  LanyardAuthorization *authorization = lanyard_draft_get_authorization (self->draft);
  g_autoptr (GPtrArray) permissions = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GError) error = NULL;

  permissions = lanyard_database_list_permissions (
    get_database (self), lanyard_authorization_get_id (authorization), NULL, &error);
  if (permissions == NULL)
    {
      g_message ("The apps with access cannot be listed: %s", error->message);
      return;
    }

  before = g_steal_pointer (&self->permissions);
  self->permissions = g_ptr_array_ref (permissions);
  if (!has_same_apps (before, permissions))
    {
      for (guint i = 0; i < self->rows->len; i++)
        adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                      g_ptr_array_index (self->rows, i));
      g_ptr_array_set_size (self->rows, 0);
      for (guint i = 0; i < permissions->len; i++)
        {
          GtkWidget *row = make_row (self, g_ptr_array_index (permissions, i));

          adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
          g_ptr_array_add (self->rows, row);
        }
    }

  show_use (self);
  gtk_widget_set_visible (GTK_WIDGET (self), permissions->len > 0);
}

static gboolean
tick_cb (gpointer user_data)
{
  show_use (user_data);
  return G_SOURCE_CONTINUE;
}

static void
lanyard_apps_group_map (GtkWidget *widget)
{
  LanyardAppsGroup *self = LANYARD_APPS_GROUP (widget);

  GTK_WIDGET_CLASS (lanyard_apps_group_parent_class)->map (widget);

  show_use (self);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (TICK, tick_cb, self);
}

static void
lanyard_apps_group_unmap (GtkWidget *widget)
{
  LanyardAppsGroup *self = LANYARD_APPS_GROUP (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (lanyard_apps_group_parent_class)->unmap (widget);
}

static void
lanyard_apps_group_dispose (GObject *object)
{
  LanyardAppsGroup *self = LANYARD_APPS_GROUP (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (lanyard_apps_group_parent_class)->dispose (object);
}

static void
lanyard_apps_group_finalize (GObject *object)
{
  LanyardAppsGroup *self = LANYARD_APPS_GROUP (object);

  g_ptr_array_unref (self->permissions);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (lanyard_apps_group_parent_class)->finalize (object);
}

static void
lanyard_apps_group_class_init (LanyardAppsGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_apps_group_dispose;
  object_class->finalize = lanyard_apps_group_finalize;
  widget_class->map = lanyard_apps_group_map;
  widget_class->unmap = lanyard_apps_group_unmap;
}

static void
lanyard_apps_group_init (LanyardAppsGroup *self)
{
  self->permissions = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Apps with Access"));
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (self),
    _ ("Sandboxed apps have to ask before they use an authorization. This is what you answered."));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
lanyard_apps_group_set_draft (LanyardAppsGroup *self, LanyardDraft *draft)
{
  g_return_if_fail (LANYARD_IS_APPS_GROUP (self));
  g_return_if_fail (LANYARD_IS_DRAFT (draft));
  g_return_if_fail (self->draft == NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (get_database (self), "changed", G_CALLBACK (reload), self,
                           G_CONNECT_SWAPPED);
  reload (self);
}
