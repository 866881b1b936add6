/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider-item.h"

#include "lanyard-auth-types.h"

#include <glib/gi18n.h>

/* How many are popular, and from how many providers on it is worth saying which. */
#define POPULAR 8
#define MANY 20

struct _LanyardProviderItem
{
  GObject parent_instance;

  /* Owned */
  LanyardProvider *provider;
  char *heading;
};

G_DEFINE_FINAL_TYPE (LanyardProviderItem, lanyard_provider_item, G_TYPE_OBJECT)

static void
lanyard_provider_item_finalize (GObject *object)
{
  LanyardProviderItem *self = LANYARD_PROVIDER_ITEM (object);

  g_clear_object (&self->provider);
  g_free (self->heading);

  G_OBJECT_CLASS (lanyard_provider_item_parent_class)->finalize (object);
}

static void
lanyard_provider_item_class_init (LanyardProviderItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_provider_item_finalize;
}

static void
lanyard_provider_item_init (LanyardProviderItem *self)
{
}

const char *
lanyard_provider_item_get_heading (LanyardProviderItem *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER_ITEM (self), NULL);

  return self->heading;
}

LanyardProvider *
lanyard_provider_item_get_provider (LanyardProviderItem *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER_ITEM (self), NULL);

  return self->provider;
}

static void
take_item (GPtrArray *items, LanyardProvider *provider, const char *heading)
{
  LanyardProviderItem *item = g_object_new (LANYARD_TYPE_PROVIDER_ITEM, NULL);

  g_set_object (&item->provider, provider);
  item->heading = g_strdup (heading);
  g_ptr_array_add (items, item);
}

/* A provider that authorizes in no way that is known cannot be chosen. */
static gboolean
can_choose (LanyardProvider *provider)
{
  const char *const *type_id = lanyard_provider_get_type_ids (provider);

  for (; *type_id != NULL; type_id++)
    {
      if (lanyard_auth_types_lookup (*type_id) != NULL)
        return TRUE;
    }

  return FALSE;
}

static int
compare_rank (gconstpointer a, gconstpointer b)
{
  guint rank_a = lanyard_provider_get_rank (*(LanyardProvider *const *)a);
  guint rank_b = lanyard_provider_get_rank (*(LanyardProvider *const *)b);

  return (rank_a > rank_b) - (rank_a < rank_b);
}

static void
add_group (GPtrArray *items, const char *heading, GPtrArray *providers)
{
  if (providers->len > 0)
    take_item (items, NULL, heading);
  for (guint i = 0; i < providers->len; i++)
    take_item (items, g_ptr_array_index (providers, i), NULL);
}

static void
add_groups (GPtrArray *items, LanyardCatalogue *catalogue)
{
  GListModel *list = lanyard_catalogue_list (catalogue);
  guint n = g_list_model_get_n_items (list);
  g_autoptr (GPtrArray) own = g_ptr_array_new ();
  g_autoptr (GPtrArray) popular = g_ptr_array_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GPtrArray) custom = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LanyardProvider) provider = g_list_model_get_item (list, i);

      /* The list keeps them. */
      if (!can_choose (provider))
        continue;
      if (lanyard_provider_is_custom (provider))
        g_ptr_array_add (custom, provider);
      else
        g_ptr_array_add (all, provider);
      if (!lanyard_catalogue_is_shipped (catalogue, lanyard_provider_get_id (provider)))
        g_ptr_array_add (own, provider);
      if (lanyard_provider_get_rank (provider) != 0)
        g_ptr_array_add (popular, provider);
    }

  g_ptr_array_sort (popular, compare_rank);
  g_ptr_array_set_size (popular, (int)MIN (popular->len, POPULAR));
  /* Translators: heading of a list: providers that the person described herself */
  add_group (items, _ ("Yours"), own);
  if (all->len >= MANY)
    /* Translators: heading of a list of providers */
    add_group (items, _ ("Popular"), popular);
  /* Translators: heading of a list of all providers, by name */
  add_group (items, _ ("All Providers"), all);
  /* Translators: heading of a list: where the person enters every address herself */
  add_group (items, _ ("Custom"), custom);
}

/* Who finds nothing can enter everything. */
static void
add_custom (GPtrArray *items, LanyardCatalogue *catalogue)
{
  GListModel *list = lanyard_catalogue_list (catalogue);
  guint n = g_list_model_get_n_items (list);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LanyardProvider) provider = g_list_model_get_item (list, i);

      if (lanyard_provider_is_custom (provider) && can_choose (provider))
        take_item (items, provider, NULL);
    }
}

gboolean
lanyard_provider_items_fill (GListStore *store, LanyardCatalogue *catalogue, const char *words)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GListModel) found = NULL;
  gboolean is_found = TRUE;

  g_return_val_if_fail (G_IS_LIST_STORE (store), FALSE);
  g_return_val_if_fail (LANYARD_IS_CATALOGUE (catalogue), FALSE);
  g_return_val_if_fail (words != NULL, FALSE);

  if (*words == '\0')
    {
      add_groups (items, catalogue);
    }
  else
    {
      found = lanyard_catalogue_search (catalogue, words);
      for (guint i = 0; i < g_list_model_get_n_items (found); i++)
        {
          g_autoptr (LanyardProvider) provider = g_list_model_get_item (found, i);

          if (can_choose (provider))
            take_item (items, provider, NULL);
        }
      is_found = items->len > 0;
    }
  if (!is_found)
    add_custom (items, catalogue);

  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), items->pdata,
                       items->len);
  return is_found;
}
