/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-methods.h"

#include <sys/stat.h>

#include <glib/gi18n.h>

#include "lanyard-bus-error.h"
#include "lanyard-error.h"
#include "lanyard-text.h"

typedef struct
{
  const char *name;
  void (*run) (LanyardCall *call);
  gboolean is_for_sandboxed;
} Method;

static const Method methods[] = {
  { "GetAccessToken", lanyard_method_get_access_token, TRUE },
  { "GetHeaders", lanyard_method_get_headers, TRUE },
  { "SignRequest", lanyard_method_sign_request, TRUE },
  { "Test", lanyard_method_test, TRUE },
  { "Refresh", lanyard_method_refresh, TRUE },
  { "Revoke", lanyard_method_revoke, FALSE },
  { "RequestAuthorization", lanyard_method_request_authorization, TRUE },
};

static const Method *
find_method (LanyardCall *call)
{
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (methods[i].name, call->method))
      return &methods[i];

  g_assert_not_reached ();
}

/* A folder has many names. */
static gboolean
is_same_folder (const char *a, const char *b)
{
  struct stat info_a;
  struct stat info_b;

  return stat (a, &info_a) == 0 && stat (b, &info_b) == 0 && info_a.st_dev == info_b.st_dev &&
         info_a.st_ino == info_b.st_ino;
}

static gboolean
check_data_home (LanyardCall *call, GError **error)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (call->options, "data-home", NULL);
  g_autofree char *own = NULL;

  if (value == NULL)
    return TRUE;
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The option data-home must be a text"));
      return FALSE;
    }

  own = g_build_filename (g_get_user_data_dir (), "lanyard", NULL);
  if (is_same_folder (g_variant_get_string (value, NULL), own))
    return TRUE;

  g_set_error_literal (error, LANYARD_BUS_ERROR, LANYARD_BUS_ERROR_OTHER_DATA,
                       _ ("Lanyard’s service keeps its data in another folder"));
  return FALSE;
}

/* A trusted program may call an authorization as a person does. */
static LanyardAuthorization *
find_for_trusted (LanyardCall *call, const char *name, GError **error)
{
  LanyardDatabase *database = lanyard_manager_get_database (call->manager);
  LanyardAuthorization *listed = lanyard_objects_find (call->objects, name);
  g_autoptr (LanyardAuthorization) row = NULL;

  if (listed == NULL)
    listed = lanyard_objects_find_called (call->objects, name);
  if (listed != NULL)
    return g_object_ref (listed);

  row = lanyard_database_find (database, name, error);
  if (row == NULL)
    return NULL;

  listed = lanyard_objects_find (call->objects, lanyard_authorization_get_id (row));
  if (listed == NULL)
    return g_steal_pointer (&row);

  lanyard_objects_note_name (call->objects, name, listed);
  return g_object_ref (listed);
}

/* Whether it is called so; the beginning of an id is not enough. */
static gboolean
has_name (LanyardAuthorization *row, const char *name)
{
  g_autofree char *key = lanyard_text_dup_key (name);
  g_autofree char *row_key = lanyard_text_dup_key (lanyard_authorization_get_name (row));

  return g_str_equal (key, row_key);
}

/* A sandboxed one must know exactly what it wants: what it is told must not help it to guess. */
static LanyardAuthorization *
find_for_sandboxed (LanyardCall *call, const char *name, GError **error)
{
  LanyardDatabase *database = lanyard_manager_get_database (call->manager);
  LanyardAuthorization *listed = lanyard_objects_find (call->objects, name);
  g_autoptr (LanyardAuthorization) row = NULL;

  if (listed == NULL)
    row = lanyard_database_find (database, name, NULL);
  if (row != NULL && has_name (row, name))
    listed = lanyard_objects_find (call->objects, lanyard_authorization_get_id (row));
  if (listed != NULL)
    return g_object_ref (listed);

  lanyard_gate_set_denied_error (error, call->caller);
  return NULL;
}

static void
admitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LanyardCall *call = user_data;
  GError *error = NULL;

  /* The person may have taken her time. */
  if (lanyard_gate_admit_finish (LANYARD_GATE (source), result, &error) &&
      lanyard_database_poll (lanyard_manager_get_database (call->manager), &error))
    find_method (call)->run (call);
  else
    lanyard_call_return_error (call, error);
}

static gboolean
prepare (LanyardCall *call, GError **error)
{
  gboolean is_trusted = lanyard_gate_is_trusted (call->gate, call->caller);
  const char *name;

  g_variant_get_child (call->parameters, 0, "&s", &name);
  /* Options come last. */
  call->options =
    g_variant_get_child_value (call->parameters, g_variant_n_children (call->parameters) - 1);
  if (!check_data_home (call, error))
    return FALSE;

  if (!is_trusted && !find_method (call)->is_for_sandboxed)
    {
      lanyard_gate_set_denied_error (error, call->caller);
      return FALSE;
    }

  call->authorization =
    is_trusted ? find_for_trusted (call, name, error) : find_for_sandboxed (call, name, error);
  return call->authorization != NULL;
}

void
lanyard_methods_run (LanyardCall *call)
{
  GError *error = NULL;

  if (!prepare (call, &error))
    lanyard_call_return_error (call, error);
  else if (lanyard_gate_is_trusted (call->gate, call->caller))
    find_method (call)->run (call);
  else
    lanyard_gate_admit_async (call->gate, call->caller,
                              lanyard_authorization_get_id (call->authorization), admitted_cb,
                              call);
}
