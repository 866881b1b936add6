/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* All items of the Secret Service: their ids, for which each is asked, or their secrets at once.
 * Whose a secret is would take a call for each, too, so that is left to what is in it. */

#include "config.h"

#include "lanyard-keyring-private.h"

/* So many at a time, since a message of the bus has its limits. */
#define MAX_PATHS 1000

static void
return_ids (LanyardKeyringCall *call)
{
  g_autofree const char **ids = (const char **)g_hash_table_get_keys_as_array (call->ids, NULL);

  lanyard_keyring_call_return (call, g_strdupv ((char **)ids), (GDestroyNotify)g_strfreev);
}

static void list_next (LanyardKeyringCall *call);

static void
list_attributes_cb (LanyardKeyringCall *call, GVariant *reply)
{
  g_autoptr (GVariant) value = NULL;
  char *id = NULL;

  g_variant_get (reply, "(v)", &value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE ("a{ss}")) &&
      g_variant_lookup (value, "id", "s", &id))
    {
      g_hash_table_add (call->ids, id);
    }
  else if (call->position > call->n_unlocked)
    {
      /* A keyring that was not unlocked since its start knows only digests of attributes. */
      lanyard_keyring_call_return_error (call, lanyard_keyring_call_make_locked_error ());
      return;
    }

  list_next (call);
}

static void
list_next (LanyardKeyringCall *call)
{
  g_autofree char *path = NULL;

  if (call->position == g_variant_n_children (call->paths))
    {
      return_ids (call);
      return;
    }

  g_variant_get_child (call->paths, call->position++, "o", &path);
  lanyard_keyring_call_get_property (call, path, LANYARD_SECRETS_ITEM, "Attributes",
                                     list_attributes_cb);
}

static void
list_found_cb (LanyardKeyringCall *call, GVariant *reply)
{
  g_autoptr (GVariant) unlocked = g_variant_get_child_value (reply, 0);
  g_autoptr (GVariant) locked = g_variant_get_child_value (reply, 1);
  g_autofree const char **unlocked_paths = g_variant_get_objv (unlocked, &call->n_unlocked);
  g_autofree const char **locked_paths = g_variant_get_objv (locked, NULL);
  GVariantBuilder paths = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("ao"));

  for (gsize i = 0; unlocked_paths[i] != NULL; i++)
    g_variant_builder_add (&paths, "o", unlocked_paths[i]);
  for (gsize i = 0; locked_paths[i] != NULL; i++)
    g_variant_builder_add (&paths, "o", locked_paths[i]);

  call->paths = g_variant_ref_sink (g_variant_builder_end (&paths));
  call->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (g_variant_n_children (call->paths) == 0)
    lanyard_keyring_service_check_default (call, return_ids);
  else
    list_next (call);
}

static void
return_secrets (LanyardKeyringCall *call)
{
  lanyard_keyring_call_return (call, g_steal_pointer (&call->secrets),
                               (GDestroyNotify)g_ptr_array_unref);
}

static void get_next (LanyardKeyringCall *call);

static void
got_secrets_cb (LanyardKeyringCall *call, GVariant *reply)
{
  g_autoptr (GVariant) secrets = g_variant_get_child_value (reply, 0);

  for (gsize i = 0; i < g_variant_n_children (secrets); i++)
    {
      g_autoptr (GVariant) encoded = NULL;
      LanyardSecret *secret;

      g_variant_get_child (secrets, i, "{o@(oayays)}", NULL, &encoded);
      secret = lanyard_keyring_service_decode (call, encoded);
      if (secret != NULL)
        g_ptr_array_add (call->secrets, secret);
    }

  get_next (call);
}

static void
get_next (LanyardKeyringCall *call)
{
  gsize n_paths = g_variant_n_children (call->paths);
  g_autoptr (GPtrArray) paths = NULL;

  if (call->position == n_paths)
    {
      return_secrets (call);
      return;
    }

  paths = g_ptr_array_new_with_free_func (g_free);
  while (call->position < n_paths && paths->len < MAX_PATHS)
    {
      char *path;

      g_variant_get_child (call->paths, call->position++, "o", &path);
      g_ptr_array_add (paths, path);
    }
  g_ptr_array_add (paths, NULL);
  lanyard_keyring_service_get_secrets (call, (const char *const *)paths->pdata, got_secrets_cb);
}

static void
secrets_found_cb (LanyardKeyringCall *call, GVariant *reply)
{
  g_autoptr (GVariant) locked = g_variant_get_child_value (reply, 1);

  call->paths = g_variant_get_child_value (reply, 0);
  call->secrets = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_secret_unref);
  if (g_variant_n_children (locked) > 0)
    lanyard_keyring_call_return_error (call, lanyard_keyring_call_make_locked_error ());
  else if (g_variant_n_children (call->paths) == 0)
    lanyard_keyring_service_check_default (call, return_secrets);
  else
    get_next (call);
}

void
lanyard_keyring_service_list (LanyardKeyringCall *call)
{
  lanyard_keyring_service_search (call, list_found_cb);
}

void
lanyard_keyring_service_lookup_all (LanyardKeyringCall *call)
{
  lanyard_keyring_service_search (call, secrets_found_cb);
}
