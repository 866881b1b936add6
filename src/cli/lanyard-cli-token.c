/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-calls.h"
#include "lanyard-cli-commands.h"
#include "lanyard-error.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* The credential that is the token, the key or the JWT of a type. */
static const char *
get_token_name (LanyardAuthorization *authorization)
{
  const char *type_id = lanyard_authorization_get_type_id (authorization);
  LanyardAuthType *type = lanyard_auth_types_lookup (type_id);

  return type != NULL ? lanyard_auth_type_get_info (type)->primary_secret : NULL;
}

static gboolean
print_token (LanyardSecret *token, GError **error)
{
  if (!lanyard_cli_write_secret (lanyard_secret_get (token), lanyard_secret_get_length (token),
                                 error))
    return FALSE;

  /* A person wants the prompt on a line of its own; a file or a program the token alone. */
  return !isatty (STDOUT_FILENO) || lanyard_cli_write_secret ("\n", 1, error);
}

static void
print_token_json (const char *name, LanyardCredentials *credentials)
{
  g_autoptr (JsonObject) object = json_object_new ();
  const char *token_type = lanyard_credentials_get_text (credentials, "token_type");
  gint64 expires_at = lanyard_credentials_get_expires_at (credentials);

  json_object_set_string_member (object, name, lanyard_credentials_get_text (credentials, name));
  if (token_type != NULL)
    json_object_set_string_member (object, "token_type", token_type);
  if (expires_at != 0)
    json_object_set_int_member (object, "expires_at", expires_at);
  lanyard_cli_print_json (json_node_init_object (json_node_alloc (), object));
}

gboolean
lanyard_cli_token (LanyardCli *cli, char ***arguments, GError **error)
{
  int min_valid = 0;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "min-valid", 0, 0, G_OPTION_ARG_INT, &min_valid,
      N_ ("Renew it when it is valid for less than that"), N_ ("SECONDS") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json,
      N_ ("Print JSON: access_token, token_type, expires_at (seconds since 1970)"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  const char *name;

  if (!lanyard_cli_parse (cli, arguments, entries, 1, 1, error))
    return FALSE;
  if (min_valid < 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           _ ("--min-valid needs a number of seconds"));
      return FALSE;
    }
  lanyard_cli_prepare_keyring (cli);
  authorization = lanyard_cli_find (cli, (*arguments)[0], error);
  if (authorization == NULL)
    return FALSE;
  credentials = lanyard_cli_get_credentials (cli, authorization, (guint)min_valid, error);
  if (credentials == NULL)
    return FALSE;

  name = get_token_name (authorization);
  if (name == NULL || lanyard_credentials_get (credentials, name) == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                   _ ("%s: there is nothing to hand out yet; enter it or sign in first"),
                   lanyard_authorization_get_name (authorization));
      return FALSE;
    }
  if (!json)
    return print_token (lanyard_credentials_get (credentials, name), error);
  print_token_json (name, credentials);
  return TRUE;
}

/* Where a request goes whose address was not given: a header that does not depend on it is asked
 * for, so it is enough that the credentials may go there. */
static char *
dup_any_uri (LanyardManager *manager, LanyardAuthorization *authorization)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_manager_dup_context (manager, authorization, NULL, NULL);
  char *base_url = context != NULL ? lanyard_auth_context_dup_value (context, "base_url") : NULL;

  return base_url != NULL ? base_url : g_strdup ("https://localhost/");
}

static gboolean
print_headers (const LanyardRequest *request, const char *uri, const char *name, GError **error)
{
  guint n_headers = lanyard_params_get_length (request->headers);

  if (n_headers == 0 || request->body != NULL || !g_str_equal (request->uri, uri))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("%s: the credentials do not go into a header here; use “lanyard curl”"),
                   name);
      return FALSE;
    }

  for (guint i = 0; i < n_headers; i++)
    {
      const char *header = lanyard_params_get_nth_name (request->headers, i);
      const char *value = lanyard_params_get_nth_value (request->headers, i);

      if (!lanyard_cli_write_secret (header, strlen (header), error) ||
          !lanyard_cli_write_secret (": ", 2, error) ||
          !lanyard_cli_write_secret (value, strlen (value), error) ||
          !lanyard_cli_write_secret ("\n", 1, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
lanyard_cli_header (LanyardCli *cli, char ***arguments, GError **error)
{
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autoptr (LanyardRequest) plain = NULL;
  g_autoptr (LanyardRequest) request = NULL;
  g_autofree char *uri = NULL;
  guint n_arguments;

  if (!lanyard_cli_parse (cli, arguments, NULL, 1, 3, error))
    return FALSE;
  n_arguments = g_strv_length (*arguments);
  if (n_arguments == 2)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           _ ("METHOD and URL are given together, or not at all"));
      return FALSE;
    }
  lanyard_cli_prepare_keyring (cli);
  authorization = lanyard_cli_find (cli, (*arguments)[0], error);
  if (authorization == NULL)
    return FALSE;

  if (n_arguments == 3 && !lanyard_cli_check_uri (authorization, (*arguments)[2], error))
    return FALSE;

  uri = n_arguments == 3 ? g_strdup ((*arguments)[2])
                         : dup_any_uri (lanyard_cli_get_manager (cli, NULL), authorization);
  plain = lanyard_request_new (n_arguments == 3 ? (*arguments)[1] : "GET", uri);
  request = lanyard_cli_apply (cli, authorization, plain, NULL, error);
  if (request == NULL)
    return FALSE;
  if (n_arguments == 1 && lanyard_cli_is_signed (request))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   _ ("%s signs each request; give METHOD and URL of yours"),
                   lanyard_authorization_get_name (authorization));
      return FALSE;
    }
  return print_headers (request, uri, lanyard_authorization_get_name (authorization), error);
}
