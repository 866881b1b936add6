/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-outcome.h"

/**
 * lanyard_outcome_new:
 * @credentials: (transfer none): the credentials, of which a reference is taken
 */
LanyardOutcome *
lanyard_outcome_new (LanyardCredentials *credentials)
{
  LanyardOutcome *self = g_new0 (LanyardOutcome, 1);

  g_return_val_if_fail (credentials != NULL, NULL);

  self->credentials = lanyard_credentials_ref (credentials);
  return self;
}

LanyardOutcome *
lanyard_outcome_copy (const LanyardOutcome *self)
{
  LanyardOutcome *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = lanyard_outcome_new (self->credentials);
  copy->granted_scopes = g_strdupv (self->granted_scopes);
  copy->account = g_strdup (self->account);
  copy->renewable = self->renewable;
  return copy;
}

void
lanyard_outcome_free (LanyardOutcome *self)
{
  if (self == NULL)
    return;

  lanyard_credentials_unref (self->credentials);
  g_strfreev (self->granted_scopes);
  g_free (self->account);
  g_free (self);
}
