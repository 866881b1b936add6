/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "lanyard-consent.h"

G_BEGIN_DECLS

/**
 * LanyardConsentWindow:
 *
 * The window in which a person signs in at a provider: which server the page is from, how safe the
 * connection is, the page, and the ways out of it.
 *
 * Signal `redirected` (const char *): the answer to the attempt.
 *
 * Signal `cancelled`: the person wants no more of it.
 *
 * Signal `browser-requested`: the person wants to sign in in the browser.
 *
 * Each of them is the last; whoever hears it destroys the window.
 */
#define LANYARD_TYPE_CONSENT_WINDOW (lanyard_consent_window_get_type ())
G_DECLARE_FINAL_TYPE (LanyardConsentWindow,
                      lanyard_consent_window,
                      LANYARD,
                      CONSENT_WINDOW,
                      AdwWindow)

/**
 * lanyard_consent_window_new:
 * @parent: (nullable): the window that it belongs to
 * @request: what to show
 *
 * The browser is offered where it can catch the redirect, which is on this computer.
 *
 * Returns: (transfer none): a window that begins to load the page
 */
GtkWindow *lanyard_consent_window_new (GtkWindow *parent, const LanyardConsentRequest *request);

G_END_DECLS
