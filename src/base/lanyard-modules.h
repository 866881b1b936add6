/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * lanyard_modules_get_symbol:
 * @module: the name of a module: `openssl`
 * @symbol: what it exports
 * @error: return location for %LANYARD_ERROR_FAILED
 *
 * Loads the module `liblanyard-MODULE.so` that lies beside the library, once, and keeps it.
 *
 * Returns: (transfer none): the address of @symbol, or %NULL
 */
gpointer lanyard_modules_get_symbol (const char *module, const char *symbol, GError **error);

/**
 * lanyard_modules_get_type:
 * @module: the name of a module: `net`, `consent`
 * @symbol: its function that returns a type: `lanyard_soup_transport_get_type`
 * @error: return location for %LANYARD_ERROR_FAILED
 *
 * Loads a module, as lanyard_modules_get_symbol() does, for a class in it.
 *
 * Returns: the type, or %G_TYPE_INVALID
 */
GType lanyard_modules_get_type (const char *module, const char *symbol, GError **error);

G_END_DECLS
