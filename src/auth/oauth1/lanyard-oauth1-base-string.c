/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth1-base-string.h"

#include "lanyard-error.h"
#include "lanyard-oauth1-escape.h"
#include "lanyard-text.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define FORM_TYPE "application/x-www-form-urlencoded"
#define MAX_QUOTE 80
/* Sorting by insertion takes no longer up to here. */
#define MANY 32

/* A parameter as it stands in the base string: escaped twice, which leaves it where it is sorted
 * when it is escaped once (RFC 5849 section 3.4.1.3.2). */
typedef struct
{
  const char *name;
  const char *value;
  gsize name_length;
  gsize value_length;
} Pair;

typedef struct
{
  Pair *pairs;
  guint n_pairs;
  char *text; /* behind the pairs: what had to be escaped, each with a NUL behind it */
  char *end;
} Pairs;

/* Most requests have no form, and many no query. */
static guint
count (const LanyardParams *params)
{
  return params != NULL ? lanyard_params_get_length (params) : 0;
}

static const char *
write_escaped_twice (Pairs *self, const char *text, gsize *length)
{
  char *start = self->end;

  self->end = lanyard_oauth1_write_escaped_twice (start, text, *length);
  *length = (gsize)(self->end - start);
  *self->end++ = '\0';
  return start;
}

static void
pairs_add_oauth (Pairs *self, const LanyardOAuth1Param *param)
{
  Pair *pair = &self->pairs[self->n_pairs++];

  pair->name = param->name;
  pair->value = param->value;
  pair->name_length = param->name_length;
  pair->value_length = param->value_length;
  if (!param->is_plain)
    pair->value = write_escaped_twice (self, param->value, &pair->value_length);
}

static void
pairs_add_form (Pairs *self, const LanyardParams *params)
{
  for (guint i = 0; i < count (params); i++)
    {
      Pair *pair = &self->pairs[self->n_pairs++];
      const char *name = lanyard_params_get_nth_name (params, i);
      const char *value = lanyard_params_get_nth_value (params, i);

      pair->name_length = strlen (name);
      pair->value_length = strlen (value);
      pair->name = write_escaped_twice (self, name, &pair->name_length);
      pair->value = write_escaped_twice (self, value, &pair->value_length);
    }
}

static int
compare_pairs (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Pair *first = a;
  const Pair *second = b;
  int order = strcmp (first->name, second->name);

  return order != 0 ? order : strcmp (first->value, second->value);
}

/* Few are sorted soonest by putting each in its place. */
static void
pairs_sort (Pairs *self)
{
  if (self->n_pairs > MANY)
    {
      g_qsort_with_data (self->pairs, (int)self->n_pairs, sizeof (Pair), compare_pairs, NULL);
      return;
    }

  for (guint i = 1; i < self->n_pairs; i++)
    {
      Pair pair = self->pairs[i];
      guint place = i;

      for (; place > 0 && compare_pairs (&self->pairs[place - 1], &pair, NULL) > 0; place--)
        self->pairs[place] = self->pairs[place - 1];
      self->pairs[place] = pair;
    }
}

/* The bytes that the texts of the parameters take, with a NUL each. */
static gsize
measure_form (const LanyardParams *params)
{
  gsize size = 0;

  for (guint i = 0; i < count (params); i++)
    size += strlen (lanyard_params_get_nth_name (params, i)) +
            strlen (lanyard_params_get_nth_value (params, i)) + 2;
  return size;
}

static void
pairs_init (Pairs *self,
            const LanyardOAuth1Param *oauth,
            guint n_oauth,
            const LanyardParams *query,
            const LanyardParams *form)
{
  gsize n_pairs = (gsize)n_oauth + count (query) + count (form);
  gsize size = measure_form (query) + measure_form (form);

  for (guint i = 0; i < n_oauth; i++)
    size += oauth[i].is_plain ? 0 : oauth[i].value_length + 1;

  self->n_pairs = 0;
  self->pairs = g_malloc (n_pairs * sizeof (Pair) + LANYARD_OAUTH1_ESCAPED_TWICE * size);
  self->text = self->end = (char *)(self->pairs + n_pairs);
  for (guint i = 0; i < n_oauth; i++)
    pairs_add_oauth (self, &oauth[i]);
  pairs_add_form (self, query);
  pairs_add_form (self, form);
  pairs_sort (self);
}

static void
pairs_clear (Pairs *self)
{
  /* A form may have a password in it. */
  if (self->text != NULL)
    explicit_bzero (self->text, (gsize)(self->end - self->text));
  g_free (self->pairs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pairs, pairs_clear)

/* RFC 5849 section 3.4.1.2: in lower case, the default port left out. */
static gboolean
origin_parse (LanyardOAuth1Origin *self)
{
  g_autofree char *scheme = NULL;
  g_autofree char *host = NULL;
  g_autofree char *lower_host = NULL;
  g_autofree char *plain = NULL;
  char port_text[16] = "";
  int port;

  if (!g_uri_split_network (self->text, G_URI_FLAGS_NONE, &scheme, &host, &port, NULL) ||
      host == NULL)
    return FALSE;

  lower_host = g_ascii_strdown (host, -1);
  if (port != -1 && port != (g_str_equal (scheme, "https") ? 443 : 80))
    g_snprintf (port_text, sizeof port_text, ":%d", port);
  plain = strchr (host, ':') != NULL
            ? g_strconcat (scheme, "://[", lower_host, "]", port_text, NULL)
            : g_strconcat (scheme, "://", lower_host, port_text, NULL);
  self->escaped = lanyard_oauth1_escape (plain);
  return TRUE;
}

/* Path and query are cut from the text itself, since GUri also decodes escapes that it need not
 * have, and the server sees the text.
 *
 * Returns: (nullable): what follows the origin in @uri */
static const char *
origin_read (LanyardOAuth1Origin *self, const char *uri)
{
  gsize length = self->text != NULL ? strlen (self->text) : 0;
  const char *rest;

  if (length > 0 && strncmp (uri, self->text, length) == 0 && strchr ("/?#", uri[length]) != NULL)
    return uri + length;

  lanyard_oauth1_origin_clear (self);
  rest = strstr (uri, "://");
  if (rest == NULL)
    return NULL;

  rest += strlen ("://");
  rest += strcspn (rest, "/?#");
  self->text = g_strndup (uri, (gsize)(rest - uri));
  if (origin_parse (self))
    return rest;

  lanyard_oauth1_origin_clear (self);
  return NULL;
}

/* A server that finds a protocol parameter twice must refuse the request (RFC 5849 section 3.2), so
 * none is sent. */
static gboolean
check_form (const LanyardParams *params,
            const LanyardOAuth1Param *oauth,
            guint n_oauth,
            GError **error)
{
  for (guint i = 0; i < count (params); i++)
    {
      const char *name = lanyard_params_get_nth_name (params, i);
      gboolean is_repeated;

      if (!g_str_has_prefix (name, "oauth_"))
        continue;
      is_repeated = g_str_equal (name, "oauth_signature");
      for (guint j = 0; !is_repeated && j < n_oauth; j++)
        is_repeated = g_str_equal (name, oauth[j].name);
      if (is_repeated)
        {
          g_autofree char *quoted = lanyard_text_quote (name, MAX_QUOTE);

          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("The request has a parameter %s already; leave it out, Lanyard adds it"),
                       quoted);
          return FALSE;
        }
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

static LanyardParams *
parse_query (const char *query, GError **error)
{
  const char *fragment = strchr (query, '#');
  char *copy = fragment != NULL ? g_strndup (query, (gsize)(fragment - query)) : NULL;
  LanyardParams *params = lanyard_params_parse (copy != NULL ? copy : query, error);

  lanyard_secret_wipe_string (copy);
  return params;
}

/* RFC 5849 section 3.4.1.1. */
static char *
write_base_string (const char *method,
                   const LanyardOAuth1Origin *origin,
                   const char *path,
                   gsize path_length,
                   const Pairs *pairs)
{
  gsize method_length = strlen (method);
  gsize origin_length = strlen (origin->escaped);
  gsize size = method_length + origin_length + LANYARD_OAUTH1_ESCAPED * path_length + 3;
  char *base_string;
  char *out;

  for (guint i = 0; i < pairs->n_pairs; i++)
    size += pairs->pairs[i].name_length + pairs->pairs[i].value_length + strlen ("%26%3D");

  base_string = out = g_malloc (size);
  for (gsize i = 0; i < method_length; i++)
    *out++ = g_ascii_toupper (method[i]);
  *out++ = '&';
  out = mempcpy (out, origin->escaped, origin_length);
  out = lanyard_oauth1_write_escaped (out, path, path_length);
  *out++ = '&';
  for (guint i = 0; i < pairs->n_pairs; i++)
    {
      const Pair *pair = &pairs->pairs[i];

      if (i > 0)
        out = mempcpy (out, "%26", 3);
      out = mempcpy (out, pair->name, pair->name_length);
      out = mempcpy (out, "%3D", 3);
      out = mempcpy (out, pair->value, pair->value_length);
    }
  *out = '\0';
  return base_string;
}

void
lanyard_oauth1_param_init (LanyardOAuth1Param *self, const char *name, const char *value)
{
  gsize n_plain = lanyard_oauth1_count_plain (value);

  self->name = name;
  self->value = value;
  self->name_length = strlen (name);
  self->is_plain = value[n_plain] == '\0';
  self->value_length = self->is_plain ? n_plain : strlen (value);
}

void
lanyard_oauth1_origin_clear (LanyardOAuth1Origin *self)
{
  /* An address may have a password in it. */
  g_clear_pointer (&self->text, lanyard_secret_wipe_string);
  g_clear_pointer (&self->escaped, g_free);
}

char *
lanyard_oauth1_base_string_dup (const LanyardRequest *request,
                                const LanyardOAuth1Param *oauth,
                                guint n_oauth,
                                LanyardOAuth1Origin *origin,
                                GError **error)
{
  const char *path = origin_read (origin, request->uri);
  g_autoptr (LanyardParams) query = NULL;
  g_autoptr (LanyardParams) form = NULL;
  g_auto (Pairs) pairs = { NULL };
  gsize path_length;

  if (path == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The address of the request cannot be signed"));
      return NULL;
    }

  path_length = strcspn (path, "?#");
  if (path[path_length] == '?')
    {
      query = parse_query (path + path_length + 1, error);
      if (query == NULL || !check_form (query, oauth, n_oauth, error))
        return NULL;
    }
  if (has_form (request))
    {
      form = lanyard_params_parse (lanyard_secret_get (request->body), error);
      if (form == NULL || !check_form (form, oauth, n_oauth, error))
        return NULL;
    }

  pairs_init (&pairs, oauth, n_oauth, query, form);
  /* Without a path it is the root that is asked for. */
  return write_base_string (request->method, origin, path_length > 0 ? path : "/",
                            MAX (path_length, 1), &pairs);
}
