/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-params.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * LanyardRequest:
 * @method: GET, POST…
 * @uri: the address, complete
 * @headers: header fields; what the transport sets itself (Host, Content-Length, User-Agent) is not
 * among them
 * @content_type: (nullable): the type of @body
 * @body: (nullable): the content
 * @allows_http: whether the person confirmed that it may go over http to anywhere
 * @is_repeatable: whether it may be sent once more when the connection was lost before a byte of
 * the answer came; a transport may then use one that is open already, which the server may just
 * close
 *
 * One HTTP request to be sent. Only its owner changes it.
 */
typedef struct
{
  char *method;
  char *uri;
  LanyardParams *headers;
  char *content_type;
  LanyardSecret *body;
  gboolean allows_http;
  gboolean is_repeatable;
} LanyardRequest;

LanyardRequest *lanyard_request_new (const char *method, const char *uri);
LanyardRequest *lanyard_request_copy (const LanyardRequest *self);
void lanyard_request_free (LanyardRequest *self);

/**
 * lanyard_request_set_header:
 *
 * Sets a header field in place of all of that name, of which case does not count.
 */
void lanyard_request_set_header (LanyardRequest *self, const char *name, const char *value);

/**
 * lanyard_request_set_form:
 *
 * Gives the request @form as its body, in `application/x-www-form-urlencoded`.
 */
void lanyard_request_set_form (LanyardRequest *self, const LanyardParams *form);

/**
 * lanyard_request_set_json:
 *
 * Gives the request @object as its body, in `application/json`.
 */
void lanyard_request_set_json (LanyardRequest *self, JsonObject *object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardRequest, lanyard_request_free)

/**
 * LanyardResponse:
 * @status: the HTTP status
 * @headers: the header fields
 * @content_type: (nullable): the media type, without parameters, in lower case
 * @body: the content, at most as long as the transport allows; never %NULL
 *
 * The answer to a request. A response that did not come is a GError.
 */
typedef struct
{
  guint status;
  LanyardParams *headers;
  char *content_type;
  LanyardSecret *body;
} LanyardResponse;

LanyardResponse *
lanyard_response_new (guint status, const char *content_type, const char *body, gssize length);
void lanyard_response_free (LanyardResponse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardResponse, lanyard_response_free)

G_END_DECLS
