/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-manager.h"
#include "lanyard-memory-store.h"

G_BEGIN_DECLS

/**
 * UiFixture:
 *
 * A manager on a database of its own, with a keyring in memory and two providers beside those that
 * Lanyard ships: `acme`, which asks for a tenant and has connectors, and `globex`, which has
 * neither.
 */
typedef struct
{
  char *folder;
  char *database_path;
  LanyardMemoryStore *store;
  LanyardManager *manager;
} UiFixture;

/**
 * ui_fixture_accept_dialogs:
 *
 * Before anything is logged: the message dialogs of libadwaita 1.7 measure their labels so that
 * GTK 4.18 warns, which is none of our doing.
 */
void ui_fixture_accept_dialogs (void);

void ui_fixture_set_up (UiFixture *fixture, gconstpointer user_data);

/* Checks that nothing of the test still holds the manager. */
void ui_fixture_tear_down (UiFixture *fixture, gconstpointer user_data);

/**
 * ui_fixture_make:
 *
 * Returns: (transfer full): an authorization that is not saved
 */
LanyardAuthorization *ui_fixture_make (const char *provider_id, const char *name);

/**
 * ui_fixture_save:
 * @secret: (nullable): its client secret
 *
 * Saves @authorization as a program would.
 */
void ui_fixture_save (UiFixture *fixture, LanyardAuthorization *authorization, const char *secret);

/**
 * ui_fixture_make_saved:
 *
 * Returns: (transfer full): one at `acme` that is saved, with the client secret "old secret"
 */
LanyardAuthorization *ui_fixture_make_saved (UiFixture *fixture, const char *name);

/**
 * ui_fixture_change_elsewhere:
 *
 * Renames @authorization as another program would, with a database connection of its own.
 */
void ui_fixture_change_elsewhere (UiFixture *fixture,
                                  LanyardAuthorization *authorization,
                                  const char *name);

LanyardProvider *ui_fixture_get_provider (UiFixture *fixture, const char *id);

/**
 * ui_fixture_dup_credentials:
 *
 * Returns: (transfer full) (nullable): what the keyring has for @id
 */
LanyardCredentials *ui_fixture_dup_credentials (UiFixture *fixture, const char *id);

/**
 * ui_fixture_wait:
 * @is_done: says whether to go on
 *
 * Runs the main loop until @is_done says so; it is an error when that takes 10 seconds.
 */
typedef gboolean (*UiFixtureFunc) (gpointer user_data);
void ui_fixture_wait (UiFixtureFunc is_done, gpointer user_data);

/* Runs the main loop until nothing is left to do at once. */
void ui_fixture_settle (void);

G_END_DECLS
