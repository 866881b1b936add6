/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LanyardWebProblem:
 * @icon_name: the name of an icon
 * @title: a few words
 * @description: what happened, in a sentence or two; text, not markup
 *
 * Why the person sees no page.
 */
typedef struct
{
  const char *icon_name;
  const char *title;
  char *description;
} LanyardWebProblem;

void lanyard_web_problem_free (LanyardWebProblem *self);

/**
 * lanyard_web_problem_new_unreached:
 * @cause: what GIO or WebKit said
 * @uri: the address that was asked for
 */
LanyardWebProblem *lanyard_web_problem_new_unreached (const GError *cause, const char *uri);

/**
 * lanyard_web_problem_new_untrusted:
 * @certificate: (nullable): the certificate of the server
 * @flags: what is wrong with it
 * @uri: the address that was asked for
 */
LanyardWebProblem *lanyard_web_problem_new_untrusted (GTlsCertificate *certificate,
                                                      GTlsCertificateFlags flags,
                                                      const char *uri);

/* The page wants to go to an http address elsewhere, or to one that is none of the web. */
LanyardWebProblem *lanyard_web_problem_new_insecure (const char *uri);
LanyardWebProblem *lanyard_web_problem_new_external (const char *uri);

/* There is something to be saved rather than a page. */
LanyardWebProblem *lanyard_web_problem_new_file (void);

/* The process that shows pages has ended. */
LanyardWebProblem *lanyard_web_problem_new_crashed (void);

/* The person stopped the first page before it was there. */
LanyardWebProblem *lanyard_web_problem_new_stopped (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardWebProblem, lanyard_web_problem_free)

G_END_DECLS
