/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * LanyardCredentials:
 *
 * Everything secret of one authorization, by name: what the person gave (`client_secret`,
 * `api_key`, `password`) and what the provider gave (`access_token`, `refresh_token`, `token_type`,
 * `id_token`), with the times that belong to a token (`expires_at`). Kept in the keyring as one
 * JSON object, so that all of it changes together. Reference-counted, not thread-safe.
 */
typedef struct _LanyardCredentials LanyardCredentials;

LanyardCredentials *lanyard_credentials_new (void);
LanyardCredentials *lanyard_credentials_copy (LanyardCredentials *self);
LanyardCredentials *lanyard_credentials_ref (LanyardCredentials *self);
void lanyard_credentials_unref (LanyardCredentials *self);

/**
 * lanyard_credentials_get:
 * @self: (nullable): credentials
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the secret of that name
 */
LanyardSecret *lanyard_credentials_get (LanyardCredentials *self, const char *name);

/**
 * lanyard_credentials_get_text:
 *
 * Returns: (transfer none) (nullable): the secret of that name as text, as long as @self is not
 * changed
 */
const char *lanyard_credentials_get_text (LanyardCredentials *self, const char *name);

/**
 * lanyard_credentials_set:
 * @name: a name other than `expires_at`
 * @value: (nullable): a secret, of which a reference is taken: UTF-8 without NUL; %NULL and an
 * empty one remove the name
 */
void lanyard_credentials_set (LanyardCredentials *self, const char *name, LanyardSecret *value);
void lanyard_credentials_set_text (LanyardCredentials *self, const char *name, const char *value);

/**
 * lanyard_credentials_get_expires_at:
 *
 * Returns: when the access token expires, in seconds since 1970; 0 when that is not known
 */
gint64 lanyard_credentials_get_expires_at (LanyardCredentials *self);
void lanyard_credentials_set_expires_at (LanyardCredentials *self, gint64 expires_at);

/**
 * lanyard_credentials_list_names:
 *
 * Returns: (transfer full): the names, sorted
 */
char **lanyard_credentials_list_names (LanyardCredentials *self);

/**
 * lanyard_credentials_get_rest:
 *
 * What a newer Lanyard wrote into the keyring item and this one does not know: a JSON object that
 * travels with the credentials, so that it is still there when the item is written again. For
 * lanyard_record_open() and lanyard_record_seal() only.
 *
 * Returns: (transfer none) (nullable): the text of the object
 */
LanyardSecret *lanyard_credentials_get_rest (LanyardCredentials *self);
void lanyard_credentials_set_rest (LanyardCredentials *self, LanyardSecret *rest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardCredentials, lanyard_credentials_unref)

G_END_DECLS
