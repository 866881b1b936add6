/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-list-columns.h"

#define WIDE_FROM 740
#define MEDIUM_FROM 560

LanyardListMode
lanyard_list_columns_get_mode (int width)
{
  if (width >= WIDE_FROM)
    return LANYARD_LIST_WIDE;
  return width >= MEDIUM_FROM ? LANYARD_LIST_MEDIUM : LANYARD_LIST_NARROW;
}

void
lanyard_list_columns_compute (LanyardListColumns *columns, int width, int actions_width)
{
  int end;

  columns->mode = lanyard_list_columns_get_mode (width);
  columns->actions_x = width - LANYARD_LIST_SPACING - actions_width;
  columns->provider_x = LANYARD_LIST_SPACING;
  columns->provider_width = LANYARD_LIST_BADGE_SIZE;
  if (columns->mode == LANYARD_LIST_WIDE)
    columns->provider_width = CLAMP (width / 5, 160, 260);
  columns->name_x = columns->provider_x + columns->provider_width + LANYARD_LIST_SPACING;

  end = columns->actions_x - LANYARD_LIST_SPACING;
  columns->status_x = columns->name_x;
  if (columns->mode != LANYARD_LIST_NARROW)
    {
      columns->status_width = CLAMP (width / 5, 170, 300);
      columns->status_x = end - columns->status_width;
      end = columns->status_x - LANYARD_LIST_SPACING;
    }
  columns->name_width = MAX (end - columns->name_x, 0);
  /* Below the name there is room up to the edge: the buttons stand beside the name. */
  if (columns->mode == LANYARD_LIST_NARROW)
    columns->status_width = MAX (width - LANYARD_LIST_SPACING - columns->status_x, 0);
}
