/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <webkit/webkit.h>

#include "lanyard-problem-view.h"
#include "lanyard-web-gate.h"
#include "lanyard-web-page.h"

G_BEGIN_DECLS

/* What lanyard-web-page.c, which shows, shares with lanyard-web-page-view.c, which listens to the
 * web view. */

struct _LanyardWebPage
{
  AdwBin parent_instance;

  /* Owned */
  LanyardSite *site;
  /* That of the page that is there, also while a problem with the next one is shown. */
  LanyardSite *page_site;
  LanyardWebGate *gate;
  char *start_uri;
  /* What “Try Again” loads; none when only the page before can be gone back to. */
  char *retry_uri;

  /* Borrowed */
  WebKitWebView *view;

  gboolean has_page;
  gboolean can_use_browser;
  guint n_popups;

  /* Template */
  GtkProgressBar *progress_bar;
  GtkStack *stack;
  AdwBin *view_bin;
  LanyardProblemView *problem_view;
};

/* Tells where the page comes from that is there now, or that is not there. */
void lanyard_web_page_set_site (LanyardWebPage *self,
                                LanyardSiteState state,
                                const char *uri,
                                GTlsCertificate *certificate,
                                const char *problem);
void lanyard_web_page_update_site (LanyardWebPage *self);

/* Shows what the web view has. */
void lanyard_web_page_show_view (LanyardWebPage *self);

/* Shows why there is no page. @retry_uri (nullable) is what “Try Again” loads. */
void lanyard_web_page_show_problem (LanyardWebPage *self,
                                    const LanyardWebProblem *problem,
                                    const char *retry_uri);

/* Tell whoever shows the page. */
void lanyard_web_page_tell_loading (LanyardWebPage *self);
void lanyard_web_page_tell_popup (LanyardWebPage *self, LanyardWebPage *popup);
void lanyard_web_page_tell_refused (LanyardWebPage *self);

/* Listens to the web view from now on. */
void lanyard_web_page_connect_view (LanyardWebPage *self);

G_END_DECLS
