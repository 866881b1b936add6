/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a draft asks for: connectors and scopes; and what the person is asked about it. */

#include "config.h"

#include "lanyard-draft-private.h"

#include "lanyard-uri.h"

#define HTTP "http://"

static char **
insert (const char *const *list, const char *item, int position)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean done = FALSE;

  for (int i = 0; list[i] != NULL; i++)
    {
      if (i == position)
        {
          g_strv_builder_add (builder, item);
          done = TRUE;
        }
      g_strv_builder_add (builder, list[i]);
    }
  if (!done)
    g_strv_builder_add (builder, item);

  return g_strv_builder_end (builder);
}

static char **
take_out (const char *const *list, const char *item, int *position)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  *position = -1;
  for (int i = 0; list[i] != NULL; i++)
    {
      if (g_str_equal (list[i], item))
        *position = i;
      else
        g_strv_builder_add (builder, list[i]);
    }

  return g_strv_builder_end (builder);
}

gboolean
lanyard_draft_uses_scopes (LanyardDraft *self)
{
  g_autoptr (LanyardAuthContext) context = NULL;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), FALSE);

  context =
    lanyard_manager_dup_context (self->manager, self->authorization, self->credentials, NULL);

  return context != NULL &&
         lanyard_auth_type_uses_scopes (lanyard_draft_get_auth_type (self), context);
}

char **
lanyard_draft_dup_scopes (LanyardDraft *self)
{
  LanyardMethod *method;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), NULL);

  method = lanyard_draft_get_method (self);
  if (method == NULL)
    return g_strdupv ((char **)lanyard_authorization_get_scopes (self->authorization));

  return lanyard_provider_collect_scopes (
    self->provider, method, lanyard_authorization_get_connectors (self->authorization),
    lanyard_authorization_get_scopes (self->authorization));
}

void
lanyard_draft_add_connector (LanyardDraft *self, const char *id, int position)
{
  const char *const *old;
  g_auto (GStrv) connectors = NULL;

  g_return_if_fail (LANYARD_IS_DRAFT (self));
  g_return_if_fail (id != NULL);

  old = lanyard_authorization_get_connectors (self->authorization);
  if (g_strv_contains (old, id))
    return;

  connectors = insert (old, id, position);
  lanyard_authorization_set_connectors (self->authorization, (const char *const *)connectors);
  lanyard_draft_emit_changed (self);
}

int
lanyard_draft_remove_connector (LanyardDraft *self, const char *id)
{
  g_auto (GStrv) connectors = NULL;
  int position;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), -1);
  g_return_val_if_fail (id != NULL, -1);

  connectors = take_out (lanyard_authorization_get_connectors (self->authorization), id, &position);
  if (position < 0)
    return -1;

  lanyard_authorization_set_connectors (self->authorization, (const char *const *)connectors);
  lanyard_draft_emit_changed (self);
  return position;
}

void
lanyard_draft_add_scope (LanyardDraft *self, const char *name, int position)
{
  const char *const *old;
  g_auto (GStrv) scopes = NULL;

  g_return_if_fail (LANYARD_IS_DRAFT (self));
  g_return_if_fail (name != NULL);

  old = lanyard_authorization_get_scopes (self->authorization);
  if (g_strv_contains (old, name))
    return;

  scopes = insert (old, name, position);
  lanyard_authorization_set_scopes (self->authorization, (const char *const *)scopes);
  lanyard_draft_emit_changed (self);
}

int
lanyard_draft_remove_scope (LanyardDraft *self, const char *name)
{
  g_auto (GStrv) scopes = NULL;
  int position;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), -1);
  g_return_val_if_fail (name != NULL, -1);

  scopes = take_out (lanyard_authorization_get_scopes (self->authorization), name, &position);
  if (position < 0)
    return -1;

  lanyard_authorization_set_scopes (self->authorization, (const char *const *)scopes);
  lanyard_draft_emit_changed (self);
  return position;
}

gboolean
lanyard_draft_is_unencrypted (LanyardDraft *self)
{
  LanyardAuthType *type;
  const char *base_url;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), FALSE);

  type = lanyard_draft_get_auth_type (self);
  base_url = lanyard_authorization_get_setting (self->authorization, "base_url");

  return type != NULL && base_url != NULL && g_str_has_prefix (base_url, HTTP) &&
         !lanyard_uri_is_loopback (base_url) &&
         lanyard_auth_type_find_field (type, self->provider, "allow_http") != NULL &&
         g_strcmp0 (lanyard_authorization_get_setting (self->authorization, "allow_http"), "yes") !=
           0;
}

void
lanyard_draft_choose_encryption (LanyardDraft *self, gboolean encrypt)
{
  g_autofree char *base_url = NULL;

  g_return_if_fail (LANYARD_IS_DRAFT (self));
  g_return_if_fail (lanyard_draft_is_unencrypted (self));

  if (encrypt)
    {
      base_url = g_strconcat (
        "https://",
        lanyard_authorization_get_setting (self->authorization, "base_url") + strlen (HTTP), NULL);
      lanyard_authorization_set_setting (self->authorization, "base_url", base_url);
    }
  else
    lanyard_authorization_set_setting (self->authorization, "allow_http", "yes");
  lanyard_draft_emit_form_changed (self);
}
