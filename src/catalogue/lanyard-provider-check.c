/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider-check.h"

#include "lanyard-checker.h"
#include "lanyard-json-locator.h"
#include "lanyard-json.h"
#include "lanyard-provider-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Nobody reads more. */
#define MAX_PROBLEMS 100

typedef struct
{
  const char *text;
  gsize length;
  LanyardChecker *checker;
  GPtrArray *problems;
} Check;

static void walk_object (Check *self, JsonObject *object, const LanyardGrammar *members);

static LanyardProblem *
add_at (Check *self, gsize offset, const char *path, const char *message)
{
  LanyardProblem *problem = g_new0 (LanyardProblem, 1);

  lanyard_json_locator_count (self->text, offset, &problem->line, &problem->column);
  problem->path = g_strdup (path);
  problem->message = g_strdup (message);
  g_ptr_array_add (self->problems, problem);

  return problem;
}

/* A message of the checker and the reader begins with the path. */
static void
add_error (Check *self, const char *path, const char *message)
{
  gsize length = strlen (path);

  if (self->problems->len >= MAX_PROBLEMS)
    return;

  if (length > 0 && g_str_has_prefix (message, path) && g_str_has_prefix (message + length, ": "))
    message += length + strlen (": ");
  for (guint i = 0; i < self->problems->len; i++)
    {
      const LanyardProblem *other = g_ptr_array_index (self->problems, i);

      if (g_str_equal (other->path, path) && g_str_equal (other->message, message))
        return;
    }
  add_at (self, lanyard_json_locator_find (self->text, self->length, path), path, message);
}

static void
add_checked (Check *self, const GError *error)
{
  add_error (self, lanyard_checker_get_path (self->checker), error->message);
}

/* The grammar of one member, as if nothing else had to be there. */
static void
check_member (Check *self, const char *name, JsonNode *node, const LanyardGrammar *member)
{
  g_autoptr (JsonObject) alone = json_object_new ();
  g_autoptr (GError) error = NULL;
  LanyardGrammar members[2] = { { 0 }, { 0 } };

  if (member != NULL)
    members[0] = *member;
  json_object_set_member (alone, name, json_node_copy (node));
  if (!lanyard_checker_check_object (self->checker, alone, members, &error))
    add_checked (self, error);
}

static void
walk_elements (Check *self, JsonArray *array, const LanyardGrammar *member)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      gsize length = lanyard_checker_push_index (self->checker, i);
      const LanyardGrammar *members = member->members;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        add_error (self, lanyard_checker_get_path (self->checker), _ ("should be an object"));
      else
        {
          if (members == NULL)
            members = lanyard_grammar_get_method (
              lanyard_json_get_string (json_node_get_object (element), "type"));
          /* Of a method without a type nothing else can be said. */
          if (members == NULL)
            members = lanyard_grammar_get_method ("basic");
          walk_object (self, json_node_get_object (element), members);
        }
      lanyard_checker_pop (self->checker, length);
    }
}

static const LanyardGrammar *
find_member (const LanyardGrammar *members, const char *name)
{
  for (; members->name != NULL; members++)
    {
      if (g_str_equal (members->name, name))
        return members;
    }

  return NULL;
}

static void
walk_member (Check *self, const char *name, JsonNode *node, const LanyardGrammar *member)
{
  gsize length = lanyard_checker_push_name (self->checker, name);

  if (member != NULL && member->kind == LANYARD_GRAMMAR_OBJECT && JSON_NODE_HOLDS_OBJECT (node))
    walk_object (self, json_node_get_object (node), member->members);
  else if (member != NULL && member->kind == LANYARD_GRAMMAR_OBJECTS &&
           JSON_NODE_HOLDS_ARRAY (node))
    walk_elements (self, json_node_get_array (node), member);
  else
    {
      lanyard_checker_pop (self->checker, length);
      check_member (self, name, node, member);
    }
  lanyard_checker_pop (self->checker, length);
}

static void
walk_object (Check *self, JsonObject *object, const LanyardGrammar *members)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    walk_member (self, name, node, find_member (members, name));

  for (; members->name != NULL; members++)
    {
      gsize length;

      if (!members->required || json_object_has_member (object, members->name))
        continue;
      length = lanyard_checker_push_name (self->checker, members->name);
      add_error (self, lanyard_checker_get_path (self->checker), _ ("is missing"));
      lanyard_checker_pop (self->checker, length);
    }
}

/* Whether one of the texts in @node fits. */
static gboolean
has_match (JsonNode *node, const GRegex *regex)
{
  g_autoptr (GList) children = NULL;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_regex_match (regex, json_node_get_string (node), G_REGEX_MATCH_DEFAULT, NULL);

  if (JSON_NODE_HOLDS_OBJECT (node))
    children = json_object_get_values (json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    children = json_array_get_elements (json_node_get_array (node));
  for (GList *l = children; l != NULL; l = l->next)
    {
      if (has_match (l->data, regex))
        return TRUE;
    }

  return FALSE;
}

/* What the person is asked for, and nobody uses: in braces, be it as the argument of a function. */
static void
warn_of_unused_inputs (Check *self, JsonObject *root)
{
  JsonArray *inputs = lanyard_json_get_array (root, "inputs");
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), root);

  for (guint i = 0; inputs != NULL && i < json_array_get_length (inputs); i++)
    {
      const char *name =
        lanyard_json_get_string (json_array_get_object_element (inputs, i), "name");
      g_autofree char *path = g_strdup_printf ("inputs[%u]", i);
      g_autofree char *escaped = g_regex_escape_string (name, -1);
      g_autofree char *pattern = g_strdup_printf ("\\{[^{}]*\\b%s\\b[^{}]*\\}", escaped);
      g_autoptr (GRegex) regex =
        g_regex_new (pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);

      if (regex == NULL || has_match (node, regex))
        continue;
      add_at (self, lanyard_json_locator_find (self->text, self->length, path), path,
              _ ("is asked for, and used nowhere"))
        ->is_warning = TRUE;
    }
}

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const LanyardProblem *first = *(const LanyardProblem *const *)a;
  const LanyardProblem *second = *(const LanyardProblem *const *)b;

  if (first->line != second->line)
    return first->line < second->line ? -1 : 1;
  if (first->column != second->column)
    return first->column < second->column ? -1 : 1;

  return strcmp (first->path, second->path);
}

/* The grammar, member by member, and then what the reader says beyond it. */
static void
check_root (Check *self, JsonObject *root, const char *id)
{
  g_autoptr (LanyardProvider) provider = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  lanyard_checker_collect_names (self->checker, root);
  walk_object (self, root, lanyard_grammar_get_provider ());

  provider = lanyard_provider_reader_read_at (self->text, self->length, id, &path, &error);
  if (provider == NULL)
    add_error (self, path, error->message);
  else
    warn_of_unused_inputs (self, root);
}

void
lanyard_problem_free (LanyardProblem *self)
{
  g_free (self->path);
  g_free (self->message);
  g_free (self);
}

GPtrArray *
lanyard_provider_check (const char *text, gsize length, const char *id)
{
  g_autoptr (LanyardChecker) checker = lanyard_checker_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  Check self = { text, length, checker, NULL };
  gsize offset = 0;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self.problems = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_problem_free);
  root = lanyard_json_parse_at (text, length, &offset, &error);
  if (root == NULL)
    add_at (&self, offset, "", error->message);
  else if (!JSON_NODE_HOLDS_OBJECT (root))
    add_at (&self, 0, "", _ ("This JSON text is not an object"));
  else
    check_root (&self, json_node_get_object (root), id);
  g_ptr_array_sort (self.problems, compare_problems);

  return self.problems;
}

char *
lanyard_provider_check_explain (const char *text, gsize length, const char *id)
{
  g_autoptr (GPtrArray) problems = lanyard_provider_check (text, length, id);
  const LanyardProblem *first = NULL;

  for (guint i = 0; i < problems->len && first == NULL; i++)
    {
      const LanyardProblem *problem = g_ptr_array_index (problems, i);

      first = problem->is_warning ? NULL : problem;
    }
  g_return_val_if_fail (first != NULL, NULL);

  if (*first->path == '\0')
    return g_strdup (first->message);

  /* Translators: where something is wrong in a file, then in what, and what is wrong with it. */
  return g_strdup_printf (_ ("line %u, column %u: %s: %s"), first->line, first->column, first->path,
                          first->message);
}
