/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-key-type.h"

G_BEGIN_DECLS

/**
 * LanyardApiKeyUrl:
 *
 * As an API key, for one server: the key goes to nothing outside its base URL.
 */
#define LANYARD_TYPE_API_KEY_URL (lanyard_api_key_url_get_type ())
G_DECLARE_FINAL_TYPE (LanyardApiKeyUrl, lanyard_api_key_url, LANYARD, API_KEY_URL, LanyardKeyType)

G_END_DECLS
