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
 */
#define LANYARD_TYPE_KEYRING (lanyard_keyring_get_type ())
G_DECLARE_FINAL_TYPE (LanyardKeyring, lanyard_keyring, LANYARD, KEYRING, GObject)

LanyardSecretStore *lanyard_keyring_new (void);

G_END_DECLS
