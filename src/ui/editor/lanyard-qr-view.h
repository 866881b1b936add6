/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LanyardQrView:
 *
 * Shows a text as a QR code, always dark on light, as cameras want it. It is as large as its
 * modules are whole pixels, and not visible while it has no text or one that is too long.
 */
#define LANYARD_TYPE_QR_VIEW (lanyard_qr_view_get_type ())
G_DECLARE_FINAL_TYPE (LanyardQrView, lanyard_qr_view, LANYARD, QR_VIEW, GtkWidget)

/**
 * lanyard_qr_view_set_text:
 * @text: (nullable): what it is to say
 *
 * Shows another text.
 */
void lanyard_qr_view_set_text (LanyardQrView *self, const char *text);

G_END_DECLS
