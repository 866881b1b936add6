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

static const LanyardCliCommand commands[] = {
  { "list", "[--all] [--json]",
    N_ ("List the authorizations"),
      N_ ("Inactive ones are listed with --all only. JSON: an array of what “lanyard show --json”\n"
        "prints.\n"
        "\n"
        "Examples:\n"
        "  lanyard list\n"
        "  lanyard list --all --json"),
          lanyard_cli_list },
    { "show", "NAME [--json]",
      N_ ("Show one authorization, without its secrets"),
        N_ ("NAME is a name or an id, here and in every command.\n"
        "\n"
        "JSON: an object with the members id, name, provider, type, active, status (new,\n"
        "authorized, expired, refused, revoked, incomplete), account, expires_at, renewable,\n"
        "settings, connectors, scopes, granted_scopes, authorized_at, created_at, modified_at.\n"
        "Times are seconds since 1970; what is not known is left out; more members may come.\n"
        "\n"
        "Example:\n"
        "  lanyard show \"Work calendar\""),
          lanyard_cli_show },
      { "types", "", N_ ("List the authorization types"), NULL, lanyard_cli_types },
        { "providers", "[WORDS] [--json]",
          N_ ("List the providers, or those that the words fit"),
              N_ ("JSON: an array of objects with the members id, name, website, types.\n"
        "\n"
        "Example:\n"
        "  lanyard providers micro"),
                  lanyard_cli_providers },
          { "provider", "ID [--json]",
            N_ ("Show a provider: its fields, connectors and scopes"),
                N_ ("JSON: an object with the members id, name, website, docs_url, registration_url, hint,\n"
        "methods (type, fields), connectors (id, name, description, scopes), scopes (name,\n"
        "description). A field has name, kind (text, secret, url, choice, params), required, label,\n"
        "help, example, default, choices.\n"
        "\n"
        "Example:\n"
        "  lanyard provider github"),
                    lanyard_cli_provider },
            { "add", "--name NAME (--provider ID | --type TYPE | --issuer URL)",
              N_ ("Add an authorization"),
                  N_ ("A secret is never taken from an argument: --secret FIELD reads one line from standard\n"
        "input, in the order given, and asks for it unseen on a terminal.\n"
        "\n"
        "Examples:\n"
        "  lanyard add --name GitHub --provider github --set client_id=abc \\\n"
        "    --secret client_secret --connector repositories\n"
        "  lanyard add --name Own --type oauth2 --set token_endpoint=https://example.org/token"),
                      lanyard_cli_add },
              { "set", "NAME [OPTIONS]",
                N_ ("Change an authorization"),
                  N_ ("What is given takes the place of what was there; an empty value removes it.\n"
        "\n"
        "Examples:\n"
        "  lanyard set GitHub --name \"GitHub (work)\" --scope repo --scope gist\n"
        "  lanyard set GitHub --set redirect_uri= --connector ''"),
                    lanyard_cli_set },
                { "authorize", "NAME [--browser | --paste]",
                  N_ ("Sign in at the provider"),
                    N_ ("Without an option the browser is used where there is one, else --paste.\n"
        "\n"
        "Example:\n"
        "  lanyard authorize GitHub --paste"),
                        lanyard_cli_authorize },
                  { "token", "NAME [--min-valid SECONDS] [--json]",
                    N_ ("Print the access token, the key or the JWT"),
                        N_ ("It is renewed first where it must be. A line break follows on a terminal only, so that\n"
        "a file or a program gets the token alone.\n"
        "\n"
        "Examples:\n"
        "  lanyard token GitHub --min-valid 300\n"
        "  lanyard token GitHub | wl-copy"),
                            lanyard_cli_token },
                    { "header", "NAME [METHOD URL]",
                      N_ ("Print the header lines of a request"),
                          N_ ("METHOD and URL are needed where each request is signed.\n"
        "\n"
        "Example:\n"
        "  lanyard header GitHub | curl -H @- https://api.github.com/user"),
                              lanyard_cli_header },
                      { "curl", "NAME [CURL ARGUMENTS]",
                        N_ ("Run curl with the credentials"),
                            N_ ("The credentials reach curl through a pipe, never its arguments, and go to one address\n"
        "only. A token that is refused (401) is renewed once, and the request made again.\n"
        "\n"
        "Example:\n"
        "  lanyard curl GitHub -s https://api.github.com/user"),
                                lanyard_cli_curl },
                        { "test", "NAME",
                          N_ ("Make a request that shows whether it works"),
                              NULL,
                              lanyard_cli_test },
                          { "refresh", "NAME",
                            N_ ("Renew the credentials now"), NULL, lanyard_cli_refresh },
                            { "revoke", "NAME",
                              N_ ("Take the authorization back at the provider"),
                                  NULL,
                                  lanyard_cli_revoke },
                              { "deactivate", "NAME",
                                N_ ("Hand the credentials out to nobody, until it is activated"),
                                    NULL,
                                    lanyard_cli_deactivate },
                                { "activate", "NAME",
                                  N_ ("Hand the credentials out again"),
                                      NULL,
                                      lanyard_cli_activate },
                                  { "remove", "NAME",
                                    N_ ("Remove an authorization and its credentials"),
                                        N_ ("On a terminal it asks first, and whether to take the authorization back at the provider."),
                                            lanyard_cli_remove },
                                    { NULL, NULL, NULL, NULL, NULL },
                                  };

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
