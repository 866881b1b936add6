/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-search-key.h"

static guint
rank (const char *key, const char *typed)
{
  g_autofree char *words = lanyard_search_key_fold (typed);

  return lanyard_search_key_rank (key, words);
}

static void
assert_folded (const char *text, const char *expected)
{
  g_autofree char *folded = lanyard_search_key_fold (text);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_fold (void)
{
  assert_folded ("", "");
  assert_folded (" -.- ", "");
  assert_folded ("Act-On", "act on");
  assert_folded ("  Žluťoučký  KŮŇ ", "zlutoucky kun");
  assert_folded ("Straße", "strasse");
  assert_folded ("23andMe", "23andme");
  assert_folded ("ﬁle", "file");
  assert_folded ("bad \xff byte", "bad byte");
}

static void
test_misses (void)
{
  static const char *const others[] = { "diary", "example.org", NULL };
  g_autofree char *key = lanyard_search_key_new ("Act-On Cloud", others);

  g_assert_cmpuint (rank (key, "zebra"), ==, 0);
  g_assert_cmpuint (rank (key, "act zebra"), ==, 0);
  g_assert_cmpuint (rank (key, "diaryexample"), ==, 0);
  g_assert_cmpuint (rank ("", "a"), ==, 0);
}

/* Each of these fits better than the next. */
static void
test_order (void)
{
  static const char *const others[] = { "Diary of days", "example.org", NULL };
  static const char *const typed[] = { "act-on CLOUD", "diary of days", "act", "diary",
                                       "cloud",        "cloud days",    "loud" };
  g_autofree char *key = lanyard_search_key_new ("Act-On Cloud", others);

  for (guint i = 0; i + 1 < G_N_ELEMENTS (typed); i++)
    g_assert_cmpuint (rank (key, typed[i]), >, rank (key, typed[i + 1]));
  g_assert_cmpuint (rank (key, typed[G_N_ELEMENTS (typed) - 1]), >, 0);
  g_assert_cmpuint (rank (key, ""), >, 0);
}

static void
test_joined (void)
{
  g_autofree char *key = lanyard_search_key_new ("Act-On", NULL);

  g_assert_cmpuint (rank (key, "acton"), >, 0);
  g_assert_cmpuint (rank (key, "act on"), >=, rank (key, "acton"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/search-key/fold", test_fold);
  g_test_add_func ("/model/search-key/misses", test_misses);
  g_test_add_func ("/model/search-key/order", test_order);
  g_test_add_func ("/model/search-key/joined", test_joined);

  return g_test_run ();
}
