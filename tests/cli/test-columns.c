/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-columns.h"

static void
add (LanyardColumns *table, const char *first, const char *second)
{
  lanyard_columns_add_row (table, (const char *const[]){ first, second });
}

static void
assert_format (LanyardColumns *table, guint width, const char *expected)
{
  g_autofree char *text = lanyard_columns_format (table, width);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_empty (void)
{
  g_autoptr (LanyardColumns) table = lanyard_columns_new (3);

  g_assert_cmpuint (lanyard_columns_get_length (table), ==, 0);
  assert_format (table, 0, "");
  assert_format (table, 10, "");
}

static void
test_aligned (void)
{
  g_autoptr (LanyardColumns) table = lanyard_columns_new (2);

  add (table, "a", "1");
  add (table, "long", "2");
  add (table, "", "3");
  add (table, "end", NULL);
  g_assert_cmpuint (lanyard_columns_get_length (table), ==, 4);
  assert_format (table, 0, "a     1\nlong  2\n      3\nend\n");
}

/* Letters with accents of their own, wide ones, an emoji with a joiner. */
static void
test_wide_characters (void)
{
  g_autoptr (LanyardColumns) table = lanyard_columns_new (2);

  add (table, "Žluť", "|");
  add (table, "Z\xcc\x8c", "|");
  add (table, "日本", "|");
  add (table, "ab", "|");
  assert_format (table, 0, "Žluť  |\nZ\xcc\x8c     |\n日本  |\nab    |\n");
}

static void
test_cut (void)
{
  g_autoptr (LanyardColumns) table = lanyard_columns_new (2);

  add (table, "0123456789", "ab");
  add (table, "日本日本日本", "cd");
  assert_format (table, 12, "0123456…  ab\n日本日…   cd\n");
  assert_format (table, 16, "0123456789    ab\n日本日本日本  cd\n");
}

/* A terminal of no width worth speaking of does not make it hang. */
static void
test_cut_to_nothing (void)
{
  g_autoptr (LanyardColumns) table = lanyard_columns_new (2);

  add (table, "0123456789", "0123456789");
  assert_format (table, 1, "01234…  01234…\n");
}

/* A name must not move the cursor, nor pretend to be two rows. */
static void
test_control_characters (void)
{
  g_autoptr (LanyardColumns) table = lanyard_columns_new (2);

  add (table, "a\x1b[2J\nb\tc\x7f", "\xff|\xe2\x80\xae");
  assert_format (table, 0, "a [2J b c   \xef\xbf\xbd|\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/columns/empty", test_empty);
  g_test_add_func ("/cli/columns/aligned", test_aligned);
  g_test_add_func ("/cli/columns/wide-characters", test_wide_characters);
  g_test_add_func ("/cli/columns/cut", test_cut);
  g_test_add_func ("/cli/columns/cut-to-nothing", test_cut_to_nothing);
  g_test_add_func ("/cli/columns/control-characters", test_control_characters);
  return g_test_run ();
}
