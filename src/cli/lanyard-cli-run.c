/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-calls.h"
#include "lanyard-cli-commands.h"
#include "lanyard-error.h"
#include "lanyard-template.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* What a shell answers when there is no such command, and when it cannot be run. */
#define EXIT_NOT_FOUND 127
#define EXIT_NOT_RUN 126

/* One authorization, and the variables that the person wants of it. */
typedef struct
{
  const char *name;
  GPtrArray *variables;
} Given;

static Given *
given_new (const char *name)
{
  Given *self = g_new0 (Given, 1);

  self->name = name;
  self->variables = g_ptr_array_new ();
  return self;
}

static void
given_free (Given *self)
{
  g_ptr_array_unref (self->variables);
  g_free (self);
}

static gboolean
fail_usage (GError **error, const char *message)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, message);
  return FALSE;
}

/* Reads `NAME [--env VARIABLE[=FIELD]]… … -- COMMAND`; what is given with --env belongs to the name
 * before it, so GOption cannot read it. Returns the command, or NULL. */
static char **
parse (char **arguments, GPtrArray *all, GError **error)
{
  Given *last = NULL;
  char **at;

  for (at = arguments; *at != NULL && !g_str_equal (*at, "--"); at++)
    {
      const char *variable = NULL;

      if (g_str_has_prefix (*at, "--env="))
        variable = *at + strlen ("--env=");
      else if (g_str_equal (*at, "--env") && at[1] != NULL && !g_str_equal (at[1], "--"))
        variable = *++at;

      if (variable != NULL && last != NULL)
        g_ptr_array_add (last->variables, (gpointer)variable);
      else if (**at == '-' || variable != NULL)
        {
          fail_usage (error, _ ("--env VARIABLE follows the NAME that it belongs to, and is the "
                                "only option before “--”"));
          return NULL;
        }
      else
        {
          last = given_new (*at);
          g_ptr_array_add (all, last);
        }
    }

  if (all->len == 0 || *at == NULL || at[1] == NULL)
    {
      fail_usage (error, _ ("A NAME, “--” and a command are needed: lanyard run NAME -- COMMAND"));
      return NULL;
    }
  return at + 1;
}

static gboolean
is_variable (const char *name)
{
  return *name != '\0' && !g_ascii_isdigit (*name) &&
         strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_") == strlen (name);
}

/* A provider's file says under which names a service's own programs look for a token, never how a
 * program finds its libraries or its code. */
static gboolean
is_provider_variable (const char *name)
{
  static const char *const refused[] = { "BASH_ENV", "ENV", "HOME", "IFS", "PATH", "SHELL", NULL };

  return is_variable (name) && !g_str_has_prefix (name, "LD_") &&
         !g_str_has_suffix (name, "PATH") && !g_strv_contains (refused, name);
}

static gboolean
set_variable (char ***environment, GHashTable *names, const char *name, char *value, GError **error)
{
  if (!g_hash_table_add (names, g_strdup (name)))
    {
      lanyard_secret_wipe_string (value);
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   _ ("%s would be set twice; give other names with --env"), name);
      return FALSE;
    }
  *environment = g_environ_setenv (*environment, name, value, TRUE);
  lanyard_secret_wipe_string (value);
  return TRUE;
}

/* The credential or the setting of that name. */
static char *
dup_field (LanyardAuthContext *context, const char *field, GError **error)
{
  LanyardCredentials *credentials = lanyard_auth_context_get_credentials (context);
  const char *secret = lanyard_credentials_get_text (credentials, field);
  char *value =
    secret != NULL ? g_strdup (secret) : lanyard_auth_context_dup_value (context, field);

  if (value == NULL || *value == '\0')
    {
      g_set_error (
        error, LANYARD_ERROR, LANYARD_ERROR_USAGE, _ ("%s has no “%s”"),
        lanyard_authorization_get_name (lanyard_auth_context_get_authorization (context)), field);
      g_clear_pointer (&value, g_free);
    }
  return value;
}

/* What the person named. */
static gboolean
add_given (LanyardAuthContext *context,
           GPtrArray *variables,
           char ***environment,
           GHashTable *names,
           GError **error)
{
  LanyardAuthorization *authorization = lanyard_auth_context_get_authorization (context);
  LanyardAuthType *type =
    lanyard_auth_types_lookup (lanyard_authorization_get_type_id (authorization));

  for (guint i = 0; i < variables->len; i++)
    {
      const char *variable = g_ptr_array_index (variables, i);
      const char *equals = strchr (variable, '=');
      g_autofree char *name =
        equals != NULL ? g_strndup (variable, (gsize)(equals - variable)) : g_strdup (variable);
      const char *field =
        equals != NULL ? equals + 1 : lanyard_auth_type_get_info (type)->primary_secret;
      char *value;

      if (!is_variable (name))
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                       _ ("“%s” cannot be the name of a variable"), name);
          return FALSE;
        }
      value = dup_field (context, field, error);
      if (value == NULL || !set_variable (environment, names, name, value, error))
        return FALSE;
    }
  return TRUE;
}

/* What the provider's programs look for. */
static gboolean
add_known (LanyardAuthContext *context, char ***environment, GHashTable *names, GError **error)
{
  JsonObject *known =
    lanyard_method_get_object (lanyard_auth_context_get_method (context), "use.env");
  g_autoptr (LanyardParams) params = lanyard_params_new ();

  if (known == NULL || json_object_get_size (known) == 0)
    {
      g_set_error (
        error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
        _ ("%s: nobody knows under which name the command looks for it; say it with "
           "--env VARIABLE behind the name"),
        lanyard_authorization_get_name (lanyard_auth_context_get_authorization (context)));
      return FALSE;
    }

  lanyard_template_add_params (context, params, known);
  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    {
      const char *name = lanyard_params_get_nth_name (params, i);
      const char *value = lanyard_params_get_nth_value (params, i);

      if (!is_provider_variable (name))
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("The provider’s file names the variable “%s”, which is not for "
                          "credentials"),
                       name);
          return FALSE;
        }
      if (!set_variable (environment, names, name, g_strdup (value), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_authorization (LanyardCli *cli,
                   const Given *given,
                   char ***environment,
                   GHashTable *names,
                   GError **error)
{
  g_autofree char *name = lanyard_cli_dup_utf8 (given->name, error);
  g_autoptr (LanyardAuthorization) authorization =
    name != NULL ? lanyard_cli_find (cli, name, error) : NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardAuthContext) context = NULL;

  if (authorization == NULL)
    return FALSE;
  credentials = lanyard_cli_get_credentials (cli, authorization, 0, error);
  if (credentials == NULL)
    return FALSE;
  context = lanyard_manager_dup_context (lanyard_cli_get_manager (cli, NULL), authorization,
                                         credentials, error);
  if (context == NULL)
    return FALSE;

  return given->variables->len > 0
           ? add_given (context, given->variables, environment, names, error)
           : add_known (context, environment, names, error);
}

/* The command takes the place of this program, so that signals, the terminal and the exit code are
 * its own. That there are no core dumps is left to it: its environment now holds a secret. */
static void
execute (LanyardCli *cli, char **command, char **environment)
{
  int reason;

  signal (SIGPIPE, SIG_DFL);
  execvpe (*command, command, environment);

  reason = errno;
  signal (SIGPIPE, SIG_IGN);
  lanyard_cli_note (_ ("lanyard: “%s” cannot be run: %s"), *command, g_strerror (reason));
  lanyard_cli_set_exit_code (cli, reason == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_RUN);
}

gboolean
lanyard_cli_run (LanyardCli *cli, char ***arguments, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)given_free);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) environment = NULL;
  char **command;

  if (!lanyard_cli_parse_front (cli, arguments, 1, error))
    return FALSE;
  command = parse (*arguments, all, error);
  if (command == NULL)
    return FALSE;

  lanyard_cli_prepare_keyring (cli);
  environment = g_get_environ ();
  for (guint i = 0; i < all->len; i++)
    if (!add_authorization (cli, g_ptr_array_index (all, i), &environment, names, error))
      return FALSE;

  execute (cli, command, environment);
  return TRUE;
}
