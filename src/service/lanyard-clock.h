/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LanyardClock:
 *
 * An alarm that goes off at a time of the wall clock, also when the computer was asleep then, and
 * when somebody sets the clock, so that the next time can be worked out anew. That needs no system
 * bus: the kernel tells both.
 */
typedef struct _LanyardClock LanyardClock;

/**
 * LanyardClockFunc:
 *
 * The time has come, or the clock was set. The alarm is off until it is set again.
 */
typedef void (*LanyardClockFunc) (gpointer user_data);

LanyardClock *lanyard_clock_new (LanyardClockFunc func, gpointer user_data);
void lanyard_clock_free (LanyardClock *self);

/**
 * lanyard_clock_set:
 * @when: seconds since 1970; 0 for never
 */
void lanyard_clock_set (LanyardClock *self, gint64 when);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardClock, lanyard_clock_free)

G_END_DECLS
