/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-jwt-flow.h"

#include "lanyard-jwt-signer.h"

#define LANYARD_TYPE_JWT_SIGN (lanyard_jwt_sign_get_type ())
G_DECLARE_FINAL_TYPE (LanyardJwtSign, lanyard_jwt_sign, LANYARD, JWT_SIGN, LanyardFlow)

struct _LanyardJwtSign
{
  LanyardFlow parent_instance;

  /* Owned */
  LanyardAuthContext *context;
};

G_DEFINE_FINAL_TYPE (LanyardJwtSign, lanyard_jwt_sign, LANYARD_TYPE_FLOW)

static LanyardStep *
begin (LanyardFlow *flow, gint64 now)
{
  LanyardAuthContext *context = LANYARD_JWT_SIGN (flow)->context;
  g_autoptr (LanyardCredentials) credentials =
    lanyard_credentials_copy (lanyard_auth_context_get_credentials (context));
  g_autoptr (LanyardSecret) token = NULL;
  g_autofree char *account = NULL;
  LanyardOutcome *outcome;
  GError *error = NULL;
  gint64 expires_at = 0;

  token = lanyard_jwt_signer_sign (context, NULL, now, &expires_at, &account, &error);
  if (token == NULL)
    return lanyard_step_new_failed (error);

  /* Where it was fetched before, nothing of that is left. */
  lanyard_credentials_set (credentials, "refresh_token", NULL);
  lanyard_credentials_set (credentials, "access_token", token);
  lanyard_credentials_set_expires_at (credentials, expires_at);
  outcome = lanyard_outcome_new (credentials);
  outcome->account = g_steal_pointer (&account);
  outcome->renewable = TRUE;
  return lanyard_step_new_done (outcome);
}

static void
lanyard_jwt_sign_finalize (GObject *object)
{
  lanyard_auth_context_unref (LANYARD_JWT_SIGN (object)->context);

  G_OBJECT_CLASS (lanyard_jwt_sign_parent_class)->finalize (object);
}

static void
lanyard_jwt_sign_class_init (LanyardJwtSignClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_jwt_sign_finalize;
  LANYARD_FLOW_CLASS (klass)->begin = begin;
}

static void
lanyard_jwt_sign_init (LanyardJwtSign *self)
{
}

LanyardFlow *
lanyard_jwt_flow_new_sign (LanyardAuthContext *context)
{
  LanyardJwtSign *self = g_object_new (LANYARD_TYPE_JWT_SIGN, NULL);

  self->context = lanyard_auth_context_ref (context);
  return LANYARD_FLOW (self);
}
