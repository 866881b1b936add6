/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-golden-text.h"

#include "lanyard-test-context.h"

#include "lanyard-json.h"

#include <string.h>

/* Parameters and claims whose value is made for each request. */
static const char *const RANDOM[] = {
  "code_challenge",  "code_verifier",   "jti",   "nonce", "oauth_nonce",
  "oauth_signature", "oauth_timestamp", "state", NULL,
};

LanyardGoldenText *
lanyard_golden_text_new (void)
{
  LanyardGoldenText *self = g_new0 (LanyardGoldenText, 1);

  self->text = g_string_new (NULL);
  self->masks = lanyard_params_new ();

  return self;
}

void
lanyard_golden_text_free (LanyardGoldenText *self)
{
  g_string_free (self->text, TRUE);
  lanyard_params_free (self->masks);
  g_free (self);
}

void
lanyard_golden_text_mask (LanyardGoldenText *self, const char *value, const char *name)
{
  if (value != NULL && *value != '\0')
    lanyard_params_append (self->masks, value, name);
}

static char *
mask (LanyardGoldenText *self, const char *text)
{
  g_autoptr (GString) masked = g_string_new (text);

  for (guint i = 0; i < lanyard_params_get_length (self->masks); i++)
    g_string_replace (masked, lanyard_params_get_nth_name (self->masks, i),
                      lanyard_params_get_nth_value (self->masks, i), 0);

  return g_strdup (masked->str);
}

void
lanyard_golden_text_add_line (LanyardGoldenText *self, const char *line)
{
  g_autofree char *masked = mask (self, line);

  g_string_append_printf (self->text, "%s\n", masked);
}

static void
mask_members (JsonObject *object)
{
  const char *issuer = lanyard_json_get_string (object, "iss");

  for (guint i = 0; RANDOM[i] != NULL; i++)
    {
      if (json_object_has_member (object, RANDOM[i]))
        json_object_set_string_member (object, RANDOM[i], "…");
    }
  /* A token that is made for one request says when that was. */
  if (json_object_get_int_member_with_default (object, "iat", LANYARD_TEST_NOW) != LANYARD_TEST_NOW)
    {
      json_object_set_string_member (object, "iat", "…");
      json_object_set_string_member (object, "exp", "…");
    }
  /* The key is another in each run, and so is its fingerprint. */
  if (issuer != NULL && strstr (issuer, "SHA256:") != NULL)
    {
      g_autofree char *masked = g_strdup_printf (
        "%.*s…", (int)(strstr (issuer, "SHA256:") + strlen ("SHA256:") - issuer), issuer);

      json_object_set_string_member (object, "iss", masked);
    }
}

static char *
decode_part (const char *part)
{
  g_autofree char *base64 = g_strdup (part);
  g_autofree char *padded = NULL;
  g_autofree guchar *data = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonNode) node = NULL;
  gsize length;

  g_strdelimit (base64, "-", '+');
  g_strdelimit (base64, "_", '/');
  padded = g_strconcat (base64, "===" + (strlen (base64) + 3) % 4, NULL);
  data = g_base64_decode (padded, &length);
  object = lanyard_json_parse_object ((const char *)data, length, NULL);
  if (object == NULL)
    return NULL;

  mask_members (object);
  node = json_node_init_object (json_node_alloc (), object);
  return json_to_string (node, FALSE);
}

/* A signed token says more when it is taken apart. */
static char *
describe_token (const char *word)
{
  g_auto (GStrv) parts = g_strsplit (word, ".", -1);
  g_autofree char *header = NULL;
  g_autofree char *claims = NULL;

  if (g_strv_length (parts) != 3 || !g_str_has_prefix (word, "eyJ"))
    return g_strdup (word);

  header = decode_part (parts[0]);
  claims = decode_part (parts[1]);
  return g_strdup_printf ("JWT %s %s", header != NULL ? header : parts[0],
                          claims != NULL ? claims : parts[1]);
}

static char *
describe_basic (const char *encoded)
{
  gsize length;
  g_autofree guchar *data = g_base64_decode (encoded, &length);
  g_autofree char *text = g_strndup ((const char *)data, length);

  return g_strconcat ("Basic ", text, NULL);
}

static gboolean
is_random (const char *name)
{
  return g_strv_contains (RANDOM, name);
}

static char *
describe_value (const char *name, const char *value)
{
  if (is_random (name))
    return g_strdup ("…");
  if (g_str_has_prefix (value, "Basic "))
    return describe_basic (value + strlen ("Basic "));
  if (g_str_has_prefix (value, "Bearer eyJ"))
    {
      g_autofree char *token = describe_token (value + strlen ("Bearer "));

      return g_strconcat ("Bearer ", token, NULL);
    }

  /* Whatever word stands in front of it: `Ghost`, for one. */
  if (strchr (value, ' ') != NULL)
    {
      g_autofree char *word = g_strndup (value, (gsize)(strchr (value, ' ') - value));
      g_autofree char *token = describe_token (strchr (value, ' ') + 1);

      return g_strconcat (word, " ", token, NULL);
    }

  return describe_token (value);
}

static void
add_pair (LanyardGoldenText *self, const char *separator, const char *name, const char *value)
{
  g_autofree char *described = describe_value (name, value);
  g_autofree char *masked = mask (self, described);

  g_string_append_printf (self->text, "    %s%s%s\n", name, separator, masked);
}

static void
add_pairs (LanyardGoldenText *self, const char *encoded)
{
  g_autoptr (LanyardParams) params = lanyard_params_parse (encoded, NULL);

  if (params == NULL)
    {
      g_string_append_printf (self->text, "    %s\n", encoded);
      return;
    }
  for (guint i = 0; i < lanyard_params_get_length (params); i++)
    add_pair (self, " = ", lanyard_params_get_nth_name (params, i),
              lanyard_params_get_nth_value (params, i));
}

static void
add_address (LanyardGoldenText *self, const char *title, const char *method, const char *uri)
{
  const char *query = strchr (uri, '?');
  const char *fragment = strchr (uri, '#');
  g_autofree char *address = NULL;
  g_autofree char *masked = NULL;

  /* Behind a fragment, everything belongs to it. */
  if (query != NULL && fragment != NULL && fragment < query)
    fragment = NULL;
  address = g_strndup (uri, query != NULL ? (gsize)(query - uri) : strlen (uri));
  masked = mask (self, address);
  g_string_append_printf (self->text, "  %s: %s %s\n", title, method, masked);
  if (query != NULL)
    {
      g_autofree char *pairs = g_strndup (
        query + 1, fragment != NULL ? (gsize)(fragment - query - 1) : strlen (query) - 1);

      add_pairs (self, pairs);
      if (fragment != NULL)
        g_string_append_printf (self->text, "    %s\n", fragment);
    }
}

void
lanyard_golden_text_add_uri (LanyardGoldenText *self, const char *title, const char *uri)
{
  add_address (self, title, "open", uri);
}

/* OAuth 1.0 puts its parameters into one field (RFC 5849 section 3.5.1). */
static void
add_header (LanyardGoldenText *self, const char *name, const char *value)
{
  g_auto (GStrv) parts = NULL;

  if (!g_str_has_prefix (value, "OAuth ") || strstr (value, "oauth_signature") == NULL)
    {
      add_pair (self, ": ", name, value);
      return;
    }

  g_string_append_printf (self->text, "    %s: OAuth\n", name);
  parts = g_strsplit (value + strlen ("OAuth "), ", ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');
      g_autofree char *shown = NULL;

      g_assert_nonnull (equals);
      *equals = '\0';
      shown = g_strdup (is_random (parts[i]) ? "\"…\"" : equals + 1);
      g_string_append_printf (self->text, "      %s=%s\n", parts[i], shown);
    }
}

static void
add_json (LanyardGoldenText *self, const char *body)
{
  g_autoptr (JsonNode) node = lanyard_json_parse (body, strlen (body), NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_nonnull (node);
  if (JSON_NODE_HOLDS_OBJECT (node))
    mask_members (json_node_get_object (node));
  text = json_to_string (node, TRUE);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *masked = mask (self, lines[i]);

      g_string_append_printf (self->text, "    %s\n", masked);
    }
}

void
lanyard_golden_text_add_request (LanyardGoldenText *self,
                                 const char *title,
                                 const LanyardRequest *request)
{
  add_address (self, title, request->method, request->uri);
  for (guint i = 0; i < lanyard_params_get_length (request->headers); i++)
    add_header (self, lanyard_params_get_nth_name (request->headers, i),
                lanyard_params_get_nth_value (request->headers, i));
  if (request->body == NULL)
    return;

  if (g_strcmp0 (request->content_type, "application/json") == 0)
    add_json (self, lanyard_secret_get (request->body));
  else
    add_pairs (self, lanyard_secret_get (request->body));
}
