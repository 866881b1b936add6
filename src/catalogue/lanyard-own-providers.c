/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-own-providers.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-provider-check.h"
#include "lanyard-provider-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_FILES 1000
#define MAX_ID_LENGTH 64

/* What was found at a path, when it was last looked at: a provider or what is wrong with it. */
typedef struct
{
  struct stat status;
  LanyardProvider *provider;
  GError *error;
} OwnFile;

struct _LanyardOwnProviders
{
  /* Owned */
  char *directory;
  GHashTable *files;
  GPtrArray *replaced;
};

static void
own_file_free (OwnFile *file)
{
  g_clear_object (&file->provider);
  g_clear_error (&file->error);
  g_free (file);
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, message);
  return FALSE;
}

static gboolean
fail_with_errno (GError **error)
{
  int saved = errno;

  g_set_error_literal (error, G_FILE_ERROR, (int)g_file_error_from_errno (saved),
                       g_strerror (saved));
  return FALSE;
}

/* What is no regular file, such as a pipe that would never end, or too large, is not read; neither
 * is what others may have written. */
static gboolean
check_status (const struct stat *status, GError **error)
{
  if (!S_ISREG (status->st_mode) || status->st_size > LANYARD_JSON_MAX_SIZE)
    return fail (error, _ ("this is no ordinary file, or it is too large"));
  if ((status->st_mode & S_IWOTH) != 0)
    return fail (error, _ ("everybody can change it; take that away with “chmod o-w”"));
  if (status->st_uid != geteuid () && status->st_uid != 0)
    return fail (error, _ ("it belongs to another person"));

  return TRUE;
}

/* The text and the status of one and the same file, even when another takes its place meanwhile. */
static char *
read_file (const char *path, struct stat *status, gsize *length, GError **error)
{
  g_autofree char *text = NULL;
  gsize done = 0;
  gssize n = 0;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (fd < 0)
    {
      fail_with_errno (error);
      return NULL;
    }
  if (fstat (fd, status) != 0 || !check_status (status, error))
    {
      if (error != NULL && *error == NULL)
        fail_with_errno (error);
      close (fd);
      return NULL;
    }

  text = g_malloc ((gsize)status->st_size + 1);
  while (done < (gsize)status->st_size &&
         (n = read (fd, text + done, (gsize)status->st_size - done)) > 0)
    done += (gsize)n;
  if (n < 0)
    fail_with_errno (error);
  close (fd);
  if (n < 0)
    return NULL;

  text[done] = '\0';
  *length = done;
  return g_steal_pointer (&text);
}

static char *
dup_path (LanyardOwnProviders *self, const char *id)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);

  return g_build_filename (self->directory, name, NULL);
}

static void
set_problem (OwnFile *file, const char *path, const char *message)
{
  g_clear_error (&file->error);
  g_set_error (&file->error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               /* Translators: the path of a file, then what is wrong with it. */
               _ ("The provider file %s cannot be used: %s"), path, message);
}

/* Returns NULL when there is no such file. */
static OwnFile *
open_file (LanyardOwnProviders *self, const char *id)
{
  g_autofree char *path = dup_path (self, id);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  OwnFile *file = g_new0 (OwnFile, 1);
  gsize length = 0;

  if (!lanyard_own_providers_is_id (id))
    {
      set_problem (file, path,
                   _ ("its name should be made of at most 64 lower-case letters, digits, “-” and "
                      "“_”"));
      return file;
    }

  text = read_file (path, &file->status, &length, &error);
  if (text != NULL)
    file->provider = lanyard_provider_reader_read (text, length, id, NULL);
  if (text != NULL && file->provider == NULL)
    {
      g_autofree char *reason = lanyard_provider_check_explain (text, length, id);

      set_problem (file, path, reason);
    }
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      own_file_free (file);
      return NULL;
    }
  if (error != NULL)
    set_problem (file, path, error->message);

  return file;
}

static gboolean
is_unchanged (LanyardOwnProviders *self, const char *id, const OwnFile *file)
{
  g_autofree char *path = dup_path (self, id);
  struct stat now;

  if (stat (path, &now) != 0)
    return FALSE;

  return now.st_ino == file->status.st_ino && now.st_dev == file->status.st_dev &&
         now.st_size == file->status.st_size && now.st_mode == file->status.st_mode &&
         now.st_uid == file->status.st_uid && now.st_mtim.tv_sec == file->status.st_mtim.tv_sec &&
         now.st_mtim.tv_nsec == file->status.st_mtim.tv_nsec;
}

/* A file that stays broken in the same way is no news. */
static gboolean
is_news (const OwnFile *old, const OwnFile *file)
{
  if (old == NULL || file == NULL)
    return old != file;

  return old->error == NULL || file->error == NULL ||
         !g_str_equal (old->error->message, file->error->message);
}

/* Whoever borrowed a provider may use it yet. */
static void
put_file (LanyardOwnProviders *self, const char *id, OwnFile *file)
{
  OwnFile *old = g_hash_table_lookup (self->files, id);

  if (old != NULL && old->provider != NULL)
    g_ptr_array_add (self->replaced, g_steal_pointer (&old->provider));
  if (file != NULL)
    g_hash_table_insert (self->files, g_strdup (id), file);
  else
    g_hash_table_remove (self->files, id);
}

/* The ids that the names of files have; what is hidden or no JSON file is not meant for us. */
static GHashTable *
find_ids (LanyardOwnProviders *self)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (self->directory != NULL)
    folder = g_dir_open (self->directory, 0, NULL);
  while (folder != NULL && g_hash_table_size (ids) < MAX_FILES &&
         (name = g_dir_read_name (folder)) != NULL)
    {
      if (*name != '.' && g_str_has_suffix (name, ".json"))
        g_hash_table_add (ids, g_strndup (name, strlen (name) - strlen (".json")));
    }

  return ids;
}

static gboolean
forget_missing (LanyardOwnProviders *self, GHashTable *ids)
{
  GHashTableIter iter;
  gpointer id, value;
  gboolean is_changed = FALSE;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      OwnFile *file = value;

      if (g_hash_table_contains (ids, id))
        continue;
      if (file->provider != NULL)
        g_ptr_array_add (self->replaced, g_steal_pointer (&file->provider));
      g_hash_table_iter_remove (&iter);
      is_changed = TRUE;
    }

  return is_changed;
}

char *
lanyard_own_providers_read_file (const char *path, gsize *length, GError **error)
{
  struct stat status;

  return read_file (path, &status, length, error);
}

LanyardOwnProviders *
lanyard_own_providers_new (const char *directory)
{
  LanyardOwnProviders *self = g_new0 (LanyardOwnProviders, 1);

  self->directory = g_strdup (directory);
  self->files =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)own_file_free);
  self->replaced = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

void
lanyard_own_providers_free (LanyardOwnProviders *self)
{
  g_free (self->directory);
  g_hash_table_unref (self->files);
  g_ptr_array_unref (self->replaced);
  g_free (self);
}

gboolean
lanyard_own_providers_is_id (const char *id)
{
  return strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen (id) &&
         g_ascii_isalnum (*id) && strlen (id) <= MAX_ID_LENGTH;
}

LanyardProvider *
lanyard_own_providers_lookup (LanyardOwnProviders *self, const char *id, GError **error)
{
  OwnFile *file;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  if (self->directory == NULL || !lanyard_own_providers_is_id (id))
    return NULL;

  file = g_hash_table_lookup (self->files, id);
  if (file == NULL)
    {
      file = open_file (self, id);
      if (file == NULL)
        return NULL;
      put_file (self, id, file);
    }
  if (file->error != NULL)
    g_propagate_error (error, g_error_copy (file->error));

  return file->provider;
}

gboolean
lanyard_own_providers_update (LanyardOwnProviders *self)
{
  g_autoptr (GHashTable) ids = NULL;
  gboolean is_changed;
  GHashTableIter iter;
  gpointer id;

  g_return_val_if_fail (self != NULL, FALSE);

  ids = find_ids (self);
  is_changed = forget_missing (self, ids);
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      const OwnFile *old = g_hash_table_lookup (self->files, id);
      OwnFile *file;

      if (old != NULL && is_unchanged (self, id, old))
        continue;
      file = open_file (self, id);
      is_changed |= is_news (old, file);
      put_file (self, id, file);
    }

  return is_changed;
}

GPtrArray *
lanyard_own_providers_list (LanyardOwnProviders *self)
{
  GPtrArray *providers = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (self != NULL, NULL);

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const OwnFile *file = value;

      if (file->provider != NULL)
        g_ptr_array_add (providers, file->provider);
    }

  return providers;
}

gboolean
lanyard_own_providers_has (LanyardOwnProviders *self, const char *id)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return g_hash_table_contains (self->files, id);
}

char **
lanyard_own_providers_list_problems (LanyardOwnProviders *self)
{
  g_autoptr (GStrvBuilder) problems = g_strv_builder_new ();
  g_autoptr (GList) ids = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  ids = g_list_sort (g_hash_table_get_keys (self->files), (GCompareFunc)strcmp);
  for (GList *l = ids; l != NULL; l = l->next)
    {
      const OwnFile *file = g_hash_table_lookup (self->files, l->data);

      if (file->error != NULL)
        g_strv_builder_add (problems, file->error->message);
    }

  return g_strv_builder_end (problems);
}
