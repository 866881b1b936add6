/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LanyardCurlArguments:
 * @uri: the address of the request
 * @position: which of the arguments it is
 * @method: the method of the request
 * @reads_stdin: whether curl reads from standard input, so that the request cannot be repeated
 * @dumps_headers: whether the person wants the answer's header somewhere
 * @follows_redirects: whether curl goes on to where the answer points
 *
 * What is known of the request that curl will make. curl sends a header to every address that it is
 * given, so that there must be exactly one, and nothing that could hold another.
 */
typedef struct
{
  char *uri;
  guint position;
  const char *method;
  gboolean reads_stdin;
  gboolean dumps_headers;
  gboolean follows_redirects;
} LanyardCurlArguments;

/**
 * lanyard_curl_arguments_scan:
 * @self: (out caller-allocates): what was found
 * @arguments: (array zero-terminated=1): the arguments for curl; they must live as long as @self
 * @error: return location for %LANYARD_ERROR_USAGE
 *
 * Reads the arguments as curl does. An option that is not known counts as one without a value; what
 * follows it is refused then, rather than taken for a value when it may be an address.
 *
 * Returns: whether there is one address, and it is known where the request goes
 */
gboolean lanyard_curl_arguments_scan (LanyardCurlArguments *self,
                                      const char *const *arguments,
                                      GError **error);

void lanyard_curl_arguments_clear (LanyardCurlArguments *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardCurlArguments, lanyard_curl_arguments_clear)

G_END_DECLS
