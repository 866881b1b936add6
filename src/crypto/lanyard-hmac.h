/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <openssl/types.h>

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

/* As long as the longest digest is, and the longest code. */
#define LANYARD_HASH_MAX_SIZE 64
#define LANYARD_HMAC_MAX_SIZE LANYARD_HASH_MAX_SIZE

/**
 * lanyard_hash_digest:
 * @data: (array length=length): what to digest
 * @digest: (array fixed-size=64): where the digest goes
 *
 * Returns: the length of the digest
 */
gsize lanyard_hash_digest (LanyardHash hash, gconstpointer data, gsize length, guchar *digest);

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

/**
 * lanyard_hmac_new_context:
 * @hash: the digest
 * @key: (array length=key_length): the key, of any length (also none)
 *
 * For lanyard_hmac_use_context(): keying takes longer than the code of a short text does.
 *
 * Returns: (transfer full): a keyed context, for EVP_MAC_CTX_free()
 */
EVP_MAC_CTX *lanyard_hmac_new_context (LanyardHash hash, gconstpointer key, gsize key_length);

/**
 * lanyard_hmac_use_context:
 * @context: a keyed context, as good as before afterwards
 * @mac: (array fixed-size=64): where the code goes
 *
 * Returns: the length of the code
 */
gsize
lanyard_hmac_use_context (EVP_MAC_CTX *context, gconstpointer data, gsize length, guchar *mac);

G_END_DECLS
