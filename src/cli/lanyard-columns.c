/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-columns.h"

/* Between two columns. */
#define GAP 2
/* No column is cut below that. */
#define MIN_WIDTH 6

struct _LanyardColumns
{
  /* Owned */
  GPtrArray *cells;

  guint n_columns;
};

static guint
get_char_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

static guint
get_text_width (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    width += get_char_width (g_utf8_get_char (text));
  return width;
}

static gboolean
is_disturbing (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    case G_UNICODE_FORMAT:
      /* The joiners, which some scripts and emoji need. */
      return c != 0x200c && c != 0x200d;
    default:
      return FALSE;
    }
}

static char *
dup_cell (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *cell = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      g_string_append_unichar (cell, is_disturbing (character) ? ' ' : character);
    }
  return g_string_free (cell, FALSE);
}

static const char *
get_cell (LanyardColumns *self, guint row, guint column)
{
  return g_ptr_array_index (self->cells, row * self->n_columns + column);
}

static void
append_cell (GString *text, const char *cell, guint width, gboolean is_last)
{
  guint cell_width = get_text_width (cell);
  guint used = 0;

  if (cell_width > width)
    {
      for (; used + get_char_width (g_utf8_get_char (cell)) < width; cell = g_utf8_next_char (cell))
        {
          used += get_char_width (g_utf8_get_char (cell));
          g_string_append_unichar (text, g_utf8_get_char (cell));
        }
      g_string_append (text, "…");
      used++;
    }
  else
    {
      g_string_append (text, cell);
      used = cell_width;
    }

  if (!is_last)
    g_string_append_printf (text, "%*s", (int)(width - used + GAP), "");
}

static void
strip_line (GString *text)
{
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
}

static guint *
measure (LanyardColumns *self)
{
  guint *widths = g_new0 (guint, self->n_columns);

  for (guint i = 0; i < self->cells->len; i++)
    widths[i % self->n_columns] =
      MAX (widths[i % self->n_columns], get_text_width (g_ptr_array_index (self->cells, i)));
  return widths;
}

/* Takes from the widest column, one by one, until the line fits. */
static void
shrink (guint *widths, guint n_columns, guint width)
{
  guint total = (n_columns - 1) * GAP;

  for (guint i = 0; i < n_columns; i++)
    total += widths[i];

  while (total > width)
    {
      guint widest = 0;

      for (guint i = 1; i < n_columns; i++)
        if (widths[i] > widths[widest])
          widest = i;
      if (widths[widest] <= MIN_WIDTH)
        return;
      widths[widest]--;
      total--;
    }
}

LanyardColumns *
lanyard_columns_new (guint n_columns)
{
  LanyardColumns *self;

  g_return_val_if_fail (n_columns > 0, NULL);

  self = g_new0 (LanyardColumns, 1);
  self->n_columns = n_columns;
  self->cells = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
lanyard_columns_free (LanyardColumns *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self);
}

void
lanyard_columns_add_row (LanyardColumns *self, const char *const *cells)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->n_columns; i++)
    g_ptr_array_add (self->cells, dup_cell (cells[i]));
}

guint
lanyard_columns_get_length (LanyardColumns *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->cells->len / self->n_columns;
}

char *
lanyard_columns_format (LanyardColumns *self, guint width)
{
  g_autofree guint *widths = NULL;
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (NULL);
  widths = measure (self);
  if (width > 0)
    shrink (widths, self->n_columns, width);

  for (guint row = 0; row < lanyard_columns_get_length (self); row++)
    {
      for (guint column = 0; column < self->n_columns; column++)
        append_cell (text, get_cell (self, row, column), widths[column],
                     column == self->n_columns - 1);
      strip_line (text);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
