/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-status.h"

#include <glib/gi18n-lib.h>

static const char *const status_ids[] = {
  [LANYARD_STATUS_NEW] = "new",         [LANYARD_STATUS_AUTHORIZED] = "authorized",
  [LANYARD_STATUS_EXPIRED] = "expired", [LANYARD_STATUS_REFUSED] = "refused",
  [LANYARD_STATUS_REVOKED] = "revoked", [LANYARD_STATUS_INCOMPLETE] = "incomplete",
};

G_DEFINE_ENUM_TYPE (LanyardStatus,
                    lanyard_status,
                    G_DEFINE_ENUM_VALUE (LANYARD_STATUS_NEW, "new"),
                    G_DEFINE_ENUM_VALUE (LANYARD_STATUS_AUTHORIZED, "authorized"),
                    G_DEFINE_ENUM_VALUE (LANYARD_STATUS_EXPIRED, "expired"),
                    G_DEFINE_ENUM_VALUE (LANYARD_STATUS_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (LANYARD_STATUS_REVOKED, "revoked"),
                    G_DEFINE_ENUM_VALUE (LANYARD_STATUS_INCOMPLETE, "incomplete"))

const char *
lanyard_status_get_id (LanyardStatus status)
{
  g_return_val_if_fail ((guint)status < G_N_ELEMENTS (status_ids), NULL);

  return status_ids[status];
}

gboolean
lanyard_status_from_id (const char *id, LanyardStatus *status)
{
  g_return_val_if_fail (status != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (status_ids); i++)
    {
      if (g_strcmp0 (id, status_ids[i]) == 0)
        {
          *status = (LanyardStatus)i;
          return TRUE;
        }
    }

  return FALSE;
}

const char *
lanyard_status_get_label (LanyardStatus status)
{
  switch (status)
    {
    case LANYARD_STATUS_AUTHORIZED:
      return _ ("Authorized");
    case LANYARD_STATUS_EXPIRED:
    case LANYARD_STATUS_REFUSED:
    case LANYARD_STATUS_INCOMPLETE:
      /* Translators: the status of an authorization that worked once: its person must sign in at
       * the provider once more. */
      return _ ("Sign in again");
    case LANYARD_STATUS_NEW:
    case LANYARD_STATUS_REVOKED:
    default:
      return _ ("Not authorized");
    }
}
