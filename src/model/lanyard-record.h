/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-authorization.h"
#include "lanyard-credentials.h"

G_BEGIN_DECLS

/**
 * lanyard_record_seal:
 * @authorization: what may be seen
 * @credentials: what may not
 *
 * Makes the text of the keyring item: one JSON object `{"version": 1, "authorization": {…},
 * "credentials": {…}}`. It holds what may be seen too, so that an item whose row was never written
 * (a crash between the two) can be restored. What lanyard_record_open() did not know is in it
 * again.
 *
 * Returns: (transfer full): the text
 */
LanyardSecret *lanyard_record_seal (LanyardAuthorization *authorization,
                                    LanyardCredentials *credentials);

/**
 * lanyard_record_open:
 * @secret: the text of a keyring item
 * @authorization: (out) (optional) (transfer full): what may be seen
 * @error: return location for %LANYARD_ERROR_INVALID (a broken item), %LANYARD_ERROR_STORAGE_NEWER
 *
 * Without @authorization, a part that may be seen and is damaged is passed over: the tokens beside
 * it still work. Members that this version does not know are kept with the credentials.
 *
 * Returns: (transfer full): the credentials, or %NULL
 */
LanyardCredentials *
lanyard_record_open (LanyardSecret *secret, LanyardAuthorization **authorization, GError **error);

G_END_DECLS
