/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The tokens of a draft, taken apart to be looked at. */

#include "config.h"

#include "lanyard-draft-private.h"

#include "lanyard-error.h"
#include "lanyard-jwt-verifier.h"
#include "lanyard-uri.h"

#include <glib/gi18n.h>

/* What is saved: the tokens came with it, and what the person is typing is not in them. */
static LanyardAuthContext *
dup_saved_context (LanyardDraft *self)
{
  if (self->saved_credentials == NULL || !lanyard_draft_is_same_service (self))
    return NULL;

  return lanyard_manager_dup_context (self->manager, self->saved, self->saved_credentials, NULL);
}

static gboolean
is_local (LanyardDraft *self, LanyardAuthContext *context)
{
  LanyardAuthType *type = lanyard_draft_get_auth_type (self);

  return lanyard_auth_type_can_be_local (type) && lanyard_auth_type_is_local (type, context);
}

/* What is signed here is not kept in the keyring: it is made as it would be now, and stays as long
 * as it is good. */
static LanyardCredentials *
get_local (LanyardDraft *self, LanyardAuthContext *context)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if (self->local != NULL && lanyard_credentials_get_expires_at (self->local) > now)
    return self->local;

  g_clear_pointer (&self->local, lanyard_credentials_unref);
  self->local =
    lanyard_auth_type_make_credentials (lanyard_draft_get_auth_type (self), context, now, NULL);
  return self->local;
}

GPtrArray *
lanyard_draft_list_tokens (LanyardDraft *self)
{
  g_autoptr (LanyardAuthContext) context = NULL;
  LanyardCredentials *credentials;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), NULL);

  context = dup_saved_context (self);
  credentials = self->saved_credentials;
  if (context != NULL && is_local (self, context))
    credentials = get_local (self, context);
  if (context == NULL || credentials == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_jwt_view_free);

  return lanyard_jwt_view_list (credentials);
}

static char *
describe_check (LanyardAuthContext *context, const char *token)
{
  g_autofree char *jwks_uri = lanyard_auth_context_dup_value (context, "jwks_uri");
  g_autoptr (LanyardRequest) request = NULL;
  g_autoptr (JsonObject) claims = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *origin = NULL;

  if (!lanyard_jwt_verifier_is_asked_for (context))
    return g_strdup (_ ("Not verified: there is no key to check the signature with"));

  /* Keys that are fetched were looked at when the token was; nothing is asked for just to show it.
   */
  request = lanyard_jwt_verifier_new_request (context);
  if (request != NULL)
    {
      origin = jwks_uri != NULL ? lanyard_uri_dup_origin (jwks_uri) : NULL;
      /* Translators: %s is an address */
      return g_strdup_printf (_ ("Verified when it was fetched, with the keys of %s"),
                              origin != NULL ? origin : "");
    }

  claims =
    lanyard_jwt_verifier_check (context, token, NULL, g_get_real_time () / G_USEC_PER_SEC, &error);
  if (claims != NULL)
    return g_strdup (_ ("Verified with the verification key"));

  /* Translators: %s is a sentence that says why */
  return g_strdup_printf (_ ("Not verified: %s"), error->message);
}

char *
lanyard_draft_dup_token_check (LanyardDraft *self, const LanyardJwtView *token)
{
  g_autoptr (LanyardAuthContext) context = NULL;
  const char *text;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), NULL);
  g_return_val_if_fail (token != NULL, NULL);

  context = dup_saved_context (self);
  if (context == NULL)
    return NULL;

  if (is_local (self, context))
    return g_strdup (_ ("Signed here, with your key"));

  text = lanyard_credentials_get_text (self->saved_credentials, token->credential);
  if (text == NULL)
    return NULL;
  if (g_str_equal (lanyard_authorization_get_type_id (self->authorization), "oauth2"))
    return g_strdup (_ ("Not verified: it is for the provider to check"));

  return describe_check (context, text);
}
