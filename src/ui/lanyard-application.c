/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-application.h"

#include <glib/gi18n.h>

#include "lanyard-attention.h"
#include "lanyard-editor.h"
#include "lanyard-error.h"
#include "lanyard-person.h"
#include "lanyard-preferences.h"
#include "lanyard-search-provider.h"
#include "lanyard-window.h"

/* How often it is looked whether a renewal that the last window left behind has ended, in
 * milliseconds. */
#define RENEWAL_PATIENCE 100

/* For so many milliseconds the program stays without a window when the bus started it. */
#define SERVICE_TIMEOUT 10000

struct _LanyardApplication
{
  AdwApplication parent_instance;

  /* Owned: made when the first window needs them */
  LanyardManager *manager;
  GSettings *settings;
  /* Owned, while the program is on the bus */
  LanyardPerson *person;
  LanyardSearchProvider *search_provider;

  guint renewal_id;
};

G_DEFINE_FINAL_TYPE (LanyardApplication, lanyard_application, ADW_TYPE_APPLICATION)

/* Settings whose schema is not installed end the program: without one it goes on without them. */
static gboolean
ensure_settings (LanyardApplication *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (self->settings != NULL)
    return TRUE;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, LANYARD_APP_ID, TRUE);
  if (schema != NULL)
    self->settings = g_settings_new_full (schema, NULL, NULL);
  else
    g_info ("The settings' schema is not installed: nothing is kept");
  return self->settings != NULL;
}

LanyardManager *
lanyard_application_get_manager (LanyardApplication *self, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_APPLICATION (self), NULL);

  if (self->manager == NULL)
    self->manager = lanyard_manager_new_default (error);
  return self->manager;
}

static GtkWindow *
find_list (LanyardApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (LANYARD_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

static GtkWindow *
find_editor (LanyardApplication *self, const char *id)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (LANYARD_IS_EDITOR (l->data) &&
        g_strcmp0 (lanyard_editor_get_authorization_id (l->data), id) == 0)
      return l->data;
  return NULL;
}

static GtkWindow *
present_list (LanyardApplication *self)
{
  GtkWindow *window = find_list (self);
  g_autoptr (GError) error = NULL;

  if (window == NULL)
    {
      ensure_settings (self);
      lanyard_application_get_manager (self, &error);
      window = GTK_WINDOW (
        lanyard_window_new (GTK_APPLICATION (self), self->manager, error, self->settings));
    }
  gtk_window_present (window);
  return window;
}

GListModel *
lanyard_application_list_authorizations (LanyardApplication *self)
{
  LanyardManager *manager = lanyard_application_get_manager (self, NULL);

  return manager != NULL ? lanyard_manager_get_authorizations (manager, NULL) : NULL;
}

LanyardAuthorization *
lanyard_application_find_authorization (LanyardApplication *self, const char *id, GError **error)
{
  LanyardManager *manager = lanyard_application_get_manager (self, error);
  GListModel *authorizations =
    manager != NULL ? lanyard_manager_get_authorizations (manager, error) : NULL;

  if (authorizations == NULL)
    return NULL;

  /* Another program may have added it a moment ago. */
  lanyard_database_poll (lanyard_manager_get_database (manager), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (authorizations); i++)
    {
      g_autoptr (LanyardAuthorization) authorization = g_list_model_get_item (authorizations, i);

      if (g_strcmp0 (lanyard_authorization_get_id (authorization), id) == 0)
        return g_steal_pointer (&authorization);
    }
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
               _ ("There is no authorization with the id %s"), id);
  return NULL;
}

const char *
lanyard_application_get_provider_name (LanyardApplication *self,
                                       LanyardAuthorization *authorization)
{
  const char *id = lanyard_authorization_get_provider_id (authorization);
  LanyardProvider *provider =
    lanyard_catalogue_lookup (lanyard_manager_get_catalogue (self->manager), id, NULL);

  return provider != NULL ? lanyard_provider_get_name (provider) : id;
}

const char *
lanyard_application_get_service_name (LanyardApplication *self, LanyardAuthorization *authorization)
{
  LanyardProvider *provider =
    lanyard_catalogue_lookup (lanyard_manager_get_catalogue (self->manager),
                              lanyard_authorization_get_provider_id (authorization), NULL);

  if (provider == NULL || lanyard_provider_is_custom (provider))
    return NULL;

  return lanyard_provider_get_name (provider);
}

static void
present_editor (LanyardApplication *self, LanyardAuthorization *authorization)
{
  GtkWidget *editor = lanyard_editor_new (self->manager, authorization);

  gtk_window_set_application (GTK_WINDOW (editor), GTK_APPLICATION (self));
  gtk_window_present (GTK_WINDOW (editor));
}

static void
new_authorization_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LanyardApplication *self = user_data;

  /* The list is opened first: it stays when the editor is closed, and it says what is wrong when
   * the database cannot be opened. */
  if (find_list (self) == NULL)
    present_list (self);
  if (lanyard_application_get_manager (self, NULL) != NULL)
    present_editor (self, NULL);
}

/* Whoever clicked on something that is gone must learn why nothing opens. */
static void
show_missing (LanyardApplication *self, const GError *error)
{
  lanyard_window_show_message (LANYARD_WINDOW (present_list (self)), error->message);
}

static void
open_authorization_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LanyardApplication *self = user_data;
  const char *id = g_variant_get_string (parameter, NULL);
  GtkWindow *editor = find_editor (self, id);
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autoptr (GError) error = NULL;

  if (editor != NULL)
    {
      gtk_window_present (editor);
      return;
    }

  if (find_list (self) == NULL)
    present_list (self);
  authorization = lanyard_application_find_authorization (self, id, &error);
  if (authorization != NULL)
    present_editor (self, authorization);
  else
    show_missing (self, error);
}

static void
authorized_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GApplication) application = user_data;
  g_autoptr (GError) error = NULL;

  lanyard_application_authorize_finish (LANYARD_APPLICATION (source), result, &error);
  /* What else went wrong is in the authorization's window, where it can be mended. */
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND))
    show_missing (LANYARD_APPLICATION (source), error);
  else if (error != NULL && !lanyard_error_is_cancelled (error))
    g_message ("%s", error->message);
  g_application_release (application);
}

/* From a notification, which then has done its work. */
static void
authorize_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *id = g_variant_get_string (parameter, NULL);

  lanyard_attention_withdraw (user_data, id);
  g_application_hold (user_data);
  lanyard_application_authorize_async (user_data, id, authorized_cb, g_object_ref (user_data));
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = present_list (user_data);

  lanyard_window_search (LANYARD_WINDOW (window), g_variant_get_string (parameter, NULL));
}

static gboolean
reopen_cb (gpointer user_data)
{
  LanyardApplication *self = user_data;
  GtkWindow *window = find_list (self);

  g_clear_object (&self->manager);
  if (window != NULL)
    gtk_window_destroy (window);
  present_list (self);
  /* Held since the last window may have been the one that was replaced. */
  g_application_release (G_APPLICATION (self));
  return G_SOURCE_REMOVE;
}

/* Later, since the button that asks for it goes with its window. */
static void
try_again_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_hold (user_data);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, reopen_cb, g_object_ref (user_data), g_object_unref);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LanyardApplication *self = user_data;
  GtkWidget *window;

  if (!ensure_settings (self))
    return;

  window = lanyard_preferences_new (self->settings);
  gtk_window_set_application (GTK_WINDOW (window), GTK_APPLICATION (self));
  gtk_window_set_transient_for (GTK_WINDOW (window), find_list (self));
  gtk_window_present (GTK_WINDOW (window));
}

static void
shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/io/github/lanyard/Lanyard/list/lanyard-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, gtk_application_get_active_window (user_data));
  gtk_window_present (window);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *developers[] = { _ ("The Lanyard authors"), NULL };

  adw_show_about_window (gtk_application_get_active_window (user_data), "application-name",
                         "Lanyard", "application-icon", LANYARD_APP_ID, "version", LANYARD_VERSION,
                         "developer-name", _ ("The Lanyard authors"), "developers", developers,
                         "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Sign in to web services once, and use them everywhere"),
                         /* Translators: the names of the translators, one in a line */
                         "translator-credits", _ ("translator-credits"), NULL);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  /* Each window is asked: an editor may have something to save, and then stays. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static const GActionEntry action_entries[] = {
  { .name = "quit", .activate = quit_cb },
  { .name = "about", .activate = about_cb },
  { .name = "preferences", .activate = preferences_cb },
  { .name = "shortcuts", .activate = shortcuts_cb },
  { .name = "new-authorization", .activate = new_authorization_cb },
  { .name = "add", .activate = new_authorization_cb },
  { .name = "open-authorization", .parameter_type = "s", .activate = open_authorization_cb },
  { .name = "authorize", .parameter_type = "s", .activate = authorize_cb },
  { .name = "search", .parameter_type = "s", .activate = search_cb },
  { .name = "try-again", .activate = try_again_cb },
};

static const struct
{
  const char *action_name;
  const char *accelerators[3];
} accelerators[] = {
  { "app.new-authorization", { "<Control>n" } },
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.shortcuts", { "<Control>question", "F1" } },
  { "win.search", { "<Control>f" } },
  { "win.show-inactive", { "<Control>h" } },
  { "window.close", { "<Control>w" } },
};

/* Before the program has its name on the bus, so that whoever starts it by a call finds it
 * complete. */
static gboolean
lanyard_application_dbus_register (GApplication *application,
                                   GDBusConnection *connection,
                                   const char *object_path,
                                   GError **error)
{
  LanyardApplication *self = LANYARD_APPLICATION (application);

  if (!G_APPLICATION_CLASS (lanyard_application_parent_class)
         ->dbus_register (application, connection, object_path, error))
    return FALSE;

  /* What was started for one call is asked for the next one in a moment. */
  if (g_application_get_flags (application) & G_APPLICATION_IS_SERVICE)
    g_application_set_inactivity_timeout (application, SERVICE_TIMEOUT);

  self->person = lanyard_person_new (self, connection, error);
  if (self->person != NULL)
    self->search_provider = lanyard_search_provider_new (self, connection, error);
  return self->search_provider != NULL;
}

static void
lanyard_application_dbus_unregister (GApplication *application,
                                     GDBusConnection *connection,
                                     const char *object_path)
{
  LanyardApplication *self = LANYARD_APPLICATION (application);

  g_clear_object (&self->person);
  g_clear_object (&self->search_provider);

  G_APPLICATION_CLASS (lanyard_application_parent_class)
    ->dbus_unregister (application, connection, object_path);
}

static void
lanyard_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (lanyard_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (LANYARD_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), action_entries,
                                   G_N_ELEMENTS (action_entries), application);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (
      GTK_APPLICATION (application), accelerators[i].action_name, accelerators[i].accelerators);
}

static void
lanyard_application_activate (GApplication *application)
{
  present_list (LANYARD_APPLICATION (application));
}

static int
lanyard_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;

  g_print ("Lanyard %s\n", LANYARD_VERSION);
  return 0;
}

static int
lanyard_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);

  if (g_variant_dict_contains (options, "add"))
    g_action_group_activate_action (G_ACTION_GROUP (application), "new-authorization", NULL);
  else
    g_application_activate (application);
  return 0;
}

static gboolean
renewal_cb (gpointer user_data)
{
  LanyardApplication *self = user_data;

  if (lanyard_manager_is_renewing (self->manager))
    return G_SOURCE_CONTINUE;

  self->renewal_id = 0;
  g_application_release (G_APPLICATION (self));
  return G_SOURCE_REMOVE;
}

/* The program does not end in the middle of a renewal: the server may have taken back the token
 * that is in the keyring, and the one in its place would be lost. The request has a deadline of its
 * own. */
static void
lanyard_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  LanyardApplication *self = LANYARD_APPLICATION (application);

  if (self->renewal_id == 0 && self->manager != NULL && lanyard_manager_is_renewing (self->manager))
    {
      g_application_hold (G_APPLICATION (self));
      self->renewal_id = g_timeout_add (RENEWAL_PATIENCE, renewal_cb, self);
    }

  GTK_APPLICATION_CLASS (lanyard_application_parent_class)->window_removed (application, window);
}

static void
lanyard_application_dispose (GObject *object)
{
  LanyardApplication *self = LANYARD_APPLICATION (object);

  g_clear_handle_id (&self->renewal_id, g_source_remove);
  g_clear_object (&self->manager);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (lanyard_application_parent_class)->dispose (object);
}

static void
lanyard_application_class_init (LanyardApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = lanyard_application_dispose;
  application_class->dbus_register = lanyard_application_dbus_register;
  application_class->dbus_unregister = lanyard_application_dbus_unregister;
  application_class->startup = lanyard_application_startup;
  application_class->activate = lanyard_application_activate;
  application_class->handle_local_options = lanyard_application_handle_local_options;
  application_class->command_line = lanyard_application_command_line;
  GTK_APPLICATION_CLASS (klass)->window_removed = lanyard_application_window_removed;
}

static void
lanyard_application_init (LanyardApplication *self)
{
  static const GOptionEntry options[] = {
    { "add", 'a', 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the editor for a new authorization"),
      NULL },
    { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (
    G_APPLICATION (self), _ ("Sign in to web services once, and use them everywhere."));
}

LanyardApplication *
lanyard_application_new (void)
{
  return g_object_new (LANYARD_TYPE_APPLICATION, "application-id", LANYARD_APP_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE, "resource-base-path",
                       "/io/github/lanyard/Lanyard", NULL);
}
