/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is asked of a draft before it is saved, and what becomes of it then. */

#include "config.h"

#include "lanyard-manager-private.h"

#include "lanyard-error.h"
#include "lanyard-text.h"

#include <glib/gi18n-lib.h>

gboolean
lanyard_manager_check_draft (LanyardManager *self, LanyardAuthorization *draft, GError **error)
{
  const char *id = lanyard_authorization_get_id (draft);
  const char *name = lanyard_authorization_get_name (draft);
  g_autoptr (LanyardAuthContext) context = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *key = NULL;
  gint64 revision = 0;

  if (!lanyard_text_check_name (name, error))
    return FALSE;
  context = lanyard_manager_dup_context (self, draft, NULL, error);
  if (context == NULL ||
      !lanyard_auth_type_check_settings (
        lanyard_auth_types_lookup (lanyard_authorization_get_type_id (draft)), context, error))
    return FALSE;

  rows = lanyard_database_load_all (self->database, error);
  if (rows == NULL)
    return FALSE;
  key = lanyard_text_dup_key (name);
  for (guint i = 0; i < rows->len; i++)
    {
      LanyardAuthorization *row = g_ptr_array_index (rows, i);
      g_autofree char *row_key = lanyard_text_dup_key (lanyard_authorization_get_name (row));

      if (g_str_equal (lanyard_authorization_get_id (row), id))
        revision = lanyard_authorization_get_revision (row);
      else if (g_str_equal (row_key, key))
        {
          g_set_error_literal (
            error, LANYARD_ERROR, LANYARD_ERROR_EXISTS,
            _ ("There is another authorization of this name; choose another name"));
          return FALSE;
        }
    }

  if (revision == lanyard_authorization_get_revision (draft))
    return TRUE;

  g_set_error_literal (
    error, LANYARD_ERROR, LANYARD_ERROR_CONFLICT,
    _ ("Another program changed or deleted it meanwhile; look at its state before you save"));
  return FALSE;
}

gboolean
lanyard_manager_is_same_place (LanyardAuthorization *a, LanyardAuthorization *b)
{
  return g_strcmp0 (lanyard_authorization_get_provider_id (a),
                    lanyard_authorization_get_provider_id (b)) == 0 &&
         g_strcmp0 (lanyard_authorization_get_type_id (a), lanyard_authorization_get_type_id (b)) ==
           0 &&
         g_strcmp0 (lanyard_authorization_get_method_id (a),
                    lanyard_authorization_get_method_id (b)) == 0;
}

gboolean
lanyard_manager_is_moved (LanyardManager *self,
                          LanyardAuthorization *draft,
                          gboolean *is_moved,
                          GError **error)
{
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) local_error = NULL;

  row = lanyard_database_load (self->database, lanyard_authorization_get_id (draft), &local_error);
  if (row == NULL && !g_error_matches (local_error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  *is_moved = row != NULL && !lanyard_manager_is_same_place (row, draft);
  return TRUE;
}

void
lanyard_manager_note_saved (LanyardAuthorization *draft, LanyardAuthorization *saved)
{
  lanyard_authorization_copy_state (draft, saved);
  lanyard_authorization_set_created_at (draft, lanyard_authorization_get_created_at (saved));
  lanyard_authorization_set_modified_at (draft, lanyard_authorization_get_modified_at (saved));
  lanyard_authorization_set_revision (draft, lanyard_authorization_get_revision (saved));
}

LanyardCredentials *
lanyard_manager_merge_entered (LanyardAuthContext *context,
                               LanyardCredentials *stored,
                               LanyardCredentials *entered)
{
  g_autoptr (LanyardCredentials) merged =
    stored != NULL ? lanyard_credentials_copy (stored) : lanyard_credentials_new ();
  LanyardAuthType *type = lanyard_auth_types_lookup (
    lanyard_method_get_type_id (lanyard_auth_context_get_method (context)));
  g_autoptr (GPtrArray) fields = NULL;

  if (entered == NULL)
    return g_steal_pointer (&merged);

  fields = lanyard_auth_type_list_fields (type, lanyard_auth_context_get_provider (context));
  for (guint i = 0; i < fields->len; i++)
    {
      const LanyardField *field = g_ptr_array_index (fields, i);

      if (field->kind == LANYARD_FIELD_SECRET)
        lanyard_credentials_set (merged, field->name,
                                 lanyard_credentials_get (entered, field->name));
    }

  return g_steal_pointer (&merged);
}
