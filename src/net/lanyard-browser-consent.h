/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-consent.h"

G_BEGIN_DECLS

/**
 * LanyardBrowserConsent:
 *
 * Asks for consent in the system's browser and catches the redirect with a
 * #LanyardLoopbackListener, as RFC 8252 wants it. The listener stays as long as the object does, so
 * that a page that is loaded again is answered.
 *
 * Property `open-uri` (construct only, pointer to #LanyardOpenUriFunc, nullable): how to open the
 * browser; %NULL uses the desktop's default application.
 *
 * Property `patience` (construct only, guint, milliseconds): how long to wait for the person; 5
 * minutes by default.
 */
#define LANYARD_TYPE_BROWSER_CONSENT (lanyard_browser_consent_get_type ())
G_DECLARE_FINAL_TYPE (LanyardBrowserConsent,
                      lanyard_browser_consent,
                      LANYARD,
                      BROWSER_CONSENT,
                      GObject)

/**
 * LanyardOpenUriFunc:
 *
 * Returns: whether a browser was asked to show @uri
 */
typedef gboolean (*LanyardOpenUriFunc) (const char *uri, GError **error);

G_END_DECLS
