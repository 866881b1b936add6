/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-keyring-call.h"
#include "lanyard-keyring.h"

G_BEGIN_DECLS

/* What is done with the Secret Service, and with the file that the Secret portal protects. */
extern const LanyardKeyringActions lanyard_keyring_service_actions;
extern const LanyardKeyringActions lanyard_keyring_file_actions;

/**
 * lanyard_keyring_service_unlock:
 *
 * The `unlock` of the Secret Service, which is a longer story.
 */
void lanyard_keyring_service_unlock (LanyardKeyringCall *call);

/**
 * lanyard_keyring_service_prompt:
 * @path: a prompt
 * @next: called when the person has answered, with the prompt's result; a dismissed one ends the
 * call with %LANYARD_ERROR_KEYRING_LOCKED
 *
 * Lets the keyring ask the person.
 */
void lanyard_keyring_service_prompt (LanyardKeyringCall *call,
                                     const char *path,
                                     LanyardKeyringReply next);

/**
 * lanyard_keyring_service_search:
 * @next: called with what SearchItems answers
 *
 * Searches for the item that the call is about, or for all of ours.
 */
void lanyard_keyring_service_search (LanyardKeyringCall *call, LanyardKeyringReply next);

/**
 * lanyard_keyring_service_check_default:
 * @after_check: called with the path of the default keyring, %NULL where there is none
 *
 * To be called when nothing was found. Ends the call with %LANYARD_ERROR_KEYRING_LOCKED when the
 * default keyring is locked, since some services hide what a locked keyring holds.
 */
void lanyard_keyring_service_check_default (LanyardKeyringCall *call,
                                            LanyardKeyringStep after_check);

/**
 * lanyard_keyring_service_get_secrets:
 * @paths: items
 * @next: called with what GetSecrets answers
 */
void lanyard_keyring_service_get_secrets (LanyardKeyringCall *call,
                                          const char *const *paths,
                                          LanyardKeyringReply next);

/**
 * lanyard_keyring_service_decode:
 * @encoded: a secret as it came over the bus
 *
 * Returns: (transfer full) (nullable): the secret; %NULL when it cannot be decoded
 */
LanyardSecret *lanyard_keyring_service_decode (LanyardKeyringCall *call, GVariant *encoded);

/* The `list` and the `lookup_all` of the Secret Service. */
void lanyard_keyring_service_list (LanyardKeyringCall *call);
void lanyard_keyring_service_lookup_all (LanyardKeyringCall *call);

/**
 * lanyard_keyring_know_item:
 * @path: where it is
 * @secret: what it holds
 *
 * Notes what was read or written, for lanyard_keyring_find_other().
 */
void lanyard_keyring_know_item (LanyardKeyring *self,
                                const char *id,
                                const char *path,
                                LanyardSecret *secret);
void lanyard_keyring_forget_item (LanyardKeyring *self, const char *id);

/**
 * lanyard_keyring_get_path:
 *
 * Returns: (transfer none) (nullable): where the item was when it was last read or written
 */
const char *lanyard_keyring_get_path (LanyardKeyring *self, const char *id);

/**
 * lanyard_keyring_find_other:
 * @secret: what is to be written
 *
 * Returns: (transfer none) (nullable): where the item was when its secret was last seen to be
 *   another one, so that nothing has to be read in order to know that it changes; what is there
 *   now, the caller must check
 */
const char *
lanyard_keyring_find_other (LanyardKeyring *self, const char *id, LanyardSecret *secret);

/**
 * lanyard_keyring_restart:
 * @task: a call that found that the keyring it spoke to is gone
 *
 * Begins the call again with a new connection.
 */
void lanyard_keyring_restart (LanyardKeyring *self, GTask *task);

/**
 * lanyard_keyring_drop_file:
 *
 * Opens the file anew the next time: after our own write, another program's cannot be told from it.
 */
void lanyard_keyring_drop_file (LanyardKeyring *self);

/**
 * lanyard_keyring_forget:
 * @task: a call that has ended before its time
 *
 * Does not wait any more on its behalf.
 */
void lanyard_keyring_forget (LanyardKeyring *self, GTask *task);

G_END_DECLS
