/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-key-cache.h"

/* Who signs with more keys than that at the same time is rare, and gets them decoded again. */
#define MAX_KEYS 16

typedef struct
{
  LanyardSecret *first;
  LanyardSecret *second;
  LanyardKeyDecoder decode;
  LanyardKey *key;
  gint64 used_at;
} Entry;

/* Of Entry; only the thread of the main loop comes here. */
static GArray *entries;
static guint expiry_source;

static void
clear_entry (Entry *entry)
{
  lanyard_secret_unref (entry->first);
  g_clear_pointer (&entry->second, lanyard_secret_unref);
  lanyard_key_unref (entry->key);
}

static gboolean
expire_cb (gpointer user_data)
{
  lanyard_key_cache_expire (g_get_monotonic_time ());

  if (entries->len > 0)
    return G_SOURCE_CONTINUE;
  expiry_source = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
is_same (LanyardSecret *a, LanyardSecret *b)
{
  return a == b || (a != NULL && b != NULL && lanyard_secret_equal (a, b));
}

static Entry *
find (LanyardSecret *first, LanyardSecret *second, LanyardKeyDecoder decode)
{
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      Entry *entry = &g_array_index (entries, Entry, i);

      if (entry->decode == decode && is_same (entry->first, first) &&
          is_same (entry->second, second))
        return entry;
    }

  return NULL;
}

static void
remove_oldest (void)
{
  guint oldest = 0;

  for (guint i = 1; i < entries->len; i++)
    {
      if (g_array_index (entries, Entry, i).used_at <
          g_array_index (entries, Entry, oldest).used_at)
        oldest = i;
    }
  g_array_remove_index_fast (entries, oldest);
}

static void
add (LanyardSecret *first, LanyardSecret *second, LanyardKeyDecoder decode, LanyardKey *key)
{
  Entry entry = {
    .first = lanyard_secret_ref (first),
    .second = second != NULL ? lanyard_secret_ref (second) : NULL,
    .decode = decode,
    .key = lanyard_key_ref (key),
    .used_at = g_get_monotonic_time (),
  };

  if (entries == NULL)
    {
      entries = g_array_new (FALSE, FALSE, sizeof (Entry));
      g_array_set_clear_func (entries, (GDestroyNotify)clear_entry);
    }
  if (entries->len == MAX_KEYS)
    remove_oldest ();
  g_array_append_val (entries, entry);
  if (expiry_source == 0)
    expiry_source = g_timeout_add_seconds (LANYARD_KEY_CACHE_PATIENCE, expire_cb, NULL);
}

LanyardKey *
lanyard_key_cache_get (LanyardSecret *first,
                       LanyardSecret *second,
                       LanyardKeyDecoder decode,
                       GError **error)
{
  Entry *entry;
  LanyardKey *key;

  g_return_val_if_fail (first != NULL, NULL);

  entry = find (first, second, decode);
  if (entry != NULL)
    {
      entry->used_at = g_get_monotonic_time ();
      return lanyard_key_ref (entry->key);
    }

  key = decode (first, second, error);
  if (key != NULL)
    add (first, second, decode, key);
  return key;
}

void
lanyard_key_cache_expire (gint64 now)
{
  gint64 patience = (gint64)LANYARD_KEY_CACHE_PATIENCE * G_USEC_PER_SEC;

  for (guint i = entries != NULL ? entries->len : 0; i > 0; i--)
    {
      if (now - g_array_index (entries, Entry, i - 1).used_at >= patience)
        g_array_remove_index_fast (entries, i - 1);
    }
}
