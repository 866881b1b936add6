/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "lanyard-web-problem.h"

G_BEGIN_DECLS

/**
 * LanyardProblemWays:
 * @LANYARD_PROBLEM_RETRY: to try again, by the action `page.retry`
 * @LANYARD_PROBLEM_RETURN: back to the page that was there, by the action `page.return`
 * @LANYARD_PROBLEM_BROWSER: to the browser, by the action `consent.open-in-browser`
 *
 * The ways on from a problem.
 */
typedef enum
{
  LANYARD_PROBLEM_RETRY = 1 << 0,
  LANYARD_PROBLEM_RETURN = 1 << 1,
  LANYARD_PROBLEM_BROWSER = 1 << 2,
} LanyardProblemWays;

/**
 * LanyardProblemView:
 *
 * Tells the person why there is no page, and what to do.
 */
#define LANYARD_TYPE_PROBLEM_VIEW (lanyard_problem_view_get_type ())
G_DECLARE_FINAL_TYPE (LanyardProblemView, lanyard_problem_view, LANYARD, PROBLEM_VIEW, AdwBin)

void lanyard_problem_view_set_problem (LanyardProblemView *self,
                                       const LanyardWebProblem *problem,
                                       LanyardProblemWays ways);

G_END_DECLS
