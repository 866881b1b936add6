/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-jwt-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardTokenRow:
 *
 * A row that unfolds what a JWT says: its times as dates, how it is signed, header and claims.
 * Neither the signature nor the token itself is in it.
 */
#define LANYARD_TYPE_TOKEN_ROW (lanyard_token_row_get_type ())
G_DECLARE_FINAL_TYPE (LanyardTokenRow, lanyard_token_row, LANYARD, TOKEN_ROW, AdwExpanderRow)

/**
 * lanyard_token_row_new:
 * @token: (transfer none): the token, of which a copy of what is shown is kept
 * @check: (nullable): what is known of its signature
 */
GtkWidget *lanyard_token_row_new (const LanyardJwtView *token, const char *check);

/**
 * lanyard_token_row_show_validity:
 * @now: seconds since 1970
 *
 * Shows how long it is valid yet.
 */
void lanyard_token_row_show_validity (LanyardTokenRow *self, gint64 now);

/**
 * lanyard_token_row_dup_validity:
 * @now: seconds since 1970
 *
 * Returns: (transfer full): how long @token is valid yet, for the person
 */
char *lanyard_token_row_dup_validity (const LanyardJwtView *token, gint64 now);

G_END_DECLS
