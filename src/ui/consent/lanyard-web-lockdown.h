/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <webkit/webkit.h>

G_BEGIN_DECLS

/**
 * lanyard_web_lockdown_create_view:
 *
 * Makes a web view for one attempt: a network session that keeps nothing, a web context of its own,
 * no access to files, devices, downloads or anything else that a sign-in page does not need. It
 * says truthfully what it is.
 *
 * Returns: (transfer floating): a view
 */
WebKitWebView *lanyard_web_lockdown_create_view (void);

/**
 * lanyard_web_lockdown_create_related_view:
 * @opener: the view whose page opens a window
 *
 * Returns: (transfer floating): a view as locked down as @opener, whose session it shares
 */
WebKitWebView *lanyard_web_lockdown_create_related_view (WebKitWebView *opener);

G_END_DECLS
