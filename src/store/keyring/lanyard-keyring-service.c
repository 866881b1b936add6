/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-keyring-private.h"

#include <glib/gi18n-lib.h>

#include "lanyard-error.h"

#define CONTENT_TYPE "application/json"
#define NO_OBJECT "/"

/* What libsecret names the schema among the attributes. */
#define SCHEMA_ATTRIBUTE "xdg:schema"

/* The attributes of one item, or with a NULL @id those that all of ours have. */
static GVariant *
build_attributes (const char *id)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  g_variant_builder_add (&builder, "{ss}", SCHEMA_ATTRIBUTE, LANYARD_SECRET_SCHEMA);
  if (id != NULL)
    g_variant_builder_add (&builder, "{ss}", "id", id);

  return g_variant_builder_end (&builder);
}

/* The objects that can be used, of what search() found. */
static GVariant *
get_unlocked (GVariant *reply)
{
  return g_variant_get_child_value (reply, 0);
}

static GVariant *
get_locked (GVariant *reply)
{
  return g_variant_get_child_value (reply, 1);
}

static gboolean
is_empty (GVariant *paths)
{
  return g_variant_n_children (paths) == 0;
}

static void
default_lock_cb (LanyardKeyringCall *call, GVariant *reply)
{
  g_autoptr (GVariant) value = NULL;

  g_variant_get (reply, "(v)", &value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (value))
    lanyard_keyring_call_return_error (call, lanyard_keyring_call_make_locked_error ());
  else
    call->after_check (call);
}

static void
default_alias_cb (LanyardKeyringCall *call, GVariant *reply)
{
  const char *path;

  g_variant_get (reply, "(&o)", &path);
  g_clear_pointer (&call->path, g_free);
  if (g_str_equal (path, NO_OBJECT))
    {
      call->after_check (call);
      return;
    }

  call->path = g_strdup (path);
  lanyard_keyring_call_get_property (call, path, LANYARD_SECRETS_COLLECTION, "Locked",
                                     default_lock_cb);
}

static LanyardKeyring *
get_keyring (LanyardKeyringCall *call)
{
  return LANYARD_KEYRING (g_task_get_source_object (call->task));
}

static void
return_nothing (LanyardKeyringCall *call)
{
  lanyard_keyring_call_return (call, NULL, NULL);
}

static void
return_done (LanyardKeyringCall *call)
{
  lanyard_keyring_call_return (call, GINT_TO_POINTER (TRUE), NULL);
}

static void
done_cb (LanyardKeyringCall *call, GVariant *reply)
{
  return_done (call);
}

static GVariant *
make_get_secrets (LanyardKeyringCall *call, const char *const *paths)
{
  return g_variant_new ("(^aoo)", paths, secret_service_get_session_dbus_path (call->service));
}

static void
get_secret (LanyardKeyringCall *call, LanyardKeyringReply next)
{
  const char *paths[] = { call->path, NULL };

  lanyard_keyring_service_get_secrets (call, paths, next);
}

/* Reads the secret that get_secret() asked for. Where there is none, the item was removed or locked
 * a moment ago; then the call begins again or ends, and FALSE is returned. */
static gboolean
read_secret (LanyardKeyringCall *call, GVariant *reply, LanyardSecret **secret)
{
  g_autoptr (GVariant) secrets = g_variant_get_child_value (reply, 0);
  g_autoptr (GVariant) entry = NULL;
  g_autoptr (GVariant) encoded = NULL;

  if (is_empty (secrets))
    {
      if (!lanyard_keyring_call_retry (call))
        lanyard_keyring_call_return_error (call, lanyard_keyring_call_make_locked_error ());
      return FALSE;
    }

  entry = g_variant_get_child_value (secrets, 0);
  encoded = g_variant_get_child_value (entry, 1);
  *secret = lanyard_keyring_service_decode (call, encoded);
  return TRUE;
}

static GVariant *
encode_secret (LanyardKeyringCall *call)
{
  SecretValue *value =
    secret_value_new (lanyard_secret_get (call->secret),
                      (gssize)lanyard_secret_get_length (call->secret), CONTENT_TYPE);
  GVariant *encoded = secret_service_encode_dbus_secret (call->service, value);

  secret_value_unref (value);
  return encoded;
}

static void
lookup_secret_cb (LanyardKeyringCall *call, GVariant *reply)
{
  LanyardSecret *secret;

  if (!read_secret (call, reply, &secret))
    return;

  if (secret == NULL)
    {
      lanyard_keyring_call_return_error (
        call, lanyard_keyring_call_make_failed_error ("cannot decode the secret"));
      return;
    }

  lanyard_keyring_know_item (get_keyring (call), call->id, call->path, secret);
  lanyard_keyring_call_return (call, secret, (GDestroyNotify)lanyard_secret_unref);
}

/* Takes the first item that can be used. Where there is none, ends the call if one is locked, and
 * otherwise makes sure that none is hidden before it goes on with @absent. */
static gboolean
take_found_item (LanyardKeyringCall *call, GVariant *reply, LanyardKeyringStep absent)
{
  g_autoptr (GVariant) unlocked = get_unlocked (reply);
  g_autoptr (GVariant) locked = get_locked (reply);

  if (!is_empty (unlocked))
    {
      g_variant_get_child (unlocked, 0, "o", &call->path);
      return TRUE;
    }

  if (!is_empty (locked))
    lanyard_keyring_call_return_error (call, lanyard_keyring_call_make_locked_error ());
  else
    lanyard_keyring_service_check_default (call, absent);
  return FALSE;
}

static void
lookup_ahead (LanyardKeyringCall *call)
{
  g_autoptr (GVariant) reply = g_steal_pointer (&call->reply_ahead);

  if (reply != NULL)
    lookup_secret_cb (call, reply);
  else
    get_secret (call, lookup_secret_cb);
}

static void
lookup_found_cb (LanyardKeyringCall *call, GVariant *reply)
{
  if (!take_found_item (call, reply, return_nothing))
    return;

  if (g_strcmp0 (call->path, call->path_ahead) == 0)
    lanyard_keyring_call_await_ahead (call, lookup_ahead);
  else
    get_secret (call, lookup_secret_cb);
}

/* The item is mostly where it was: its secret is asked for while the search, which comes first,
 * goes on to say whether it still is. */
static void
lookup (LanyardKeyringCall *call)
{
  const char *paths[] = { lanyard_keyring_get_path (get_keyring (call), call->id), NULL };

  lanyard_keyring_service_search (call, lookup_found_cb);
  if (paths[0] == NULL)
    return;

  call->path_ahead = g_strdup (paths[0]);
  lanyard_keyring_call_ask_ahead (call, LANYARD_SECRETS_PATH, LANYARD_SECRETS_SERVICE, "GetSecrets",
                                  make_get_secrets (call, paths), "(a{o(oayays)})");
}

static void
created_cb (LanyardKeyringCall *call, GVariant *reply)
{
  const char *item;
  const char *prompt;

  g_variant_get (reply, "(&o&o)", &item, &prompt);
  /* The keyring is not locked, so this is no question to unlock it: there are services (KeePassXC)
   * that make an item only by a prompt, which they mostly answer themselves. */
  if (g_str_equal (item, NO_OBJECT) && !g_str_equal (prompt, NO_OBJECT))
    lanyard_keyring_service_prompt (call, prompt, done_cb);
  else
    return_done (call);
}

static void
create_item (LanyardKeyringCall *call)
{
  GVariantBuilder properties = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  if (call->path == NULL)
    {
      lanyard_keyring_call_return_error (
        call,
        g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED,
                             _ ("There is no keyring yet. Unlock it to choose a password for a new "
                                "one, and try again.")));
      return;
    }

  g_variant_builder_add (&properties, "{sv}", LANYARD_SECRETS_ITEM ".Label",
                         g_variant_new_string (call->label));
  g_variant_builder_add (&properties, "{sv}", LANYARD_SECRETS_ITEM ".Attributes",
                         build_attributes (call->id));
  lanyard_keyring_call_send (
    call, call->path, LANYARD_SECRETS_COLLECTION, "CreateItem",
    g_variant_new ("(a{sv}@(oayays)b)", &properties, encode_secret (call), TRUE), "(oo)",
    created_cb);
}

static void
set_label (LanyardKeyringCall *call)
{
  lanyard_keyring_call_send (
    call, call->path, LANYARD_SECRETS_PROPERTIES, "Set",
    g_variant_new ("(ssv)", LANYARD_SECRETS_ITEM, "Label", g_variant_new_string (call->label)),
    "()", done_cb);
}

static void
secret_set_cb (LanyardKeyringCall *call, GVariant *reply)
{
  lanyard_keyring_know_item (get_keyring (call), call->id, call->path, call->secret);
  if (call->is_label_same)
    return_done (call);
  else
    set_label (call);
}

static void
set_secret (LanyardKeyringCall *call)
{
  /* Until it is known what came of it. */
  lanyard_keyring_forget_item (get_keyring (call), call->id);
  lanyard_keyring_call_send (call, call->path, LANYARD_SECRETS_ITEM, "SetSecret",
                             g_variant_new ("(@(oayays))", encode_secret (call)), "()",
                             secret_set_cb);
}

/* Every write makes the service write its whole file, and changing an item in place never needs a
 * prompt, as CreateItem may. */
static void
store_label_cb (LanyardKeyringCall *call, GVariant *reply)
{
  g_autoptr (GVariant) value = NULL;

  g_variant_get (reply, "(v)", &value);
  call->is_label_same = g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) &&
                        g_str_equal (g_variant_get_string (value, NULL), call->label);

  if (!call->is_secret_same)
    set_secret (call);
  else if (!call->is_label_same)
    set_label (call);
  else
    return_done (call);
}

static void
store_secret_cb (LanyardKeyringCall *call, GVariant *reply)
{
  g_autoptr (LanyardSecret) secret = NULL;

  if (!read_secret (call, reply, &secret))
    return;

  call->is_secret_same = lanyard_secret_equal (secret, call->secret);
  lanyard_keyring_call_get_property (call, call->path, LANYARD_SECRETS_ITEM, "Label",
                                     store_label_cb);
}

static void
store_found_cb (LanyardKeyringCall *call, GVariant *reply)
{
  if (take_found_item (call, reply, create_item))
    get_secret (call, store_secret_cb);
}

/* Whether these are the properties of the item that is to be written: a path may be given to
 * another one. */
static gboolean
is_item (LanyardKeyringCall *call, GVariant *properties)
{
  g_autoptr (GVariant) attributes = NULL;
  const char *id = NULL;
  const char *schema = NULL;

  attributes = g_variant_lookup_value (properties, "Attributes", G_VARIANT_TYPE ("a{ss}"));
  return attributes != NULL && g_variant_lookup (attributes, "id", "&s", &id) &&
         g_variant_lookup (attributes, SCHEMA_ATTRIBUTE, "&s", &schema) &&
         g_str_equal (id, call->id) && g_str_equal (schema, LANYARD_SECRET_SCHEMA);
}

static void
store_known_cb (LanyardKeyringCall *call, GVariant *reply)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (reply, 0);
  const char *label = NULL;

  if (!is_item (call, properties))
    {
      g_clear_pointer (&call->path, g_free);
      lanyard_keyring_service_search (call, store_found_cb);
      return;
    }

  g_variant_lookup (properties, "Label", "&s", &label);
  call->is_label_same = g_strcmp0 (label, call->label) == 0;
  call->is_secret_same = FALSE;
  set_secret (call);
}

/* Whoever renews a token has just read the one that it replaces. */
static void
store (LanyardKeyringCall *call)
{
  const char *path = lanyard_keyring_find_other (get_keyring (call), call->id, call->secret);

  if (path == NULL)
    {
      lanyard_keyring_service_search (call, store_found_cb);
      return;
    }

  call->path = g_strdup (path);
  lanyard_keyring_call_send (call, call->path, LANYARD_SECRETS_PROPERTIES, "GetAll",
                             g_variant_new ("(s)", LANYARD_SECRETS_ITEM), "(a{sv})",
                             store_known_cb);
}

static void remove_next (LanyardKeyringCall *call, GVariant *reply);

static void
removed_cb (LanyardKeyringCall *call, GVariant *reply)
{
  const char *prompt;

  g_variant_get (reply, "(&o)", &prompt);
  if (g_str_equal (prompt, NO_OBJECT))
    remove_next (call, NULL);
  else
    lanyard_keyring_service_prompt (call, prompt, remove_next);
}

static void
remove_next (LanyardKeyringCall *call, GVariant *reply)
{
  g_autofree char *path = NULL;

  if (call->position == g_variant_n_children (call->paths))
    {
      return_done (call);
      return;
    }

  g_variant_get_child (call->paths, call->position++, "o", &path);
  lanyard_keyring_call_send (call, path, LANYARD_SECRETS_ITEM, "Delete", NULL, "(o)", removed_cb);
}

static void
remove_found_cb (LanyardKeyringCall *call, GVariant *reply)
{
  g_autoptr (GVariant) locked = get_locked (reply);

  call->paths = get_unlocked (reply);
  if (!is_empty (locked))
    lanyard_keyring_call_return_error (call, lanyard_keyring_call_make_locked_error ());
  else if (is_empty (call->paths))
    lanyard_keyring_service_check_default (call, return_done);
  else
    remove_next (call, NULL);
}

static void
remove_item (LanyardKeyringCall *call)
{
  lanyard_keyring_forget_item (get_keyring (call), call->id);
  lanyard_keyring_service_search (call, remove_found_cb);
}

const LanyardKeyringActions lanyard_keyring_service_actions = {
  .lookup = lookup,
  .lookup_all = lanyard_keyring_service_lookup_all,
  .store = store,
  .remove = remove_item,
  .list = lanyard_keyring_service_list,
  .unlock = lanyard_keyring_service_unlock,
};

void
lanyard_keyring_service_search (LanyardKeyringCall *call, LanyardKeyringReply next)
{
  lanyard_keyring_call_send (call, LANYARD_SECRETS_PATH, LANYARD_SECRETS_SERVICE, "SearchItems",
                             g_variant_new ("(@a{ss})", build_attributes (call->id)), "(aoao)",
                             next);
}

void
lanyard_keyring_service_check_default (LanyardKeyringCall *call, LanyardKeyringStep after_check)
{
  call->after_check = after_check;
  lanyard_keyring_call_send (call, LANYARD_SECRETS_PATH, LANYARD_SECRETS_SERVICE, "ReadAlias",
                             g_variant_new ("(s)", SECRET_COLLECTION_DEFAULT), "(o)",
                             default_alias_cb);
}

void
lanyard_keyring_service_get_secrets (LanyardKeyringCall *call,
                                     const char *const *paths,
                                     LanyardKeyringReply next)
{
  lanyard_keyring_call_send (call, LANYARD_SECRETS_PATH, LANYARD_SECRETS_SERVICE, "GetSecrets",
                             make_get_secrets (call, paths), "(a{o(oayays)})", next);
}

LanyardSecret *
lanyard_keyring_service_decode (LanyardKeyringCall *call, GVariant *encoded)
{
  SecretValue *value = secret_service_decode_dbus_secret (call->service, encoded);
  LanyardSecret *secret;
  const char *text;
  gsize length;

  if (value == NULL)
    return NULL;

  text = secret_value_get (value, &length);
  secret = lanyard_secret_new_bytes (text, length);
  secret_value_unref (value);
  return secret;
}
