/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-manager-private.h"

#include "lanyard-discovery.h"
#include "lanyard-error.h"

typedef struct
{
  LanyardAuthContext *context;
  char *issuer;
} Discover;

static void
discover_free (Discover *discover)
{
  lanyard_auth_context_unref (discover->context);
  g_free (discover->issuer);
  g_free (discover);
}

static void
return_context (GTask *task, LanyardServerMetadata *metadata)
{
  Discover *discover = g_task_get_task_data (task);

  g_task_return_pointer (task, lanyard_auth_context_with_metadata (discover->context, metadata),
                         (GDestroyNotify)lanyard_auth_context_unref);
}

/* What the server said before serves as long as it says nothing. */
static gboolean
is_silence (const GError *error)
{
  return g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK) ||
         g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE);
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardManager *self = g_task_get_source_object (task);
  Discover *discover = g_task_get_task_data (task);
  LanyardServerMetadata *metadata;
  g_autoptr (GError) error = NULL;
  LanyardOutcome *outcome = lanyard_runner_run_finish (result, &error);

  if (outcome != NULL)
    {
      lanyard_outcome_free (outcome);
      metadata = lanyard_discovery_get_metadata (LANYARD_DISCOVERY (source));
      lanyard_issuer_cache_add (self->issuers, metadata, lanyard_manager_get_now ());
      return_context (task, metadata);
      return;
    }

  metadata =
    lanyard_issuer_cache_lookup (self->issuers, discover->issuer, lanyard_manager_get_now (), NULL);
  if (metadata != NULL && is_silence (error))
    return_context (task, metadata);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

LanyardAuthContext *
lanyard_manager_fill_in (LanyardManager *self, LanyardAuthContext *context)
{
  g_autofree char *issuer = lanyard_discovery_dup_issuer (context);
  LanyardServerMetadata *metadata =
    issuer != NULL
      ? lanyard_issuer_cache_lookup (self->issuers, issuer, lanyard_manager_get_now (), NULL)
      : NULL;

  return metadata != NULL ? lanyard_auth_context_with_metadata (context, metadata)
                          : lanyard_auth_context_ref (context);
}

void
lanyard_manager_discover_async (LanyardManager *self,
                                LanyardAuthContext *context,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (LanyardDiscovery) discovery = NULL;
  LanyardServerMetadata *metadata;
  GError *error = NULL;
  gboolean is_fresh;
  Discover *discover;

  g_return_if_fail (LANYARD_IS_MANAGER (self));
  g_return_if_fail (context != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  discover = g_new0 (Discover, 1);
  g_task_set_source_tag (task, lanyard_manager_discover_async);
  g_task_set_task_data (task, discover, (GDestroyNotify)discover_free);
  discover->context = lanyard_auth_context_ref (context);
  discover->issuer = lanyard_discovery_dup_issuer (context);
  if (discover->issuer == NULL)
    {
      g_task_return_pointer (task, lanyard_auth_context_ref (context),
                             (GDestroyNotify)lanyard_auth_context_unref);
      return;
    }

  metadata = lanyard_issuer_cache_lookup (self->issuers, discover->issuer,
                                          lanyard_manager_get_now (), &is_fresh);
  if (is_fresh)
    {
      return_context (task, metadata);
      return;
    }

  discovery = lanyard_discovery_new (discover->issuer, &error);
  if (discovery == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  lanyard_runner_run_async (LANYARD_FLOW (discovery), lanyard_manager_get_transport, self, NULL,
                            NULL,
                            lanyard_provider_get_name (lanyard_auth_context_get_provider (context)),
                            cancellable, ran_cb, g_steal_pointer (&task));
}

LanyardAuthContext *
lanyard_manager_discover_finish (LanyardManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
