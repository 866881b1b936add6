/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-wire.h"

#include <glib.h>
#include <string.h>

static void
test_not_utf8 (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
  } texts[] = {
    { "\0", 1 },
    { "a\0b", 3 },
    { "\x80", 1 },
    { "\xff", 1 },
    { "\xc3", 1 },
    { "\xc3(", 2 },
    { "\xc0\xaf", 2 },
    { "\xc1\xbf", 2 },
    { "\xe2\x82", 2 },
    { "\xe2\x82(", 3 },
    { "\xe0\x80\xaf", 3 },
    { "\xed\xa0\x80", 3 },
    { "\xed\xbf\xbf", 3 },
    { "\xf0\x80\x80\xaf", 4 },
    { "\xf0\x9f\x98", 3 },
    { "\xf4\x90\x80\x80", 4 },
    { "\xf8\x88\x80\x80\x80", 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *exact = g_memdup2 (texts[i].bytes, texts[i].length);

      g_test_message ("text %u", i);
      g_assert_false (lanyard_front_is_utf8 (exact, texts[i].length));
    }
}

static void
test_utf8 (void)
{
  static const char *const texts[] = { "",   "token", "\x7f",         "\xc2\x80",
                                       "é",  "€",     "\xee\x80\x80", "\xf4\x8f\xbf\xbf",
                                       "😀 a" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_true (lanyard_front_is_utf8 (texts[i], strlen (texts[i])));
}

/* The same word as GLib's, for any bytes. */
static void
test_utf8_random (void)
{
  static const guchar lead[] = { 0x00, 0x41, 0x80, 0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4 };
  g_autoptr (GRand) random = g_rand_new_with_seed (6);

  for (guint i = 0; i < 50000; i++)
    {
      gsize length = (gsize)g_rand_int_range (random, 0, 9);
      g_autofree char *bytes = g_malloc (length);

      for (gsize j = 0; j < length; j++)
        bytes[j] = g_rand_boolean (random)
                     ? (char)lead[g_rand_int_range (random, 0, G_N_ELEMENTS (lead))]
                     : (char)g_rand_int_range (random, 0, 256);
      g_assert_cmpint (lanyard_front_is_utf8 (bytes, length), ==,
                       g_utf8_validate_len (bytes, length, NULL));
    }
}

static void
test_read_beyond (void)
{
  const guchar no_end[] = { 2, 0, 0, 0, 'a', 'b' };
  const guchar no_nul[] = { 2, 0, 0, 0, 'a', 'b', 'c', 0 };
  const guchar endless[] = { 0xff, 0xff, 0xff, 0xff, 'a', 0 };
  const guchar *const messages[] = { no_end, no_nul, endless };
  const gsize lengths[] = { sizeof no_end, sizeof no_nul, sizeof endless };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      LanyardFrontReader reader = { messages[i], lengths[i], 0, FALSE, FALSE };
      LanyardFrontText text = lanyard_front_reader_take_string (&reader);

      g_assert_true (reader.failed);
      g_assert_cmpstr (text.text, ==, "");
      g_assert_cmpuint (text.length, ==, 0);
      /* What failed stays so. */
      g_assert_cmpuint (lanyard_front_reader_take_byte (&reader), ==, 0);
      g_assert_cmpuint (lanyard_front_reader_take_uint32 (&reader), ==, 0);
    }
}

static void
test_read (void)
{
  const guchar bytes[] = { 7, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 1, 'a', 0, 1, 'b', 0 };
  LanyardFrontReader reader = { bytes, sizeof bytes, 0, TRUE, FALSE };

  g_assert_cmpuint (lanyard_front_reader_take_byte (&reader), ==, 7);
  g_assert_cmpuint (lanyard_front_reader_take_uint32 (&reader), ==, 0x01020304);
  g_assert_cmpstr (lanyard_front_reader_take_string (&reader).text, ==, "a");
  g_assert_cmpstr (lanyard_front_reader_take_signature (&reader).text, ==, "b");
  g_assert_false (reader.failed);
  g_assert_cmpuint (reader.position, ==, sizeof bytes);

  reader.position = 4;
  reader.is_big_endian = FALSE;
  g_assert_cmpuint (lanyard_front_reader_take_uint32 (&reader), ==, 0x04030201);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/front/wire/not-utf8", test_not_utf8);
  g_test_add_func ("/front/wire/utf8", test_utf8);
  g_test_add_func ("/front/wire/utf8-random", test_utf8_random);
  g_test_add_func ("/front/wire/read-beyond", test_read_beyond);
  g_test_add_func ("/front/wire/read", test_read);
  return g_test_run ();
}
