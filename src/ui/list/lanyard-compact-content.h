/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LanyardCompactContent:
 *
 * What a button shows: an icon, and a label beside it as long as there is room for it. The button
 * needs an accessible name of its own.
 *
 * Properties: `icon-name`, `label` (both read, write).
 */
#define LANYARD_TYPE_COMPACT_CONTENT (lanyard_compact_content_get_type ())
G_DECLARE_FINAL_TYPE (LanyardCompactContent,
                      lanyard_compact_content,
                      LANYARD,
                      COMPACT_CONTENT,
                      GtkWidget)

G_END_DECLS
