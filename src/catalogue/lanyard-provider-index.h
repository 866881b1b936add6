/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-provider.h"

G_BEGIN_DECLS

/**
 * SECTION: The index of the providers that Lanyard ships
 *
 * It is made when Lanyard is built and lies beside their files, so that a list of hundreds of
 * providers parses none of them. It is a row of texts, each with a NUL behind it, the same number
 * for each provider: reading it is finding the NULs, and nothing is copied.
 */

/**
 * lanyard_provider_index_append:
 *
 * Adds a row for @provider.
 */
void lanyard_provider_index_append (GString *index, LanyardProvider *provider);

/**
 * lanyard_provider_index_next:
 * @at: (inout): where the row begins, then where the next one does
 * @end: the end of the index
 * @summary: (out caller-allocates): the row, which borrows its texts from the index
 *
 * Returns: whether there was a row
 */
gboolean
lanyard_provider_index_next (const char **at, const char *end, LanyardProviderSummary *summary);

G_END_DECLS
