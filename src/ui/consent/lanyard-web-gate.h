/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <webkit/webkit.h>

#include "lanyard-web-problem.h"

G_BEGIN_DECLS

/**
 * LanyardWebGate:
 *
 * Stands before every page that a web view wants to load: lets through what may be seen, keeps away
 * files, other programs and plain http, and shuts when the redirect URI is asked for.
 *
 * Signal `redirected` (const char *): the answer to the attempt; the gate is shut now, and it is
 * safe to let go of the view.
 *
 * Signal `refused` (const LanyardWebProblem *): something that the person should know of was kept
 * away.
 */
#define LANYARD_TYPE_WEB_GATE (lanyard_web_gate_get_type ())
G_DECLARE_FINAL_TYPE (LanyardWebGate, lanyard_web_gate, LANYARD, WEB_GATE, GObject)

/**
 * lanyard_web_gate_new:
 * @view: the view; not kept
 * @redirect_uri: the redirect URI of the attempt
 */
LanyardWebGate *lanyard_web_gate_new (WebKitWebView *view, const char *redirect_uri);

const char *lanyard_web_gate_get_redirect_uri (LanyardWebGate *self);

/**
 * lanyard_web_gate_check:
 * @uri: where the page wants to go
 *
 * Returns: whether it may; if not, a signal says why, where that is worth it
 */
gboolean lanyard_web_gate_check (LanyardWebGate *self, const char *uri);

/* Returns: whether the redirect URI was asked for, so that nothing is let through any more */
gboolean lanyard_web_gate_is_shut (LanyardWebGate *self);

/* Returns: whether @uri was asked for last, and asking for it again sends no form again */
gboolean lanyard_web_gate_is_repeatable (LanyardWebGate *self, const char *uri);

G_END_DECLS
