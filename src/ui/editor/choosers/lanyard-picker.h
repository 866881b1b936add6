/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LanyardPicker:
 *
 * A popover with a list in which several things can be ticked, each with a description in plain
 * words, and a search field once there are many of them.
 *
 * Signal `fill`: it is about to be shown; time to add what there is. Signal `picked` (const char
 * *id, gboolean picked): the person ticked something, or took the tick away. Signal `entered`
 * (const char *text): the person entered something of her own.
 *
 * Properties: `accepts-text` (construct only: whether something of one's own can be entered),
 * `placeholder-text` (write: what stands in the search field, which is its name too).
 */
#define LANYARD_TYPE_PICKER (lanyard_picker_get_type ())
G_DECLARE_FINAL_TYPE (LanyardPicker, lanyard_picker, LANYARD, PICKER, GtkPopover)

/**
 * lanyard_picker_add:
 * @id: what `picked` says
 * @title: its name
 * @description: (nullable): what it is, in plain words
 * @picked: whether it is ticked
 */
void lanyard_picker_add (LanyardPicker *self,
                         const char *id,
                         const char *title,
                         const char *description,
                         gboolean picked);

/**
 * lanyard_picker_set_empty_text:
 * @text: what stands in the list when there is nothing in it
 */
void lanyard_picker_set_empty_text (LanyardPicker *self, const char *text);

/**
 * lanyard_picker_set_problem:
 * @problem: (nullable): what is wrong with what was entered
 */
void lanyard_picker_set_problem (LanyardPicker *self, const char *problem);

G_END_DECLS
