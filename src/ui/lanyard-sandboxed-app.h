/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lanyard_sandboxed_app_find_info:
 * @app_id: the app, as the kernel knows it: the id of a Flatpak, or `snap.NAME`
 *
 * Looks for the desktop file of an app that runs in a sandbox: for its name and its icon.
 *
 * Returns: (transfer full) (nullable): what it says; %NULL for an app that is not installed, or not
 *   where this program can see it
 */
GAppInfo *lanyard_sandboxed_app_find_info (const char *app_id);

/**
 * lanyard_sandboxed_app_dup_name:
 * @app_id: the app, as the kernel knows it
 *
 * Returns: (transfer full): its name; its id where it has none that is known
 */
char *lanyard_sandboxed_app_dup_name (const char *app_id);

G_END_DECLS
