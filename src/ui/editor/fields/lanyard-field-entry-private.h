/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-field-entry.h"
#include "lanyard-key-source.h"

G_BEGIN_DECLS

struct _LanyardFieldEntry
{
  GObject parent_instance;

  /* Owned */
  GtkWidget *row;
  GtkWidget *note;
  GtkWidget *key_row; /* takes the place of the row while that holds a key */
  LanyardKeySource *source;
  guint settle_id;

  /* Borrowed */
  const LanyardField *field;
  GtkWidget *required_label;

  /* What is in a field that holds a key, and why it cannot be used. */
  LanyardKeyState key_state;
  char *key_problem;

  gboolean required;
  gboolean showing;
  /* The position of the first choice in the row: 1 where "not set" stands above it. */
  guint first_choice;
};

/* lanyard-field-entry.c */

/* Adds a widget at the end of the row. */
void lanyard_field_entry_add_suffix (LanyardFieldEntry *self, GtkWidget *widget);

/* lanyard-field-entry-key.c */

/* Gives a field that holds a key what it has beside its row: the file that it comes from, and a row
 * to say what it is. */
void lanyard_field_entry_build_key (LanyardFieldEntry *self);

/* Whether there are line breaks in the text. */
gboolean lanyard_field_entry_has_lines (LanyardFieldEntry *self);

/* Looks soon at what was entered, when the row is not in the middle of the change any more. */
void lanyard_field_entry_settle_later (LanyardFieldEntry *self);

G_END_DECLS
