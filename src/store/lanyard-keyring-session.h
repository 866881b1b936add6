/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LanyardKeyringSession:
 *
 * A session with the Secret Service, in which secrets travel encrypted. Immutable, so that a thread
 * can open it for another.
 *
 * It takes the place of a #SecretService of libsecret, which exchanges the keys ten times as slowly
 * and makes three more calls before the first useful one: for the owner of the name, the properties
 * of the service, and a match for its signals.
 */
#define LANYARD_TYPE_KEYRING_SESSION (lanyard_keyring_session_get_type ())
G_DECLARE_FINAL_TYPE (LanyardKeyringSession,
                      lanyard_keyring_session,
                      LANYARD,
                      KEYRING_SESSION,
                      GObject)

/**
 * lanyard_keyring_session_open:
 * @error: return location for an error of D-Bus, or %LANYARD_ERROR_FAILED for an answer that makes
 * no sense
 *
 * Opens a session; blocks. A service that knows no encryption gets secrets as they are, as from
 * libsecret: the bus is private to the person, and there is no other way.
 *
 * Returns: (transfer full): the session
 */
LanyardKeyringSession *lanyard_keyring_session_open (GCancellable *cancellable, GError **error);

/**
 * lanyard_keyring_session_get_connection:
 *
 * Returns: (transfer none): the connection on which the session is good
 */
GDBusConnection *lanyard_keyring_session_get_connection (LanyardKeyringSession *self);

/**
 * lanyard_keyring_session_get_path:
 *
 * Returns: its object, for calls that hand out secrets
 */
const char *lanyard_keyring_session_get_path (LanyardKeyringSession *self);

/**
 * lanyard_keyring_session_encode:
 *
 * Returns: (transfer floating): @secret as the service takes it, an `(oayays)`
 */
GVariant *lanyard_keyring_session_encode (LanyardKeyringSession *self,
                                          LanyardSecret *secret,
                                          const char *content_type);

/**
 * lanyard_keyring_session_decode:
 * @encoded: an `(oayays)` from the service
 *
 * Returns: (transfer full) (nullable): the secret, %NULL if it is not one of this session
 */
LanyardSecret *lanyard_keyring_session_decode (LanyardKeyringSession *self, GVariant *encoded);

G_END_DECLS
