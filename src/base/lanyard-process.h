/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_process_init:
 *
 * What each program does first: opens standard streams that are closed, sets the locale and the
 * translations, forbids core dumps (RLIMIT_CORE) and memory in them (coredump_filter; the
 * process stays dumpable, since the portals look at `/proc/PID/root`), and lets writes to closed
 * pipes fail instead of kill.
 */
void lanyard_process_init (void);

G_END_DECLS
