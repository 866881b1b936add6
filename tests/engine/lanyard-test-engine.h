/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-manager.h"
#include "lanyard-memory-store.h"
#include "lanyard-robot-consent.h"
#include "lanyard-scripted-transport.h"
#include "lanyard-test.h"

G_BEGIN_DECLS

#define LANYARD_TEST_TOKEN_ENDPOINT "https://id.example.org/token"
#define LANYARD_TEST_REVOCATION_ENDPOINT "https://id.example.org/revoke"

/**
 * LanyardTestEngine:
 *
 * A manager with everything that it needs, in a folder of its own. Its catalogue has the providers
 * `example` and `other` (both OAuth 2.0, the first with a revocation endpoint, the second with
 * something to test at `https://api.example.org/me`), `keys` (API keys), and `basics`
 * (Basic credentials).
 */
typedef struct
{
  char *folder;
  LanyardDatabase *database;
  LanyardMemoryStore *secrets;
  LanyardScriptedTransport *transport;
  LanyardManager *manager;
} LanyardTestEngine;

LanyardTestEngine *lanyard_test_engine_new (void);

/**
 * lanyard_test_engine_new_beside:
 *
 * Returns: (transfer full): another program with the same database, keyring and network
 */
LanyardTestEngine *lanyard_test_engine_new_beside (LanyardTestEngine *other);

/**
 * lanyard_test_engine_new_in:
 * @folder: a folder, which may hold a database already
 * @secrets: the keyring
 *
 * Returns: (transfer full): a manager
 */
LanyardManager *lanyard_test_engine_new_in (const char *folder,
                                            LanyardSecretStore *secrets,
                                            LanyardTransport *transport,
                                            LanyardDatabase **database);

/**
 * lanyard_test_engine_free:
 *
 * Checks that nobody keeps the manager, and that the database, the keyring and the network are
 * free then, too.
 */
void lanyard_test_engine_free (LanyardTestEngine *self);

/**
 * lanyard_test_engine_new_draft:
 *
 * Returns: (transfer full): an authorization for the provider `example` that was never saved
 */
LanyardAuthorization *lanyard_test_engine_new_draft (const char *name);

/**
 * lanyard_test_engine_add:
 * @provider: the id of a provider
 * @credentials: form-encoded credentials
 * @expires_in: in how many seconds the access token expires, negative when it did; 0 for never
 *
 * Puts an authorization into the database and the keyring, as an earlier sign-in left it:
 * authorized, and renewable where there is a refresh token.
 *
 * Returns: (transfer full): its id
 */
char *lanyard_test_engine_add (LanyardTestEngine *self,
                               const char *name,
                               const char *provider,
                               const char *credentials,
                               gint64 expires_in);

/* Form-encoded credentials as an object. */
LanyardCredentials *lanyard_test_engine_parse_credentials (const char *text);

/* What the database has; it must be there. */
LanyardAuthorization *lanyard_test_engine_load (LanyardTestEngine *self, const char *id);
LanyardStatus lanyard_test_engine_get_status (LanyardTestEngine *self, const char *id);

/**
 * lanyard_test_engine_assert_secret:
 * @name: the name of a credential
 * @expected: (nullable): what the keyring has, %NULL for nothing
 */
void lanyard_test_engine_assert_secret (LanyardTestEngine *self,
                                        const char *id,
                                        const char *name,
                                        const char *expected);

/* The manager's functions, waited for. */
gboolean lanyard_test_engine_save (LanyardTestEngine *self,
                                   LanyardAuthorization *draft,
                                   const char *credentials,
                                   GError **error);
gboolean lanyard_test_engine_authorize (LanyardTestEngine *self,
                                        LanyardAuthorization *draft,
                                        const char *credentials,
                                        LanyardRobotConsent *consent,
                                        GCancellable *cancellable,
                                        GError **error);
LanyardCredentials *lanyard_test_engine_get_credentials (LanyardTestEngine *self,
                                                         const char *id,
                                                         guint min_valid,
                                                         GError **error);
gboolean lanyard_test_engine_refresh (LanyardTestEngine *self, const char *id, GError **error);
LanyardRequest *lanyard_test_engine_apply (LanyardTestEngine *self,
                                           const char *id,
                                           const char *uri,
                                           GError **error);
char *lanyard_test_engine_test (LanyardTestEngine *self, const char *id, GError **error);
gboolean lanyard_test_engine_revoke (LanyardTestEngine *self, const char *id, GError **error);
gboolean lanyard_test_engine_remove (LanyardTestEngine *self, const char *id, GError **error);
int lanyard_test_engine_repair (LanyardTestEngine *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardTestEngine, lanyard_test_engine_free)

G_END_DECLS
