/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider-writer.h"

#include "lanyard-auth-type.h"
#include "lanyard-auth-types.h"
#include "lanyard-catalogue.h"
#include "lanyard-error.h"
#include "lanyard-grammar.h"
#include "lanyard-own-providers.h"
#include "lanyard-provider-reader.h"
#include "lanyard-search-key.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_ID_LENGTH 64

/* What a provider's data may hold: no secret, and nothing that is different for each person. */
static gboolean
belongs_to_provider (const LanyardField *field)
{
  return field->kind != LANYARD_FIELD_SECRET &&
         ((field->flags & LANYARD_FIELD_PROVIDER) != 0 || field->kind == LANYARD_FIELD_PARAMS ||
          field->path != NULL);
}

/* In a provider's data a brace begins a name, except where the field itself is such a text. */
static char *
escape (const LanyardField *field, const char *value)
{
  g_autoptr (GString) text = g_string_new (value);

  if (field->kind != LANYARD_FIELD_TEMPLATE)
    {
      g_string_replace (text, "{", "{{", 0);
      g_string_replace (text, "}", "}}", 0);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static JsonObject *
ensure_object (JsonObject *object, const char *name)
{
  if (!json_object_has_member (object, name))
    json_object_set_object_member (object, name, json_object_new ());

  return json_object_get_object_member (object, name);
}

static void
set_at_path (JsonObject *object, const char *path, const char *value)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  guint i = 0;

  for (; names[i + 1] != NULL; i++)
    object = ensure_object (object, names[i]);
  json_object_set_string_member (object, names[i], value);
}

/* Whether the grammar of a provider's file has a text at @path. */
static gboolean
is_member (const LanyardGrammar *members, const char *path)
{
  gsize length = strcspn (path, ".");

  for (; members != NULL && members->name != NULL; members++)
    {
      if (strlen (members->name) == length && strncmp (members->name, path, length) == 0)
        return path[length] == '\0' || is_member (members->members, path + length + 1);
    }

  return FALSE;
}

static void
set_setting (JsonObject *method, const LanyardField *field, const char *value)
{
  const char *type_id = json_object_get_string_member (method, "type");
  g_autofree char *escaped = escape (field, value);

  if (field->path != NULL && is_member (lanyard_grammar_get_method (type_id), field->path))
    set_at_path (method, field->path, escaped);
  else
    json_object_set_string_member (ensure_object (method, "defaults"), field->name, escaped);
}

static JsonObject *
make_method (LanyardProvider *provider, LanyardAuthorization *authorization, GError **error)
{
  const char *type_id = lanyard_authorization_get_type_id (authorization);
  LanyardAuthType *type = type_id != NULL ? lanyard_auth_types_lookup (type_id) : NULL;
  LanyardMethod *method =
    type != NULL ? lanyard_provider_find_method_of (provider, authorization) : NULL;
  g_autoptr (GPtrArray) fields = NULL;
  JsonObject *object;

  if (method == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, _ ("%s does not authorize by “%s”"),
                   lanyard_provider_get_name (provider), type_id != NULL ? type_id : "");
      return NULL;
    }

  object = lanyard_method_dup_data (method);
  fields = lanyard_auth_type_list_fields (type, provider);
  for (guint i = 0; i < fields->len; i++)
    {
      const LanyardField *field = g_ptr_array_index (fields, i);
      const char *value = lanyard_authorization_get_setting (authorization, field->name);

      if (value != NULL && *value != '\0' && belongs_to_provider (field))
        set_setting (object, field, value);
    }

  return object;
}

/* The scopes that the person entered are all that is known of them; those that the provider knows
 * keep their descriptions. */
static void
add_scopes (JsonObject *root, LanyardProvider *provider, LanyardAuthorization *authorization)
{
  const char *const *names = lanyard_authorization_get_scopes (authorization);
  g_autoptr (JsonArray) added = json_array_new ();

  for (; *names != NULL; names++)
    {
      g_autoptr (JsonObject) scope = NULL;

      if (lanyard_provider_find_scope (provider, *names) != NULL)
        continue;
      scope = json_object_new ();
      json_object_set_string_member (scope, "name", *names);
      json_array_add_object_element (added, g_steal_pointer (&scope));
    }
  if (json_array_get_length (added) == 0)
    return;

  if (!json_object_has_member (root, "scopes"))
    json_object_set_array_member (root, "scopes", json_array_new ());
  for (guint i = 0; i < json_array_get_length (added); i++)
    json_array_add_element (json_object_get_array_member (root, "scopes"),
                            json_array_dup_element (added, i));
}

static char *
generate (JsonObject *root)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), root);
  g_autofree char *text = NULL;

  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, node);
  text = json_generator_to_data (generator, NULL);

  return g_strconcat (text, "\n", NULL);
}

static gboolean
check_text (const char *id, const char *text, GError **error)
{
  g_autoptr (LanyardProvider) provider = NULL;

  if (!lanyard_own_providers_is_id (id))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("“%s” cannot be the id of a provider; use at most 64 lower-case letters, "
                      "digits, “-” and “_”"),
                   id);
      return FALSE;
    }

  provider = lanyard_provider_reader_read (text, strlen (text), id, error);
  if (provider == NULL)
    g_prefix_error (error, "%s ", _ ("This cannot be saved as a provider:"));

  return provider != NULL;
}

static gboolean
fail (GError **error, const char *path)
{
  int saved = errno;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED, _ ("%s could not be written: %s"), path,
               g_strerror (saved));
  return FALSE;
}

static gboolean
write_text (int fd, const char *text)
{
  gsize length = strlen (text);

  while (length > 0)
    {
      gssize n_written = write (fd, text, length);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written < 0)
        return FALSE;
      text += n_written;
      length -= (gsize)n_written;
    }

  return fsync (fd) == 0;
}

/* A link takes no other file's place, which rename() would do without a word. */
static gboolean
put_in_place (const char *temporary, const char *path, gboolean replace, GError **error)
{
  if (replace ? g_rename (temporary, path) == 0 : link (temporary, path) == 0)
    return TRUE;

  if (errno != EEXIST)
    return fail (error, path);

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_EXISTS,
               _ ("There is a file %s already; choose another name, or replace it"), path);
  return FALSE;
}

/* A file with the id of a provider that comes with Lanyard would take its place. */
static gboolean
check_not_shipped (const char *id, GError **error)
{
  g_autoptr (LanyardCatalogue) catalogue = lanyard_catalogue_new (NULL);

  if (!lanyard_catalogue_is_shipped (catalogue, id))
    return TRUE;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_EXISTS,
               _ ("A provider “%s” comes with Lanyard; choose another name"), id);
  return FALSE;
}

char *
lanyard_provider_writer_suggest_id (const char *name)
{
  g_autofree char *folded = NULL;
  g_autoptr (GString) id = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  folded = lanyard_search_key_fold (name);
  id = g_string_new (NULL);
  for (const char *p = folded; *p != '\0' && id->len < MAX_ID_LENGTH; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (id, *p);
      else if (*p == ' ' && id->len > 0 && id->str[id->len - 1] != '-')
        g_string_append_c (id, '-');
    }
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);
  if (id->len == 0)
    g_string_append (id, "provider");

  return g_string_free (g_steal_pointer (&id), FALSE);
}

char *
lanyard_provider_writer_make (LanyardProvider *provider,
                              LanyardAuthorization *authorization,
                              const char *id,
                              const char *name,
                              GError **error)
{
  g_autoptr (JsonObject) root = NULL;
  g_autofree char *text = NULL;
  JsonArray *methods;
  JsonObject *method;

  g_return_val_if_fail (LANYARD_IS_PROVIDER (provider), NULL);
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (authorization), NULL);
  g_return_val_if_fail (id != NULL && name != NULL, NULL);

  method = make_method (provider, authorization, error);
  if (method == NULL)
    return NULL;

  methods = json_array_new ();
  json_array_add_object_element (methods, method);
  /* Of a custom one nothing but its method is worth keeping. */
  root = lanyard_provider_is_custom (provider) ? json_object_new ()
                                               : lanyard_provider_dup_data (provider);
  json_object_set_string_member (root, "id", id);
  json_object_set_string_member (root, "name", name);
  json_object_set_array_member (root, "methods", methods);
  add_scopes (root, provider, authorization);

  text = generate (root);
  if (!check_text (id, text, error))
    return NULL;

  return g_steal_pointer (&text);
}

char *
lanyard_provider_writer_save (const char *directory,
                              const char *id,
                              const char *text,
                              gboolean replace,
                              GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *temporary = NULL;
  gboolean is_written;
  int fd;

  g_return_val_if_fail (directory != NULL, NULL);
  g_return_val_if_fail (id != NULL && text != NULL, NULL);

  if (!check_text (id, text, error) || (!replace && !check_not_shipped (id, error)))
    return NULL;

  name = g_strconcat (id, ".json", NULL);
  path = g_build_filename (directory, name, NULL);
  temporary = g_build_filename (directory, ".provider-XXXXXX", NULL);
  if (g_mkdir_with_parents (directory, 0700) != 0 ||
      (fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0600)) < 0)
    {
      fail (error, path);
      return NULL;
    }

  is_written = write_text (fd, text) || fail (error, path);
  close (fd);
  is_written = is_written && put_in_place (temporary, path, replace, error);
  g_unlink (temporary);

  return is_written ? g_steal_pointer (&path) : NULL;
}
