/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-address-text.h"

#include <string.h>

/* Parts keep their percent-encoding: they go to the server as they were entered. */
#define FLAGS G_URI_FLAGS_ENCODED

/* Whether it begins with a host and not with a scheme; "localhost:8080" does. */
static gboolean
lacks_scheme (const char *text)
{
  gsize length = strcspn (text, ":/?#");

  if (length == 0 || strpbrk (text, " @{}\\") != NULL)
    return FALSE;
  if (text[length] == ':' && !g_ascii_isdigit (text[length + 1]))
    return FALSE;

  return memchr (text, '.', length) != NULL || strncmp (text, "localhost", length) == 0;
}

/* The port, or -1 where it goes without saying. */
static int
get_port (GUri *uri)
{
  int default_port = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;

  return g_uri_get_port (uri) != default_port ? g_uri_get_port (uri) : -1;
}

char *
lanyard_address_text_tidy (const char *text)
{
  g_autofree char *stripped = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *host = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *path;

  g_return_val_if_fail (text != NULL, NULL);

  stripped = g_strstrip (g_strdup (text));
  if (strchr (stripped, '{') != NULL)
    return g_steal_pointer (&stripped);

  whole = lacks_scheme (stripped) ? g_strconcat ("https://", stripped, NULL) : g_strdup (stripped);
  uri = g_uri_parse (whole, FLAGS, NULL);
  /* Whatever else it may be: what is wrong with it is for the check to say. */
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      g_uri_get_userinfo (uri) != NULL ||
      (!g_str_equal (g_uri_get_scheme (uri), "https") &&
       !g_str_equal (g_uri_get_scheme (uri), "http")))
    return g_steal_pointer (&stripped);

  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  path = g_uri_get_path (uri);
  if (g_str_equal (path, "/") && g_uri_get_query (uri) == NULL)
    path = "";

  return g_uri_join (FLAGS, g_uri_get_scheme (uri), NULL, host, get_port (uri), path,
                     g_uri_get_query (uri), NULL);
}
