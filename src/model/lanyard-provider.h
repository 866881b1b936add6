/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-authorization.h"
#include "lanyard-field.h"
#include "lanyard-method.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LanyardScope:
 * @name: the provider's name of the permission
 * @description: (nullable): what it allows, in plain words
 * @is_sensitive: whether the provider wants a reason for it, or a review, or warns of it
 */
typedef struct
{
  char *name;
  char *description;
  gboolean is_sensitive;
} LanyardScope;

/**
 * LanyardConnector:
 * @id: its id, unique within the provider
 * @name: what a person wants to do: "Google Calendar"
 * @description: (nullable): what it needs, in plain words
 * @hint: (nullable): where it hurts: what else must be done for it
 * @scopes: the names of the scopes that it asks for
 */
typedef struct
{
  char *id;
  char *name;
  char *description;
  char *hint;
  char **scopes;
} LanyardConnector;

/**
 * LanyardProviderSummary:
 * @id: its id
 * @name: its name
 * @website: (nullable): its address
 * @color: (nullable): the colour of its badge
 * @category: (nullable): what it is for
 * @type_ids: the authorization types of its methods, with spaces between them
 * @search_key: (nullable): as lanyard_search_key_new() makes it
 * @icon: (nullable): the name of its symbolic icon
 * @rank: its place when those that most people look for come first; 0 when it has none
 * @custom: whether it is one of the *Custom* entries
 *
 * What lists show of a provider, which is known without reading its data.
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *website;
  const char *color;
  const char *icon;
  const char *category;
  const char *type_ids;
  const char *search_key;
  guint rank;
  gboolean custom;
} LanyardProviderSummary;

/**
 * LanyardProviderLoadFunc:
 *
 * Returns: (transfer full): the data of the provider @id, which cannot be missing
 */
typedef JsonObject *(*LanyardProviderLoadFunc) (const char *id);

/**
 * LanyardProvider:
 *
 * A service that grants access, described by data. Immutable. One that Lanyard ships reads its data
 * when something is asked that its #LanyardProviderSummary does not say. Texts for people are in
 * their language, where there is a translation.
 */
#define LANYARD_TYPE_PROVIDER (lanyard_provider_get_type ())
G_DECLARE_FINAL_TYPE (LanyardProvider, lanyard_provider, LANYARD, PROVIDER, GObject)

/**
 * lanyard_provider_new:
 * @data: (transfer none): the object of a provider's file, whose grammar was checked
 *
 * Returns: (transfer full): a new provider
 */
LanyardProvider *lanyard_provider_new (JsonObject *data);

/**
 * lanyard_provider_new_lazy:
 * @summary: what is known of it, whose texts must outlive it
 * @load: reads its data when it is needed
 *
 * Returns: (transfer full): a new provider
 */
LanyardProvider *lanyard_provider_new_lazy (const LanyardProviderSummary *summary,
                                            LanyardProviderLoadFunc load);

/**
 * lanyard_provider_dup_data:
 *
 * Returns: (transfer full): a copy of the object of its file
 */
JsonObject *lanyard_provider_dup_data (LanyardProvider *self);

/* Whether the data was read. */
gboolean lanyard_provider_is_loaded (LanyardProvider *self);

const char *lanyard_provider_get_id (LanyardProvider *self);
/* A name that the person knows; that of a custom entry is in her language. */
const char *lanyard_provider_get_name (LanyardProvider *self);
const char *lanyard_provider_get_website (LanyardProvider *self);
const char *lanyard_provider_get_docs_url (LanyardProvider *self);
/* Where a client is registered, and a sentence about what to enter there; both nullable. */
const char *lanyard_provider_get_registration_url (LanyardProvider *self);
const char *lanyard_provider_get_hint (LanyardProvider *self);
/**
 * lanyard_provider_dup_limits:
 *
 * Returns: (transfer full) (nullable): what cannot be done with it, each in a sentence
 */
char **lanyard_provider_dup_limits (LanyardProvider *self);
/* The colour of the letter badge, `#rrggbb`; never %NULL (made from the id where the data has
 * none). */
const char *lanyard_provider_get_color (LanyardProvider *self);
/* Whether it is one of the *Custom* entries, for which the person enters every address. */
gboolean lanyard_provider_is_custom (LanyardProvider *self);
/* Its place when those that most people look for come first; 0 when it has none. */
guint lanyard_provider_get_rank (LanyardProvider *self);
/* The name of its symbolic icon, and the id of the group of providers that it belongs to; both
 * nullable. */
const char *lanyard_provider_get_icon (LanyardProvider *self);
const char *lanyard_provider_get_category (LanyardProvider *self);

/**
 * lanyard_provider_get_type_ids:
 *
 * Returns: (transfer none) (array zero-terminated=1): the authorization types of its methods, in
 * their order; reads no data, so that a list of all providers can be filtered by it
 */
const char *const *lanyard_provider_get_type_ids (LanyardProvider *self);

/**
 * lanyard_provider_get_search_key:
 *
 * Returns: (transfer none): the key by which it is found: name, aliases and the host of its website
 */
const char *lanyard_provider_get_search_key (LanyardProvider *self);

/**
 * lanyard_provider_list_methods:
 *
 * Returns: (transfer none) (element-type LanyardMethod): at least one
 */
GPtrArray *lanyard_provider_list_methods (LanyardProvider *self);

/**
 * lanyard_provider_find_method:
 * @type_id: (nullable): an authorization type, or %NULL for the first
 *
 * Returns: (transfer none) (nullable): the first method of that type
 */
LanyardMethod *lanyard_provider_find_method (LanyardProvider *self, const char *type_id);

/**
 * lanyard_provider_lookup_method:
 * @id: the id of a method
 *
 * Returns: (transfer none) (nullable): the method
 */
LanyardMethod *lanyard_provider_lookup_method (LanyardProvider *self, const char *id);

/**
 * lanyard_provider_find_method_of:
 * @authorization: an authorization with this provider
 *
 * Returns: (transfer none) (nullable): the method that @authorization uses: the one of its method
 *   id, where that is of its type; else the first of its type
 */
LanyardMethod *lanyard_provider_find_method_of (LanyardProvider *self,
                                                LanyardAuthorization *authorization);

/**
 * lanyard_provider_use_method:
 * @method: one of the provider's methods
 * @authorization: the authorization that shall use it
 *
 * Sets the provider, the type, and the method id where the type alone would stand for another
 * method.
 */
void lanyard_provider_use_method (LanyardProvider *self,
                                  LanyardMethod *method,
                                  LanyardAuthorization *authorization);

/**
 * lanyard_provider_get_data:
 *
 * Returns: (transfer none): the checked object of its file, for what has no getter of its own
 */
JsonObject *lanyard_provider_get_data (LanyardProvider *self);

/**
 * lanyard_provider_list_inputs:
 *
 * Returns: (transfer none) (element-type LanyardField): what the provider asks for beyond its
 * type's fields (a tenant, a host), to be used as `{name}` in its addresses
 */
GPtrArray *lanyard_provider_list_inputs (LanyardProvider *self);

/**
 * lanyard_provider_list_scopes:
 *
 * Returns: (transfer none) (element-type LanyardScope): the scopes that are known
 */
GPtrArray *lanyard_provider_list_scopes (LanyardProvider *self);
const LanyardScope *lanyard_provider_find_scope (LanyardProvider *self, const char *name);

/**
 * lanyard_provider_list_connectors:
 *
 * Returns: (transfer none) (element-type LanyardConnector): what can be done with it
 */
GPtrArray *lanyard_provider_list_connectors (LanyardProvider *self);
const LanyardConnector *lanyard_provider_find_connector (LanyardProvider *self, const char *id);

/**
 * lanyard_provider_collect_scopes:
 * @method: the method in use
 * @connectors: the chosen connectors; unknown ones are passed over
 * @scopes: the scopes that the person added
 *
 * Returns: (transfer full): the scopes to ask for: those that are always needed
 * (`authorize.scope.always`), those of the connectors and the person's own, each once, in that
 * order
 */
char **lanyard_provider_collect_scopes (LanyardProvider *self,
                                        LanyardMethod *method,
                                        const char *const *connectors,
                                        const char *const *scopes);

G_END_DECLS
