/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth1-escape.h"

#include <string.h>

#define UNRESERVED G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._~"

/* 5849-13, RFC 5849 section 3.6: for each byte there is one way to write it. */
static void
test_every_byte (void)
{
  for (guint byte = 1; byte <= 0xff; byte++)
    {
      char text[] = { (char)byte, '\0' };
      gboolean is_plain = strchr (UNRESERVED, (char)byte) != NULL;
      g_autofree char *expected = is_plain ? g_strdup (text) : g_strdup_printf ("%%%02X", byte);
      g_autofree char *escaped = lanyard_oauth1_escape (text);

      g_assert_cmpstr (escaped, ==, expected);
      g_assert_cmpuint (lanyard_oauth1_count_plain (text), ==, is_plain ? 1 : 0);
    }
}

/* A base string escapes what is escaped already: the two ways to that must agree. */
static void
test_twice (void)
{
  static const char *const TEXTS[] = { "", "a", " ", "a b", "ä+%20~", "☃", "%" };

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      gsize length = strlen (TEXTS[i]);
      g_autofree char *once = lanyard_oauth1_escape (TEXTS[i]);
      g_autofree char *twice = lanyard_oauth1_escape (once);
      g_autofree char *out = g_malloc (LANYARD_OAUTH1_ESCAPED_TWICE * length + 1);

      *lanyard_oauth1_write_escaped_twice (out, TEXTS[i], length) = '\0';
      g_assert_cmpstr (out, ==, twice);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/oauth1-escape/rfc5849-13-every-byte", test_every_byte);
  g_test_add_func ("/auth/oauth1-escape/rfc5849-13-twice", test_twice);

  return g_test_run ();
}
