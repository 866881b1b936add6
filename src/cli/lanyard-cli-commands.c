/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-commands.h"

#include <glib/gi18n.h>
#include <string.h>

/* Names up to so many wrong letters are taken for a slip. */
#define MAX_DISTANCE 2
#define MAX_LENGTH 32

/* clang-format 14 loses its way in a list with N_(). */
/* clang-format off */
static const LanyardCliCommand commands[] = {
  {
    .name = "list",
    .synopsis = "[--all] [--json]",
    .summary = N_ ("List the authorizations"),
    .description = N_ (
      "Inactive ones are listed with --all only. JSON: an array of what “lanyard show\n"
      "--json” prints.\n"
      "\n"
      "Examples:\n"
      "  lanyard list\n"
      "  lanyard list --all --json"),
    .run = lanyard_cli_list,
  },
  {
    .name = "show",
    .synopsis = "NAME [--json]",
    .summary = N_ ("Show one authorization, without its secrets"),
    .description = N_ (
      "NAME is a name or an id, here and in every command.\n"
      "\n"
      "JSON: an object with the members id, name, provider, type, active, status (new,\n"
      "authorized, expired, refused, revoked, incomplete), account, expires_at,\n"
      "renewable, settings, connectors, scopes, granted_scopes, authorized_at,\n"
      "created_at, modified_at. Times are seconds since 1970; what is not known is\n"
      "left out; more members may come.\n"
      "\n"
      "Example:\n"
      "  lanyard show \"Work calendar\""),
    .run = lanyard_cli_show,
  },
  {
    .name = "types",
    .synopsis = "",
    .summary = N_ ("List the authorization types"),
    .run = lanyard_cli_types,
  },
  {
    .name = "providers",
    .synopsis = "[WORDS] [--json]",
    .summary = N_ ("List the providers, or those that the words fit"),
    .description = N_ (
      "Names, aliases and websites are searched; what fits best comes first.\n"
      "\n"
      "JSON: an array of objects with the members id, name, website, category, types.\n"
      "\n"
      "Example:\n"
      "  lanyard providers micro"),
    .run = lanyard_cli_providers,
  },
  {
    .name = "provider",
    .synopsis = "ID [--json]",
    .summary = N_ ("Show a provider: its fields, connectors and scopes"),
    .description = N_ (
      "JSON: an object with the members id, name, website, category, docs_url,\n"
      "registration_url, hint, limits, methods (id, type, label, hint, fields),\n"
      "connectors (id, name, description, hint, scopes), scopes (name, description,\n"
      "sensitive). A field has name, kind (text, secret, url, choice, params),\n"
      "required, label, help, example, default, choices.\n"
      "\n"
      "Example:\n"
      "  lanyard provider github"),
    .run = lanyard_cli_provider,
  },
  {
    .name = "check",
    .synopsis = "FILE… [--json]",
    .summary = N_ ("Say what is wrong in a provider’s file, and where"),
    .description = N_ (
      "Each problem is a line: the file, the line, the column, what it is about and\n"
      "what is wrong with it. The exit code is 1 when a file cannot be used; warnings\n"
      "leave it at 0.\n"
      "\n"
      "JSON: an array of objects with the members file, line, column, severity (error,\n"
      "warning), path, message.\n"
      "\n"
      "Example:\n"
      "  lanyard check ~/.config/lanyard/providers/example.json"),
    .run = lanyard_cli_check,
  },
  {
    .name = "save-provider",
    .synopsis = "NAME [--id ID] [--provider-name NAME] [--replace]",
    .summary = N_ ("Make a provider of what an authorization has entered"),
    .description = N_ (
      "The addresses, parameters and scopes of a custom authorization become a\n"
      "provider of your own, to be chosen like the others. Secrets, and what is asked\n"
      "for with each authorization, stay out. Prints the path of the file.\n"
      "\n"
      "Example:\n"
      "  lanyard save-provider \"Our server\" --id our-server"),
    .run = lanyard_cli_save_provider,
  },
  {
    .name = "add",
    .synopsis = "--name NAME (--provider ID [--method ID] | --type TYPE | --issuer URL)",
    .summary = N_ ("Add an authorization"),
    .description = N_ (
      "A secret is never taken from an argument: --secret FIELD reads one line from\n"
      "standard input, in the order given, and asks for it unseen on a terminal. A\n"
      "key in PEM form is read through all of its lines.\n"
      "\n"
      "Examples:\n"
      "  lanyard add --name GitHub --provider github --set client_id=abc \\\n"
      "    --secret client_secret --connector repositories\n"
      "  lanyard add --name Own --type oauth2 \\\n"
      "    --set token_endpoint=https://example.org/token"),
    .run = lanyard_cli_add,
  },
  {
    .name = "set",
    .synopsis = "NAME [OPTIONS]",
    .summary = N_ ("Change an authorization"),
    .description = N_ (
      "What is given takes the place of what was there; an empty value removes it.\n"
      "\n"
      "Examples:\n"
      "  lanyard set GitHub --name \"GitHub (work)\" --scope repo --scope gist\n"
      "  lanyard set GitHub --set redirect_uri= --connector ''"),
    .run = lanyard_cli_set,
  },
  {
    .name = "authorize",
    .synopsis = "NAME [--browser | --paste | --device]",
    .summary = N_ ("Sign in at the provider"),
    .description = N_ (
      "Without an option the browser is used where there is one, else --paste.\n"
      "With --device you enter a code on any device, where the provider offers that.\n"
      "\n"
      "Example:\n"
      "  lanyard authorize GitHub --paste"),
    .run = lanyard_cli_authorize,
  },
  {
    .name = "token",
    .synopsis = "NAME [--min-valid SECONDS] [--json]",
    .summary = N_ ("Print the access token, the key or the JWT"),
    .description = N_ (
      "It is renewed first where it must be. A line break follows on a terminal only,\n"
      "so that a file or a program gets the token alone.\n"
      "\n"
      "Examples:\n"
      "  lanyard token GitHub --min-valid 300\n"
      "  lanyard token GitHub | wl-copy"),
    .run = lanyard_cli_token,
  },
  {
    .name = "header",
    .synopsis = "NAME [METHOD URL]",
    .summary = N_ ("Print the header lines of a request"),
    .description = N_ (
      "METHOD and URL are needed where each request is signed.\n"
      "\n"
      "Example:\n"
      "  lanyard header GitHub | curl -H @- https://api.github.com/user"),
    .run = lanyard_cli_header,
  },
  {
    .name = "curl",
    .synopsis = "NAME [CURL ARGUMENTS]",
    .summary = N_ ("Run curl with the credentials"),
    .description = N_ (
      "The credentials reach curl through a pipe, never its arguments, and go to one\n"
      "address only. A token that is refused (401) is renewed once, and the request\n"
      "made again. Redirects (-L) are followed only where curl leaves the credentials\n"
      "behind; a certificate that is not good (-k) is never accepted.\n"
      "\n"
      "Example:\n"
      "  lanyard curl GitHub -s https://api.github.com/user"),
    .run = lanyard_cli_curl,
  },
  {
    .name = "run",
    .synopsis = "NAME [--env VARIABLE[=FIELD]]… [NAME…] -- COMMAND",
    .summary = N_ ("Run a command with credentials in its environment"),
    .description = N_ (
      "Without --env the variables are those that the provider’s own programs look for.\n"
      "--env names another one, for the NAME before it; FIELD is a field or\n"
      "access_token, and left out the token, the key or the password.\n"
      "\n"
      "Every program that the command starts sees its environment, and what it prints\n"
      "is not masked. The exit code is the command’s; 127 when there is no such\n"
      "command, 126 when it cannot be run.\n"
      "\n"
      "Examples:\n"
      "  lanyard run GitHub -- gh repo list\n"
      "  lanyard run Own --env API_USER=username --env API_TOKEN -- ./backup.sh"),
    .run = lanyard_cli_run,
  },
  {
    .name = "git-credential",
    .synopsis = "[--name NAME] get | store | erase",
    .summary = N_ ("Answer git, which asks for a user name and a password"),
    .description = N_ (
      "git config --global credential.helper lanyard makes git ask here. The\n"
      "authorization is the one whose base URL, or whose provider, the address belongs\n"
      "to; --name NAME says it where it is neither, or where several fit:\n"
      "\n"
      "  git config credential.https://git.example.org.helper 'lanyard --name Work'\n"
      "\n"
      "“erase” renews a token that the server refused; “store” does nothing."),
    .run = lanyard_cli_git_credential,
  },
  {
    .name = "test",
    .synopsis = "NAME",
    .summary = N_ ("Make a request that shows whether it works"),
    .run = lanyard_cli_test,
  },
  {
    .name = "refresh",
    .synopsis = "NAME",
    .summary = N_ ("Renew the credentials now"),
    .run = lanyard_cli_refresh,
  },
  {
    .name = "revoke",
    .synopsis = "NAME",
    .summary = N_ ("Take the authorization back at the provider"),
    .run = lanyard_cli_revoke,
  },
  {
    .name = "deactivate",
    .synopsis = "NAME",
    .summary = N_ ("Hand the credentials out to nobody, until it is activated"),
    .run = lanyard_cli_deactivate,
  },
  {
    .name = "activate",
    .synopsis = "NAME",
    .summary = N_ ("Hand the credentials out again"),
    .run = lanyard_cli_activate,
  },
  {
    .name = "remove",
    .synopsis = "NAME",
    .summary = N_ ("Remove an authorization and its credentials"),
    .description = N_ (
      "On a terminal it asks first, and whether to take the authorization back at the\n"
      "provider."),
    .run = lanyard_cli_remove,
  },
  {
    .name = "export",
    .synopsis = "[NAME…] [--with-secrets] > FILE",
    .summary = N_ ("Write authorizations to a file"),
    .description = N_ (
      "All of them without NAME. Without --with-secrets the file holds no secret, and\n"
      "whoever imports it signs in again. With it the file is encrypted under a\n"
      "passphrase, which is asked for, or is the first line of standard input.\n"
      "\n"
      "A refresh token that its provider replaces at each use works on one computer\n"
      "only.\n"
      "\n"
      "Example:\n"
      "  lanyard export --with-secrets > lanyard.export"),
    .run = lanyard_cli_export,
  },
  {
    .name = "import",
    .synopsis = "FILE [--skip | --rename | --replace]",
    .summary = N_ ("Read authorizations from a file that “lanyard export” wrote"),
    .description = N_ (
      "What is there already, by id or by name, is asked for on a terminal. What is\n"
      "replaced keeps its id, and without secrets in the file also its own.\n"
      "\n"
      "Example:\n"
      "  lanyard import lanyard.export --rename"),
    .run = lanyard_cli_import,
  },
  { .name = NULL },
};
/* clang-format on */

/* How many letters must be put in, taken out, replaced or swapped to make one word of the other. */
static guint
get_distance (const char *a, const char *b)
{
  guint rows[3][MAX_LENGTH + 1];
  gsize length_a = strlen (a);
  gsize length_b = strlen (b);

  if (length_a > MAX_LENGTH || length_b > MAX_LENGTH)
    return G_MAXUINT;

  for (guint j = 0; j <= length_b; j++)
    rows[0][j] = j;
  for (guint i = 1; i <= length_a; i++)
    {
      guint *row = rows[i % 3];
      guint *above = rows[(i + 2) % 3];
      guint *two_above = rows[(i + 1) % 3];

      row[0] = i;
      for (guint j = 1; j <= length_b; j++)
        {
          guint cost = a[i - 1] == b[j - 1] ? 0 : 1;

          row[j] = MIN (MIN (above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], two_above[j - 2] + 1);
        }
    }
  return rows[length_a % 3][length_b];
}

const LanyardCliCommand *
lanyard_cli_commands_list (void)
{
  return commands;
}

const LanyardCliCommand *
lanyard_cli_commands_lookup (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; commands[i].name != NULL; i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  return NULL;
}

const LanyardCliCommand *
lanyard_cli_commands_suggest (const char *name)
{
  const LanyardCliCommand *best = NULL;
  guint best_distance = MAX_DISTANCE + 1;

  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; commands[i].name != NULL; i++)
    {
      guint distance = get_distance (name, commands[i].name);

      /* A word of which nothing is left was not meant. */
      if (distance < best_distance && distance < strlen (name))
        {
          best = &commands[i];
          best_distance = distance;
        }
    }
  return best;
}
