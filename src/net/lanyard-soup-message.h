/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * lanyard_soup_message_new:
 * @request: what to send
 * @error: return location for %LANYARD_ERROR_INVALID: an address that credentials must not go to, a
 *   method or header that could smuggle another one, a header that the transport sets itself
 *
 * Turns a request into libsoup's form of it. The body is not copied: it stays in the memory of its
 * #LanyardSecret until it is sent.
 *
 * Returns: (transfer full): a message, or %NULL
 */
SoupMessage *lanyard_soup_message_new (const LanyardRequest *request, GError **error);

/**
 * lanyard_soup_message_dup_response:
 * @body: the content that was read
 * @length: its length in bytes
 *
 * Returns: (transfer full): the answer to @message
 */
LanyardResponse *
lanyard_soup_message_dup_response (SoupMessage *message, const char *body, gsize length);

/**
 * lanyard_soup_message_forget:
 *
 * Lets go of the request's headers and body, which hold credentials, whoever else still holds
 * @message.
 */
void lanyard_soup_message_forget (SoupMessage *message);

G_END_DECLS
