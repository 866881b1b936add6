/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-code-consent.h"

#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
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

/* What a terminal of that width gets. */
static char *
show_on_terminal (unsigned short width)
{
  const LanyardConsentCode code = {
    .name = "Work",
    .provider = "Demo",
    .user_code = "WDJB-MJHT",
    .uri = PAGE,
    .expires_at = g_get_real_time () / G_USEC_PER_SEC + 60,
  };
  const struct winsize size = { .ws_row = 50, .ws_col = width };
  GString *text = g_string_new (NULL);
  int master = posix_openpt (O_RDWR | O_NOCTTY);
  LanyardConsent *consent;
  int slave;

  g_assert_cmpint (master, >=, 0);
  g_assert_cmpint (grantpt (master), ==, 0);
  g_assert_cmpint (unlockpt (master), ==, 0);
  slave = open (ptsname (master), O_RDWR | O_NOCTTY);
  g_assert_cmpint (slave, >=, 0);
  g_assert_cmpint (ioctl (slave, TIOCSWINSZ, &size), ==, 0);

  consent = lanyard_code_consent_new (slave);
  lanyard_consent_show_code (consent, &code);
  g_assert_finalize_object (consent);
  while (strstr (text->str, "Ctrl+C") == NULL)
    {
      char buffer[4096];
      gssize n = read (master, buffer, sizeof buffer);

      g_assert_cmpint (n, >, 0);
      g_string_append_len (text, buffer, n);
    }
  close (slave);
  close (master);

  return g_string_free (text, FALSE);
}

static void
test_qr_code (void)
{
  g_autofree char *wide = NULL;
  g_autofree char *narrow = NULL;

  if (!g_get_charset (NULL))
    {
      g_test_skip ("no locale with UTF-8");
      return;
    }

  /* 29 modules and a margin of 4 on both sides. */
  wide = show_on_terminal (37);
  g_assert_nonnull (strstr (wide, "\033[30;47m    █▀▀▀▀▀█ "));
  g_assert_nonnull (strstr (wide, " █▀▀▀▀▀█    \033[0m"));
  narrow = show_on_terminal (36);
  g_assert_null (strchr (narrow, '\033'));
  g_assert_nonnull (strstr (narrow, "WDJB-MJHT"));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli/code-consent/alone-on-their-lines", test_alone_on_their_lines);
  g_test_add_func ("/cli/code-consent/address-with-code", test_address_with_code);
  g_test_add_func ("/cli/code-consent/qr-code", test_qr_code);

  return g_test_run ();
}
