/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-authorization.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LanyardBadgeKind:
 * @LANYARD_BADGE_SUCCESS: all is well
 * @LANYARD_BADGE_WARNING: the person should do something
 * @LANYARD_BADGE_NEUTRAL: neither good nor bad
 * @LANYARD_BADGE_ERROR: something is broken
 *
 * What a badge says, by its icon and its colour; its label says it in words.
 */
typedef enum
{
  LANYARD_BADGE_SUCCESS,
  LANYARD_BADGE_WARNING,
  LANYARD_BADGE_NEUTRAL,
  LANYARD_BADGE_ERROR,
} LanyardBadgeKind;

#define LANYARD_TYPE_BADGE_KIND (lanyard_badge_kind_get_type ())
GType lanyard_badge_kind_get_type (void);

/**
 * LanyardStatusBadge:
 *
 * A pill with an icon and a word: *Authorized*, *Sign in again*, *granted*.
 *
 * Properties: `label` (read, write), `kind` (read, write, #LanyardBadgeKind, neutral).
 */
#define LANYARD_TYPE_STATUS_BADGE (lanyard_status_badge_get_type ())
G_DECLARE_FINAL_TYPE (LanyardStatusBadge, lanyard_status_badge, LANYARD, STATUS_BADGE, GtkWidget)

GtkWidget *lanyard_status_badge_new (void);
const char *lanyard_status_badge_get_label (LanyardStatusBadge *self);
void lanyard_status_badge_set_label (LanyardStatusBadge *self, const char *label);
void lanyard_status_badge_set_kind (LanyardStatusBadge *self, LanyardBadgeKind kind);

/**
 * lanyard_status_badge_set_authorization:
 * @authorization: an authorization
 * @now: seconds since 1970
 *
 * Shows where @authorization stands at @now. Does not follow it: whoever shows it calls this again
 * when it changes and when time has passed.
 */
void lanyard_status_badge_set_authorization (LanyardStatusBadge *self,
                                             LanyardAuthorization *authorization,
                                             gint64 now);

G_END_DECLS
