/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-request.h"

LanyardRequest *
lanyard_request_new (const char *method, const char *uri)
{
  LanyardRequest *self = g_new0 (LanyardRequest, 1);

  g_return_val_if_fail (method != NULL && uri != NULL, NULL);

  self->method = g_strdup (method);
  self->uri = g_strdup (uri);
  self->headers = lanyard_params_new ();
  return self;
}

LanyardRequest *
lanyard_request_copy (const LanyardRequest *self)
{
  LanyardRequest *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (LanyardRequest, 1);
  copy->method = g_strdup (self->method);
  copy->uri = g_strdup (self->uri);
  copy->headers = lanyard_params_copy (self->headers);
  copy->content_type = g_strdup (self->content_type);
  copy->allows_http = self->allows_http;
  copy->is_repeatable = self->is_repeatable;
  copy->body = self->body != NULL ? lanyard_secret_ref (self->body) : NULL;
  return copy;
}

void
lanyard_request_free (LanyardRequest *self)
{
  if (self == NULL)
    return;

  g_free (self->method);
  /* A provider may want a credential in the query. */
  lanyard_secret_wipe_string (self->uri);
  lanyard_params_free (self->headers);
  g_free (self->content_type);
  g_clear_pointer (&self->body, lanyard_secret_unref);
  g_free (self);
}

void
lanyard_request_set_header (LanyardRequest *self, const char *name, const char *value)
{
  guint i = 0;

  g_return_if_fail (self != NULL && name != NULL && value != NULL);

  while (i < lanyard_params_get_length (self->headers))
    {
      const char *other = lanyard_params_get_nth_name (self->headers, i);

      if (g_ascii_strcasecmp (other, name) == 0 && !g_str_equal (other, name))
        lanyard_params_set (self->headers, other, NULL);
      else
        i++;
    }

  lanyard_params_set (self->headers, name, value);
}

/* Takes @body. */
static void
set_body (LanyardRequest *self, const char *content_type, LanyardSecret *body)
{
  g_clear_pointer (&self->body, lanyard_secret_unref);
  g_free (self->content_type);
  self->content_type = g_strdup (content_type);
  self->body = body;
}

void
lanyard_request_set_form (LanyardRequest *self, const LanyardParams *form)
{
  g_return_if_fail (self != NULL && form != NULL);

  set_body (self, "application/x-www-form-urlencoded", lanyard_params_encode_secret (form));
}

void
lanyard_request_set_json (LanyardRequest *self, JsonObject *object)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_if_fail (self != NULL && object != NULL);

  node = json_node_init_object (json_node_alloc (), object);
  set_body (self, "application/json", lanyard_secret_new_take (json_to_string (node, FALSE)));
}

LanyardResponse *
lanyard_response_new (guint status, const char *content_type, const char *body, gssize length)
{
  LanyardResponse *self = g_new0 (LanyardResponse, 1);

  self->status = status;
  self->headers = lanyard_params_new ();
  self->content_type = g_strdup (content_type);
  self->body = lanyard_secret_new_bytes (body, length < 0 ? strlen (body) : (gsize)length);
  return self;
}

void
lanyard_response_free (LanyardResponse *self)
{
  if (self == NULL)
    return;

  lanyard_params_free (self->headers);
  g_free (self->content_type);
  lanyard_secret_unref (self->body);
  g_free (self);
}
