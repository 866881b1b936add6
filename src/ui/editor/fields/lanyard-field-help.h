/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-field.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * lanyard_field_help_new:
 *
 * Returns: (transfer floating) (nullable): a button that explains @field; %NULL when there is
 * nothing to say
 */
GtkWidget *lanyard_field_help_new (const LanyardField *field);

G_END_DECLS
