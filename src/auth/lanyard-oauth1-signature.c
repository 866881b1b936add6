/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth1-signature.h"

#include "lanyard-error.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

static const struct
{
  const char *name;
  LanyardHash hash;
  gboolean is_rsa;
} METHODS[] = {
  [LANYARD_OAUTH1_HMAC_SHA1] = { "HMAC-SHA1", LANYARD_HASH_SHA1, FALSE },
  [LANYARD_OAUTH1_HMAC_SHA256] = { "HMAC-SHA256", LANYARD_HASH_SHA256, FALSE },
  [LANYARD_OAUTH1_HMAC_SHA512] = { "HMAC-SHA512", LANYARD_HASH_SHA512, FALSE },
  [LANYARD_OAUTH1_RSA_SHA1] = { "RSA-SHA1", LANYARD_HASH_SHA1, TRUE },
  [LANYARD_OAUTH1_RSA_SHA256] = { "RSA-SHA256", LANYARD_HASH_SHA256, TRUE },
  [LANYARD_OAUTH1_RSA_SHA512] = { "RSA-SHA512", LANYARD_HASH_SHA512, TRUE },
  [LANYARD_OAUTH1_PLAINTEXT] = { "PLAINTEXT", LANYARD_HASH_SHA1, FALSE },
};

/* A parameter with both parts escaped, which is how they are sorted. */
typedef struct
{
  char *name;
  char *value;
} Pair;

static void
pair_free (Pair *pair)
{
  g_free (pair->name);
  lanyard_secret_wipe_string (pair->value);
  g_free (pair);
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *first = *(const Pair *const *)a;
  const Pair *second = *(const Pair *const *)b;
  int order = strcmp (first->name, second->name);

  return order != 0 ? order : strcmp (first->value, second->value);
}

static void
add_pairs (GPtrArray *pairs, const LanyardParams *params)
{
  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    {
      const char *name = lanyard_params_get_nth_name (params, i);
      Pair *pair;

      if (g_str_equal (name, "realm") || g_str_equal (name, "oauth_signature"))
        continue;
      pair = g_new0 (Pair, 1);
      pair->name = lanyard_oauth1_escape (name);
      pair->value = lanyard_oauth1_escape (lanyard_params_get_nth_value (params, i));
      g_ptr_array_add (pairs, pair);
    }
}

/* RFC 5849 section 3.4.1.3.1: the body counts when it is a single-part form. */
static gboolean
has_form (const LanyardRequest *request)
{
  return request->body != NULL && request->content_type != NULL &&
         g_ascii_strncasecmp (request->content_type, "application/x-www-form-urlencoded",
                              strlen ("application/x-www-form-urlencoded")) == 0;
}

/* RFC 5849 section 3.4.1.3.2. */
static char *
dup_normalized (const LanyardRequest *request,
                const LanyardParams *oauth,
                const char *query,
                GError **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func ((GDestroyNotify)pair_free);
  g_autoptr (LanyardParams) in_query = lanyard_params_parse (query, error);
  g_autoptr (LanyardParams) in_body = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (in_query == NULL)
    return NULL;
  in_body =
    lanyard_params_parse (has_form (request) ? lanyard_secret_get (request->body) : NULL, error);
  if (in_body == NULL)
    return NULL;

  add_pairs (pairs, oauth);
  add_pairs (pairs, in_query);
  add_pairs (pairs, in_body);
  g_ptr_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = g_ptr_array_index (pairs, i);

      g_string_append_printf (text, "%s%s=%s", i > 0 ? "&" : "", pair->name, pair->value);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* RFC 5849 section 3.4.1.2: scheme and host in lower case, the default port left out, no query. */
static char *
dup_base_uri (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  gboolean is_default =
    (g_uri_get_port (uri) == 80 && g_str_equal (g_uri_get_scheme (uri), "http")) ||
    (g_uri_get_port (uri) == 443 && g_str_equal (g_uri_get_scheme (uri), "https"));
  g_autoptr (GString) text = g_string_new (g_uri_get_scheme (uri));
  g_autofree char *lower = g_ascii_strdown (host, -1);

  g_string_append_printf (text, strchr (lower, ':') != NULL ? "://[%s]" : "://%s", lower);
  if (g_uri_get_port (uri) != -1 && !is_default)
    g_string_append_printf (text, ":%d", g_uri_get_port (uri));
  g_string_append (text, *g_uri_get_path (uri) != '\0' ? g_uri_get_path (uri) : "/");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
lanyard_oauth1_method_from_name (const char *name, LanyardOAuth1Method *method)
{
  for (gsize i = 0; i < G_N_ELEMENTS (METHODS); i++)
    {
      if (g_strcmp0 (METHODS[i].name, name) != 0)
        continue;
      *method = (LanyardOAuth1Method)i;
      return TRUE;
    }

  return FALSE;
}

const char *
lanyard_oauth1_method_get_name (LanyardOAuth1Method method)
{
  return METHODS[method].name;
}

gboolean
lanyard_oauth1_method_is_rsa (LanyardOAuth1Method method)
{
  return METHODS[method].is_rsa;
}

char *
lanyard_oauth1_escape (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

char *
lanyard_oauth1_signature_dup_base_string (const LanyardRequest *request,
                                          const LanyardParams *oauth,
                                          GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (request->uri, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *method = g_ascii_strup (request->method, -1);
  g_autofree char *base_uri = NULL;
  g_autofree char *normalized = NULL;
  g_autofree char *escaped_uri = NULL;
  g_autofree char *escaped_params = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The address of the request cannot be signed"));
      return NULL;
    }
  normalized = dup_normalized (request, oauth, g_uri_get_query (uri), error);
  if (normalized == NULL)
    return NULL;

  base_uri = dup_base_uri (uri);
  escaped_uri = lanyard_oauth1_escape (base_uri);
  escaped_params = lanyard_oauth1_escape (normalized);
  return g_strconcat (method, "&", escaped_uri, "&", escaped_params, NULL);
}

/* RFC 5849 section 3.4.2: both secrets escaped, the "&" always there. */
static char *
dup_shared_key (LanyardSecret *client_secret, LanyardSecret *token_secret)
{
  char *first =
    lanyard_oauth1_escape (client_secret != NULL ? lanyard_secret_get (client_secret) : "");
  char *second =
    lanyard_oauth1_escape (token_secret != NULL ? lanyard_secret_get (token_secret) : "");
  char *key = g_strconcat (first, "&", second, NULL);

  lanyard_secret_wipe_string (first);
  lanyard_secret_wipe_string (second);
  return key;
}

static char *
sign_with_key (LanyardHash hash, const char *base_string, LanyardKey *key, GError **error)
{
  guchar signature[LANYARD_SIGNATURE_MAX_SIZE];
  gsize length;

  if (key == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The private key is missing; enter it first"));
      return NULL;
    }

  length = lanyard_signature_make (key, LANYARD_SIGNATURE_PKCS1, hash, base_string,
                                   strlen (base_string), signature);
  if (length > 0)
    return g_base64_encode (signature, length);

  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("The private key cannot make this signature: an RSA key is needed"));
  return NULL;
}

char *
lanyard_oauth1_signature_make (LanyardOAuth1Method method,
                               const char *base_string,
                               LanyardSecret *client_secret,
                               LanyardSecret *token_secret,
                               LanyardKey *key,
                               GError **error)
{
  g_autoptr (GBytes) signature = NULL;
  char *shared_key;

  if (METHODS[method].is_rsa)
    return sign_with_key (METHODS[method].hash, base_string, key, error);

  shared_key = dup_shared_key (client_secret, token_secret);
  if (method == LANYARD_OAUTH1_PLAINTEXT)
    return shared_key;

  signature = lanyard_hmac_sign (METHODS[method].hash, shared_key, strlen (shared_key), base_string,
                                 strlen (base_string));
  lanyard_secret_wipe_string (shared_key);
  return g_base64_encode (g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));
}
