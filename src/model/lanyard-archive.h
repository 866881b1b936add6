/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-authorization.h"
#include "lanyard-credentials.h"

G_BEGIN_DECLS

/* What an export may be at most, in bytes. */
#define LANYARD_ARCHIVE_MAX_SIZE (64 * 1024 * 1024)

/**
 * LanyardArchiveEntry:
 * @authorization: what may be seen
 * @credentials: (nullable): what may not; %NULL in an export without secrets
 *
 * One authorization of an export.
 */
typedef struct
{
  LanyardAuthorization *authorization;
  LanyardCredentials *credentials;
} LanyardArchiveEntry;

LanyardArchiveEntry *lanyard_archive_entry_new (LanyardAuthorization *authorization,
                                                LanyardCredentials *credentials);
void lanyard_archive_entry_free (LanyardArchiveEntry *self);

/**
 * lanyard_archive_write:
 * @entries: (element-type LanyardArchiveEntry): what to export
 *
 * Makes the text of an export: one JSON object a line. The first is `{"lanyard-export": 1,
 * "authorizations": N}`, each of the N others is what lanyard_record_seal() makes.
 *
 * Returns: (transfer full): the text, which is secret when one of the entries has credentials
 */
LanyardSecret *lanyard_archive_write (GPtrArray *entries);

/**
 * lanyard_archive_read:
 * @text: the text of an export
 * @error: return location for %LANYARD_ERROR_INVALID, which names the line;
 * %LANYARD_ERROR_STORAGE_NEWER
 *
 * Reads all of an export or nothing of it: one that is cut off, or in which one authorization
 * stands twice, is refused.
 *
 * Returns: (transfer full) (element-type LanyardArchiveEntry): the entries, or %NULL
 */
GPtrArray *lanyard_archive_read (LanyardSecret *text, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardArchiveEntry, lanyard_archive_entry_free)

G_END_DECLS
