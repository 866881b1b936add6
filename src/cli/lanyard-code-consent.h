/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-consent.h"

G_BEGIN_DECLS

/**
 * LanyardCodeConsent:
 *
 * Lets the person sign in on whatever device has a browser (RFC 8628): it prints where to go and
 * the code to enter there. On a terminal it draws the address as a QR code, too.
 */
#define LANYARD_TYPE_CODE_CONSENT (lanyard_code_consent_get_type ())
G_DECLARE_FINAL_TYPE (LanyardCodeConsent, lanyard_code_consent, LANYARD, CODE_CONSENT, GObject)

/**
 * lanyard_code_consent_new:
 * @output: the file descriptor that address and code are printed to
 */
LanyardConsent *lanyard_code_consent_new (int output);

G_END_DECLS
