/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-provider.h"

G_BEGIN_DECLS

/**
 * lanyard_provider_reader_read:
 * @text: the text of a provider's file
 * @length: its length in bytes
 * @id: the id that the file's name gives it
 * @error: return location for %LANYARD_ERROR_INVALID, which says what is wrong at which path or
 * line
 *
 * Reads and checks one provider's file: the fields that Lanyard knows have the right type; unknown
 * ones are refused by name; every address is https, or http to loopback; templates use only known
 * names; no value has control characters; no name or parameter stands twice.
 *
 * Returns: (transfer full): the provider, or %NULL
 */
LanyardProvider *
lanyard_provider_reader_read (const char *text, gsize length, const char *id, GError **error);

/**
 * lanyard_provider_reader_read_at:
 * @path: (out): where the provider is refused: `methods[0].token.url`
 *
 * As lanyard_provider_reader_read().
 *
 * Returns: (transfer full): the provider, or %NULL
 */
LanyardProvider *lanyard_provider_reader_read_at (const char *text,
                                                  gsize length,
                                                  const char *id,
                                                  char **path,
                                                  GError **error);

G_END_DECLS
