/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A program of the build: reads every provider that Lanyard ships as Lanyard itself does, and
 * writes what the resource is made of. A provider that is broken breaks the build, with file and
 * line. Adding one is adding its file: whatever is in the folder is packed. */

#include "config.h"

#include "lanyard-provider-check.h"
#include "lanyard-provider-index.h"
#include "lanyard-provider-reader.h"
#include "lanyard-provider-texts.h"

#include <stdlib.h>
#include <string.h>

#define SCHEMA "schema.json"

typedef struct
{
  const char *folder;
  const char *index;
  const char *list;
  const char *texts;
  const char *dependencies;
  GPtrArray *providers;
  GString *text_list;
} Pack;

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
list_names (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    g_error ("%s", error->message);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (*name != '.' && g_str_has_suffix (name, ".json") && !g_str_equal (name, SCHEMA))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);

  return names;
}

static void
print_problems (const char *path, const char *text, gsize length, const char *id)
{
  g_autoptr (GPtrArray) problems = lanyard_provider_check (text, length, id);

  for (guint i = 0; i < problems->len; i++)
    {
      const LanyardProblem *problem = g_ptr_array_index (problems, i);

      g_printerr ("%s:%u:%u: %s: %s: %s\n", path, problem->line, problem->column,
                  problem->is_warning ? "warning" : "error", problem->path, problem->message);
    }
}

static gboolean
read_provider (Pack *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *id = g_strndup (name, strlen (name) - strlen (".json"));
  g_autofree char *text = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;
  LanyardProvider *provider = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error))
    g_error ("%s", error->message);
  provider = lanyard_provider_reader_read (text, length, id, NULL);
  if (provider == NULL)
    {
      print_problems (path, text, length, id);
      return FALSE;
    }

  file = g_strconcat ("data/providers/", name, NULL);
  lanyard_provider_texts_append (self->text_list, provider, file, text, length);
  g_ptr_array_add (self->providers, provider);
  return TRUE;
}

static void
write_file (const char *path, const GString *text)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (path, text->str, (gssize)text->len, &error))
    g_error ("%s", error->message);
}

static void
write_index (const Pack *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->providers->len; i++)
    lanyard_provider_index_append (text, g_ptr_array_index (self->providers, i));
  write_file (self->index, text);
}

/* What glib-compile-resources reads. The index is read by everybody, and as it lies there; a
 * provider is one of hundreds that are not looked at, whose pages would come along with it. */
static void
write_list (const Pack *self)
{
  g_autoptr (GString) text = g_string_new ("<gresources>\n"
                                           "<gresource prefix=\"/io/github/lanyard/Lanyard\">\n"
                                           "<file>providers.index</file>\n");

  for (guint i = 0; i < self->providers->len; i++)
    g_string_append_printf (
      text, "<file alias=\"providers/%1$s.json\" compressed=\"true\">%1$s.json</file>\n",
      lanyard_provider_get_id (g_ptr_array_index (self->providers, i)));
  g_string_append (text, "</gresource>\n</gresources>\n");
  write_file (self->list, text);
}

/* The folder is among what the outputs depend on: its time changes when a file comes or goes. */
static void
write_dependencies (const Pack *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s: %s", self->index, self->folder);
  for (guint i = 0; i < self->providers->len; i++)
    g_string_append_printf (text, " \\\n  %s/%s.json", self->folder,
                            lanyard_provider_get_id (g_ptr_array_index (self->providers, i)));
  g_string_append_c (text, '\n');
  write_file (self->dependencies, text);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) providers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) text_list = g_string_new (NULL);
  g_autoptr (GPtrArray) names = NULL;
  Pack self;
  guint n_broken = 0;

  if (argc != 6)
    {
      g_printerr ("Usage: %s FOLDER INDEX LIST TEXTS DEPENDENCIES\n", argv[0]);
      return EXIT_FAILURE;
    }

  self = (Pack){ argv[1], argv[2], argv[3], argv[4], argv[5], providers, text_list };
  names = list_names (self.folder);
  for (guint i = 0; i < names->len; i++)
    n_broken += read_provider (&self, g_ptr_array_index (names, i)) ? 0 : 1;
  if (n_broken > 0)
    return EXIT_FAILURE;

  write_index (&self);
  write_list (&self);
  write_file (self.texts, self.text_list);
  write_dependencies (&self);

  return EXIT_SUCCESS;
}
