/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-manager.h"
#include "lanyard-scripted-transport.h"

G_BEGIN_DECLS

/* The one authorization that there is. */
#define LANYARD_TEST_PROGRAM_ID "11111111-2222-4333-8444-555555555555"

/**
 * LanyardTestProgram:
 * @events: (nullable): what happened so far, each followed by a space, when a test wants to know
 * @n_events: how much that was
 * @end_at: at which of the events it is killed
 *
 * A manager that counts what it does: `lookup`, `store`, `stored`, `remove`, `removed` and `list`
 * in the keyring, `request` and `answer` of the network, `commit` and `committed` of the database.
 */
typedef struct
{
  LanyardManager *manager;
  LanyardDatabase *database;
  LanyardScriptedTransport *transport;
  GString *events;
  guint n_events;
  guint end_at;
} LanyardTestProgram;

/**
 * lanyard_test_program_new:
 * @folder: where the database and the keyring are
 * @end_at: the number of the event at which it kills itself; %G_MAXUINT for none
 */
LanyardTestProgram *lanyard_test_program_new (const char *folder, guint end_at);
void lanyard_test_program_free (LanyardTestProgram *program);

/* One more event. */
void lanyard_test_program_note (LanyardTestProgram *program, const char *event);

/* What the database and the keyring have; %NULL for nothing. */
LanyardAuthorization *lanyard_test_program_load (LanyardTestProgram *program);
LanyardCredentials *lanyard_test_program_read_item (LanyardTestProgram *program);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardTestProgram, lanyard_test_program_free)

G_END_DECLS
