/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "token-case.h"

#include <jwt.h>
#include <stdlib.h>

void
libjwt_sign (gpointer data)
{
  TokenCase *self = data;
  jwt_t *jwt = NULL;

  jwt_new (&jwt);
  jwt_add_grant (jwt, "sub", "ada");
  jwt_set_alg (jwt, jwt_str_alg (self->algorithm), (const guchar *)lanyard_secret_get (self->text),
               (int)lanyard_secret_get_length (self->text));
  free (jwt_encode_str (jwt));
  jwt_free (jwt);
}

void
libjwt_verify (gpointer data)
{
  TokenCase *self = data;
  jwt_t *jwt = NULL;

  g_assert_cmpint (jwt_decode (&jwt, self->token,
                               (const guchar *)lanyard_secret_get (self->public_text),
                               (int)lanyard_secret_get_length (self->public_text)),
                   ==, 0);
  jwt_free (jwt);
}
