/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-consent.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardSignInWindow:
 *
 * The window that is shown while the person signs in elsewhere, in her browser: it says so, opens
 * the address once more or copies it, and stops everything. It is a #LanyardConsent that hands on
 * to the one that does the work, which is how it learns the address.
 */
#define LANYARD_TYPE_SIGN_IN_WINDOW (lanyard_sign_in_window_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSignInWindow,
                      lanyard_sign_in_window,
                      LANYARD,
                      SIGN_IN_WINDOW,
                      AdwWindow)

/**
 * lanyard_sign_in_window_new:
 * @parent: (nullable): the window that the sign-in belongs to
 * @inner: what does the work
 * @note: (nullable): what the person should know besides; not markup
 * @stop: what Cancel cancels
 *
 * Returns: (transfer none): the window, which shows itself when there is an address to show, and is
 * destroyed by whoever made it
 */
GtkWindow *lanyard_sign_in_window_new (GtkWindow *parent,
                                       LanyardConsent *inner,
                                       const char *note,
                                       GCancellable *stop);

/**
 * lanyard_sign_in_window_was_stopped:
 *
 * Returns: whether the person stopped it
 */
gboolean lanyard_sign_in_window_was_stopped (LanyardSignInWindow *self);

G_END_DECLS
