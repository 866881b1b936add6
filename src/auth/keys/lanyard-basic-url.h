/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-key-type.h"

G_BEGIN_DECLS

/**
 * LanyardBasicUrl:
 *
 * User name and password (RFC 7617) for one server: they go to nothing outside its base URL.
 */
#define LANYARD_TYPE_BASIC_URL (lanyard_basic_url_get_type ())
G_DECLARE_FINAL_TYPE (LanyardBasicUrl, lanyard_basic_url, LANYARD, BASIC_URL, LanyardKeyType)

G_END_DECLS
