/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What stands for the names in templates: the part of LanyardAuthContext that fills them in. */

#include "config.h"

#include "lanyard-auth-context.h"
#include "lanyard-captured.h"
#include "lanyard-grammar-template.h"
#include "lanyard-json.h"
#include "lanyard-random.h"
#include "lanyard-template-fill.h"

#include <string.h>

/* 128 bits, for {random}. */
#define RANDOM_BYTES 16

/* The data of the input that is called @name, or that is split into parts of which one is. */
static JsonObject *
find_input (LanyardAuthContext *self, const char *name, gint *part)
{
  JsonArray *inputs = lanyard_json_get_array (
    lanyard_provider_get_data (lanyard_auth_context_get_provider (self)), "inputs");

  for (guint i = 0; inputs != NULL && i < json_array_get_length (inputs); i++)
    {
      JsonObject *input = json_array_get_object_element (inputs, i);
      g_auto (GStrv) names = lanyard_json_dup_strv (input, "split.names");

      *part = -1;
      if (g_strcmp0 (lanyard_json_get_string (input, "name"), name) == 0)
        return input;
      for (gint j = 0; names != NULL && names[j] != NULL; j++)
        {
          *part = j;
          if (strcmp (names[j], name) == 0)
            return input;
        }
    }

  return NULL;
}

/* What the provider's data says that stands before and behind an entry may be typed or not. */
static char *
strip (JsonObject *input, const char *value)
{
  const char *prefix = lanyard_json_get_string (input, "prefix");
  const char *suffix = lanyard_json_get_string (input, "suffix");
  gsize length;

  if (prefix != NULL && g_str_has_prefix (value, prefix))
    value += strlen (prefix);
  length = strlen (value);
  if (suffix != NULL && g_str_has_suffix (value, suffix))
    length -= strlen (suffix);

  return g_strndup (value, length);
}

static char *
dup_part (JsonObject *input, const char *value, gint part)
{
  const char *separator = lanyard_json_get_string (input, "split.separator");
  g_auto (GStrv) names = lanyard_json_dup_strv (input, "split.names");
  g_auto (GStrv) parts = g_strsplit (value, separator, (gint)g_strv_length (names));

  return part < (gint)g_strv_length (parts) ? g_strdup (parts[part]) : NULL;
}

static char *
dup_time (LanyardAuthContext *self, const char *name)
{
  const char *seconds =
    lanyard_credentials_get_text (lanyard_auth_context_get_credentials (self), "now");
  gint64 now =
    seconds != NULL ? g_ascii_strtoll (seconds, NULL, 10) * 1000 : g_get_real_time () / 1000;

  return g_strdup_printf ("%" G_GINT64_FORMAT, g_str_equal (name, "now") ? now / 1000 : now);
}

static char *
dup_made (LanyardAuthContext *self, const char *name)
{
  if (g_str_equal (name, "provider"))
    return g_strdup (lanyard_provider_get_id (lanyard_auth_context_get_provider (self)));
  if (g_str_equal (name, "now") || g_str_equal (name, "now_ms"))
    return dup_time (self, name);
  if (g_str_equal (name, "random"))
    return lanyard_random_token (RANDOM_BYTES);
  if (g_str_equal (name, "uuid"))
    return g_uuid_string_random ();

  return NULL;
}

/* What the provider's data gives for a setting is taken as it is: a template that names itself must
 * not go round in circles. */
static const char *
get_plain_default (LanyardAuthContext *self, const char *name)
{
  g_autofree char *path = g_strconcat ("defaults.", name, NULL);
  const LanyardField *field = lanyard_auth_context_find_field (self, name);
  const char *value = lanyard_method_get_string (lanyard_auth_context_get_method (self), path);

  if (value != NULL && strpbrk (value, "{}") == NULL)
    return value;

  return field != NULL ? field->default_value : NULL;
}

static gboolean
is_public (LanyardAuthContext *self, const char *name)
{
  return lanyard_captured_is_name (lanyard_auth_context_get_method (self), name);
}

static const char *
get_value (LanyardAuthContext *self, const char *name, gboolean with_secrets)
{
  const char *value =
    lanyard_authorization_get_setting (lanyard_auth_context_get_authorization (self), name);

  /* A setting is looked up before a credential, so that no setting can be mistaken for a secret. */
  if (value == NULL && (with_secrets || is_public (self, name)))
    value = lanyard_credentials_get_text (lanyard_auth_context_get_credentials (self), name);

  return value != NULL ? value : get_plain_default (self, name);
}

static char *
look_up (LanyardAuthContext *self, const char *name, gboolean with_secrets)
{
  gint part = -1;
  JsonObject *input = find_input (self, name, &part);
  char *made = dup_made (self, name);
  g_autofree char *stripped = NULL;
  const char *value;

  if (made != NULL)
    return made;

  value =
    get_value (self, input != NULL ? lanyard_json_get_string (input, "name") : name, with_secrets);
  if (value == NULL || input == NULL)
    return g_strdup (value);

  stripped = strip (input, value);
  return part < 0 ? g_steal_pointer (&stripped) : dup_part (input, stripped, part);
}

static char *
look_up_cb (const char *name, gboolean is_cut, gpointer user_data)
{
  return look_up (user_data, name, TRUE);
}

/* For what is shown: what is not secret, and what stands before or after a separator. */
static char *
look_up_public_cb (const char *name, gboolean is_cut, gpointer user_data)
{
  return look_up (user_data, name, is_cut);
}

static char *
fill (LanyardAuthContext *self, const char *template, LanyardTemplateLookup lookup)
{
  g_autoptr (GPtrArray) parts = NULL;
  char *filled = lanyard_template_fill (template, lookup, self, NULL);

  if (filled != NULL)
    return filled;

  /* The catalogue has checked what it has; what a person entered may be no template at all. */
  parts = lanyard_grammar_template_parse (template, NULL);
  return g_strdup (parts == NULL ? template : "");
}

static gboolean
check_host_cb (const char *name, const char *value, gpointer user_data, GError **error)
{
  return lanyard_captured_check (user_data, name, value, error);
}

char *
lanyard_auth_context_expand_address (LanyardAuthContext *self, const char *template, GError **error)
{
  return lanyard_template_fill_address (template, look_up_cb, check_host_cb, self, error);
}

char *
lanyard_auth_context_expand (LanyardAuthContext *self, const char *template)
{
  g_return_val_if_fail (self != NULL && template != NULL, NULL);

  return fill (self, template, look_up_cb);
}

char *
lanyard_auth_context_expand_checked (LanyardAuthContext *self, const char *template, GError **error)
{
  g_return_val_if_fail (self != NULL && template != NULL, NULL);

  return lanyard_template_fill (template, look_up_cb, self, error);
}

char *
lanyard_auth_context_expand_shown (LanyardAuthContext *self, const char *template)
{
  g_return_val_if_fail (self != NULL && template != NULL, NULL);

  return fill (self, template, look_up_public_cb);
}
