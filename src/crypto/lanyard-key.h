/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret.h"

#include <openssl/types.h>

G_BEGIN_DECLS

/**
 * LanyardKey:
 *
 * A key that was decoded once and is kept for many signatures: RSA, elliptic curve (P-256, P-384,
 * P-521), Ed25519, private or public, or a shared secret. It keeps what OpenSSL prepares for its
 * last kind of signature, which takes longer than some signatures do. Wiped with its last
 * reference; to be used by one thread at a time.
 */
typedef struct _LanyardKey LanyardKey;

/**
 * LanyardKeyKind:
 * @LANYARD_KEY_SECRET: a shared secret
 * @LANYARD_KEY_RSA: RSA
 * @LANYARD_KEY_EC: on an elliptic curve of NIST
 * @LANYARD_KEY_ED25519: Ed25519
 * @LANYARD_KEY_OTHER: of a kind that nothing here can use
 */
typedef enum
{
  LANYARD_KEY_SECRET,
  LANYARD_KEY_RSA,
  LANYARD_KEY_EC,
  LANYARD_KEY_ED25519,
  LANYARD_KEY_OTHER,
} LanyardKeyKind;

/**
 * lanyard_key_new_pem:
 * @pem: a private or a public key in PEM, PKCS#8 or traditional
 * @passphrase: (nullable): what it is encrypted with
 * @error: return location for %LANYARD_ERROR_INVALID, which says whether the passphrase or the key
 * is wrong
 *
 * Returns: (transfer full): the key, or %NULL
 */
LanyardKey *lanyard_key_new_pem (LanyardSecret *pem, LanyardSecret *passphrase, GError **error);

/**
 * lanyard_key_new_legacy_pem:
 *
 * As lanyard_key_new_pem(), for a private key of OAuth 1.0. It lives in an OpenSSL library context
 * of its own, so that the system's policy does not forbid what an old provider still wants: RSA
 * with SHA-1, 1024 bits.
 *
 * Returns: (transfer full): the key, or %NULL
 */
LanyardKey *
lanyard_key_new_legacy_pem (LanyardSecret *pem, LanyardSecret *passphrase, GError **error);

/**
 * lanyard_key_new_secret:
 *
 * Returns: (transfer full): a shared secret
 */
LanyardKey *lanyard_key_new_secret (LanyardSecret *secret);

/**
 * lanyard_key_new_pkey:
 * @pkey: (transfer full): an OpenSSL key
 */
LanyardKey *lanyard_key_new_pkey (EVP_PKEY *pkey);

LanyardKey *lanyard_key_ref (LanyardKey *self);
void lanyard_key_unref (LanyardKey *self);

/**
 * lanyard_key_bind:
 * @kid: (nullable): the name of the key
 * @alg: (nullable): the one algorithm that it is for
 * @use: (nullable): what it is for: `sig`
 *
 * Says what a JWK says of its key (RFC 7517 section 4).
 */
void lanyard_key_bind (LanyardKey *self, const char *kid, const char *alg, const char *use);
const char *lanyard_key_get_kid (LanyardKey *self);
const char *lanyard_key_get_alg (LanyardKey *self);
const char *lanyard_key_get_use (LanyardKey *self);

/**
 * lanyard_key_dup_public_der:
 *
 * Returns: (transfer full) (nullable): the public key as a SubjectPublicKeyInfo (RFC 5280 section
 * 4.1), of which fingerprints are made; %NULL for a shared secret
 */
GBytes *lanyard_key_dup_public_der (LanyardKey *self);

LanyardKeyKind lanyard_key_get_kind (LanyardKey *self);

/* The size of the key in bits: of the modulus, of the curve, or of all bytes of a shared secret. */
gsize lanyard_key_get_bits (LanyardKey *self);

/* The OpenSSL key, or NULL for a shared secret; and the shared secret, or NULL. */
EVP_PKEY *lanyard_key_get_pkey (LanyardKey *self);
LanyardSecret *lanyard_key_get_secret (LanyardKey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardKey, lanyard_key_unref)

G_END_DECLS
