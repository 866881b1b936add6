/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the person chose, and what the provider granted of it: the settings, connectors and scopes
 * of a LanyardAuthorization. */

#include "config.h"

#include "lanyard-authorization-private.h"

#include <string.h>

static const char *const no_strings[] = { NULL };

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
tables_equal (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer name, value;

  if (g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;

  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (g_strcmp0 (value, g_hash_table_lookup (b, name)) != 0)
        return FALSE;
    }

  return TRUE;
}

static const char *const *
get_strings (char **strings)
{
  return strings != NULL ? (const char *const *)strings : no_strings;
}

/* What was chosen is a set: choosing something again after taking it out changes nothing. */
static gboolean
sets_equal (const char *const *a, const char *const *b)
{
  if (g_strv_length ((char **)a) != g_strv_length ((char **)b))
    return FALSE;

  for (; *a != NULL; a++)
    {
      if (!g_strv_contains (b, *a))
        return FALSE;
    }

  return TRUE;
}

static gboolean
replace_strings (char ***strings, const char *const *value)
{
  char **copy;

  if (*strings == NULL && value == NULL)
    return FALSE;
  if (*strings != NULL && value != NULL && g_strv_equal ((const char *const *)*strings, value))
    return FALSE;

  /* The new value may be the old one, so that it is copied first. */
  copy = g_strdupv ((char **)value);
  g_strfreev (*strings);
  *strings = copy;

  return TRUE;
}

static gboolean
assign_table (LanyardAuthorization *self, LanyardAuthorization *source)
{
  GHashTableIter iter;
  gpointer name, value;

  if (tables_equal (self->settings, source->settings))
    return FALSE;

  g_hash_table_remove_all (self->settings);
  g_hash_table_iter_init (&iter, source->settings);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (self->settings, g_strdup (name), g_strdup (value));

  return TRUE;
}

void
lanyard_authorization_init_settings (LanyardAuthorization *self)
{
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
lanyard_authorization_clear_settings (LanyardAuthorization *self)
{
  g_hash_table_unref (self->settings);
  g_strfreev (self->connectors);
  g_strfreev (self->scopes);
  g_strfreev (self->granted_scopes);
}

gboolean
lanyard_authorization_assign_settings (LanyardAuthorization *self, LanyardAuthorization *source)
{
  gboolean is_changed = assign_table (self, source);

  is_changed |= replace_strings (&self->connectors, get_strings (source->connectors));
  is_changed |= replace_strings (&self->scopes, get_strings (source->scopes));
  return is_changed;
}

gboolean
lanyard_authorization_has_same_settings (LanyardAuthorization *self, LanyardAuthorization *other)
{
  return tables_equal (self->settings, other->settings) &&
         sets_equal (get_strings (self->connectors), get_strings (other->connectors)) &&
         sets_equal (get_strings (self->scopes), get_strings (other->scopes));
}

const char *
lanyard_authorization_get_setting (LanyardAuthorization *self, const char *name)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return g_hash_table_lookup (self->settings, name);
}

void
lanyard_authorization_set_setting (LanyardAuthorization *self, const char *name, const char *value)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));
  g_return_if_fail (name != NULL && *name != '\0');

  if (value != NULL && *value == '\0')
    value = NULL;
  if (g_strcmp0 (value, g_hash_table_lookup (self->settings, name)) == 0)
    return;

  if (value == NULL)
    g_hash_table_remove (self->settings, name);
  else
    g_hash_table_insert (self->settings, g_strdup (name), g_strdup (value));
  lanyard_authorization_emit_settings_changed (self);
}

const char *
lanyard_authorization_get_method_id (LanyardAuthorization *self)
{
  return lanyard_authorization_get_setting (self, LANYARD_SETTING_METHOD);
}

void
lanyard_authorization_set_method_id (LanyardAuthorization *self, const char *method_id)
{
  lanyard_authorization_set_setting (self, LANYARD_SETTING_METHOD, method_id);
}

char **
lanyard_authorization_list_settings (LanyardAuthorization *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), NULL);

  g_hash_table_iter_init (&iter, self->settings);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return (char **)g_ptr_array_steal (names, NULL);
}

const char *const *
lanyard_authorization_get_connectors (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), NULL);

  return get_strings (self->connectors);
}

void
lanyard_authorization_set_connectors (LanyardAuthorization *self, const char *const *connectors)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  if (replace_strings (&self->connectors, connectors != NULL ? connectors : no_strings))
    lanyard_authorization_emit_settings_changed (self);
}

const char *const *
lanyard_authorization_get_scopes (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), NULL);

  return get_strings (self->scopes);
}

void
lanyard_authorization_set_scopes (LanyardAuthorization *self, const char *const *scopes)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  if (replace_strings (&self->scopes, scopes != NULL ? scopes : no_strings))
    lanyard_authorization_emit_settings_changed (self);
}

const char *const *
lanyard_authorization_get_granted_scopes (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), NULL);

  return (const char *const *)self->granted_scopes;
}

void
lanyard_authorization_set_granted_scopes (LanyardAuthorization *self, const char *const *scopes)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  replace_strings (&self->granted_scopes, scopes);
}
