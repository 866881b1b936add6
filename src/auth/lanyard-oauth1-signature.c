/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth1-signature.h"

#include "lanyard-error.h"
#include "lanyard-text.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define FORM_TYPE "application/x-www-form-urlencoded"
#define MAX_QUOTE 80

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

/* Where the escaped name and value of a parameter begin in a text that holds them all, each with a
 * NUL behind it. They are sorted as they are escaped (RFC 5849 section 3.4.1.3.2). */
typedef struct
{
  gsize name;
  gsize value;
} Pair;

typedef struct
{
  GString *text;
  GArray *pairs;
} Pairs;

/* RFC 5849 section 3.6. */
static gboolean
is_unreserved (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '.' || c == '_' || c == '~';
}

static void
append_escaped (GString *string, const char *text, gsize length)
{
  static const char digits[] = "0123456789ABCDEF";
  gsize needed = 0;
  char *out;

  for (gsize i = 0; i < length; i++)
    needed += is_unreserved (text[i]) ? 1 : 3;
  g_string_set_size (string, string->len + needed);
  out = string->str + string->len - needed;

  for (gsize i = 0; i < length; i++)
    {
      guchar byte = (guchar)text[i];

      if (is_unreserved (text[i]))
        *out++ = text[i];
      else
        {
          *out++ = '%';
          *out++ = digits[byte >> 4];
          *out++ = digits[byte & 15];
        }
    }
}

static int
compare_pairs (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const char *text = user_data;
  const Pair *first = a;
  const Pair *second = b;
  int order = strcmp (text + first->name, text + second->name);

  return order != 0 ? order : strcmp (text + first->value, text + second->value);
}

static void
add_pair (Pairs *self, const char *name, const char *value)
{
  Pair pair = { .name = self->text->len };

  lanyard_oauth1_append_escaped (self->text, name);
  g_string_append_c (self->text, '\0');
  pair.value = self->text->len;
  lanyard_oauth1_append_escaped (self->text, value);
  g_string_append_c (self->text, '\0');
  g_array_append_val (self->pairs, pair);
}

/* The protocol parameters, but for what is no part of the signed text (RFC 5849 section 3.4.1.3.1).
 */
static void
add_oauth (Pairs *self, const LanyardParams *oauth)
{
  for (guint i = 0; i < lanyard_params_get_length (oauth); i++)
    {
      const char *name = lanyard_params_get_nth_name (oauth, i);

      if (!g_str_equal (name, "realm") && !g_str_equal (name, "oauth_signature"))
        add_pair (self, name, lanyard_params_get_nth_value (oauth, i));
    }
}

/* The parameters of a query or of a form. A server that finds a protocol parameter twice must
 * refuse the request (RFC 5849 section 3.2), so none is sent. */
static gboolean
add_form (Pairs *self, const char *form, const LanyardParams *oauth, GError **error)
{
  g_autoptr (LanyardParams) params = NULL;

  if (form == NULL || *form == '\0')
    return TRUE;

  params = lanyard_params_parse (form, error);
  if (params == NULL)
    return FALSE;

  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    {
      const char *name = lanyard_params_get_nth_name (params, i);

      if (g_str_has_prefix (name, "oauth_") &&
          (g_str_equal (name, "oauth_signature") || lanyard_params_get (oauth, name) != NULL))
        {
          g_autofree char *quoted = lanyard_text_quote (name, MAX_QUOTE);

          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("The request has a parameter %s already; leave it out, Lanyard adds it"),
                          quoted);
          return FALSE;
        }
      add_pair (self, name, lanyard_params_get_nth_value (params, i));
    }

  return TRUE;
}

/* RFC 5849 section 3.4.1.3.1: the body counts when it is a single-part form. */
static gboolean
has_form (const LanyardRequest *request)
{
  return request->body != NULL && request->content_type != NULL &&
         g_ascii_strncasecmp (request->content_type, FORM_TYPE, strlen (FORM_TYPE)) == 0;
}

/* An address in the parts that are signed. Path and query are cut from the text itself, since GUri
 * also decodes escapes that it need not have, and the server sees the text. */
typedef struct
{
  char *scheme;
  char *host;
  int port;
  const char *path;
  gsize path_length;
  char *query;
} Address;

static void
address_clear (Address *self)
{
  g_free (self->scheme);
  g_free (self->host);
  lanyard_secret_wipe_string (self->query);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Address, address_clear)

static gboolean
address_parse (Address *self, const char *uri)
{
  const char *rest = strstr (uri, "://");

  if (!g_uri_split_network (uri, G_URI_FLAGS_NONE, &self->scheme, &self->host, &self->port, NULL) ||
      self->host == NULL || rest == NULL)
    return FALSE;

  rest += strlen ("://");
  self->path = rest + strcspn (rest, "/?#");
  self->path_length = strcspn (self->path, "?#");
  rest = self->path + self->path_length;
  if (*rest == '?')
    self->query = g_strndup (rest + 1, strcspn (rest + 1, "#"));
  if (self->port == (g_str_equal (self->scheme, "https") ? 443 : 80))
    self->port = -1;
  return TRUE;
}

/* RFC 5849 section 3.4.1.2, escaped: scheme and host in lower case, the default port left out, no
 * query. */
static void
append_base_uri (GString *base, const Address *address)
{
  g_autofree char *host = g_ascii_strdown (address->host, -1);
  gboolean is_literal = strchr (host, ':') != NULL;

  append_escaped (base, address->scheme, strlen (address->scheme));
  g_string_append (base, is_literal ? "%3A%2F%2F%5B" : "%3A%2F%2F");
  append_escaped (base, host, strlen (host));
  if (is_literal)
    g_string_append (base, "%5D");
  if (address->port != -1)
    g_string_append_printf (base, "%%3A%d", address->port);
  append_escaped (base, address->path_length > 0 ? address->path : "/",
                  MAX (address->path_length, 1));
}

/* The parameters as section 3.4.1.3.2 has them, escaped once more as section 3.4.1.1 wants it. */
static void
append_normalized (GString *base, Pairs *pairs)
{
  g_qsort_with_data (pairs->pairs->data, (int)pairs->pairs->len, sizeof (Pair), compare_pairs,
                     pairs->text->str);
  for (guint i = 0; i < pairs->pairs->len; i++)
    {
      const Pair *pair = &g_array_index (pairs->pairs, Pair, i);

      if (i > 0)
        g_string_append (base, "%26");
      lanyard_oauth1_append_escaped (base, pairs->text->str + pair->name);
      g_string_append (base, "%3D");
      lanyard_oauth1_append_escaped (base, pairs->text->str + pair->value);
    }
}

static char *
make_base_string (const LanyardRequest *request, const Address *address, Pairs *pairs)
{
  g_autofree char *method = g_ascii_strup (request->method, -1);
  GString *base = g_string_sized_new (2 * pairs->text->len + 128);

  g_string_append (base, method);
  g_string_append_c (base, '&');
  append_base_uri (base, address);
  g_string_append_c (base, '&');
  append_normalized (base, pairs);
  return g_string_free (base, FALSE);
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
lanyard_oauth1_method_dup_body_hash (LanyardOAuth1Method method, gconstpointer data, gsize length)
{
  guchar digest[LANYARD_HASH_MAX_SIZE];
  gsize digest_length = lanyard_hash_digest (METHODS[method].hash, data, length, digest);

  return g_base64_encode (digest, digest_length);
}

void
lanyard_oauth1_append_escaped (GString *string, const char *text)
{
  append_escaped (string, text, strlen (text));
}

char *
lanyard_oauth1_escape (const char *text)
{
  GString *escaped = g_string_sized_new (3 * strlen (text));

  lanyard_oauth1_append_escaped (escaped, text);
  return g_string_free (escaped, FALSE);
}

char *
lanyard_oauth1_signature_dup_base_string (const LanyardRequest *request,
                                          const LanyardParams *oauth,
                                          GError **error)
{
  g_auto (Address) address = { NULL };
  Pairs pairs;
  char *base_string = NULL;

  if (!address_parse (&address, request->uri))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The address of the request cannot be signed"));
      return NULL;
    }

  pairs.text = g_string_sized_new (512);
  pairs.pairs = g_array_sized_new (FALSE, FALSE, sizeof (Pair), 16);
  add_oauth (&pairs, oauth);
  if (add_form (&pairs, address.query, oauth, error) &&
      add_form (&pairs, has_form (request) ? lanyard_secret_get (request->body) : NULL, oauth,
                error))
    base_string = make_base_string (request, &address, &pairs);

  /* A form may have a password in it. */
  explicit_bzero (pairs.text->str, pairs.text->allocated_len);
  g_string_free (pairs.text, TRUE);
  g_array_unref (pairs.pairs);
  return base_string;
}

LanyardKey *
lanyard_oauth1_signature_new_shared_key (LanyardSecret *client_secret,
                                         LanyardSecret *token_secret,
                                         GError **error)
{
  char *first = lanyard_oauth1_escape (lanyard_secret_get (client_secret));
  char *second =
    lanyard_oauth1_escape (token_secret != NULL ? lanyard_secret_get (token_secret) : "");
  g_autoptr (LanyardSecret) key = lanyard_secret_new_take (g_strconcat (first, "&", second, NULL));

  lanyard_secret_wipe_string (first);
  lanyard_secret_wipe_string (second);
  return lanyard_key_new_secret (key);
}

char *
lanyard_oauth1_signature_make (LanyardOAuth1Method method,
                               const char *base_string,
                               LanyardKey *key,
                               GError **error)
{
  LanyardSignatureScheme scheme =
    METHODS[method].is_rsa ? LANYARD_SIGNATURE_PKCS1 : LANYARD_SIGNATURE_HMAC;
  guchar signature[LANYARD_SIGNATURE_MAX_SIZE];
  gsize length;

  g_return_val_if_fail (key != NULL, NULL);

  if (method == LANYARD_OAUTH1_PLAINTEXT)
    return g_strdup (lanyard_secret_get (lanyard_key_get_secret (key)));

  length = lanyard_signature_make (key, scheme, METHODS[method].hash, base_string,
                                   strlen (base_string), signature);
  if (length > 0)
    return g_base64_encode (signature, length);

  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("The private key cannot make this signature: an RSA key is needed"));
  return NULL;
}
