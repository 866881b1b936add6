/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-json-locator.h"

#include <string.h>

/* A walk through a text that is known to be JSON, so that it need not be checked, and that it is
 * not too deep. */
typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  /* Where the best value so far begins, and how much of the path led to it. */
  const char *found;
  gsize found_length;
} Locator;

static void walk_value (Locator *self, const char *path, gsize length);

static void
skip_space (Locator *self)
{
  while (self->at < self->end && strchr (" \t\r\n,:", *self->at) != NULL)
    self->at++;
}

/* Gives what stands between the quotation marks, escapes as they are: no member that is known has
 * one in its name. */
static char *
take_string (Locator *self)
{
  const char *first = ++self->at;

  while (self->at < self->end && *self->at != '"')
    self->at += *self->at == '\\' && self->at + 1 < self->end ? 2 : 1;
  if (self->at > self->end)
    self->at = self->end;

  return g_strndup (first, (gsize)(self->at++ - first));
}

static void
note (Locator *self, gsize length)
{
  if (length < self->found_length)
    return;

  self->found = self->at;
  self->found_length = length;
}

/* How much of @path the step @name is, or 0; behind it comes the end or the next step. */
static gsize
match_step (const char *path, const char *name, gboolean is_first)
{
  gsize dot = *path == '.' && !is_first ? 1 : 0;
  gsize length = strlen (name);

  if (strncmp (path + dot, name, length) != 0 || strchr (".[", path[dot + length]) == NULL)
    return 0;

  return dot + length;
}

static void
walk_member (Locator *self, const char *path, gsize length)
{
  const char *begin = self->at;
  g_autofree char *name = take_string (self);
  gsize step = path != NULL ? match_step (path, name, length == 0) : 0;

  skip_space (self);
  if (step > 0 && path[step] == '\0')
    {
      /* What is wrong with a member may be its name. */
      self->found = begin;
      self->found_length = length + step;
      walk_value (self, NULL, 0);
    }
  else if (step > 0)
    walk_value (self, path + step, length + step);
  else
    walk_value (self, NULL, 0);
}

static void
walk_object (Locator *self, const char *path, gsize length)
{
  self->at++;
  for (skip_space (self); self->at < self->end && *self->at != '}'; skip_space (self))
    walk_member (self, path, length);
  self->at++;
}

static void
walk_array (Locator *self, const char *path, gsize length)
{
  guint index = 0;

  self->at++;
  for (skip_space (self); self->at < self->end && *self->at != ']'; skip_space (self))
    {
      g_autofree char *step = g_strdup_printf ("[%u]", index++);

      if (path != NULL && g_str_has_prefix (path, step))
        walk_value (self, path + strlen (step), length + strlen (step));
      else
        walk_value (self, NULL, 0);
    }
  self->at++;
}

/* With a path of NULL the value is not the one, and is only passed over. */
static void
walk_value (Locator *self, const char *path, gsize length)
{
  skip_space (self);
  if (self->at >= self->end)
    return;

  if (path != NULL)
    note (self, length);
  if (*self->at == '{')
    walk_object (self, path, length);
  else if (*self->at == '[')
    walk_array (self, path, length);
  else if (*self->at == '"')
    g_free (take_string (self));
  else
    self->at += strcspn (self->at, ",]} \t\r\n");
}

gsize
lanyard_json_locator_find (const char *text, gsize length, const char *path)
{
  g_autofree char *copy = NULL;
  Locator self;

  g_return_val_if_fail (text != NULL || length == 0, 0);
  g_return_val_if_fail (path != NULL, 0);

  /* With a NUL behind it. */
  copy = g_strndup (text, length);
  self = (Locator){ copy, copy, copy + strlen (copy), copy, 0 };
  if (g_str_has_prefix (copy, "\357\273\277"))
    self.at += strlen ("\357\273\277");
  walk_value (&self, path, 0);

  return (gsize)(self.found - self.start);
}

void
lanyard_json_locator_count (const char *text, gsize offset, guint *line, guint *column)
{
  *line = 1;
  *column = 1;
  for (gsize i = 0; i < offset; i++)
    {
      if (text[i] == '\n')
        {
          (*line)++;
          *column = 1;
        }
      else if (((guchar)text[i] & 0xc0) != 0x80)
        (*column)++;
    }
}
