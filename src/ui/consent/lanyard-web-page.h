/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "lanyard-site.h"

G_BEGIN_DECLS

/**
 * LanyardWebPage:
 *
 * A web view that is fit for signing in and for nothing else, with what the person is told when a
 * page cannot be shown. It stops before the redirect URI is loaded.
 *
 * Property `site` (LanyardSite, read only): where the page that is seen comes from. It changes when
 * another page is there, not when one is asked for.
 *
 * Property `is-loading` (gboolean, read only).
 *
 * Property `has-problem` (gboolean, read only): whether the person is told why there is no page.
 *
 * Signal `redirected` (const char *): the answer to the attempt; the last thing that happens.
 *
 * Signal `popup` (LanyardWebPage): the page opened a window. Whoever wants to show it keeps the new
 * page, and shows it at once; otherwise it is gone.
 *
 * Signal `embedding-refused`: the provider takes no sign-in from a view like this one.
 */
#define LANYARD_TYPE_WEB_PAGE (lanyard_web_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardWebPage, lanyard_web_page, LANYARD, WEB_PAGE, AdwBin)

/**
 * lanyard_web_page_start:
 * @uri: the address to show first; https, or http to this computer
 * @redirect_uri: the redirect URI that ends it
 * @can_use_browser: whether a page that cannot be shown offers the browser, by the action
 * `consent.open-in-browser` of the window
 *
 * Begins. To be called once.
 */
void lanyard_web_page_start (LanyardWebPage *self,
                             const char *uri,
                             const char *redirect_uri,
                             gboolean can_use_browser);

/* Returns: where the page that is seen comes from */
LanyardSite *lanyard_web_page_get_site (LanyardWebPage *self);

gboolean lanyard_web_page_get_is_loading (LanyardWebPage *self);

/* As in any browser; reloading also tries again what could not be shown. */
void lanyard_web_page_reload (LanyardWebPage *self);
void lanyard_web_page_stop (LanyardWebPage *self);
void lanyard_web_page_go_back (LanyardWebPage *self);

G_END_DECLS
