/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-key.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LanyardJws:
 * @header: the protected header
 * @payload: the payload, as it was signed
 *
 * A JWS in compact serialisation that was taken apart, whether its signature is good or not.
 */
typedef struct
{
  JsonObject *header;
  GBytes *payload;

  /*< private >*/
  char *signing_input;
  GBytes *signature;
} LanyardJws;

/**
 * lanyard_jws_parse:
 * @text: three parts of base64url, joined by dots
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Takes a token apart, as strictly as RFC 7515 section 5.2 demands: exactly three parts without
 * padding, a header that is JSON with no name twice, and no extension that must be understood
 * (`crit`), since Lanyard understands none.
 *
 * Returns: (transfer full): the parts, or %NULL
 */
LanyardJws *lanyard_jws_parse (const char *text, GError **error);
void lanyard_jws_free (LanyardJws *self);

/**
 * lanyard_jws_is_algorithm:
 *
 * Returns: whether @name is one of HS256, HS384, HS512, RS256, RS384, RS512, PS256, PS384, PS512,
 * ES256, ES384, ES512, EdDSA
 */
gboolean lanyard_jws_is_algorithm (const char *name);
const char *const *lanyard_jws_list_algorithms (void);

/**
 * lanyard_jws_sign:
 * @algorithm: the name of an algorithm
 * @header: the protected header without `alg`, which is added
 * @payload: what to sign
 * @error: return location for %LANYARD_ERROR_INVALID, when the key does not fit @algorithm or is
 * too short for it (RFC 7518 sections 3.2 to 3.5)
 *
 * Returns: (transfer full): the token in compact serialisation, or %NULL
 */
char *lanyard_jws_sign (const char *algorithm,
                        LanyardKey *key,
                        JsonObject *header,
                        const char *payload,
                        GError **error);

/**
 * lanyard_jws_sign_input:
 * @input: the first two parts of a token
 * @error: as with lanyard_jws_sign()
 *
 * For who makes many tokens with the same header: the header must name @algorithm.
 *
 * Returns: (transfer full): the token in compact serialisation, or %NULL
 */
char *
lanyard_jws_sign_input (const char *algorithm, LanyardKey *key, const char *input, GError **error);

/**
 * lanyard_jws_verify:
 * @keys: (element-type LanyardKey): the keys that may have signed it
 * @algorithms: the algorithms that may have been used (RFC 8725 section 3.1); `none` is never one
 * @error: return location for %LANYARD_ERROR_INVALID, which says why the signature does not count
 *
 * Checks the signature with the key that `kid` names, or else with each that fits the algorithm. A
 * public key is never taken for a shared secret.
 *
 * Returns: whether it is good
 */
gboolean lanyard_jws_verify (const LanyardJws *self,
                             GPtrArray *keys,
                             const char *const *algorithms,
                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardJws, lanyard_jws_free)

G_END_DECLS
