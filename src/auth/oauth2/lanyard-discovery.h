/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-context.h"
#include "lanyard-flow.h"

G_BEGIN_DECLS

/**
 * LanyardDiscovery:
 *
 * A conversation with an authorization server about itself: it asks for its metadata where OpenID
 * Connect Discovery 1.0 (section 4.1) and RFC 8414 (sections 3.1 and 5) put it, in this order,
 * until it is there. A document that is there and wrong ends it: the next place might be somebody
 * else's. The outcome has no credentials; lanyard_discovery_get_metadata() has the result.
 */
#define LANYARD_TYPE_DISCOVERY (lanyard_discovery_get_type ())
G_DECLARE_FINAL_TYPE (LanyardDiscovery, lanyard_discovery, LANYARD, DISCOVERY, LanyardFlow)

/**
 * lanyard_discovery_new:
 * @issuer: what the server calls itself
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Returns: (transfer full): a flow, or %NULL
 */
LanyardDiscovery *lanyard_discovery_new (const char *issuer, GError **error);

/**
 * lanyard_discovery_get_metadata:
 *
 * Returns: (transfer none) (nullable): what the server says of itself; %NULL before the flow is
 * done
 */
LanyardServerMetadata *lanyard_discovery_get_metadata (LanyardDiscovery *self);

/**
 * lanyard_discovery_dup_issuer:
 *
 * Returns: (transfer full) (nullable): the issuer that must be asked before @context can be used:
 *   it has one, and an address that it takes is neither entered nor in the provider's data
 */
char *lanyard_discovery_dup_issuer (LanyardAuthContext *context);

G_END_DECLS
