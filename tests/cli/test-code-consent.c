/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-code-consent.h"

#include <string.h>
#include <unistd.h>

#define PAGE "https://provider.example/device"

/* What is printed for a code that is good for so long. */
static char **
show (const char *uri_complete, gint64 lifetime)
{
  LanyardConsentCode code = {
    .name = "Work",
    .provider = "Demo",
    .user_code = "WDJB-MJHT",
    .uri = PAGE,
    .uri_complete = uri_complete,
    .expires_at = g_get_real_time () / G_USEC_PER_SEC + lifetime,
  };
  char text[4096] = { 0 };
  int output[2];
  LanyardConsent *consent;

  g_assert_cmpint (pipe (output), ==, 0);
  consent = lanyard_code_consent_new (output[1]);
  g_assert_true (lanyard_consent_shows_codes (consent));
  lanyard_consent_show_code (consent, &code);
  g_assert_finalize_object (consent);
  close (output[1]);
  g_assert_cmpint (read (output[0], text, sizeof text - 1), >, 0);
  close (output[0]);

  /* No tricks with the terminal. */
  g_assert_null (strchr (text, '\033'));
  g_assert_null (strchr (text, '\r'));
  return g_strsplit (text, "\n", -1);
}

static void
test_alone_on_their_lines (void)
{
  g_auto (GStrv) lines = show (NULL, 1801);

  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  g_assert_nonnull (strstr (lines[0], "Demo"));
  g_assert_cmpstr (lines[1], ==, PAGE);
  g_assert_cmpstr (lines[3], ==, "WDJB-MJHT");
  g_assert_nonnull (strstr (lines[4], "30 minutes"));
}

static void
test_address_with_code (void)
{
  g_auto (GStrv) lines = show (PAGE "?user_code=WDJB-MJHT", 30);

  g_assert_cmpstr (lines[1], ==, PAGE);
  g_assert_cmpstr (lines[3], ==, "WDJB-MJHT");
  g_assert_cmpstr (lines[5], ==, PAGE "?user_code=WDJB-MJHT");
  g_assert_nonnull (strstr (lines[6], "1 minute."));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/code-consent/alone-on-their-lines", test_alone_on_their_lines);
  g_test_add_func ("/cli/code-consent/address-with-code", test_address_with_code);

  return g_test_run ();
}
