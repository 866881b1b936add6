/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-manager.h"

G_BEGIN_DECLS

/**
 * lanyard_cli_rescue:
 * @manager: what the command used
 *
 * Tries for a moment to save credentials that a provider gave and the keyring did not take: they
 * are only in this program, which is about to end. Says on standard error what became of them.
 *
 * Returns: whether nothing was lost
 */
gboolean lanyard_cli_rescue (LanyardManager *manager);

G_END_DECLS
