/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* Damages a JSON text in one to four places, the same ones for the same seed: for tests of readers,
 * which must read or refuse whatever they are given. */
static inline char *
mutate (GRand *random, const char *text, gsize length, gsize *mutated_length)
{
  static const char *const pieces[] = { "{",  "}",     "[",       "]",       ",",
                                        ":",  "\"",    "\\u0000", "\\ud800", "null",
                                        "-1", "1e999", "\\u000a", "{name}",  "//" };
  g_autoptr (GString) mutated = g_string_new_len (text, (gssize)length);
  gint32 n = g_rand_int_range (random, 1, 5);

  while (n-- > 0 && mutated->len > 1)
    {
      gint32 size = (gint32)mutated->len;
      gint32 at = g_rand_int_range (random, 0, size);
      gint32 cut = MIN (40, size - at);

      switch (g_rand_int_range (random, 0, 8))
        {
        case 0:
        case 1:
          mutated->str[at] = (char)g_rand_int_range (random, 0, 256);
          break;
        case 2:
        case 3:
          g_string_erase (mutated, at, g_rand_int_range (random, 0, cut) + 1);
          break;
        case 4:
        case 5:
          g_string_insert (mutated, at,
                           pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
          break;
        case 6:
          /* What stood elsewhere, so that members are repeated and values swapped. */
          g_string_insert_len (mutated, at, text, MIN ((gssize)length, cut));
          break;
        default:
          g_string_truncate (mutated, (gsize)at);
        }
    }

  *mutated_length = mutated->len;
  return g_string_free (g_steal_pointer (&mutated), FALSE);
}
