/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-curl-content.h"

#include "lanyard-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define FORM_TYPE "application/x-www-form-urlencoded"
#define JSON_TYPE "application/json"
/* Nobody sends more by an option; a larger file is left to curl. */
#define MAX_FILE (1024 * 1024)

typedef struct
{
  /* Owned */
  GString *body;
  GString *query;
  char *type;

  gboolean has_body;
  gboolean is_known;
} Content;

static void
content_clear (Content *self)
{
  g_string_free (self->body, TRUE);
  g_string_free (self->query, TRUE);
  g_free (self->type);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Content, content_clear)

/* What is in a file. curl leaves line breaks and NUL out where it is told that it reads text. */
static gboolean
read_file (Content *self, const char *path, gboolean is_text, GString *text)
{
  g_autofree char *data = NULL;
  gsize length;

  if (g_str_equal (path, "-") || !g_file_test (path, G_FILE_TEST_IS_REGULAR) ||
      !g_file_get_contents (path, &data, &length, NULL) || length > MAX_FILE)
    {
      self->is_known = FALSE;
      return FALSE;
    }

  for (gsize i = 0; i < length; i++)
    if (!is_text || (data[i] != '\r' && data[i] != '\n' && data[i] != '\0'))
      g_string_append_c (text, data[i]);
  return TRUE;
}

static void
append_escaped (GString *text, const char *data, gsize length)
{
  g_autofree char *escaped = g_uri_escape_bytes ((const guint8 *)data, length, "");

  g_string_append (text, escaped);
}

/* `content`, `=content`, `name=content`, `@file` or `name@file`. */
static void
append_encoded (Content *self, GString *text, const char *value)
{
  const char *separator = strchr (value, '=');
  g_autoptr (GString) data = g_string_new (NULL);

  if (separator == NULL)
    separator = strchr (value, '@');
  if (separator == NULL)
    {
      append_escaped (text, value, strlen (value));
      return;
    }

  if (separator != value)
    {
      g_string_append_len (text, value, separator - value);
      g_string_append_c (text, '=');
    }
  if (*separator == '=')
    g_string_append (data, separator + 1);
  else
    read_file (self, separator + 1, FALSE, data);
  append_escaped (text, data->str, data->len);
}

static void
begin_pair (GString *text)
{
  if (text->len > 0)
    g_string_append_c (text, '&');
}

static void
take_data (Content *self, const char *name, const char *value)
{
  gboolean is_json = g_str_equal (name, "json");

  self->has_body = TRUE;
  if (!is_json)
    begin_pair (self->body);
  if (g_str_equal (name, "data-urlencode"))
    append_encoded (self, self->body, value);
  else if (*value == '@' && !g_str_equal (name, "data-raw"))
    read_file (self, value + 1, !is_json && !g_str_equal (name, "data-binary"), self->body);
  else
    g_string_append (self->body, value);
}

/* The media type alone; a header without a value takes the one away that curl would set. */
static void
take_header (Content *self, const char *line)
{
  static const char name[] = "content-type:";
  char *type;

  if (g_ascii_strncasecmp (line, name, strlen (name)) != 0)
    return;

  type = g_strndup (line + strlen (name), strcspn (line + strlen (name), ";"));
  g_free (self->type);
  self->type = g_ascii_strdown (g_strstrip (type), -1);
  g_free (type);
}

static void
take_option (Content *self, const LanyardCurlOption *option)
{
  if (g_str_equal (option->name, "header"))
    take_header (self, option->value);
  else if (g_str_has_prefix (option->name, "data") || g_str_equal (option->name, "json"))
    take_data (self, option->name, option->value);
  else if (!g_str_equal (option->name, "url-query"))
    self->is_known = FALSE;
  else
    {
      begin_pair (self->query);
      if (*option->value == '+')
        g_string_append (self->query, option->value + 1);
      else
        append_encoded (self, self->query, option->value);
    }
}

static char *
dup_uri (const LanyardCurlArguments *arguments, const Content *content)
{
  g_autoptr (GString) query = g_string_new (content->query->str);
  const char *joint;

  if (arguments->is_get && content->has_body)
    {
      begin_pair (query);
      g_string_append (query, content->body->str);
    }
  if (query->len == 0)
    return g_strdup (arguments->uri);

  if (strchr (arguments->uri, '?') == NULL)
    joint = "?";
  else
    joint =
      g_str_has_suffix (arguments->uri, "?") || g_str_has_suffix (arguments->uri, "&") ? "" : "&";
  return g_strconcat (arguments->uri, joint, query->str, NULL);
}

LanyardRequest *
lanyard_curl_content_make_request (const LanyardCurlArguments *arguments,
                                   gboolean *is_known,
                                   GError **error)
{
  g_auto (Content) content = {
    .body = g_string_new (NULL),
    .query = g_string_new (NULL),
    .is_known = TRUE,
  };
  const char *default_type =
    lanyard_curl_arguments_has_content (arguments, "json") ? JSON_TYPE : FORM_TYPE;
  g_autofree char *uri = NULL;
  LanyardRequest *request;

  for (guint i = 0; i < arguments->content->len; i++)
    take_option (&content, &g_array_index (arguments->content, LanyardCurlOption, i));

  uri = dup_uri (arguments, &content);
  if (!g_utf8_validate (uri, -1, NULL))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                           _ ("The address with its query is no UTF-8 text"));
      return NULL;
    }

  *is_known = content.is_known;
  request = lanyard_request_new (arguments->method, uri);
  if (content.has_body && (!arguments->is_get || !content.is_known))
    request->content_type = g_strdup (content.type != NULL ? content.type : default_type);
  if (content.has_body && !arguments->is_get && content.is_known)
    request->body = lanyard_secret_new_bytes (content.body->str, content.body->len);
  return request;
}
