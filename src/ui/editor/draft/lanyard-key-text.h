/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-field.h"
#include "lanyard-secret.h"

G_BEGIN_DECLS

/**
 * LanyardKeyState:
 * @LANYARD_KEY_STATE_NONE: there is none
 * @LANYARD_KEY_STATE_PLAIN: a shared secret, or what may become something else while it is typed
 * @LANYARD_KEY_STATE_READABLE: a key that was decoded
 * @LANYARD_KEY_STATE_ENCRYPTED: a key that the passphrase does not open, or for which there is none
 * @LANYARD_KEY_STATE_BROKEN: it looks like a key, and is none
 *
 * What a field that holds a key has in it.
 */
typedef enum
{
  LANYARD_KEY_STATE_NONE,
  LANYARD_KEY_STATE_PLAIN,
  LANYARD_KEY_STATE_READABLE,
  LANYARD_KEY_STATE_ENCRYPTED,
  LANYARD_KEY_STATE_BROKEN,
} LanyardKeyState;

/* How large a file with a key may be: what a secret may be at most. */
#define LANYARD_KEY_MAX_SIZE (16 * 1024)

/**
 * lanyard_key_text_is_for:
 *
 * Returns: whether @field holds a key, which people have in a file
 */
gboolean lanyard_key_text_is_for (const LanyardField *field);

/**
 * lanyard_key_text_new:
 * @content: (array length=length): what is in a file, or in the clipboard
 * @error: return location for %LANYARD_ERROR_INVALID, which says what the content is instead
 *
 * Takes the key out of what stands around it: other PEM blocks and remarks, the line break at the
 * end, the JSON file of a service account.
 *
 * Returns: (transfer full): the key alone, or %NULL
 */
LanyardSecret *lanyard_key_text_new (const char *content, gsize length, GError **error);

/**
 * lanyard_key_text_describe:
 * @text: (nullable): what is entered
 * @passphrase: (nullable): what may open it
 * @state: (out): what it is
 *
 * Returns: (transfer full) (nullable): "RSA private key, 2048 bits", or what is wrong with it;
 * never a part of it. %NULL for no key and for a shared secret
 */
char *
lanyard_key_text_describe (LanyardSecret *key, LanyardSecret *passphrase, LanyardKeyState *state);

G_END_DECLS
