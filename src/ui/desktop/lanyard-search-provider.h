/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-application.h"

G_BEGIN_DECLS

/**
 * LanyardSearchProvider:
 *
 * Lets the desktop's search find authorizations by name, provider and account, and open them
 * (`org.gnome.Shell.SearchProvider2`). It reads what may be seen, never the keyring.
 */
#define LANYARD_TYPE_SEARCH_PROVIDER (lanyard_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSearchProvider,
                      lanyard_search_provider,
                      LANYARD,
                      SEARCH_PROVIDER,
                      GObject)

/**
 * lanyard_search_provider_new:
 * @application: the program, which outlives it
 * @connection: the session bus
 *
 * Returns: (transfer full): the object, exported; %NULL when that failed
 */
LanyardSearchProvider *lanyard_search_provider_new (LanyardApplication *application,
                                                    GDBusConnection *connection,
                                                    GError **error);

G_END_DECLS
