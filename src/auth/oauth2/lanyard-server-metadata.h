/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * LanyardServerMetadata:
 *
 * What an authorization server says of itself (RFC 8414 section 2, OpenID Connect Discovery 1.0
 * section 3), checked: it is the one of the issuer that was asked, and its addresses can be used.
 * Immutable.
 */
typedef struct _LanyardServerMetadata LanyardServerMetadata;

/**
 * lanyard_server_metadata_check_issuer:
 * @issuer: what a server calls itself
 * @error: return location for %LANYARD_ERROR_INVALID
 *
 * Checks that @issuer is an address without query and fragment, https or loopback (RFC 8414
 * section 2).
 */
gboolean lanyard_server_metadata_check_issuer (const char *issuer, GError **error);

/**
 * lanyard_server_metadata_parse:
 * @issuer: the issuer that was asked
 * @text: the document
 * @length: its length in bytes
 * @error: return location for %LANYARD_ERROR_PROTOCOL
 *
 * Reads a document. Nothing of it is used when its `issuer` is another one, compared byte by byte
 * (RFC 8414 sections 3.3 and 4), or when one of its endpoints is an address that credentials may
 * not be sent to.
 *
 * Returns: (transfer full): the metadata, or %NULL
 */
LanyardServerMetadata *
lanyard_server_metadata_parse (const char *issuer, const char *text, gsize length, GError **error);
LanyardServerMetadata *lanyard_server_metadata_ref (LanyardServerMetadata *self);
void lanyard_server_metadata_unref (LanyardServerMetadata *self);

const char *lanyard_server_metadata_get_issuer (LanyardServerMetadata *self);

/**
 * lanyard_server_metadata_dup_text:
 *
 * Returns: (transfer full): the document, as lanyard_server_metadata_parse() reads it
 */
char *lanyard_server_metadata_dup_text (LanyardServerMetadata *self);

/* What a member of the document says: an address (`token_endpoint`), a truth value
 * (`authorization_response_iss_parameter_supported`; %FALSE where it is missing) or a list
 * (`scopes_supported`; %NULL where it is missing). */
const char *lanyard_server_metadata_get_string (LanyardServerMetadata *self, const char *name);
gboolean lanyard_server_metadata_get_boolean (LanyardServerMetadata *self, const char *name);
char **lanyard_server_metadata_dup_list (LanyardServerMetadata *self, const char *name);

/**
 * lanyard_server_metadata_choose_auth_method:
 *
 * Returns: (transfer none) (nullable): the best way of authenticating the client of those that
 *   Lanyard knows and the server lists; `client_secret_basic` where it lists none (RFC 8414
 *   section 2), %NULL where it lists others only
 */
const char *lanyard_server_metadata_choose_auth_method (LanyardServerMetadata *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardServerMetadata, lanyard_server_metadata_unref)

G_END_DECLS
