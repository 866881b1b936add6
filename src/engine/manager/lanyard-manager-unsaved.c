/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a provider gave and the keyring did not take: somebody locked it while the request was under
 * way. A rotated refresh token is the only one that is good, so it waits here for the next time. */

#include "config.h"

#include "lanyard-manager-private.h"

typedef struct
{
  LanyardCredentials *base;
  LanyardOutcome *outcome;
} Unsaved;

static void
unsaved_free (Unsaved *unsaved)
{
  lanyard_credentials_unref (unsaved->base);
  lanyard_outcome_free (unsaved->outcome);
  g_free (unsaved);
}

static gboolean
has_same (LanyardCredentials *a, LanyardCredentials *b, const char *name)
{
  return lanyard_secret_equal (lanyard_credentials_get (a, name),
                               lanyard_credentials_get (b, name));
}

GHashTable *
lanyard_manager_new_unsaved (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)unsaved_free);
}

void
lanyard_manager_keep_unsaved (LanyardManager *self,
                              const char *id,
                              LanyardCredentials *base,
                              const LanyardOutcome *outcome)
{
  Unsaved *unsaved = g_new0 (Unsaved, 1);

  unsaved->base = lanyard_credentials_copy (base);
  unsaved->outcome = lanyard_outcome_copy (outcome);
  g_hash_table_replace (self->unsaved, g_strdup (id), unsaved);
}

LanyardOutcome *
lanyard_manager_take_unsaved (LanyardManager *self,
                              const char *id,
                              LanyardAuthContext *context,
                              LanyardCredentials *stored)
{
  Unsaved *unsaved = g_hash_table_lookup (self->unsaved, id);
  LanyardOutcome *outcome = NULL;

  if (unsaved == NULL)
    return NULL;

  if (has_same (unsaved->base, stored, "access_token") &&
      has_same (unsaved->base, stored, "refresh_token"))
    {
      outcome = lanyard_outcome_copy (unsaved->outcome);
      lanyard_credentials_unref (outcome->credentials);
      outcome->credentials =
        lanyard_manager_merge_entered (context, unsaved->outcome->credentials, stored);
    }
  g_hash_table_remove (self->unsaved, id);
  return outcome;
}

void
lanyard_manager_save_unsaved (LanyardManager *self)
{
  g_autofree char **ids = (char **)g_hash_table_get_keys_as_array (self->unsaved, NULL);
  g_auto (GStrv) copies = g_strdupv (ids);

  for (char **id = copies; *id != NULL; id++)
    lanyard_manager_renew_async (self, *id, NULL, NULL, NULL, NULL);
}

char **
lanyard_manager_dup_unsaved_names (LanyardManager *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GHashTableIter iter;
  const char *id;

  g_return_val_if_fail (LANYARD_IS_MANAGER (self), NULL);

  g_hash_table_iter_init (&iter, self->unsaved);
  while (g_hash_table_iter_next (&iter, (gpointer *)&id, NULL))
    {
      g_autoptr (LanyardAuthorization) row = lanyard_database_load (self->database, id, NULL);

      g_strv_builder_add (names, row != NULL ? lanyard_authorization_get_name (row) : id);
    }
  return g_strv_builder_end (names);
}
