/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-ask.h"
#include "lanyard-cli-calls.h"
#include "lanyard-cli-commands.h"
#include "lanyard-error.h"
#include "lanyard-terminal.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

/* Reads NAME, the only argument of the commands here. */
static LanyardAuthorization *
parse_name (LanyardCli *cli, char ***arguments, GError **error)
{
  if (!lanyard_cli_parse (cli, arguments, NULL, 1, 1, error))
    return NULL;
  return lanyard_cli_find (cli, (*arguments)[0], error);
}

static gboolean
take_back (LanyardCli *cli, LanyardAuthorization *authorization, GError **error)
{
  LanyardManager *manager = lanyard_cli_get_manager (cli, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_revoke_async (manager, lanyard_authorization_get_id (authorization),
                                lanyard_cli_get_cancellable (cli), lanyard_cli_result_cb, cli);
  result = lanyard_cli_wait (cli);
  return lanyard_manager_revoke_finish (manager, result, error);
}

static gboolean
set_active (LanyardCli *cli, char ***arguments, gboolean active, GError **error)
{
  g_autoptr (LanyardAuthorization) authorization = parse_name (cli, arguments, error);

  if (authorization == NULL)
    return FALSE;
  return lanyard_manager_set_active (lanyard_cli_get_manager (cli, NULL),
                                     lanyard_authorization_get_id (authorization), active, error);
}

/* On a terminal a person may have slipped, and is asked. A script knows what it does. */
static gboolean
confirm_removal (LanyardCli *cli, LanyardAuthorization *authorization, GError **error)
{
  g_autofree char *question = NULL;
  g_autoptr (GError) own_error = NULL;

  if (!isatty (STDIN_FILENO))
    return TRUE;

  question = g_strdup_printf (_ ("Remove “%s” and its credentials?"),
                              lanyard_authorization_get_name (authorization));
  if (lanyard_cli_ask_yes (cli, question, &own_error))
    return TRUE;
  if (own_error == NULL)
    g_set_error_literal (&own_error, LANYARD_ERROR, LANYARD_ERROR_CANCELLED,
                         _ ("Nothing was removed"));
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

/* What cannot be taken back is removed here all the same, as the person wanted. */
static gboolean
offer_revocation (LanyardCli *cli, LanyardAuthorization *authorization, GError **error)
{
  g_autoptr (GError) own_error = NULL;

  if (!isatty (STDIN_FILENO) ||
      lanyard_authorization_get_status (authorization) != LANYARD_STATUS_AUTHORIZED ||
      !lanyard_manager_can_revoke (lanyard_cli_get_manager (cli, NULL), authorization))
    return TRUE;

  if (lanyard_cli_ask_yes (cli, _ ("Take it back at the provider, too?"), &own_error) &&
      !take_back (cli, authorization, &own_error))
    {
      if (!lanyard_error_is_cancelled (own_error))
        {
          lanyard_cli_note ("lanyard: %s", own_error->message);
          g_clear_error (&own_error);
        }
    }
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

gboolean
lanyard_cli_test (LanyardCli *cli, char ***arguments, GError **error)
{
  g_autoptr (LanyardAuthorization) authorization = parse_name (cli, arguments, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *answer = NULL;
  LanyardManager *manager;

  if (authorization == NULL)
    return FALSE;

  manager = lanyard_cli_get_manager (cli, NULL);
  lanyard_manager_test_async (manager, lanyard_authorization_get_id (authorization),
                              lanyard_cli_get_cancellable (cli), lanyard_cli_result_cb, cli);
  result = lanyard_cli_wait (cli);
  answer = lanyard_manager_test_finish (manager, result, error);
  if (answer == NULL)
    return FALSE;
  lanyard_cli_print ("%s\n", answer);
  return TRUE;
}

gboolean
lanyard_cli_refresh (LanyardCli *cli, char ***arguments, GError **error)
{
  g_autoptr (LanyardAuthorization) authorization = parse_name (cli, arguments, error);

  return authorization != NULL && lanyard_cli_renew (cli, authorization, NULL, error);
}

gboolean
lanyard_cli_revoke (LanyardCli *cli, char ***arguments, GError **error)
{
  g_autoptr (LanyardAuthorization) authorization = parse_name (cli, arguments, error);

  return authorization != NULL && take_back (cli, authorization, error);
}

gboolean
lanyard_cli_deactivate (LanyardCli *cli, char ***arguments, GError **error)
{
  return set_active (cli, arguments, FALSE, error);
}

gboolean
lanyard_cli_activate (LanyardCli *cli, char ***arguments, GError **error)
{
  return set_active (cli, arguments, TRUE, error);
}

gboolean
lanyard_cli_remove (LanyardCli *cli, char ***arguments, GError **error)
{
  g_autoptr (LanyardAuthorization) authorization = parse_name (cli, arguments, error);
  g_autoptr (GAsyncResult) result = NULL;
  LanyardManager *manager;

  if (authorization == NULL || !confirm_removal (cli, authorization, error) ||
      !offer_revocation (cli, authorization, error))
    return FALSE;

  manager = lanyard_cli_get_manager (cli, NULL);
  lanyard_manager_remove_async (manager, lanyard_authorization_get_id (authorization),
                                lanyard_cli_get_cancellable (cli), lanyard_cli_result_cb, cli);
  result = lanyard_cli_wait (cli);
  return lanyard_manager_remove_finish (manager, result, error);
}
