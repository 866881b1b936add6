/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a draft is filled in from the address of an issuer. */

#include "config.h"

#include "lanyard-draft-private.h"

#include "lanyard-discovery.h"
#include "lanyard-modules.h"
#include "lanyard-runner.h"
#include "lanyard-server-metadata.h"

/* The provider whose addresses are all entered, here by the issuer. */
#define CUSTOM "custom-oauth2"

/* What an issuer says of itself that there is a field for, by the same name. */
static const char *const NAMES[] = {
  "authorization_endpoint", "token_endpoint",    "device_authorization_endpoint",
  "revocation_endpoint",    "userinfo_endpoint", "introspection_endpoint",
};

static LanyardTransport *
get_transport (gpointer user_data, GError **error)
{
  GTask *task = user_data;
  LanyardTransport *transport = g_object_get_data (G_OBJECT (task), "lanyard-transport");
  GType type;

  if (transport != NULL)
    return transport;

  type = lanyard_modules_get_type ("net", "lanyard_soup_transport_get_type", error);
  if (type == G_TYPE_INVALID)
    return NULL;

  transport = g_object_new (type, NULL);
  g_object_set_data_full (G_OBJECT (task), "lanyard-transport", transport, g_object_unref);
  return transport;
}

static void
fill_in (LanyardDraft *self, const char *name, const char *value)
{
  if (value != NULL && lanyard_auth_type_find_field (lanyard_draft_get_auth_type (self),
                                                     self->provider, name) != NULL)
    lanyard_authorization_set_setting (self->authorization, name, value);
}

static void
discovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardDraft *self = g_task_get_source_object (task);
  LanyardServerMetadata *metadata;
  g_autoptr (LanyardOutcome) outcome = NULL;
  GError *error = NULL;

  outcome = lanyard_runner_run_finish (result, &error);
  if (outcome == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  metadata = lanyard_discovery_get_metadata (g_task_get_task_data (task));
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    fill_in (self, NAMES[i], lanyard_server_metadata_get_string (metadata, NAMES[i]));
  fill_in (self, "token_endpoint_auth_method",
           lanyard_server_metadata_choose_auth_method (metadata));
  lanyard_draft_emit_form_changed (self);
  g_task_return_boolean (task, TRUE);
}

void
lanyard_draft_discover_async (LanyardDraft *self,
                              const char *issuer,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (LanyardDiscovery) discovery = NULL;
  LanyardProvider *custom;
  GError *error = NULL;

  g_return_if_fail (LANYARD_IS_DRAFT (self));
  g_return_if_fail (issuer != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_draft_discover_async);
  discovery = lanyard_discovery_new (issuer, &error);
  custom =
    discovery != NULL
      ? lanyard_catalogue_lookup (lanyard_manager_get_catalogue (self->manager), CUSTOM, &error)
      : NULL;
  if (custom == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* The address stays when the issuer cannot be asked: that can be done later. */
  lanyard_draft_choose_provider (self, custom);
  lanyard_authorization_set_setting (self->authorization, "issuer", issuer);
  lanyard_draft_emit_form_changed (self);
  g_task_set_task_data (task, g_object_ref (discovery), g_object_unref);
  lanyard_runner_run_async (LANYARD_FLOW (discovery), get_transport, task, NULL, NULL, NULL,
                            cancellable, discovered_cb, g_object_ref (task));
}

gboolean
lanyard_draft_discover_finish (LanyardDraft *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
