/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a draft is filled in from the address of an issuer. */

#include "config.h"

#include "lanyard-draft-private.h"

#include "lanyard-server-metadata.h"

/* The provider whose addresses are all entered, here by the issuer. */
#define CUSTOM "custom-oauth2"

/* What an issuer says of itself that there is a field for, by the same name. */
static const char *const NAMES[] = {
  "authorization_endpoint", "token_endpoint",    "device_authorization_endpoint",
  "revocation_endpoint",    "userinfo_endpoint", "introspection_endpoint",
};

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
  g_autoptr (LanyardAuthContext) context = NULL;
  LanyardServerMetadata *metadata;
  GError *error = NULL;

  context = lanyard_manager_discover_finish (LANYARD_MANAGER (source), result, &error);
  if (context == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  metadata = lanyard_auth_context_get_metadata (context);
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    fill_in (self, NAMES[i], lanyard_server_metadata_get_string (metadata, NAMES[i]));
  fill_in (self, "token_endpoint_auth_method",
           lanyard_server_metadata_choose_auth_method (metadata));
  lanyard_draft_emit_form_changed (self);
  g_task_return_boolean (task, TRUE);
}

/* The issuer alone, so that it is asked whatever was entered before. */
static LanyardAuthContext *
make_context (LanyardDraft *self, const char *issuer, GError **error)
{
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (NULL);

  if (!lanyard_server_metadata_check_issuer (issuer, error))
    return NULL;

  lanyard_authorization_set_provider_id (authorization, CUSTOM);
  lanyard_authorization_set_type_id (authorization, "oauth2");
  lanyard_authorization_set_setting (authorization, "issuer", issuer);
  return lanyard_manager_dup_context (self->manager, authorization, NULL, error);
}

void
lanyard_draft_discover_async (LanyardDraft *self,
                              const char *issuer,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (LanyardAuthContext) context = NULL;
  GError *error = NULL;

  g_return_if_fail (LANYARD_IS_DRAFT (self));
  g_return_if_fail (issuer != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_draft_discover_async);
  context = make_context (self, issuer, &error);
  if (context == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* The address stays when the issuer cannot be asked: that can be done later. */
  lanyard_draft_choose_provider (self, lanyard_auth_context_get_provider (context));
  lanyard_authorization_set_setting (self->authorization, "issuer", issuer);
  lanyard_draft_emit_form_changed (self);
  lanyard_manager_discover_async (self->manager, context, cancellable, discovered_cb,
                                  g_object_ref (task));
}

gboolean
lanyard_draft_discover_finish (LanyardDraft *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
