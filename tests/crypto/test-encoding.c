/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-encoding.h"

#include "lanyard-error.h"

#include <string.h>

/* JOSE-01, RFC 7515 section 2. */
static void
test_decode_refused (void)
{
  static const char *const texts[] = {
    "A",
    "AAAAA",
    "AA==",
    "AA=",
    "=",
    " AA",
    "AA\n",
    "A A",
    "AA+A",
    "AA/A",
    "AA.A",
    "\xff",
    "AB" /* left-over bits */,
    "AAB" /* left-over bits */,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = lanyard_base64url_decode (texts[i], &error);

      g_test_message ("text %u", i);
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_assert_null (bytes);
    }
}

/* RFC 7515 appendix C, and the lengths that it does not have. */
static void
test_vectors (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *text;
  } cases[] = {
    { "", 0, "" },
    { "f", 1, "Zg" },
    { "fo", 2, "Zm8" },
    { "foo", 3, "Zm9v" },
    { "\x03\xec\xff\xe0\xc1", 5, "A-z_4ME" },
    { "\0\0", 2, "AAA" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = lanyard_base64url_encode (cases[i].bytes, cases[i].length);
      g_autoptr (GBytes) bytes = lanyard_base64url_decode (cases[i].text, &error);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), cases[i].bytes,
                       cases[i].length);
    }
}

/* Those of RFC 4648 section 10, and the two characters that base64url has not. */
static void
test_padded (void)
{
  static const char *const cases[][2] = { { "", "" },
                                          { "f", "Zg==" },
                                          { "fo", "Zm8=" },
                                          { "foobar", "Zm9vYmFy" },
                                          { "\xfb\xff", "+/8=" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = lanyard_base64_encode (cases[i][0], strlen (cases[i][0]));

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7515);

  for (int i = 0; i < 300; i++)
    {
      guchar data[64];
      gsize length = (gsize)g_rand_int_range (random, 0, sizeof data);
      g_autofree char *text = NULL;
      g_autoptr (GBytes) bytes = NULL;

      for (gsize n = 0; n < length; n++)
        data[n] = (guchar)g_rand_int_range (random, 0, 256);
      text = lanyard_base64url_encode (data, length);
      bytes = lanyard_base64url_decode (text, NULL);
      g_assert_nonnull (bytes);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), data, length);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/encoding/decode-refused", test_decode_refused);
  g_test_add_func ("/crypto/encoding/vectors", test_vectors);
  g_test_add_func ("/crypto/encoding/padded", test_padded);
  g_test_add_func ("/crypto/encoding/round-trip", test_round_trip);
  return g_test_run ();
}
