/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a program that runs for longer remembers: credentials that it handed out, so that the next
 * one who asks is answered without the keyring; and failures, so that a provider that is down is
 * not asked by everybody again. */

#include "config.h"

#include "lanyard-manager-private.h"

#include "lanyard-error.h"

/* Each secret has a page of locked memory of its own, of which a process gets so many. */
#define MAX_REMEMBERED 64

/* In seconds. Who cannot go on without a new token tries again soon; a token that is still good for
 * a while is renewed ahead of its time, so this can wait longer each time. */
#define MIN_PAUSE 1
#define MAX_PAUSE 60

/* What renews a token is not what is handed out. */
static const char *const unneeded[] = { "refresh_token", "id_token" };

typedef struct
{
  GError *error;
  gint64 failed_at;
  guint n_failures;
} Failure;

/* The margin is looked up when it is needed for the first time: then a call that is answered from
 * memory reads no file of a provider. */
typedef struct
{
  LanyardCredentials *credentials;
  gint64 margin;
} Memory;

static void
memory_free (Memory *memory)
{
  lanyard_credentials_unref (memory->credentials);
  g_free (memory);
}

static void
failure_free (Failure *failure)
{
  g_error_free (failure->error);
  g_free (failure);
}

GHashTable *
lanyard_manager_new_failures (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)failure_free);
}

void
lanyard_manager_note_failure (LanyardManager *self, const char *id, const GError *error)
{
  Failure *failure = g_hash_table_lookup (self->failures, id);
  guint n_failures = failure != NULL ? failure->n_failures : 0;

  if (error == NULL || !lanyard_error_is_transient (error) || lanyard_error_is_cancelled (error))
    {
      g_hash_table_remove (self->failures, id);
      return;
    }

  failure = g_new0 (Failure, 1);
  failure->error = g_error_copy (error);
  failure->failed_at = g_get_monotonic_time ();
  failure->n_failures = n_failures + 1;
  g_hash_table_replace (self->failures, g_strdup (id), failure);
}

gboolean
lanyard_manager_check_failure (LanyardManager *self,
                               const char *id,
                               gboolean is_urgent,
                               GError **error)
{
  Failure *failure = g_hash_table_lookup (self->failures, id);
  gint64 pause = MIN_PAUSE;

  if (failure == NULL)
    return TRUE;

  if (!is_urgent)
    pause = MIN (MIN_PAUSE << MIN (failure->n_failures, 10), MAX_PAUSE);
  if (g_get_monotonic_time () - failure->failed_at >= pause * G_USEC_PER_SEC)
    return TRUE;

  g_propagate_error (error, g_error_copy (failure->error));
  return FALSE;
}

void
lanyard_manager_remember (LanyardManager *self,
                          const char *id,
                          guint generation,
                          LanyardCredentials *credentials)
{
  g_autoptr (LanyardCredentials) copy = NULL;
  Memory *memory;

  if (self->memory == NULL || generation != self->generation)
    return;

  copy = lanyard_credentials_copy (credentials);
  for (gsize i = 0; i < G_N_ELEMENTS (unneeded); i++)
    lanyard_credentials_set (copy, unneeded[i], NULL);
  lanyard_credentials_set_rest (copy, NULL);

  /* Whoever uses so many at once reads some of them from the keyring again. */
  if (g_hash_table_size (self->memory) >= MAX_REMEMBERED)
    g_hash_table_remove_all (self->memory);
  memory = g_new0 (Memory, 1);
  memory->credentials = g_steal_pointer (&copy);
  memory->margin = -1;
  g_hash_table_replace (self->memory, g_strdup (id), memory);
}

void
lanyard_manager_forget (LanyardManager *self, const char *id)
{
  /* What is on its way from the keyring may be older than what made somebody call this. */
  self->generation++;
  if (self->memory == NULL)
    return;

  if (id != NULL)
    g_hash_table_remove (self->memory, id);
  else
    g_hash_table_remove_all (self->memory);
}

void
lanyard_manager_keep_credentials (LanyardManager *self)
{
  g_return_if_fail (LANYARD_IS_MANAGER (self));

  if (self->memory == NULL)
    self->memory =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)memory_free);
}

LanyardCredentials *
lanyard_manager_recall_credentials (LanyardManager *self,
                                    LanyardAuthorization *authorization,
                                    guint min_valid)
{
  Memory *memory = NULL;

  g_return_val_if_fail (LANYARD_IS_MANAGER (self), NULL);
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (authorization), NULL);

  if (self->memory != NULL)
    memory = g_hash_table_lookup (self->memory, lanyard_authorization_get_id (authorization));
  if (memory == NULL || !lanyard_manager_check_row (authorization, NULL))
    return NULL;

  if (memory->margin < 0)
    memory->margin = lanyard_manager_get_margin (self, authorization);
  if (!lanyard_manager_is_fresh (authorization, memory->credentials, min_valid, memory->margin))
    return NULL;

  return lanyard_credentials_ref (memory->credentials);
}
