/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider-reader.h"
#include "lanyard-provider-texts.h"

#include <string.h>

static const char TEXT[] =
  "{ \"id\": \"example\", \"name\": \"Example\",\n"
  "  \"hint\": \"Say \\\"x\\\\y\\\"\",\n"
  "  \"inputs\": [ { \"name\": \"region\", \"label\": \"Region\", \"type\": \"choice\",\n"
  "    \"choices\": [ { \"id\": \"eu\", \"label\": \"Europe\" } ] } ],\n"
  "  \"methods\": [ { \"type\": \"api-key\" } ],\n"
  "  \"scopes\": [ { \"name\": \"read\", \"description\": \"Read it\" } ],\n"
  "  \"connectors\": [ { \"id\": \"a\", \"name\": \"Reading\", \"scopes\": [\"read\"] } ] }";

static const char CUSTOM[] =
  "{ \"id\": \"custom-key\", \"name\": \"Custom key\", \"custom\": true,\n"
  "  \"methods\": [ { \"type\": \"api-key\" } ] }";

/* The name of a company is the same in each language, that of a custom entry is not. */
static void
test_custom (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardProvider) provider =
    lanyard_provider_reader_read (CUSTOM, strlen (CUSTOM), "custom-key", &error);
  g_autoptr (GString) list = g_string_new (NULL);

  g_assert_no_error (error);
  lanyard_provider_texts_append (list, provider, "custom-key.json", CUSTOM, strlen (CUSTOM));
  g_assert_cmpstr (list->str, ==, "#line 1 \"custom-key.json\"\nN_ (\"Custom key\")\n");
}

/* What is for people, with the place where a translator finds it; and nothing that is not. */
static void
test_append (void)
{
  static const char expected[] = "#line 2 \"data/providers/example.json\"\n"
                                 "N_ (\"Say \\\"x\\\\y\\\"\")\n"
                                 "#line 3 \"data/providers/example.json\"\n"
                                 "N_ (\"Region\")\n"
                                 "#line 4 \"data/providers/example.json\"\n"
                                 "N_ (\"Europe\")\n"
                                 "#line 6 \"data/providers/example.json\"\n"
                                 "N_ (\"Read it\")\n"
                                 "#line 7 \"data/providers/example.json\"\n"
                                 "N_ (\"Reading\")\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardProvider) provider =
    lanyard_provider_reader_read (TEXT, strlen (TEXT), "example", &error);
  g_autoptr (GString) list = g_string_new (NULL);

  g_assert_no_error (error);
  lanyard_provider_texts_append (list, provider, "data/providers/example.json", TEXT,
                                 strlen (TEXT));
  g_assert_cmpstr (list->str, ==, expected);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/catalogue/provider-texts/custom", test_custom);
  g_test_add_func ("/catalogue/provider-texts/append", test_append);

  return g_test_run ();
}
