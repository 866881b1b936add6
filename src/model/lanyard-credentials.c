/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-credentials.h"

#include <string.h>

struct _LanyardCredentials
{
  grefcount ref_count;

  /* Owned */
  GHashTable *secrets;
  LanyardSecret *rest;

  gint64 expires_at;
};

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
is_text (LanyardSecret *value)
{
  return g_utf8_validate_len (lanyard_secret_get (value), lanyard_secret_get_length (value), NULL);
}

LanyardCredentials *
lanyard_credentials_new (void)
{
  LanyardCredentials *self = g_new0 (LanyardCredentials, 1);

  g_ref_count_init (&self->ref_count);
  self->secrets =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)lanyard_secret_unref);

  return self;
}

LanyardCredentials *
lanyard_credentials_copy (LanyardCredentials *self)
{
  LanyardCredentials *copy;
  GHashTableIter iter;
  gpointer name, value;

  g_return_val_if_fail (self != NULL, NULL);

  copy = lanyard_credentials_new ();
  copy->expires_at = self->expires_at;
  lanyard_credentials_set_rest (copy, self->rest);
  g_hash_table_iter_init (&iter, self->secrets);
  while (g_hash_table_iter_next (&iter, &name, &value))
    lanyard_credentials_set (copy, name, value);

  return copy;
}

LanyardCredentials *
lanyard_credentials_ref (LanyardCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_ref_count_inc (&self->ref_count);

  return self;
}

void
lanyard_credentials_unref (LanyardCredentials *self)
{
  g_return_if_fail (self != NULL);

  if (!g_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->secrets);
  g_clear_pointer (&self->rest, lanyard_secret_unref);
  g_free (self);
}

LanyardSecret *
lanyard_credentials_get (LanyardCredentials *self, const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  return self != NULL ? g_hash_table_lookup (self->secrets, name) : NULL;
}

const char *
lanyard_credentials_get_text (LanyardCredentials *self, const char *name)
{
  LanyardSecret *secret = lanyard_credentials_get (self, name);

  return secret != NULL ? lanyard_secret_get (secret) : NULL;
}

void
lanyard_credentials_set (LanyardCredentials *self, const char *name, LanyardSecret *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL && *name != '\0');
  g_return_if_fail (strcmp (name, "expires_at") != 0);
  g_return_if_fail (value == NULL || is_text (value));

  if (value == NULL || lanyard_secret_get_length (value) == 0)
    g_hash_table_remove (self->secrets, name);
  else
    g_hash_table_replace (self->secrets, g_strdup (name), lanyard_secret_ref (value));
}

void
lanyard_credentials_set_text (LanyardCredentials *self, const char *name, const char *value)
{
  g_autoptr (LanyardSecret) secret = value != NULL ? lanyard_secret_new (value) : NULL;

  lanyard_credentials_set (self, name, secret);
}

gint64
lanyard_credentials_get_expires_at (LanyardCredentials *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->expires_at;
}

void
lanyard_credentials_set_expires_at (LanyardCredentials *self, gint64 expires_at)
{
  g_return_if_fail (self != NULL);

  self->expires_at = MAX (expires_at, 0);
}

char **
lanyard_credentials_list_names (LanyardCredentials *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name;

  g_return_val_if_fail (self != NULL, NULL);

  g_hash_table_iter_init (&iter, self->secrets);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return (char **)g_ptr_array_steal (names, NULL);
}

LanyardSecret *
lanyard_credentials_get_rest (LanyardCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rest;
}

void
lanyard_credentials_set_rest (LanyardCredentials *self, LanyardSecret *rest)
{
  g_return_if_fail (self != NULL);

  if (rest != NULL)
    lanyard_secret_ref (rest);
  g_clear_pointer (&self->rest, lanyard_secret_unref);
  self->rest = rest;
}
