/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-list-model.h"

#include <string.h>

#include "lanyard-text.h"

/* How many search keys are made in one go while nothing else is to be done. */
#define KEYS_PER_TURN 250

struct _LanyardListModel
{
  GObject parent_instance;

  /* Owned */
  GListModel *authorizations;
  LanyardCatalogue *catalogue;
  GPtrArray *entries;        /* every LanyardListEntry, in order */
  GHashTable *entries_by_id; /* keys and values are borrowed from the entries */
  GPtrArray *found;          /* those that fit view and search, in order; borrowed from entries */
  char **words;

  LanyardListSort sort;
  gboolean descending;
  gboolean show_inactive;
  gboolean is_stale;    /* the authorizations have changed since the entries were made */
  gboolean is_unsorted; /* the entries have changed since they were put in order */
  guint update_source;
  guint keys_source;
  guint n_keys;
};

enum
{
  REORDERED,
  UPDATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardListModel,
                               lanyard_list_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static gboolean
has_words (LanyardListModel *self, LanyardListEntry *entry)
{
  const char *key;

  if (self->words == NULL)
    return TRUE;

  key = lanyard_list_entry_get_search_key (entry);
  for (guint i = 0; self->words[i] != NULL; i++)
    if (strstr (key, self->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_in_view (LanyardListModel *self, LanyardListEntry *entry)
{
  LanyardAuthorization *authorization = lanyard_list_entry_get_authorization (entry);

  return lanyard_authorization_is_active (authorization) != self->show_inactive;
}

typedef struct
{
  LanyardListSort sort;
  gboolean descending;
  gint64 now;
} Order;

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Order *order = user_data;
  int result = lanyard_list_entry_compare (*(LanyardListEntry *const *)a,
                                           *(LanyardListEntry *const *)b, order->sort, order->now);

  return order->descending ? -result : result;
}

static void
sort_entries (LanyardListModel *self)
{
  Order order = { self->sort, self->descending, g_get_real_time () / G_USEC_PER_SEC };

  g_ptr_array_sort_with_data (self->entries, compare_cb, &order);
  self->is_unsorted = FALSE;
}

/* The entries are in order, so that a search has nothing to sort. */
static GPtrArray *
find_entries (LanyardListModel *self)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      LanyardListEntry *entry = g_ptr_array_index (self->entries, i);

      if (is_in_view (self, entry) && has_words (self, entry))
        g_ptr_array_add (found, entry);
    }
  return found;
}

/* Tells one change, as small as a single one can be: rows that stay keep their widgets, and a focus
 * that is on one of them stays. */
static void
tell_change (LanyardListModel *self, GPtrArray *before)
{
  guint n_before = before->len;
  guint n_after = self->found->len;
  guint n_shorter = MIN (n_before, n_after);
  guint head = 0;
  guint tail = 0;

  while (head < n_shorter && before->pdata[head] == self->found->pdata[head])
    head++;
  while (tail < n_shorter - head &&
         before->pdata[n_before - 1 - tail] == self->found->pdata[n_after - 1 - tail])
    tail++;
  if (n_before - head - tail > 0 || n_after - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, n_before - head - tail,
                                n_after - head - tail);
}

static void entry_changed_cb (LanyardListModel *self);

static gboolean
make_keys_cb (gpointer user_data)
{
  LanyardListModel *self = user_data;
  guint end = MIN (self->n_keys + KEYS_PER_TURN, self->entries->len);

  for (; self->n_keys < end; self->n_keys++)
    lanyard_list_entry_get_search_key (g_ptr_array_index (self->entries, self->n_keys));
  if (self->n_keys < self->entries->len)
    return G_SOURCE_CONTINUE;

  self->keys_source = 0;
  return G_SOURCE_REMOVE;
}

/* The search keys are made when there is nothing else to do, so that neither the start nor the
 * first key waits for them. */
static void
queue_keys (LanyardListModel *self)
{
  self->n_keys = 0;
  if (self->keys_source == 0)
    self->keys_source = g_idle_add_full (G_PRIORITY_LOW, make_keys_cb, self, NULL);
}

static LanyardListEntry *
make_entry (LanyardListModel *self, LanyardAuthorization *authorization)
{
  LanyardListEntry *entry = lanyard_list_entry_new (authorization, self->catalogue);

  g_signal_connect_object (entry, "changed", G_CALLBACK (entry_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return entry;
}

/* Makes the entries that the list has, and keeps those that it had, with what is being done.
 * Returns the array of before, in which those live that are gone. */
static GPtrArray *
load_entries (LanyardListModel *self)
{
  guint n_items = g_list_model_get_n_items (self->authorizations);
  GPtrArray *before = g_steal_pointer (&self->entries);
  g_autoptr (GHashTable) before_by_id = g_steal_pointer (&self->entries_by_id);

  self->is_stale = FALSE;
  self->is_unsorted = TRUE;
  self->entries = g_ptr_array_new_full (n_items, g_object_unref);
  self->entries_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (LanyardAuthorization) authorization =
        g_list_model_get_item (self->authorizations, i);
      const char *id = lanyard_authorization_get_id (authorization);
      LanyardListEntry *entry = g_hash_table_lookup (before_by_id, id);

      if (entry != NULL && lanyard_list_entry_get_authorization (entry) == authorization)
        g_object_ref (entry);
      else
        entry = make_entry (self, authorization);
      g_ptr_array_add (self->entries, entry);
      g_hash_table_insert (self->entries_by_id, (char *)lanyard_list_entry_get_id (entry), entry);
    }
  queue_keys (self);
  return before;
}

static void
update (LanyardListModel *self)
{
  g_autoptr (GPtrArray) entries_before = NULL;
  g_autoptr (GPtrArray) found_before = g_steal_pointer (&self->found);

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->is_stale)
    entries_before = load_entries (self);
  if (self->is_unsorted)
    sort_entries (self);
  self->found = find_entries (self);
  tell_change (self, found_before);
  g_signal_emit (self, signals[UPDATED], 0);
}

static void
choose_anew (LanyardListModel *self)
{
  g_signal_emit (self, signals[REORDERED], 0);
  update (self);
}

static gboolean
update_cb (gpointer user_data)
{
  LanyardListModel *self = user_data;

  self->update_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* An authorization notifies several properties at a time: the list follows once, before the next
 * picture is drawn. */
static void
queue_update (LanyardListModel *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

static void
entry_changed_cb (LanyardListModel *self)
{
  self->is_unsorted = TRUE;
  queue_update (self);
}

static void
authorizations_changed_cb (LanyardListModel *self)
{
  self->is_stale = TRUE;
  queue_update (self);
}

/* What somebody asks about by id or name must be there, whatever has been told yet. */
static void
ensure_entries (LanyardListModel *self)
{
  if (self->is_stale)
    update (self);
}

static GType
lanyard_list_model_get_item_type (GListModel *model)
{
  return LANYARD_TYPE_LIST_ENTRY;
}

static guint
lanyard_list_model_get_n_items (GListModel *model)
{
  return LANYARD_LIST_MODEL (model)->found->len;
}

static gpointer
lanyard_list_model_get_item (GListModel *model, guint position)
{
  LanyardListModel *self = LANYARD_LIST_MODEL (model);

  if (position >= self->found->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->found, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = lanyard_list_model_get_item_type;
  iface->get_n_items = lanyard_list_model_get_n_items;
  iface->get_item = lanyard_list_model_get_item;
}

static void
lanyard_list_model_dispose (GObject *object)
{
  LanyardListModel *self = LANYARD_LIST_MODEL (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  g_clear_handle_id (&self->keys_source, g_source_remove);
  g_clear_object (&self->authorizations);
  g_clear_object (&self->catalogue);

  G_OBJECT_CLASS (lanyard_list_model_parent_class)->dispose (object);
}

static void
lanyard_list_model_finalize (GObject *object)
{
  LanyardListModel *self = LANYARD_LIST_MODEL (object);

  g_ptr_array_unref (self->found);
  g_hash_table_unref (self->entries_by_id);
  g_ptr_array_unref (self->entries);
  g_strfreev (self->words);

  G_OBJECT_CLASS (lanyard_list_model_parent_class)->finalize (object);
}

static void
lanyard_list_model_class_init (LanyardListModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_list_model_dispose;
  object_class->finalize = lanyard_list_model_finalize;

  signals[REORDERED] = g_signal_new ("reordered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UPDATED] = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lanyard_list_model_init (LanyardListModel *self)
{
  self->entries = g_ptr_array_new ();
  self->entries_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->found = g_ptr_array_new ();
}

LanyardListModel *
lanyard_list_model_new (GListModel *authorizations, LanyardCatalogue *catalogue)
{
  LanyardListModel *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (authorizations), NULL);
  g_return_val_if_fail (LANYARD_IS_CATALOGUE (catalogue), NULL);

  self = g_object_new (LANYARD_TYPE_LIST_MODEL, NULL);
  self->authorizations = g_object_ref (authorizations);
  self->catalogue = g_object_ref (catalogue);
  g_signal_connect_object (authorizations, "items-changed", G_CALLBACK (authorizations_changed_cb),
                           self, G_CONNECT_SWAPPED);
  self->is_stale = TRUE;
  update (self);
  return self;
}

void
lanyard_list_model_set_search (LanyardListModel *self, const char *text)
{
  g_autofree char *key = NULL;
  g_auto (GStrv) words = NULL;

  g_return_if_fail (LANYARD_IS_LIST_MODEL (self));

  key = lanyard_text_dup_key (text == NULL ? "" : text);
  if (*key != '\0')
    words = g_strsplit (key, " ", -1);
  if (words == self->words ||
      (words != NULL && self->words != NULL &&
       g_strv_equal ((const char *const *)words, (const char *const *)self->words)))
    return;

  g_strfreev (self->words);
  self->words = g_steal_pointer (&words);
  choose_anew (self);
}

gboolean
lanyard_list_model_has_search (LanyardListModel *self)
{
  g_return_val_if_fail (LANYARD_IS_LIST_MODEL (self), FALSE);

  return self->words != NULL;
}

void
lanyard_list_model_set_show_inactive (LanyardListModel *self, gboolean show_inactive)
{
  g_return_if_fail (LANYARD_IS_LIST_MODEL (self));

  show_inactive = !!show_inactive;
  if (self->show_inactive == show_inactive)
    return;

  self->show_inactive = show_inactive;
  choose_anew (self);
}

gboolean
lanyard_list_model_get_show_inactive (LanyardListModel *self)
{
  g_return_val_if_fail (LANYARD_IS_LIST_MODEL (self), FALSE);

  return self->show_inactive;
}

void
lanyard_list_model_set_sort (LanyardListModel *self, LanyardListSort sort, gboolean descending)
{
  g_return_if_fail (LANYARD_IS_LIST_MODEL (self));

  descending = !!descending;
  if (self->sort == sort && self->descending == descending)
    return;

  self->sort = sort;
  self->descending = descending;
  self->is_unsorted = TRUE;
  choose_anew (self);
}

LanyardListSort
lanyard_list_model_get_sort (LanyardListModel *self, gboolean *descending)
{
  g_return_val_if_fail (LANYARD_IS_LIST_MODEL (self), LANYARD_LIST_SORT_NAME);

  if (descending != NULL)
    *descending = self->descending;
  return self->sort;
}

guint
lanyard_list_model_count_elsewhere (LanyardListModel *self)
{
  guint count = 0;

  g_return_val_if_fail (LANYARD_IS_LIST_MODEL (self), 0);

  for (guint i = 0; i < self->entries->len; i++)
    {
      LanyardListEntry *entry = g_ptr_array_index (self->entries, i);

      if (!is_in_view (self, entry) && has_words (self, entry))
        count++;
    }
  return count;
}

guint
lanyard_list_model_count_all (LanyardListModel *self)
{
  g_return_val_if_fail (LANYARD_IS_LIST_MODEL (self), 0);

  return self->entries->len;
}

LanyardListEntry *
lanyard_list_model_find (LanyardListModel *self, const char *id)
{
  g_return_val_if_fail (LANYARD_IS_LIST_MODEL (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  ensure_entries (self);
  return g_hash_table_lookup (self->entries_by_id, id);
}

gboolean
lanyard_list_model_has_name (LanyardListModel *self, const char *name)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (LANYARD_IS_LIST_MODEL (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  ensure_entries (self);
  key = lanyard_text_dup_key (name);
  for (guint i = 0; i < self->entries->len; i++)
    {
      LanyardListEntry *entry = g_ptr_array_index (self->entries, i);
      const char *other =
        lanyard_authorization_get_name (lanyard_list_entry_get_authorization (entry));
      g_autofree char *other_key = lanyard_text_dup_key (other == NULL ? "" : other);

      if (strcmp (key, other_key) == 0)
        return TRUE;
    }
  return FALSE;
}
