/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-uri.h"

#include "lanyard-error.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LENGTH 8192

/* An address in its parts. GUri finds scheme, host and port, and does so as libsoup and WebKit do;
 * but it also decodes what needs no escape, so path and query are cut from the text itself, where
 * they can be compared byte for byte. */
typedef struct
{
  char *scheme;
  char *userinfo;
  char *host;
  int port;
  char *path;
  char *query;
  char *fragment;
} Parts;

static void
parts_clear (Parts *self)
{
  g_free (self->scheme);
  g_free (self->userinfo);
  g_free (self->host);
  g_free (self->path);
  g_free (self->query);
  g_free (self->fragment);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

/* Space and control characters never stand in an address. A backslash is a slash to browsers and
 * none to RFC 3986, so that each would see another host. */
static gboolean
has_only_plain_characters (const char *uri)
{
  if (!g_utf8_validate (uri, -1, NULL))
    return FALSE;

  for (const char *c = uri; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character == '\\' || !g_unichar_isgraph (character))
        return FALSE;
    }
  return TRUE;
}

static int
get_default_port (const char *scheme)
{
  if (g_str_equal (scheme, "https"))
    return 443;
  return g_str_equal (scheme, "http") ? 80 : -1;
}

static gboolean
parts_parse (Parts *self, const char *uri)
{
  g_autofree char *front = g_strndup (uri, strcspn (uri, "?#"));
  const char *rest = uri + strlen (front);

  memset (self, 0, sizeof *self);
  /* GUri gets what stands in front of the query: an answer whose query is broken is an answer
   * still, and whoever reads the query says what is wrong with it. */
  if (strlen (uri) > MAX_LENGTH || !has_only_plain_characters (uri) ||
      !g_uri_split (front, G_URI_FLAGS_ENCODED, &self->scheme, &self->userinfo, &self->host,
                    &self->port, NULL, NULL, NULL, NULL) ||
      self->scheme == NULL)
    return FALSE;

  if (*rest == '?')
    {
      self->query = g_strndup (rest + 1, strcspn (rest + 1, "#"));
      rest += 1 + strlen (self->query);
    }
  if (*rest == '#')
    self->fragment = g_strdup (rest + 1);

  /* RFC 3986 appendix B: what follows the scheme, and the authority where there is one. */
  rest = strchr (front, ':') + 1;
  if (g_str_has_prefix (rest, "//"))
    {
      gsize length = strcspn (rest + 2, "/");

      rest += 2;
      /* GUri decodes escapes in a host, so that "good.example%2f.evil.example" would look like
       * another place to the person. No host needs them. */
      if (memchr (rest, '%', length) != NULL)
        return FALSE;
      rest += length;
    }
  self->path = g_strdup (rest);

  if (self->port == get_default_port (self->scheme))
    self->port = -1;
  return TRUE;
}

static gboolean
has_web_host (const Parts *self)
{
  return get_default_port (self->scheme) != -1 && self->host != NULL && *self->host != '\0' &&
         self->port != 0;
}

static gboolean
is_loopback_host (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  /* Takes four decimal numbers or an IPv6 address, never the octal, hexadecimal and shortened forms
   * that some resolvers understand. */
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* RFC 8252 section 7.1: the reverse of a domain name, then one slash. */
static gboolean
is_private_use (const Parts *self)
{
  return strchr (self->scheme, '.') != NULL && self->host == NULL && self->path[0] == '/';
}

static gboolean
fail (GError **error, const char *what, const char *message)
{
  /* Translators: which address it is ("token endpoint"), then what is wrong with it */
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, _ ("%s: %s"), what, message);
  return FALSE;
}

static gboolean
check_web (const Parts *self, const char *what, GError **error)
{
  if (!has_web_host (self))
    return fail (error, what, _ ("a complete address is needed, such as https://example.org/path"));
  if (g_str_equal (self->scheme, "http") && !is_loopback_host (self->host))
    return fail (error, what,
                 _ ("the address must begin with https://, since what is sent over http:// can be "
                    "read on the way; only this computer itself (127.0.0.1, [::1], localhost) is "
                    "an exception"));
  return TRUE;
}

/* What neither an endpoint nor a redirect URI may have. */
static gboolean
check_extras (const Parts *self, const char *what, GError **error)
{
  if (self->userinfo != NULL)
    return fail (error, what, _ ("the address must not hold a user name or a password"));
  if (self->fragment != NULL)
    return fail (error, what, _ ("the address must not hold a “#”"));
  return TRUE;
}

static gboolean
parse_or_fail (Parts *self, const char *uri, const char *what, GError **error)
{
  if (strlen (uri) > MAX_LENGTH)
    {
      memset (self, 0, sizeof *self);
      return fail (error, what, _ ("the address is too long"));
    }
  if (!parts_parse (self, uri) || !g_uri_is_valid (uri, G_URI_FLAGS_ENCODED, NULL))
    return fail (error, what,
                 _ ("this is not an address; check it for spaces, backslashes and other characters "
                    "that do not belong there"));
  return TRUE;
}

/* http://example.org and http://example.org/ are the same request (RFC 9110 section 4.2.3). */
static gboolean
equal_paths (const Parts *a, const Parts *b)
{
  if (a->host != NULL && *a->path == '\0')
    return *b->path == '\0' || g_str_equal (b->path, "/");
  if (b->host != NULL && *b->path == '\0')
    return g_str_equal (a->path, "/");
  return g_str_equal (a->path, b->path);
}

static gboolean
has_pair (const LanyardParams *params, const char *name, const char *value)
{
  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    if (g_str_equal (lanyard_params_get_nth_name (params, i), name) &&
        g_str_equal (lanyard_params_get_nth_value (params, i), value))
      return TRUE;
  return FALSE;
}

static gboolean
has_all_pairs (const char *query, const char *wanted_query)
{
  g_autoptr (LanyardParams) params = NULL;
  g_autoptr (LanyardParams) wanted = NULL;

  if (wanted_query == NULL)
    return TRUE;

  params = lanyard_params_parse (query, NULL);
  wanted = lanyard_params_parse (wanted_query, NULL);
  if (params == NULL || wanted == NULL)
    return FALSE;

  for (guint i = 0; i < lanyard_params_get_length (wanted); i++)
    if (!has_pair (params, lanyard_params_get_nth_name (wanted, i),
                   lanyard_params_get_nth_value (wanted, i)))
      return FALSE;
  return TRUE;
}

static void
append_origin (const Parts *self, GString *text)
{
  g_string_append_printf (text, "%s:", self->scheme);
  if (self->host == NULL)
    return;

  g_string_append_printf (text, strchr (self->host, ':') ? "//[%s]" : "//%s", self->host);
  if (self->port != -1)
    g_string_append_printf (text, ":%d", self->port);
}

gboolean
lanyard_uri_check_endpoint (const char *uri, const char *what, GError **error)
{
  g_auto (Parts) parts = { NULL };

  g_return_val_if_fail (uri != NULL, FALSE);
  g_return_val_if_fail (what != NULL, FALSE);

  return parse_or_fail (&parts, uri, what, error) && check_web (&parts, what, error) &&
         check_extras (&parts, what, error);
}

gboolean
lanyard_uri_check_redirect (const char *uri, GError **error)
{
  g_auto (Parts) parts = { NULL };
  const char *what = _ ("Callback URL");

  g_return_val_if_fail (uri != NULL, FALSE);

  return parse_or_fail (&parts, uri, what, error) &&
         (is_private_use (&parts) || check_web (&parts, what, error)) &&
         check_extras (&parts, what, error);
}

gboolean
lanyard_uri_is_loopback (const char *uri)
{
  g_auto (Parts) parts = { NULL };

  g_return_val_if_fail (uri != NULL, FALSE);

  return parts_parse (&parts, uri) && is_loopback_host (parts.host);
}

char *
lanyard_uri_append_params (const char *uri, const LanyardParams *params)
{
  g_autofree char *query = NULL;
  gsize length;
  const char *separator;

  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (params != NULL, NULL);

  if (lanyard_params_get_length (params) == 0)
    return g_strdup (uri);

  length = strcspn (uri, "#");
  query = lanyard_params_encode (params);
  if (memchr (uri, '?', length) == NULL)
    separator = "?";
  else
    separator = uri[length - 1] == '?' || uri[length - 1] == '&' ? "" : "&";
  return g_strdup_printf ("%.*s%s%s%s", (int)length, uri, separator, query, uri + length);
}

gboolean
lanyard_uri_matches_redirect (const char *uri, const char *redirect_uri)
{
  g_auto (Parts) parts = { NULL };
  g_auto (Parts) wanted = { NULL };

  g_return_val_if_fail (uri != NULL, FALSE);
  g_return_val_if_fail (redirect_uri != NULL, FALSE);

  if (!parts_parse (&parts, uri) || !parts_parse (&wanted, redirect_uri))
    return FALSE;
  if (parts.userinfo != NULL || !g_str_equal (parts.scheme, wanted.scheme) ||
      (parts.host == NULL) != (wanted.host == NULL))
    return FALSE;
  if (parts.host != NULL &&
      (g_ascii_strcasecmp (parts.host, wanted.host) != 0 || parts.port != wanted.port))
    return FALSE;
  return equal_paths (&parts, &wanted) && has_all_pairs (parts.query, wanted.query);
}

/* Servers take "..", also escaped, as the way up, so that such a path ends somewhere else than it
 * says. */
static gboolean
has_dot_segments (const char *path)
{
  g_autofree char *decoded = g_uri_unescape_string (path, NULL);
  g_auto (GStrv) segments = NULL;

  if (decoded == NULL)
    return TRUE;

  segments = g_strsplit_set (decoded, "/\\", -1);
  for (char **segment = segments; *segment != NULL; segment++)
    {
      if (g_str_equal (*segment, ".") || g_str_equal (*segment, ".."))
        return TRUE;
    }
  return FALSE;
}

gboolean
lanyard_uri_is_within (const char *uri, const char *base_uri)
{
  g_auto (Parts) parts = { NULL };
  g_auto (Parts) base = { NULL };
  gsize length;

  g_return_val_if_fail (uri != NULL, FALSE);
  g_return_val_if_fail (base_uri != NULL, FALSE);

  if (!parts_parse (&parts, uri) || !parts_parse (&base, base_uri) || !has_web_host (&parts) ||
      !has_web_host (&base))
    return FALSE;
  if (!g_str_equal (parts.scheme, base.scheme) || g_ascii_strcasecmp (parts.host, base.host) != 0 ||
      parts.port != base.port || has_dot_segments (parts.path))
    return FALSE;

  /* "/api" holds "/api" and "/api/x", never "/apix". */
  length = strlen (base.path);
  while (length > 0 && base.path[length - 1] == '/')
    length--;
  return strncmp (parts.path, base.path, length) == 0 &&
         (parts.path[length] == '\0' || parts.path[length] == '/');
}

char *
lanyard_uri_dup_origin (const char *uri)
{
  g_auto (Parts) parts = { NULL };
  GString *text;

  g_return_val_if_fail (uri != NULL, NULL);

  if (!parts_parse (&parts, uri))
    return NULL;

  text = g_string_new (NULL);
  append_origin (&parts, text);
  return g_string_free (text, FALSE);
}

char *
lanyard_uri_redact (const char *uri)
{
  g_auto (Parts) parts = { NULL };
  GString *text;

  g_return_val_if_fail (uri != NULL, NULL);

  /* Of what cannot be read nothing is known, so nothing of it is shown. */
  if (!parts_parse (&parts, uri))
    return g_strdup ("(not an address)");

  text = g_string_new (NULL);
  append_origin (&parts, text);
  g_string_append (text, parts.path);
  return g_string_free (text, FALSE);
}
