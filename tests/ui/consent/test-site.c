/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-site.h"

static void
check_host (const char *uri, const char *expected)
{
  g_autoptr (LanyardSite) site = lanyard_site_new (LANYARD_SITE_SECURE, uri, NULL, NULL);

  g_assert_cmpstr (lanyard_site_get_host (site), ==, expected);
}

static void
test_site_hosts (void)
{
  check_host ("", "…");
  check_host ("not an address", "…");
  check_host ("about:blank", "about:");
  check_host ("https://login.example", "login.example");
  check_host ("https://name:word@login.example/a/b?c=d#e", "login.example");
  check_host ("https://login.example:443/", "login.example");
  check_host ("https://login.example:8443/", "login.example:8443");
  check_host ("https://login.example@evil.example/", "evil.example");
  check_host ("http://[::1]:8401/", "[::1]:8401");
}

static void
test_site_states (void)
{
  for (LanyardSiteState state = LANYARD_SITE_CONNECTING; state <= LANYARD_SITE_UNREACHED; state++)
    {
      g_autoptr (LanyardSite) site = lanyard_site_new (state, "https://login.example/", NULL, NULL);

      g_assert_cmpint (lanyard_site_get_state (site), ==, state);
      g_assert_nonnull (lanyard_site_get_label (site));
      g_assert_nonnull (lanyard_site_get_explanation (site));
      g_assert_nonnull (lanyard_site_get_icon_name (site));
      g_assert_null (lanyard_site_get_certificate (site));
      g_assert_finalize_object (g_steal_pointer (&site));
    }
}

static void
test_site_problem (void)
{
  g_autoptr (LanyardSite) site =
    lanyard_site_new (LANYARD_SITE_UNTRUSTED, "https://login.example/", NULL, "It expired.");

  g_assert_cmpstr (lanyard_site_get_explanation (site), ==, "It expired.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/consent/site/hosts", test_site_hosts);
  g_test_add_func ("/consent/site/states", test_site_states);
  g_test_add_func ("/consent/site/problem", test_site_problem);

  return g_test_run ();
}
