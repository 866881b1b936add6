/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-server-metadata.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-text.h"
#include "lanyard-uri.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_QUOTE_LENGTH 200

struct _LanyardServerMetadata
{
  gatomicrefcount ref_count;

  /* Owned */
  JsonObject *root;
};

/* The members that are addresses to which something is sent, or from which keys come. */
static const char *const endpoints[] = {
  "authorization_endpoint",
  "token_endpoint",
  "revocation_endpoint",
  "introspection_endpoint",
  "userinfo_endpoint",
  "device_authorization_endpoint",
  "pushed_authorization_request_endpoint",
  "registration_endpoint",
  "jwks_uri",
};

/* The best first; a client without a secret authenticates by none of them, whatever is chosen. */
static const char *const auth_methods[] = { "client_secret_basic", "client_secret_post", "none" };

static gboolean
refuse (const char *issuer, const char *reason, GError **error)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
               /* Translators: the first is an address, the second says what is wrong. */
               _ ("What %s says of itself was not accepted: %s"), issuer, reason);
  return FALSE;
}

static gboolean
check_same_issuer (JsonObject *root, const char *issuer, GError **error)
{
  const char *found = lanyard_json_get_string (root, "issuer");
  g_autofree char *quoted = NULL;
  g_autofree char *reason = NULL;

  if (found == NULL)
    return refuse (issuer, _ ("it does not name its issuer"), error);
  if (strcmp (found, issuer) == 0)
    return TRUE;

  quoted = lanyard_text_quote (found, MAX_QUOTE_LENGTH);
  reason = g_strdup_printf (_ ("it belongs to the issuer %s; if that is the one that you mean, "
                               "enter it so"),
                            quoted != NULL ? quoted : "“”");
  return refuse (issuer, reason, error);
}

/* An address of this machine is only for an issuer of this machine. */
static gboolean
is_usable (const char *uri, const char *issuer)
{
  return lanyard_uri_check_endpoint (uri, "", NULL) &&
         (g_str_has_prefix (uri, "https:") || lanyard_uri_is_loopback (issuer));
}

static gboolean
check_endpoints (JsonObject *root, const char *issuer, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (endpoints); i++)
    {
      JsonNode *node = lanyard_json_lookup (root, endpoints[i]);
      const char *uri = lanyard_json_get_string (root, endpoints[i]);
      g_autofree char *reason = NULL;

      if (node == NULL || (uri != NULL && is_usable (uri, issuer)))
        continue;
      reason = g_strdup_printf (_ ("its %s is no address that can be used"), endpoints[i]);
      return refuse (issuer, reason, error);
    }

  return TRUE;
}

gboolean
lanyard_server_metadata_check_issuer (const char *issuer, GError **error)
{
  g_return_val_if_fail (issuer != NULL, FALSE);

  if (!lanyard_uri_check_endpoint (issuer, _ ("Issuer"), error))
    return FALSE;
  if (strchr (issuer, '?') == NULL)
    return TRUE;

  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       _ ("The address of an issuer has no “?” and nothing behind it"));
  return FALSE;
}

LanyardServerMetadata *
lanyard_server_metadata_parse (const char *issuer, const char *text, gsize length, GError **error)
{
  g_autoptr (JsonObject) root = NULL;
  LanyardServerMetadata *self;

  g_return_val_if_fail (issuer != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  root = lanyard_json_parse_object (text, length, NULL);
  if (root == NULL)
    {
      refuse (issuer, _ ("it cannot be read"), error);
      return NULL;
    }
  if (!check_same_issuer (root, issuer, error) || !check_endpoints (root, issuer, error))
    return NULL;

  self = g_new0 (LanyardServerMetadata, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->root = g_steal_pointer (&root);
  return self;
}

LanyardServerMetadata *
lanyard_server_metadata_ref (LanyardServerMetadata *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lanyard_server_metadata_unref (LanyardServerMetadata *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  json_object_unref (self->root);
  g_free (self);
}

const char *
lanyard_server_metadata_get_issuer (LanyardServerMetadata *self)
{
  return lanyard_json_get_string (self->root, "issuer");
}

char *
lanyard_server_metadata_dup_text (LanyardServerMetadata *self)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), self->root);

  return json_to_string (node, FALSE);
}

const char *
lanyard_server_metadata_get_string (LanyardServerMetadata *self, const char *name)
{
  return lanyard_json_get_string (self->root, name);
}

gboolean
lanyard_server_metadata_get_boolean (LanyardServerMetadata *self, const char *name)
{
  return lanyard_json_get_boolean (self->root, name, FALSE);
}

char **
lanyard_server_metadata_dup_list (LanyardServerMetadata *self, const char *name)
{
  return lanyard_json_dup_strv (self->root, name);
}

const char *
lanyard_server_metadata_choose_auth_method (LanyardServerMetadata *self)
{
  g_auto (GStrv) listed =
    lanyard_server_metadata_dup_list (self, "token_endpoint_auth_methods_supported");

  if (listed == NULL)
    return auth_methods[0];

  for (gsize i = 0; i < G_N_ELEMENTS (auth_methods); i++)
    {
      if (g_strv_contains ((const char *const *)listed, auth_methods[i]))
        return auth_methods[i];
    }

  return NULL;
}
