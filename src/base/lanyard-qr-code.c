/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-qr-code.h"

#include <qrencode.h>
#include <string.h>

/* What version 15 holds at level M, in bytes. */
#define MAX_LENGTH 412

/* Each module is a byte, and it is dark when this bit is set. */
#define DARK 1

static gboolean
is_dark_or_margin (LanyardQrCode *self, int x, int y)
{
  int size = (int)lanyard_qr_code_get_size (self);

  return x >= 0 && y >= 0 && x < size && y < size &&
         lanyard_qr_code_is_dark (self, (guint)x, (guint)y);
}

LanyardQrCode *
lanyard_qr_code_new (const char *text)
{
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  length = strlen (text);
  if (length == 0 || length > MAX_LENGTH)
    return NULL;

  return (LanyardQrCode *)QRcode_encodeData ((int)length, (const unsigned char *)text, 0,
                                             QR_ECLEVEL_M);
}

void
lanyard_qr_code_free (LanyardQrCode *self)
{
  QRcode_free ((QRcode *)self);
}

guint
lanyard_qr_code_get_size (LanyardQrCode *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint)((QRcode *)self)->width;
}

gboolean
lanyard_qr_code_is_dark (LanyardQrCode *self, guint x, guint y)
{
  guint size = lanyard_qr_code_get_size (self);

  g_return_val_if_fail (x < size && y < size, FALSE);

  return (((QRcode *)self)->data[y * size + x] & DARK) != 0;
}

char *
lanyard_qr_code_dup_line (LanyardQrCode *self, int y)
{
  static const char *const blocks[] = { " ", "▀", "▄", "█" };
  GString *line = g_string_new (NULL);
  int size = (int)lanyard_qr_code_get_size (self);

  for (int x = -LANYARD_QR_CODE_MARGIN; x < size + LANYARD_QR_CODE_MARGIN; x++)
    g_string_append (line, blocks[(is_dark_or_margin (self, x, y) ? 1 : 0) +
                                  (is_dark_or_margin (self, x, y + 1) ? 2 : 0)]);

  return g_string_free (line, FALSE);
}
