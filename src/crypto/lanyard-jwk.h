/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret.h"

#include <json-glib/json-glib.h>
#include <openssl/types.h>

G_BEGIN_DECLS

/**
 * LanyardJwk:
 *
 * A key for JOSE: RSA, elliptic curve (P-256, P-384, P-521), Ed25519, or a shared secret (RFC 7517,
 * RFC 7518 section 6, RFC 8037). Decoded once; wiped with its last reference.
 */
typedef struct _LanyardJwk LanyardJwk;

/**
 * lanyard_jwk_new_json:
 * @object: a JWK
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Returns: (transfer full): the key, private where @object has the private members; or %NULL
 */
LanyardJwk *lanyard_jwk_new_json (JsonObject *object, GError **error);

/**
 * lanyard_jwk_new_pem:
 * @pem: a private or a public key in PEM
 * @passphrase: (nullable): what it is encrypted with
 * @error: return location for %LANYARD_ERROR_INVALID, which says whether the passphrase or the key
 * is wrong
 *
 * Returns: (transfer full): the key, or %NULL
 */
LanyardJwk *lanyard_jwk_new_pem (LanyardSecret *pem, LanyardSecret *passphrase, GError **error);

/**
 * lanyard_jwk_new_secret:
 *
 * Returns: (transfer full): a shared secret
 */
LanyardJwk *lanyard_jwk_new_secret (LanyardSecret *secret);

/**
 * lanyard_jwk_list_from_set:
 * @set: a JWK Set (RFC 7517 section 5)
 *
 * Returns: (transfer full) (element-type LanyardJwk): the keys that can be read; members of other
 * kinds are passed over
 */
GPtrArray *lanyard_jwk_list_from_set (JsonObject *set);

LanyardJwk *lanyard_jwk_ref (LanyardJwk *self);
void lanyard_jwk_unref (LanyardJwk *self);

/* The key id, the algorithm and the use that a JWK is bound to; all nullable. */
const char *lanyard_jwk_get_kid (LanyardJwk *self);
const char *lanyard_jwk_get_alg (LanyardJwk *self);
const char *lanyard_jwk_get_use (LanyardJwk *self);

/* For lanyard-jws: the OpenSSL key, or %NULL for a shared secret; and the shared secret, or %NULL.
 */
EVP_PKEY *lanyard_jwk_get_pkey (LanyardJwk *self);
LanyardSecret *lanyard_jwk_get_secret (LanyardJwk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardJwk, lanyard_jwk_unref)

G_END_DECLS
