/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-issuer-cache.h"

#include "lanyard-json.h"

#include <errno.h>
#include <sys/stat.h>

/* For so many seconds an issuer is not asked again. */
#define LIFETIME (24 * 60 * 60)

typedef struct
{
  LanyardServerMetadata *metadata;
  gint64 time;
} Entry;

struct _LanyardIssuerCache
{
  /* Owned */
  char *directory;
  GHashTable *entries;
};

static void
entry_free (Entry *entry)
{
  lanyard_server_metadata_unref (entry->metadata);
  g_free (entry);
}

static Entry *
put (LanyardIssuerCache *self, LanyardServerMetadata *metadata, gint64 time)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->metadata = lanyard_server_metadata_ref (metadata);
  entry->time = time;
  g_hash_table_replace (self->entries, g_strdup (lanyard_server_metadata_get_issuer (metadata)),
                        entry);

  return entry;
}

/* An issuer is no name of a file, and may be a long one. */
static char *
dup_path (LanyardIssuerCache *self, const char *issuer)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, issuer, -1);
  g_autofree char *name = g_strconcat (digest, ".json", NULL);

  return g_build_filename (self->directory, name, NULL);
}

static Entry *
read_entry (LanyardIssuerCache *self, const char *issuer)
{
  g_autoptr (LanyardServerMetadata) metadata = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  struct stat status;
  gsize length;

  if (self->directory == NULL)
    return NULL;

  path = dup_path (self, issuer);
  if (stat (path, &status) != 0 || !S_ISREG (status.st_mode) ||
      status.st_size > LANYARD_JSON_MAX_SIZE || !g_file_get_contents (path, &text, &length, NULL))
    return NULL;

  metadata = lanyard_server_metadata_parse (issuer, text, length, NULL);
  return metadata != NULL ? put (self, metadata, status.st_mtim.tv_sec) : NULL;
}

LanyardIssuerCache *
lanyard_issuer_cache_new (const char *directory)
{
  LanyardIssuerCache *self = g_new0 (LanyardIssuerCache, 1);

  self->directory = g_strdup (directory);
  self->entries =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)entry_free);
  return self;
}

void
lanyard_issuer_cache_free (LanyardIssuerCache *self)
{
  g_free (self->directory);
  g_hash_table_unref (self->entries);
  g_free (self);
}

LanyardServerMetadata *
lanyard_issuer_cache_lookup (LanyardIssuerCache *self,
                             const char *issuer,
                             gint64 now,
                             gboolean *is_fresh)
{
  Entry *entry = g_hash_table_lookup (self->entries, issuer);

  if (entry == NULL)
    entry = read_entry (self, issuer);
  /* What comes from the future was written by a clock that was wrong. */
  if (is_fresh != NULL)
    *is_fresh = entry != NULL && entry->time <= now && now - entry->time < LIFETIME;

  return entry != NULL ? entry->metadata : NULL;
}

void
lanyard_issuer_cache_add (LanyardIssuerCache *self, LanyardServerMetadata *metadata, gint64 now)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  put (self, metadata, now);
  if (self->directory == NULL)
    return;

  path = dup_path (self, lanyard_server_metadata_get_issuer (metadata));
  text = lanyard_server_metadata_dup_text (metadata);
  if (g_mkdir_with_parents (self->directory, 0700) != 0 ||
      !g_file_set_contents (path, text, -1, &error))
    g_debug ("What an issuer says of itself cannot be kept: %s",
             error != NULL ? error->message : g_strerror (errno));
}
