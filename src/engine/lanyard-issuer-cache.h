/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-server-metadata.h"

G_BEGIN_DECLS

/**
 * LanyardIssuerCache:
 *
 * What issuers said of themselves, so that each is asked once a day and not once a token: in
 * memory, and in a folder for the programs that come after. Nothing in it is secret. A file is
 * checked as an answer is.
 */
typedef struct _LanyardIssuerCache LanyardIssuerCache;

/**
 * lanyard_issuer_cache_new:
 * @directory: (nullable): the folder, made when something is put into it; %NULL for memory only
 */
LanyardIssuerCache *lanyard_issuer_cache_new (const char *directory);
void lanyard_issuer_cache_free (LanyardIssuerCache *self);

/**
 * lanyard_issuer_cache_lookup:
 * @now: seconds since 1970
 * @is_fresh: (out) (optional): whether the issuer need not be asked again
 *
 * Returns: (transfer none) (nullable): what @issuer said the last time
 */
LanyardServerMetadata *lanyard_issuer_cache_lookup (LanyardIssuerCache *self,
                                                    const char *issuer,
                                                    gint64 now,
                                                    gboolean *is_fresh);

/**
 * lanyard_issuer_cache_add:
 *
 * Keeps what an issuer said. That it cannot be kept for later programs is no error.
 */
void
lanyard_issuer_cache_add (LanyardIssuerCache *self, LanyardServerMetadata *metadata, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardIssuerCache, lanyard_issuer_cache_free)

G_END_DECLS
