/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * lanyard_challenge_dup_param:
 * @name: the name of a parameter, of which case does not count: `scope`
 *
 * Reads a parameter of the `WWW-Authenticate` fields of an answer (RFC 9110 section 11.6.1, RFC
 * 6750 section 3), whichever scheme it belongs to.
 *
 * Returns: (transfer full) (nullable): the first value that there is
 */
char *lanyard_challenge_dup_param (const LanyardResponse *response, const char *name);

G_END_DECLS
