/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-commands.h"
#include "lanyard-error.h"
#include "lanyard-json-locator.h"
#include "lanyard-own-providers.h"
#include "lanyard-provider-check.h"
#include "lanyard-provider-writer.h"
#include "lanyard-terminal.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  LanyardCatalogue *catalogue;
  JsonArray *json;
  guint n_errors;
} Check;

static LanyardProblem *
new_problem (const char *path, const char *message)
{
  LanyardProblem *problem = g_new0 (LanyardProblem, 1);

  problem->line = 1;
  problem->column = 1;
  problem->path = g_strdup (path);
  problem->message = g_strdup (message);
  return problem;
}

static char *
dup_id (const char *file)
{
  g_autofree char *name = g_path_get_basename (file);

  if (g_str_has_suffix (name, ".json"))
    name[strlen (name) - strlen (".json")] = '\0';
  return g_steal_pointer (&name);
}

static gboolean
is_shipped (Check *self, const char *id)
{
  return lanyard_own_providers_is_id (id) && lanyard_catalogue_is_shipped (self->catalogue, id);
}

/* All that can be said of a file: that it cannot be read, what is wrong in it, and what it does to
 * the others. */
static GPtrArray *
check_file (Check *self, const char *file)
{
  g_autofree char *id = dup_id (file);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *problems;
  gsize length = 0;

  text = lanyard_own_providers_read_file (file, &length, &error);
  if (text == NULL)
    {
      problems = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_problem_free);
      g_ptr_array_add (problems, new_problem ("", error->message));
      return problems;
    }

  problems = lanyard_provider_check (text, length, id);
  if (is_shipped (self, id))
    {
      LanyardProblem *problem =
        new_problem ("id", _ ("takes the place of a provider that comes with Lanyard"));

      problem->is_warning = TRUE;
      lanyard_json_locator_count (text, lanyard_json_locator_find (text, length, "id"),
                                  &problem->line, &problem->column);
      g_ptr_array_add (problems, problem);
    }

  return problems;
}

/* As compilers put it, so that editors find the place. */
static void
print_problem (const char *file, const LanyardProblem *problem)
{
  const char *kind = problem->is_warning ? _ ("warning") : _ ("error");

  lanyard_cli_print ("%s:%u:%u: %s: %s%s%s\n", file, problem->line, problem->column, kind,
                     problem->path, *problem->path != '\0' ? ": " : "", problem->message);
}

static void
add_json (JsonArray *array, const char *file, const LanyardProblem *problem)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "file", file);
  json_object_set_int_member (object, "line", problem->line);
  json_object_set_int_member (object, "column", problem->column);
  json_object_set_string_member (object, "severity", problem->is_warning ? "warning" : "error");
  json_object_set_string_member (object, "path", problem->path);
  json_object_set_string_member (object, "message", problem->message);
  json_array_add_object_element (array, object);
}

static void
report (Check *self, const char *file, gboolean json)
{
  g_autoptr (GPtrArray) problems = check_file (self, file);

  for (guint i = 0; i < problems->len; i++)
    {
      const LanyardProblem *problem = g_ptr_array_index (problems, i);

      self->n_errors += problem->is_warning ? 0 : 1;
      if (json)
        add_json (self->json, file, problem);
      else
        print_problem (file, problem);
    }

  /* Silence would do for a script; a person wonders. */
  if (problems->len == 0 && !json && isatty (STDERR_FILENO))
    lanyard_cli_note (_ ("%s: nothing is wrong"), file);
}

gboolean
lanyard_cli_check (LanyardCli *cli, char ***arguments, GError **error)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = { { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"),
                                     NULL },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (LanyardCatalogue) catalogue = lanyard_catalogue_new (NULL);
  g_autoptr (JsonArray) array = json_array_new ();
  Check self = { catalogue, array, 0 };

  if (!lanyard_cli_parse (cli, arguments, entries, 1, G_MAXUINT, error))
    return FALSE;

  for (guint i = 0; (*arguments)[i] != NULL; i++)
    report (&self, (*arguments)[i], json);
  if (json)
    lanyard_cli_print_json (json_node_init_array (json_node_alloc (), array));
  if (self.n_errors > 0)
    lanyard_cli_set_exit_code (cli, EXIT_FAILURE);
  return TRUE;
}

gboolean
lanyard_cli_save_provider (LanyardCli *cli, char ***arguments, GError **error)
{
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  gboolean replace = FALSE;
  const GOptionEntry entries[] = { { "id", 0, 0, G_OPTION_ARG_STRING, &id,
                                     N_ ("The id of the provider, which names its file"),
                                     N_ ("ID") },
                                   { "provider-name", 0, 0, G_OPTION_ARG_STRING, &name,
                                     N_ ("The name of the provider"), N_ ("NAME") },
                                   { "replace", 0, 0, G_OPTION_ARG_NONE, &replace,
                                     N_ ("Replace a file that is there already"), NULL },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  LanyardCatalogue *catalogue;
  LanyardProvider *provider;

  if (!lanyard_cli_parse (cli, arguments, entries, 1, 1, error))
    return FALSE;
  authorization = lanyard_cli_find (cli, (*arguments)[0], error);
  if (authorization == NULL)
    return FALSE;

  catalogue = lanyard_manager_get_catalogue (lanyard_cli_get_manager (cli, NULL));
  provider = lanyard_catalogue_lookup (
    catalogue, lanyard_authorization_get_provider_id (authorization), error);
  if (provider == NULL)
    return FALSE;

  if (name == NULL)
    name = g_strdup (lanyard_authorization_get_name (authorization));
  if (id == NULL)
    id = lanyard_provider_writer_suggest_id (name);
  text = lanyard_provider_writer_make (provider, authorization, id, name, error);
  if (text != NULL)
    path = lanyard_provider_writer_save (lanyard_catalogue_get_directory (catalogue), id, text,
                                         replace, error);
  if (path == NULL)
    return FALSE;

  lanyard_cli_print ("%s\n", path);
  return TRUE;
}
