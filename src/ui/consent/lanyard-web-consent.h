/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-consent.h"

G_BEGIN_DECLS

/**
 * LanyardWebConsent:
 *
 * Asks for consent in a window of Lanyard's own with the provider's page in it. RFC 8252 section
 * 8.12 advises against it: so the window shows where the page is from, keeps nothing, never reads
 * what the page says or the person types, and offers the browser all the time. Any redirect URI
 * will do, since it is caught before it is loaded.
 *
 * Property `parent` (GtkWindow, construct only, nullable): the window that it belongs to.
 *
 * Property `browser-requested` (gboolean, read only): whether the person wants to sign in in the
 * browser instead; then the run has failed with %LANYARD_ERROR_CANCELLED, and whoever asked starts
 * again with another #LanyardConsent.
 */
#define LANYARD_TYPE_WEB_CONSENT (lanyard_web_consent_get_type ())
G_DECLARE_FINAL_TYPE (LanyardWebConsent, lanyard_web_consent, LANYARD, WEB_CONSENT, GObject)

G_END_DECLS
