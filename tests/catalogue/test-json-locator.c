/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-json-locator.h"

#include <string.h>

static const char TEXT[] = "{\n"
                           "  \"a\": 1,\n"
                           "  \"aa\": { \"b\": \"x\\\"}],\", \"b.c\": [ 1, { \"d\": null } ] },\n"
                           "  \"ž\": [[], {}, true]\n"
                           "}";

static void
assert_at (const char *path, guint line, guint column)
{
  guint found_line, found_column;

  lanyard_json_locator_count (TEXT, lanyard_json_locator_find (TEXT, strlen (TEXT), path),
                              &found_line, &found_column);
  g_test_message ("%s", path);
  g_assert_cmpuint (found_line, ==, line);
  g_assert_cmpuint (found_column, ==, column);
}

/* The deepest that is there. */
static void
test_missing (void)
{
  assert_at ("", 1, 1);
  assert_at ("zz", 1, 1);
  assert_at ("aa.x", 3, 9);
  assert_at ("aa.b.c[1].x", 3, 38);
  assert_at ("a.b", 2, 8);
}

static void
test_found (void)
{
  assert_at ("a", 2, 3);
  assert_at ("aa", 3, 3);
  assert_at ("aa.b", 3, 11);
  assert_at ("aa.b.c[1]", 3, 38);
  assert_at ("aa.b.c[1].d", 3, 40);
  assert_at ("ž[1]", 4, 13);
  assert_at ("ž[2]", 4, 17);
}

/* A text that is cut off anywhere is read no further than its end. */
static void
test_cut (void)
{
  for (gsize length = 0; length < strlen (TEXT); length++)
    {
      g_autofree char *cut = g_strndup (TEXT, length);

      g_assert_cmpuint (lanyard_json_locator_find (cut, length, "aa.b.c[1].d"), <=, length);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/catalogue/json-locator/missing", test_missing);
  g_test_add_func ("/catalogue/json-locator/found", test_found);
  g_test_add_func ("/catalogue/json-locator/cut", test_cut);

  return g_test_run ();
}
