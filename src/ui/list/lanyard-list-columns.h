/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LanyardListMode:
 * @LANYARD_LIST_WIDE: every column
 * @LANYARD_LIST_MEDIUM: the provider is its badge, and its name stands in the second line
 * @LANYARD_LIST_NARROW: the status stands below the name too, and buttons are icons
 *
 * How much a row of the list shows beside each other.
 */
typedef enum
{
  LANYARD_LIST_WIDE,
  LANYARD_LIST_MEDIUM,
  LANYARD_LIST_NARROW,
} LanyardListMode;

/* The badge of the provider, and the space around it and between the columns. */
#define LANYARD_LIST_BADGE_SIZE 34
#define LANYARD_LIST_SPACING 12
#define LANYARD_LIST_PADDING 10
/* A row is at least so high. */
#define LANYARD_LIST_ROW_HEIGHT 54
#define LANYARD_LIST_BUTTON_GAP 6
/* The text in a status pill, and the reason below it, are so far from its side. */
#define LANYARD_LIST_STATUS_INSET 10
/* What a row is narrowest at, and what it wants. */
#define LANYARD_LIST_MINIMUM_WIDTH 300
#define LANYARD_LIST_NATURAL_WIDTH 900

/**
 * LanyardListColumns:
 *
 * Where the columns are, from the left, in logical pixels. In a medium or narrow list the
 * provider's column has only room for its badge; in a narrow one the status has the name's place,
 * below it.
 */
typedef struct
{
  LanyardListMode mode;
  int provider_x;
  int provider_width;
  int name_x;
  int name_width;
  int status_x;
  int status_width;
  int actions_x;
} LanyardListColumns;

/**
 * lanyard_list_columns_get_mode:
 * @width: the width of the list
 */
LanyardListMode lanyard_list_columns_get_mode (int width);

/**
 * lanyard_list_columns_compute:
 * @columns: (out caller-allocates): the columns
 * @width: the width of the list
 * @actions_width: the width of the buttons at the end
 *
 * Divides the width of a row. It depends on nothing else, so that rows and header line up without
 * knowing of each other.
 */
void lanyard_list_columns_compute (LanyardListColumns *columns, int width, int actions_width);

G_END_DECLS
