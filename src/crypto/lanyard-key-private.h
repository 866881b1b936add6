/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-signature.h"

#include <openssl/evp.h>

G_BEGIN_DECLS

/* What OpenSSL prepared for one kind of signature. */
typedef struct
{
  EVP_MD_CTX *context;
  LanyardSignatureScheme scheme;
  LanyardHash hash;
} LanyardKeyPrepared;

/* For lanyard-key.c, which owns it all, and lanyard-signature.c, which fills what is prepared. */
struct _LanyardKey
{
  gatomicrefcount ref_count;

  /* Owned */
  char *kid;
  char *alg;
  char *use;
  EVP_PKEY *pkey;
  LanyardSecret *secret;
  LanyardKeyPrepared signer;
  LanyardKeyPrepared verifier;
  EVP_MAC_CTX *mac;

  /* Borrowed */
  OSSL_LIB_CTX *library; /* lives as long as the program */

  LanyardKeyKind kind;
  gsize bits;
  LanyardHash mac_hash;
};

G_END_DECLS
