/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardRemovableRow:
 *
 * A row of a list that was put together by the person: something that has an id and mostly a button
 * that takes it out again. Its texts are no markup.
 *
 * Signal `remove`: the person wants it out of the list.
 */
#define LANYARD_TYPE_REMOVABLE_ROW (lanyard_removable_row_get_type ())
G_DECLARE_FINAL_TYPE (LanyardRemovableRow,
                      lanyard_removable_row,
                      LANYARD,
                      REMOVABLE_ROW,
                      AdwActionRow)

GtkWidget *lanyard_removable_row_new (const char *id);

const char *lanyard_removable_row_get_id (LanyardRemovableRow *self);

/**
 * lanyard_removable_row_set_removable:
 *
 * Shows or hides the button; to be called after the title was set, which is part of its name.
 */
void lanyard_removable_row_set_removable (LanyardRemovableRow *self, gboolean removable);

/**
 * LanyardRestoreFunc:
 *
 * Brings something back: lanyard_draft_add_connector(), lanyard_draft_add_scope().
 */
typedef void (*LanyardRestoreFunc) (LanyardDraft *draft, const char *id, int position);

/**
 * lanyard_removable_row_offer_undo:
 * @widget: a widget in the window where to say so
 * @text: what was done; not markup
 * @draft: the draft of which something was removed
 * @restore: brings it back
 * @id: what was removed
 * @position: where it was
 *
 * Shows a toast with which the person brings back what she removed.
 */
void lanyard_removable_row_offer_undo (GtkWidget *widget,
                                       const char *text,
                                       LanyardDraft *draft,
                                       LanyardRestoreFunc restore,
                                       const char *id,
                                       int position);

G_END_DECLS
