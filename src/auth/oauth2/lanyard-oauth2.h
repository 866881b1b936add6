/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-type.h"

G_BEGIN_DECLS

/**
 * LanyardOAuth2:
 *
 * OAuth 2.0: the authorization code grant with PKCE (RFC 6749, RFC 7636), the device grant
 * (RFC 8628), refresh with rotation, revocation (RFC 7009) and bearer tokens (RFC 6750), with what
 * providers do differently taken from their data.
 */
#define LANYARD_TYPE_OAUTH2 (lanyard_oauth2_get_type ())
G_DECLARE_FINAL_TYPE (LanyardOAuth2, lanyard_oauth2, LANYARD, OAUTH2, GObject)

G_END_DECLS
