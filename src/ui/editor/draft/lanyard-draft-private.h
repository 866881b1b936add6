/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-draft.h"

G_BEGIN_DECLS

struct _LanyardDraft
{
  GObject parent_instance;

  /* Owned */
  LanyardManager *manager;
  LanyardAuthorization *authorization;
  LanyardAuthorization *saved;
  /* %NULL as long as they could not be read */
  LanyardCredentials *credentials;
  LanyardCredentials *saved_credentials;
  /* What was made of them here, for as long as they are the same */
  LanyardCredentials *local;
  LanyardProvider *provider;
  /* What was entered for the providers that were left, by provider and type */
  GHashTable *left;
  /* What was made out of the keys that are entered, by field */
  GHashTable *keys;
  /* The name that was made from the provider, for as long as it stands */
  char *made_name;
  GSignalGroup *live_signals;
};

/* For the files of the draft only. */
void lanyard_draft_emit_changed (LanyardDraft *self);
void lanyard_draft_emit_form_changed (LanyardDraft *self);

/* Looks up the provider of the authorization again. */
void lanyard_draft_resolve (LanyardDraft *self);

/* The name of another authorization that is the same as @name, or %NULL. */
char *lanyard_draft_find_name (LanyardDraft *self, const char *name);

/* The table of what was entered for the providers that were left. */
GHashTable *lanyard_draft_make_left (void);

/* The table of the keys that were looked at. */
GHashTable *lanyard_draft_make_keys (void);

/* Whether the authorization is one at the same provider, by the same type, as the saved one, so
 * that its tokens and its state are still its own. */
gboolean lanyard_draft_is_same_service (LanyardDraft *self);

/* Forgets what was read from the keyring, so that it is read again. */
void lanyard_draft_drop_secrets (LanyardDraft *self);

/* Whether a secret that the person can enter is another one than in the keyring. */
gboolean lanyard_draft_has_changed_secrets (LanyardDraft *self);

/* Starts without secrets. */
void lanyard_draft_take_no_secrets (LanyardDraft *self);

/* Makes @authorization the saved state. */
void lanyard_draft_take_as_saved (LanyardDraft *self, LanyardAuthorization *authorization);

G_END_DECLS
