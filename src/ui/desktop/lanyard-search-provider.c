/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-search-provider.h"

#include "lanyard-bus-info.h"
#include "lanyard-status-text.h"
#include "lanyard-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define OBJECT_PATH "/io/github/lanyard/Lanyard/SearchProvider"

/* The desktop shows fewer. */
#define MAX_RESULTS 50

struct _LanyardSearchProvider
{
  GObject parent_instance;

  /* Borrowed */
  LanyardApplication *application;

  /* Owned */
  GDBusConnection *connection;
  guint registration;
};

G_DEFINE_FINAL_TYPE (LanyardSearchProvider, lanyard_search_provider, G_TYPE_OBJECT)

/* Whether each word is in its name, its account or the name of its provider, whatever the case. */
static gboolean
matches (LanyardAuthorization *authorization, const char *provider_name, const char *const *terms)
{
  const char *account = lanyard_authorization_get_account (authorization);
  g_autofree char *all = g_strjoin ("\n", lanyard_authorization_get_name (authorization),
                                    provider_name, account != NULL ? account : "", NULL);
  g_autofree char *text = lanyard_text_dup_key (all);
  gboolean has_word = FALSE;

  for (; *terms != NULL; terms++)
    {
      g_autofree char *term = lanyard_text_dup_key (*terms);

      if (strstr (text, term) == NULL)
        return FALSE;
      has_word |= *term != '\0';
    }
  return has_word;
}

static GVariant *
search (LanyardSearchProvider *self, const char *const *within, const char *const *terms)
{
  GListModel *all = lanyard_application_list_authorizations (self->application);
  g_auto (GVariantBuilder) results = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_STRING_ARRAY);
  guint n_results = 0;

  for (guint i = 0; all != NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (LanyardAuthorization) authorization = g_list_model_get_item (all, i);
      const char *id = lanyard_authorization_get_id (authorization);

      if (n_results < MAX_RESULTS && (within == NULL || g_strv_contains (within, id)) &&
          matches (authorization,
                   lanyard_application_get_provider_name (self->application, authorization), terms))
        {
          g_variant_builder_add (&results, "s", id);
          n_results++;
        }
    }
  return g_variant_new ("(as)", &results);
}

static void
add_meta (LanyardSearchProvider *self,
          GVariantBuilder *metas,
          const char *icon,
          LanyardAuthorization *authorization)
{
  const char *provider_name =
    lanyard_application_get_provider_name (self->application, authorization);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  LanyardStatus status = lanyard_authorization_get_status_at (authorization, now);
  g_autofree char *description = NULL;

  /* Translators: a provider, and a status such as “Authorized” */
  description = g_strdup_printf (C_ ("search result", "%s, %s"), provider_name,
                                 lanyard_authorization_is_active (authorization)
                                   ? lanyard_status_get_label (status)
                                   : _ ("Inactive"));
  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (metas, "{sv}", "id",
                         g_variant_new_string (lanyard_authorization_get_id (authorization)));
  g_variant_builder_add (metas, "{sv}", "name",
                         g_variant_new_string (lanyard_authorization_get_name (authorization)));
  g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (description));
  g_variant_builder_add (metas, "{sv}", "gicon", g_variant_new_string (icon));
  g_variant_builder_close (metas);
}

static GVariant *
describe (LanyardSearchProvider *self, const char *const *ids)
{
  g_auto (GVariantBuilder) metas = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  g_autoptr (GIcon) icon = g_themed_icon_new (LANYARD_APP_ID);
  g_autofree char *icon_text = g_icon_to_string (icon);

  for (; *ids != NULL; ids++)
    {
      g_autoptr (LanyardAuthorization) authorization =
        lanyard_application_find_authorization (self->application, *ids, NULL);

      if (authorization != NULL)
        add_meta (self, &metas, icon_text, authorization);
    }
  return g_variant_new ("(aa{sv})", &metas);
}

static GVariant *
call (LanyardSearchProvider *self, const char *method, GVariant *parameters)
{
  g_autofree const char **first = NULL;
  g_autofree const char **second = NULL;
  const char *id;

  if (g_str_equal (method, "GetInitialResultSet"))
    {
      g_variant_get (parameters, "(^a&s)", &first);
      return search (self, NULL, first);
    }
  if (g_str_equal (method, "GetSubsearchResultSet"))
    {
      g_variant_get (parameters, "(^a&s^a&s)", &first, &second);
      return search (self, first, second);
    }
  if (g_str_equal (method, "GetResultMetas"))
    {
      g_variant_get (parameters, "(^a&s)", &first);
      return describe (self, first);
    }
  if (g_str_equal (method, "ActivateResult"))
    {
      g_variant_get (parameters, "(&s^a&su)", &id, &first, NULL);
      g_action_group_activate_action (G_ACTION_GROUP (self->application), "open-authorization",
                                      g_variant_new_string (id));
    }
  else
    {
      g_autofree char *words = NULL;

      g_variant_get (parameters, "(^a&su)", &first, NULL);
      words = g_strjoinv (" ", (char **)first);
      g_action_group_activate_action (G_ACTION_GROUP (self->application), "search",
                                      g_variant_new_string (words));
    }
  return NULL;
}

static void
method_call_cb (GDBusConnection *connection,
                const char *sender,
                const char *object_path,
                const char *interface_name,
                const char *method_name,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  LanyardSearchProvider *self = user_data;

  /* It stays for a moment after each question: there is another one for each key that is pressed.
   */
  g_application_hold (G_APPLICATION (self->application));
  g_dbus_method_invocation_return_value (invocation, call (self, method_name, parameters));
  g_application_release (G_APPLICATION (self->application));
}

static void
lanyard_search_provider_dispose (GObject *object)
{
  LanyardSearchProvider *self = LANYARD_SEARCH_PROVIDER (object);

  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (lanyard_search_provider_parent_class)->dispose (object);
}

static void
lanyard_search_provider_class_init (LanyardSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_search_provider_dispose;
}

static void
lanyard_search_provider_init (LanyardSearchProvider *self)
{
}

LanyardSearchProvider *
lanyard_search_provider_new (LanyardApplication *application,
                             GDBusConnection *connection,
                             GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = method_call_cb };
  g_autoptr (LanyardSearchProvider) self = g_object_new (LANYARD_TYPE_SEARCH_PROVIDER, NULL);

  self->application = application;
  self->connection = g_object_ref (connection);
  self->registration = g_dbus_connection_register_object (
    connection, OBJECT_PATH,
    (GDBusInterfaceInfo *)&lanyard_bus_org_gnome_shell_search_provider2_interface, &vtable, self,
    NULL, error);
  return self->registration != 0 ? g_steal_pointer (&self) : NULL;
}
