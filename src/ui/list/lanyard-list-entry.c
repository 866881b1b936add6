/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-list-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lanyard-auth-types.h"
#include "lanyard-text.h"

struct _LanyardListEntry
{
  GObject parent_instance;

  /* Owned */
  LanyardAuthorization *authorization;
  LanyardCatalogue *catalogue;
  GCancellable *cancellable;
  char *progress;
  /* Made when first asked for, forgotten when the authorization changes */
  char *search_key;
  char *name_key;

  /* Borrowed: the catalogue keeps it */
  LanyardProvider *provider;
  gboolean provider_is_known;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (LanyardListSort,
                    lanyard_list_sort,
                    G_DEFINE_ENUM_VALUE (LANYARD_LIST_SORT_NAME, "name"),
                    G_DEFINE_ENUM_VALUE (LANYARD_LIST_SORT_PROVIDER, "provider"),
                    G_DEFINE_ENUM_VALUE (LANYARD_LIST_SORT_STATUS, "status"))

G_DEFINE_FINAL_TYPE (LanyardListEntry, lanyard_list_entry, G_TYPE_OBJECT)

static const char *
get_name_key (LanyardListEntry *self)
{
  if (self->name_key == NULL)
    {
      const char *name = lanyard_authorization_get_name (self->authorization);
      /* Not every language's collation passes over case. */
      g_autofree char *folded = g_utf8_casefold (name == NULL ? "" : name, -1);

      self->name_key = g_utf8_collate_key (folded, -1);
    }
  return self->name_key;
}

/* The ones that need the person come first. */
static int
get_status_rank (LanyardListEntry *self, gint64 now)
{
  switch (lanyard_authorization_get_status_at (self->authorization, now))
    {
    case LANYARD_STATUS_REFUSED:
      return 0;
    case LANYARD_STATUS_EXPIRED:
      return 1;
    case LANYARD_STATUS_INCOMPLETE:
      return 2;
    case LANYARD_STATUS_REVOKED:
      return 3;
    case LANYARD_STATUS_NEW:
      return 4;
    case LANYARD_STATUS_AUTHORIZED:
    default:
      return 5;
    }
}

static guint
count_scopes (LanyardListEntry *self)
{
  const char *const *connectors = lanyard_authorization_get_connectors (self->authorization);
  const char *const *scopes = lanyard_authorization_get_scopes (self->authorization);
  LanyardProvider *provider = lanyard_list_entry_get_provider (self);
  LanyardMethod *method = NULL;
  g_auto (GStrv) all = NULL;

  if (provider != NULL)
    method = lanyard_provider_find_method_of (provider, self->authorization);
  if (method == NULL)
    return g_strv_length ((GStrv)scopes);

  all = lanyard_provider_collect_scopes (provider, method, connectors, scopes);
  return g_strv_length (all);
}

/* The host of the person's own address, for the types that have one. */
static char *
dup_host (LanyardListEntry *self)
{
  const char *base_url = lanyard_authorization_get_setting (self->authorization, "base_url");
  g_autoptr (GUri) uri = NULL;

  if (base_url == NULL)
    return NULL;

  uri = g_uri_parse (base_url, G_URI_FLAGS_NONE, NULL);
  return uri == NULL ? NULL : g_strdup (g_uri_get_host (uri));
}

static void
changed_cb (LanyardListEntry *self)
{
  g_clear_pointer (&self->search_key, g_free);
  g_clear_pointer (&self->name_key, g_free);
  self->provider_is_known = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
lanyard_list_entry_dispose (GObject *object)
{
  LanyardListEntry *self = LANYARD_LIST_ENTRY (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->authorization);
  g_clear_object (&self->catalogue);

  G_OBJECT_CLASS (lanyard_list_entry_parent_class)->dispose (object);
}

static void
lanyard_list_entry_finalize (GObject *object)
{
  LanyardListEntry *self = LANYARD_LIST_ENTRY (object);

  g_free (self->progress);
  g_free (self->search_key);
  g_free (self->name_key);

  G_OBJECT_CLASS (lanyard_list_entry_parent_class)->finalize (object);
}

static void
lanyard_list_entry_class_init (LanyardListEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_list_entry_dispose;
  object_class->finalize = lanyard_list_entry_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lanyard_list_entry_init (LanyardListEntry *self)
{
}

LanyardListEntry *
lanyard_list_entry_new (LanyardAuthorization *authorization, LanyardCatalogue *catalogue)
{
  LanyardListEntry *self;

  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (authorization), NULL);
  g_return_val_if_fail (LANYARD_IS_CATALOGUE (catalogue), NULL);

  self = g_object_new (LANYARD_TYPE_LIST_ENTRY, NULL);
  self->authorization = g_object_ref (authorization);
  self->catalogue = g_object_ref (catalogue);
  g_signal_connect_object (authorization, "notify", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (authorization, "settings-changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

LanyardAuthorization *
lanyard_list_entry_get_authorization (LanyardListEntry *self)
{
  g_return_val_if_fail (LANYARD_IS_LIST_ENTRY (self), NULL);

  return self->authorization;
}

const char *
lanyard_list_entry_get_id (LanyardListEntry *self)
{
  g_return_val_if_fail (LANYARD_IS_LIST_ENTRY (self), NULL);

  return lanyard_authorization_get_id (self->authorization);
}

LanyardProvider *
lanyard_list_entry_get_provider (LanyardListEntry *self)
{
  const char *id;

  g_return_val_if_fail (LANYARD_IS_LIST_ENTRY (self), NULL);

  if (!self->provider_is_known)
    {
      id = lanyard_authorization_get_provider_id (self->authorization);
      /* One that is unknown or broken is shown by its id; the editor says what is wrong. */
      self->provider = id == NULL ? NULL : lanyard_catalogue_lookup (self->catalogue, id, NULL);
      self->provider_is_known = TRUE;
    }
  return self->provider;
}

const char *
lanyard_list_entry_get_provider_name (LanyardListEntry *self)
{
  LanyardProvider *provider = lanyard_list_entry_get_provider (self);
  const char *id;

  if (provider != NULL)
    return lanyard_provider_get_name (provider);

  id = lanyard_authorization_get_provider_id (self->authorization);
  return id == NULL ? _ ("Unknown") : id;
}

char *
lanyard_list_entry_dup_details (LanyardListEntry *self)
{
  const char *type_id;
  LanyardAuthType *type;
  g_autofree char *connectors_text = NULL;
  g_autofree char *scopes_text = NULL;
  char *host;
  guint n_connectors;
  guint n_scopes;

  g_return_val_if_fail (LANYARD_IS_LIST_ENTRY (self), NULL);

  host = dup_host (self);
  if (host != NULL)
    return host;

  n_connectors = g_strv_length ((GStrv)lanyard_authorization_get_connectors (self->authorization));
  n_scopes = count_scopes (self);
  connectors_text =
    g_strdup_printf (ngettext ("%u connector", "%u connectors", n_connectors), n_connectors);
  scopes_text = g_strdup_printf (ngettext ("%u scope", "%u scopes", n_scopes), n_scopes);
  if (n_connectors > 0 && n_scopes > 0)
    return g_strdup_printf ("%s · %s", connectors_text, scopes_text);
  if (n_connectors > 0)
    return g_steal_pointer (&connectors_text);
  if (n_scopes > 0)
    return g_steal_pointer (&scopes_text);

  type_id = lanyard_authorization_get_type_id (self->authorization);
  type = lanyard_auth_types_lookup (type_id);
  if (type != NULL)
    return g_strdup (_ (lanyard_auth_type_get_info (type)->name));
  return g_strdup (type_id == NULL ? "" : type_id);
}

const char *
lanyard_list_entry_get_search_key (LanyardListEntry *self)
{
  g_autofree char *text = NULL;
  const char *parts[5] = { NULL };
  guint n_parts = 0;
  const char *account;
  const char *base_url;

  g_return_val_if_fail (LANYARD_IS_LIST_ENTRY (self), NULL);

  if (self->search_key != NULL)
    return self->search_key;

  account = lanyard_authorization_get_account (self->authorization);
  base_url = lanyard_authorization_get_setting (self->authorization, "base_url");
  if (lanyard_authorization_get_name (self->authorization) != NULL)
    parts[n_parts++] = lanyard_authorization_get_name (self->authorization);
  parts[n_parts++] = lanyard_list_entry_get_provider_name (self);
  if (account != NULL)
    parts[n_parts++] = account;
  if (base_url != NULL)
    parts[n_parts++] = base_url;

  text = g_strjoinv ("\n", (char **)parts);
  self->search_key = lanyard_text_dup_key (text);
  return self->search_key;
}

int
lanyard_list_entry_compare (LanyardListEntry *a,
                            LanyardListEntry *b,
                            LanyardListSort sort,
                            gint64 now)
{
  int result = 0;

  g_return_val_if_fail (LANYARD_IS_LIST_ENTRY (a), 0);
  g_return_val_if_fail (LANYARD_IS_LIST_ENTRY (b), 0);

  switch (sort)
    {
    case LANYARD_LIST_SORT_PROVIDER:
      result = g_utf8_collate (lanyard_list_entry_get_provider_name (a),
                               lanyard_list_entry_get_provider_name (b));
      break;
    case LANYARD_LIST_SORT_STATUS:
      result = get_status_rank (a, now) - get_status_rank (b, now);
      break;
    case LANYARD_LIST_SORT_NAME:
    default:
      break;
    }
  if (result == 0)
    result = strcmp (get_name_key (a), get_name_key (b));
  /* Never undecided, so that equal rows do not jump about. */
  return result != 0 ? result
                     : g_strcmp0 (lanyard_list_entry_get_id (a), lanyard_list_entry_get_id (b));
}

GCancellable *
lanyard_list_entry_begin (LanyardListEntry *self, const char *progress)
{
  g_return_val_if_fail (LANYARD_IS_LIST_ENTRY (self), NULL);
  g_return_val_if_fail (progress != NULL, NULL);

  lanyard_list_entry_cancel (self);
  self->cancellable = g_cancellable_new ();
  self->progress = g_strdup (progress);
  g_signal_emit (self, signals[CHANGED], 0);
  return g_object_ref (self->cancellable);
}

void
lanyard_list_entry_end (LanyardListEntry *self, GCancellable *cancellable)
{
  g_return_if_fail (LANYARD_IS_LIST_ENTRY (self));

  if (self->cancellable == NULL || self->cancellable != cancellable)
    return;

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->progress, g_free);
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
lanyard_list_entry_get_progress (LanyardListEntry *self)
{
  g_return_val_if_fail (LANYARD_IS_LIST_ENTRY (self), NULL);

  return self->progress;
}

void
lanyard_list_entry_cancel (LanyardListEntry *self)
{
  g_autoptr (GCancellable) cancellable = NULL;

  g_return_if_fail (LANYARD_IS_LIST_ENTRY (self));

  if (self->cancellable == NULL)
    return;

  cancellable = g_object_ref (self->cancellable);
  lanyard_list_entry_end (self, cancellable);
  g_cancellable_cancel (cancellable);
}
