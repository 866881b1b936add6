/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-commands.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is asked, and what the words before say about it. */
typedef struct
{
  LanyardCli *cli;
  const LanyardCliCommand *command;
  GArray *options;
  char **words;
  const char *typed;
  /* What is in front of a value in the same word: `--set=`. */
  char *front;
} Completion;

/* The word that is there already may be cut in the middle of a letter. */
static void
offer (const Completion *self, const char *candidate, const char *description)
{
  if (candidate == NULL || !g_str_has_prefix (candidate, self->typed))
    return;
  if (description != NULL && *description != '\0')
    lanyard_cli_print ("%s%s\t%s\n", self->front, candidate, description);
  else
    lanyard_cli_print ("%s%s\n", self->front, candidate);
}

static const LanyardCliOption *
find_option (const Completion *self, const char *word)
{
  if (!g_str_has_prefix (word, "--"))
    return NULL;

  for (guint i = 0; i < self->options->len; i++)
    {
      const LanyardCliOption *option = &g_array_index (self->options, LanyardCliOption, i);

      if (g_str_equal (option->name, word + 2))
        return option;
    }
  return NULL;
}

/* The value of an option that stands among the words: `--provider github`, `--provider=github`. */
static const char *
find_value (const Completion *self, const char *name)
{
  g_autofree char *option = g_strconcat ("--", name, NULL);
  g_autofree char *start = g_strconcat (option, "=", NULL);

  for (char **word = self->words; *word != NULL; word++)
    {
      if (g_str_equal (*word, option) && word[1] != NULL)
        return word[1];
      if (g_str_has_prefix (*word, start))
        return *word + strlen (start);
    }
  return NULL;
}

/* The first word that is neither an option nor the value of one. */
static const char *
find_name (const Completion *self)
{
  for (char **word = self->words + 1; *word != NULL && word[1] != NULL; word++)
    {
      const LanyardCliOption *option = find_option (self, *word);

      if (option != NULL && option->argument != NULL)
        word++;
      else if (**word != '-')
        return *word;
    }
  return NULL;
}

/* The provider that is spoken of: by --provider, by --type, or that of NAME. */
static LanyardProvider *
find_provider (const Completion *self, LanyardAuthType **type)
{
  LanyardManager *manager = lanyard_cli_get_manager (self->cli, NULL);
  const char *provider_id = find_value (self, "provider");
  const char *type_id = find_value (self, "type");
  const char *method_id = find_value (self, "method");
  const char *name = find_name (self);
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autofree char *custom = NULL;
  LanyardProvider *provider;
  LanyardMethod *method;

  if (manager == NULL)
    return NULL;
  if (provider_id == NULL && type_id != NULL)
    provider_id = custom = g_strconcat ("custom-", type_id, NULL);
  if (provider_id == NULL && name != NULL)
    {
      authorization = lanyard_cli_find (self->cli, name, NULL);
      if (authorization == NULL)
        return NULL;
      provider_id = lanyard_authorization_get_provider_id (authorization);
      type_id = lanyard_authorization_get_type_id (authorization);
    }

  provider =
    provider_id != NULL
      ? lanyard_catalogue_lookup (lanyard_manager_get_catalogue (manager), provider_id, NULL)
      : NULL;
  method = provider != NULL && method_id != NULL
             ? lanyard_provider_lookup_method (provider, method_id)
             : NULL;
  if (method == NULL && provider != NULL)
    method = lanyard_provider_find_method (provider, type_id);
  *type = method != NULL ? lanyard_auth_types_lookup (lanyard_method_get_type_id (method)) : NULL;
  return *type != NULL ? provider : NULL;
}

static void
offer_names (const Completion *self)
{
  LanyardManager *manager = lanyard_cli_get_manager (self->cli, NULL);
  GListModel *all = manager != NULL ? lanyard_manager_get_authorizations (manager, NULL) : NULL;

  for (guint i = 0; all != NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (LanyardAuthorization) authorization = g_list_model_get_item (all, i);

      offer (self, lanyard_authorization_get_name (authorization),
             lanyard_authorization_get_provider_id (authorization));
    }
}

static void
offer_providers (const Completion *self)
{
  LanyardManager *manager = lanyard_cli_get_manager (self->cli, NULL);
  GListModel *all =
    manager != NULL ? lanyard_catalogue_list (lanyard_manager_get_catalogue (manager)) : NULL;

  for (guint i = 0; all != NULL && i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (LanyardProvider) provider = g_list_model_get_item (all, i);

      offer (self, lanyard_provider_get_id (provider), lanyard_provider_get_name (provider));
    }
}

static void
offer_types (const Completion *self)
{
  for (const char *const *id = lanyard_auth_types_list (); *id != NULL; id++)
    offer (self, *id, _ (lanyard_auth_type_get_info (lanyard_auth_types_lookup (*id))->name));
}

static void
offer_fields (Completion *self, gboolean is_secret)
{
  LanyardAuthType *type = NULL;
  LanyardProvider *provider = find_provider (self, &type);
  g_autoptr (GPtrArray) fields = NULL;

  if (provider == NULL)
    return;

  fields = lanyard_auth_type_list_fields (type, provider);
  for (guint i = 0; i < fields->len; i++)
    {
      const LanyardField *field = g_ptr_array_index (fields, i);
      g_autofree char *name =
        is_secret ? g_strdup (field->name) : g_strconcat (field->name, "=", NULL);

      if ((field->kind == LANYARD_FIELD_SECRET) == is_secret)
        offer (self, name, lanyard_field_get_label (field));
    }
}

static void
offer_connectors (const Completion *self)
{
  LanyardAuthType *type = NULL;
  LanyardProvider *provider = find_provider (self, &type);
  GPtrArray *connectors = provider != NULL ? lanyard_provider_list_connectors (provider) : NULL;

  for (guint i = 0; connectors != NULL && i < connectors->len; i++)
    {
      const LanyardConnector *connector = g_ptr_array_index (connectors, i);

      offer (self, connector->id, connector->name);
    }
}

static void
offer_scopes (const Completion *self)
{
  LanyardAuthType *type = NULL;
  LanyardProvider *provider = find_provider (self, &type);
  GPtrArray *scopes = provider != NULL ? lanyard_provider_list_scopes (provider) : NULL;

  for (guint i = 0; scopes != NULL && i < scopes->len; i++)
    {
      const LanyardScope *scope = g_ptr_array_index (scopes, i);

      offer (self, scope->name, scope->description);
    }
}

static void
offer_methods (const Completion *self)
{
  LanyardAuthType *type = NULL;
  LanyardProvider *provider = find_provider (self, &type);
  GPtrArray *methods = provider != NULL ? lanyard_provider_list_methods (provider) : NULL;

  for (guint i = 0; methods != NULL && i < methods->len; i++)
    {
      LanyardMethod *method = g_ptr_array_index (methods, i);

      offer (self, lanyard_method_get_id (method), lanyard_method_get_label (method));
    }
}

static void
offer_values (Completion *self, const LanyardCliOption *option)
{
  /* The name that add and set give is a new one. */
  gboolean is_new_name = find_option (self, "--connector") != NULL;

  if (g_str_equal (option->name, "provider"))
    offer_providers (self);
  else if (g_str_equal (option->name, "connector"))
    offer_connectors (self);
  else if (g_str_equal (option->name, "type"))
    offer_types (self);
  else if (g_str_equal (option->name, "method"))
    offer_methods (self);
  else if (g_str_equal (option->name, "set"))
    offer_fields (self, FALSE);
  else if (g_str_equal (option->name, "secret"))
    offer_fields (self, TRUE);
  else if (g_str_equal (option->name, "scope"))
    offer_scopes (self);
  else if (g_str_equal (option->name, "name") && !is_new_name)
    offer_names (self);
}

static void
offer_commands (const Completion *self)
{
  for (const LanyardCliCommand *command = lanyard_cli_commands_list (); command->name != NULL;
       command++)
    offer (self, command->name, _ (command->summary));
  offer (self, "--help", NULL);
  offer (self, "--version", NULL);
}

static void
offer_options (const Completion *self)
{
  for (guint i = 0; i < self->options->len; i++)
    {
      g_autofree char *word =
        g_strconcat ("--", g_array_index (self->options, LanyardCliOption, i).name, NULL);

      offer (self, word, NULL);
    }
  offer (self, "--help", NULL);
}

/* What stands behind a command without being an option; files are left to the shell. */
static void
offer_arguments (const Completion *self)
{
  const char *synopsis = self->command->synopsis;
  gboolean is_first = find_name (self) == NULL;
  static const char *const operations[] = { "get", "store", "erase", NULL };

  if (strstr (synopsis, "NAME…") != NULL || (is_first && g_str_has_prefix (synopsis, "NAME")))
    offer_names (self);
  else if (is_first && g_str_has_prefix (synopsis, "ID"))
    offer_providers (self);
  else if (is_first && g_str_equal (self->command->name, "git-credential"))
    for (guint i = 0; operations[i] != NULL; i++)
      offer (self, operations[i], NULL);
}

static void
complete_command (Completion *self, guint n_words)
{
  const char *equals = strchr (self->typed, '=');
  g_autofree char *name =
    equals != NULL ? g_strndup (self->typed, (gsize)(equals - self->typed)) : NULL;
  const LanyardCliOption *option = NULL;

  if (name != NULL)
    {
      option = find_option (self, name);
      if (option == NULL)
        return;
      g_free (self->front);
      self->front = g_strconcat (name, "=", NULL);
      self->typed = equals + 1;
    }
  else if (n_words > 1)
    option = find_option (self, self->words[n_words - 2]);

  if (option != NULL && option->argument != NULL)
    offer_values (self, option);
  else if (*self->typed == '-')
    offer_options (self);
  else
    offer_arguments (self);
}

int
lanyard_cli_complete (char **words)
{
  guint n_words = g_strv_length (words);
  Completion self = { .words = words };

  if (n_words == 0)
    return 0;
  /* What follows “--” belongs to another program. */
  for (guint i = 0; i + 1 < n_words; i++)
    if (g_str_equal (words[i], "--"))
      return 0;

  self.typed = words[n_words - 1];
  self.front = g_strdup ("");
  if (n_words == 1)
    offer_commands (&self);
  else
    self.command = lanyard_cli_commands_lookup (words[0]);
  if (self.command != NULL)
    {
      self.cli = lanyard_cli_new (self.command);
      self.options = lanyard_cli_list_options (self.command);
      complete_command (&self, n_words);
      g_array_unref (self.options);
      lanyard_cli_free (self.cli);
    }

  g_free (self.front);
  return 0;
}
