/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LanyardSecretStore:
 *
 * Where credentials are kept: one item per authorization, found by its id. Every method but
 * `prepare` is asynchronous, required, and fails with %LANYARD_ERROR_KEYRING_LOCKED when the
 * keyring is locked (reading and writing never ask the person by themselves: only `unlock` does),
 * %LANYARD_ERROR_KEYRING_ABSENT when no keyring answers, also when it does not answer within a
 * patience of 25 seconds (unlocking: 5 minutes), %G_IO_ERROR_CANCELLED, and %LANYARD_ERROR_FAILED
 * with the keyring's own words. `prepare` is optional.
 *
 * That only secrets go in here, and none anywhere else, is the task of the callers: whoever splits
 * what a person entered by #LanyardFieldKind into settings and credentials.
 */
#define LANYARD_TYPE_SECRET_STORE (lanyard_secret_store_get_type ())
G_DECLARE_INTERFACE (LanyardSecretStore, lanyard_secret_store, LANYARD, SECRET_STORE, GObject)

struct _LanyardSecretStoreInterface
{
  GTypeInterface parent_iface;

  void (*lookup_async) (LanyardSecretStore *self,
                        const char *id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  LanyardSecret *(*lookup_finish) (LanyardSecretStore *self, GAsyncResult *result, GError **error);
  void (*lookup_all_async) (LanyardSecretStore *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
  GPtrArray *(*lookup_all_finish) (LanyardSecretStore *self, GAsyncResult *result, GError **error);
  void (*store_async) (LanyardSecretStore *self,
                       const char *id,
                       const char *label,
                       LanyardSecret *secret,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  gboolean (*store_finish) (LanyardSecretStore *self, GAsyncResult *result, GError **error);
  void (*remove_async) (LanyardSecretStore *self,
                        const char *id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  gboolean (*remove_finish) (LanyardSecretStore *self, GAsyncResult *result, GError **error);
  void (*list_async) (LanyardSecretStore *self,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  char **(*list_finish) (LanyardSecretStore *self, GAsyncResult *result, GError **error);
  void (*unlock_async) (LanyardSecretStore *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  gboolean (*unlock_finish) (LanyardSecretStore *self, GAsyncResult *result, GError **error);
  void (*prepare) (LanyardSecretStore *self);
};

/**
 * lanyard_secret_store_prepare:
 *
 * Begins what the first call needs (a connection, the keys that protect secrets on their way),
 * while the caller does something else. A program that is going to read a secret soon calls it as
 * early as it can; one that may not need any does not call it. What goes wrong is told by the next
 * call.
 */
void lanyard_secret_store_prepare (LanyardSecretStore *self);

/**
 * lanyard_secret_store_lookup_finish:
 *
 * Returns: (transfer full) (nullable): the secret of the item; %NULL without an error when there is
 * no item
 */
void lanyard_secret_store_lookup_async (LanyardSecretStore *self,
                                        const char *id,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
LanyardSecret *
lanyard_secret_store_lookup_finish (LanyardSecretStore *self, GAsyncResult *result, GError **error);

/**
 * lanyard_secret_store_lookup_all_async:
 *
 * Reads all secrets at once. For many that takes a small part of the time of looking each of them
 * up; whose a secret is, it must say itself. One that cannot be read is left out: what is wrong
 * with it, looking it up tells.
 */
void lanyard_secret_store_lookup_all_async (LanyardSecretStore *self,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);

/**
 * lanyard_secret_store_lookup_all_finish:
 *
 * Returns: (transfer full) (element-type LanyardSecret): the secrets, in no order
 */
GPtrArray *lanyard_secret_store_lookup_all_finish (LanyardSecretStore *self,
                                                   GAsyncResult *result,
                                                   GError **error);

/**
 * lanyard_secret_store_store_async:
 * @label: what keyring programs call the item
 *
 * Writes an item, in place of the one that has the same id. An unchanged item (secret and label) is
 * not written.
 */
void lanyard_secret_store_store_async (LanyardSecretStore *self,
                                       const char *id,
                                       const char *label,
                                       LanyardSecret *secret,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
lanyard_secret_store_store_finish (LanyardSecretStore *self, GAsyncResult *result, GError **error);

/**
 * lanyard_secret_store_remove_async:
 *
 * Removes an item; one that is not there is no error.
 */
void lanyard_secret_store_remove_async (LanyardSecretStore *self,
                                        const char *id,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean
lanyard_secret_store_remove_finish (LanyardSecretStore *self, GAsyncResult *result, GError **error);

/**
 * lanyard_secret_store_list_async:
 *
 * Lists the ids of all items, also of locked ones, without reading a secret.
 */
void lanyard_secret_store_list_async (LanyardSecretStore *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
char **
lanyard_secret_store_list_finish (LanyardSecretStore *self, GAsyncResult *result, GError **error);

/**
 * lanyard_secret_store_unlock_async:
 *
 * Asks the person, through the keyring's own prompt, to unlock the keyring. A dismissed prompt is
 * %LANYARD_ERROR_KEYRING_LOCKED.
 */
void lanyard_secret_store_unlock_async (LanyardSecretStore *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean
lanyard_secret_store_unlock_finish (LanyardSecretStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
