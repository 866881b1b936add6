/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth2-device-code.h"

#include "lanyard-answer.h"
#include "lanyard-oauth2-expiry.h"
#include "lanyard-oauth2-response.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* RFC 8628 section 3.2. In seconds. */
#define DEFAULT_INTERVAL 5
/* A person signs in within a day, or begins again. */
#define MAX_LIFETIME (24 * 60 * 60)
/* In bytes; a person types the user code, and reads the address. */
#define MAX_DEVICE_CODE 8192
#define MAX_URI 2048
/* In characters. */
#define MAX_USER_CODE 64

static const char *
provider_name (LanyardAuthContext *context)
{
  return lanyard_provider_get_name (lanyard_auth_context_get_provider (context));
}

/* Some call an address a URL, and nothing else differs (quirk F13). */
static const char *
get_alias (const char *name)
{
  if (g_str_equal (name, "verification_uri"))
    return "verification_url";
  if (g_str_equal (name, "verification_uri_complete"))
    return "verification_url_complete";

  return NULL;
}

/* What the data says of token answers may not hold for this one, which the standard's own names
 * are tried for then. */
static char **
dup_paths (LanyardAuthContext *context, const char *name)
{
  g_auto (GStrv) mapped = lanyard_oauth2_response_dup_paths (context, name);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *alias = get_alias (name);

  g_strv_builder_addv (builder, (const char **)mapped);
  g_strv_builder_add (builder, name);
  if (alias != NULL)
    g_strv_builder_add (builder, alias);
  return g_strv_builder_end (builder);
}

static const char *
find_text (LanyardAuthContext *context, JsonObject *object, const char *name)
{
  g_auto (GStrv) paths = dup_paths (context, name);

  return lanyard_answer_find_string (object, paths);
}

static gboolean
find_number (LanyardAuthContext *context, JsonObject *object, const char *name, gint64 *value)
{
  g_auto (GStrv) paths = dup_paths (context, name);

  for (char **path = paths; *path != NULL; path++)
    {
      if (lanyard_answer_get_int64 (object, *path, value))
        return TRUE;
    }

  return FALSE;
}

static gboolean
refuse (LanyardAuthContext *context, const char *reason, GError **error)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
               /* Translators: the first is a provider, the second says what is wrong. */
               _ ("%s gave a code that cannot be used: %s"), provider_name (context), reason);
  return FALSE;
}

/* What cannot be seen cannot be typed in, and could say something else than it looks like. */
static gboolean
is_typeable (const char *text)
{
  if (text == NULL || !g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > MAX_USER_CODE)
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c != ' ' && (g_unichar_isspace (c) || !g_unichar_isgraph (c)))
        return FALSE;
    }

  return strspn (text, " ") != strlen (text);
}

/* An address that a person may be sent to. One of this machine is only for a server of this
 * machine. */
static gboolean
is_openable (LanyardAuthContext *context, const char *uri)
{
  g_autofree char *endpoint =
    lanyard_auth_context_dup_value (context, "device_authorization_endpoint");

  return uri != NULL && strlen (uri) <= MAX_URI && lanyard_uri_check_endpoint (uri, "", NULL) &&
         (!lanyard_uri_is_loopback (uri) ||
          (endpoint != NULL && lanyard_uri_is_loopback (endpoint)));
}

/* The data's word on how long tokens are good is none on this. */
static gint64
read_expires_at (LanyardAuthContext *context, JsonObject *object, gint64 now)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  gint64 lifetime = 0;

  if (lanyard_method_get_object (method, "device.response.expires") != NULL)
    {
      g_auto (GStrv) paths = dup_paths (context, "expires_in");

      lifetime = lanyard_oauth2_expiry_read (context, "expires", paths, object, NULL, now) - now;
    }
  else if (!find_number (context, object, "expires_in", &lifetime))
    {
      return 0;
    }

  return lifetime > 0 ? now + MIN (lifetime, MAX_LIFETIME) : 0;
}

static gint64
read_interval (LanyardAuthContext *context, JsonObject *object)
{
  gint64 interval = 0;

  return find_number (context, object, "interval", &interval) && interval > 0 ? interval
                                                                              : DEFAULT_INTERVAL;
}

static gboolean
check (LanyardAuthContext *context, LanyardOAuth2DeviceCode *code, gint64 now, GError **error)
{
  const char *device_code = code->device_code;

  if (device_code == NULL || strlen (device_code) > MAX_DEVICE_CODE)
    return refuse (context, _ ("it has no device code"), error);
  if (!is_typeable (code->user_code))
    return refuse (context, _ ("it cannot be typed in"), error);
  if (!is_openable (context, code->verification_uri))
    return refuse (context, _ ("the page to enter it on has no safe address"), error);
  if (code->expires_at == 0)
    return refuse (context, _ ("it does not say how long it is good"), error);
  if (code->interval >= code->expires_at - now)
    return refuse (context, _ ("it is over before it may be asked for"), error);

  return TRUE;
}

static LanyardOAuth2DeviceCode *
read_code (LanyardAuthContext *context, JsonObject *answer, gint64 now, GError **error)
{
  g_autoptr (LanyardOAuth2DeviceCode) self = g_new0 (LanyardOAuth2DeviceCode, 1);
  JsonObject *object = lanyard_oauth2_response_get_root (context, answer);
  const char *complete = find_text (context, object, "verification_uri_complete");

  self->device_code = g_strdup (find_text (context, object, "device_code"));
  self->user_code = g_strdup (find_text (context, object, "user_code"));
  self->verification_uri = g_strdup (find_text (context, object, "verification_uri"));
  /* It is a convenience: without a good one the code is typed in. */
  self->verification_uri_complete = is_openable (context, complete) ? g_strdup (complete) : NULL;
  self->expires_at = read_expires_at (context, object, now);
  self->interval = read_interval (context, object);

  return check (context, self, now, error) ? g_steal_pointer (&self) : NULL;
}

LanyardOAuth2DeviceCode *
lanyard_oauth2_device_code_read (LanyardAuthContext *context,
                                 const LanyardResponse *response,
                                 gint64 now,
                                 GError **error)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_autoptr (LanyardAuthContext) own =
    lanyard_answer_make_context (context, lanyard_method_get_object (method, "device"));
  const char *format =
    lanyard_method_get_string (lanyard_auth_context_get_method (own), "response.format");
  g_autoptr (JsonObject) object = lanyard_answer_parse_as (response, format, NULL);

  if (lanyard_answer_is_unavailable (response))
    {
      lanyard_answer_set_unavailable (own, response, error);
      return NULL;
    }
  if (response->status < 200 || response->status > 299 ||
      (object != NULL && find_text (own, object, "device_code") == NULL &&
       json_object_has_member (object, "error")))
    {
      lanyard_answer_set_refusal (own, response, object, LANYARD_ERROR_PROVIDER, error);
      return NULL;
    }
  if (object == NULL)
    {
      refuse (context, _ ("the answer cannot be read"), error);
      return NULL;
    }

  return read_code (own, object, now, error);
}

void
lanyard_oauth2_device_code_free (LanyardOAuth2DeviceCode *self)
{
  if (self == NULL)
    return;

  lanyard_secret_wipe_string (self->device_code);
  lanyard_secret_wipe_string (self->user_code);
  g_free (self->verification_uri);
  lanyard_secret_wipe_string (self->verification_uri_complete);
  g_free (self);
}
