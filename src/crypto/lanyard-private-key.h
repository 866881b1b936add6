/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hmac.h"
#include "lanyard-secret.h"

G_BEGIN_DECLS

/**
 * LanyardPrivateKey:
 *
 * A private key that was decoded once and is kept for many signatures. Lives in an OpenSSL library
 * context of its own, so that the system's policy does not forbid what an old provider still wants
 * (RSA with SHA-1, 1024 bits). Wiped with its last reference.
 */
typedef struct _LanyardPrivateKey LanyardPrivateKey;

/**
 * lanyard_private_key_new_pem:
 * @pem: a private key in PEM, PKCS#8 or traditional
 * @passphrase: (nullable): what it is encrypted with
 * @error: return location for %LANYARD_ERROR_INVALID, which says whether the passphrase or the key
 * is wrong
 *
 * Returns: (transfer full): the key, or %NULL
 */
LanyardPrivateKey *
lanyard_private_key_new_pem (LanyardSecret *pem, LanyardSecret *passphrase, GError **error);
LanyardPrivateKey *lanyard_private_key_ref (LanyardPrivateKey *self);
void lanyard_private_key_unref (LanyardPrivateKey *self);

/**
 * lanyard_private_key_sign_pkcs1:
 * @hash: the digest
 * @error: return location for %LANYARD_ERROR_INVALID when the key is no RSA key, or too short for
 * @hash
 *
 * Returns: (transfer full): RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2), or %NULL
 */
GBytes *lanyard_private_key_sign_pkcs1 (LanyardPrivateKey *self,
                                        LanyardHash hash,
                                        gconstpointer data,
                                        gsize length,
                                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPrivateKey, lanyard_private_key_unref)

G_END_DECLS
