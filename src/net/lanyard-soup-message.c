/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-soup-message.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lanyard-base-url.h"
#include "lanyard-error.h"

/* What describes the connection and the framing of a message is libsoup's alone: a second opinion
 * is how requests are smuggled (RFC 9112 section 11.2). */
static const char *const own_headers[] = {
  "Connection", "Content-Length",    "Content-Type", "Host",
  "Upgrade",    "Transfer-Encoding", "User-Agent",   NULL,
};

/* RFC 9110 section 5.6.2. */
static gboolean
is_token (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("!#$%&'*+-.^_`|~", *c) == NULL)
      return FALSE;
  return TRUE;
}

/* RFC 9110 section 5.5: neither line breaks nor other control characters but the tabulator. */
static gboolean
is_field_value (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) && *c != '\t')
      return FALSE;
  return TRUE;
}

static gboolean
is_own_header (const char *name)
{
  for (gsize i = 0; own_headers[i] != NULL; i++)
    if (g_ascii_strcasecmp (name, own_headers[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The value may be a credential, so the message names the header alone, and only once it is known
 * to be a plain word. */
static gboolean
check_header (const char *name, const char *value, GError **error)
{
  if (!is_token (name))
    g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                         _ ("The name of a header may only have letters, digits and hyphens. Check "
                            "where the key is to be placed."));
  else if (is_own_header (name))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 /* Translators: the name of an HTTP header */
                 _ ("The header “%s” is set by Lanyard itself. Choose another header."), name);
  else if (!is_field_value (value))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                 /* Translators: the name of an HTTP header */
                 _ ("What is to be sent in the header “%s” has a line break or another character "
                    "that cannot be sent. Check that nothing but the key was pasted."),
                 name);
  else
    return TRUE;
  return FALSE;
}

static gboolean
append_headers (SoupMessage *message, const LanyardParams *headers, GError **error)
{
  SoupMessageHeaders *to = soup_message_get_request_headers (message);

  for (guint i = 0; i < lanyard_params_get_length (headers); i++)
    {
      const char *name = lanyard_params_get_nth_name (headers, i);
      const char *value = lanyard_params_get_nth_value (headers, i);

      if (!check_header (name, value, error))
        return FALSE;
      soup_message_headers_append (to, name, value);
    }
  return TRUE;
}

static void
set_body (SoupMessage *message, const LanyardRequest *request)
{
  g_autoptr (GBytes) bytes = NULL;

  if (request->body == NULL)
    return;

  bytes = g_bytes_new_with_free_func (
    lanyard_secret_get (request->body), lanyard_secret_get_length (request->body),
    (GDestroyNotify)lanyard_secret_unref, lanyard_secret_ref (request->body));
  soup_message_set_request_body_from_bytes (message, request->content_type, bytes);
}

static gboolean
check_content_type (const char *content_type, GError **error)
{
  if (content_type == NULL || is_field_value (content_type))
    return TRUE;

  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("The content type of the request is not valid."));
  return FALSE;
}

SoupMessage *
lanyard_soup_message_new (const LanyardRequest *request, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (SoupMessage) message = NULL;

  g_return_val_if_fail (request != NULL, NULL);

  if (!lanyard_base_url_check_address (request->uri, request->allows_http, _ ("Address"), error) ||
      !check_content_type (request->content_type, error))
    return NULL;

  uri = g_uri_parse (request->uri, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || !is_token (request->method))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("This request cannot be sent. Check its method and address."));
      return NULL;
    }

  message = soup_message_new_from_uri (request->method, uri);
  if (!append_headers (message, request->headers, error))
    {
      lanyard_soup_message_forget (message);
      return NULL;
    }

  set_body (message, request);
  /* A redirect would carry credentials to wherever the answer says. */
  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  return g_steal_pointer (&message);
}

LanyardResponse *
lanyard_soup_message_dup_response (SoupMessage *message, const char *body, gsize length)
{
  SoupMessageHeaders *headers;
  g_autofree char *content_type = NULL;
  LanyardResponse *response;
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;

  g_return_val_if_fail (SOUP_IS_MESSAGE (message), NULL);

  headers = soup_message_get_response_headers (message);
  if (soup_message_headers_get_content_type (headers, NULL) != NULL)
    content_type = g_ascii_strdown (soup_message_headers_get_content_type (headers, NULL), -1);

  response =
    lanyard_response_new (soup_message_get_status (message), content_type, body, (gssize)length);
  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    lanyard_params_append (response->headers, name, value);
  return response;
}

void
lanyard_soup_message_forget (SoupMessage *message)
{
  g_return_if_fail (SOUP_IS_MESSAGE (message));

  soup_message_headers_clear (soup_message_get_request_headers (message));
  soup_message_set_request_body (message, NULL, NULL, 0);
}
