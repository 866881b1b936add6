/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the provider's data makes needless. */

#include "config.h"

#include "lanyard-draft-private.h"

/* A token that is signed here takes no login, and one that a login is answered with takes no key.
 */
static gboolean
is_of_other_way (LanyardMethod *method, const LanyardField *field)
{
  if (g_str_equal (field->name, "username") || g_str_equal (field->name, "password"))
    return lanyard_method_get_string (method, "alg") != NULL;

  return g_str_has_prefix (field->name, "signing_key") &&
         lanyard_method_get_object (method, "token") != NULL;
}

gboolean
lanyard_draft_is_needless (LanyardDraft *self, const LanyardField *field)
{
  LanyardMethod *method;
  g_autofree char *given = NULL;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), FALSE);
  g_return_val_if_fail (field != NULL, FALSE);

  method = lanyard_draft_get_method (self);
  /* Nobody but the person knows what these take. */
  if (method == NULL || lanyard_provider_is_custom (self->provider) ||
      lanyard_method_get_string (method, "issuer") != NULL)
    return FALSE;

  if (is_of_other_way (method, field))
    return TRUE;
  if ((field->flags & LANYARD_FIELD_PROVIDER) == 0)
    return FALSE;
  given = lanyard_draft_dup_given (self, field);
  return given == NULL || *given == '\0';
}
