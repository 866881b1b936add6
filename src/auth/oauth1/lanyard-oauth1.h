/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-type.h"

G_BEGIN_DECLS

/**
 * LanyardOAuth1:
 *
 * OAuth 1.0 (RFC 5849): temporary credentials, consent, token credentials, and a signature on every
 * request. The tokens live long; a person may also enter them by hand.
 */
#define LANYARD_TYPE_OAUTH1 (lanyard_oauth1_get_type ())
G_DECLARE_FINAL_TYPE (LanyardOAuth1, lanyard_oauth1, LANYARD, OAUTH1, GObject)

G_END_DECLS
