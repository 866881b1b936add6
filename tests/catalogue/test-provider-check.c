/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider-check.h"
#include "lanyard-provider-reader.h"
#include "mutate.h"

#include <string.h>

#define ROUNDS 2000u

static const char FINE[] = "{ \"id\": \"example\", \"name\": \"Example\",\n"
                           "  \"inputs\": [ { \"name\": \"tenant\", \"label\": \"Tenant\" } ],\n"
                           "  \"methods\": [ { \"type\": \"oauth2\",\n"
                           "    \"authorize\": { \"url\": \"https://{tenant}.example.org/a\" },\n"
                           "    \"token\": { \"url\": \"https://example.org/t\" } } ],\n"
                           "  \"scopes\": [ { \"name\": \"read\" } ] }";

static GPtrArray *
check (const char *text)
{
  return lanyard_provider_check (text, strlen (text), "example");
}

static void
assert_problem (GPtrArray *problems, guint index, guint line, const char *path)
{
  const LanyardProblem *problem;

  g_assert_cmpuint (problems->len, >, index);
  problem = g_ptr_array_index (problems, index);
  g_assert_cmpuint (problem->line, ==, line);
  g_assert_cmpuint (problem->column, >, 0);
  g_assert_cmpstr (problem->path, ==, path);
  g_assert_false (problem->is_warning);
}

static void
test_syntax (void)
{
  g_autoptr (GPtrArray) broken = check ("{\n\"id\": \"example\",\n}");
  g_autoptr (GPtrArray) list = check ("[]");
  g_autoptr (GPtrArray) empty = check ("");
  const LanyardProblem *problem = g_ptr_array_index (broken, 0);

  g_assert_cmpuint (broken->len, ==, 1);
  assert_problem (broken, 0, 3, "");
  g_assert_cmpuint (problem->column, ==, 1);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpuint (empty->len, ==, 1);
}

/* All of them, in the order of the file. */
static void
test_all (void)
{
  static const char text[] = "{ \"id\": \"example\",\n"
                             "  \"nmae\": \"Example\",\n"
                             "  \"website\": \"http://example.org\",\n"
                             "  \"methods\": [ { \"type\": \"oauth2\",\n"
                             "    \"token\": { \"url\": 7,\n"
                             "      \"body\": \"xml\" } },\n"
                             "    8 ],\n"
                             "  \"scopes\": [ { \"nam\": \"read\" } ] }";
  g_autoptr (GPtrArray) problems = check (text);

  assert_problem (problems, 0, 1, "name");
  assert_problem (problems, 1, 2, "nmae");
  assert_problem (problems, 2, 3, "website");
  assert_problem (problems, 3, 5, "methods[0].token.url");
  assert_problem (problems, 4, 6, "methods[0].token.body");
  assert_problem (problems, 5, 7, "methods[1]");
  assert_problem (problems, 6, 8, "scopes[0].name");
  assert_problem (problems, 7, 8, "scopes[0].nam");
  g_assert_cmpuint (problems->len, ==, 8);
}

/* What only the reader sees, beyond the grammar. */
static void
test_reader (void)
{
  g_autoptr (GString) text = g_string_new (FINE);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) misnamed = lanyard_provider_check (FINE, strlen (FINE), "other");
  g_autofree char *reason = NULL;

  assert_problem (misnamed, 0, 1, "id");
  g_string_replace (text, "\"authorize\"", "\"refresh\"", 0);
  problems = check (text->str);
  assert_problem (problems, 0, 3, "methods[0].authorize.url");
  reason = lanyard_provider_check_explain (text->str, text->len, "example");
  g_assert_nonnull (strstr (reason, "line 3"));
  g_assert_nonnull (strstr (reason, "methods[0].authorize.url"));
}

static void
test_warnings (void)
{
  g_autoptr (GString) text = g_string_new (FINE);
  g_autoptr (GPtrArray) none = check (FINE);
  g_autoptr (GPtrArray) problems = NULL;
  const LanyardProblem *problem;

  g_assert_cmpuint (none->len, ==, 0);
  g_string_replace (text, "{tenant}", "tenant", 0);
  problems = check (text->str);
  g_assert_cmpuint (problems->len, ==, 1);
  problem = g_ptr_array_index (problems, 0);
  g_assert_true (problem->is_warning);
  g_assert_cmpstr (problem->path, ==, "inputs[0]");
  g_assert_cmpuint (problem->line, ==, 2);
}

/* Whatever a file is like, there is an error exactly when the reader refuses it. */
static void
test_damaged (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260101);

  for (guint i = 0; i < ROUNDS; i++)
    {
      gsize length;
      g_autofree char *text = mutate (random, FINE, strlen (FINE), &length);
      g_autoptr (LanyardProvider) provider =
        lanyard_provider_reader_read (text, length, "example", NULL);
      g_autoptr (GPtrArray) problems = lanyard_provider_check (text, length, "example");
      guint n_errors = 0;

      for (guint j = 0; j < problems->len; j++)
        n_errors += ((const LanyardProblem *)g_ptr_array_index (problems, j))->is_warning ? 0 : 1;
      if ((provider == NULL) != (n_errors > 0))
        g_error ("Read and checked differently: %.*s", (int)length, text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/catalogue/provider-check/syntax", test_syntax);
  g_test_add_func ("/catalogue/provider-check/all", test_all);
  g_test_add_func ("/catalogue/provider-check/reader", test_reader);
  g_test_add_func ("/catalogue/provider-check/warnings", test_warnings);
  g_test_add_func ("/catalogue/provider-check/damaged", test_damaged);

  return g_test_run ();
}
