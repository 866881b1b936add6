/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-key-type.h"

G_BEGIN_DECLS

/**
 * LanyardApiKeySecret:
 *
 * Key and secret go where the provider wants them, without more as Basic credentials (RFC 7617).
 */
#define LANYARD_TYPE_API_KEY_SECRET (lanyard_api_key_secret_get_type ())
G_DECLARE_FINAL_TYPE (LanyardApiKeySecret,
                      lanyard_api_key_secret,
                      LANYARD,
                      API_KEY_SECRET,
                      LanyardKeyType)

G_END_DECLS
