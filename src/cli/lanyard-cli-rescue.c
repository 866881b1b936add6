/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-rescue.h"

#include "lanyard-cli.h"

#include <glib/gi18n.h>

/* For so many microseconds it is tried, at this distance. */
#define PATIENCE (5 * G_USEC_PER_SEC)
#define PAUSE (G_USEC_PER_SEC / 4)

static void
wait_for_renewals (LanyardManager *manager)
{
  while (lanyard_manager_is_renewing (manager))
    g_main_context_iteration (NULL, TRUE);
}

gboolean
lanyard_cli_rescue (LanyardManager *manager)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  g_auto (GStrv) before = NULL;
  g_auto (GStrv) after = NULL;

  g_return_val_if_fail (LANYARD_IS_MANAGER (manager), FALSE);

  wait_for_renewals (manager);
  before = lanyard_manager_dup_unsaved_names (manager);
  while (lanyard_manager_has_unsaved (manager) && g_get_monotonic_time () < end)
    {
      wait_for_renewals (manager);
      g_usleep (PAUSE);
    }
  wait_for_renewals (manager);

  after = lanyard_manager_dup_unsaved_names (manager);
  for (char **name = before; *name != NULL; name++)
    if (g_strv_contains ((const char *const *)after, *name))
      lanyard_cli_note (
        _ ("lanyard: %s: the provider renewed the token, but the keyring did not take it, and it "
           "is lost now. Unlock the keyring and try again; if the provider refuses then, sign in "
           "again with “lanyard authorize”"),
        *name);
    else
      lanyard_cli_note (_ ("lanyard: %s: the renewed token is in the keyring now; try again"),
                        *name);
  return *after == NULL;
}
