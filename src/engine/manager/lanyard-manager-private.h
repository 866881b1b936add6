/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-issuer-cache.h"
#include "lanyard-lock.h"
#include "lanyard-manager.h"
#include "lanyard-record.h"
#include "lanyard-runner.h"

G_BEGIN_DECLS

struct _LanyardManager
{
  GObject parent_instance;

  /* Owned */
  LanyardDatabase *database;
  LanyardSecretStore *secrets;
  LanyardCatalogue *catalogue;
  LanyardTransport *transport;
  LanyardIssuerCache *issuers;
  GListStore *authorizations; /* NULL until somebody asks for it */
  /* By id: what is under way, what could not be written, and what failed. */
  GHashTable *renewals;
  GHashTable *readings;
  GHashTable *unsaved;
  GHashTable *failures;
  /* By id, what was handed out; NULL in a program that does not keep it. */
  GHashTable *memory;
  GError *keyring_error;

  /* Counts what may have made older credentials worthless. */
  guint generation;
};

/**
 * lanyard_manager_get_transport:
 *
 * A #LanyardTransportFunc: gives the transport, loading it at the first call.
 */
LanyardTransport *lanyard_manager_get_transport (gpointer manager, GError **error);

/**
 * lanyard_manager_get_now:
 *
 * Returns: the time, in seconds since 1970
 */
gint64 lanyard_manager_get_now (void);

/**
 * lanyard_manager_show:
 * @authorization: what the database has now
 *
 * Makes the list show what was saved.
 */
void lanyard_manager_show (LanyardManager *self, LanyardAuthorization *authorization);
void lanyard_manager_hide (LanyardManager *self, const char *id);

/**
 * lanyard_manager_save_status:
 * @outcome: (nullable): what a flow got, when that is why
 *
 * Saves what became of a row, on top of what the database has now, and shows it. A row that is gone
 * meanwhile is no error.
 */
gboolean lanyard_manager_save_status (LanyardManager *self,
                                      const char *id,
                                      LanyardStatus status,
                                      const LanyardOutcome *outcome,
                                      GError **error);

/**
 * lanyard_manager_take_outcome:
 *
 * Gives @authorization what a flow got: status, scopes, account, expiry.
 */
void lanyard_manager_take_outcome (LanyardAuthorization *authorization,
                                   const LanyardOutcome *outcome);

/**
 * lanyard_manager_check_draft:
 *
 * Checks that @draft can be saved: its name, its settings, that no other has its name, and that
 * nobody saved it meanwhile.
 */
gboolean
lanyard_manager_check_draft (LanyardManager *self, LanyardAuthorization *draft, GError **error);

/**
 * lanyard_manager_check_row:
 *
 * Returns: whether credentials of @authorization may be handed out and renewed, as far as the
 * database alone can say: a refused one asks nobody again
 */
gboolean lanyard_manager_check_row (LanyardAuthorization *authorization, GError **error);

/* Whether both are for the same provider, and sign in to it in the same way. */
gboolean lanyard_manager_is_same_place (LanyardAuthorization *a, LanyardAuthorization *b);

/**
 * lanyard_manager_is_moved:
 * @is_moved: (out): whether @draft is saved already, for another provider or type, so that nothing
 * in the keyring may be sent to the one that it has now
 *
 * Returns: whether the database could be asked
 */
gboolean lanyard_manager_is_moved (LanyardManager *self,
                                   LanyardAuthorization *draft,
                                   gboolean *is_moved,
                                   GError **error);

/**
 * lanyard_manager_get_margin:
 *
 * Returns: how many seconds before its end a token is renewed: it must last for a request, clocks
 *   differ, and some providers want more
 */
gint64 lanyard_manager_get_margin (LanyardManager *self, LanyardAuthorization *authorization);

/**
 * lanyard_manager_is_fresh:
 * @min_valid: for how many seconds the access token must be valid yet
 * @margin: what lanyard_manager_get_margin() says
 *
 * Returns: whether @credentials of @authorization can be handed out without renewing them
 */
gboolean lanyard_manager_is_fresh (LanyardAuthorization *authorization,
                                   LanyardCredentials *credentials,
                                   guint min_valid,
                                   gint64 margin);

/**
 * lanyard_manager_remember:
 * @generation: what the manager's `generation` was when @credentials were read
 *
 * Keeps @credentials for lanyard_manager_recall_credentials(), unless something happened since.
 */
void lanyard_manager_remember (LanyardManager *self,
                               const char *id,
                               guint generation,
                               LanyardCredentials *credentials);

/**
 * lanyard_manager_forget:
 * @id: (nullable): an authorization; %NULL for all
 *
 * Forgets what is remembered, because it may have changed.
 */
void lanyard_manager_forget (LanyardManager *self, const char *id);

/**
 * lanyard_manager_note_failure:
 * @error: (nullable): why a renewal failed; %NULL when it did not
 */
void lanyard_manager_note_failure (LanyardManager *self, const char *id, const GError *error);

/**
 * lanyard_manager_check_failure:
 * @is_urgent: whether nothing can be handed out without a renewal
 *
 * Returns: whether it is time to try again; otherwise why it failed the last time
 */
gboolean lanyard_manager_check_failure (LanyardManager *self,
                                        const char *id,
                                        gboolean is_urgent,
                                        GError **error);
GHashTable *lanyard_manager_new_failures (void);

/**
 * lanyard_manager_note_saved:
 * @draft: what an editor works on
 * @saved: the copy of it that was saved
 *
 * Tells @draft what saving brought. What it says otherwise stays: the person may go on writing.
 */
void lanyard_manager_note_saved (LanyardAuthorization *draft, LanyardAuthorization *saved);

/**
 * lanyard_manager_merge_entered:
 * @stored: (nullable): what the keyring has
 * @entered: (nullable): what the editor has
 *
 * What the person entered comes from @entered, all else from @stored: a token that was renewed
 * while an editor was open is never overwritten with an older one.
 *
 * Returns: (transfer full): the credentials to store
 */
LanyardCredentials *lanyard_manager_merge_entered (LanyardAuthContext *context,
                                                   LanyardCredentials *stored,
                                                   LanyardCredentials *entered);

/**
 * lanyard_manager_save_whole_async:
 * @draft: what may be seen, with what became of it
 * @credentials: all that is to be in the keyring
 *
 * Saves as lanyard_manager_save_async() does, but what is not edited by the person, too: the state
 * of @draft and every credential, as an export has them. Ends with lanyard_manager_save_finish().
 */
void lanyard_manager_save_whole_async (LanyardManager *self,
                                       LanyardAuthorization *draft,
                                       LanyardCredentials *credentials,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/**
 * lanyard_manager_return_error:
 * @name: (nullable): the name of the authorization
 * @error: (transfer full): what happened
 *
 * Ends @task with @error, which then names the authorization where it is one of ours.
 */
void lanyard_manager_return_error (GTask *task, const char *name, GError *error);

/**
 * lanyard_manager_fill_in:
 *
 * Returns: (transfer full): @context with what is known already of its issuer, of whatever age
 */
LanyardAuthContext *lanyard_manager_fill_in (LanyardManager *self, LanyardAuthContext *context);

/**
 * lanyard_manager_read_async:
 *
 * Reads the item of @id from the keyring, for who holds the lock.
 */
void lanyard_manager_read_async (LanyardManager *self,
                                 const char *id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * lanyard_manager_read_finish:
 * @authorization: (out) (optional) (nullable) (transfer full): what may be seen, as the item has it
 *
 * Returns: (transfer full): the credentials; %NULL without an error when there is no item. An error
 *   of the keyring is noted in `keyring-error`, as by all that use it.
 */
LanyardCredentials *lanyard_manager_read_finish (LanyardManager *self,
                                                 GAsyncResult *result,
                                                 LanyardAuthorization **authorization,
                                                 GError **error);

/**
 * lanyard_manager_join_read_async:
 *
 * As lanyard_manager_read_async(), which is for those who hold the lock: who only wants to know
 * joins a reading that has begun since anything changed. To be finished in the same way.
 */
void lanyard_manager_join_read_async (LanyardManager *self,
                                      const char *id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

/**
 * lanyard_manager_write_async:
 * @authorization: what may be seen, which goes into the item too, so that a lost row can be made
 * again
 * @credentials: all that is to be in the item
 *
 * Writes an item of the keyring. What is remembered of the old one is forgotten at once.
 */
void lanyard_manager_write_async (LanyardManager *self,
                                  LanyardAuthorization *authorization,
                                  LanyardCredentials *credentials,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean lanyard_manager_write_finish (LanyardManager *self, GAsyncResult *result, GError **error);

/**
 * lanyard_manager_note_keyring:
 * @error: (nullable): what using the keyring failed with; %NULL when it did not
 *
 * Keeps `keyring-error` up to date.
 */
void lanyard_manager_note_keyring (LanyardManager *self, const GError *error);

/**
 * lanyard_manager_read_all_async:
 *
 * Reads all credentials at once.
 */
void lanyard_manager_read_all_async (LanyardManager *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/**
 * lanyard_manager_read_all_finish:
 *
 * Returns: (transfer full) (element-type utf8 LanyardCredentials): the credentials by the id of
 *   their authorization; those that cannot be read, or not be told apart, are left to
 *   lanyard_manager_read_async()
 */
GHashTable *
lanyard_manager_read_all_finish (LanyardManager *self, GAsyncResult *result, GError **error);

/**
 * lanyard_manager_renew_async:
 * @id: the id of an authorization
 * @stale: (nullable): the access token that must be replaced; when another one is in the keyring,
 * somebody renewed it already
 *
 * Renews: one at a time in all programs, joined by everybody in this one. @cancellable ends the
 * waiting, not the renewal.
 */
void lanyard_manager_renew_async (LanyardManager *self,
                                  const char *id,
                                  LanyardSecret *stale,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
LanyardCredentials *
lanyard_manager_renew_finish (LanyardManager *self, GAsyncResult *result, GError **error);

/**
 * lanyard_manager_needs_restore:
 * @row: what the database has
 * @sealed: what may be seen, as the keyring has it
 * @credentials: what the keyring has
 *
 * Returns: whether lanyard_manager_restore_async() has something to do before @row is used
 */
gboolean lanyard_manager_needs_restore (LanyardAuthorization *row,
                                        LanyardAuthorization *sealed,
                                        LanyardCredentials *credentials);

/**
 * lanyard_manager_reconcile:
 * @row: (inout): what the database has, replaced by what it has then
 * @is_changed: (out): whether it had to be changed
 *
 * Finishes in the database what was begun in the keyring: a sign-in, a revocation, a renewal. To be
 * called under the lock.
 */
gboolean lanyard_manager_reconcile (LanyardManager *self,
                                    LanyardAuthorization **row,
                                    LanyardAuthorization *sealed,
                                    LanyardCredentials *credentials,
                                    gboolean *is_changed,
                                    GError **error);

/**
 * lanyard_manager_restore_async:
 *
 * Brings keyring and database together for one authorization, under its lock: a row that is missing
 * is made again, one whose item is missing is marked, one that is behind its item is brought up to
 * date.
 */
void lanyard_manager_restore_async (LanyardManager *self,
                                    const char *id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/* Returns 1 when something was changed, 0 when it was not, -1 with an error. */
int lanyard_manager_restore_finish (LanyardManager *self, GAsyncResult *result, GError **error);

/**
 * lanyard_manager_keep_unsaved:
 * @base: what was in the keyring when @outcome was asked for
 * @outcome: what the provider gave
 *
 * Keeps what could not be written, until somebody asks for the credentials of @id again or the
 * keyring is unlocked.
 */
void lanyard_manager_keep_unsaved (LanyardManager *self,
                                   const char *id,
                                   LanyardCredentials *base,
                                   const LanyardOutcome *outcome);

/**
 * lanyard_manager_take_unsaved:
 * @stored: what is in the keyring now
 *
 * Returns: (transfer full) (nullable): what was kept, together with what the person entered since;
 *   %NULL when nothing was, or when somebody stored other tokens
 */
LanyardOutcome *lanyard_manager_take_unsaved (LanyardManager *self,
                                              const char *id,
                                              LanyardAuthContext *context,
                                              LanyardCredentials *stored);

/* Tries again to write all that was kept. */
void lanyard_manager_save_unsaved (LanyardManager *self);
GHashTable *lanyard_manager_new_unsaved (void);

G_END_DECLS
