/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret-store.h"

G_BEGIN_DECLS

#define ID "6f1b9c1e-3c5d-4a8e-9d57-0c6f6e0b7a11"
#define OTHER_ID "a2d4c6e8-1b3d-4f5a-8c7e-9f0b1d2c3e4f"

/* The methods of a store, called and waited for. The texts are to be freed. */
char *lookup (LanyardSecretStore *store, const char *id, GError **error);
gboolean store_text (LanyardSecretStore *store,
                     const char *id,
                     const char *label,
                     const char *text,
                     GError **error);
gboolean remove_item (LanyardSecretStore *store, const char *id, GError **error);
char **list_ids (LanyardSecretStore *store, GError **error);

/* All secrets, in their own order, as one line. */
char *lookup_all (LanyardSecretStore *store, GError **error);
gboolean unlock (LanyardSecretStore *store, GError **error);

/**
 * make_keyring:
 * @patience: in milliseconds, for everything
 *
 * Returns: (transfer full): a #LanyardKeyring
 */
LanyardSecretStore *make_keyring (guint patience);

/**
 * assert_holds:
 *
 * Checks what the store holds under an id; %NULL is nothing.
 */
void assert_holds (LanyardSecretStore *store, const char *id, const char *text);

/**
 * assert_error_is:
 *
 * Checks an error of ours, that it says what to do, and frees it.
 */
void assert_error_is (GError **error, int code);

/**
 * assert_all_fail:
 *
 * Checks that each method fails with a code, except unlocking.
 */
void assert_all_fail (LanyardSecretStore *store, int code);

/**
 * call_service:
 * @parameters: (nullable): a floating reference is taken
 *
 * Calls a method of the Secret Service as any program could.
 *
 * Returns: (transfer full): the answer
 */
GVariant *
call_service (const char *path, const char *interface, const char *method, GVariant *parameters);

/**
 * Spy:
 *
 * Sees all that goes over the bus.
 */
typedef struct _Spy Spy;

Spy *spy_new (void);
void spy_free (Spy *self);

/**
 * spy_count:
 * @interface: (nullable): an interface, or %NULL for any
 *
 * Returns: how often a method was called; calls of GDBus and libsecret by themselves, too
 */
guint spy_count (Spy *self, const char *interface, const char *method);
void spy_reset (Spy *self);

/**
 * spy_has_seen:
 *
 * Returns: whether a text went over the bus as it is
 */
gboolean spy_has_seen (Spy *self, const char *text);

/**
 * spy_print:
 *
 * Says in the test's log what was called.
 */
void spy_print (Spy *self, const char *title);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Spy, spy_free)

G_END_DECLS
