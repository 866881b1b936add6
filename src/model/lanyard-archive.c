/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-archive.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FORMAT_MEMBER "lanyard-export"
#define COUNT_MEMBER "authorizations"
#define FORMAT_VERSION 1

LanyardArchiveEntry *
lanyard_archive_entry_new (LanyardAuthorization *authorization, LanyardCredentials *credentials)
{
  LanyardArchiveEntry *self = g_new0 (LanyardArchiveEntry, 1);

  self->authorization = g_object_ref (authorization);
  self->credentials = credentials != NULL ? lanyard_credentials_ref (credentials) : NULL;
  return self;
}

void
lanyard_archive_entry_free (LanyardArchiveEntry *self)
{
  g_object_unref (self->authorization);
  g_clear_pointer (&self->credentials, lanyard_credentials_unref);
  g_free (self);
}

LanyardSecret *
lanyard_archive_write (GPtrArray *entries)
{
  g_autoptr (GPtrArray) lines =
    g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_secret_unref);
  g_autofree char *first = NULL;
  gsize length;
  char *text;
  char *end;

  g_return_val_if_fail (entries != NULL, NULL);

  first = g_strdup_printf ("{\"" FORMAT_MEMBER "\":%d,\"" COUNT_MEMBER "\":%u}\n", FORMAT_VERSION,
                           entries->len);
  length = strlen (first);
  for (guint i = 0; i < entries->len; i++)
    {
      LanyardArchiveEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (LanyardCredentials) credentials = entry->credentials != NULL
                                                     ? lanyard_credentials_ref (entry->credentials)
                                                     : lanyard_credentials_new ();
      LanyardSecret *line = lanyard_record_seal (entry->authorization, credentials);

      g_ptr_array_add (lines, line);
      length += lanyard_secret_get_length (line) + 1;
    }

  /* The length is known before, so that no copy is left behind by a text that grows. */
  text = g_malloc (length + 1);
  end = g_stpcpy (text, first);
  for (guint i = 0; i < lines->len; i++)
    {
      end = g_stpcpy (end, lanyard_secret_get (g_ptr_array_index (lines, i)));
      end = g_stpcpy (end, "\n");
    }
  return lanyard_secret_new_take (text);
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("This is not an export of Lanyard, or it is damaged or cut off"));
  return FALSE;
}

/* The next line of @text, without its end; what is behind the last line end is none. */
static const char *
next_line (const char **text, const char *end, gsize *length)
{
  const char *line = *text;
  const char *line_end = memchr (line, '\n', end - line);

  if (line_end == NULL)
    return NULL;
  *length = line_end - line;
  *text = line_end + 1;
  return line;
}

static gboolean
read_first (const char *line, gsize length, gint64 *count, GError **error)
{
  g_autoptr (JsonObject) object = lanyard_json_parse_object (line, length, NULL);
  gint64 version;

  if (object == NULL || !lanyard_json_get_int64 (object, FORMAT_MEMBER, &version) || version < 1)
    return refuse (error);
  if (version > FORMAT_VERSION)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STORAGE_NEWER,
                           _ ("This was exported by a newer version of Lanyard; update Lanyard to "
                              "import it"));
      return FALSE;
    }
  if (!lanyard_json_get_int64 (object, COUNT_MEMBER, count) || *count < 0)
    return refuse (error);
  return TRUE;
}

static LanyardArchiveEntry *
read_entry (const char *line, gsize length, GError **error)
{
  g_autoptr (LanyardSecret) secret = lanyard_secret_new_bytes (line, length);
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_auto (GStrv) names = NULL;

  credentials = lanyard_record_open (secret, &authorization, error);
  if (credentials == NULL)
    return NULL;

  names = lanyard_credentials_list_names (credentials);
  return lanyard_archive_entry_new (authorization, *names != NULL ? credentials : NULL);
}

GPtrArray *
lanyard_archive_read (LanyardSecret *text, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GHashTable) ids = NULL;
  const char *at = lanyard_secret_get (text);
  const char *end = at + lanyard_secret_get_length (text);
  const char *line;
  gsize length = 0;
  gint64 count = 0;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  line = next_line (&at, end, &length);
  if (line == NULL || length > LANYARD_JSON_MAX_SIZE)
    {
      refuse (error);
      return NULL;
    }
  if (!read_first (line, length, &count, error))
    return NULL;

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_archive_entry_free);
  ids = g_hash_table_new (g_str_hash, g_str_equal);
  while ((line = next_line (&at, end, &length)) != NULL)
    {
      g_autoptr (GError) line_error = NULL;
      LanyardArchiveEntry *entry = read_entry (line, length, &line_error);

      if (entry == NULL ||
          g_hash_table_contains (ids, lanyard_authorization_get_id (entry->authorization)))
        {
          g_clear_pointer (&entry, lanyard_archive_entry_free);
          g_set_error (error, LANYARD_ERROR,
                       g_error_matches (line_error, LANYARD_ERROR, LANYARD_ERROR_STORAGE_NEWER)
                         ? LANYARD_ERROR_STORAGE_NEWER
                         : LANYARD_ERROR_INVALID,
                       _ ("Line %u of this export is damaged, or from a newer version of Lanyard; "
                          "nothing was imported"),
                       entries->len + 2);
          return NULL;
        }
      g_ptr_array_add (entries, entry);
      g_hash_table_add (ids, (gpointer)lanyard_authorization_get_id (entry->authorization));
    }

  if (at != end || entries->len != count)
    {
      refuse (error);
      return NULL;
    }
  return g_steal_pointer (&entries);
}
