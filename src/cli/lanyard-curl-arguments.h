/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LanyardCurlOption:
 * @name: the long name of an option, without dashes
 * @value: its value
 * @position: which of the arguments it begins in
 * @n_arguments: over how many it goes: two, or one where the value follows the letter at once
 * @n_kept: how much of the first argument belongs to letters before it ("-sd": 2)
 *
 * An option that says what the request carries.
 */
typedef struct
{
  const char *name;
  const char *value;
  guint position;
  guint n_arguments;
  gsize n_kept;
} LanyardCurlOption;

/**
 * LanyardCurlArguments:
 * @uri: the address of the request
 * @position: which of the arguments it is
 * @method: the method of the request
 * @reads_stdin: whether curl reads from standard input, so that the request cannot be repeated
 * @dumps_headers: whether the person wants the answer's header somewhere
 * @follows_redirects: whether curl goes on to where the answer points
 * @is_get: whether what is to be sent goes into the address (-G)
 * @content: (element-type LanyardCurlOption): the options that say what the request carries
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
  gboolean is_get;
  GArray *content;
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

/**
 * lanyard_curl_arguments_has_content:
 * @name: the long name of an option, without dashes
 *
 * Returns: whether that option is among @content
 */
gboolean lanyard_curl_arguments_has_content (const LanyardCurlArguments *self, const char *name);

/**
 * lanyard_curl_arguments_dup_without_uri:
 * @with_body: whether the options stay that say what the request carries behind its header
 *
 * Returns: (transfer full): @arguments without the address and what is added to it, for one that
 *   goes another way
 */
char **lanyard_curl_arguments_dup_without_uri (const LanyardCurlArguments *self,
                                               const char *const *arguments,
                                               gboolean with_body);

void lanyard_curl_arguments_clear (LanyardCurlArguments *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardCurlArguments, lanyard_curl_arguments_clear)

G_END_DECLS
