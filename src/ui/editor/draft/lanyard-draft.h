/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-jwt-view.h"
#include "lanyard-key-text.h"
#include "lanyard-manager.h"

G_BEGIN_DECLS

/**
 * LanyardDraft:
 *
 * What an editor works on: a copy of an authorization and of what is secret about it, beside the
 * state in which both were saved last. It knows no widget: it resolves the provider and the type,
 * keeps what fits when the provider changes, says whether there is work to lose, and saves.
 *
 * The state that changes by itself (status, account, expiry, granted scopes) follows the saved
 * authorization. What the person edits is only replaced from outside as long as she changed
 * nothing.
 *
 * Signal `changed`: something changed, whatever it is. Signal `form-changed`: other fields are
 * asked for, or their values were replaced; `changed` follows it.
 */
#define LANYARD_TYPE_DRAFT (lanyard_draft_get_type ())
G_DECLARE_FINAL_TYPE (LanyardDraft, lanyard_draft, LANYARD, DRAFT, GObject)

/**
 * lanyard_draft_new:
 * @manager: the manager
 * @authorization: (nullable): the authorization to change, of which a copy is taken; %NULL for a
 * new one
 */
LanyardDraft *lanyard_draft_new (LanyardManager *manager, LanyardAuthorization *authorization);

LanyardManager *lanyard_draft_get_manager (LanyardDraft *self);

/**
 * lanyard_draft_get_authorization:
 *
 * Returns: (transfer none): the copy that is edited; the same object as long as @self lives
 */
LanyardAuthorization *lanyard_draft_get_authorization (LanyardDraft *self);

/* The provider, the type and the provider's method of that type; each is %NULL as long as none is
 * chosen or when it is not known. */
LanyardProvider *lanyard_draft_get_provider (LanyardDraft *self);
LanyardAuthType *lanyard_draft_get_auth_type (LanyardDraft *self);
LanyardMethod *lanyard_draft_get_method (LanyardDraft *self);

/**
 * lanyard_draft_is_new:
 *
 * Returns: whether it was never saved
 */
gboolean lanyard_draft_is_new (LanyardDraft *self);

/**
 * lanyard_draft_is_changed:
 *
 * Returns: whether there is something that is not saved
 */
gboolean lanyard_draft_is_changed (LanyardDraft *self);

/**
 * lanyard_draft_has_secrets:
 *
 * Returns: whether the secrets were read from the keyring, so that they can be shown and changed
 */
gboolean lanyard_draft_has_secrets (LanyardDraft *self);

/**
 * lanyard_draft_choose_provider:
 * @provider: a provider
 *
 * Goes over to another provider. What fits it is kept (the client, the redirect URI, scopes and
 * connectors that it knows); what was entered for the one that is left comes back with it. The name
 * follows as long as the person gave none of her own.
 */
void lanyard_draft_choose_provider (LanyardDraft *self, LanyardProvider *provider);

/**
 * lanyard_draft_choose_method:
 * @method: one of the provider's methods
 *
 * Goes over to another way in which the provider authorizes, as lanyard_draft_choose_provider()
 * does.
 */
void lanyard_draft_choose_method (LanyardDraft *self, LanyardMethod *method);

void lanyard_draft_set_name (LanyardDraft *self, const char *name);

/**
 * lanyard_draft_check_name:
 * @error: return location for %LANYARD_ERROR_INVALID, %LANYARD_ERROR_EXISTS
 *
 * Returns: whether the name can be used, and no other authorization has it
 */
gboolean lanyard_draft_check_name (LanyardDraft *self, GError **error);

/**
 * lanyard_draft_dup_text:
 * @field: a field that is not secret
 *
 * Returns: (transfer full): what the person entered, else what the provider or the type give
 */
char *lanyard_draft_dup_text (LanyardDraft *self, const LanyardField *field);

/**
 * lanyard_draft_dup_given:
 * @field: a field that is not secret
 *
 * Returns: (transfer full) (nullable): what the field is when the person enters nothing
 */
char *lanyard_draft_dup_given (LanyardDraft *self, const LanyardField *field);

/**
 * lanyard_draft_is_needless:
 *
 * Returns: whether the provider's data, which says all that its way of signing in takes, has no use
 * for @field
 */
gboolean lanyard_draft_is_needless (LanyardDraft *self, const LanyardField *field);

/**
 * lanyard_draft_get_secret:
 * @field: a field that is secret
 *
 * Returns: (transfer none): the secret as text, or ""
 */
const char *lanyard_draft_get_secret (LanyardDraft *self, const LanyardField *field);

/**
 * lanyard_draft_set_text:
 * @field: a field of any kind
 * @text: (nullable): its value
 */
void lanyard_draft_set_text (LanyardDraft *self, const LanyardField *field, const char *text);

/**
 * lanyard_draft_dup_key_text:
 * @field: a field that holds a key
 * @state: (out): what it is
 *
 * Returns: (transfer full) (nullable): what lanyard_key_text_describe() says of the key, opened
 * with the passphrase that is entered
 */
char *
lanyard_draft_dup_key_text (LanyardDraft *self, const LanyardField *field, LanyardKeyState *state);

/**
 * lanyard_draft_list_tokens:
 *
 * Returns: (transfer full) (element-type LanyardJwtView): the tokens that are JWT, of what is
 * saved; one that is signed here is as it would be signed now
 */
GPtrArray *lanyard_draft_list_tokens (LanyardDraft *self);

/**
 * lanyard_draft_dup_token_check:
 * @token: one of lanyard_draft_list_tokens()
 *
 * Returns: (transfer full) (nullable): a sentence on what is known of its signature
 */
char *lanyard_draft_dup_token_check (LanyardDraft *self, const LanyardJwtView *token);

/**
 * lanyard_draft_uses_scopes:
 *
 * Returns: whether scopes are asked for at all, so that it makes sense to choose them
 */
gboolean lanyard_draft_uses_scopes (LanyardDraft *self);

/**
 * lanyard_draft_dup_scopes:
 *
 * Returns: (transfer full): the scopes that are asked for, in order
 */
char **lanyard_draft_dup_scopes (LanyardDraft *self);

/**
 * lanyard_draft_add_connector:
 * @id: the id of a connector; one that is chosen already stays where it is
 * @position: where to put it; -1 is the end
 */
void lanyard_draft_add_connector (LanyardDraft *self, const char *id, int position);

/**
 * lanyard_draft_remove_connector:
 *
 * Returns: where it was, or -1
 */
int lanyard_draft_remove_connector (LanyardDraft *self, const char *id);

/* The same for the scopes that the person adds to those of the connectors. */
void lanyard_draft_add_scope (LanyardDraft *self, const char *name, int position);
int lanyard_draft_remove_scope (LanyardDraft *self, const char *name);

/**
 * lanyard_draft_needs_field:
 *
 * Returns: whether @field must have a value, as things are, before the person can authorize
 */
gboolean lanyard_draft_needs_field (LanyardDraft *self, const LanyardField *field);

/**
 * lanyard_draft_validate:
 * @error: return location for %LANYARD_ERROR_INVALID, %LANYARD_ERROR_NOT_FOUND
 *
 * Returns: whether everything is there that it takes to authorize
 */
gboolean lanyard_draft_validate (LanyardDraft *self, GError **error);

/**
 * lanyard_draft_needs_sign_in:
 *
 * Returns: whether there is somebody to ask before it can be used; not so where what is entered is
 * all that it takes
 */
gboolean lanyard_draft_needs_sign_in (LanyardDraft *self);

/**
 * lanyard_draft_is_unencrypted:
 *
 * Returns: whether credentials would go to the person's own server over http, which she has not
 * confirmed
 */
gboolean lanyard_draft_is_unencrypted (LanyardDraft *self);

/**
 * lanyard_draft_choose_encryption:
 * @encrypt: whether to go over to https; else http is confirmed
 */
void lanyard_draft_choose_encryption (LanyardDraft *self, gboolean encrypt);

/**
 * lanyard_draft_discover_async:
 * @issuer: the address of an issuer
 *
 * Goes over to the custom provider of OAuth 2.0, and fills in what the issuer says of itself
 * (OpenID Connect Discovery 1.0, RFC 8414). When it cannot be asked, its address stays.
 */
void lanyard_draft_discover_async (LanyardDraft *self,
                                   const char *issuer,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean lanyard_draft_discover_finish (LanyardDraft *self, GAsyncResult *result, GError **error);

/**
 * lanyard_draft_load_async:
 *
 * Reads the secrets. Those that the person entered meanwhile stay.
 */
void lanyard_draft_load_async (LanyardDraft *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean lanyard_draft_load_finish (LanyardDraft *self, GAsyncResult *result, GError **error);

/**
 * lanyard_draft_dup_entered:
 *
 * Returns: (transfer full) (nullable): the secrets that the person entered, to save or to authorize
 * with; %NULL when those in the keyring are to be left alone, because nothing was changed or
 * because they could not be read
 */
LanyardCredentials *lanyard_draft_dup_entered (LanyardDraft *self);

/**
 * lanyard_draft_save_async:
 * @with_secrets: %FALSE saves only what may be seen
 *
 * Saves by lanyard_manager_save_async().
 */
void lanyard_draft_save_async (LanyardDraft *self,
                               gboolean with_secrets,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean lanyard_draft_save_finish (LanyardDraft *self, GAsyncResult *result, GError **error);

/**
 * lanyard_draft_mark_saved:
 *
 * To be called when somebody else saved what @self holds: a sign-in.
 */
void lanyard_draft_mark_saved (LanyardDraft *self);

/**
 * lanyard_draft_restore_state:
 *
 * To be called when a sign-in failed, which may have changed the state of the copy on its way.
 */
void lanyard_draft_restore_state (LanyardDraft *self);

/**
 * lanyard_draft_load_theirs:
 *
 * After %LANYARD_ERROR_CONFLICT: takes what the other program saved in place of what the person
 * entered.
 *
 * Returns: whether it could be read; %LANYARD_ERROR_NOT_FOUND when the other program removed it
 */
gboolean lanyard_draft_load_theirs (LanyardDraft *self, GError **error);

/**
 * lanyard_draft_keep_mine:
 *
 * After %LANYARD_ERROR_CONFLICT: makes the next save replace what the other program saved, or bring
 * back what it removed.
 */
gboolean lanyard_draft_keep_mine (LanyardDraft *self, GError **error);

G_END_DECLS
