/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-params.h"
#include "lanyard-request.h"
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
 * lanyard_oauth1_signature_dup_base_string:
 * @request: the request; its query and, when it is a form, its body belong to what is signed
 * @oauth: the protocol parameters; `realm` and `oauth_signature` are passed over
 * @error: return location for %LANYARD_ERROR_INVALID: the address or the form cannot be read, or
 * has a protocol parameter already (RFC 5849 section 3.1)
 *
 * Returns: (transfer full): the signature base string (RFC 5849 section 3.4.1), or %NULL
 */
char *lanyard_oauth1_signature_dup_base_string (const LanyardRequest *request,
                                                const LanyardParams *oauth,
                                                GError **error);

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

/**
 * lanyard_oauth1_escape:
 *
 * Returns: (transfer full): @text escaped as RFC 5849 section 3.6 demands: everything but letters,
 * digits, "-", ".", "_" and "~"
 */
char *lanyard_oauth1_escape (const char *text);

/* As lanyard_oauth1_escape(), to the end of @string. */
void lanyard_oauth1_append_escaped (GString *string, const char *text);

G_END_DECLS
