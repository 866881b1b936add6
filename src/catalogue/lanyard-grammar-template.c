/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-grammar-template.h"

#include "lanyard-error.h"
#include "lanyard-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_NAME_LENGTH 64
#define MAX_ARGUMENTS 8

static const struct
{
  const char *name;
  guint min_arguments;
  guint max_arguments;
} FUNCTIONS[] = {
  [LANYARD_TEMPLATE_AFTER] = { "after", 2, 2 },
  [LANYARD_TEMPLATE_BASE64] = { "base64", 1, MAX_ARGUMENTS },
  [LANYARD_TEMPLATE_BASE64URL] = { "base64url", 1, MAX_ARGUMENTS },
  [LANYARD_TEMPLATE_BEFORE] = { "before", 2, 2 },
  [LANYARD_TEMPLATE_HEX] = { "hex", 1, MAX_ARGUMENTS },
  [LANYARD_TEMPLATE_HMAC_SHA256] = { "hmac_sha256", 2, MAX_ARGUMENTS },
  [LANYARD_TEMPLATE_HOST] = { "host", 1, 1 },
  [LANYARD_TEMPLATE_LOWER] = { "lower", 1, MAX_ARGUMENTS },
  [LANYARD_TEMPLATE_MD5] = { "md5", 1, MAX_ARGUMENTS },
  [LANYARD_TEMPLATE_SHA256] = { "sha256", 1, MAX_ARGUMENTS },
  [LANYARD_TEMPLATE_UPPER] = { "upper", 1, MAX_ARGUMENTS },
  [LANYARD_TEMPLATE_URLENCODE] = { "urlencode", 1, MAX_ARGUMENTS },
};

/* Where the parser is, and how much it has found. */
typedef struct
{
  const char *next;
  guint n_parts;
} Parser;

static LanyardTemplatePart *parse_expression (Parser *parser, guint depth, GError **error);

static void
part_free (LanyardTemplatePart *part)
{
  g_free (part->text);
  g_clear_pointer (&part->arguments, g_ptr_array_unref);
  g_free (part);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardTemplatePart, part_free)

static LanyardTemplatePart *
part_new (LanyardTemplatePartKind kind, const char *text, gsize length)
{
  LanyardTemplatePart *part = g_new0 (LanyardTemplatePart, 1);

  part->kind = kind;
  part->text = g_strndup (text, length);
  return part;
}

static void
set_error (GError **error, const char *message)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, message);
}

static void
skip_spaces (Parser *parser)
{
  while (*parser->next == ' ')
    parser->next++;
}

/* A text in single quotes; two of them are one that belongs to it. */
static LanyardTemplatePart *
parse_quoted (Parser *parser, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (parser->next++; *parser->next != '\0'; parser->next++)
    {
      if (*parser->next == '\'' && *++parser->next != '\'')
        return part_new (LANYARD_TEMPLATE_PART_TEXT, text->str, text->len);
      g_string_append_c (text, *parser->next);
    }

  set_error (error, _ ("has a quotation mark without another one"));
  return NULL;
}

static gboolean
find_function (const char *name, LanyardTemplateFunction *function, GError **error)
{
  g_autofree char *quoted = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (FUNCTIONS); i++)
    {
      if (strcmp (FUNCTIONS[i].name, name) != 0)
        continue;
      *function = (LanyardTemplateFunction)i;
      return TRUE;
    }

  quoted = lanyard_text_quote (name, MAX_NAME_LENGTH);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               _ ("calls the function %s, which there is not"), quoted);
  return FALSE;
}

/* The arguments, from behind the opening parenthesis to behind the closing one. */
static gboolean
parse_arguments (Parser *parser, LanyardTemplatePart *call, guint depth, GError **error)
{
  call->arguments = g_ptr_array_new_with_free_func ((GDestroyNotify)part_free);

  for (;;)
    {
      LanyardTemplatePart *argument;

      skip_spaces (parser);
      argument = *parser->next == '\'' ? parse_quoted (parser, error)
                                       : parse_expression (parser, depth + 1, error);
      if (argument == NULL)
        return FALSE;
      g_ptr_array_add (call->arguments, argument);
      skip_spaces (parser);
      if (*parser->next != ',')
        break;
      parser->next++;
    }

  if (*parser->next != ')')
    {
      set_error (error, _ ("has a “(” without a “)”"));
      return FALSE;
    }
  parser->next++;

  if (call->arguments->len >= FUNCTIONS[call->function].min_arguments &&
      call->arguments->len <= FUNCTIONS[call->function].max_arguments)
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               _ ("calls the function “%s” with a wrong number of arguments"), call->text);
  return FALSE;
}

/* A name, or a call of a function. */
static LanyardTemplatePart *
parse_expression (Parser *parser, guint depth, GError **error)
{
  gsize length = strspn (parser->next, "abcdefghijklmnopqrstuvwxyz0123456789-_");
  g_autoptr (LanyardTemplatePart) part =
    part_new (LANYARD_TEMPLATE_PART_NAME, parser->next, length);

  if (length == 0 || length > MAX_NAME_LENGTH)
    {
      set_error (error, _ ("has something in braces that is no name"));
      return NULL;
    }
  if (++parser->n_parts > LANYARD_GRAMMAR_TEMPLATE_MAX_PARTS)
    {
      set_error (error, _ ("has too many names in braces"));
      return NULL;
    }

  parser->next += length;
  skip_spaces (parser);
  if (*parser->next != '(')
    return g_steal_pointer (&part);

  parser->next++;
  part->kind = LANYARD_TEMPLATE_PART_CALL;
  if (depth >= LANYARD_GRAMMAR_TEMPLATE_MAX_DEPTH)
    {
      set_error (error, _ ("calls functions within functions too deeply"));
      return NULL;
    }
  if (!find_function (part->text, &part->function, error) ||
      !parse_arguments (parser, part, depth, error))
    return NULL;

  return g_steal_pointer (&part);
}

static LanyardTemplatePart *
parse_braces (Parser *parser, GError **error)
{
  g_autoptr (LanyardTemplatePart) part = NULL;

  if (strchr (parser->next, '}') == NULL)
    {
      set_error (error, _ ("has a “{” without a “}”"));
      return NULL;
    }

  parser->next++;
  skip_spaces (parser);
  part = parse_expression (parser, 0, error);
  if (part == NULL)
    return NULL;

  skip_spaces (parser);
  if (*parser->next != '}')
    {
      set_error (error, _ ("has something in braces that is no name"));
      return NULL;
    }

  parser->next++;
  return g_steal_pointer (&part);
}

static void
flush (GPtrArray *parts, GString *text)
{
  if (text->len > 0)
    g_ptr_array_add (parts, part_new (LANYARD_TEMPLATE_PART_TEXT, text->str, text->len));
  g_string_truncate (text, 0);
}

GPtrArray *
lanyard_grammar_template_parse (const char *template, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify)part_free);
  g_autoptr (GString) text = g_string_new (NULL);
  Parser parser = { .next = template };

  g_return_val_if_fail (template != NULL, NULL);

  if (strlen (template) > LANYARD_GRAMMAR_TEMPLATE_MAX_LENGTH)
    {
      set_error (error, _ ("is too long"));
      return NULL;
    }

  while (*parser.next != '\0')
    {
      LanyardTemplatePart *part;

      /* Two braces of a kind are one that stands for itself. */
      if (*parser.next != '{' || parser.next[1] == '{')
        {
          g_string_append_c (text, *parser.next);
          parser.next +=
            (*parser.next == '{' || *parser.next == '}') && parser.next[1] == *parser.next ? 2 : 1;
          continue;
        }

      flush (parts, text);
      part = parse_braces (&parser, error);
      if (part == NULL)
        return NULL;
      g_ptr_array_add (parts, part);
    }
  flush (parts, text);

  return g_steal_pointer (&parts);
}
