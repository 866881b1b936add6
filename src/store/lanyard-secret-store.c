/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-secret-store.h"

G_DEFINE_INTERFACE (LanyardSecretStore, lanyard_secret_store, G_TYPE_OBJECT)

static gboolean
is_id (const char *id)
{
  return id != NULL && *id != '\0' && g_utf8_validate (id, -1, NULL);
}

static void
lanyard_secret_store_default_init (LanyardSecretStoreInterface *iface)
{
}

void
lanyard_secret_store_prepare (LanyardSecretStore *self)
{
  LanyardSecretStoreInterface *iface;

  g_return_if_fail (LANYARD_IS_SECRET_STORE (self));

  iface = LANYARD_SECRET_STORE_GET_IFACE (self);
  if (iface->prepare != NULL)
    iface->prepare (self);
}

void
lanyard_secret_store_lookup_async (LanyardSecretStore *self,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_SECRET_STORE (self));
  g_return_if_fail (is_id (id));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  LANYARD_SECRET_STORE_GET_IFACE (self)->lookup_async (self, id, cancellable, callback, user_data);
}

LanyardSecret *
lanyard_secret_store_lookup_finish (LanyardSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_SECRET_STORE (self), NULL);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return LANYARD_SECRET_STORE_GET_IFACE (self)->lookup_finish (self, result, error);
}

void
lanyard_secret_store_lookup_all_async (LanyardSecretStore *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_SECRET_STORE (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  LANYARD_SECRET_STORE_GET_IFACE (self)->lookup_all_async (self, cancellable, callback, user_data);
}

GPtrArray *
lanyard_secret_store_lookup_all_finish (LanyardSecretStore *self,
                                        GAsyncResult *result,
                                        GError **error)
{
  g_return_val_if_fail (LANYARD_IS_SECRET_STORE (self), NULL);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return LANYARD_SECRET_STORE_GET_IFACE (self)->lookup_all_finish (self, result, error);
}

void
lanyard_secret_store_store_async (LanyardSecretStore *self,
                                  const char *id,
                                  const char *label,
                                  LanyardSecret *secret,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_SECRET_STORE (self));
  g_return_if_fail (is_id (id));
  g_return_if_fail (label != NULL && g_utf8_validate (label, -1, NULL));
  g_return_if_fail (secret != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  LANYARD_SECRET_STORE_GET_IFACE (self)->store_async (self, id, label, secret, cancellable,
                                                      callback, user_data);
}

gboolean
lanyard_secret_store_store_finish (LanyardSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_SECRET_STORE (self), FALSE);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return LANYARD_SECRET_STORE_GET_IFACE (self)->store_finish (self, result, error);
}

void
lanyard_secret_store_remove_async (LanyardSecretStore *self,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_SECRET_STORE (self));
  g_return_if_fail (is_id (id));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  LANYARD_SECRET_STORE_GET_IFACE (self)->remove_async (self, id, cancellable, callback, user_data);
}

gboolean
lanyard_secret_store_remove_finish (LanyardSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_SECRET_STORE (self), FALSE);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return LANYARD_SECRET_STORE_GET_IFACE (self)->remove_finish (self, result, error);
}

void
lanyard_secret_store_list_async (LanyardSecretStore *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_SECRET_STORE (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  LANYARD_SECRET_STORE_GET_IFACE (self)->list_async (self, cancellable, callback, user_data);
}

char **
lanyard_secret_store_list_finish (LanyardSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_SECRET_STORE (self), NULL);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return LANYARD_SECRET_STORE_GET_IFACE (self)->list_finish (self, result, error);
}

void
lanyard_secret_store_unlock_async (LanyardSecretStore *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_SECRET_STORE (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  LANYARD_SECRET_STORE_GET_IFACE (self)->unlock_async (self, cancellable, callback, user_data);
}

gboolean
lanyard_secret_store_unlock_finish (LanyardSecretStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_SECRET_STORE (self), FALSE);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return LANYARD_SECRET_STORE_GET_IFACE (self)->unlock_finish (self, result, error);
}
