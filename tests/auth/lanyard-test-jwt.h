/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-test-context.h"

G_BEGIN_DECLS

/* The key pair of RFC 7515 appendix A.3, and the public key of appendix A.2. */
extern const char LANYARD_TEST_EC_PRIVATE[];
extern const char LANYARD_TEST_EC_PUBLIC[];
extern const char LANYARD_TEST_RSA_PUBLIC[];

/* 256 bits for HMAC. */
#define LANYARD_TEST_HS_SECRET "0123456789abcdef0123456789abcdef"

/**
 * lanyard_test_jwt_sign:
 * @algorithm: the name of an algorithm
 * @key: a key as a person enters it
 * @header: its header, as JSON with single quotation marks
 * @claims: its payload, likewise
 *
 * Returns: (transfer full): a token with a good signature
 */
char *lanyard_test_jwt_sign (const char *algorithm,
                             const char *key,
                             const char *header,
                             const char *claims);

/**
 * lanyard_test_jwt_context_new:
 * @method: (nullable): members of the method, as lanyard_test_provider_new() has them
 * @settings: (nullable): form-encoded settings
 * @...: names and values of credentials, up to %NULL
 *
 * Returns: (transfer full): what the type is told; without @method there is a token endpoint
 */
LanyardAuthContext *
lanyard_test_jwt_context_new (const char *method, const char *settings, ...) G_GNUC_NULL_TERMINATED;

/* Part 0 of a token is its header, part 1 its claims. */
JsonObject *lanyard_test_jwt_parse_part (const char *token, guint part);

G_END_DECLS
