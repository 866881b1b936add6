/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-encoding.h"

G_BEGIN_DECLS

/**
 * lanyard_random_token:
 * @n_bytes: how many random bytes, at least 16; 32 give the 256 bits that RFC 7636 section 7.1
 * wants, 20 the 160 of RFC 6749 section 10.10
 *
 * Returns: (transfer full): random bytes of the kernel's generator, as base64url without padding. A
 * generator that fails ends the program: nothing can be secure without it.
 */
char *lanyard_random_token (gsize n_bytes);

/* The bytes that a nonce takes, with the NUL at its end: 128 bits as base64url. */
#define LANYARD_NONCE_SIZE LANYARD_BASE64URL_SIZE (16)

/**
 * lanyard_random_write_nonce:
 * @nonce: (array fixed-size=25): where the nonce goes
 *
 * Writes a text that is new each time and that everybody may see, such as the nonce of RFC 5849
 * section 3.3. The random bytes of many are drawn at once, since drawing takes as long as a
 * signature: nothing that has to stay secret until it is used may be made so. Only for the thread
 * of the main loop.
 */
void lanyard_random_write_nonce (char *nonce);

G_END_DECLS
