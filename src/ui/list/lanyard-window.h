/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-list-model.h"
#include "lanyard-manager.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A name in a toast is cut to so many characters: what happened must stay in sight. */
#define LANYARD_TOAST_NAME_CHARS 40

/**
 * LanyardWindow:
 *
 * The list of authorizations, with search, the view of the inactive ones, and what can be done with
 * each. Its size is kept in the settings, where there are any.
 *
 * Properties, each also the state of the action of its name: `show-inactive` (whether the inactive
 * ones are shown), `sort` (#LanyardListSort), `descending`.
 *
 * Actions: `win.search`, `win.unlock`, and those of lanyard_window_install_actions().
 */
#define LANYARD_TYPE_WINDOW (lanyard_window_get_type ())
G_DECLARE_FINAL_TYPE (LanyardWindow, lanyard_window, LANYARD, WINDOW, AdwApplicationWindow)

/**
 * lanyard_window_new:
 * @manager: (nullable): the manager; %NULL when the database cannot be opened
 * @error: (nullable): why it cannot, which the window then shows
 * @settings: (nullable): where the window's size is kept
 */
GtkWidget *lanyard_window_new (GtkApplication *application,
                               LanyardManager *manager,
                               const GError *error,
                               GSettings *settings);

/* Never %NULL in an action of a row. */
LanyardManager *lanyard_window_get_manager (LanyardWindow *self);
LanyardListModel *lanyard_window_get_model (LanyardWindow *self);

/**
 * lanyard_window_get_cancellable:
 *
 * Returns: (transfer none): cancelled when the window goes
 */
GCancellable *lanyard_window_get_cancellable (LanyardWindow *self);

/**
 * lanyard_window_search:
 *
 * Puts @words into the search field, as if the person had typed them.
 */
void lanyard_window_search (LanyardWindow *self, const char *words);

/**
 * lanyard_window_add_toast:
 * @toast: (transfer full): what to say
 */
void lanyard_window_add_toast (LanyardWindow *self, AdwToast *toast);

/**
 * lanyard_window_show_message:
 *
 * Says a sentence that the person need not answer.
 */
void lanyard_window_show_message (LanyardWindow *self, const char *message);

/**
 * lanyard_window_show_error:
 * @heading: what could not be done
 * @error: why; nothing is shown for one that says that the person stopped it
 */
void lanyard_window_show_error (LanyardWindow *self, const char *heading, const GError *error);

G_END_DECLS
