/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * LanyardOAuth1Param:
 * @name: the name of a protocol parameter, in which nothing needs an escape: `oauth_nonce`
 * @value: its value, not escaped
 * @is_plain: whether nothing in @value needs an escape
 */
typedef struct
{
  const char *name;
  const char *value;
  gsize name_length;
  gsize value_length;
  gboolean is_plain;
} LanyardOAuth1Param;

void lanyard_oauth1_param_init (LanyardOAuth1Param *self, const char *name, const char *value);

/**
 * LanyardOAuth1Origin:
 *
 * Scheme, host and port of the address that was signed last, and what is signed of them. Reading
 * them takes as long as half a signature, and who signs mostly talks to one server. All zeros is
 * none yet.
 */
typedef struct
{
  /*< private >*/
  char *text;
  char *escaped;
} LanyardOAuth1Origin;

void lanyard_oauth1_origin_clear (LanyardOAuth1Origin *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardOAuth1Origin, lanyard_oauth1_origin_clear)

/**
 * lanyard_oauth1_base_string_dup:
 * @request: the request; its query and, when it is a form, its body belong to what is signed
 * @oauth: (array length=n_oauth): the protocol parameters, without `realm` and `oauth_signature`,
 * which are not signed
 * @origin: the origin of the request before, which becomes that of this one
 * @error: return location for %LANYARD_ERROR_INVALID: the address or the form cannot be read, or
 * has a protocol parameter already (RFC 5849 section 3.1)
 *
 * Returns: (transfer full): the signature base string (RFC 5849 section 3.4.1), or %NULL
 */
char *lanyard_oauth1_base_string_dup (const LanyardRequest *request,
                                      const LanyardOAuth1Param *oauth,
                                      guint n_oauth,
                                      LanyardOAuth1Origin *origin,
                                      GError **error);

G_END_DECLS
