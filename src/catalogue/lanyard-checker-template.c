/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-checker-private.h"

#include "lanyard-grammar-template.h"
#include "lanyard-text.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Where a name stands in a template. */
typedef enum
{
  PLACE_TEXT,
  PLACE_HOST,
  PLACE_SHOWN_PATH,
  PLACE_PATH,
} Place;

/* @is_cut: only what stands around a separator is used, which of a key, as the name of a data
 * centre, is not the key. What came from outside is no more to be trusted in parts than as a whole.
 */
static gboolean
is_known (LanyardChecker *self, const char *name, Place place, gboolean is_cut)
{
  const char *type = g_hash_table_lookup (self->inputs, name);

  if (place == PLACE_TEXT || place == PLACE_PATH)
    return type != NULL || lanyard_grammar_is_template_name (name, FALSE);
  if (type == NULL)
    return lanyard_grammar_is_template_name (name, !is_cut);
  if (strcmp (type, LANYARD_CHECKER_CAPTURED) == 0)
    return place != PLACE_HOST;

  return is_cut || (strcmp (type, "secret") != 0 && strcmp (type, "pem") != 0);
}

static gboolean
check_part (LanyardChecker *self,
            const LanyardTemplatePart *part,
            Place place,
            gboolean is_cut,
            GError **error)
{
  g_autofree char *quoted = NULL;
  g_autofree char *message = NULL;

  if (part->kind == LANYARD_TEMPLATE_PART_TEXT)
    return TRUE;

  if (part->kind == LANYARD_TEMPLATE_PART_CALL)
    {
      gboolean cuts =
        part->function == LANYARD_TEMPLATE_AFTER || part->function == LANYARD_TEMPLATE_BEFORE;

      for (guint i = 0; i < part->arguments->len; i++)
        {
          if (!check_part (self, g_ptr_array_index (part->arguments, i), place, is_cut || cuts,
                           error))
            return FALSE;
        }
      return TRUE;
    }

  if (is_known (self, part->text, place, is_cut))
    return TRUE;

  quoted = lanyard_text_quote (part->text, LANYARD_CHECKER_MAX_NAME_LENGTH);
  message = g_strdup_printf (_ ("has the name %s in braces, which there is not or which cannot "
                                "stand in an address"),
                             quoted != NULL ? quoted : "{}");
  return lanyard_checker_refuse (self, error, message);
}

/* Whether what follows @sample still belongs to the host. */
static Place
find_place (const char *sample, LanyardGrammarKind kind)
{
  const char *host = strstr (sample, "://");

  if (host == NULL || strpbrk (host + 3, "/?") == NULL)
    return PLACE_HOST;

  return kind == LANYARD_GRAMMAR_CALL ? PLACE_PATH : PLACE_SHOWN_PATH;
}

/* Checks each name where it stands, and the address with something plausible in their places. */
static gboolean
check_address (LanyardChecker *self, GPtrArray *parts, LanyardGrammarKind kind, GError **error)
{
  g_autoptr (GString) sample = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      const LanyardTemplatePart *part = g_ptr_array_index (parts, i);

      if (!check_part (self, part, find_place (sample->str, kind), FALSE, error))
        return FALSE;
      if (part->kind == LANYARD_TEMPLATE_PART_TEXT)
        g_string_append (sample, part->text);
      else
        g_string_append (sample, i == 0 ? "https://sample.example" : "sample");
    }

  return lanyard_uri_check_endpoint (sample->str, self->path->str, error);
}

gboolean
lanyard_checker_check_template (LanyardChecker *self,
                                const char *text,
                                LanyardGrammarKind kind,
                                GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GPtrArray) parts = lanyard_grammar_template_parse (text, &reason);

  if (parts == NULL)
    return lanyard_checker_refuse (self, error, reason->message);

  if (kind == LANYARD_GRAMMAR_ENDPOINT || kind == LANYARD_GRAMMAR_CALL)
    return check_address (self, parts, kind, error);

  for (guint i = 0; i < parts->len; i++)
    {
      if (!check_part (self, g_ptr_array_index (parts, i), PLACE_TEXT, FALSE, error))
        return FALSE;
    }

  return TRUE;
}
