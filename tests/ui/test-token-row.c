/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-token-row.h"

#define NOW G_GINT64_CONSTANT (1700000000)

static void
assert_validity (gint64 not_before, gint64 expires_at, const char *pattern)
{
  LanyardJwtView token = { .not_before = not_before, .expires_at = expires_at };
  g_autofree char *text = lanyard_token_row_dup_validity (&token, NOW);

  g_assert_true (g_pattern_match_simple (pattern, text));
}

static void
test_validity (void)
{
  assert_validity (0, 0, "does not say*");
  assert_validity (0, NOW, "expired:*");
  assert_validity (0, 1, "expired:*");
  assert_validity (NOW + 60, NOW + 120, "not valid before*");
  assert_validity (0, NOW + 61, "expires in 1:01 min");
  assert_validity (NOW, NOW + 90 * 60, "expires in 90:00 min");
  assert_validity (0, NOW + 90 * 60 + 1, "valid until *");
  /* A time that no calendar has. */
  assert_validity (0, G_MAXINT64, "valid until *");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/token-row/validity", test_validity);

  return g_test_run ();
}
