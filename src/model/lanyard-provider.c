/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider.h"

#include "lanyard-json.h"
#include "lanyard-provider-parts.h"
#include "lanyard-search-key.h"

#include <string.h>

struct _LanyardProvider
{
  GObject parent_instance;

  /* Owned */
  JsonObject *data;
  GPtrArray *methods;
  GPtrArray *inputs;
  GPtrArray *scopes;
  GPtrArray *connectors;
  char **type_ids;
  char *search_key;

  /* What is known before the data is read; it borrows its texts. */
  LanyardProviderSummary summary;
  LanyardProviderLoadFunc load;
};

G_DEFINE_FINAL_TYPE (LanyardProvider, lanyard_provider, G_TYPE_OBJECT)

/* For providers without a colour of their own; white text is readable on each. */
static const char *const badge_colors[] = {
  "#1a5fb4", "#1c71d8", "#1b7f4f", "#26734d", "#813d9c", "#613583", "#a51d2d",
  "#c01c28", "#b5460f", "#865e3c", "#63452c", "#3d6a86", "#4b5563",
};

static const char *
choose_color (const char *id)
{
  return badge_colors[g_str_hash (id) % G_N_ELEMENTS (badge_colors)];
}

/* Takes @data, and what is made of it. */
static void
take_data (LanyardProvider *self, JsonObject *data)
{
  self->data = data;
  self->methods = lanyard_provider_parts_make_methods (data);
  self->inputs = lanyard_provider_parts_make_inputs (data);
  self->scopes = lanyard_provider_parts_make_scopes (data);
  self->connectors = lanyard_provider_parts_make_connectors (data);
}

/* Reads the data when it is needed first. */
static JsonObject *
get_data (LanyardProvider *self)
{
  if (self->data == NULL)
    {
      JsonObject *data = self->load (self->summary.id);

      g_assert (data != NULL);
      take_data (self, data);
    }

  return self->data;
}

static void
append_new (GPtrArray *list, const char *const *strings)
{
  for (; strings != NULL && *strings != NULL; strings++)
    {
      if (!g_ptr_array_find_with_equal_func (list, *strings, g_str_equal, NULL))
        g_ptr_array_add (list, g_strdup (*strings));
    }
}

/* A type may have several methods. */
static char **
dup_type_ids (GPtrArray *methods)
{
  g_autoptr (GPtrArray) type_ids = g_ptr_array_new ();

  for (guint i = 0; i < methods->len; i++)
    {
      const char *type_id = lanyard_method_get_type_id (g_ptr_array_index (methods, i));

      append_new (type_ids, (const char *const[]){ type_id, NULL });
    }
  g_ptr_array_add (type_ids, NULL);

  return (char **)g_ptr_array_steal (type_ids, NULL);
}

static char *
make_search_key (LanyardProvider *self)
{
  g_auto (GStrv) aliases = lanyard_json_dup_strv (self->data, "aliases");
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autoptr (GUri) uri = NULL;
  const char *host;

  for (guint i = 0; aliases != NULL && aliases[i] != NULL; i++)
    g_ptr_array_add (texts, aliases[i]);
  if (self->summary.website != NULL)
    uri = g_uri_parse (self->summary.website, G_URI_FLAGS_NONE, NULL);
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (host != NULL)
    g_ptr_array_add (texts, (char *)host + (g_str_has_prefix (host, "www.") ? strlen ("www.") : 0));
  g_ptr_array_add (texts, NULL);

  return lanyard_search_key_new (self->summary.name, (const char *const *)texts->pdata);
}

static void
lanyard_provider_finalize (GObject *object)
{
  LanyardProvider *self = LANYARD_PROVIDER (object);

  g_clear_pointer (&self->methods, g_ptr_array_unref);
  g_clear_pointer (&self->inputs, g_ptr_array_unref);
  g_clear_pointer (&self->scopes, g_ptr_array_unref);
  g_clear_pointer (&self->connectors, g_ptr_array_unref);
  g_clear_pointer (&self->data, json_object_unref);
  g_strfreev (self->type_ids);
  g_free (self->search_key);

  G_OBJECT_CLASS (lanyard_provider_parent_class)->finalize (object);
}

static void
lanyard_provider_class_init (LanyardProviderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lanyard_provider_finalize;
}

static void
lanyard_provider_init (LanyardProvider *self)
{
}

LanyardProvider *
lanyard_provider_new (JsonObject *data)
{
  LanyardProvider *self;
  gint64 rank = 0;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (lanyard_json_get_string (data, "id") != NULL, NULL);
  g_return_val_if_fail (lanyard_json_get_string (data, "name") != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_PROVIDER, NULL);
  take_data (self, json_object_ref (data));
  lanyard_json_get_int64 (data, "popular", &rank);
  self->summary.id = lanyard_json_get_string (data, "id");
  self->summary.name = lanyard_json_get_string (data, "name");
  self->summary.website = lanyard_json_get_string (data, "website");
  self->summary.color = lanyard_json_get_string (data, "color");
  self->summary.icon = lanyard_json_get_string (data, "icon");
  self->summary.category = lanyard_json_get_string (data, "category");
  self->summary.rank = (guint)CLAMP (rank, 0, G_MAXINT);
  self->summary.custom = lanyard_json_get_boolean (data, "custom", FALSE);
  self->type_ids = dup_type_ids (self->methods);

  return self;
}

LanyardProvider *
lanyard_provider_new_lazy (const LanyardProviderSummary *summary, LanyardProviderLoadFunc load)
{
  LanyardProvider *self;

  g_return_val_if_fail (summary != NULL, NULL);
  g_return_val_if_fail (load != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_PROVIDER, NULL);
  self->summary = *summary;
  self->load = load;

  return self;
}

JsonObject *
lanyard_provider_dup_data (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return lanyard_provider_parts_copy (get_data (self));
}

gboolean
lanyard_provider_is_loaded (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), FALSE);

  return self->data != NULL;
}

const char *
lanyard_provider_get_id (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return self->summary.id;
}

const char *
lanyard_provider_get_name (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  /* Others are names of companies and of what they make. */
  return self->summary.custom ? g_dgettext (GETTEXT_PACKAGE, self->summary.name)
                              : self->summary.name;
}

const char *
lanyard_provider_get_website (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return self->summary.website;
}

const char *
lanyard_provider_get_docs_url (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return lanyard_json_get_string (get_data (self), "docs_url");
}

const char *
lanyard_provider_get_registration_url (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return lanyard_json_get_string (get_data (self), "registration_url");
}

const char *
lanyard_provider_get_hint (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return lanyard_provider_parts_get_text (get_data (self), "hint");
}

char **
lanyard_provider_dup_limits (LanyardProvider *self)
{
  char **limits;

  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  limits = lanyard_json_dup_strv (get_data (self), "limits");
  for (guint i = 0; limits != NULL && limits[i] != NULL; i++)
    {
      char *text = g_strdup (lanyard_provider_parts_translate (limits[i]));

      g_free (limits[i]);
      limits[i] = text;
    }

  return limits;
}

const char *
lanyard_provider_get_color (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return self->summary.color != NULL ? self->summary.color : choose_color (self->summary.id);
}

JsonObject *
lanyard_provider_get_data (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return get_data (self);
}

gboolean
lanyard_provider_is_custom (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), FALSE);

  return self->summary.custom;
}

guint
lanyard_provider_get_rank (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), 0);

  return self->summary.rank;
}

const char *
lanyard_provider_get_icon (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return self->summary.icon;
}

const char *
lanyard_provider_get_category (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  return self->summary.category;
}

const char *const *
lanyard_provider_get_type_ids (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  if (self->type_ids == NULL)
    self->type_ids = g_strsplit (self->summary.type_ids, " ", -1);

  return (const char *const *)self->type_ids;
}

const char *
lanyard_provider_get_search_key (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  if (self->summary.search_key == NULL)
    {
      self->search_key = make_search_key (self);
      self->summary.search_key = self->search_key;
    }

  return self->summary.search_key;
}

GPtrArray *
lanyard_provider_list_methods (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  get_data (self);
  return self->methods;
}

LanyardMethod *
lanyard_provider_find_method (LanyardProvider *self, const char *type_id)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  get_data (self);
  for (guint i = 0; i < self->methods->len; i++)
    {
      LanyardMethod *method = g_ptr_array_index (self->methods, i);

      if (type_id == NULL || strcmp (lanyard_method_get_type_id (method), type_id) == 0)
        return method;
    }

  return NULL;
}

LanyardMethod *
lanyard_provider_lookup_method (LanyardProvider *self, const char *id)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  get_data (self);
  for (guint i = 0; i < self->methods->len; i++)
    {
      LanyardMethod *method = g_ptr_array_index (self->methods, i);

      if (strcmp (lanyard_method_get_id (method), id) == 0)
        return method;
    }

  return NULL;
}

/* A method that is gone from the data leaves the others of its type, not nothing. */
LanyardMethod *
lanyard_provider_find_method_of (LanyardProvider *self, LanyardAuthorization *authorization)
{
  const char *type_id = lanyard_authorization_get_type_id (authorization);
  const char *id = lanyard_authorization_get_method_id (authorization);
  LanyardMethod *method = id != NULL ? lanyard_provider_lookup_method (self, id) : NULL;

  if (method != NULL && g_strcmp0 (lanyard_method_get_type_id (method), type_id) == 0)
    return method;

  return lanyard_provider_find_method (self, type_id != NULL ? type_id : "");
}

void
lanyard_provider_use_method (LanyardProvider *self,
                             LanyardMethod *method,
                             LanyardAuthorization *authorization)
{
  const char *type_id = lanyard_method_get_type_id (method);
  gboolean is_meant = lanyard_provider_find_method (self, type_id) == method;

  lanyard_authorization_set_provider_id (authorization, lanyard_provider_get_id (self));
  lanyard_authorization_set_type_id (authorization, type_id);
  lanyard_authorization_set_method_id (authorization,
                                       is_meant ? NULL : lanyard_method_get_id (method));
}

GPtrArray *
lanyard_provider_list_inputs (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  get_data (self);
  return self->inputs;
}

GPtrArray *
lanyard_provider_list_scopes (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  get_data (self);
  return self->scopes;
}

const LanyardScope *
lanyard_provider_find_scope (LanyardProvider *self, const char *name)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  get_data (self);
  for (guint i = 0; i < self->scopes->len; i++)
    {
      LanyardScope *scope = g_ptr_array_index (self->scopes, i);

      if (g_strcmp0 (scope->name, name) == 0)
        return scope;
    }

  return NULL;
}

GPtrArray *
lanyard_provider_list_connectors (LanyardProvider *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  get_data (self);
  return self->connectors;
}

const LanyardConnector *
lanyard_provider_find_connector (LanyardProvider *self, const char *id)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);

  get_data (self);
  for (guint i = 0; i < self->connectors->len; i++)
    {
      LanyardConnector *connector = g_ptr_array_index (self->connectors, i);

      if (g_strcmp0 (connector->id, id) == 0)
        return connector;
    }

  return NULL;
}

char **
lanyard_provider_collect_scopes (LanyardProvider *self,
                                 LanyardMethod *method,
                                 const char *const *connectors,
                                 const char *const *scopes)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_auto (GStrv) always = NULL;

  g_return_val_if_fail (LANYARD_IS_PROVIDER (self), NULL);
  g_return_val_if_fail (method == NULL || LANYARD_IS_METHOD (method), NULL);

  if (method != NULL)
    always = lanyard_method_dup_strv (method, "authorize.scope.always");
  append_new (list, (const char *const *)always);
  for (; connectors != NULL && *connectors != NULL; connectors++)
    {
      const LanyardConnector *connector = lanyard_provider_find_connector (self, *connectors);

      if (connector != NULL)
        append_new (list, (const char *const *)connector->scopes);
    }
  append_new (list, scopes);
  g_ptr_array_add (list, NULL);

  return (char **)g_ptr_array_steal (list, NULL);
}
