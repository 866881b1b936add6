/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-window.h"

#include <glib/gi18n.h>

#include "lanyard-compact-content.h"
#include "lanyard-error.h"
#include "lanyard-keyring-bar.h"
#include "lanyard-list-placeholder.h"
#include "lanyard-list-view.h"
#include "lanyard-offline-line.h"
#include "lanyard-window-actions.h"

/* What is told in minutes is right to half of one. */
#define REFRESH_SECONDS 30
/* Looking into the keyring has time until the window is there. */
#define REPAIR_SECONDS 2

struct _LanyardWindow
{
  AdwApplicationWindow parent_instance;

  /* Owned */
  LanyardManager *manager;
  LanyardListModel *model;
  GCancellable *cancellable;
  guint refresh_source;
  guint repair_source;

  /* Borrowed: made when they are first shown */
  GtkWidget *view;
  GtkWidget *placeholder;
  GtkWidget *keyring_bar;

  /* Template */
  GtkWidget *search_entry;
  GtkWidget *menu_button;
  AdwToastOverlay *toasts;
  GtkBox *content;
};

enum
{
  PROP_SHOW_INACTIVE = 1,
  PROP_SORT,
  PROP_DESCENDING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LanyardWindow, lanyard_window, ADW_TYPE_APPLICATION_WINDOW)

/* One of the two is shown. No stack: what it does not show is in the accessible tree all the
 * same. */
static void
show_instead (GtkWidget *shown, GtkWidget *hidden)
{
  gtk_widget_set_visible (shown, TRUE);
  if (hidden != NULL)
    gtk_widget_set_visible (hidden, FALSE);
}

static LanyardListPlaceholder *
show_placeholder (LanyardWindow *self)
{
  if (self->placeholder == NULL)
    {
      self->placeholder = lanyard_list_placeholder_new ();
      gtk_widget_set_vexpand (self->placeholder, TRUE);
      gtk_box_append (self->content, self->placeholder);
    }
  show_instead (self->placeholder, self->view);
  return LANYARD_LIST_PLACEHOLDER (self->placeholder);
}

static void
show_list (LanyardWindow *self)
{
  if (self->view == NULL)
    {
      self->view = lanyard_list_view_new ();
      lanyard_list_view_set_model (LANYARD_LIST_VIEW (self->view), self->model, self->manager);
      gtk_widget_set_vexpand (self->view, TRUE);
      gtk_box_append (self->content, self->view);
    }
  show_instead (self->view, self->placeholder);
}

static void
update_content (LanyardWindow *self)
{
  gboolean any = lanyard_list_model_count_all (self->model) > 0;

  gtk_widget_set_sensitive (self->search_entry, any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export-all", any);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0)
    show_list (self);
  else
    lanyard_list_placeholder_show_model (show_placeholder (self), self->model);
}

static void
update_keyring (LanyardWindow *self)
{
  const GError *error = lanyard_manager_get_keyring_error (self->manager);

  if (error != NULL && self->keyring_bar == NULL)
    {
      self->keyring_bar = lanyard_keyring_bar_new ();
      gtk_box_prepend (self->content, self->keyring_bar);
    }
  if (self->keyring_bar != NULL)
    lanyard_keyring_bar_set_error (LANYARD_KEYRING_BAR (self->keyring_bar), error);
  if (self->view != NULL)
    lanyard_list_view_refresh (LANYARD_LIST_VIEW (self->view));
}

static void
show_failure (LanyardWindow *self, const GError *error)
{
  lanyard_list_placeholder_show_error (show_placeholder (self), error);
  gtk_widget_set_sensitive (self->search_entry, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-inactive", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.search", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.import", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.export-all", FALSE);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lanyard_manager_unlock_finish (LANYARD_MANAGER (source), result, &error))
    lanyard_window_show_error (self, _ ("The Keyring Stays Locked"), error);
}

static void
unlock_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LanyardWindow *self = LANYARD_WINDOW (widget);

  if (self->manager != NULL)
    lanyard_manager_unlock_async (self->manager, self->cancellable, unlocked_cb,
                                  g_object_ref (self));
}

static void
search_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LanyardWindow *self = LANYARD_WINDOW (widget);

  gtk_widget_grab_focus (self->search_entry);
  gtk_editable_select_region (GTK_EDITABLE (self->search_entry), 0, -1);
}

static void
search_changed_cb (LanyardWindow *self)
{
  if (self->model == NULL)
    return;

  lanyard_list_model_set_search (self->model,
                                 gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

/* Enter in the search field opens what was found first. */
static void
search_activate_cb (LanyardWindow *self)
{
  g_autoptr (LanyardListEntry) entry = NULL;

  if (self->model == NULL)
    return;

  search_changed_cb (self);
  entry = g_list_model_get_item (G_LIST_MODEL (self->model), 0);
  if (entry != NULL && lanyard_list_model_has_search (self->model))
    gtk_widget_activate_action (GTK_WIDGET (self), "authorization.open", "s",
                                lanyard_list_entry_get_id (entry));
}

/* What is typed elsewhere goes on in the field, where Escape and Enter are known. */
static void
search_started_cb (LanyardWindow *self)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->search_entry));

  gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
}

static void
stop_search_cb (LanyardWindow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

static gboolean
search_key_pressed_cb (LanyardWindow *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down) || self->view == NULL)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_get_mapped (self->view) && gtk_widget_grab_focus (self->view);
}

static void
create_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  g_autoptr (GtkBuilder) builder = NULL;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;

  builder = gtk_builder_new_from_resource ("/io/github/lanyard/Lanyard/list/lanyard-menu.ui");
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (gtk_builder_get_object (builder, "menu")));
}

static gboolean
refresh_cb (gpointer user_data)
{
  LanyardWindow *self = user_data;

  if (self->view != NULL && gtk_widget_get_mapped (self->view))
    lanyard_list_view_refresh (LANYARD_LIST_VIEW (self->view));
  return G_SOURCE_CONTINUE;
}

static void
repaired_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  int n_changed = lanyard_manager_repair_finish (LANYARD_MANAGER (source), result, &error);

  /* A keyring that does not answer has its bar, and all else is tried again at the next start. */
  if (n_changed < 0 && !lanyard_error_is_cancelled (error))
    g_info ("The keyring was not compared with the list: %s", error->message);
  if (n_changed <= 0 || g_cancellable_is_cancelled (self->cancellable))
    return;

  message = g_strdup_printf (ngettext ("%d authorization was brought in line with the keyring",
                                       "%d authorizations were brought in line with the keyring",
                                       (gulong)n_changed),
                             n_changed);
  lanyard_window_show_message (self, message);
}

static gboolean
repair_cb (gpointer user_data)
{
  LanyardWindow *self = user_data;

  self->repair_source = 0;
  /* The monitor of the network, too, takes a moment to begin with. */
  gtk_box_append (self->content, lanyard_offline_line_new (g_network_monitor_get_default ()));
  lanyard_manager_repair_async (self->manager, self->cancellable, repaired_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
set_show_inactive (LanyardWindow *self, gboolean show_inactive)
{
  if (self->model == NULL || lanyard_list_model_get_show_inactive (self->model) == show_inactive)
    return;

  lanyard_list_model_set_show_inactive (self->model, show_inactive);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_INACTIVE]);
}

static void
set_sort (LanyardWindow *self, LanyardListSort sort, gboolean descending)
{
  if (self->model == NULL)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  lanyard_list_model_set_sort (self->model, sort, descending);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCENDING]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
lanyard_window_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LanyardWindow *self = LANYARD_WINDOW (object);
  LanyardListSort sort = LANYARD_LIST_SORT_NAME;
  gboolean descending = FALSE;
  gboolean show_inactive = FALSE;

  if (self->model != NULL)
    {
      sort = lanyard_list_model_get_sort (self->model, &descending);
      show_inactive = lanyard_list_model_get_show_inactive (self->model);
    }

  switch (property_id)
    {
    case PROP_SHOW_INACTIVE:
      g_value_set_boolean (value, show_inactive);
      break;
    case PROP_SORT:
      g_value_set_enum (value, sort);
      break;
    case PROP_DESCENDING:
      g_value_set_boolean (value, descending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_window_set_property (GObject *object,
                             guint property_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  LanyardWindow *self = LANYARD_WINDOW (object);

  switch (property_id)
    {
    case PROP_SHOW_INACTIVE:
      set_show_inactive (self, g_value_get_boolean (value));
      break;
    case PROP_SORT:
      set_sort (self, g_value_get_enum (value), FALSE);
      break;
    case PROP_DESCENDING:
      if (self->model != NULL)
        set_sort (self, lanyard_list_model_get_sort (self->model, NULL),
                  g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_window_dispose (GObject *object)
{
  LanyardWindow *self = LANYARD_WINDOW (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_handle_id (&self->repair_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), LANYARD_TYPE_WINDOW);
  self->view = self->placeholder = self->keyring_bar = NULL;
  g_clear_object (&self->model);
  g_clear_object (&self->manager);

  G_OBJECT_CLASS (lanyard_window_parent_class)->dispose (object);
}

static void
lanyard_window_finalize (GObject *object)
{
  LanyardWindow *self = LANYARD_WINDOW (object);

  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (lanyard_window_parent_class)->finalize (object);
}

static void
lanyard_window_class_init (LanyardWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_window_dispose;
  object_class->finalize = lanyard_window_finalize;
  object_class->get_property = lanyard_window_get_property;
  object_class->set_property = lanyard_window_set_property;

  properties[PROP_SHOW_INACTIVE] =
    g_param_spec_boolean ("show-inactive", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SORT] =
    g_param_spec_enum ("sort", NULL, NULL, LANYARD_TYPE_LIST_SORT, LANYARD_LIST_SORT_NAME,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_DESCENDING] =
    g_param_spec_boolean ("descending", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_property_action (widget_class, "win.show-inactive", "show-inactive");
  gtk_widget_class_install_property_action (widget_class, "win.sort", "sort");
  gtk_widget_class_install_property_action (widget_class, "win.descending", "descending");
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "win.unlock", NULL, unlock_cb);
  lanyard_window_install_actions (widget_class);

  g_type_ensure (LANYARD_TYPE_COMPACT_CONTENT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/lanyard/Lanyard/list/lanyard-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, content);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_started_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_pressed_cb);
}

static void
lanyard_window_init (LanyardWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->menu_button), create_menu_cb, NULL,
                                         NULL);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search_entry),
                                           GTK_WIDGET (self));
}

static void
use_manager (LanyardWindow *self, LanyardManager *manager, GListModel *authorizations)
{
  self->manager = g_object_ref (manager);
  self->model = lanyard_list_model_new (authorizations, lanyard_manager_get_catalogue (manager));
  g_signal_connect_object (self->model, "updated", G_CALLBACK (update_content), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::keyring-error", G_CALLBACK (update_keyring), self,
                           G_CONNECT_SWAPPED);
  update_content (self);
  if (lanyard_manager_get_keyring_error (manager) != NULL)
    update_keyring (self);

  g_signal_connect (self, "notify::is-active", G_CALLBACK (refresh_cb), NULL);
  self->refresh_source =
    g_timeout_add_seconds_full (G_PRIORITY_LOW, REFRESH_SECONDS, refresh_cb, self, NULL);
  self->repair_source =
    g_timeout_add_seconds_full (G_PRIORITY_LOW, REPAIR_SECONDS, repair_cb, self, NULL);
}

GtkWidget *
lanyard_window_new (GtkApplication *application,
                    LanyardManager *manager,
                    const GError *error,
                    GSettings *settings)
{
  g_autoptr (GError) list_error = NULL;
  GListModel *authorizations = NULL;
  LanyardWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (manager != NULL || error != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_WINDOW, "application", application, "default-width", 980,
                       "default-height", 640, NULL);
  if (settings != NULL)
    {
      g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
    }

  if (manager != NULL)
    authorizations = lanyard_manager_get_authorizations (manager, &list_error);
  if (authorizations != NULL)
    use_manager (self, manager, authorizations);
  else
    show_failure (self, list_error == NULL ? error : list_error);
  return GTK_WIDGET (self);
}

LanyardManager *
lanyard_window_get_manager (LanyardWindow *self)
{
  g_return_val_if_fail (LANYARD_IS_WINDOW (self), NULL);

  return self->manager;
}

LanyardListModel *
lanyard_window_get_model (LanyardWindow *self)
{
  g_return_val_if_fail (LANYARD_IS_WINDOW (self), NULL);

  return self->model;
}

GCancellable *
lanyard_window_get_cancellable (LanyardWindow *self)
{
  g_return_val_if_fail (LANYARD_IS_WINDOW (self), NULL);

  return self->cancellable;
}

void
lanyard_window_search (LanyardWindow *self, const char *words)
{
  g_return_if_fail (LANYARD_IS_WINDOW (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), words);
  search_changed_cb (self);
}

void
lanyard_window_add_toast (LanyardWindow *self, AdwToast *toast)
{
  g_return_if_fail (LANYARD_IS_WINDOW (self));

  /* A result may come after the window has gone. */
  if (g_cancellable_is_cancelled (self->cancellable))
    g_object_unref (g_object_ref_sink (toast));
  else
    adw_toast_overlay_add_toast (self->toasts, toast);
}

void
lanyard_window_show_message (LanyardWindow *self, const char *message)
{
  /* Toasts take markup, and messages hold names and the words of servers. */
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  lanyard_window_add_toast (self, adw_toast_new (escaped));
}

void
lanyard_window_show_error (LanyardWindow *self, const char *heading, const GError *error)
{
  GtkWidget *dialog;

  g_return_if_fail (LANYARD_IS_WINDOW (self));
  g_return_if_fail (error != NULL);

  if (lanyard_error_is_cancelled (error) || g_cancellable_is_cancelled (self->cancellable))
    return;

  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
