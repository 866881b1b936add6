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
