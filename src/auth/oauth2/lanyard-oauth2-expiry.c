/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth2-expiry.h"

#include "lanyard-answer.h"
#include "lanyard-jws.h"

/* No token lives longer; a larger number is a server's way to say never, or nonsense. In seconds.
 */
#define MAX_LIFETIME (G_GINT64_CONSTANT (10) * 365 * 24 * 3600)

static char *
dup_path (const char *member, const char *name)
{
  return g_strdup_printf ("response.%s.%s", member, name);
}

/* The claim of a JWT, whose signature does not matter: it is only about when to get the next. */
static gboolean
read_jwt (const char *token, gint64 *value)
{
  g_autoptr (LanyardJws) jws = token != NULL ? lanyard_jws_parse (token, NULL) : NULL;
  g_autoptr (JsonObject) claims = NULL;
  gsize length;
  const char *data;

  if (jws == NULL)
    return FALSE;

  data = g_bytes_get_data (jws->payload, &length);
  claims = lanyard_json_parse_object (data, length, NULL);
  return claims != NULL && lanyard_json_get_int64 (claims, "exp", value);
}

static gboolean
read_date (JsonObject *object, char **paths, gint64 *value)
{
  for (char **path = paths; path != NULL && *path != NULL; path++)
    {
      g_autofree char *text = lanyard_answer_dup_text (object, *path);
      g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
      g_autoptr (GDateTime) date = text != NULL ? g_date_time_new_from_iso8601 (text, zone) : NULL;

      if (date == NULL)
        continue;
      *value = g_date_time_to_unix (date);
      return TRUE;
    }

  return FALSE;
}

static gboolean
read_number (JsonObject *object, char **paths, gint64 *value)
{
  for (char **path = paths; path != NULL && *path != NULL; path++)
    {
      if (lanyard_answer_get_int64 (object, *path, value))
        return TRUE;
    }

  return FALSE;
}

static gint64
convert (gint64 value, const char *unit)
{
  if (g_strcmp0 (unit, "ms") == 0)
    return value / 1000;
  if (g_strcmp0 (unit, "min") == 0)
    return value < MAX_LIFETIME ? value * 60 : value;

  return value;
}

static gint64
limit (gint64 lifetime, gint64 now)
{
  return lifetime > 0 && lifetime < MAX_LIFETIME ? now + lifetime : 0;
}

/* The number that stands there, in seconds. */
static gboolean
read_value (const char *kind,
            const char *unit,
            char **paths,
            JsonObject *object,
            const char *token,
            gint64 *value)
{
  if (g_strcmp0 (kind, "jwt") == 0)
    return read_jwt (token, value);
  if (g_strcmp0 (kind, "iso") == 0)
    return read_date (object, paths, value);
  if (!read_number (object, paths, value))
    return FALSE;

  *value = convert (*value, unit);
  return TRUE;
}

/* The lifetime that is left; FALSE when the answer does not say. */
static gboolean
read_lifetime (LanyardMethod *method,
               const char *member,
               char **paths,
               JsonObject *object,
               const char *token,
               gint64 now,
               gint64 *lifetime)
{
  g_autofree char *kind_path = dup_path (member, "kind");
  g_autofree char *unit_path = dup_path (member, "unit");
  const char *kind = lanyard_method_get_string (method, kind_path);
  const char *unit = lanyard_method_get_string (method, unit_path);
  gboolean is_lifetime = kind == NULL || g_str_equal (kind, "in");

  if (!read_value (kind, unit, paths, object, token, lifetime))
    return FALSE;

  if (!is_lifetime && *lifetime != 0)
    *lifetime -= now;
  return TRUE;
}

gint64
lanyard_oauth2_expiry_read (LanyardAuthContext *context,
                            const char *member,
                            char **fallback,
                            JsonObject *object,
                            const char *token,
                            gint64 now)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_autofree char *path = dup_path (member, "path");
  g_autofree char *default_path = dup_path (member, "default");
  g_autofree char *zero_path = dup_path (member, "zero_is_never");
  g_auto (GStrv) paths = lanyard_method_dup_strv (method, path);
  gboolean zero_is_never = lanyard_method_get_boolean (method, zero_path, FALSE);
  gint64 lifetime = 0;

  if (read_lifetime (method, member, paths != NULL ? paths : fallback, object, token, now,
                     &lifetime) &&
      (lifetime != 0 || zero_is_never))
    return limit (lifetime, now);

  return limit (lanyard_method_get_int64 (method, default_path, 0), now);
}
