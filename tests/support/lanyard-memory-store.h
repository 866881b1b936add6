/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-secret-store.h"

G_BEGIN_DECLS

/**
 * LanyardMemoryStore:
 *
 * A keyring in memory for tests: it answers from the main loop, as a real one does, counts what it
 * is asked for, and fails when it is told to.
 */
#define LANYARD_TYPE_MEMORY_STORE (lanyard_memory_store_get_type ())
G_DECLARE_FINAL_TYPE (LanyardMemoryStore, lanyard_memory_store, LANYARD, MEMORY_STORE, GObject)

/**
 * LanyardMemoryStoreCall:
 * @LANYARD_MEMORY_STORE_LOOKUP: a secret was asked for
 * @LANYARD_MEMORY_STORE_LOOKUP_ALL: all secrets were asked for
 * @LANYARD_MEMORY_STORE_STORE: a secret was to be stored, changed or not
 * @LANYARD_MEMORY_STORE_WRITE: an item was really written
 * @LANYARD_MEMORY_STORE_REMOVE: an item was to be removed
 * @LANYARD_MEMORY_STORE_LIST: the ids were asked for
 * @LANYARD_MEMORY_STORE_UNLOCK: the keyring was to be unlocked: where a real one asks the person
 * @LANYARD_MEMORY_STORE_PREPARE: a first call was announced
 *
 * What is counted.
 */
typedef enum
{
  LANYARD_MEMORY_STORE_LOOKUP,
  LANYARD_MEMORY_STORE_LOOKUP_ALL,
  LANYARD_MEMORY_STORE_STORE,
  LANYARD_MEMORY_STORE_WRITE,
  LANYARD_MEMORY_STORE_REMOVE,
  LANYARD_MEMORY_STORE_LIST,
  LANYARD_MEMORY_STORE_UNLOCK,
  LANYARD_MEMORY_STORE_PREPARE,
  LANYARD_MEMORY_STORE_N_CALLS
} LanyardMemoryStoreCall;

LanyardMemoryStore *lanyard_memory_store_new (void);

/**
 * lanyard_memory_store_set_locked:
 *
 * While it is locked, every call fails with %LANYARD_ERROR_KEYRING_LOCKED, except listing, and
 * unlocking, which unlocks it unless lanyard_memory_store_set_dismissing() says that the person
 * does not want to.
 */
void lanyard_memory_store_set_locked (LanyardMemoryStore *self, gboolean is_locked);
gboolean lanyard_memory_store_is_locked (LanyardMemoryStore *self);
void lanyard_memory_store_set_dismissing (LanyardMemoryStore *self, gboolean is_dismissing);

/**
 * lanyard_memory_store_set_absent:
 *
 * While it is absent, every call fails with %LANYARD_ERROR_KEYRING_ABSENT.
 */
void lanyard_memory_store_set_absent (LanyardMemoryStore *self, gboolean is_absent);

/**
 * lanyard_memory_store_set_failing:
 *
 * While it is failing, every call fails with %LANYARD_ERROR_FAILED.
 */
void lanyard_memory_store_set_failing (LanyardMemoryStore *self, gboolean is_failing);

/**
 * lanyard_memory_store_set_failing_call:
 * @call: what fails with %LANYARD_ERROR_FAILED, or %LANYARD_MEMORY_STORE_N_CALLS for nothing
 *
 * Lets one kind of call fail and the others succeed.
 */
void lanyard_memory_store_set_failing_call (LanyardMemoryStore *self, LanyardMemoryStoreCall call);

/**
 * lanyard_memory_store_set_delay:
 * @milliseconds: how long each call takes
 */
void lanyard_memory_store_set_delay (LanyardMemoryStore *self, guint milliseconds);

/**
 * lanyard_memory_store_count:
 *
 * Returns: how often it was called so since it was made or lanyard_memory_store_reset_counts()
 */
guint lanyard_memory_store_count (LanyardMemoryStore *self, LanyardMemoryStoreCall call);
void lanyard_memory_store_reset_counts (LanyardMemoryStore *self);

/**
 * lanyard_memory_store_put:
 * @text: (nullable): the secret, or %NULL to remove the item
 *
 * Changes an item at once and uncounted, as another program could.
 */
void lanyard_memory_store_put (LanyardMemoryStore *self,
                               const char *id,
                               const char *label,
                               const char *text);

/**
 * lanyard_memory_store_peek:
 *
 * Returns: (transfer none) (nullable): the secret of an item, uncounted
 */
const char *lanyard_memory_store_peek (LanyardMemoryStore *self, const char *id);
const char *lanyard_memory_store_peek_label (LanyardMemoryStore *self, const char *id);

G_END_DECLS
