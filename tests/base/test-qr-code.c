/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-qr-code.h"

#include <string.h>

#include <glib.h>

static void
test_length (void)
{
  g_autofree char *fits = g_strnfill (412, 'x');
  g_autofree char *too_long = g_strnfill (413, 'x');
  g_autoptr (LanyardQrCode) code = lanyard_qr_code_new (fits);

  g_assert_null (lanyard_qr_code_new (""));
  g_assert_null (lanyard_qr_code_new (too_long));
  g_assert_nonnull (code);
  g_assert_cmpuint (lanyard_qr_code_get_size (code), ==, 17 + 4 * 15);
}

/* A higher level would take a larger version, a lower one a smaller one (table 7). */
static void
test_level (void)
{
  static const struct
  {
    const char *text;
    guint version;
  } cases[] = {
    { "A", 1 },
    { "14 characters.", 1 },
    { "15 characters..", 2 },
    { "https://example.org/device?user_code=WDJB-MJHT", 4 },
    { "Žluťoučký kůň úpěl ďábelské ódy", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LanyardQrCode) code = lanyard_qr_code_new (cases[i].text);

      g_assert_nonnull (code);
      g_assert_cmpuint (lanyard_qr_code_get_size (code), ==, 17 + 4 * cases[i].version);
    }
}

/* From version 7 on a code says which one it is, in two corners (table D.1). That they are read in
 * different directions shows that columns and rows are what they are called. */
static void
test_orientation (void)
{
  g_autofree char *text = g_strnfill (300, 'q');
  g_autoptr (LanyardQrCode) code = lanyard_qr_code_new (text);
  guint size = lanyard_qr_code_get_size (code);
  guint bits = 0, turned = 0;

  g_assert_cmpuint (size, ==, 17 + 4 * 13);
  for (guint i = 18; i-- > 0;)
    {
      bits = bits << 1 | (lanyard_qr_code_is_dark (code, size - 11 + i % 3, i / 3) ? 1 : 0);
      turned = turned << 1 | (lanyard_qr_code_is_dark (code, i / 3, size - 11 + i % 3) ? 1 : 0);
    }
  g_assert_cmphex (bits, ==, 0x0d847);
  g_assert_cmphex (turned, ==, 0x0d847);

  /* The one module that is always dark lies beside the pattern at the bottom left. */
  g_assert_true (lanyard_qr_code_is_dark (code, 8, size - 8));
}

static void
test_lines (void)
{
  g_autoptr (LanyardQrCode) code = lanyard_qr_code_new ("A");
  g_autofree char *margin = lanyard_qr_code_dup_line (code, -2);
  g_autofree char *first = lanyard_qr_code_dup_line (code, 0);
  g_autofree char *last = lanyard_qr_code_dup_line (code, 20);

  g_assert_cmpint (g_utf8_strlen (margin, -1), ==, 21 + 2 * LANYARD_QR_CODE_MARGIN);
  g_assert_cmpstr (g_strstrip (margin), ==, "");
  g_assert_true (g_str_has_prefix (first, "    █▀▀▀▀▀█ "));
  g_assert_true (g_str_has_prefix (last, "    ▀▀▀▀▀▀▀ "));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/qr-code/length", test_length);
  g_test_add_func ("/base/qr-code/level", test_level);
  g_test_add_func ("/base/qr-code/orientation", test_orientation);
  g_test_add_func ("/base/qr-code/lines", test_lines);

  return g_test_run ();
}
