/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-base-url.h"

#include "lanyard-error.h"
#include "lanyard-uri.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define HTTP "http://"
#define HTTPS "https://"

/* The authority in its normal form, or NULL. What stands in front of an "@" is kept, for the check
 * to refuse it. */
static char *
normalize_authority (const char *authority, const char *scheme)
{
  const char *default_port = g_str_equal (scheme, "https") ? ":443" : ":80";
  g_autofree char *name = g_strdup (authority);
  g_autofree char *ascii = NULL;
  char *colon;

  if (*name != '[' && g_str_has_suffix (name, default_port))
    name[strlen (name) - strlen (default_port)] = '\0';
  if (*name == '[' || strchr (name, '@') != NULL)
    return g_ascii_strdown (name, -1);

  colon = strchr (name, ':');
  if (colon != NULL)
    *colon++ = '\0';
  ascii = g_hostname_is_non_ascii (name) ? g_hostname_to_ascii (name) : g_ascii_strdown (name, -1);
  if (ascii == NULL)
    return NULL;

  return colon != NULL ? g_strdup_printf ("%s:%s", ascii, colon) : g_steal_pointer (&ascii);
}

char *
lanyard_base_url_normalize (const char *text)
{
  g_autofree char *stripped = NULL;
  g_autofree char *scheme = NULL;
  g_autofree char *authority = NULL;
  g_autofree char *normal = NULL;
  const char *rest;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  stripped = g_strstrip (g_strdup (text));
  if (!g_utf8_validate (stripped, -1, NULL))
    return NULL;

  /* "localhost:8080" has no scheme, whatever its colon looks like. */
  length = strcspn (stripped, ":/?#");
  if (g_str_has_prefix (stripped + length, "://"))
    {
      scheme = g_ascii_strdown (stripped, (gssize)length);
      rest = stripped + length + strlen ("://");
    }
  else
    {
      scheme = g_strdup ("https");
      rest = stripped;
    }

  length = strcspn (rest, "/?#");
  authority = g_strndup (rest, length);
  normal = normalize_authority (authority, scheme);
  if (normal == NULL || *normal == '\0')
    return NULL;

  rest += length;
  length = strlen (rest);
  while (length > 0 && rest[length - 1] == '/')
    length--;
  return g_strdup_printf ("%s://%s%.*s", scheme, normal, (int)length, rest);
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, _ ("%s: %s"),
               _ ("Address of the server"), message);
  return FALSE;
}

gboolean
lanyard_base_url_check_address (const char *uri,
                                gboolean allows_http,
                                const char *what,
                                GError **error)
{
  g_autofree char *as_https = NULL;

  if (!allows_http || !g_str_has_prefix (uri, HTTP))
    return lanyard_uri_check_endpoint (uri, what, error);

  as_https = g_strconcat (HTTPS, uri + strlen (HTTP), NULL);
  return lanyard_uri_check_endpoint (as_https, what, error);
}

gboolean
lanyard_base_url_check (const char *url, gboolean allows_http, GError **error)
{
  if (!lanyard_base_url_check_address (url, allows_http, _ ("Address of the server"), error))
    return FALSE;
  if (strchr (url, '?') != NULL)
    return refuse (error, _ ("the address must not hold a “?”"));
  /* Nothing is within an address that leads elsewhere than it says. */
  if (!lanyard_uri_is_within (url, url))
    return refuse (error, _ ("the address must not hold “..”"));

  return TRUE;
}
