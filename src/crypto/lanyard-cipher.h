/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret.h"

G_BEGIN_DECLS

/* In bytes. */
#define LANYARD_CIPHER_KEY_SIZE 16
#define LANYARD_CIPHER_IV_SIZE 16

/**
 * lanyard_cipher_encrypt:
 * @key: a key of %LANYARD_CIPHER_KEY_SIZE
 * @secret: what to encrypt
 * @iv: (out) (array fixed-size=16): where to put %LANYARD_CIPHER_IV_SIZE random bytes, which the
 * other side needs
 *
 * AES-128 in CBC mode, with the padding of PKCS #7 (RFC 5652, section 6.3), as the Secret Service
 * has it. It says nothing about who sent it: that is the task of the bus.
 *
 * Returns: (transfer full): the encrypted bytes
 */
GBytes *lanyard_cipher_encrypt (LanyardSecret *key, LanyardSecret *secret, guchar *iv);

/**
 * lanyard_cipher_decrypt:
 * @key: a key of %LANYARD_CIPHER_KEY_SIZE
 * @iv: (array fixed-size=16): %LANYARD_CIPHER_IV_SIZE bytes
 * @data: (array length=length): what lanyard_cipher_encrypt() made
 *
 * Returns: (transfer full) (nullable): the secret, %NULL if that is not what it was
 */
LanyardSecret *
lanyard_cipher_decrypt (LanyardSecret *key, const guchar *iv, gconstpointer data, gsize length);

G_END_DECLS
