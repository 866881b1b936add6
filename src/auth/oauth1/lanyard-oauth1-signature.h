/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-signature.h"

G_BEGIN_DECLS

/**
 * LanyardOAuth1Method:
 *
 * The signature methods: those of RFC 5849 section 3.4, and the same constructions with SHA-256 and
 * SHA-512, which have no RFC.
 */
typedef enum
{
  LANYARD_OAUTH1_HMAC_SHA1,
  LANYARD_OAUTH1_HMAC_SHA256,
  LANYARD_OAUTH1_HMAC_SHA512,
  LANYARD_OAUTH1_RSA_SHA1,
  LANYARD_OAUTH1_RSA_SHA256,
  LANYARD_OAUTH1_RSA_SHA512,
  LANYARD_OAUTH1_PLAINTEXT,
} LanyardOAuth1Method;

/**
 * lanyard_oauth1_method_from_name:
 * @name: `HMAC-SHA1`
 *
 * Returns: whether there is such a method
 */
gboolean lanyard_oauth1_method_from_name (const char *name, LanyardOAuth1Method *method);
const char *lanyard_oauth1_method_get_name (LanyardOAuth1Method method);

/* Whether the method needs a private key instead of the client's shared secret. */
gboolean lanyard_oauth1_method_is_rsa (LanyardOAuth1Method method);

/**
 * lanyard_oauth1_method_dup_body_hash:
 * @data: (array length=length): the content of a request
 *
 * Returns: (transfer full): the value of `oauth_body_hash`, an extension for content that is no
 * form: its digest, by the hash of @method
 */
char *
lanyard_oauth1_method_dup_body_hash (LanyardOAuth1Method method, gconstpointer data, gsize length);

/**
 * lanyard_oauth1_signature_new_shared_key:
 * @client_secret: the client's shared secret
 * @token_secret: (nullable): the token's shared secret; %NULL counts as empty
 *
 * Returns: (transfer full): the key of HMAC, which PLAINTEXT sends as it is (RFC 5849 sections
 * 3.4.2 and 3.4.4): both secrets escaped, with "&" between them
 */
LanyardKey *lanyard_oauth1_signature_new_shared_key (LanyardSecret *client_secret,
                                                     LanyardSecret *token_secret,
                                                     GError **error);

/**
 * lanyard_oauth1_signature_make:
 * @base_string: the signature base string; not looked at by PLAINTEXT
 * @key: the key: a private one for the RSA methods, else a shared one
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Returns: (transfer full): the signature (RFC 5849 sections 3.4.2 to 3.4.4), not yet escaped; or
 * %NULL
 */
char *lanyard_oauth1_signature_make (LanyardOAuth1Method method,
                                     const char *base_string,
                                     LanyardKey *key,
                                     GError **error);

G_END_DECLS
