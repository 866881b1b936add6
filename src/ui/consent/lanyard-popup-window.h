/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-web-page.h"

G_BEGIN_DECLS

/**
 * LanyardPopupWindow:
 *
 * A window that a sign-in page opened: where it comes from, a way to close it, and no more.
 */
#define LANYARD_TYPE_POPUP_WINDOW (lanyard_popup_window_get_type ())
G_DECLARE_FINAL_TYPE (LanyardPopupWindow, lanyard_popup_window, LANYARD, POPUP_WINDOW, AdwWindow)

/**
 * lanyard_popup_window_show_for:
 * @page: a page in a window
 *
 * From now on the windows that @page opens are shown, above its own and gone with it.
 */
void lanyard_popup_window_show_for (LanyardWebPage *page);

G_END_DECLS
