/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * lanyard_modules_get_type:
 * @module: the name of a module: `net`, `consent`
 * @symbol: its function that returns a type: `lanyard_soup_transport_get_type`
 * @error: return location for %LANYARD_ERROR_FAILED
 *
 * Loads the module `liblanyard-MODULE.so` that lies beside the library, once, and keeps it.
 *
 * Returns: the type, or %G_TYPE_INVALID
 */
GType lanyard_modules_get_type (const char *module, const char *symbol, GError **error);

G_END_DECLS
