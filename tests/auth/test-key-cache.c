/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-error.h"
#include "lanyard-key-cache.h"

static guint n_decoded;

static LanyardKey *
decode (LanyardSecret *first, LanyardSecret *second, GError **error)
{
  n_decoded++;
  if (*lanyard_secret_get (first) != '\0')
    return lanyard_key_new_secret (first);

  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "empty");
  return NULL;
}

static LanyardKey *
decode_otherwise (LanyardSecret *first, LanyardSecret *second, GError **error)
{
  return decode (first, second, error);
}

/* Returns: how many times a key was decoded for it */
static guint
get (const char *first, const char *second, LanyardKeyDecoder decoder)
{
  g_autoptr (LanyardSecret) a = lanyard_secret_new (first);
  g_autoptr (LanyardSecret) b = second != NULL ? lanyard_secret_new (second) : NULL;
  guint before = n_decoded;
  g_autoptr (LanyardKey) key = lanyard_key_cache_get (a, b, decoder, NULL);

  g_assert_cmpint (key != NULL, ==, *first != '\0');
  return n_decoded - before;
}

static void
forget (void)
{
  lanyard_key_cache_expire (G_MAXINT64);
}

static void
test_broken (void)
{
  g_assert_cmpuint (get ("", NULL, decode), ==, 1);
  g_assert_cmpuint (get ("", NULL, decode), ==, 1);
  forget ();
}

static void
test_once (void)
{
  g_assert_cmpuint (get ("one", NULL, decode), ==, 1);
  g_assert_cmpuint (get ("one", NULL, decode), ==, 0);
  g_assert_cmpuint (get ("one", "pass", decode), ==, 1);
  g_assert_cmpuint (get ("one", "word", decode), ==, 1);
  g_assert_cmpuint (get ("two", NULL, decode), ==, 1);
  g_assert_cmpuint (get ("one", NULL, decode_otherwise), ==, 1);
  g_assert_cmpuint (get ("one", "pass", decode), ==, 0);
  forget ();
}

static void
test_expiry (void)
{
  gint64 now = g_get_monotonic_time ();

  g_assert_cmpuint (get ("one", NULL, decode), ==, 1);
  lanyard_key_cache_expire (now + (LANYARD_KEY_CACHE_PATIENCE - 1) * G_USEC_PER_SEC);
  g_assert_cmpuint (get ("one", NULL, decode), ==, 0);
  lanyard_key_cache_expire (g_get_monotonic_time () + LANYARD_KEY_CACHE_PATIENCE * G_USEC_PER_SEC);
  g_assert_cmpuint (get ("one", NULL, decode), ==, 1);
  forget ();
}

/* However many keys there are, few are in memory. */
static void
test_limit (void)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      g_assert_cmpuint (get (text, NULL, decode), ==, 1);
    }
  g_assert_cmpuint (get ("99", NULL, decode), ==, 0);
  g_assert_cmpuint (get ("0", NULL, decode), ==, 1);
  forget ();
}

/* A key that somebody still holds outlives its place. */
static void
test_held (void)
{
  g_autoptr (LanyardSecret) text = lanyard_secret_new ("one");
  g_autoptr (LanyardKey) key = lanyard_key_cache_get (text, NULL, decode, NULL);

  forget ();
  g_assert_true (lanyard_secret_equal (lanyard_key_get_secret (key), text));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/key-cache/broken", test_broken);
  g_test_add_func ("/auth/key-cache/once", test_once);
  g_test_add_func ("/auth/key-cache/expiry", test_expiry);
  g_test_add_func ("/auth/key-cache/limit", test_limit);
  g_test_add_func ("/auth/key-cache/held", test_held);

  return g_test_run ();
}
