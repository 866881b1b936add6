/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-call.h"

G_BEGIN_DECLS

/**
 * lanyard_methods_run:
 * @call: (transfer full): a call of a method of Service1, by a caller who is known
 *
 * Finds the authorization that the call is about, takes it through the gate and carries it out.
 */
void lanyard_methods_run (LanyardCall *call);

/* What the methods do, once the gate has let them through. Each takes @call. */
void lanyard_method_get_access_token (LanyardCall *call);
void lanyard_method_get_headers (LanyardCall *call);
void lanyard_method_sign_request (LanyardCall *call);
void lanyard_method_test (LanyardCall *call);
void lanyard_method_refresh (LanyardCall *call);
void lanyard_method_revoke (LanyardCall *call);
void lanyard_method_request_authorization (LanyardCall *call);

G_END_DECLS
