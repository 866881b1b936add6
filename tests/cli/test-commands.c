/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-commands.h"
#include "lanyard-error.h"

#include <string.h>

static void
test_suggest_nothing (void)
{
  static const char *const names[] = { "", "x", "xx", "frobnicate", "tokenizer" };
  g_autofree char *long_name = g_strnfill (10000, 't');

  g_assert_null (lanyard_cli_commands_suggest (long_name));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s", names[i]);
      g_assert_null (lanyard_cli_commands_suggest (names[i]));
    }
}

static void
test_suggest (void)
{
  static const struct
  {
    const char *typed;
    const char *meant;
  } cases[] = {
    { "lst", "list" },
    { "tokne", "token" },
    { "Token", "token" },
    { "authorise", "authorize" },
    { "provders", "providers" },
    { "remvoe", "remove" },
    { "de-activate", "deactivate" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const LanyardCliCommand *command = lanyard_cli_commands_suggest (cases[i].typed);

      g_test_message ("%s", cases[i].typed);
      g_assert_nonnull (command);
      g_assert_cmpstr (command->name, ==, cases[i].meant);
    }
}

static void
test_lookup (void)
{
  g_assert_null (lanyard_cli_commands_lookup (""));
  g_assert_null (lanyard_cli_commands_lookup ("LIST"));
  g_assert_null (lanyard_cli_commands_lookup ("lis"));
  g_assert_nonnull (lanyard_cli_commands_lookup ("list"));
}

/* Every row has what --help shows, in so many columns that a terminal has. */
static void
test_table (void)
{
  for (const LanyardCliCommand *command = lanyard_cli_commands_list (); command->name != NULL;
       command++)
    {
      g_auto (GStrv) lines =
        g_strsplit (command->description ? command->description : "", "\n", -1);

      g_test_message ("%s", command->name);
      g_assert_nonnull (command->synopsis);
      g_assert_nonnull (command->run);
      g_assert_cmpuint (strlen (command->summary), >, 10);
      g_assert_cmpuint (strlen (command->summary), <, 66);
      g_assert_true (lanyard_cli_commands_lookup (command->name) == command);
      for (guint i = 0; lines[i] != NULL; i++)
        g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, 80);
    }
}

static gboolean
run_nothing (LanyardCli *cli, char ***arguments, GError **error)
{
  g_assert_not_reached ();
}

static const LanyardCliCommand command = { "do", "NAME [--text TEXT]", "Does", NULL, run_nothing };

/* Parses the arguments as a command with one option and one or two arguments does. */
static char **
parse (const char *line, char **text, GError **error)
{
  const GOptionEntry entries[] = { { "text", 0, 0, G_OPTION_ARG_FILENAME, text, "A text", "TEXT" },
                                   G_OPTION_ENTRY_NULL };
  g_autoptr (LanyardCli) cli = lanyard_cli_new (&command);
  g_auto (GStrv) arguments = g_strsplit (line, " ", -1);

  if (!lanyard_cli_parse (cli, &arguments, entries, 1, 2, error))
    return NULL;
  return g_steal_pointer (&arguments);
}

static void
test_parse_refused (void)
{
  static const char *const lines[] = {
    "do", "do --text x", "do --nope a", "do a b c", "do a --text", "do a --text=\xff", "do \xff",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      g_auto (GStrv) arguments = parse (lines[i], &text, &error);

      g_test_message ("line %u", i);
      g_assert_null (arguments);
      g_assert_nonnull (error);
      g_assert_cmpint (lanyard_error_get_exit_code (error), ==, 2);
    }
}

static void
test_parse (void)
{
  static const char *const lines[] = {
    "do Žluť --text=é",
    "do --text é Žluť",
    "do --text é -- Žluť",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      g_auto (GStrv) arguments = parse (lines[i], &text, &error);

      g_test_message ("line %u", i);
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, "é");
      g_assert_cmpstrv (arguments, ((const char *const[]){ "Žluť", NULL }));
    }
}

/* What follows the name is another program's, options and all. */
static void
test_parse_front (void)
{
  g_autoptr (LanyardCli) cli = lanyard_cli_new (&command);
  g_auto (GStrv) arguments = g_strsplit ("do name --help -s -- \xff", " ", -1);
  g_auto (GStrv) missing = g_strsplit ("do", " ", -1);
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_cli_parse_front (cli, &arguments, 1, &error));
  g_assert_no_error (error);
  g_assert_cmpstrv (arguments,
                    ((const char *const[]){ "name", "--help", "-s", "--", "\xff", NULL }));

  g_assert_false (lanyard_cli_parse_front (cli, &missing, 1, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/commands/suggest-nothing", test_suggest_nothing);
  g_test_add_func ("/cli/commands/suggest", test_suggest);
  g_test_add_func ("/cli/commands/lookup", test_lookup);
  g_test_add_func ("/cli/commands/table", test_table);
  g_test_add_func ("/cli/commands/parse-refused", test_parse_refused);
  g_test_add_func ("/cli/commands/parse", test_parse);
  g_test_add_func ("/cli/commands/parse-front", test_parse_front);
  return g_test_run ();
}
