/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-catalogue.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-provider-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RESOURCE_FOLDER "/io/github/lanyard/Lanyard/providers/"
#define MAX_ID_LENGTH 64

struct _LanyardCatalogue
{
  GObject parent_instance;

  /* Owned */
  char *directory;
  GHashTable *providers;
  GListStore *list;
};

G_DEFINE_FINAL_TYPE (LanyardCatalogue, lanyard_catalogue, G_TYPE_OBJECT)

/* An id is part of a file's path, so that nothing but a plain name may be one. */
static gboolean
is_id (const char *id)
{
  return strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen (id) &&
         g_ascii_isalnum (*id) && strlen (id) <= MAX_ID_LENGTH;
}

/* Reads a file of the person's own. What is no regular file, such as a pipe that would never end,
 * or too large, is not read. */
static char *
read_file (const char *path, gsize *length, GError **error)
{
  g_autofree char *text = NULL;
  struct stat status;
  gsize done = 0;
  gssize n = 0;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (fd < 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, (int)g_file_error_from_errno (errno),
                           g_strerror (errno));
      return NULL;
    }

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode) ||
      status.st_size > LANYARD_JSON_MAX_SIZE)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                           _ ("this is no ordinary file, or it is too large"));
      close (fd);
      return NULL;
    }

  text = g_malloc ((gsize)status.st_size + 1);
  while (done < (gsize)status.st_size &&
         (n = read (fd, text + done, (gsize)status.st_size - done)) > 0)
    done += (gsize)n;
  close (fd);
  if (n < 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, (int)g_file_error_from_errno (errno),
                           g_strerror (errno));
      return NULL;
    }

  text[done] = '\0';
  *length = done;
  return g_steal_pointer (&text);
}

/* The person's own provider of that id; NULL without an error when there is none. */
static LanyardProvider *
load_own (LanyardCatalogue *self, const char *id, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) local_error = NULL;
  LanyardProvider *provider = NULL;
  gsize length = 0;

  if (self->directory == NULL)
    return NULL;

  name = g_strconcat (id, ".json", NULL);
  path = g_build_filename (self->directory, name, NULL);
  text = read_file (path, &length, &local_error);
  if (text != NULL)
    provider = lanyard_provider_reader_read (text, length, id, &local_error);
  if (provider != NULL || g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return provider;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               /* Translators: the path of a file, then what is wrong with it. */
               _ ("The provider file %s cannot be used: %s"), path, local_error->message);
  return NULL;
}

static LanyardProvider *
load_shipped (const char *id, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, id, ".json", NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length;
  const char *text;

  if (bytes == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   _ ("There is no provider “%s”; choose one from the list of providers"), id);
      return NULL;
    }

  text = g_bytes_get_data (bytes, &length);
  return lanyard_provider_reader_read (text, length, id, error);
}

/* The ids that the names of files have; what is hidden or no JSON file is not meant for us. */
static void
add_id (GHashTable *ids, const char *name)
{
  if (*name != '.' && g_str_has_suffix (name, ".json"))
    g_hash_table_add (ids, g_strndup (name, strlen (name) - strlen (".json")));
}

static GHashTable *
find_own_ids (LanyardCatalogue *self)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (self->directory != NULL)
    folder = g_dir_open (self->directory, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    add_id (ids, name);

  return ids;
}

static void
add_shipped_ids (GHashTable *ids)
{
  g_auto (GStrv) names =
            g_resources_enumerate_children (RESOURCE_FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    add_id (ids, names[i]);
}

static int
compare_providers (gconstpointer a, gconstpointer b)
{
  LanyardProvider *first = *(LanyardProvider *const *)a;
  LanyardProvider *second = *(LanyardProvider *const *)b;
  int order = lanyard_provider_is_custom (first) - lanyard_provider_is_custom (second);

  if (order == 0)
    order = g_utf8_collate (lanyard_provider_get_name (first), lanyard_provider_get_name (second));
  if (order == 0)
    order = strcmp (lanyard_provider_get_id (first), lanyard_provider_get_id (second));

  return order;
}

static gboolean
list_equals (GListModel *list, GPtrArray *providers)
{
  if (g_list_model_get_n_items (list) != providers->len)
    return FALSE;

  for (guint i = 0; i < providers->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);

      if (item != g_ptr_array_index (providers, i))
        return FALSE;
    }

  return TRUE;
}

static void
lanyard_catalogue_finalize (GObject *object)
{
  LanyardCatalogue *self = LANYARD_CATALOGUE (object);

  g_free (self->directory);
  g_hash_table_unref (self->providers);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (lanyard_catalogue_parent_class)->finalize (object);
}

static void
lanyard_catalogue_class_init (LanyardCatalogueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lanyard_catalogue_finalize;
}

static void
lanyard_catalogue_init (LanyardCatalogue *self)
{
  self->providers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

LanyardCatalogue *
lanyard_catalogue_new (const char *directory)
{
  LanyardCatalogue *self = g_object_new (LANYARD_TYPE_CATALOGUE, NULL);

  self->directory = g_strdup (directory);

  return self;
}

LanyardCatalogue *
lanyard_catalogue_new_default (void)
{
  g_autofree char *directory =
    g_build_filename (g_get_user_config_dir (), "lanyard", "providers", NULL);

  return lanyard_catalogue_new (directory);
}

LanyardProvider *
lanyard_catalogue_lookup (LanyardCatalogue *self, const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  LanyardProvider *provider;

  g_return_val_if_fail (LANYARD_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  provider = g_hash_table_lookup (self->providers, id);
  if (provider != NULL)
    return provider;

  if (is_id (id))
    provider = load_own (self, id, &local_error);
  if (provider == NULL && local_error == NULL)
    provider = load_shipped (id, &local_error);
  if (provider == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  g_hash_table_insert (self->providers, g_strdup (id), provider);
  return provider;
}

GListModel *
lanyard_catalogue_list (LanyardCatalogue *self)
{
  g_autoptr (GHashTable) ids = NULL;
  g_autoptr (GPtrArray) providers = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_return_val_if_fail (LANYARD_IS_CATALOGUE (self), NULL);

  ids = find_own_ids (self);
  add_shipped_ids (ids);
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      LanyardProvider *provider = lanyard_catalogue_lookup (self, id, NULL);

      if (provider != NULL)
        g_ptr_array_add (providers, provider);
    }
  g_ptr_array_sort (providers, compare_providers);

  if (self->list == NULL)
    self->list = g_list_store_new (LANYARD_TYPE_PROVIDER);
  if (!list_equals (G_LIST_MODEL (self->list), providers))
    g_list_store_splice (self->list, 0, g_list_model_get_n_items (G_LIST_MODEL (self->list)),
                         providers->pdata, providers->len);

  return G_LIST_MODEL (self->list);
}

char **
lanyard_catalogue_list_problems (LanyardCatalogue *self)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new ();
  g_autoptr (GHashTable) ids = NULL;
  GHashTableIter iter;
  gpointer id;

  g_return_val_if_fail (LANYARD_IS_CATALOGUE (self), NULL);

  ids = find_own_ids (self);
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (GError) error = NULL;

      if (!is_id (id))
        g_ptr_array_add (problems,
                         g_strdup_printf (_ ("The provider file %s/%s.json cannot be used: its "
                                             "name should be made of lower-case letters, "
                                             "digits, “-” and “_”"),
                                             self->directory, (const char *)id));
      else if (lanyard_catalogue_lookup (self, id, &error) == NULL)
        g_ptr_array_add (problems, g_strdup (error->message));
    }
  g_ptr_array_add (problems, NULL);

  return (char **)g_ptr_array_steal (problems, NULL);
}
