/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret-store.h"

G_BEGIN_DECLS

/**
 * LanyardKeyring:
 *
 * The desktop's keyring, through libsecret: the Secret Service, or in a sandbox the file that the
 * Secret portal protects. Items have the schema `io.github.lanyard.Authorization` and the attribute
 * `id`. Survives a restart of the keyring daemon.
 *
 * Whether the keyring is locked is found out before anything is asked for that could prompt. Where
 * nothing is found in a locked keyring, that is %LANYARD_ERROR_KEYRING_LOCKED and not "no item",
 * also when listing: some services hide what they hold, or its ids, while they are locked. A
 * service that makes and removes items only by a prompt although its keyring is not locked
 * (KeePassXC) gets its prompt; changing an item, as renewing a token does, never needs one. Where
 * there is no keyring yet, storing fails as if it were locked, and unlocking lets the person create
 * one. In a sandbox the portal may ask by itself when the file is opened.
 *
 * Secrets travel encrypted, so that they are not in the memory of the bus, nor in ours but where
 * they are locked. The exchange of keys that this takes happens in a thread, once for an object.
 *
 * Properties, write and construct only, for tests: `patience`, `unlock-patience`, in milliseconds.
 */
#define LANYARD_TYPE_KEYRING (lanyard_keyring_get_type ())
G_DECLARE_FINAL_TYPE (LanyardKeyring, lanyard_keyring, LANYARD, KEYRING, GObject)

/**
 * lanyard_keyring_new:
 *
 * Connects to nothing yet: the first call does, or lanyard_secret_store_prepare().
 *
 * Returns: (transfer full): the keyring
 */
LanyardSecretStore *lanyard_keyring_new (void);

G_END_DECLS
