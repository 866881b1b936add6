/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-commands.h"
#include "lanyard-columns.h"
#include "lanyard-terminal.h"

#include <glib/gi18n.h>
#include <unistd.h>

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static char *
dup_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : NULL;
}

static const char *
get_reason (LanyardAuthorization *authorization, LanyardStatus status)
{
  if (!lanyard_authorization_is_active (authorization))
    return _ ("inactive");

  switch (status)
    {
    case LANYARD_STATUS_EXPIRED:
      return _ ("expired");
    case LANYARD_STATUS_REFUSED:
      return _ ("refused by the provider");
    case LANYARD_STATUS_REVOKED:
      return _ ("taken back");
    case LANYARD_STATUS_INCOMPLETE:
      return _ ("missing from the keyring");
    case LANYARD_STATUS_NEW:
    case LANYARD_STATUS_AUTHORIZED:
    default:
      return NULL;
    }
}

static char *
dup_status (LanyardAuthorization *authorization)
{
  LanyardStatus status = lanyard_authorization_get_status_at (authorization, get_now ());
  const char *reason = get_reason (authorization, status);

  /* An inactive one is handed out to nobody, whatever the provider thinks of it. */
  if (!lanyard_authorization_is_active (authorization))
    status = LANYARD_STATUS_NEW;
  if (reason == NULL)
    return g_strdup (lanyard_status_get_label (status));
  /* Translators: a status, and the reason for it */
  return g_strdup_printf (_ ("%s (%s)"), lanyard_status_get_label (status), reason);
}

/* The provider's name; its id where its file is gone. */
static const char *
get_provider_name (LanyardManager *manager, LanyardAuthorization *authorization)
{
  const char *id = lanyard_authorization_get_provider_id (authorization);
  LanyardCatalogue *catalogue = lanyard_manager_get_catalogue (manager);
  LanyardProvider *provider = id != NULL ? lanyard_catalogue_lookup (catalogue, id, NULL) : NULL;

  return provider != NULL ? lanyard_provider_get_name (provider) : id;
}

static JsonNode *
make_json (LanyardAuthorization *authorization)
{
  g_autoptr (JsonObject) object = lanyard_authorization_to_json (authorization);
  LanyardStatus status = lanyard_authorization_get_status_at (authorization, get_now ());

  /* What is stored does not know the time. */
  json_object_set_string_member (object, "status", lanyard_status_get_id (status));
  return json_node_init_object (json_node_alloc (), object);
}

static void
print_list_json (GPtrArray *rows)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < rows->len; i++)
    json_array_add_element (array, make_json (g_ptr_array_index (rows, i)));
  lanyard_cli_print_json (json_node_init_array (json_node_alloc (), array));
}

static void
print_list (LanyardManager *manager, GPtrArray *rows)
{
  g_autoptr (LanyardColumns) table = lanyard_columns_new (4);
  g_autofree char *text = NULL;

  /* A head is for people; a program would take it for an authorization. */
  if (isatty (STDOUT_FILENO) && rows->len > 0)
    lanyard_columns_add_row (
      table, (const char *const[]){ _ ("Name"), _ ("Provider"), _ ("Status"), _ ("Account") });

  for (guint i = 0; i < rows->len; i++)
    {
      LanyardAuthorization *row = g_ptr_array_index (rows, i);
      g_autofree char *status = dup_status (row);

      lanyard_columns_add_row (table,
                               (const char *const[]){ lanyard_authorization_get_name (row),
                                                      get_provider_name (manager, row), status,
                                                      lanyard_authorization_get_account (row) });
    }

  text = lanyard_columns_format (table, lanyard_terminal_get_width (STDOUT_FILENO));
  lanyard_cli_print ("%s", text);
}

static void
remove_inactive (GPtrArray *rows)
{
  for (guint i = rows->len; i > 0; i--)
    if (!lanyard_authorization_is_active (g_ptr_array_index (rows, i - 1)))
      g_ptr_array_remove_index (rows, i - 1);
}

/* What an empty list means, for a person who may be new here. */
static void
explain_empty_list (guint n_hidden)
{
  if (n_hidden > 0)
    lanyard_cli_note (ngettext ("%u authorization is inactive; --all lists it, too",
                                "%u authorizations are inactive; --all lists them, too", n_hidden),
                      n_hidden);
  else
    lanyard_cli_note (
      _ ("There are no authorizations yet; “lanyard add --help” says how to begin"));
}

gboolean
lanyard_cli_list (LanyardCli *cli, char ***arguments, GError **error)
{
  gboolean all = FALSE;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "all", 'a', 0, G_OPTION_ARG_NONE, &all, N_ ("List inactive ones, too"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  LanyardManager *manager;
  g_autoptr (GPtrArray) rows = NULL;
  guint n_all;

  if (!lanyard_cli_parse (cli, arguments, entries, 0, 0, error))
    return FALSE;
  manager = lanyard_cli_get_manager (cli, error);
  if (manager == NULL)
    return FALSE;
  rows = lanyard_database_load_all (lanyard_manager_get_database (manager), error);
  if (rows == NULL)
    return FALSE;

  n_all = rows->len;
  if (!all)
    remove_inactive (rows);
  if (json)
    print_list_json (rows);
  else
    print_list (manager, rows);
  if (rows->len == 0 && !json && isatty (STDERR_FILENO))
    explain_empty_list (n_all);
  return TRUE;
}

static void
add_line (LanyardColumns *table, const char *label, const char *value)
{
  g_autofree char *head = NULL;

  if (value == NULL || *value == '\0')
    return;

  /* Translators: what stands before a value in a list of values */
  head = g_strdup_printf (_ ("%s:"), label);
  lanyard_columns_add_row (table, (const char *const[]){ head, value });
}

static void
add_list (LanyardColumns *table, const char *label, const char *const *values)
{
  g_autofree char *text = values != NULL ? g_strjoinv (" ", (char **)values) : NULL;

  add_line (table, label, text);
}

static void
add_time (LanyardColumns *table, const char *label, gint64 seconds)
{
  g_autofree char *text = seconds != 0 ? dup_time (seconds) : NULL;

  add_line (table, label, text);
}

static void
print_one (LanyardManager *manager, LanyardAuthorization *authorization)
{
  g_autoptr (LanyardColumns) table = lanyard_columns_new (2);
  g_auto (GStrv) settings = lanyard_authorization_list_settings (authorization);
  g_autofree char *status = dup_status (authorization);
  g_autofree char *text = NULL;

  add_line (table, _ ("Name"), lanyard_authorization_get_name (authorization));
  add_line (table, _ ("Id"), lanyard_authorization_get_id (authorization));
  add_line (table, _ ("Provider"), get_provider_name (manager, authorization));
  add_line (table, _ ("Type"), lanyard_authorization_get_type_id (authorization));
  add_line (table, _ ("Status"), status);
  add_line (table, _ ("Account"), lanyard_authorization_get_account (authorization));
  add_time (table, _ ("Authorized"), lanyard_authorization_get_authorized_at (authorization));
  add_time (table,
            lanyard_authorization_is_renewable (authorization) ? _ ("Renewed by itself")
                                                               : _ ("Expires"),
            lanyard_authorization_get_expires_at (authorization));
  add_list (table, _ ("Connectors"), lanyard_authorization_get_connectors (authorization));
  add_list (table, _ ("Own scopes"), lanyard_authorization_get_scopes (authorization));
  add_list (table, _ ("Granted scopes"), lanyard_authorization_get_granted_scopes (authorization));
  /* Settings are called what --set calls them. */
  for (guint i = 0; settings[i] != NULL; i++)
    add_line (table, settings[i], lanyard_authorization_get_setting (authorization, settings[i]));

  text = lanyard_columns_format (table, 0);
  lanyard_cli_print ("%s", text);
}

gboolean
lanyard_cli_show (LanyardCli *cli, char ***arguments, GError **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"),
                                     NULL },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (LanyardAuthorization) authorization = NULL;

  if (!lanyard_cli_parse (cli, arguments, entries, 1, 1, error))
    return FALSE;
  authorization = lanyard_cli_find (cli, (*arguments)[0], error);
  if (authorization == NULL)
    return FALSE;

  if (json)
    lanyard_cli_print_json (make_json (authorization));
  else
    print_one (lanyard_cli_get_manager (cli, NULL), authorization);
  return TRUE;
}
