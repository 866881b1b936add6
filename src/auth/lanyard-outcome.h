/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-credentials.h"

G_BEGIN_DECLS

/**
 * LanyardOutcome:
 * @credentials: all credentials that the authorization has from now on
 * @granted_scopes: (nullable): what the provider granted; %NULL when it did not say and nothing was
 * asked for
 * @account: (nullable): who signed in; %NULL leaves what is known
 * @renewable: whether the credentials can be renewed without the person
 *
 * What a flow ends with.
 */
typedef struct
{
  LanyardCredentials *credentials;
  char **granted_scopes;
  char *account;
  gboolean renewable;
} LanyardOutcome;

LanyardOutcome *lanyard_outcome_new (LanyardCredentials *credentials);
LanyardOutcome *lanyard_outcome_copy (const LanyardOutcome *self);
void lanyard_outcome_free (LanyardOutcome *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardOutcome, lanyard_outcome_free)

G_END_DECLS
