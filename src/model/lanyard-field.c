/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-field.h"

#include "lanyard-error.h"
#include "lanyard-params.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_VALUE_SIZE (16 * 1024)

/* Keys come from files of several lines, PEM or JSON; a line break in any other secret is an
 * accident of pasting, and would end up in a header. */
static gboolean
is_key_text (const char *value)
{
  return g_str_has_prefix (value, "-----BEGIN ") || value[0] == '{';
}

static gboolean
has_control_character (const char *value, gboolean allow_lines)
{
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (allow_lines && (character == '\n' || character == '\r' || character == '\t'))
        continue;
      if (g_unichar_iscntrl (character) || character == 0x2028 || character == 0x2029)
        return TRUE;
    }

  return FALSE;
}

static gboolean
check_text (const LanyardField *field, const char *value, GError **error)
{
  gboolean allow_lines = field->kind == LANYARD_FIELD_SECRET && is_key_text (value);

  if (strlen (value) > MAX_VALUE_SIZE)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("%s: the value is too long; enter at most %d characters"),
                   lanyard_field_get_label (field), MAX_VALUE_SIZE);
      return FALSE;
    }

  if (!g_utf8_validate (value, -1, NULL))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("%s: the value is not readable text (UTF-8); enter it again"),
                   lanyard_field_get_label (field));
      return FALSE;
    }

  if (has_control_character (value, allow_lines))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("%s: the value has a line break or another invisible character in it; enter "
                      "it on one line"),
                   lanyard_field_get_label (field));
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_address (const LanyardField *field, const char *value, GError **error)
{
  /* An address to come back to has rules of its own (RFC 8252 section 7). */
  if (strcmp (field->name, "redirect_uri") != 0)
    return lanyard_uri_check_endpoint (value, lanyard_field_get_label (field), error);

  if (!lanyard_uri_check_redirect (value, error))
    {
      g_prefix_error (error, "%s: ", lanyard_field_get_label (field));
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_choice (const LanyardField *field, const char *value, GError **error)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (const LanyardFieldChoice *choice = field->choices; choice != NULL && choice->id != NULL;
       choice++)
    {
      if (strcmp (choice->id, value) == 0)
        return TRUE;
      g_string_append_printf (ids, "%s%s", ids->len > 0 ? ", " : "", choice->id);
    }

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               /* Translators: the name of a field, then the values that it can have. */
               _ ("%s: the value is not one of those that there are; choose one of: %s"),
               lanyard_field_get_label (field), ids->str);
  return FALSE;
}

static gboolean
check_params (const LanyardField *field, const char *value, GError **error)
{
  g_autoptr (LanyardParams) params = lanyard_params_parse (value, error);

  if (params == NULL)
    {
      g_prefix_error (error, "%s: ", lanyard_field_get_label (field));
      return FALSE;
    }

  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    {
      if (*lanyard_params_get_nth_name (params, i) != '\0')
        continue;
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("%s: there is a value without a name; write pairs like prompt=consent, with "
                      "“&” between them"),
                   lanyard_field_get_label (field));
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_pattern (const LanyardField *field, const char *value, GError **error)
{
  g_autofree char *whole = g_strdup_printf ("^(?:%s)\\z", field->pattern);

  if (g_regex_match_simple (whole, value, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT))
    return TRUE;

  if (field->example != NULL)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 /* Translators: the name of a field, then an example of what to enter. */
                 _ ("%s: the value does not have the right form; it looks like “%s”"),
                 lanyard_field_get_label (field), field->example);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 _ ("%s: the value does not have the right form; check it"),
                 lanyard_field_get_label (field));
  return FALSE;
}

gboolean
lanyard_field_check (const LanyardField *field, const char *value, GError **error)
{
  g_return_val_if_fail (field != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (value == NULL || *value == '\0')
    return TRUE;
  if (!check_text (field, value, error))
    return FALSE;
  if (field->pattern != NULL && !check_pattern (field, value, error))
    return FALSE;

  switch (field->kind)
    {
    case LANYARD_FIELD_URL:
      return check_address (field, value, error);
    case LANYARD_FIELD_CHOICE:
      return check_choice (field, value, error);
    case LANYARD_FIELD_PARAMS:
      return check_params (field, value, error);
    case LANYARD_FIELD_TEXT:
    case LANYARD_FIELD_SECRET:
    default:
      return TRUE;
    }
}

const char *
lanyard_field_get_label (const LanyardField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  /* The translation of an empty text is the catalogue's header. */
  if (field->label == NULL || *field->label == '\0')
    return field->name;

  return g_dgettext (GETTEXT_PACKAGE, field->label);
}

const LanyardField *
lanyard_field_find (const LanyardField *fields, const char *name)
{
  for (const LanyardField *field = fields; field->name != NULL; field++)
    {
      if (g_strcmp0 (field->name, name) == 0)
        return field;
    }

  return NULL;
}
