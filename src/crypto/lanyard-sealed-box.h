/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret.h"

G_BEGIN_DECLS

/* A passphrase has at least so many characters. */
#define LANYARD_SEALED_BOX_MIN_PASSPHRASE 8

/* What guessing a passphrase costs: 2 to the power of this times 1 KiB of memory, here 128 MiB and
 * about half a second. */
#define LANYARD_SEALED_BOX_COST 17

/**
 * lanyard_sealed_box_check_passphrase:
 * @passphrase: what the person chose
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Returns: whether @passphrase is UTF-8 and long enough to seal something with
 */
gboolean lanyard_sealed_box_check_passphrase (LanyardSecret *passphrase, GError **error);

/**
 * lanyard_sealed_box_is_sealed:
 * @data: the first bytes of a file
 * @length: how many there are
 *
 * Returns: whether lanyard_sealed_box_seal() made it, whatever its version
 */
gboolean lanyard_sealed_box_is_sealed (gconstpointer data, gsize length);

/**
 * lanyard_sealed_box_seal:
 * @plain: what to seal
 * @passphrase: what opens it; normalised (NFC), so that it is the same from every keyboard
 * @cost: log2 of scrypt's N, 1 to 20; %LANYARD_SEALED_BOX_COST but in tests
 * @error: return location for %LANYARD_ERROR_INVALID (see
 * lanyard_sealed_box_check_passphrase()), %LANYARD_ERROR_FAILED (no memory, no randomness)
 *
 * Encrypts with AES-256-GCM (NIST SP 800-38D) under a key that scrypt (RFC 7914) makes of the
 * passphrase and a random salt.
 *
 * The box: `LANYARD-SEALED\n`, the version (1), log2 of N, r, p, a zero byte, 16 bytes of salt, 12
 * bytes of nonce; then the ciphertext and its tag of 16 bytes. The tag covers all that is before
 * it.
 *
 * Returns: (transfer full): the box, or %NULL
 */
GBytes *lanyard_sealed_box_seal (LanyardSecret *plain,
                                 LanyardSecret *passphrase,
                                 guint cost,
                                 GError **error);

/**
 * lanyard_sealed_box_open:
 * @box: the whole file
 * @passphrase: what opens it
 * @error: return location for %LANYARD_ERROR_INVALID (no box, cut off, asks for more memory than
 * any that was ever written), %LANYARD_ERROR_STORAGE_NEWER, %LANYARD_ERROR_DENIED (the passphrase
 * is wrong, or a byte was changed: nobody can tell which), %LANYARD_ERROR_FAILED
 *
 * Returns: (transfer full): what was sealed, or %NULL
 */
LanyardSecret *lanyard_sealed_box_open (GBytes *box, LanyardSecret *passphrase, GError **error);

G_END_DECLS
