/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret.h"

G_BEGIN_DECLS

#define TOKEN_CLAIMS "{\"sub\":\"ada\"}"

/**
 * TokenCase:
 * @algorithm: `RS256`
 * @text: the private key in PEM, or the shared secret
 * @public_text: the public key in PEM, or the shared secret
 * @token: a token that was signed with it
 * @peer_keys: what a peer made of the keys
 *
 * What a peer gets to sign and to verify with. Each has a file of its own, since their headers and
 * ours use the same names.
 */
typedef struct
{
  const char *algorithm;
  LanyardSecret *text;
  LanyardSecret *public_text;
  char *token;
  gpointer peer_keys;
} TokenCase;

/* One token with the claims above, made or checked as a library does it as a whole. */
void libjwt_sign (gpointer data);
void libjwt_verify (gpointer data);
void rhonabwy_sign (gpointer data);
void rhonabwy_verify (gpointer data);

G_END_DECLS
