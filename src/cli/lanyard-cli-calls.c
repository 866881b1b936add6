/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-calls.h"

#include "lanyard-base-url.h"
#include "lanyard-error.h"

#include <glib/gi18n.h>
#include <string.h>

gboolean
lanyard_cli_check_uri (LanyardAuthorization *authorization, const char *uri, GError **error)
{
  gboolean allows_http =
    g_strcmp0 (lanyard_authorization_get_setting (authorization, "allow_http"), "yes") == 0;
  g_autoptr (GError) own_error = NULL;

  if (lanyard_base_url_check_address (uri, allows_http, _ ("Address"), &own_error))
    return TRUE;

  /* It is the command that was called wrong. */
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, own_error->message);
  return FALSE;
}

LanyardRequest *
lanyard_cli_apply (LanyardCli *cli,
                   LanyardAuthorization *authorization,
                   const LanyardRequest *request,
                   LanyardCredentials **credentials,
                   GError **error)
{
  LanyardManager *manager = lanyard_cli_get_manager (cli, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_apply_async (manager, lanyard_authorization_get_id (authorization), request,
                               lanyard_cli_get_cancellable (cli), lanyard_cli_result_cb, cli);
  result = lanyard_cli_wait (cli);
  return lanyard_manager_apply_finish (manager, result, credentials, error);
}

gboolean
lanyard_cli_is_signed (const LanyardRequest *request)
{
  static const char scheme[] = "OAuth ";
  const char *value = lanyard_params_get_ignoring_case (request->headers, "Authorization");

  return value != NULL && g_ascii_strncasecmp (value, scheme, strlen (scheme)) == 0;
}

LanyardCredentials *
lanyard_cli_get_credentials (LanyardCli *cli,
                             LanyardAuthorization *authorization,
                             guint min_valid,
                             GError **error)
{
  LanyardManager *manager = lanyard_cli_get_manager (cli, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_get_credentials_async (manager, lanyard_authorization_get_id (authorization),
                                         min_valid, lanyard_cli_get_cancellable (cli),
                                         lanyard_cli_result_cb, cli);
  result = lanyard_cli_wait (cli);
  return lanyard_manager_get_credentials_finish (manager, result, error);
}

gboolean
lanyard_cli_renew (LanyardCli *cli,
                   LanyardAuthorization *authorization,
                   LanyardCredentials *refused,
                   GError **error)
{
  LanyardManager *manager = lanyard_cli_get_manager (cli, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  LanyardSecret *token = refused != NULL ? lanyard_credentials_get (refused, "access_token") : NULL;

  lanyard_manager_refresh_async (manager, lanyard_authorization_get_id (authorization), token,
                                 lanyard_cli_get_cancellable (cli), lanyard_cli_result_cb, cli);
  result = lanyard_cli_wait (cli);
  return lanyard_manager_refresh_finish (manager, result, error);
}
