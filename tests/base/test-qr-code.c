/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-qr-code.h"

#include <string.h>

#define MAX_SIZE 77
#define MAX_CODEWORDS 700

/* The formats of level M by mask, the highest bit first (ISO/IEC 18004, table C.1). */
static const guint formats[] = { 0x5412, 0x5125, 0x5e7c, 0x5b4b, 0x45f9, 0x40ce, 0x4f97, 0x4aa0 };

/* A reader, made from the standard and from nothing that the writer has. */
typedef struct
{
  LanyardQrCode *code;
  guint size;
  guint version;
  guint mask;
  gboolean fixed[MAX_SIZE][MAX_SIZE];
  guint8 codewords[MAX_CODEWORDS];
  guint n_codewords;
  guint8 data[MAX_CODEWORDS];
} Reader;

/* How many codewords of error correction and how many blocks, as in table 9; versions that the
 * tests use. */
static const struct
{
  guint version;
  guint n_codewords;
  guint n_correction;
  guint n_blocks;
} table[] = {
  { 1, 26, 10, 1 },  { 2, 44, 16, 1 },   { 4, 100, 18, 2 },  { 6, 172, 16, 4 },   { 8, 242, 22, 4 },
  { 9, 292, 22, 5 }, { 10, 346, 26, 5 }, { 14, 581, 24, 9 }, { 15, 655, 24, 10 },
};

static gboolean
is_dark (Reader *reader, guint x, guint y)
{
  return lanyard_qr_code_is_dark (reader->code, x, y);
}

static void
fix_area (Reader *reader, guint x, guint y, guint width, guint height)
{
  for (guint j = y; j < y + height; j++)
    for (guint i = x; i < x + width; i++)
      reader->fixed[j][i] = TRUE;
}

/* A square with another one in it. */
static void
check_square (Reader *reader, guint left, guint top, guint side, guint inner)
{
  for (guint y = 0; y < side; y++)
    for (guint x = 0; x < side; x++)
      {
        guint distance = MIN (MIN (x, side - 1 - x), MIN (y, side - 1 - y));
        gboolean expected = distance == 0 || distance >= (side - inner) / 2;

        g_assert_cmpint (is_dark (reader, left + x, top + y), ==, expected);
      }
}

static void
check_patterns (Reader *reader)
{
  guint size = reader->size;

  check_square (reader, 0, 0, 7, 3);
  check_square (reader, size - 7, 0, 7, 3);
  check_square (reader, 0, size - 7, 7, 3);
  fix_area (reader, 0, 0, 9, 9);
  fix_area (reader, size - 8, 0, 8, 9);
  fix_area (reader, 0, size - 8, 9, 8);
  g_assert_true (is_dark (reader, 8, size - 8));
  for (guint i = 8; i < size - 8; i++)
    {
      g_assert_cmpint (is_dark (reader, i, 6), ==, i % 2 == 0);
      g_assert_cmpint (is_dark (reader, 6, i), ==, i % 2 == 0);
    }
  fix_area (reader, 6, 0, 1, size);
  fix_area (reader, 0, 6, size, 1);
  if (reader->version >= 7)
    {
      fix_area (reader, size - 11, 0, 3, 6);
      fix_area (reader, 0, size - 11, 6, 3);
    }
}

/* Table E.1. */
static void
check_alignments (Reader *reader)
{
  static const struct
  {
    guint version;
    guint centers[5];
  } rows[] = {
    { 2, { 6, 18 } },          { 4, { 6, 26 } },          { 6, { 6, 34 } },
    { 8, { 6, 24, 42 } },      { 9, { 6, 26, 46 } },      { 10, { 6, 28, 50 } },
    { 14, { 6, 26, 46, 66 } }, { 15, { 6, 26, 48, 70 } },
  };

  for (guint row = 0; row < G_N_ELEMENTS (rows); row++)
    {
      const guint *centers = rows[row].centers;
      guint n = 0;

      if (rows[row].version != reader->version)
        continue;
      while (centers[n] != 0)
        n++;
      for (guint i = 0; i < n; i++)
        for (guint j = 0; j < n; j++)
          {
            if ((i == 0 && (j == 0 || j == n - 1)) || (j == 0 && i == n - 1))
              continue;
            check_square (reader, centers[i] - 2, centers[j] - 2, 5, 1);
            fix_area (reader, centers[i] - 2, centers[j] - 2, 5, 5);
          }
    }
}

static void
read_format (Reader *reader)
{
  static const guint8 first_x[] = { 0, 1, 2, 3, 4, 5, 7, 8, 8, 8, 8, 8, 8, 8, 8 };
  static const guint8 first_y[] = { 8, 8, 8, 8, 8, 8, 8, 8, 7, 5, 4, 3, 2, 1, 0 };
  guint first = 0, second = 0, size = reader->size;

  for (guint i = 0; i < 15; i++)
    {
      first = first << 1 | (is_dark (reader, first_x[i], first_y[i]) ? 1 : 0);
      second = second << 1 |
               (i < 7 ? is_dark (reader, 8, size - 1 - i) : is_dark (reader, size - 15 + i, 8));
    }
  g_assert_cmphex (first, ==, second);
  for (reader->mask = 0; reader->mask < 8 && formats[reader->mask] != first;)
    reader->mask++;
  g_assert_cmpuint (reader->mask, <, 8);
}

static gboolean
is_flipped (guint mask, guint i, guint j)
{
  const guint results[] = {
    (i + j) % 2,
    i % 2,
    j % 3,
    (i + j) % 3,
    (i / 2 + j / 3) % 2,
    i * j % 2 + i * j % 3,
    (i * j % 2 + i * j % 3) % 2,
    ((i + j) % 2 + i * j % 3) % 2,
  };

  return results[mask] == 0;
}

static void
read_codewords (Reader *reader)
{
  guint n_bits = 0;
  int step = -1;
  int y = (int)reader->size - 1;

  for (int right = (int)reader->size - 1; right > 0; right -= right == 8 ? 3 : 2)
    {
      for (; y >= 0 && y < (int)reader->size; y += step)
        for (int x = right; x > right - 2; x--)
          {
            if (reader->fixed[y][x])
              continue;
            if (is_dark (reader, (guint)x, (guint)y) !=
                is_flipped (reader->mask, (guint)y, (guint)x))
              reader->codewords[n_bits / 8] |= 0x80 >> n_bits % 8;
            n_bits++;
          }
      step = -step;
      y += step;
    }
  reader->n_codewords = n_bits / 8;
}

static guint8
times (guint8 a, guint8 b)
{
  guint product = 0;

  for (guint i = 0; i < 8; i++)
    if ((b >> i & 1) != 0)
      product ^= (guint)a << i;
  for (guint i = 15; i >= 8; i--)
    if ((product >> i & 1) != 0)
      product ^= 0x11dU << (i - 8);
  return (guint8)product;
}

/* A block is right when it is zero at each root of the generator. */
static void
check_block (const guint8 *block, guint length, guint n_correction)
{
  guint8 root = 1;

  for (guint i = 0; i < n_correction; i++, root = times (root, 2))
    {
      guint8 value = 0;

      for (guint j = 0; j < length; j++)
        value = times (value, root) ^ block[j];
      g_assert_cmpuint (value, ==, 0);
    }
}

static void
read_blocks (Reader *reader)
{
  guint row = 0, n_blocks, n_correction, n_data, offset = 0;

  while (row < G_N_ELEMENTS (table) && table[row].version != reader->version)
    row++;
  g_assert_cmpuint (row, <, G_N_ELEMENTS (table));
  n_blocks = table[row].n_blocks;
  n_correction = table[row].n_correction;
  g_assert_cmpuint (reader->n_codewords, ==, table[row].n_codewords);
  n_data = reader->n_codewords - n_blocks * n_correction;

  for (guint b = 0; b < n_blocks; b++)
    {
      guint8 block[MAX_CODEWORDS];
      guint n = 0;

      for (guint i = b; i < n_data / n_blocks * n_blocks; i += n_blocks)
        block[n++] = reader->codewords[i];
      /* The last blocks have one more. */
      if (b >= n_blocks - n_data % n_blocks)
        block[n++] = reader->codewords[n_data - n_blocks + b];
      memcpy (reader->data + offset, block, n);
      offset += n;
      for (guint i = b; i < n_blocks * n_correction; i += n_blocks)
        block[n++] = reader->codewords[n_data + i];
      check_block (block, n, n_correction);
    }
}

static char *
read_text (Reader *reader)
{
  guint bit = reader->version < 10 ? 12 : 20;
  guint length = (reader->data[0] & 0x0f) << 4 | reader->data[1] >> 4;
  GString *text = g_string_new (NULL);

  g_assert_cmphex (reader->data[0] >> 4, ==, 4);
  if (reader->version >= 10)
    length = length << 8 | (guint)(reader->data[1] & 0x0f) << 4 | reader->data[2] >> 4;
  for (guint i = 0; i < length; i++, bit += 8)
    g_string_append_c (text, (char)(reader->data[bit / 8] << 4 | reader->data[bit / 8 + 1] >> 4));
  return g_string_free (text, FALSE);
}

static void
check (const char *text, guint version)
{
  g_autoptr (LanyardQrCode) code = lanyard_qr_code_new (text);
  g_autofree Reader *reader = g_new0 (Reader, 1);
  g_autofree char *read = NULL;

  g_assert_nonnull (code);
  reader->code = code;
  reader->size = lanyard_qr_code_get_size (code);
  reader->version = version;
  g_assert_cmpuint (reader->size, ==, 17 + 4 * version);
  check_patterns (reader);
  check_alignments (reader);
  read_format (reader);
  read_codewords (reader);
  read_blocks (reader);
  read = read_text (reader);
  g_assert_cmpstr (read, ==, text);
}

static void
test_too_long (void)
{
  g_autofree char *fits = g_strnfill (412, 'x');
  g_autofree char *too_long = g_strnfill (413, 'x');

  g_assert_null (lanyard_qr_code_new (too_long));
  check (fits, 15);
}

static void
test_read_again (void)
{
  check ("", 1);
  check ("14 characters.", 1);
  check ("15 characters..", 2);
  check ("https://example.org/device?user_code=WDJB-MJHT", 4);
  check ("Žluťoučký kůň úpěl ďábelské ódy", 4);
}

/* Each length from one version to the next has another end. */
static void
test_every_length (void)
{
  static const guint versions[][2] = { { 85, 106 }, { 123, 152 }, { 153, 180 }, { 181, 213 } };
  static const guint numbers[] = { 6, 8, 9, 10 };

  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    for (guint length = versions[i][0]; length <= versions[i][1]; length++)
      {
        g_autofree char *text = g_strnfill (length, 'a');

        for (guint j = 0; j < length; j++)
          text[j] = (char)('!' + (j * 7 + length) % 90);
        check (text, numbers[i]);
      }
}

static void
test_versions_marked (void)
{
  g_autofree char *text = g_strnfill (300, 'q');
  g_autoptr (LanyardQrCode) code = lanyard_qr_code_new (text);
  guint size = lanyard_qr_code_get_size (code);
  guint bits = 0, turned = 0;

  /* Table D.1. */
  g_assert_cmpuint (size, ==, 17 + 4 * 13);
  for (guint i = 18; i-- > 0;)
    {
      bits = bits << 1 | (lanyard_qr_code_is_dark (code, size - 11 + i % 3, i / 3) ? 1 : 0);
      turned = turned << 1 | (lanyard_qr_code_is_dark (code, i / 3, size - 11 + i % 3) ? 1 : 0);
    }
  g_assert_cmphex (bits, ==, 0x0d847);
  g_assert_cmphex (turned, ==, 0x0d847);
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

  g_test_add_func ("/base/qr-code/too-long", test_too_long);
  g_test_add_func ("/base/qr-code/read-again", test_read_again);
  g_test_add_func ("/base/qr-code/every-length", test_every_length);
  g_test_add_func ("/base/qr-code/versions-marked", test_versions_marked);
  g_test_add_func ("/base/qr-code/lines", test_lines);

  return g_test_run ();
}
