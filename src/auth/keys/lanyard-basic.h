/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-key-type.h"

G_BEGIN_DECLS

/**
 * LanyardBasic:
 *
 * User name and password (RFC 7617), for the URL of the provider.
 */
#define LANYARD_TYPE_BASIC (lanyard_basic_get_type ())
G_DECLARE_FINAL_TYPE (LanyardBasic, lanyard_basic, LANYARD, BASIC, LanyardKeyType)

G_END_DECLS
