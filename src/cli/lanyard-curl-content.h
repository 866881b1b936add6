/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-curl-arguments.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * lanyard_curl_content_make_request:
 * @arguments: what is known of the request that curl will make
 * @is_known: (out): whether the request has all the content that curl will send; not so where that
 *   comes from standard input, or is made by curl out of files
 * @error: return location for %LANYARD_ERROR_USAGE
 *
 * Where it is not known but there is some, the request has a @content_type without a @body.
 *
 * Puts together what curl will send, from `--data` and its kin, `--json`, `--get` and
 * `--url-query`: a signature may cover it (RFC 5849 section 3.4.1.3), and a key may belong into it.
 *
 * Returns: (transfer full): the request without credentials, or %NULL
 */
LanyardRequest *lanyard_curl_content_make_request (const LanyardCurlArguments *arguments,
                                                   gboolean *is_known,
                                                   GError **error);

G_END_DECLS
