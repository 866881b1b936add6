/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-qr-code.h"

#include <string.h>

#define MAX_VERSION 15
#define MAX_CODEWORDS 30 /* of error correction, in a block */
#define N_MASKS 8
/* The generator of the field with 256 elements. */
#define FIELD 0x11d
/* Bits of a format: level M, and what keeps them from being all zero. */
#define FORMAT_GENERATOR 0x537
#define FORMAT_MASK 0x5412
#define VERSION_GENERATOR 0x1f25
/* What a mask is measured with (section 7.8.3.1). */
#define PENALTY_RUN 3
#define PENALTY_BLOCK 3
#define PENALTY_FINDER 40
#define PENALTY_BALANCE 10

enum
{
  DARK = 1 << 0,
  /* A pattern or a format, and no data: no mask changes it. */
  FIXED = 1 << 1,
};

struct _LanyardQrCode
{
  guint version;
  guint size;
  guint8 *modules;
};

/* Level M by version: the codewords of error correction in each block, and the number of blocks. */
static const struct
{
  guint n_correction;
  guint n_blocks;
} levels[MAX_VERSION + 1] = {
  { 0, 0 },  { 10, 1 }, { 16, 1 }, { 26, 1 }, { 18, 2 }, { 24, 2 }, { 16, 4 }, { 18, 4 },
  { 22, 4 }, { 22, 5 }, { 26, 5 }, { 30, 5 }, { 22, 8 }, { 22, 9 }, { 24, 9 }, { 24, 10 },
};

static guint
count_alignments (guint version)
{
  return version == 1 ? 0 : version / 7 + 2;
}

/* How many codewords the modules that are not fixed hold. */
static guint
count_codewords (guint version)
{
  guint n = (16 * version + 128) * version + 64;
  guint n_alignments = count_alignments (version);

  if (n_alignments > 0)
    n -= (25 * n_alignments - 10) * n_alignments - 55;
  if (version >= 7)
    n -= 36;

  return n / 8;
}

static guint
count_data (guint version)
{
  return count_codewords (version) - levels[version].n_correction * levels[version].n_blocks;
}

/* Four bits for the mode, and the length. */
static guint
count_header_bits (guint version)
{
  return version < 10 ? 12 : 20;
}

static guint
find_version (gsize length)
{
  for (guint version = 1; version <= MAX_VERSION; version++)
    {
      if (count_header_bits (version) + 8 * length <= 8 * count_data (version))
        return version;
    }

  return 0;
}

static void
append_bits (guint8 *bytes, guint *n_bits, guint value, guint count)
{
  for (guint i = count; i-- > 0; (*n_bits)++)
    bytes[*n_bits / 8] |= (value >> i & 1) << (7 - *n_bits % 8);
}

/* The text, and what fills the rest (sections 7.4.5 and 7.4.10). */
static guint8 *
make_data (guint version, const char *text)
{
  guint n_data = count_data (version);
  guint8 *data = g_new0 (guint8, n_data);
  gsize length = strlen (text);
  guint n_bits = 0;
  guint8 filler = 0xec;

  append_bits (data, &n_bits, 4, 4);
  append_bits (data, &n_bits, (guint)length, count_header_bits (version) - 4);
  for (gsize i = 0; i < length; i++)
    append_bits (data, &n_bits, (guint8)text[i], 8);
  /* What is left of the byte, or the next one, is the end; its bits are zero. */
  for (guint i = (n_bits + 4 + 7) / 8; i < n_data; i++, filler ^= 0xec ^ 0x11)
    data[i] = filler;

  return data;
}

static guint8
multiply (guint8 a, guint8 b)
{
  guint product = 0;

  for (int i = 7; i >= 0; i--)
    product = (product << 1 ^ (product >> 7) * FIELD) ^ (b >> i & 1) * a;

  return (guint8)product;
}

/* The coefficients of (x - 1)(x - 2)(x - 4)…, the highest one, which is 1, left out. */
static void
make_generator (guint8 *generator, guint degree)
{
  guint8 root = 1;

  memset (generator, 0, degree);
  generator[degree - 1] = 1;
  for (guint i = 0; i < degree; i++, root = multiply (root, 2))
    {
      for (guint j = 0; j < degree; j++)
        generator[j] =
          multiply (generator[j], root) ^ (j + 1 < degree ? generator[j + 1] : (guint8)0);
    }
}

/* The rest of the division by the generator. */
static void
make_correction (const guint8 *data, guint n_data, guint8 *correction, guint n_correction)
{
  guint8 generator[MAX_CODEWORDS];

  make_generator (generator, n_correction);
  memset (correction, 0, n_correction);
  for (guint i = 0; i < n_data; i++)
    {
      guint8 factor = data[i] ^ correction[0];

      memmove (correction, correction + 1, n_correction - 1);
      correction[n_correction - 1] = 0;
      for (guint j = 0; j < n_correction; j++)
        correction[j] ^= multiply (generator[j], factor);
    }
}

/* Blocks take turns: the first codeword of each, the second of each… Later blocks may be longer by
 * one. */
static guint8 *
make_codewords (guint version, const guint8 *data)
{
  guint n_blocks = levels[version].n_blocks, n_correction = levels[version].n_correction;
  guint n_data = count_data (version), n_short = n_blocks - n_data % n_blocks;
  guint length = n_data / n_blocks;
  guint8 *codewords = g_new0 (guint8, count_codewords (version));

  for (guint block = 0, offset = 0; block < n_blocks; block++)
    {
      guint n = length + (block >= n_short ? 1 : 0);
      guint8 correction[MAX_CODEWORDS];

      make_correction (data + offset, n, correction, n_correction);
      for (guint i = 0; i < n; i++)
        codewords[i < length ? i * n_blocks + block : length * n_blocks + block - n_short] =
          data[offset + i];
      for (guint i = 0; i < n_correction; i++)
        codewords[n_data + i * n_blocks + block] = correction[i];
      offset += n;
    }

  return codewords;
}

static void
fix (LanyardQrCode *self, guint x, guint y, gboolean dark)
{
  self->modules[y * self->size + x] = FIXED | (dark ? DARK : 0);
}

/* One of the three big squares, with the light line around it. */
static void
draw_finder (LanyardQrCode *self, int center_x, int center_y)
{
  for (int dy = -4; dy <= 4; dy++)
    for (int dx = -4; dx <= 4; dx++)
      {
        int distance = MAX (ABS (dx), ABS (dy));
        int x = center_x + dx, y = center_y + dy;

        if (x >= 0 && x < (int)self->size && y >= 0 && y < (int)self->size)
          fix (self, (guint)x, (guint)y, distance != 2 && distance != 4);
      }
}

static guint
get_alignment (LanyardQrCode *self, guint i)
{
  guint n = count_alignments (self->version);
  guint step = (self->version * 4 + n * 2 + 1) / (n * 2 - 2) * 2;

  return i == 0 ? 6 : self->size - 7 - (n - 1 - i) * step;
}

static void
draw_alignments (LanyardQrCode *self)
{
  guint n = count_alignments (self->version);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        /* The finders are in three of the corners. */
        if ((i == 0 && j == 0) || (i == 0 && j == n - 1) || (i == n - 1 && j == 0))
          continue;
        for (int dy = -2; dy <= 2; dy++)
          for (int dx = -2; dx <= 2; dx++)
            fix (self, get_alignment (self, i) + (guint)dx, get_alignment (self, j) + (guint)dy,
                 MAX (ABS (dx), ABS (dy)) != 1);
      }
}

/* Both copies; the dark module beside the lower one belongs to it. */
static void
draw_format (LanyardQrCode *self, guint mask)
{
  guint rest = mask, bits;

  for (guint i = 0; i < 10; i++)
    rest = rest << 1 ^ (rest >> 9) * FORMAT_GENERATOR;
  bits = (mask << 10 | rest) ^ FORMAT_MASK;

  for (guint i = 0; i < 15; i++)
    {
      gboolean dark = bits >> i & 1;

      /* Around the first finder, but for the lines that the timing has. */
      if (i < 8)
        fix (self, 8, i < 6 ? i : i + 1, dark);
      else
        fix (self, i == 8 ? 7 : 14 - i, 8, dark);
      if (i < 8)
        fix (self, self->size - 1 - i, 8, dark);
      else
        fix (self, 8, self->size - 15 + i, dark);
    }
  fix (self, 8, self->size - 8, TRUE);
}

static void
draw_version (LanyardQrCode *self)
{
  guint rest = self->version, bits;

  if (self->version < 7)
    return;

  for (guint i = 0; i < 12; i++)
    rest = rest << 1 ^ (rest >> 11) * VERSION_GENERATOR;
  bits = self->version << 12 | rest;
  for (guint i = 0; i < 18; i++)
    {
      guint a = self->size - 11 + i % 3, b = i / 3;

      fix (self, a, b, bits >> i & 1);
      fix (self, b, a, bits >> i & 1);
    }
}

static void
draw_patterns (LanyardQrCode *self)
{
  for (guint i = 0; i < self->size; i++)
    {
      fix (self, 6, i, i % 2 == 0);
      fix (self, i, 6, i % 2 == 0);
    }
  draw_finder (self, 3, 3);
  draw_finder (self, (int)self->size - 4, 3);
  draw_finder (self, 3, (int)self->size - 4);
  draw_alignments (self);
  draw_version (self);
  /* Their places, for now. */
  draw_format (self, 0);
}

/* In columns of two from the right, up and down in turn; the timing's column is left out. */
static void
draw_codewords (LanyardQrCode *self, const guint8 *codewords)
{
  guint n_bits = 8 * count_codewords (self->version), bit = 0;
  gboolean upwards = TRUE;

  for (guint right = self->size - 1; right < self->size; right -= 2, upwards = !upwards)
    {
      if (right == 6)
        right = 5;
      for (guint i = 0; i < 2 * self->size; i++)
        {
          guint x = right - i % 2;
          guint y = upwards ? self->size - 1 - i / 2 : i / 2;
          guint8 *module = &self->modules[y * self->size + x];

          if ((*module & FIXED) != 0 || bit >= n_bits)
            continue;
          *module = codewords[bit / 8] >> (7 - bit % 8) & 1 ? DARK : 0;
          bit++;
        }
    }
}

static gboolean
is_masked (guint mask, guint x, guint y)
{
  switch (mask)
    {
    case 0:
      return (x + y) % 2 == 0;
    case 1:
      return y % 2 == 0;
    case 2:
      return x % 3 == 0;
    case 3:
      return (x + y) % 3 == 0;
    case 4:
      return (x / 3 + y / 2) % 2 == 0;
    case 5:
      return x * y % 2 + x * y % 3 == 0;
    case 6:
      return (x * y % 2 + x * y % 3) % 2 == 0;
    case 7:
    default:
      return ((x + y) % 2 + x * y % 3) % 2 == 0;
    }
}

/* Doing it again undoes it. */
static void
apply_mask (LanyardQrCode *self, guint mask)
{
  for (guint y = 0; y < self->size; y++)
    for (guint x = 0; x < self->size; x++)
      {
        guint8 *module = &self->modules[y * self->size + x];

        if ((*module & FIXED) == 0 && is_masked (mask, x, y))
          *module ^= DARK;
      }
}

/* Five of a kind and more in a line, and what looks like a finder, with light beside it. */
static guint
rate_line (LanyardQrCode *self, guint line, gboolean is_column)
{
  guint penalty = 0, run = 0, seen = 0;
  gboolean last = FALSE;

  for (guint i = 0; i < self->size; i++)
    {
      gboolean dark = is_column ? lanyard_qr_code_is_dark (self, line, i)
                                : lanyard_qr_code_is_dark (self, i, line);

      run = i > 0 && dark == last ? run + 1 : 1;
      last = dark;
      if (run == 5)
        penalty += PENALTY_RUN;
      else if (run > 5)
        penalty++;
      seen = (seen << 1 | (dark ? 1 : 0)) & 0x7ff;
      if (i >= 10 && (seen == 0x05d || seen == 0x5d0))
        penalty += PENALTY_FINDER;
    }

  return penalty;
}

static guint
rate (LanyardQrCode *self)
{
  guint penalty = 0, n_dark = 0, percent;

  for (guint i = 0; i < self->size; i++)
    penalty += rate_line (self, i, FALSE) + rate_line (self, i, TRUE);

  for (guint y = 0; y < self->size; y++)
    for (guint x = 0; x < self->size; x++)
      {
        gboolean dark = lanyard_qr_code_is_dark (self, x, y);

        n_dark += dark ? 1 : 0;
        if (x > 0 && y > 0 && dark == lanyard_qr_code_is_dark (self, x - 1, y) &&
            dark == lanyard_qr_code_is_dark (self, x, y - 1) &&
            dark == lanyard_qr_code_is_dark (self, x - 1, y - 1))
          penalty += PENALTY_BLOCK;
      }

  percent = n_dark * 100 / (self->size * self->size);
  return penalty + (percent > 50 ? percent - 50 : 50 - percent) / 5 * PENALTY_BALANCE;
}

/* The one that is easiest to read. */
static void
choose_mask (LanyardQrCode *self)
{
  guint best = 0, least = G_MAXUINT;

  for (guint mask = 0; mask < N_MASKS; mask++)
    {
      guint penalty;

      draw_format (self, mask);
      apply_mask (self, mask);
      penalty = rate (self);
      apply_mask (self, mask);
      if (penalty < least)
        {
          least = penalty;
          best = mask;
        }
    }
  draw_format (self, best);
  apply_mask (self, best);
}

LanyardQrCode *
lanyard_qr_code_new (const char *text)
{
  g_autofree guint8 *data = NULL;
  g_autofree guint8 *codewords = NULL;
  LanyardQrCode *self;
  guint version;

  g_return_val_if_fail (text != NULL, NULL);

  version = find_version (strlen (text));
  if (version == 0)
    return NULL;

  self = g_new0 (LanyardQrCode, 1);
  self->version = version;
  self->size = version * 4 + 17;
  self->modules = g_new0 (guint8, self->size * self->size);
  data = make_data (version, text);
  codewords = make_codewords (version, data);
  draw_patterns (self);
  draw_codewords (self, codewords);
  choose_mask (self);

  return self;
}

void
lanyard_qr_code_free (LanyardQrCode *self)
{
  if (self == NULL)
    return;

  g_free (self->modules);
  g_free (self);
}

guint
lanyard_qr_code_get_size (LanyardQrCode *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

gboolean
lanyard_qr_code_is_dark (LanyardQrCode *self, guint x, guint y)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (x < self->size && y < self->size, FALSE);

  return (self->modules[y * self->size + x] & DARK) != 0;
}

static gboolean
is_dark_or_margin (LanyardQrCode *self, int x, int y)
{
  return x >= 0 && x < (int)self->size && y >= 0 && y < (int)self->size &&
         lanyard_qr_code_is_dark (self, (guint)x, (guint)y);
}

char *
lanyard_qr_code_dup_line (LanyardQrCode *self, int y)
{
  static const char *const blocks[] = { " ", "▀", "▄", "█" };
  GString *line = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (int x = -LANYARD_QR_CODE_MARGIN; x < (int)self->size + LANYARD_QR_CODE_MARGIN; x++)
    g_string_append (line, blocks[(is_dark_or_margin (self, x, y) ? 1 : 0) +
                                  (is_dark_or_margin (self, x, y + 1) ? 2 : 0)]);

  return g_string_free (line, FALSE);
}
