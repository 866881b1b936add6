/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-auth-types.h"
#include "lanyard-catalogue.h"
#include "lanyard-consent.h"
#include "lanyard-database.h"
#include "lanyard-secret-store.h"
#include "lanyard-transport.h"

G_BEGIN_DECLS

/**
 * LanyardManager:
 *
 * What every front end uses: the authorizations, and all that can be done with them. It keeps the
 * rules: one refresh at a time, in this process and across processes; the keyring is written before
 * the database, and both before a token is handed out; a transient error changes no status.
 *
 * Each `_async` function may be called again before the first call has ended. Errors name the
 * authorization.
 *
 * Property `keyring-error` (read, nullable boxed GError): why the keyring could not be used the
 * last time that it was tried; %NULL when it could. It notifies.
 */
#define LANYARD_TYPE_MANAGER (lanyard_manager_get_type ())
G_DECLARE_FINAL_TYPE (LanyardManager, lanyard_manager, LANYARD, MANAGER, GObject)

/**
 * lanyard_manager_new:
 * @database: what may be seen
 * @secrets: what may not
 * @catalogue: the providers
 * @transport: (nullable): what carries out requests; %NULL loads the libsoup module at the first
 * request, and keeps in `$XDG_CACHE_HOME/lanyard/issuers` what issuers say of themselves
 */
LanyardManager *lanyard_manager_new (LanyardDatabase *database,
                                     LanyardSecretStore *secrets,
                                     LanyardCatalogue *catalogue,
                                     LanyardTransport *transport);

/**
 * lanyard_manager_new_default:
 *
 * Returns: (transfer full): a manager of the person's own database, keyring and catalogue; or %NULL
 * with the database's error
 */
LanyardManager *lanyard_manager_new_default (GError **error);

LanyardCatalogue *lanyard_manager_get_catalogue (LanyardManager *self);
LanyardDatabase *lanyard_manager_get_database (LanyardManager *self);
const GError *lanyard_manager_get_keyring_error (LanyardManager *self);

/**
 * lanyard_manager_get_authorizations:
 *
 * Returns: (transfer none): a list of #LanyardAuthorization, loaded at the first call, that follows
 * every change, also those of other programs; its objects stay the same as long as their row exists
 */
GListModel *lanyard_manager_get_authorizations (LanyardManager *self, GError **error);

/**
 * lanyard_manager_dup_context:
 * @authorization: an authorization, saved or not
 * @credentials: (nullable): its credentials
 *
 * Returns: (transfer full): what its type is told; %NULL with %LANYARD_ERROR_NOT_FOUND when the
 * provider is unknown, or %LANYARD_ERROR_INVALID when the type is
 */
LanyardAuthContext *lanyard_manager_dup_context (LanyardManager *self,
                                                 LanyardAuthorization *authorization,
                                                 LanyardCredentials *credentials,
                                                 GError **error);

/**
 * lanyard_manager_discover_async:
 * @context: what a flow is to begin with
 *
 * Asks the issuer of @context for what is neither entered nor in the provider's data, where it is
 * not known yet. Gives @context with what is known then.
 */
void lanyard_manager_discover_async (LanyardManager *self,
                                     LanyardAuthContext *context,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/**
 * lanyard_manager_discover_finish:
 *
 * Returns: (transfer full): the context to begin with; or %NULL with why the issuer could not be
 *   asked, or that what it says is not to be used
 */
LanyardAuthContext *
lanyard_manager_discover_finish (LanyardManager *self, GAsyncResult *result, GError **error);

/**
 * lanyard_manager_load_credentials_async:
 *
 * Reads the credentials of @id, for the editor. Missing ones are an empty set.
 */
void lanyard_manager_load_credentials_async (LanyardManager *self,
                                             const char *id,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);

/**
 * lanyard_manager_load_credentials_finish:
 *
 * Returns: (transfer full): the credentials; or %NULL with the error of the keyring
 */
LanyardCredentials *lanyard_manager_load_credentials_finish (LanyardManager *self,
                                                             GAsyncResult *result,
                                                             GError **error);

/**
 * lanyard_manager_save_async:
 * @draft: an authorization, new or a copy of a saved one
 * @credentials: (nullable): its credentials; %NULL leaves those in the keyring alone
 *
 * Checks and saves: first the keyring, then the database. Types without consent become authorized
 * by what was entered, as does what is signed here; where that was never complete, and the keyring
 * can be read, changed settings count with what is in the keyring. On success @draft has its new
 * revision and status. What became of the authorization since @draft was read is kept; one that is
 * saved for another provider or type loses what it had in the keyring and must be authorized again.
 */
void lanyard_manager_save_async (LanyardManager *self,
                                 LanyardAuthorization *draft,
                                 LanyardCredentials *credentials,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean lanyard_manager_save_finish (LanyardManager *self, GAsyncResult *result, GError **error);

/**
 * lanyard_manager_authorize_async:
 * @draft: an authorization, new or a copy of a saved one
 * @credentials: (nullable): what the person entered; %NULL takes those in the keyring
 * @consent: (nullable): shows the sign-in; not used by a type that has no page to sign in on
 *
 * Lets the person sign in, and saves at once what came of it together with the settings that it
 * came from, so that no crash and no Cancel afterwards loses it. When it fails, what was saved
 * before stays as it was.
 */
void lanyard_manager_authorize_async (LanyardManager *self,
                                      LanyardAuthorization *draft,
                                      LanyardCredentials *credentials,
                                      LanyardConsent *consent,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
lanyard_manager_authorize_finish (LanyardManager *self, GAsyncResult *result, GError **error);

/**
 * lanyard_manager_get_credentials_async:
 * @id: the id of an authorization
 * @min_valid: for how many seconds the access token must be valid yet
 *
 * Gets credentials that can be used now, renewing them where they must be: one refresh at a time,
 * joined by everybody who asks meanwhile. Fails with %LANYARD_ERROR_INACTIVE,
 * %LANYARD_ERROR_NOT_AUTHORIZED, and what the keyring and the provider fail with.
 */
void lanyard_manager_get_credentials_async (LanyardManager *self,
                                            const char *id,
                                            guint min_valid,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);

/**
 * lanyard_manager_get_credentials_finish:
 *
 * Returns: (transfer full): the credentials, not to be changed; or %NULL
 */
LanyardCredentials *
lanyard_manager_get_credentials_finish (LanyardManager *self, GAsyncResult *result, GError **error);

/**
 * lanyard_manager_keep_credentials:
 *
 * From now on, what lanyard_manager_get_credentials_async() gives is kept in memory for
 * lanyard_manager_recall_credentials(), without what renews it: for a program that is asked again
 * and again.
 */
void lanyard_manager_keep_credentials (LanyardManager *self);

/**
 * lanyard_manager_recall_credentials:
 * @authorization: one of lanyard_manager_get_authorizations()
 * @min_valid: for how many seconds the access token must be valid yet
 *
 * Gets credentials from memory at once. What other programs did meanwhile counts from when the
 * database was last looked at: lanyard_database_poll() comes first.
 *
 * Returns: (transfer full) (nullable): the credentials; %NULL when
 *   lanyard_manager_get_credentials_async() has to be asked
 */
LanyardCredentials *lanyard_manager_recall_credentials (LanyardManager *self,
                                                        LanyardAuthorization *authorization,
                                                        guint min_valid);

/**
 * lanyard_manager_refresh_async:
 * @refused: (nullable): the access token that a service refused; when another one is in the
 * keyring, somebody renewed it already, and nobody is asked
 *
 * Renews the credentials now, whether they have expired or not.
 */
void lanyard_manager_refresh_async (LanyardManager *self,
                                    const char *id,
                                    LanyardSecret *refused,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
lanyard_manager_refresh_finish (LanyardManager *self, GAsyncResult *result, GError **error);

/**
 * lanyard_manager_is_renewing:
 *
 * Returns: whether a renewal is under way, also one whose callers were all cancelled. A program
 * that ends meanwhile may lose a refresh token that takes the place of the one in the keyring.
 */
gboolean lanyard_manager_is_renewing (LanyardManager *self);

/**
 * lanyard_manager_has_unsaved:
 *
 * Returns: whether this program holds credentials that the keyring did not take yet, and that are
 *   lost when it ends; each call tries again to save them
 */
gboolean lanyard_manager_has_unsaved (LanyardManager *self);

/**
 * lanyard_manager_dup_unsaved_names:
 *
 * Returns: (transfer full) (array zero-terminated=1): what those authorizations are called whose
 *   credentials lanyard_manager_has_unsaved() is about; this tries nothing
 */
char **lanyard_manager_dup_unsaved_names (LanyardManager *self);

/**
 * lanyard_manager_apply_async:
 * @request: (transfer none): a request to the provider's service, of which a copy is signed
 *
 * Gets credentials as lanyard_manager_get_credentials_async() does, and adds them to a request.
 */
void lanyard_manager_apply_async (LanyardManager *self,
                                  const char *id,
                                  const LanyardRequest *request,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * lanyard_manager_apply_finish:
 * @credentials: (out) (optional): return location for what the request was signed with: whoever is
 *   refused tells it to lanyard_manager_refresh_async()
 *
 * Returns: (transfer full): the request with the credentials; or %NULL with what
 *   lanyard_manager_get_credentials_async() or lanyard_auth_type_apply() fails with
 */
LanyardRequest *lanyard_manager_apply_finish (LanyardManager *self,
                                              GAsyncResult *result,
                                              LanyardCredentials **credentials,
                                              GError **error);

/**
 * lanyard_manager_test_async:
 *
 * Makes the request that shows whether the authorization works (the setting `test_url`, else the
 * provider's `verify`). A 401 leads to one refresh and one more try (RFC 6750 section 3.1).
 */
void lanyard_manager_test_async (LanyardManager *self,
                                 const char *id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * lanyard_manager_test_finish:
 *
 * Returns: (transfer full): a sentence for the person: who is connected, or that it works; or %NULL
 * with what the server said
 */
char *lanyard_manager_test_finish (LanyardManager *self, GAsyncResult *result, GError **error);

/**
 * lanyard_manager_revoke_async:
 *
 * Takes the authorization back at the provider and forgets its tokens; what the person entered
 * stays. Where the provider cannot be reached, nothing changes.
 */
void lanyard_manager_revoke_async (LanyardManager *self,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean lanyard_manager_revoke_finish (LanyardManager *self, GAsyncResult *result, GError **error);

/**
 * lanyard_manager_can_revoke:
 *
 * Returns: whether the provider has a way to take @authorization back
 */
gboolean lanyard_manager_can_revoke (LanyardManager *self, LanyardAuthorization *authorization);

/**
 * lanyard_manager_set_active:
 *
 * Activates or deactivates: an inactive one is handed out to nobody. The keyring is not touched.
 */
gboolean
lanyard_manager_set_active (LanyardManager *self, const char *id, gboolean active, GError **error);

/**
 * lanyard_manager_remove_async:
 *
 * Removes an authorization: its credentials from the keyring, then its row. A locked keyring fails
 * it, and nothing is removed.
 */
void lanyard_manager_remove_async (LanyardManager *self,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean lanyard_manager_remove_finish (LanyardManager *self, GAsyncResult *result, GError **error);

/**
 * lanyard_manager_unlock_async:
 *
 * Asks the person to unlock the keyring.
 */
void lanyard_manager_unlock_async (LanyardManager *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean lanyard_manager_unlock_finish (LanyardManager *self, GAsyncResult *result, GError **error);

/**
 * lanyard_manager_repair_async:
 *
 * Compares the keyring with the database: an item without a row (a crash between the two) gets its
 * row back, a row whose item is missing is marked %LANYARD_STATUS_INCOMPLETE, one that is behind
 * its item (a sign-in, a revocation) is brought up to date. Fails with
 * %LANYARD_ERROR_KEYRING_LOCKED only when there is something to look at.
 */
void lanyard_manager_repair_async (LanyardManager *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * lanyard_manager_repair_finish:
 *
 * Returns: how many authorizations were changed, or -1
 */
int lanyard_manager_repair_finish (LanyardManager *self, GAsyncResult *result, GError **error);

G_END_DECLS
