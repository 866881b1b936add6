/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gmodule.h>

#include "lanyard-openssl-functions.h"

extern G_MODULE_EXPORT const LanyardOpensslFunctions lanyard_openssl_functions;

#define FUNCTION(type, name, parameters, arguments) .name = lanyard_##name,
const LanyardOpensslFunctions lanyard_openssl_functions = { LANYARD_OPENSSL_FUNCTIONS (FUNCTION) };
