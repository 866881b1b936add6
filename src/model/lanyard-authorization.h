/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-status.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LanyardAuthorization:
 *
 * One saved entry: everything of it that may be seen. Its credentials are elsewhere
 * (#LanyardCredentials). Every readable property below notifies, explicitly and only when it
 * changes; `settings-changed` is emitted when a setting, the connectors or the scopes change.
 *
 * Properties, all read and write unless said otherwise: `id` (construct only, a UUID), `name`,
 * `provider-id`, `type-id` (one of the eight ids of `lanyard types`), `active`, `status`, `account`
 * (nullable: who it is, as the provider says), `expires-at` (seconds since 1970, 0 unknown),
 * `renewable` (whether credentials can be renewed without the person).
 */
#define LANYARD_TYPE_AUTHORIZATION (lanyard_authorization_get_type ())
G_DECLARE_FINAL_TYPE (LanyardAuthorization, lanyard_authorization, LANYARD, AUTHORIZATION, GObject)

/**
 * lanyard_authorization_new:
 * @id: (nullable): a UUID, or %NULL for a new one
 *
 * Returns: (transfer full): an authorization that is active and was never authorized
 */
LanyardAuthorization *lanyard_authorization_new (const char *id);

/**
 * lanyard_authorization_dup:
 *
 * Returns: (transfer full): a copy with the same id and revision, for an editor to work on
 */
LanyardAuthorization *lanyard_authorization_dup (LanyardAuthorization *self);

/**
 * lanyard_authorization_assign:
 * @self: what to change
 * @source: what to take everything from but the id
 *
 * Makes @self equal to @source and notifies what changed, so that windows that show @self follow.
 */
void lanyard_authorization_assign (LanyardAuthorization *self, LanyardAuthorization *source);

/**
 * lanyard_authorization_copy_state:
 *
 * Gives @self what changes by itself in @source, as far as it is not edited: whether it is active,
 * its status, account, times and granted scopes.
 */
void lanyard_authorization_copy_state (LanyardAuthorization *self, LanyardAuthorization *source);

/**
 * lanyard_authorization_reset_state:
 *
 * Makes of @self what it is before the first sign-in. Whether it is active stays.
 */
void lanyard_authorization_reset_state (LanyardAuthorization *self);

/**
 * lanyard_authorization_equal:
 *
 * Returns: whether what a person can edit (name, provider, type, settings, connectors, scopes) is
 * the same
 */
gboolean lanyard_authorization_equal (LanyardAuthorization *a, LanyardAuthorization *b);

const char *lanyard_authorization_get_id (LanyardAuthorization *self);
const char *lanyard_authorization_get_name (LanyardAuthorization *self);
void lanyard_authorization_set_name (LanyardAuthorization *self, const char *name);
const char *lanyard_authorization_get_provider_id (LanyardAuthorization *self);
void lanyard_authorization_set_provider_id (LanyardAuthorization *self, const char *provider_id);
const char *lanyard_authorization_get_type_id (LanyardAuthorization *self);
void lanyard_authorization_set_type_id (LanyardAuthorization *self, const char *type_id);

/**
 * LANYARD_SETTING_METHOD:
 *
 * The setting that lanyard_authorization_get_method_id() reads; no field may be called so.
 */
#define LANYARD_SETTING_METHOD "method"

/**
 * lanyard_authorization_get_method_id:
 *
 * Returns: (transfer none) (nullable): the id of the provider's method that is used, where its type
 *   alone does not say it; lanyard_provider_find_method_of() and lanyard_provider_use_method() know
 *   what it stands for
 */
const char *lanyard_authorization_get_method_id (LanyardAuthorization *self);
void lanyard_authorization_set_method_id (LanyardAuthorization *self, const char *method_id);

gboolean lanyard_authorization_is_active (LanyardAuthorization *self);
void lanyard_authorization_set_active (LanyardAuthorization *self, gboolean active);
const char *lanyard_authorization_get_account (LanyardAuthorization *self);
void lanyard_authorization_set_account (LanyardAuthorization *self, const char *account);
gint64 lanyard_authorization_get_expires_at (LanyardAuthorization *self);
void lanyard_authorization_set_expires_at (LanyardAuthorization *self, gint64 expires_at);
gboolean lanyard_authorization_is_renewable (LanyardAuthorization *self);
void lanyard_authorization_set_renewable (LanyardAuthorization *self, gboolean renewable);

/**
 * lanyard_authorization_get_status:
 *
 * Returns: the stored status
 */
LanyardStatus lanyard_authorization_get_status (LanyardAuthorization *self);
void lanyard_authorization_set_status (LanyardAuthorization *self, LanyardStatus status);

/**
 * lanyard_authorization_get_status_at:
 * @now: seconds since 1970
 *
 * Returns: the status at @now: an authorized one that has expired and cannot be renewed is
 *   %LANYARD_STATUS_EXPIRED
 */
LanyardStatus lanyard_authorization_get_status_at (LanyardAuthorization *self, gint64 now);

/**
 * lanyard_authorization_get_setting:
 * @name: the name of a field that is not secret
 *
 * Returns: (transfer none) (nullable): what the person entered, never empty
 */
const char *lanyard_authorization_get_setting (LanyardAuthorization *self, const char *name);

/**
 * lanyard_authorization_set_setting:
 * @value: (nullable): %NULL or "" removes it
 */
void
lanyard_authorization_set_setting (LanyardAuthorization *self, const char *name, const char *value);

/**
 * lanyard_authorization_list_settings:
 *
 * Returns: (transfer full): the names of the settings that have a value, sorted
 */
char **lanyard_authorization_list_settings (LanyardAuthorization *self);

/* The ids of the chosen connectors, never %NULL; what is set is copied. */
const char *const *lanyard_authorization_get_connectors (LanyardAuthorization *self);
void lanyard_authorization_set_connectors (LanyardAuthorization *self,
                                           const char *const *connectors);
/* The scopes that the person added to those of the connectors, never %NULL. */
const char *const *lanyard_authorization_get_scopes (LanyardAuthorization *self);
void lanyard_authorization_set_scopes (LanyardAuthorization *self, const char *const *scopes);
/* The scopes that the provider granted; %NULL as long as that is not known. */
const char *const *lanyard_authorization_get_granted_scopes (LanyardAuthorization *self);
void lanyard_authorization_set_granted_scopes (LanyardAuthorization *self,
                                               const char *const *scopes);

/* Seconds since 1970; 0 is never. `modified_at` is set by the database. */
gint64 lanyard_authorization_get_authorized_at (LanyardAuthorization *self);
void lanyard_authorization_set_authorized_at (LanyardAuthorization *self, gint64 authorized_at);
gint64 lanyard_authorization_get_created_at (LanyardAuthorization *self);
void lanyard_authorization_set_created_at (LanyardAuthorization *self, gint64 created_at);
gint64 lanyard_authorization_get_modified_at (LanyardAuthorization *self);
void lanyard_authorization_set_modified_at (LanyardAuthorization *self, gint64 modified_at);

/**
 * lanyard_authorization_get_revision:
 *
 * Returns: how often the editable part was saved; 0 for one that never was. The database uses it to
 * notice that another program saved meanwhile.
 */
gint64 lanyard_authorization_get_revision (LanyardAuthorization *self);
void lanyard_authorization_set_revision (LanyardAuthorization *self, gint64 revision);

/**
 * lanyard_authorization_to_json:
 *
 * Returns: (transfer full): the editable part and the state as an object with the members `id name
 * provider type active status account expires_at renewable settings connectors scopes
 * granted_scopes authorized_at created_at modified_at`; absent ones are left out. It is what
 * `lanyard show --json` prints.
 */
JsonObject *lanyard_authorization_to_json (LanyardAuthorization *self);

/**
 * lanyard_authorization_from_json:
 *
 * Returns: (transfer full): the authorization that lanyard_authorization_to_json() wrote, or %NULL
 * with %LANYARD_ERROR_INVALID
 */
LanyardAuthorization *lanyard_authorization_from_json (JsonObject *object, GError **error);

G_END_DECLS
