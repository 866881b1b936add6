/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-placement.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  IN_HEADER,
  IN_QUERY,
  IN_COOKIE,
  IN_BODY,
  IN_PATH,
} Where;

static const char *const WHERE[] = { "header", "query", "cookie", "body", "path" };

/* One place: `header:Authorization=ApiKey {api_key}`. */
typedef struct
{
  Where where;
  char *name;
  char *template;
} Place;

static void
place_free (Place *place)
{
  g_free (place->name);
  g_free (place->template);
  g_free (place);
}

/* RFC 9110 section 5.1: the characters of a field's name; a cookie's (RFC 6265 section 4.1.1) are
 * the same. */
static gboolean
is_token (const char *name)
{
  for (const char *c = name; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c) && strchr ("!#$%&'*+-.^_`|~", *c) == NULL)
        return FALSE;
    }

  return *name != '\0';
}

static gboolean
find_where (const char *text, gsize length, Where *where)
{
  for (gsize i = 0; i < G_N_ELEMENTS (WHERE); i++)
    {
      if (strlen (WHERE[i]) != length || strncmp (WHERE[i], text, length) != 0)
        continue;
      *where = (Where)i;
      return TRUE;
    }

  return FALSE;
}

static Place *
parse_place (const char *text, GError **error)
{
  const char *colon = strchr (text, ':');
  const char *equals = colon != NULL ? strchr (colon, '=') : NULL;
  g_autofree char *name = NULL;
  Where where;
  Place *place;

  if (colon != NULL)
    name = equals != NULL ? g_strndup (colon + 1, equals - colon - 1) : g_strdup (colon + 1);
  if (colon == NULL || !find_where (text, colon - text, &where) ||
      (where == IN_HEADER || where == IN_COOKIE ? !is_token (name) : *name == '\0'))
    {
      g_set_error (
        error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
        _ ("“%s” is no place for a key; one is for example header:X-Api-Key or query:api_key"),
        text);
      return NULL;
    }

  place = g_new0 (Place, 1);
  place->where = where;
  place->name = g_steal_pointer (&name);
  place->template = equals != NULL && equals[1] != '\0' ? g_strdup (equals + 1) : NULL;
  return place;
}

static GPtrArray *
parse (const char *text, GError **error)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func ((GDestroyNotify)place_free);
  g_auto (GStrv) lines = NULL;
  g_autofree char *with_lines = NULL;
  g_auto (GStrv) parts = g_strsplit (text, "; ", -1);

  with_lines = g_strjoinv ("\n", parts);
  lines = g_strsplit (with_lines, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      Place *place;

      if (*g_strstrip (*line) == '\0')
        continue;
      place = parse_place (*line, error);
      if (place == NULL)
        return NULL;
      g_ptr_array_add (places, place);
    }

  return g_steal_pointer (&places);
}

gboolean
lanyard_placement_check (const char *text, GError **error)
{
  g_autoptr (GPtrArray) places = parse (text, error);

  return places != NULL;
}

/* The query of the request is kept; a parameter of the same name would leave open which one counts.
 */
static gboolean
set_in_query (LanyardRequest *request, const char *name, const char *value, GError **error)
{
  g_autofree char *query = NULL;
  g_autoptr (LanyardParams) present = NULL;
  g_autoptr (LanyardParams) params = lanyard_params_new ();
  const char *start = strchr (request->uri, '?');
  char *uri;

  if (start != NULL)
    query = g_strndup (start + 1, strcspn (start + 1, "#"));
  present = lanyard_params_parse (query, error);
  if (present == NULL)
    return FALSE;
  if (lanyard_params_get (present, name) != NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("The address has a parameter “%s” already; leave it out, Lanyard adds it"),
                   name);
      return FALSE;
    }

  lanyard_params_append (params, name, value);
  uri = lanyard_uri_append_params (request->uri, params);
  lanyard_secret_wipe_string (request->uri);
  request->uri = uri;
  return TRUE;
}

static void
set_cookie (LanyardRequest *request, const char *name, const char *value)
{
  const char *present = lanyard_params_get_ignoring_case (request->headers, "Cookie");
  char *cookie = present != NULL ? g_strdup_printf ("%s; %s=%s", present, name, value)
                                 : g_strdup_printf ("%s=%s", name, value);

  lanyard_params_set (request->headers, "Cookie", cookie);
  lanyard_secret_wipe_string (cookie);
}

static gboolean
set_in_json (LanyardRequest *request, const char *name, const char *value, GError **error)
{
  g_autoptr (JsonObject) object = lanyard_json_parse_object (
    lanyard_secret_get (request->body), lanyard_secret_get_length (request->body), error);

  if (object == NULL)
    return FALSE;

  json_object_set_string_member (object, name, value);
  lanyard_request_set_json (request, object);
  return TRUE;
}

static gboolean
set_in_body (LanyardRequest *request, const char *name, const char *value, GError **error)
{
  g_autoptr (LanyardParams) form = NULL;

  if (request->body != NULL && g_strcmp0 (request->content_type, "application/json") == 0)
    return set_in_json (request, name, value, error);
  if (request->body != NULL &&
      g_strcmp0 (request->content_type, "application/x-www-form-urlencoded") != 0)
    {
      g_set_error_literal (
        error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
        _ ("The key belongs into the body of the request, which must be a form or JSON for it"));
      return FALSE;
    }

  form =
    lanyard_params_parse (request->body != NULL ? lanyard_secret_get (request->body) : NULL, error);
  if (form == NULL)
    return FALSE;

  lanyard_params_set (form, name, value);
  lanyard_request_set_form (request, form);
  return TRUE;
}

/* The path of the request, in parts. */
static char **
split_path (const char *uri, gsize *start, gsize *length)
{
  const char *authority = strstr (uri, "://") + strlen ("://");
  const char *path = authority + strcspn (authority, "/?#");
  g_autofree char *text = NULL;

  *start = (gsize)(path - uri);
  *length = strcspn (path, "?#");
  text = g_strndup (path, *length);
  return g_strsplit (*text == '/' ? text + 1 : text, "/", -1);
}

/* What is escaped cannot lead out of its part of the path. */
static void
set_in_path (LanyardRequest *request, const char *name, const char *value)
{
  gsize start, length;
  g_auto (GStrv) parts = split_path (request->uri, &start, &length);
  GString *uri = g_string_new_len (request->uri, (gssize)start);
  char *escaped = g_uri_escape_string (value, ":@!$'()*,;=", FALSE);
  gboolean is_named = g_strv_contains ((const char *const *)parts, name);

  if (!is_named)
    g_string_append_printf (uri, "/%s", escaped);
  for (char **part = parts; *part != NULL; part++)
    g_string_append_printf (uri, "/%s", g_str_equal (*part, name) ? escaped : *part);
  g_string_append (uri, request->uri + start + length);

  lanyard_secret_wipe_string (escaped);
  lanyard_secret_wipe_string (request->uri);
  request->uri = g_string_free (uri, FALSE);
}

static gboolean
refuse_value (GError **error)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("The key holds a character that cannot be sent there; enter it again"));
  return FALSE;
}

/* A line break would begin another field; a dot or two would lead to another path. */
static gboolean
check_value (Where where, const char *value, GError **error)
{
  if (where == IN_QUERY || where == IN_BODY)
    return TRUE;
  if (where == IN_PATH && (*value == '\0' || strspn (value, ".") == strlen (value)))
    return refuse_value (error);

  for (const char *c = value; *c != '\0'; c++)
    {
      if (g_ascii_iscntrl (*c) || (where == IN_COOKIE && (*c == ';' || *c == ' ')) ||
          (where == IN_PATH && (*c == '/' || *c == '\\')))
        return refuse_value (error);
    }

  return TRUE;
}

static gboolean
apply_place (const Place *place, const char *value, LanyardRequest *request, GError **error)
{
  if (!check_value (place->where, value, error))
    return FALSE;

  switch (place->where)
    {
    case IN_HEADER:
      lanyard_params_set (request->headers, place->name, value);
      return TRUE;
    case IN_QUERY:
      return set_in_query (request, place->name, value, error);
    case IN_COOKIE:
      set_cookie (request, place->name, value);
      return TRUE;
    case IN_BODY:
      return set_in_body (request, place->name, value, error);
    case IN_PATH:
      set_in_path (request, place->name, value);
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
apply (GPtrArray *places,
       const char *template,
       LanyardAuthContext *context,
       LanyardRequest *request,
       GError **error)
{
  gboolean is_applied = TRUE;

  for (guint i = 0; is_applied && i < places->len; i++)
    {
      const Place *place = g_ptr_array_index (places, i);
      char *value = lanyard_auth_context_expand_checked (
        context, place->template != NULL ? place->template : template, error);

      is_applied = value != NULL && apply_place (place, value, request, error);
      lanyard_secret_wipe_string (value);
    }

  return is_applied;
}

gboolean
lanyard_placement_apply (const char *text,
                         const char *template,
                         LanyardAuthContext *context,
                         LanyardRequest *request,
                         GError **error)
{
  g_autoptr (GPtrArray) places = parse (text, error);

  return places != NULL && apply (places, template, context, request, error);
}

gboolean
lanyard_placement_apply_places (JsonArray *places,
                                const char *template,
                                LanyardAuthContext *context,
                                LanyardRequest *request,
                                GError **error)
{
  g_autoptr (GPtrArray) parsed = g_ptr_array_new_with_free_func ((GDestroyNotify)place_free);

  for (guint i = 0; i < json_array_get_length (places); i++)
    {
      JsonObject *object = json_array_get_object_element (places, i);
      const char *in = lanyard_json_get_string (object, "in");
      Place *place = g_new0 (Place, 1);

      /* The reader of providers has checked it. */
      g_assert (find_where (in, strlen (in), &place->where));
      place->name = g_strdup (lanyard_json_get_string (object, "name"));
      place->template = g_strdup (lanyard_json_get_string (object, "value"));
      g_ptr_array_add (parsed, place);
    }

  return apply (parsed, template, context, request, error);
}
