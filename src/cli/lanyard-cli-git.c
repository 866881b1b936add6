/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-calls.h"
#include "lanyard-cli-commands.h"
#include "lanyard-error.h"
#include "lanyard-git-credential.h"
#include "lanyard-uri.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* What servers that take a token for a password have for a user name, or do not look at. */
#define TOKEN_USERNAME "oauth2"

/* How well an authorization fits; the best one is taken. */
enum
{
  FIT_NOT,
  FIT_HOST,
  FIT_ADDRESS,
  FIT_USER = 0x10000,
};

/* Everything git says, up to its end. */
static LanyardSecret *
read_question (GError **error)
{
  g_autofree char *buffer = g_malloc (LANYARD_GIT_CREDENTIAL_MAX_SIZE);
  LanyardSecret *text = NULL;
  gsize length = 0;
  gssize n_read;

  do
    {
      n_read = read (STDIN_FILENO, buffer + length, LANYARD_GIT_CREDENTIAL_MAX_SIZE - length);
      if (n_read > 0)
        length += (gsize)n_read;
    }
  while (n_read > 0 || (n_read == -1 && errno == EINTR));

  if (n_read == 0 && length < LANYARD_GIT_CREDENTIAL_MAX_SIZE)
    text = lanyard_secret_new_bytes (buffer, length);
  else
    g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                         _ ("This is not what git asks a credential helper"));
  explicit_bzero (buffer, length);
  return text;
}

/* git leaves out the path, unless credential.useHttpPath is set. */
static gboolean
has_path (const LanyardGitCredential *question)
{
  return !g_str_has_suffix (question->uri, "/");
}

static gboolean
has_same_origin (const LanyardGitCredential *question, const char *base_url)
{
  g_autofree char *origin = lanyard_uri_dup_origin (question->uri);
  g_autofree char *base_origin = lanyard_uri_dup_origin (base_url);

  return g_strcmp0 (origin, base_origin) == 0;
}

/* The longer the address, the closer; whatever is on the same server fits a question without a
 * path. */
static guint
rate_address (const LanyardGitCredential *question, const char *base_url)
{
  if (lanyard_uri_is_within (question->uri, base_url))
    return FIT_ADDRESS + (guint)MIN (strlen (base_url), FIT_USER - FIT_ADDRESS - 1);
  return !has_path (question) && has_same_origin (question, base_url) ? FIT_ADDRESS : FIT_NOT;
}

static guint
rate (LanyardCli *cli, LanyardAuthorization *authorization, const LanyardGitCredential *question)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_manager_dup_context (lanyard_cli_get_manager (cli, NULL), authorization, NULL, NULL);
  g_autofree char *base_url = NULL;
  g_autofree char *username = NULL;
  g_auto (GStrv) hosts = NULL;
  guint fit = FIT_NOT;

  if (context == NULL || !lanyard_authorization_is_active (authorization))
    return FIT_NOT;

  base_url = lanyard_auth_context_dup_value (context, "base_url");
  hosts = lanyard_method_dup_strv (lanyard_auth_context_get_method (context), "use.git.hosts");
  if (base_url != NULL)
    fit = rate_address (question, base_url);
  if (fit == FIT_NOT && lanyard_git_credential_matches_host (question, hosts))
    fit = FIT_HOST;
  if (fit == FIT_NOT || question->username == NULL)
    return fit;

  username = lanyard_auth_context_dup_value (context, "username");
  if (g_strcmp0 (username, question->username) == 0 ||
      g_strcmp0 (lanyard_authorization_get_account (authorization), question->username) == 0)
    fit += FIT_USER;
  return fit;
}

/* The authorization that fits best; NULL without an error when none does. Two that fit the same are
 * not guessed between. */
static LanyardAuthorization *
choose (LanyardCli *cli, const LanyardGitCredential *question, GError **error)
{
  GListModel *all = lanyard_manager_get_authorizations (lanyard_cli_get_manager (cli, NULL), error);
  g_autoptr (LanyardAuthorization) best = NULL;
  g_autoptr (LanyardAuthorization) rival = NULL;
  guint best_fit = FIT_NOT;

  for (guint i = 0; all != NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (LanyardAuthorization) authorization = g_list_model_get_item (all, i);
      guint fit = rate (cli, authorization, question);

      if (fit == FIT_NOT || fit < best_fit)
        continue;
      g_clear_object (&rival);
      if (fit == best_fit)
        rival = g_object_ref (authorization);
      else
        g_set_object (&best, authorization);
      best_fit = fit;
    }
  if (rival == NULL)
    return g_steal_pointer (&best);

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_AMBIGUOUS,
               _ ("“%s” and “%s” both fit; say which with “git config credential.URL.helper "
                  "'lanyard --name NAME'”"),
               lanyard_authorization_get_name (best), lanyard_authorization_get_name (rival));
  return NULL;
}

static LanyardAuthorization *
find (LanyardCli *cli, const char *name, const LanyardGitCredential *question, GError **error)
{
  if (lanyard_cli_get_manager (cli, error) == NULL)
    return NULL;
  return name != NULL ? lanyard_cli_find (cli, name, error) : choose (cli, question, error);
}

/* Where git wants to go. A credential that is bound to a path is asked for its own where git does
 * not say one. */
static char *
dup_uri (LanyardAuthContext *context, const LanyardGitCredential *question)
{
  g_autofree char *base_url = lanyard_auth_context_dup_value (context, "base_url");

  if (!has_path (question) && base_url != NULL && has_same_origin (question, base_url))
    return g_steal_pointer (&base_url);
  return g_strdup (question->uri);
}

static gboolean
answer (LanyardCli *cli,
        LanyardAuthorization *authorization,
        const LanyardGitCredential *question,
        GError **error)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_manager_dup_context (lanyard_cli_get_manager (cli, NULL), authorization, NULL, error);
  g_autoptr (LanyardAuthorization) renewed = NULL;
  g_autoptr (LanyardRequest) plain = NULL;
  g_autoptr (LanyardRequest) request = NULL;
  g_autoptr (LanyardSecret) text = NULL;
  g_autofree char *uri = NULL;
  const char *username;

  if (context == NULL)
    return FALSE;
  uri = dup_uri (context, question);
  plain = lanyard_request_new ("GET", uri);
  request = lanyard_cli_apply (cli, authorization, plain, NULL, error);
  if (request == NULL)
    return FALSE;

  username =
    lanyard_method_get_string (lanyard_auth_context_get_method (context), "use.git.username");
  if (question->username != NULL)
    username = question->username;
  renewed = lanyard_cli_find (cli, lanyard_authorization_get_id (authorization), error);
  if (renewed == NULL)
    return FALSE;
  text = lanyard_git_credential_dup_answer (question, request,
                                            username != NULL ? username : TOKEN_USERNAME,
                                            lanyard_authorization_get_expires_at (renewed));
  if (text == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("%s: git can use only what goes into an Authorization header"),
                   lanyard_authorization_get_name (authorization));
      return FALSE;
    }
  return lanyard_cli_write_secret (lanyard_secret_get (text), lanyard_secret_get_length (text),
                                   error);
}

/* The server refused what git was given: when it is what we have, another one is asked for, so that
 * the next try has it. */
static gboolean
erase (LanyardCli *cli,
       LanyardAuthorization *authorization,
       const LanyardGitCredential *question,
       GError **error)
{
  LanyardAuthType *type =
    lanyard_auth_types_lookup (lanyard_authorization_get_type_id (authorization));
  g_autoptr (LanyardCredentials) credentials = NULL;

  if (question->secret == NULL || !lanyard_authorization_is_renewable (authorization))
    return TRUE;
  credentials = lanyard_cli_get_credentials (cli, authorization, 0, error);
  if (credentials == NULL)
    return FALSE;
  if (!lanyard_secret_equal (
        question->secret,
        lanyard_credentials_get (credentials, lanyard_auth_type_get_info (type)->primary_secret)))
    return TRUE;
  return lanyard_cli_renew (cli, authorization, credentials, error);
}

gboolean
lanyard_cli_git_credential (LanyardCli *cli, char ***arguments, GError **error)
{
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = { { "name", 0, 0, G_OPTION_ARG_FILENAME, &name,
                                     N_ ("The authorization, where the address does not say it"),
                                     N_ ("NAME") },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autoptr (LanyardGitCredential) question = NULL;
  g_autoptr (LanyardSecret) text = NULL;
  g_autoptr (GError) own_error = NULL;
  const char *operation;

  if (!lanyard_cli_parse (cli, arguments, entries, 1, 1, error))
    return FALSE;
  operation = (*arguments)[0];
  text = read_question (error);
  question = text != NULL ? lanyard_git_credential_parse (text, error) : NULL;
  if (question == NULL)
    return FALSE;

  /* What git learned elsewhere is kept there; and what it may later invent is not for us. */
  if (question->uri == NULL ||
      (!g_str_equal (operation, "get") && !g_str_equal (operation, "erase")))
    return TRUE;

  authorization = find (cli, name, question, &own_error);
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  /* git asks its other helpers, or the person. */
  if (authorization == NULL)
    return TRUE;
  return g_str_equal (operation, "get") ? answer (cli, authorization, question, error)
                                        : erase (cli, authorization, question, error);
}
