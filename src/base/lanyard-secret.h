/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LanyardSecret:
 *
 * A secret text or key: immutable, reference-counted, in memory of its own that is locked against
 * swapping and left out of core dumps where the system allows it, and wiped when the last reference
 * goes. It is never a GObject property, a format argument or a command argument. Safe to share
 * between threads.
 */
typedef struct _LanyardSecret LanyardSecret;

#define LANYARD_TYPE_SECRET (lanyard_secret_get_type ())
GType lanyard_secret_get_type (void);

/**
 * lanyard_secret_new:
 * @text: a NUL-terminated text, which is copied; wiping the original is the caller's task
 *
 * Returns: (transfer full): a new secret
 */
LanyardSecret *lanyard_secret_new (const char *text);

/**
 * lanyard_secret_new_bytes:
 * @data: (array length=length): the bytes, which are copied; they may hold NUL
 * @length: how many bytes
 *
 * Returns: (transfer full): a new secret
 */
LanyardSecret *lanyard_secret_new_bytes (gconstpointer data, gsize length);

/**
 * lanyard_secret_new_take:
 * @text: (transfer full) (nullable): a text from g_malloc(), which is wiped and freed
 *
 * Returns: (transfer full) (nullable): a new secret, or %NULL for %NULL
 */
LanyardSecret *lanyard_secret_new_take (char *text);

LanyardSecret *lanyard_secret_ref (LanyardSecret *self);
void lanyard_secret_unref (LanyardSecret *self);

/**
 * lanyard_secret_get:
 * @self: a secret
 *
 * Returns: (transfer none): the bytes, followed by a NUL that does not count
 */
const char *lanyard_secret_get (LanyardSecret *self);

/**
 * lanyard_secret_get_length:
 * @self: a secret
 *
 * Returns: the length in bytes
 */
gsize lanyard_secret_get_length (LanyardSecret *self);

/**
 * lanyard_secret_equal:
 * @a: (nullable): a secret
 * @b: (nullable): a secret
 *
 * Returns: whether both are the same, compared in a time that does not depend on the bytes
 */
gboolean lanyard_secret_equal (LanyardSecret *a, LanyardSecret *b);

/**
 * lanyard_secret_wipe_string:
 * @text: (transfer full) (nullable): a text from g_malloc()
 *
 * Overwrites a text and frees it: for what a library handed out in ordinary memory.
 */
void lanyard_secret_wipe_string (char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardSecret, lanyard_secret_unref)

G_END_DECLS
