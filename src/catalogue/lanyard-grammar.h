/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LanyardGrammarKind:
 * @LANYARD_GRAMMAR_TEXT: a text for people or servers
 * @LANYARD_GRAMMAR_NAME: a name: lower-case letters, digits, `-` and `_`
 * @LANYARD_GRAMMAR_KEY: the name of a parameter or a header field: visible ASCII without `:`
 * @LANYARD_GRAMMAR_COLOR: `#rrggbb`
 * @LANYARD_GRAMMAR_PATTERN: a regular expression
 * @LANYARD_GRAMMAR_CHOICE: one of the member's choices
 * @LANYARD_GRAMMAR_BOOLEAN: true or false
 * @LANYARD_GRAMMAR_SECONDS: a number of seconds, more than 0 and at most ten years
 * @LANYARD_GRAMMAR_TEMPLATE: a text with `{names}`
 * @LANYARD_GRAMMAR_URL: an address to show: https
 * @LANYARD_GRAMMAR_ENDPOINT: an address that credentials may go to, with `{names}` that are not
 * secret
 * @LANYARD_GRAMMAR_REDIRECT: a redirect URI
 * @LANYARD_GRAMMAR_PATHS: a dotted path, or a list of alternative ones
 * @LANYARD_GRAMMAR_TEXTS: a list of texts, each once
 * @LANYARD_GRAMMAR_TEXT_MAP: an object of texts
 * @LANYARD_GRAMMAR_TEMPLATE_MAP: an object of texts with `{names}`
 * @LANYARD_GRAMMAR_NAME_MAP: an object of texts or nulls
 * @LANYARD_GRAMMAR_OBJECT: an object with the member's members
 * @LANYARD_GRAMMAR_OBJECTS: a list of such objects
 */
typedef enum
{
  LANYARD_GRAMMAR_TEXT,
  LANYARD_GRAMMAR_NAME,
  LANYARD_GRAMMAR_KEY,
  LANYARD_GRAMMAR_COLOR,
  LANYARD_GRAMMAR_PATTERN,
  LANYARD_GRAMMAR_CHOICE,
  LANYARD_GRAMMAR_BOOLEAN,
  LANYARD_GRAMMAR_SECONDS,
  LANYARD_GRAMMAR_TEMPLATE,
  LANYARD_GRAMMAR_URL,
  LANYARD_GRAMMAR_ENDPOINT,
  LANYARD_GRAMMAR_REDIRECT,
  LANYARD_GRAMMAR_PATHS,
  LANYARD_GRAMMAR_TEXTS,
  LANYARD_GRAMMAR_TEXT_MAP,
  LANYARD_GRAMMAR_TEMPLATE_MAP,
  LANYARD_GRAMMAR_NAME_MAP,
  LANYARD_GRAMMAR_OBJECT,
  LANYARD_GRAMMAR_OBJECTS,
} LanyardGrammarKind;

typedef struct _LanyardGrammar LanyardGrammar;

/**
 * LanyardGrammar:
 * @name: the name of a member; the last one of a table is %NULL
 * @kind: what its value is
 * @required: whether it must be there
 * @members: (nullable): of an object and of a list of objects: their members
 * @choices: (nullable): of a choice: the values, up to %NULL
 * @key: (nullable): of a list of objects: the member in which no two of them may be the same
 *
 * One member of an object in a provider's file. The tables are the grammar of the format:
 * `data/providers/schema.json` says the same for editors, and a test compares the two.
 */
struct _LanyardGrammar
{
  const char *name;
  LanyardGrammarKind kind;
  gboolean required;
  const LanyardGrammar *members;
  const char *const *choices;
  const char *key;
};

/**
 * lanyard_grammar_get_provider:
 *
 * Returns: the members of a provider, without those of its methods
 */
const LanyardGrammar *lanyard_grammar_get_provider (void);

/**
 * lanyard_grammar_get_method:
 * @type_id: the id of an authorization type
 *
 * Returns: (nullable): the members of a method of that type; %NULL for an unknown type
 */
const LanyardGrammar *lanyard_grammar_get_method (const char *type_id);

/**
 * lanyard_grammar_is_template_name:
 * @name: a name in braces
 * @is_address: whether the template is an address, where no secret may stand
 *
 * Returns: whether every provider may use @name in its templates, beside the names of its inputs
 */
gboolean lanyard_grammar_is_template_name (const char *name, gboolean is_address);

G_END_DECLS
