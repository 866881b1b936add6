/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-answer.h"
#include "lanyard-captured.h"
#include "lanyard-oauth2-flow.h"
#include "lanyard-oauth2-request.h"
#include "lanyard-oauth2-response.h"

#define LANYARD_TYPE_OAUTH2_REVOKE (lanyard_oauth2_revoke_get_type ())
G_DECLARE_FINAL_TYPE (LanyardOAuth2Revoke,
                      lanyard_oauth2_revoke,
                      LANYARD,
                      OAUTH2_REVOKE,
                      LanyardFlow)

/* What the provider gave; all else the person entered. */
static const char *const TOKENS[] = { "refresh_token", "access_token", "id_token", "token_type",
                                      LANYARD_OAUTH2_REFRESH_EXPIRES_AT };
/* The first of these can be taken back, in this order: the refresh token ends the grant. */
#define ACCESS_TOKEN 1
#define N_REVOCABLE 2

struct _LanyardOAuth2Revoke
{
  LanyardFlow parent_instance;

  /* Owned */
  LanyardAuthContext *context;

  guint next;
  gboolean is_own;
  gboolean revoked;
};

G_DEFINE_FINAL_TYPE (LanyardOAuth2Revoke, lanyard_oauth2_revoke, LANYARD_TYPE_FLOW)

static LanyardStep *
finish (LanyardOAuth2Revoke *self)
{
  g_autoptr (LanyardCredentials) credentials =
    lanyard_credentials_copy (lanyard_auth_context_get_credentials (self->context));

  for (gsize i = 0; i < G_N_ELEMENTS (TOKENS); i++)
    lanyard_credentials_set (credentials, TOKENS[i], NULL);
  lanyard_credentials_set_expires_at (credentials, 0);
  lanyard_captured_clear (lanyard_auth_context_get_method (self->context), credentials);

  return lanyard_step_new_done (lanyard_outcome_new (credentials));
}

static LanyardStep *
revoke_next (LanyardOAuth2Revoke *self, gint64 now)
{
  LanyardCredentials *credentials = lanyard_auth_context_get_credentials (self->context);
  LanyardRequest *request;
  GError *error = NULL;

  /* What the provider's data describes is one request, in which it names the token itself. */
  if (self->is_own && self->next == 0)
    self->next = ACCESS_TOKEN;
  else if (self->is_own)
    return finish (self);
  while (!self->is_own && self->next < N_REVOCABLE &&
         lanyard_credentials_get (credentials, TOKENS[self->next]) == NULL)
    self->next++;
  if (self->next == N_REVOCABLE)
    return finish (self);

  request = lanyard_oauth2_request_new_revoke (self->context, TOKENS[self->next], now, &error);
  return request != NULL ? lanyard_step_new_request (request) : lanyard_step_new_failed (error);
}

static LanyardStep *
begin (LanyardFlow *flow, gint64 now)
{
  return revoke_next (LANYARD_OAUTH2_REVOKE (flow), now);
}

/* RFC 7009 section 2.2 ignores what a successful answer says; a provider that wants another kind of
 * request has other answers, too. */
static gboolean
is_success (LanyardOAuth2Revoke *self, const LanyardResponse *response)
{
  g_autoptr (LanyardAuthContext) context = NULL;
  g_autoptr (JsonObject) object = NULL;

  if (response->status < 200 || response->status > 299)
    return FALSE;
  if (!self->is_own)
    return TRUE;

  context = lanyard_answer_make_context (
    self->context,
    lanyard_method_get_object (lanyard_auth_context_get_method (self->context), "revoke"));
  object = lanyard_answer_parse (response, NULL);
  return object == NULL || !lanyard_answer_is_refusal (context, object);
}

/* Many servers take back a refresh token with all that came of it, and then no longer know the
 * access token or do not take that kind back at all (RFC 7009 section 2.2.1): the grant is gone all
 * the same. */
static gboolean
is_done_with (LanyardOAuth2Revoke *self, const LanyardResponse *response)
{
  return is_success (self, response) ||
         (self->revoked && response->status >= 400 && response->status <= 499 &&
          !lanyard_answer_is_unavailable (response));
}

static LanyardStep *
feed_response (LanyardFlow *flow, const LanyardResponse *response, gint64 now)
{
  LanyardOAuth2Revoke *self = LANYARD_OAUTH2_REVOKE (flow);
  g_autoptr (GError) error = NULL;

  if (!is_done_with (self, response))
    {
      lanyard_answer_set_error (self->context, response, &error);
      return lanyard_step_new_failed (g_steal_pointer (&error));
    }

  self->revoked = TRUE;
  self->next++;
  return revoke_next (self, now);
}

static void
lanyard_oauth2_revoke_finalize (GObject *object)
{
  lanyard_auth_context_unref (LANYARD_OAUTH2_REVOKE (object)->context);

  G_OBJECT_CLASS (lanyard_oauth2_revoke_parent_class)->finalize (object);
}

static void
lanyard_oauth2_revoke_class_init (LanyardOAuth2RevokeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_oauth2_revoke_finalize;
  LANYARD_FLOW_CLASS (klass)->begin = begin;
  LANYARD_FLOW_CLASS (klass)->feed_response = feed_response;
}

static void
lanyard_oauth2_revoke_init (LanyardOAuth2Revoke *self)
{
}

LanyardFlow *
lanyard_oauth2_flow_new_revoke (LanyardAuthContext *context)
{
  LanyardOAuth2Revoke *self = g_object_new (LANYARD_TYPE_OAUTH2_REVOKE, NULL);

  self->context = lanyard_auth_context_ref (context);
  self->is_own = lanyard_oauth2_request_has_own_revocation (context);
  return LANYARD_FLOW (self);
}
