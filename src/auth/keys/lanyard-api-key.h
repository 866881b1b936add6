/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-key-type.h"

G_BEGIN_DECLS

/**
 * LanyardApiKey:
 *
 * The key goes where the provider wants it: a header, the query, the body or a cookie.
 */
#define LANYARD_TYPE_API_KEY (lanyard_api_key_get_type ())
G_DECLARE_FINAL_TYPE (LanyardApiKey, lanyard_api_key, LANYARD, API_KEY, LanyardKeyType)

G_END_DECLS
