/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-key.h"

G_BEGIN_DECLS

/* For so long is a key kept that nothing is signed with, in seconds. */
#define LANYARD_KEY_CACHE_PATIENCE 300

/**
 * LanyardKeyDecoder:
 * @first: what the key is made of
 * @second: (nullable): what else it is made of: a passphrase, another secret
 *
 * Returns: (transfer full): the key, or %NULL with an error
 */
typedef LanyardKey *(*LanyardKeyDecoder) (LanyardSecret *first,
                                          LanyardSecret *second,
                                          GError **error);

/**
 * lanyard_key_cache_get:
 *
 * Decoding a key takes longer than signing with it, and for an encrypted one it is made slow on
 * purpose. So a key is decoded once, kept as long as its authorization is in use, and wiped when
 * nothing was signed with it for %LANYARD_KEY_CACHE_PATIENCE. The same texts with the same decoder
 * give the same key; a text that gives none is tried again each time.
 *
 * Returns: (transfer full): what @decode makes of @first and @second, or %NULL
 */
LanyardKey *lanyard_key_cache_get (LanyardSecret *first,
                                   LanyardSecret *second,
                                   LanyardKeyDecoder decode,
                                   GError **error);

/**
 * lanyard_key_cache_expire:
 * @now: g_get_monotonic_time()
 *
 * Wipes the keys whose time is over, which otherwise happens by itself where a main loop runs.
 */
void lanyard_key_cache_expire (gint64 now);

G_END_DECLS
