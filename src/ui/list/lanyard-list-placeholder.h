/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-list-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardListPlaceholder:
 *
 * What stands in place of the list where it has no rows: why that is so, and a button for what to
 * do next.
 */
#define LANYARD_TYPE_LIST_PLACEHOLDER (lanyard_list_placeholder_get_type ())
G_DECLARE_FINAL_TYPE (LanyardListPlaceholder,
                      lanyard_list_placeholder,
                      LANYARD,
                      LIST_PLACEHOLDER,
                      AdwBin)

GtkWidget *lanyard_list_placeholder_new (void);

/**
 * lanyard_list_placeholder_show_model:
 * @model: a model that shows nothing
 *
 * Says that there are no authorizations, none in this view, or none that the search finds.
 */
void lanyard_list_placeholder_show_model (LanyardListPlaceholder *self, LanyardListModel *model);

/**
 * lanyard_list_placeholder_show_error:
 * @error: why the authorizations cannot be read
 */
void lanyard_list_placeholder_show_error (LanyardListPlaceholder *self, const GError *error);

G_END_DECLS
