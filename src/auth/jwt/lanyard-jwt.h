/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-type.h"

G_BEGIN_DECLS

/**
 * LanyardJwt:
 *
 * JSON Web Tokens (RFC 7519): fetched with a user name and a password, or signed here and sent as
 * they are, or signed here and exchanged for a token (RFC 7523 section 2.1).
 */
#define LANYARD_TYPE_JWT (lanyard_jwt_get_type ())
G_DECLARE_FINAL_TYPE (LanyardJwt, lanyard_jwt, LANYARD, JWT, GObject)

G_END_DECLS
