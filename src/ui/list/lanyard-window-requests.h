/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-window.h"

G_BEGIN_DECLS

/* What takes time, shown in the row of @entry while it lasts, and cancelled there. Each tells the
 * person how it ended. */

/**
 * lanyard_window_authorize:
 *
 * Lets the person sign in again.
 */
void lanyard_window_authorize (LanyardWindow *self, LanyardListEntry *entry);

/**
 * lanyard_window_test:
 *
 * Makes the request that shows whether it works.
 */
void lanyard_window_test (LanyardWindow *self, LanyardListEntry *entry);

/**
 * lanyard_window_copy_token:
 *
 * Copies the token or key, renewed where it must be, for a minute.
 */
void lanyard_window_copy_token (LanyardWindow *self, LanyardListEntry *entry);

/**
 * lanyard_window_duplicate:
 *
 * Saves a copy with the settings and the secrets that the person entered, but without what came of
 * signing in, and opens it.
 */
void lanyard_window_duplicate (LanyardWindow *self, LanyardListEntry *entry);

/**
 * lanyard_window_delete:
 *
 * Asks, and removes; offers to take it back at the provider before, where that is possible.
 */
void lanyard_window_delete (LanyardWindow *self, LanyardListEntry *entry);

G_END_DECLS
