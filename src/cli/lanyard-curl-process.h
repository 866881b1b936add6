/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret.h"

G_BEGIN_DECLS

/**
 * LanyardCurlProcess:
 * @exit_code: curl's exit code; 128 and the signal's number when a signal ended it
 * @status: the HTTP status of the last answer; 0 when it is not known
 * @held: (nullable): the output that was held back, when @status is 401
 *
 * What came of running curl.
 */
typedef struct
{
  int exit_code;
  guint status;
  GByteArray *held;
} LanyardCurlProcess;

/**
 * lanyard_curl_process_run:
 * @self: (out caller-allocates): what came of it
 * @arguments: (array zero-terminated=1): curl's arguments
 * @config: what curl reads as a configuration file from a pipe that nobody else has: the
 *   credentials. Processes' arguments and environments can be seen, a pipe cannot.
 * @watch: whether to find out the HTTP status, and to hold back what curl prints when it is 401
 * @error: return location for %LANYARD_ERROR_FAILED
 *
 * Runs curl and waits for it. Its standard input and error are ours. The status is read from the
 * answer's header, which curl writes to another pipe (`--dump-header`) before it writes the body;
 * only so much of the body is held back as an error message may have. A terminal gets the body at
 * once, since curl treats one differently: a person sees that there were two answers.
 *
 * Returns: whether curl could be run
 */
gboolean lanyard_curl_process_run (LanyardCurlProcess *self,
                                   const char *const *arguments,
                                   LanyardSecret *config,
                                   gboolean watch,
                                   GError **error);

/**
 * lanyard_curl_process_release:
 *
 * Prints what was held back.
 */
void lanyard_curl_process_release (LanyardCurlProcess *self);
void lanyard_curl_process_clear (LanyardCurlProcess *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardCurlProcess, lanyard_curl_process_clear)

G_END_DECLS
