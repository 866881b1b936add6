/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-ask.h"
#include "lanyard-cli-commands.h"
#include "lanyard-error.h"
#include "lanyard-terminal.h"
#include "lanyard-text.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char *name;
  char *provider;
  char *type;
  char *method;
  char *issuer;
  char **settings;
  char **secrets;
  char **connectors;
  char **scopes;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->name);
  g_free (self->provider);
  g_free (self->type);
  g_free (self->method);
  g_free (self->issuer);
  g_strfreev (self->settings);
  g_strfreev (self->secrets);
  g_strfreev (self->connectors);
  g_strfreev (self->scopes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_options (LanyardCli *cli,
               char ***arguments,
               Options *options,
               guint n_arguments,
               GError **error)
{
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &options->name, N_ ("How it is called"), N_ ("NAME") },
    { "provider", 0, 0, G_OPTION_ARG_FILENAME, &options->provider,
      N_ ("The provider; “lanyard providers” lists them"), N_ ("ID") },
    { "type", 0, 0, G_OPTION_ARG_FILENAME, &options->type,
      N_ ("How it authorizes; alone, for a provider that Lanyard does not know"), N_ ("TYPE") },
    { "method", 0, 0, G_OPTION_ARG_FILENAME, &options->method,
      N_ ("Which of the ways in which the provider authorizes; “lanyard provider ID” lists them"),
      N_ ("ID") },
    { "issuer", 0, 0, G_OPTION_ARG_FILENAME, &options->issuer,
      N_ ("The issuer address of an OAuth 2.0 provider that Lanyard does not know"), N_ ("URL") },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->settings,
      N_ ("A setting; “lanyard provider ID” lists the fields"), N_ ("FIELD=VALUE") },
    { "secret", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->secrets,
      N_ ("A secret, read from standard input"), N_ ("FIELD") },
    { "connector", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->connectors,
      N_ ("What it is used for"), N_ ("ID") },
    { "scope", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->scopes,
      N_ ("A scope beside those of the connectors"), N_ ("SCOPE") },
    G_OPTION_ENTRY_NULL
  };

  return lanyard_cli_parse (cli, arguments, entries, n_arguments, n_arguments, error);
}

/* The provider "Custom" of an authorization type, for which the person gives every address. */
static LanyardProvider *
find_custom_provider (LanyardCatalogue *catalogue, const char *type, GError **error)
{
  GListModel *providers = lanyard_catalogue_list (catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (LanyardProvider) provider = g_list_model_get_item (providers, i);

      /* The catalogue keeps it. */
      if (lanyard_provider_is_custom (provider) &&
          lanyard_provider_find_method (provider, type) != NULL)
        return provider;
    }

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               _ ("There is no authorization type “%s”; “lanyard types” lists them"), type);
  return NULL;
}

/* Which way is meant where a provider has several. */
static LanyardMethod *
find_method (LanyardProvider *provider, const Options *options, const char *type_id, GError **error)
{
  const char *name = lanyard_provider_get_name (provider);
  const char *id = lanyard_provider_get_id (provider);
  LanyardMethod *method;

  if (options->method == NULL)
    method = lanyard_provider_find_method (provider, type_id);
  else
    method = lanyard_provider_lookup_method (provider, options->method);

  if (method == NULL && options->method != NULL)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 _ ("%s has no method “%s”; “lanyard provider %s” lists them"), name,
                 options->method, id);
  else if (method == NULL ||
           (type_id != NULL && strcmp (lanyard_method_get_type_id (method), type_id) != 0))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 _ ("%s does not authorize by “%s”; “lanyard provider %s” says how it does"), name,
                 type_id, id);
  else
    return method;

  return NULL;
}

static gboolean
choose_provider (LanyardCatalogue *catalogue,
                 const Options *options,
                 LanyardAuthorization *authorization,
                 GError **error)
{
  const char *type_id = options->issuer != NULL ? "oauth2" : options->type;
  LanyardProvider *provider;
  LanyardMethod *method;

  if (options->issuer != NULL && (options->provider != NULL || options->type != NULL))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           _ ("--issuer stands for a provider and a type; give it alone"));
      return FALSE;
    }

  if (options->provider != NULL)
    provider = lanyard_cli_lookup_provider (catalogue, options->provider, error);
  else if (type_id == NULL)
    provider = lanyard_catalogue_lookup (
      catalogue, lanyard_authorization_get_provider_id (authorization), error);
  else
    provider = find_custom_provider (catalogue, type_id, error);
  if (provider == NULL)
    return FALSE;

  method = find_method (provider, options, type_id, error);
  if (method == NULL)
    return FALSE;

  lanyard_provider_use_method (provider, method, authorization);
  lanyard_authorization_set_setting (authorization, "issuer", options->issuer);
  return TRUE;
}

/* The type and the provider of an authorization; both must be known before anything can be set. */
static LanyardAuthType *
get_type (LanyardCli *cli,
          LanyardAuthorization *authorization,
          LanyardProvider **provider,
          GError **error)
{
  LanyardCatalogue *catalogue = lanyard_manager_get_catalogue (lanyard_cli_get_manager (cli, NULL));
  LanyardAuthType *type =
    lanyard_auth_types_lookup (lanyard_authorization_get_type_id (authorization));

  if (type == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("This version of Lanyard does not know the authorization type “%s”"),
                   lanyard_authorization_get_type_id (authorization));
      return NULL;
    }
  *provider = lanyard_catalogue_lookup (
    catalogue, lanyard_authorization_get_provider_id (authorization), error);
  return *provider != NULL ? type : NULL;
}

/* A field that is given by --set, or by --secret. */
static const LanyardField *
find_field (LanyardAuthType *type,
            LanyardProvider *provider,
            const char *name,
            gboolean is_secret,
            GError **error)
{
  const LanyardField *field = lanyard_auth_type_find_field (type, provider, name);
  const char *provider_id = lanyard_provider_get_id (provider);

  if (field != NULL && (field->kind == LANYARD_FIELD_SECRET) == is_secret)
    return field;

  if (field == NULL)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 _ ("There is no field “%s” here; “lanyard provider %s” lists them"), name,
                 provider_id);
  else if (is_secret)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 _ ("“%s” is no secret; give it with --set (see “lanyard provider %s”)"), name,
                 provider_id);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 _ ("“%s” is a secret, which every program could see among the arguments; give it "
                    "with --secret (see “lanyard provider %s”)"),
                 name, provider_id);
  return NULL;
}

static gboolean
apply_setting (LanyardAuthType *type,
               LanyardProvider *provider,
               LanyardAuthorization *authorization,
               const char *setting,
               GError **error)
{
  const char *equals = strchr (setting, '=');
  g_autofree char *name = NULL;
  const LanyardField *field;

  if (equals == NULL)
    {
      /* The setting may be a secret, typed in the wrong place, so it is not repeated. */
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           _ ("--set needs a field and a value: --set FIELD=VALUE"));
      return FALSE;
    }

  name = g_strndup (setting, (gsize)(equals - setting));
  field = find_field (type, provider, name, FALSE, error);
  if (field == NULL || !lanyard_field_check (field, equals + 1, error))
    return FALSE;
  lanyard_authorization_set_setting (authorization, name, equals + 1);
  return TRUE;
}

/* What is given on the command line, without the empty text that stands for nothing. */
static char **
dup_given (char **values)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; values[i] != NULL; i++)
    if (*values[i] != '\0')
      g_strv_builder_add (builder, values[i]);
  return g_strv_builder_end (builder);
}

static gboolean
apply_connectors (LanyardProvider *provider,
                  LanyardAuthorization *authorization,
                  char **connectors,
                  GError **error)
{
  g_auto (GStrv) given = dup_given (connectors);

  for (guint i = 0; given[i] != NULL; i++)
    if (lanyard_provider_find_connector (provider, given[i]) == NULL)
      {
        g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                     _ ("%s has no connector “%s”; “lanyard provider %s” lists them"),
                     lanyard_provider_get_name (provider), given[i],
                     lanyard_provider_get_id (provider));
        return FALSE;
      }
  lanyard_authorization_set_connectors (authorization, (const char *const *)given);
  return TRUE;
}

static gboolean
apply_options (LanyardCli *cli,
               const Options *options,
               LanyardAuthorization *authorization,
               GError **error)
{
  LanyardProvider *provider;
  LanyardAuthType *type = get_type (cli, authorization, &provider, error);

  if (type == NULL)
    return FALSE;

  for (guint i = 0; options->settings != NULL && options->settings[i] != NULL; i++)
    if (!apply_setting (type, provider, authorization, options->settings[i], error))
      return FALSE;
  /* Before the first is asked for: nobody wants to type a secret for nothing. */
  for (guint i = 0; options->secrets != NULL && options->secrets[i] != NULL; i++)
    if (find_field (type, provider, options->secrets[i], TRUE, error) == NULL)
      return FALSE;
  if (options->connectors != NULL &&
      !apply_connectors (provider, authorization, options->connectors, error))
    return FALSE;
  if (options->scopes != NULL)
    {
      g_auto (GStrv) scopes = dup_given (options->scopes);

      lanyard_authorization_set_scopes (authorization, (const char *const *)scopes);
    }
  return TRUE;
}

static gboolean
ask_secrets (LanyardCli *cli, char **names, LanyardCredentials *credentials, GError **error)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (LanyardSecret) secret = lanyard_cli_ask_secret (cli, names[i], error);

      if (secret == NULL)
        return FALSE;
      /* An empty one removes what was there. */
      lanyard_credentials_set (credentials, names[i], secret);
    }
  return TRUE;
}

static gboolean
save (LanyardCli *cli,
      LanyardAuthorization *authorization,
      LanyardCredentials *credentials,
      GError **error)
{
  LanyardManager *manager = lanyard_cli_get_manager (cli, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_save_async (manager, authorization, credentials,
                              lanyard_cli_get_cancellable (cli), lanyard_cli_result_cb, cli);
  result = lanyard_cli_wait (cli);
  return lanyard_manager_save_finish (manager, result, error);
}

static LanyardCredentials *
load_credentials (LanyardCli *cli, LanyardAuthorization *authorization, GError **error)
{
  LanyardManager *manager = lanyard_cli_get_manager (cli, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_load_credentials_async (manager, lanyard_authorization_get_id (authorization),
                                          lanyard_cli_get_cancellable (cli), lanyard_cli_result_cb,
                                          cli);
  result = lanyard_cli_wait (cli);
  return lanyard_manager_load_credentials_finish (manager, result, error);
}

static gboolean
check_add_options (const Options *options, GError **error)
{
  const char *message = NULL;

  if (options->name == NULL)
    message = _ ("A name is needed: --name NAME");
  else if (options->provider == NULL && options->type == NULL && options->issuer == NULL)
    message = _ ("A provider is needed: --provider ID, --type TYPE or --issuer URL");

  if (message == NULL)
    return lanyard_text_check_name (options->name, error);
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, message);
  return FALSE;
}

gboolean
lanyard_cli_add (LanyardCli *cli, char ***arguments, GError **error)
{
  g_auto (Options) options = { NULL };
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (NULL);
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();
  LanyardManager *manager;

  if (!parse_options (cli, arguments, &options, 0, error) || !check_add_options (&options, error))
    return FALSE;
  manager = lanyard_cli_get_manager (cli, error);
  if (manager == NULL)
    return FALSE;

  lanyard_authorization_set_name (authorization, options.name);
  if (!choose_provider (lanyard_manager_get_catalogue (manager), &options, authorization, error) ||
      !apply_options (cli, &options, authorization, error) ||
      !ask_secrets (cli, options.secrets, credentials, error) ||
      !save (cli, authorization, credentials, error))
    return FALSE;

  if (lanyard_authorization_get_status (authorization) == LANYARD_STATUS_NEW)
    lanyard_cli_note (_ ("Added “%s”; “lanyard authorize” signs in"), options.name);
  return TRUE;
}

gboolean
lanyard_cli_set (LanyardCli *cli, char ***arguments, GError **error)
{
  g_auto (Options) options = { NULL };
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;

  if (!parse_options (cli, arguments, &options, 1, error) ||
      (options.name != NULL && !lanyard_text_check_name (options.name, error)))
    return FALSE;
  authorization = lanyard_cli_find (cli, (*arguments)[0], error);
  if (authorization == NULL)
    return FALSE;

  if (options.name != NULL)
    lanyard_authorization_set_name (authorization, options.name);
  if ((options.provider != NULL || options.type != NULL || options.method != NULL ||
       options.issuer != NULL) &&
      !choose_provider (lanyard_manager_get_catalogue (lanyard_cli_get_manager (cli, NULL)),
                        &options, authorization, error))
    return FALSE;
  if (!apply_options (cli, &options, authorization, error))
    return FALSE;

  /* The keyring is left alone where no secret changes: it may be locked. */
  if (options.secrets != NULL)
    {
      credentials = load_credentials (cli, authorization, error);
      if (credentials == NULL || !ask_secrets (cli, options.secrets, credentials, error))
        return FALSE;
    }
  return save (cli, authorization, credentials, error);
}
