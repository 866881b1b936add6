/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-checker-private.h"

#include "lanyard-text.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TEXT_LENGTH 2000

/* Control characters and those that turn the writing direction can make a text look like another
 * one, or smuggle a line into a header. */
static gboolean
is_bad_character (gunichar character)
{
  return g_unichar_iscntrl (character) || (character >= 0x2028 && character <= 0x202e) ||
         (character >= 0x2066 && character <= 0x2069);
}

static gboolean
check_characters (LanyardChecker *self, const char *text, GError **error)
{
  if (*text == '\0')
    return lanyard_checker_refuse (self, error, _ ("is empty; leave it out instead"));

  if (strlen (text) > MAX_TEXT_LENGTH)
    return lanyard_checker_refuse (self, error, _ ("is too long"));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!g_ascii_isprint (*p) && is_bad_character (g_utf8_get_char (p)))
        return lanyard_checker_refuse (self, error,
                                       _ ("holds a line break or another invisible character"));
    }

  return TRUE;
}

/* The text of a node, or NULL: no other type, not empty, not too long, without invisible
 * characters.
 */
static const char *
get_text (LanyardChecker *self, JsonNode *node, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      lanyard_checker_refuse (self, error, _ ("should be a text"));
      return NULL;
    }

  return check_characters (self, json_node_get_string (node), error) ? json_node_get_string (node)
                                                                     : NULL;
}

gboolean
lanyard_checker_check_name (LanyardChecker *self, const char *text, GError **error)
{
  if (strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen (text) &&
      g_ascii_isalnum (*text) && strlen (text) <= LANYARD_CHECKER_MAX_NAME_LENGTH)
    return TRUE;

  return lanyard_checker_refuse (
    self, error, _ ("should be made of at most 64 lower-case letters, digits, “-” and “_”"));
}

gboolean
lanyard_checker_check_key (LanyardChecker *self, const char *text, GError **error)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p) || *p == ':')
        return lanyard_checker_refuse (self, error,
                                       _ ("has a character in its name that cannot stand there"));
    }

  return *text != '\0' || lanyard_checker_refuse (self, error, _ ("has no name"));
}

static gboolean
check_color (LanyardChecker *self, const char *text, GError **error)
{
  if (strlen (text) == 7 && text[0] == '#' && strspn (text + 1, "0123456789abcdefABCDEF") == 6)
    return TRUE;

  return lanyard_checker_refuse (self, error, _ ("should be a colour like “#1a5fb4”"));
}

static gboolean
check_pattern (LanyardChecker *self, const char *text, GError **error)
{
  g_autoptr (GRegex) regex = g_regex_new (text, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);

  return regex != NULL || lanyard_checker_refuse (self, error, _ ("is no regular expression"));
}

static gboolean
check_choice (LanyardChecker *self, const char *text, const LanyardGrammar *member, GError **error)
{
  g_autofree char *choices = NULL;
  g_autofree char *message = NULL;

  if (g_strv_contains (member->choices, text))
    return TRUE;

  choices = g_strjoinv (", ", (char **)member->choices);
  message = g_strdup_printf (_ ("should be one of: %s"), choices);
  return lanyard_checker_refuse (self, error, message);
}

/* A page for people is an address like the others, but may point into the page. */
static gboolean
check_link (LanyardChecker *self, const char *text, GError **error)
{
  g_autofree char *page = g_strndup (text, strcspn (text, "#"));

  return lanyard_uri_check_endpoint (page, self->path->str, error);
}

static gboolean
check_redirect (LanyardChecker *self, const char *text, GError **error)
{
  if (lanyard_uri_check_redirect (text, error))
    return TRUE;

  g_prefix_error (error, "%s: ", self->path->str);
  return FALSE;
}

gboolean
lanyard_checker_check_text (LanyardChecker *self,
                            JsonNode *node,
                            const LanyardGrammar *member,
                            GError **error)
{
  const char *text = get_text (self, node, error);

  if (text == NULL)
    return FALSE;

  switch (member->kind)
    {
    case LANYARD_GRAMMAR_NAME:
      return lanyard_checker_check_name (self, text, error);
    case LANYARD_GRAMMAR_KEY:
    case LANYARD_GRAMMAR_KEY_OR_NULL:
      return lanyard_checker_check_key (self, text, error);
    case LANYARD_GRAMMAR_COLOR:
      return check_color (self, text, error);
    case LANYARD_GRAMMAR_PATTERN:
    case LANYARD_GRAMMAR_PATTERN_MAP:
      return check_pattern (self, text, error);
    case LANYARD_GRAMMAR_CHOICE:
    case LANYARD_GRAMMAR_CHOICES:
      return check_choice (self, text, member, error);
    case LANYARD_GRAMMAR_TEMPLATE:
    case LANYARD_GRAMMAR_TEMPLATE_MAP:
    case LANYARD_GRAMMAR_PARAM_MAP:
    case LANYARD_GRAMMAR_ENDPOINT:
    case LANYARD_GRAMMAR_CALL:
      return lanyard_checker_check_template (self, text, member->kind, error);
    case LANYARD_GRAMMAR_URL:
      return check_link (self, text, error);
    case LANYARD_GRAMMAR_REDIRECT:
      return check_redirect (self, text, error);
    default:
      return TRUE;
    }
}
