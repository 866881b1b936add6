/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LanyardHash:
 *
 * The digests that signatures are made with. SHA-1 is for OAuth 1.0 alone.
 */
typedef enum
{
  LANYARD_HASH_SHA1,
  LANYARD_HASH_SHA256,
  LANYARD_HASH_SHA384,
  LANYARD_HASH_SHA512,
} LanyardHash;

/**
 * lanyard_hash_get_name:
 *
 * Returns: what OpenSSL calls @hash
 */
const char *lanyard_hash_get_name (LanyardHash hash);

/**
 * lanyard_hmac_sign:
 * @hash: the digest
 * @key: (array length=key_length): the key, of any length (also none)
 * @data: (array length=length): what to sign
 *
 * Returns: (transfer full): HMAC (RFC 2104)
 */
GBytes *lanyard_hmac_sign (LanyardHash hash,
                           gconstpointer key,
                           gsize key_length,
                           gconstpointer data,
                           gsize length);

G_END_DECLS
