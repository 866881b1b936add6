/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LanyardFieldKind:
 * @LANYARD_FIELD_TEXT: one line of text
 * @LANYARD_FIELD_SECRET: a secret: kept in the keyring, shown only when asked for
 * @LANYARD_FIELD_URL: an address
 * @LANYARD_FIELD_CHOICE: one of several values
 * @LANYARD_FIELD_PARAMS: form-encoded pairs, `prompt=consent&audience=x`
 * @LANYARD_FIELD_TEMPLATE: one line of text with `{names}`, which are filled in when it is used
 */
typedef enum
{
  LANYARD_FIELD_TEXT,
  LANYARD_FIELD_SECRET,
  LANYARD_FIELD_URL,
  LANYARD_FIELD_CHOICE,
  LANYARD_FIELD_PARAMS,
  LANYARD_FIELD_TEMPLATE,
} LanyardFieldKind;

/**
 * LanyardFieldFlags:
 * @LANYARD_FIELD_REQUIRED: must have a value before the person can authorize
 * @LANYARD_FIELD_PROVIDER: the provider's data may hold it; then the editor shows it among the
 * advanced ones
 * @LANYARD_FIELD_ADVANCED: seldom needed; the editor shows it in a folded group
 * @LANYARD_FIELD_COPY: a value to copy elsewhere (the callback URL); the editor shows a Copy button
 * @LANYARD_FIELD_FILE: a secret that people have in a file, of several lines: a key. The editor
 * takes the file, of which only the content is kept; the field called as this one and `_passphrase`
 * opens one that is encrypted
 */
typedef enum
{
  LANYARD_FIELD_NONE = 0,
  LANYARD_FIELD_REQUIRED = 1 << 0,
  LANYARD_FIELD_PROVIDER = 1 << 1,
  LANYARD_FIELD_ADVANCED = 1 << 2,
  LANYARD_FIELD_COPY = 1 << 3,
  LANYARD_FIELD_FILE = 1 << 4,
} LanyardFieldFlags;

/**
 * LanyardFieldChoice:
 * @id: the value that is stored
 * @label: what the person sees; translated when shown
 */
typedef struct
{
  const char *id;
  const char *label;
} LanyardFieldChoice;

/**
 * LanyardField:
 * @name: its name, as the RFC spells it: `client_id`
 * @kind: what it holds
 * @flags: how it is used
 * @label: its name for the person (marked with N_() in a type's table; already translated in a
 * provider's data)
 * @help: (nullable): a sentence that helps to fill it in
 * @example: (nullable): what a value looks like
 * @default_value: (nullable): the value when the person gives none
 * @choices: (nullable) (array zero-terminated=1): the values of a choice, up to one with a %NULL id
 * @path: (nullable): where a provider's data has the value: `token.url`
 * @pattern: (nullable): a regular expression that the whole value matches
 *
 * One setting that an authorization type or a provider asks for. The editor, the command line and
 * the validation are all drawn from these.
 */
typedef struct
{
  const char *name;
  LanyardFieldKind kind;
  LanyardFieldFlags flags;
  const char *label;
  const char *help;
  const char *example;
  const char *default_value;
  const LanyardFieldChoice *choices;
  const char *path;
  const char *pattern;
} LanyardField;

/**
 * lanyard_field_check:
 * @field: a field
 * @value: (nullable): a value for it
 * @error: return location for %LANYARD_ERROR_INVALID, which names the field by its label
 *
 * Checks one value by the kind of its field: size (at most 16 KiB), characters, address, choice,
 * pattern. A secret may have several lines only where it is a key (PEM or JSON); the address of a
 * field called `redirect_uri` is a redirect URI. An empty value passes: whether one is needed is
 * asked when the person authorizes.
 *
 * Returns: whether the value can be stored
 */
gboolean lanyard_field_check (const LanyardField *field, const char *value, GError **error);

/**
 * lanyard_field_get_label:
 *
 * Returns: (transfer none): the name of @field in the person's language
 */
const char *lanyard_field_get_label (const LanyardField *field);

/**
 * lanyard_field_find:
 * @fields: (array zero-terminated=1): fields, up to one with a %NULL name
 *
 * Returns: (transfer none) (nullable): the field of that name
 */
const LanyardField *lanyard_field_find (const LanyardField *fields, const char *name);

G_END_DECLS
