/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

/**
 * lanyard_secret_clip_copy:
 * @clipboard: the clipboard
 * @secret: what to copy
 *
 * Copies a secret: it stays in its own memory, clipboard managers are asked not to keep it, and it
 * is taken away again after a minute, unless something else has been copied by then.
 */
void lanyard_secret_clip_copy (GdkClipboard *clipboard, LanyardSecret *secret);

G_END_DECLS
