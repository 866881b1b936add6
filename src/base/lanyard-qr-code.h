/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LanyardQrCode:
 *
 * A square of dark and light modules that the camera of another device reads (ISO/IEC 18004). It is
 * made once and does not change.
 */
typedef struct _LanyardQrCode LanyardQrCode;

/* A reader wants so many light modules around it, which are not part of it. */
#define LANYARD_QR_CODE_MARGIN 4

/**
 * lanyard_qr_code_new:
 * @text: what it is to say, mostly an address
 *
 * Makes a code that can be read with a seventh of it covered or dirty (level M).
 *
 * Returns: (transfer full) (nullable): the code; %NULL when @text is empty or longer than a camera
 * reads from a screen without trouble, which is 412 bytes
 */
LanyardQrCode *lanyard_qr_code_new (const char *text);

void lanyard_qr_code_free (LanyardQrCode *self);

/**
 * lanyard_qr_code_get_size:
 *
 * Returns: how many modules a side has, without the margin
 */
guint lanyard_qr_code_get_size (LanyardQrCode *self);

/**
 * lanyard_qr_code_is_dark:
 * @x: the column, from the left
 * @y: the row, from the top
 *
 * Returns: whether that module is dark
 */
gboolean lanyard_qr_code_is_dark (LanyardQrCode *self, guint x, guint y);

/**
 * lanyard_qr_code_dup_line:
 * @y: a row, from the top; negative for the margin above
 *
 * Two rows of modules, @y and the one below it, as one line of a terminal: half blocks are dark.
 * The margins to the left and to the right are part of it.
 *
 * Returns: (transfer full): the line, in UTF-8, without its end
 */
char *lanyard_qr_code_dup_line (LanyardQrCode *self, int y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardQrCode, lanyard_qr_code_free)

G_END_DECLS
