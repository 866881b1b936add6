/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-catalogue.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-own-providers.h"
#include "lanyard-provider-index.h"
#include "lanyard-search-key.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RESOURCE_FOLDER "/io/github/lanyard/Lanyard/providers/"
#define RESOURCE_INDEX "/io/github/lanyard/Lanyard/providers.index"
/* How long the folder must be quiet, in milliseconds. */
#define SETTLE_TIME 200

struct _LanyardCatalogue
{
  GObject parent_instance;

  /* Owned */
  char *directory;
  LanyardOwnProviders *own;
  GBytes *index;
  GHashTable *rows;
  GHashTable *shipped;
  GListStore *list;
  GFileMonitor *monitor;

  guint settle_id;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardCatalogue, lanyard_catalogue, G_TYPE_OBJECT)

typedef struct
{
  LanyardProvider *provider;
  guint fit;
} Hit;

/* Lanyard was not built when a provider that it ships was broken. */
static JsonObject *
load_shipped (const char *id)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, id, ".json", NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  return lanyard_json_parse_object (text, length, NULL);
}

/* The rows of the index by the ids that stand in them. */
static GHashTable *
get_rows (LanyardCatalogue *self)
{
  LanyardProviderSummary summary;
  const char *at, *end;
  gsize length;

  if (self->rows != NULL)
    return self->rows;

  self->rows = g_hash_table_new (g_str_hash, g_str_equal);
  self->index = g_resources_lookup_data (RESOURCE_INDEX, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (self->index == NULL)
    return self->rows;

  at = g_bytes_get_data (self->index, &length);
  end = at + length;
  for (const char *row = at; lanyard_provider_index_next (&at, end, &summary); row = at)
    g_hash_table_insert (self->rows, (gpointer)summary.id, (gpointer)row);

  return self->rows;
}

static LanyardProvider *
look_up_shipped (LanyardCatalogue *self, const char *id)
{
  LanyardProvider *provider = g_hash_table_lookup (self->shipped, id);
  LanyardProviderSummary summary;
  const char *row;

  if (provider != NULL)
    return provider;

  row = g_hash_table_lookup (get_rows (self), id);
  if (row == NULL)
    return NULL;

  lanyard_provider_index_next (
    &row, (const char *)g_bytes_get_data (self->index, NULL) + g_bytes_get_size (self->index),
    &summary);
  provider = lanyard_provider_new_lazy (&summary, load_shipped);
  g_hash_table_insert (self->shipped, (gpointer)summary.id, provider);

  return provider;
}

static int
compare_providers (gconstpointer a, gconstpointer b)
{
  LanyardProvider *first = *(LanyardProvider *const *)a;
  LanyardProvider *second = *(LanyardProvider *const *)b;
  int order = lanyard_provider_is_custom (first) - lanyard_provider_is_custom (second);

  /* The key begins with the name, without case and accents; comparing it costs a tenth of
   * g_utf8_collate(), which would be most of the time that hundreds of providers take. */
  if (order == 0)
    order =
      strcmp (lanyard_provider_get_search_key (first), lanyard_provider_get_search_key (second));
  if (order == 0)
    order = strcmp (lanyard_provider_get_id (first), lanyard_provider_get_id (second));

  return order;
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *first = a;
  const Hit *second = b;
  guint first_rank = lanyard_provider_get_rank (first->provider);
  guint second_rank = lanyard_provider_get_rank (second->provider);
  int order =
    lanyard_provider_is_custom (first->provider) - lanyard_provider_is_custom (second->provider);

  if (first->fit != second->fit)
    return first->fit > second->fit ? -1 : 1;
  if (order != 0)
    return order;
  /* Without a rank comes after all that have one. */
  if (first_rank != second_rank)
    return first_rank - 1 < second_rank - 1 ? -1 : 1;

  return compare_providers (&first->provider, &second->provider);
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

/* All that can be used: whatever the person has a file for is the file, also while it is broken. */
static GPtrArray *
collect_providers (LanyardCatalogue *self)
{
  GPtrArray *providers = lanyard_own_providers_list (self->own);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, get_rows (self));
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      if (!lanyard_own_providers_has (self->own, id))
        g_ptr_array_add (providers, look_up_shipped (self, id));
    }
  g_ptr_array_sort (providers, compare_providers);

  return providers;
}

static void
fill_list (LanyardCatalogue *self)
{
  g_autoptr (GPtrArray) providers = collect_providers (self);
  GListModel *list = G_LIST_MODEL (self->list);

  if (!list_equals (list, providers))
    g_list_store_splice (self->list, 0, g_list_model_get_n_items (list), providers->pdata,
                         providers->len);
}

static GListModel *
get_list (LanyardCatalogue *self)
{
  return self->list != NULL ? G_LIST_MODEL (self->list) : lanyard_catalogue_list (self);
}

static gboolean
settled_cb (gpointer user_data)
{
  LanyardCatalogue *self = user_data;

  self->settle_id = 0;
  if (!lanyard_own_providers_update (self->own))
    return G_SOURCE_REMOVE;

  g_object_ref (self);
  if (self->list != NULL)
    fill_list (self);
  g_signal_emit (self, signals[CHANGED], 0);
  g_object_unref (self);

  return G_SOURCE_REMOVE;
}

static void
folder_changed_cb (LanyardCatalogue *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->settle_id = g_timeout_add (SETTLE_TIME, settled_cb, self);
}

static void
lanyard_catalogue_dispose (GObject *object)
{
  LanyardCatalogue *self = LANYARD_CATALOGUE (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (lanyard_catalogue_parent_class)->dispose (object);
}

static void
lanyard_catalogue_finalize (GObject *object)
{
  LanyardCatalogue *self = LANYARD_CATALOGUE (object);

  g_free (self->directory);
  g_clear_pointer (&self->own, lanyard_own_providers_free);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_hash_table_unref (self->shipped);
  g_clear_pointer (&self->index, g_bytes_unref);

  G_OBJECT_CLASS (lanyard_catalogue_parent_class)->finalize (object);
}

static void
lanyard_catalogue_class_init (LanyardCatalogueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_catalogue_dispose;
  object_class->finalize = lanyard_catalogue_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lanyard_catalogue_init (LanyardCatalogue *self)
{
  self->shipped = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
}

LanyardCatalogue *
lanyard_catalogue_new (const char *directory)
{
  LanyardCatalogue *self = g_object_new (LANYARD_TYPE_CATALOGUE, NULL);

  self->directory = g_strdup (directory);
  self->own = lanyard_own_providers_new (directory);

  return self;
}

LanyardCatalogue *
lanyard_catalogue_new_default (void)
{
  g_autofree char *directory =
    g_build_filename (g_get_user_config_dir (), "lanyard", "providers", NULL);

  return lanyard_catalogue_new (directory);
}

const char *
lanyard_catalogue_get_directory (LanyardCatalogue *self)
{
  g_return_val_if_fail (LANYARD_IS_CATALOGUE (self), NULL);

  return self->directory;
}

LanyardProvider *
lanyard_catalogue_lookup (LanyardCatalogue *self, const char *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  LanyardProvider *provider;

  g_return_val_if_fail (LANYARD_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  provider = lanyard_own_providers_lookup (self->own, id, &local_error);
  if (provider == NULL && local_error == NULL)
    provider = look_up_shipped (self, id);
  if (provider == NULL && local_error == NULL)
    g_set_error (&local_error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                 _ ("There is no provider “%s”; choose one from the list of providers"), id);
  if (provider == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return provider;
}

gboolean
lanyard_catalogue_is_shipped (LanyardCatalogue *self, const char *id)
{
  g_return_val_if_fail (LANYARD_IS_CATALOGUE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return g_hash_table_contains (get_rows (self), id);
}

GListModel *
lanyard_catalogue_list (LanyardCatalogue *self)
{
  g_return_val_if_fail (LANYARD_IS_CATALOGUE (self), NULL);

  lanyard_own_providers_update (self->own);
  if (self->list == NULL)
    self->list = g_list_store_new (LANYARD_TYPE_PROVIDER);
  fill_list (self);

  return G_LIST_MODEL (self->list);
}

GListModel *
lanyard_catalogue_search (LanyardCatalogue *self, const char *words)
{
  g_autofree char *folded = NULL;
  g_autofree Hit *hits = NULL;
  g_autofree gpointer *found = NULL;
  GListModel *list;
  GListStore *results;
  guint n_hits = 0;

  g_return_val_if_fail (LANYARD_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (words != NULL, NULL);

  folded = lanyard_search_key_fold (words);
  list = get_list (self);
  hits = g_new (Hit, g_list_model_get_n_items (list) + 1);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      /* The list keeps it. */
      g_autoptr (LanyardProvider) provider = g_list_model_get_item (list, i);
      guint fit = lanyard_search_key_rank (lanyard_provider_get_search_key (provider), folded);

      if (fit > 0)
        hits[n_hits++] = (Hit){ provider, fit };
    }
  qsort (hits, n_hits, sizeof *hits, compare_hits);

  found = g_new (gpointer, n_hits + 1);
  for (guint i = 0; i < n_hits; i++)
    found[i] = hits[i].provider;
  results = g_list_store_new (LANYARD_TYPE_PROVIDER);
  g_list_store_splice (results, 0, 0, found, n_hits);

  return G_LIST_MODEL (results);
}

char **
lanyard_catalogue_list_problems (LanyardCatalogue *self)
{
  g_return_val_if_fail (LANYARD_IS_CATALOGUE (self), NULL);

  lanyard_own_providers_update (self->own);
  return lanyard_own_providers_list_problems (self->own);
}

void
lanyard_catalogue_watch (LanyardCatalogue *self)
{
  g_autoptr (GFile) folder = NULL;

  g_return_if_fail (LANYARD_IS_CATALOGUE (self));

  if (self->monitor != NULL || self->directory == NULL)
    return;

  /* So that what is there already is no news. */
  lanyard_own_providers_update (self->own);
  folder = g_file_new_for_path (self->directory);
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (folder_changed_cb), self,
                             G_CONNECT_SWAPPED);
}
