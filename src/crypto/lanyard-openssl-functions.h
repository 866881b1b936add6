/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-jwk.h"
#include "lanyard-sealed-box.h"
#include "lanyard-signature.h"

G_BEGIN_DECLS

/* What the layers above use of the code that needs OpenSSL, so that it can be a module: linking
 * libcrypto alone is 18,000 relocations, which cost each program 400 KiB and two milliseconds, and
 * a token that nobody has to sign never needs it. One line each: the type, the name, the
 * parameters, and how they are passed on. */
#define LANYARD_OPENSSL_FUNCTIONS(F)                                                               \
  F (gsize, hash_digest, (LanyardHash hash, gconstpointer data, gsize length, guchar * digest),    \
     (hash, data, length, digest))                                                                 \
  F (GBytes *, hmac_sign,                                                                          \
     (LanyardHash hash, gconstpointer key, gsize key_length, gconstpointer data, gsize length),    \
     (hash, key, key_length, data, length))                                                        \
  F (LanyardKey *, jwk_read, (JsonObject * object, GError * *error), (object, error))              \
  F (GPtrArray *, jwk_read_set, (JsonObject * set), (set))                                         \
  F (LanyardKey *, key_new_pem,                                                                    \
     (LanyardSecret * pem, LanyardSecret * passphrase, GError * *error), (pem, passphrase, error)) \
  F (LanyardKey *, key_new_legacy_pem,                                                             \
     (LanyardSecret * pem, LanyardSecret * passphrase, GError * *error), (pem, passphrase, error)) \
  F (LanyardKey *, key_new_secret, (LanyardSecret * secret), (secret))                             \
  F (LanyardKey *, key_ref, (LanyardKey * self), (self))                                           \
  F (void, key_unref, (LanyardKey * self), (self))                                                 \
  F (const char *, key_get_kid, (LanyardKey * self), (self))                                       \
  F (const char *, key_get_alg, (LanyardKey * self), (self))                                       \
  F (const char *, key_get_use, (LanyardKey * self), (self))                                       \
  F (GBytes *, key_dup_public_der, (LanyardKey * self), (self))                                    \
  F (LanyardKeyKind, key_get_kind, (LanyardKey * self), (self))                                    \
  F (gsize, key_get_bits, (LanyardKey * self), (self))                                             \
  F (LanyardSecret *, key_get_secret, (LanyardKey * self), (self))                                 \
  F (gboolean, sealed_box_check_passphrase, (LanyardSecret * passphrase, GError * *error),         \
     (passphrase, error))                                                                          \
  F (gboolean, sealed_box_is_sealed, (gconstpointer data, gsize length), (data, length))           \
  F (GBytes *, sealed_box_seal,                                                                    \
     (LanyardSecret * plain, LanyardSecret * passphrase, guint cost, GError * *error),             \
     (plain, passphrase, cost, error))                                                             \
  F (LanyardSecret *, sealed_box_open,                                                             \
     (GBytes * box, LanyardSecret * passphrase, GError * *error), (box, passphrase, error))        \
  F (gboolean, signature_fits, (LanyardKey * key, LanyardSignatureScheme scheme), (key, scheme))   \
  F (gsize, signature_make,                                                                        \
     (LanyardKey * key, LanyardSignatureScheme scheme, LanyardHash hash, gconstpointer data,       \
      gsize length, guchar * signature),                                                           \
     (key, scheme, hash, data, length, signature))                                                 \
  F (gboolean, signature_check,                                                                    \
     (LanyardKey * key, LanyardSignatureScheme scheme, LanyardHash hash, gconstpointer data,       \
      gsize length, gconstpointer signature, gsize signature_length),                              \
     (key, scheme, hash, data, length, signature, signature_length))

/* Their addresses, in the module. */
typedef struct
{
#define MEMBER(type, name, parameters, arguments) type (*name) parameters;
  LANYARD_OPENSSL_FUNCTIONS (MEMBER)
#undef MEMBER
} LanyardOpensslFunctions;

G_END_DECLS
