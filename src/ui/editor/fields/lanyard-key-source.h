/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-field.h"
#include "lanyard-secret.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LanyardKeySource:
 *
 * Takes a key from a file, which the person chooses or drops onto a row. Only its content is kept;
 * a file that is too large is not read, and one without a key is not taken.
 *
 * Signal `taken` (#LanyardSecret): here is the key. Signal `failed` (message): why there is none;
 * it names the file.
 */
#define LANYARD_TYPE_KEY_SOURCE (lanyard_key_source_get_type ())
G_DECLARE_FINAL_TYPE (LanyardKeySource, lanyard_key_source, LANYARD, KEY_SOURCE, GObject)

/**
 * lanyard_key_source_new:
 * @field: (transfer none): the field, which must live as long as the source
 */
LanyardKeySource *lanyard_key_source_new (const LanyardField *field);

/**
 * lanyard_key_source_make_button:
 *
 * Returns: (transfer floating): a button that lets the person choose a file
 */
GtkWidget *lanyard_key_source_make_button (LanyardKeySource *self);

/**
 * lanyard_key_source_watch:
 *
 * Lets files be dropped onto @widget.
 */
void lanyard_key_source_watch (LanyardKeySource *self, GtkWidget *widget);

/**
 * lanyard_key_source_take:
 *
 * Reads @file.
 */
void lanyard_key_source_take (LanyardKeySource *self, GFile *file);

G_END_DECLS
