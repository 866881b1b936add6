/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-libsecret.h"

G_BEGIN_DECLS

/**
 * LanyardOpenKeyring:
 * @service: (nullable): the Secret Service, with a session in which secrets can travel; or
 * @file: (nullable): libsecret's file
 *
 * A keyring that can be used.
 */
typedef struct
{
  SecretService *service;
  SecretBackend *file;
} LanyardOpenKeyring;

void lanyard_open_keyring_free (LanyardOpenKeyring *self);

/**
 * lanyard_open_keyring_async:
 * @is_file_stale: whether another program has written the file that was opened before
 *
 * Finds out which keyring there is, and opens it. It happens in a thread: the exchange of keys with
 * the Secret Service takes some milliseconds of computing, and asking the portals may take more;
 * meanwhile the caller can do something else. What goes wrong is an error of D-Bus, of libsecret,
 * %LANYARD_ERROR_KEYRING_LOCKED, or %G_IO_ERROR_CANCELLED.
 */
void lanyard_open_keyring_async (gboolean is_file_stale,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
LanyardOpenKeyring *lanyard_open_keyring_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardOpenKeyring, lanyard_open_keyring_free)

G_END_DECLS
