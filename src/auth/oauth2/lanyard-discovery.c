/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-discovery.h"

#include "lanyard-answer.h"
#include "lanyard-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define OPENID "/.well-known/openid-configuration"
#define OAUTH "/.well-known/oauth-authorization-server"

struct _LanyardDiscovery
{
  LanyardFlow parent_instance;

  /* Owned */
  char *issuer;
  char **places;
  LanyardServerMetadata *metadata;

  guint place;
};

G_DEFINE_FINAL_TYPE (LanyardDiscovery, lanyard_discovery, LANYARD_TYPE_FLOW)

/* OpenID Connect puts its name behind the issuer's path, RFC 8414 between host and path; with its
 * own name first and the other one for servers that moved it. */
static char **
list_places (const char *issuer)
{
  const char *host = strstr (issuer, "://") + strlen ("://");
  gsize origin_length = (gsize)(host - issuer) + strcspn (host, "/");
  g_autofree char *origin = g_strndup (issuer, origin_length);
  g_autofree char *path = g_strdup (issuer + origin_length);
  g_autoptr (GStrvBuilder) places = g_strv_builder_new ();
  g_autofree char *appended = NULL;
  g_autofree char *inserted = NULL;
  g_autofree char *moved = NULL;

  if (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  appended = g_strconcat (origin, path, OPENID, NULL);
  inserted = g_strconcat (origin, OAUTH, path, NULL);
  moved = g_strconcat (origin, OPENID, path, NULL);

  g_strv_builder_add (places, appended);
  g_strv_builder_add (places, inserted);
  if (!g_str_equal (moved, appended))
    g_strv_builder_add (places, moved);

  return g_strv_builder_end (places);
}

static gboolean
has_value (LanyardAuthContext *context, const char *name)
{
  g_autofree char *value = lanyard_auth_context_dup_value (context, name);

  return value != NULL && *value != '\0';
}

/* Whether the person, or the provider's data, gives all the addresses that it takes; nobody signs
 * in on a page for another grant than a code. */
static gboolean
has_endpoints (LanyardAuthContext *context)
{
  const char *grant =
    lanyard_method_get_string (lanyard_auth_context_get_method (context), "grant");
  gboolean is_signed_in = grant == NULL || g_str_equal (grant, "authorization_code");

  return has_value (context, "token_endpoint") &&
         (!is_signed_in || has_value (context, "authorization_endpoint"));
}

static LanyardStep *
ask (LanyardDiscovery *self)
{
  LanyardRequest *request = lanyard_request_new ("GET", self->places[self->place]);

  lanyard_request_set_header (request, "Accept", "application/json");
  return lanyard_step_new_request (request);
}

static LanyardStep *
begin (LanyardFlow *flow, gint64 now)
{
  return ask (LANYARD_DISCOVERY (flow));
}

/* Not a page for people that is sent whatever is asked for. */
static gboolean
is_json (const LanyardResponse *response)
{
  return response->content_type != NULL &&
         (g_str_equal (response->content_type, "application/json") ||
          g_str_has_suffix (response->content_type, "+json"));
}

static LanyardStep *
read_document (LanyardDiscovery *self, const LanyardResponse *response)
{
  g_autoptr (LanyardCredentials) none = lanyard_credentials_new ();
  g_autoptr (GError) error = NULL;

  self->metadata =
    lanyard_server_metadata_parse (self->issuer, lanyard_secret_get (response->body),
                                   lanyard_secret_get_length (response->body), &error);
  if (self->metadata == NULL)
    return lanyard_step_new_failed (g_steal_pointer (&error));

  return lanyard_step_new_done (lanyard_outcome_new (none));
}

static LanyardStep *
feed_response (LanyardFlow *flow, const LanyardResponse *response, gint64 now)
{
  LanyardDiscovery *self = LANYARD_DISCOVERY (flow);

  if (lanyard_answer_is_unavailable (response))
    return lanyard_step_new_failed (
      g_error_new (LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE,
                   _ ("%s cannot say now where to sign in; try again later"), self->issuer));
  if (response->status == 200 && is_json (response))
    return read_document (self, response);

  self->place++;
  if (self->places[self->place] != NULL)
    return ask (self);

  return lanyard_step_new_failed (
    g_error_new (LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                 _ ("%s does not say where to sign in; check the address of the issuer, or enter "
                    "the endpoints by hand"),
                 self->issuer));
}

static void
lanyard_discovery_finalize (GObject *object)
{
  LanyardDiscovery *self = LANYARD_DISCOVERY (object);

  g_free (self->issuer);
  g_strfreev (self->places);
  g_clear_pointer (&self->metadata, lanyard_server_metadata_unref);

  G_OBJECT_CLASS (lanyard_discovery_parent_class)->finalize (object);
}

static void
lanyard_discovery_class_init (LanyardDiscoveryClass *klass)
{
  LanyardFlowClass *flow_class = LANYARD_FLOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lanyard_discovery_finalize;
  flow_class->begin = begin;
  flow_class->feed_response = feed_response;
}

static void
lanyard_discovery_init (LanyardDiscovery *self)
{
}

LanyardDiscovery *
lanyard_discovery_new (const char *issuer, GError **error)
{
  LanyardDiscovery *self;

  g_return_val_if_fail (issuer != NULL, NULL);

  if (!lanyard_server_metadata_check_issuer (issuer, error))
    return NULL;

  self = g_object_new (LANYARD_TYPE_DISCOVERY, NULL);
  self->issuer = g_strdup (issuer);
  self->places = list_places (issuer);
  return self;
}

LanyardServerMetadata *
lanyard_discovery_get_metadata (LanyardDiscovery *self)
{
  g_return_val_if_fail (LANYARD_IS_DISCOVERY (self), NULL);

  return self->metadata;
}

char *
lanyard_discovery_dup_issuer (LanyardAuthContext *context)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_autoptr (LanyardAuthContext) bare = NULL;
  g_autofree char *issuer = NULL;

  if (!g_str_equal (lanyard_method_get_type_id (method), "oauth2"))
    return NULL;

  issuer = lanyard_auth_context_dup_value (context, "issuer");
  if (issuer == NULL || *issuer == '\0')
    return NULL;

  /* What is known already is of no account: it may be an old one. */
  bare = lanyard_auth_context_with_metadata (context, NULL);
  return has_endpoints (bare) ? NULL : g_steal_pointer (&issuer);
}
