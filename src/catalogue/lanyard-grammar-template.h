/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In bytes, calls within calls, and calls and names altogether: what a template may be. */
#define LANYARD_GRAMMAR_TEMPLATE_MAX_LENGTH 8192
#define LANYARD_GRAMMAR_TEMPLATE_MAX_DEPTH 4
#define LANYARD_GRAMMAR_TEMPLATE_MAX_PARTS 100

/**
 * LanyardTemplateFunction:
 *
 * The functions that a template may call; there are no others.
 */
typedef enum
{
  LANYARD_TEMPLATE_AFTER,
  LANYARD_TEMPLATE_BASE64,
  LANYARD_TEMPLATE_BASE64URL,
  LANYARD_TEMPLATE_BEFORE,
  LANYARD_TEMPLATE_HEX,
  LANYARD_TEMPLATE_HMAC_SHA256,
  LANYARD_TEMPLATE_HOST,
  LANYARD_TEMPLATE_LOWER,
  LANYARD_TEMPLATE_MD5,
  LANYARD_TEMPLATE_SHA256,
  LANYARD_TEMPLATE_UPPER,
  LANYARD_TEMPLATE_URLENCODE,
} LanyardTemplateFunction;

/**
 * LanyardTemplatePartKind:
 * @LANYARD_TEMPLATE_PART_TEXT: a text that stands for itself
 * @LANYARD_TEMPLATE_PART_NAME: a name that something is filled in for
 * @LANYARD_TEMPLATE_PART_CALL: a call of a function
 */
typedef enum
{
  LANYARD_TEMPLATE_PART_TEXT,
  LANYARD_TEMPLATE_PART_NAME,
  LANYARD_TEMPLATE_PART_CALL,
} LanyardTemplatePartKind;

/**
 * LanyardTemplatePart:
 * @kind: what it is
 * @text: the text, or the name; of a call the name of the function
 * @function: of a call: the function
 * @arguments: (element-type LanyardTemplatePart): of a call: its arguments
 */
typedef struct
{
  LanyardTemplatePartKind kind;
  char *text;
  LanyardTemplateFunction function;
  GPtrArray *arguments;
} LanyardTemplatePart;

/**
 * lanyard_grammar_template_parse:
 * @template: a text with `{names}` and `{calls(of,functions)}`
 * @error: return location for %LANYARD_ERROR_INVALID, whose message is the rest of a sentence about
 * the template
 *
 * Takes a template apart. Whether its names are known is for the caller to see.
 *
 * Returns: (transfer full) (element-type LanyardTemplatePart): its parts, or %NULL
 */
GPtrArray *lanyard_grammar_template_parse (const char *template, GError **error);

G_END_DECLS
