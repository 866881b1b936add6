/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-web-policy.h"

#include <string.h>

#include "lanyard-params.h"
#include "lanyard-uri.h"

/* What providers call it, as an error code and as a step of their sign-in. */
static const char refusal_code[] = "disallowed_useragent";
static const char *const refusal_paths[] = { "/signin/rejected", "/deniedsigninrejected" };

static gboolean
has_scheme (const char *uri, const char *scheme)
{
  return g_strcmp0 (g_uri_peek_scheme (uri), scheme) == 0;
}

LanyardWebPolicy
lanyard_web_policy_decide (const char *uri, const char *redirect_uri)
{
  g_return_val_if_fail (uri != NULL, LANYARD_WEB_POLICY_EXTERNAL);
  g_return_val_if_fail (redirect_uri != NULL, LANYARD_WEB_POLICY_EXTERNAL);

  if (lanyard_uri_matches_redirect (uri, redirect_uri))
    return LANYARD_WEB_POLICY_REDIRECT;
  if (has_scheme (uri, "https"))
    return LANYARD_WEB_POLICY_LOAD;
  if (has_scheme (uri, "http"))
    return lanyard_uri_is_loopback (uri) ? LANYARD_WEB_POLICY_LOAD : LANYARD_WEB_POLICY_INSECURE;
  /* Empty frames, which many pages use. */
  if (g_str_equal (uri, "about:blank") || g_str_equal (uri, "about:srcdoc"))
    return LANYARD_WEB_POLICY_LOAD;
  /* These have no place on the network, and no name that could be shown. */
  if (has_scheme (uri, "about") || has_scheme (uri, "blob") || has_scheme (uri, "data"))
    return LANYARD_WEB_POLICY_IGNORE;
  return LANYARD_WEB_POLICY_EXTERNAL;
}

/* The code may stand in the query as it is, or within a value in base64. */
static gboolean
is_refusal_value (const char *value)
{
  g_autofree char *standard = g_strdelimit (g_strdup (value), "-", '+');
  g_autofree guchar *decoded = NULL;
  gsize length = 0;

  if (strstr (value, refusal_code) != NULL)
    return TRUE;

  g_strdelimit (standard, "_", '/');
  decoded = g_base64_decode (standard, &length);
  return memmem (decoded, length, refusal_code, strlen (refusal_code)) != NULL;
}

gboolean
lanyard_web_policy_is_refusal (const char *uri)
{
  g_autoptr (GUri) parsed = NULL;
  g_autoptr (LanyardParams) query = NULL;

  g_return_val_if_fail (uri != NULL, FALSE);

  parsed = g_uri_parse (uri, G_URI_FLAGS_ENCODED, NULL);
  if (parsed == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (refusal_paths); i++)
    if (strstr (g_uri_get_path (parsed), refusal_paths[i]) != NULL)
      return TRUE;

  query = lanyard_params_parse (g_uri_get_query (parsed), NULL);
  for (guint i = 0; query != NULL && i < lanyard_params_get_length (query); i++)
    if (is_refusal_value (lanyard_params_get_nth_value (query, i)))
      return TRUE;
  return FALSE;
}
