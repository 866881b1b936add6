/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hmac.h"
#include "lanyard-key.h"

G_BEGIN_DECLS

/**
 * LanyardSignatureScheme:
 * @LANYARD_SIGNATURE_HMAC: a code made with a shared secret (RFC 2104)
 * @LANYARD_SIGNATURE_PKCS1: RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2)
 * @LANYARD_SIGNATURE_PSS: RSASSA-PSS with MGF1 of the same digest and a salt of its length (RFC
 * 7518 section 3.5)
 * @LANYARD_SIGNATURE_ECDSA: R and S one behind the other, each with its leading zeros (RFC 7518
 * section 3.4)
 * @LANYARD_SIGNATURE_EDDSA: Ed25519, which hashes by itself
 */
typedef enum
{
  LANYARD_SIGNATURE_HMAC,
  LANYARD_SIGNATURE_PKCS1,
  LANYARD_SIGNATURE_PSS,
  LANYARD_SIGNATURE_ECDSA,
  LANYARD_SIGNATURE_EDDSA,
} LanyardSignatureScheme;

/* As long as a signature with the longest key gets that is in use: RSA with 16384 bits. */
#define LANYARD_SIGNATURE_MAX_SIZE 2048

/**
 * lanyard_signature_fits:
 *
 * Returns: whether @key is of the kind that @scheme needs, so that a public key is never taken for
 * a shared secret
 */
gboolean lanyard_signature_fits (LanyardKey *key, LanyardSignatureScheme scheme);

/**
 * lanyard_signature_make:
 * @data: (array length=length): what to sign
 * @signature: (array fixed-size=2048): where the signature goes
 *
 * Returns: the length of the signature; 0 when @key cannot make it: it is of another kind, not
 * private, or too short
 */
gsize lanyard_signature_make (LanyardKey *key,
                              LanyardSignatureScheme scheme,
                              LanyardHash hash,
                              gconstpointer data,
                              gsize length,
                              guchar *signature);

/**
 * lanyard_signature_check:
 *
 * Returns: whether @signature is one of @key over @data
 */
gboolean lanyard_signature_check (LanyardKey *key,
                                  LanyardSignatureScheme scheme,
                                  LanyardHash hash,
                                  gconstpointer data,
                                  gsize length,
                                  gconstpointer signature,
                                  gsize signature_length);

G_END_DECLS
