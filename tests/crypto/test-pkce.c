/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-pkce.h"

#include <string.h>

/* RFC 7636 section 4.1: 43 to 128 of the unreserved characters. */
static void
test_verifier (void)
{
  g_autofree char *a = lanyard_pkce_new_verifier ();
  g_autofree char *b = lanyard_pkce_new_verifier ();

  g_assert_cmpstr (a, !=, b);
  g_assert_cmpuint (strlen (a), ==, 43);
  for (const char *c = a; *c != '\0'; c++)
    g_assert_true (g_ascii_isalnum (*c) || strchr ("-._~", *c) != NULL);
}

/* V-7: RFC 7636 appendix B. */
static void
test_challenge (void)
{
  g_autofree char *challenge =
    lanyard_pkce_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/pkce/verifier", test_verifier);
  g_test_add_func ("/crypto/pkce/challenge", test_challenge);
  return g_test_run ();
}
