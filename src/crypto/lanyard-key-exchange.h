/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret.h"

G_BEGIN_DECLS

/**
 * LanyardKeyExchange:
 *
 * Our side of the exchange of keys that a session of the Secret Service begins with, the algorithm
 * `dh-ietf1024-sha256-aes128-cbc-pkcs7`: Diffie-Hellman in the group of RFC 2409, section 6.2, and
 * HKDF (RFC 5869) with SHA-256, without salt and info. It keeps secrets out of the memory of the
 * bus and out of its logs; who listens and computes for years is not what it is against.
 *
 * libsecret has the same inside, with a library that takes ten times as long.
 */
typedef struct _LanyardKeyExchange LanyardKeyExchange;

/**
 * lanyard_key_exchange_prepare:
 *
 * To be called in the main thread before another one exchanges keys: otherwise the end of the
 * program takes OpenSSL apart while that thread still uses it.
 */
void lanyard_key_exchange_prepare (void);

/**
 * lanyard_key_exchange_warm_up:
 *
 * Looks up the algorithms that a session needs, those of lanyard_cipher_encrypt() too. That takes
 * OpenSSL longer, the first time, than the whole exchange, so it is done while the other side is
 * busy with its part.
 */
void lanyard_key_exchange_warm_up (void);

/**
 * lanyard_key_exchange_new:
 *
 * Returns: (transfer full): a new pair of keys
 */
LanyardKeyExchange *lanyard_key_exchange_new (void);

void lanyard_key_exchange_free (LanyardKeyExchange *self);

/**
 * lanyard_key_exchange_dup_public_key:
 *
 * Returns: (transfer full): our public key, a number with its first byte first
 */
GBytes *lanyard_key_exchange_dup_public_key (LanyardKeyExchange *self);

/**
 * lanyard_key_exchange_derive:
 * @peer: (array length=length): the other side's public key
 *
 * Returns: (transfer full) (nullable): the key of the session, for lanyard_cipher_encrypt(); %NULL
 * if what the other side sent is no public key
 */
LanyardSecret *
lanyard_key_exchange_derive (LanyardKeyExchange *self, gconstpointer peer, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardKeyExchange, lanyard_key_exchange_free)

G_END_DECLS
