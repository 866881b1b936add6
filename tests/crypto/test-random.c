/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-random.h"

static void
test_too_short (void)
{
  if (g_test_subprocess ())
    {
      g_autofree char *token = lanyard_random_token (15);

      g_assert_null (token);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*CRITICAL*");
}

static void
test_length (void)
{
  for (gsize n_bytes = 16; n_bytes < 40; n_bytes++)
    {
      g_autofree char *token = lanyard_random_token (n_bytes);
      g_autoptr (GBytes) bytes = lanyard_base64url_decode (token, NULL);

      g_assert_nonnull (bytes);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, n_bytes);
    }
}

static void
test_never_twice (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 1000; i++)
    g_assert_true (g_hash_table_add (seen, lanyard_random_token (16)));
}

/* 5849-06. */
static void
test_nonce (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 1000; i++)
    {
      char nonce[LANYARD_NONCE_SIZE];
      g_autoptr (GBytes) bytes = NULL;

      lanyard_random_write_nonce (nonce);
      bytes = lanyard_base64url_decode (nonce, NULL);
      g_assert_nonnull (bytes);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, 16);
      g_assert_true (g_hash_table_add (seen, g_strdup (nonce)));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/random/too-short", test_too_short);
  g_test_add_func ("/crypto/random/length", test_length);
  g_test_add_func ("/crypto/random/never-twice", test_never_twice);
  g_test_add_func ("/crypto/random/nonce", test_nonce);
  return g_test_run ();
}
