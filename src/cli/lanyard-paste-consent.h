/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-consent.h"

G_BEGIN_DECLS

/**
 * LanyardPasteConsent:
 *
 * Asks for consent where there is no browser, over SSH for instance: it prints the address, the
 * person opens it in any browser anywhere, and pastes the address that the browser ends at, which
 * need not show a page; or types in the code that the page shows, where there is no redirect URI.
 */
#define LANYARD_TYPE_PASTE_CONSENT (lanyard_paste_consent_get_type ())
G_DECLARE_FINAL_TYPE (LanyardPasteConsent, lanyard_paste_consent, LANYARD, PASTE_CONSENT, GObject)

/**
 * lanyard_paste_consent_new:
 * @input: the file descriptor that the redirected address is read from
 * @output: the file descriptor that the address is printed to
 */
LanyardConsent *lanyard_paste_consent_new (int input, int output);

G_END_DECLS
