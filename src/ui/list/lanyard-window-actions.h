/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-window.h"

G_BEGIN_DECLS

/**
 * lanyard_window_install_actions:
 * @widget_class: the class of #LanyardWindow
 *
 * Installs what can be done with one authorization; the target of each is its id:
 * `authorization.open`, `authorization.authorize`, `authorization.test`,
 * `authorization.copy-token`, `authorization.copy-curl`, `authorization.duplicate`,
 * `authorization.export`, `authorization.delete`, `authorization.toggle-active`,
 * `authorization.cancel`; and `authorization.set-active`, whose target is an id and whether to
 * activate it, and which says nothing about it. Then `win.export-all` and `win.import`.
 */
void lanyard_window_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
