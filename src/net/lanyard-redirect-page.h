/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * lanyard_redirect_page_answer:
 * @message: the request of a browser that was sent back from the provider
 * @is_first: whether it is the request that was waited for, rather than a repetition
 *
 * Answers with a page that says that the person can go back to Lanyard. It has no script, no link
 * and no resource from elsewhere, repeats nothing of the request, is not kept and cannot be framed
 * (RFC 9700 sections 4.2 and 4.16).
 */
void lanyard_redirect_page_answer (SoupServerMessage *message, gboolean is_first);

G_END_DECLS
