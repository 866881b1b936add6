/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-template-fill.h"

#include "lanyard-encoding.h"
#include "lanyard-error.h"
#include "lanyard-grammar-template.h"
#include "lanyard-hmac.h"
#include "lanyard-secret.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* In bytes: what a template may become; longer than every token that is accepted. */
#define MAX_LENGTH (128 * 1024)

typedef struct
{
  LanyardTemplateLookup lookup;
  gpointer data;
} Values;

static gboolean evaluate (const LanyardTemplatePart *part,
                          const Values *values,
                          gboolean is_cut,
                          GString *out,
                          GError **error);

static void
free_string (GString *string)
{
  if (string->len > 0)
    memset (string->str, 0, string->len);
  g_string_free (string, TRUE);
}

static gboolean
check_length (const GString *string, GError **error)
{
  if (string->len <= MAX_LENGTH)
    return TRUE;

  g_set_error_literal (
    error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
    _ ("What is filled in is too long; check what you entered, or the provider’s data"));
  return FALSE;
}

/* The first argument, from or up to the second one; without that there is nothing, so that a secret
 * without a separator is never taken whole. */
static void
append_cut (GString *out, const GString *text, const GString *separator, gboolean is_after)
{
  const char *found = separator->len > 0 ? strstr (text->str, separator->str) : NULL;

  if (found != NULL && is_after)
    g_string_append (out, found + separator->len);
  else if (found != NULL)
    g_string_append_len (out, text->str, found - text->str);
}

static void
append_hex (GString *out, const GString *bytes)
{
  for (gsize i = 0; i < bytes->len; i++)
    g_string_append_printf (out, "%02x", (guchar)bytes->str[i]);
}

static void
append_digest (GString *out, const GString *bytes, GChecksumType type)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (type);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *)bytes->str, (gssize)bytes->len);
  g_checksum_get_digest (checksum, digest, &length);
  g_string_append_len (out, (const char *)digest, (gssize)length);
}

static void
append_hmac (GString *out, const GString *key, const GString *text)
{
  g_autoptr (GBytes) mac =
    lanyard_hmac_sign (LANYARD_HASH_SHA256, key->str, key->len, text->str, text->len);
  gsize length;
  const char *data = g_bytes_get_data (mac, &length);

  g_string_append_len (out, data, (gssize)length);
}

static void
append_host (GString *out, const GString *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address->str, G_URI_FLAGS_NONE, NULL);

  if (uri != NULL && g_uri_get_host (uri) != NULL)
    g_string_append (out, g_uri_get_host (uri));
}

static void
append_take (GString *out, char *text)
{
  g_string_append (out, text);
  lanyard_secret_wipe_string (text);
}

/* @first is the first argument; @rest are all, or all the others where the first one has a meaning
 * of its own. */
static void
append_result (GString *out,
               LanyardTemplateFunction function,
               const GString *first,
               const GString *rest)
{
  switch (function)
    {
    case LANYARD_TEMPLATE_AFTER:
    case LANYARD_TEMPLATE_BEFORE:
      append_cut (out, first, rest, function == LANYARD_TEMPLATE_AFTER);
      break;
    case LANYARD_TEMPLATE_BASE64:
      append_take (out, g_base64_encode ((const guchar *)rest->str, rest->len));
      break;
    case LANYARD_TEMPLATE_BASE64URL:
      append_take (out, lanyard_base64url_encode (rest->str, rest->len));
      break;
    case LANYARD_TEMPLATE_HEX:
      append_hex (out, rest);
      break;
    case LANYARD_TEMPLATE_HMAC_SHA256:
      append_hmac (out, first, rest);
      break;
    case LANYARD_TEMPLATE_HOST:
      append_host (out, rest);
      break;
    case LANYARD_TEMPLATE_LOWER:
      append_take (out, g_ascii_strdown (rest->str, (gssize)rest->len));
      break;
    case LANYARD_TEMPLATE_MD5:
      append_digest (out, rest, G_CHECKSUM_MD5);
      break;
    case LANYARD_TEMPLATE_SHA256:
      append_digest (out, rest, G_CHECKSUM_SHA256);
      break;
    case LANYARD_TEMPLATE_UPPER:
      append_take (out, g_ascii_strup (rest->str, (gssize)rest->len));
      break;
    case LANYARD_TEMPLATE_URLENCODE:
      append_take (out, g_uri_escape_bytes ((const guint8 *)rest->str, rest->len, NULL));
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
call (const LanyardTemplatePart *part, const Values *values, GString *out, GError **error)
{
  gboolean is_cut =
    part->function == LANYARD_TEMPLATE_AFTER || part->function == LANYARD_TEMPLATE_BEFORE;
  gboolean has_first = is_cut || part->function == LANYARD_TEMPLATE_HMAC_SHA256;
  GString *first = g_string_new (NULL);
  GString *rest = g_string_new (NULL);
  gboolean is_done = TRUE;

  for (guint i = 0; i < part->arguments->len && is_done; i++)
    is_done = evaluate (g_ptr_array_index (part->arguments, i), values, is_cut,
                        has_first && i == 0 ? first : rest, error);
  if (is_done)
    append_result (out, part->function, first, rest);
  free_string (first);
  free_string (rest);

  return is_done && check_length (out, error);
}

static gboolean
evaluate (const LanyardTemplatePart *part,
          const Values *values,
          gboolean is_cut,
          GString *out,
          GError **error)
{
  char *value;

  if (part->kind == LANYARD_TEMPLATE_PART_CALL)
    return call (part, values, out, error);

  if (part->kind == LANYARD_TEMPLATE_PART_TEXT)
    {
      g_string_append (out, part->text);
      return check_length (out, error);
    }

  value = values->lookup (part->text, is_cut, values->data);
  if (value != NULL)
    g_string_append (out, value);
  lanyard_secret_wipe_string (value);
  return check_length (out, error);
}

/* Takes @out. */
static char *
finish (GString *out, GError **error)
{
  char *text;

  if (!g_utf8_validate (out->str, (gssize)out->len, NULL))
    {
      free_string (out);
      g_set_error_literal (
        error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
        _ ("What is filled in is no text; the provider’s data should put hex() or base64() "
           "around a digest"));
      return NULL;
    }

  text = g_strndup (out->str, out->len);
  free_string (out);
  return text;
}

static GPtrArray *
parse (const char *template, GError **error)
{
  GPtrArray *parts = lanyard_grammar_template_parse (template, error);

  if (parts == NULL)
    /* Translators: the sentence goes on with what is wrong: “has a “{” without a “}”” */
    g_prefix_error (error, "%s ", _ ("A template of the provider’s data"));
  return parts;
}

char *
lanyard_template_fill (const char *template,
                       LanyardTemplateLookup lookup,
                       gpointer data,
                       GError **error)
{
  Values values = { lookup, data };
  g_autoptr (GPtrArray) parts = NULL;
  GString *out;

  g_return_val_if_fail (template != NULL, NULL);

  /* Most are texts. */
  if (strpbrk (template, "{}") == NULL)
    return g_strdup (template);

  parts = parse (template, error);
  if (parts == NULL)
    return NULL;

  out = g_string_new (NULL);
  for (guint i = 0; i < parts->len; i++)
    {
      if (evaluate (g_ptr_array_index (parts, i), &values, FALSE, out, error))
        continue;
      free_string (out);
      return NULL;
    }

  return finish (out, error);
}

static gboolean
is_in_host (const char *address)
{
  const char *host = strstr (address, "://");

  return host == NULL || strpbrk (host + 3, "/?") == NULL;
}

static gboolean
check_host_value (const char *value, gboolean is_first, GError **error)
{
  if (is_first || strpbrk (value, "/?#@\\: ") == NULL)
    return TRUE;

  g_set_error_literal (
    error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
    _ ("A part of the server’s name holds a character that cannot stand there; enter the name "
       "alone, without “https://” and without a path"));
  return FALSE;
}

/* Whether all values that @part is made of may be in a host, whatever functions make of them. */
static gboolean
check_values (const LanyardTemplatePart *part,
              const Values *values,
              LanyardTemplateCheck check,
              GError **error)
{
  gboolean is_good = TRUE;

  if (part->kind == LANYARD_TEMPLATE_PART_NAME)
    {
      char *value = values->lookup (part->text, FALSE, values->data);

      is_good = value == NULL || check (part->text, value, values->data, error);
      lanyard_secret_wipe_string (value);
    }
  for (guint i = 0; part->arguments != NULL && i < part->arguments->len && is_good; i++)
    is_good = check_values (g_ptr_array_index (part->arguments, i), values, check, error);

  return is_good;
}

static gboolean
append_part (const LanyardTemplatePart *part,
             const Values *values,
             LanyardTemplateCheck check,
             GString *out,
             GError **error)
{
  gboolean is_host = part->kind != LANYARD_TEMPLATE_PART_TEXT && is_in_host (out->str);
  gsize start = out->len;

  if (!evaluate (part, values, FALSE, out, error))
    return FALSE;
  if (!is_host)
    return TRUE;

  return check_host_value (out->str + start, start == 0, error) &&
         (check == NULL || check_values (part, values, check, error));
}

char *
lanyard_template_fill_address (const char *template,
                               LanyardTemplateLookup lookup,
                               LanyardTemplateCheck check,
                               gpointer data,
                               GError **error)
{
  Values values = { lookup, data };
  g_autoptr (GPtrArray) parts = parse (template, error);
  GString *out;

  if (parts == NULL)
    return NULL;

  out = g_string_new (NULL);
  for (guint i = 0; i < parts->len; i++)
    {
      if (append_part (g_ptr_array_index (parts, i), &values, check, out, error))
        continue;
      free_string (out);
      return NULL;
    }

  return finish (out, error);
}

gboolean
lanyard_template_check_line (const char *name, const char *value, GError **error)
{
  for (const char *p = value; *p != '\0'; p++)
    {
      if (!g_ascii_iscntrl (*p))
        continue;
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("What belongs into “%s” holds a line break or another invisible character, "
                      "and was not sent; enter it again"),
                   name);
      return FALSE;
    }

  return TRUE;
}
