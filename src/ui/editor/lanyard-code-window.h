/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-consent.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardCodeWindow:
 *
 * The window that shows a code which the person enters on whatever device (RFC 8628): it copies the
 * code, opens the page, counts down how long the code is good, and stops everything. It is a
 * #LanyardConsent that shows codes.
 */
#define LANYARD_TYPE_CODE_WINDOW (lanyard_code_window_get_type ())
G_DECLARE_FINAL_TYPE (LanyardCodeWindow, lanyard_code_window, LANYARD, CODE_WINDOW, AdwWindow)

/**
 * lanyard_code_window_new:
 * @parent: (nullable): the window that the sign-in belongs to
 * @stop: what Cancel cancels
 *
 * Returns: (transfer none): the window, which shows itself when there is a code to show, and is
 * destroyed by whoever made it
 */
GtkWindow *lanyard_code_window_new (GtkWindow *parent, GCancellable *stop);

/**
 * lanyard_code_window_was_stopped:
 *
 * Returns: whether the person stopped it
 */
gboolean lanyard_code_window_was_stopped (LanyardCodeWindow *self);

G_END_DECLS
