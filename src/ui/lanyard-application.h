/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-manager.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardApplication:
 *
 * The program: one instance, which the bus may start. It opens the list, and one editor for each
 * authorization that is asked for.
 *
 * Actions: `quit`, `about`, `preferences`, `shortcuts`, `new-authorization` (also `add`, as the
 * desktop file calls it), `open-authorization` (s: the id), `authorize` (s: the id), `search` (s:
 * what to look for), `try-again` (opens the database again).
 */
#define LANYARD_TYPE_APPLICATION (lanyard_application_get_type ())
G_DECLARE_FINAL_TYPE (LanyardApplication, lanyard_application, LANYARD, APPLICATION, AdwApplication)

LanyardApplication *lanyard_application_new (void);

/**
 * lanyard_application_get_manager:
 *
 * Returns: (transfer none): the manager, made at the first call; %NULL with the database's error
 */
LanyardManager *lanyard_application_get_manager (LanyardApplication *self, GError **error);

/**
 * lanyard_application_list_authorizations:
 *
 * Returns: (transfer none) (nullable): the authorizations; %NULL when the database cannot be opened
 */
GListModel *lanyard_application_list_authorizations (LanyardApplication *self);

/**
 * lanyard_application_find_authorization:
 * @id: the id of an authorization, also of one that another program added just now
 *
 * Returns: (transfer full): the authorization, which follows every change; or %NULL with
 * %LANYARD_ERROR_NOT_FOUND or the database's error
 */
LanyardAuthorization *
lanyard_application_find_authorization (LanyardApplication *self, const char *id, GError **error);

/**
 * lanyard_application_get_provider_name:
 *
 * Returns: (transfer none): whose service @authorization is for; the provider's id where its file
 * is gone
 */
const char *lanyard_application_get_provider_name (LanyardApplication *self,
                                                   LanyardAuthorization *authorization);

/**
 * lanyard_application_get_service_name:
 *
 * Returns: (transfer none) (nullable): whose service @authorization is for, to be named in a
 * sentence; %NULL where the person described the server herself, and no name of ours says anything
 */
const char *lanyard_application_get_service_name (LanyardApplication *self,
                                                  LanyardAuthorization *authorization);

/**
 * lanyard_application_authorize_async:
 * @id: the id of an authorization
 *
 * Lets the person sign in, or opens the editor where there is nothing to sign in at. Ends when the
 * authorization is authorized; with %LANYARD_ERROR_CANCELLED when the person closes the window.
 */
void lanyard_application_authorize_async (LanyardApplication *self,
                                          const char *id,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean lanyard_application_authorize_finish (LanyardApplication *self,
                                               GAsyncResult *result,
                                               GError **error);

G_END_DECLS
