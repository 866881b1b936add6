/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-manager.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardEditor:
 *
 * The window in which one authorization is made or changed. It works on a copy, so that nothing is
 * changed until the person saves or authorizes, and several editors may be open at once.
 */
#define LANYARD_TYPE_EDITOR (lanyard_editor_get_type ())
G_DECLARE_FINAL_TYPE (LanyardEditor, lanyard_editor, LANYARD, EDITOR, AdwWindow)

/**
 * lanyard_editor_new:
 * @manager: the manager
 * @authorization: (nullable): the authorization to change, of which a copy is taken; %NULL for a
 * new one
 *
 * Returns: (transfer floating): the window, which is not shown yet
 */
GtkWidget *lanyard_editor_new (LanyardManager *manager, LanyardAuthorization *authorization);

/**
 * lanyard_editor_get_authorization_id:
 *
 * Returns: (transfer none): the id of what is edited, so that an editor that is open is presented
 * instead of a second one; a new authorization has its id from the start
 */
const char *lanyard_editor_get_authorization_id (LanyardEditor *self);

G_END_DECLS
