/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-commands.h"
#include "lanyard-code-consent.h"
#include "lanyard-device-grant.h"
#include "lanyard-error.h"
#include "lanyard-modules.h"
#include "lanyard-paste-consent.h"
#include "lanyard-terminal.h"

#include <glib/gi18n.h>
#include <unistd.h>

typedef enum
{
  WAY_NONE,
  WAY_BROWSER,
  WAY_PASTE,
  WAY_DEVICE,
} Way;

static gboolean
has_variable (const char *name)
{
  const char *value = g_getenv (name);

  return value != NULL && *value != '\0';
}

/* A browser on the far side of an SSH connection is not in front of the person, even where X11 is
 * forwarded. */
static Way
choose_way (void)
{
  gboolean is_remote = has_variable ("SSH_CONNECTION") || has_variable ("SSH_TTY");
  gboolean has_display = has_variable ("DISPLAY") || has_variable ("WAYLAND_DISPLAY");

  if (has_display && !is_remote)
    return WAY_BROWSER;
  return lanyard_terminal_can_read (STDIN_FILENO) ? WAY_PASTE : WAY_NONE;
}

static LanyardConsent *
make_consent (Way way, const char *name, GError **error)
{
  GType type;

  switch (way)
    {
    case WAY_PASTE:
      return lanyard_paste_consent_new (STDIN_FILENO, STDERR_FILENO);
    case WAY_DEVICE:
      return lanyard_code_consent_new (STDERR_FILENO);
    case WAY_BROWSER:
      type = lanyard_modules_get_type ("net", "lanyard_browser_consent_get_type", error);
      return type != G_TYPE_INVALID ? g_object_new (type, NULL) : NULL;
    case WAY_NONE:
    default:
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                   _ ("%s: there is no display for a browser, and nobody to paste an address; run "
                      "“lanyard authorize” in a terminal"),
                   name);
      return NULL;
    }
}

static void
status_cb (LanyardConsent *consent, const char *status, gpointer user_data)
{
  lanyard_cli_note ("%s", status);
}

/* What was asked for and is not among what was granted, for the person. */
static void
report_missing_scopes (LanyardManager *manager, LanyardAuthorization *authorization)
{
  const char *const *granted = lanyard_authorization_get_granted_scopes (authorization);
  g_autoptr (LanyardAuthContext) context =
    lanyard_manager_dup_context (manager, authorization, NULL, NULL);
  g_auto (GStrv) asked = context != NULL ? lanyard_auth_context_dup_scopes (context) : NULL;

  for (guint i = 0; granted != NULL && asked != NULL && asked[i] != NULL; i++)
    if (!g_strv_contains (granted, asked[i]))
      lanyard_cli_note (_ ("Not granted: %s"), asked[i]);
}

static void
report_success (LanyardCli *cli, const char *id)
{
  LanyardManager *manager = lanyard_cli_get_manager (cli, NULL);
  g_autoptr (LanyardAuthorization) authorization =
    lanyard_database_load (lanyard_manager_get_database (manager), id, NULL);
  const char *account;

  /* Somebody removed it the moment after. */
  if (authorization == NULL)
    return;

  account = lanyard_authorization_get_account (authorization);
  if (account != NULL)
    lanyard_cli_note (_ ("%s: signed in as %s"), lanyard_authorization_get_name (authorization),
                      account);
  else
    lanyard_cli_note (_ ("%s: signed in"), lanyard_authorization_get_name (authorization));
  report_missing_scopes (manager, authorization);
}

static gboolean
authorize (LanyardCli *cli,
           LanyardAuthorization *authorization,
           LanyardConsent *consent,
           GError **error)
{
  LanyardManager *manager = lanyard_cli_get_manager (cli, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  if (consent != NULL)
    g_signal_connect (consent, "status", G_CALLBACK (status_cb), NULL);
  lanyard_manager_authorize_async (manager, authorization, NULL, consent,
                                   lanyard_cli_get_cancellable (cli), lanyard_cli_result_cb, cli);
  result = lanyard_cli_wait (cli);
  return lanyard_manager_authorize_finish (manager, result, error);
}

/* A login that is sent, or a token that is signed, shows no page. */
static gboolean
shows_page (LanyardAuthorization *authorization)
{
  LanyardAuthType *type =
    lanyard_auth_types_lookup (lanyard_authorization_get_type_id (authorization));

  return type == NULL || !lanyard_auth_type_needs_consent (type) ||
         lanyard_auth_type_has_redirect (type);
}

/* What the authorization itself wants, whoever asks: where the browser shows a code and tells
 * nobody, it is typed in; where there is only a code to enter elsewhere, it is shown. */
static Way
get_wanted_way (LanyardCli *cli, LanyardAuthorization *authorization)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_manager_dup_context (lanyard_cli_get_manager (cli, NULL), authorization, NULL, NULL);
  g_autofree char *redirect_uri =
    context != NULL ? lanyard_auth_context_dup_value (context, "redirect_uri") : NULL;

  if (context != NULL && lanyard_device_grant_is_only_way (context))
    return WAY_DEVICE;

  return g_strcmp0 (redirect_uri, LANYARD_OUT_OF_BAND) == 0 ? WAY_PASTE : WAY_NONE;
}

static gboolean
parse_way (LanyardCli *cli, char ***arguments, Way *way, GError **error)
{
  gboolean browser = FALSE;
  gboolean paste = FALSE;
  gboolean device = FALSE;
  const GOptionEntry entries[] = {
    { "browser", 0, 0, G_OPTION_ARG_NONE, &browser, N_ ("Sign in in the browser"), NULL },
    { "paste", 0, 0, G_OPTION_ARG_NONE, &paste,
      N_ ("Print the address, and read the one that the browser ends at from standard input"),
      NULL },
    { "device", 0, 0, G_OPTION_ARG_NONE, &device,
      N_ ("Print an address, and a code to enter there on any device"), NULL },
    G_OPTION_ENTRY_NULL
  };

  if (!lanyard_cli_parse (cli, arguments, entries, 1, 1, error))
    return FALSE;
  if ((browser && paste) || (browser && device) || (paste && device))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           _ ("--browser, --paste and --device exclude each other"));
      return FALSE;
    }

  *way = WAY_NONE;
  if (browser)
    *way = WAY_BROWSER;
  else if (paste)
    *way = WAY_PASTE;
  else if (device)
    *way = WAY_DEVICE;
  return TRUE;
}

gboolean
lanyard_cli_authorize (LanyardCli *cli, char ***arguments, GError **error)
{
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autoptr (LanyardConsent) consent = NULL;
  Way way;

  if (!parse_way (cli, arguments, &way, error))
    return FALSE;
  authorization = lanyard_cli_find (cli, (*arguments)[0], error);
  if (authorization == NULL)
    return FALSE;

  if (way == WAY_NONE)
    way = get_wanted_way (cli, authorization);
  if (way == WAY_NONE)
    way = choose_way ();
  if (shows_page (authorization))
    {
      consent = make_consent (way, lanyard_authorization_get_name (authorization), error);
      if (consent == NULL)
        return FALSE;
    }
  if (!authorize (cli, authorization, consent, error))
    return FALSE;

  report_success (cli, lanyard_authorization_get_id (authorization));
  return TRUE;
}
