/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-sandboxed-app.h"

#include <gio/gdesktopappinfo.h>
#include <string.h>

#define SNAP_PREFIX "snap."

/* A snap's desktop files begin with its name and an underscore; that of its main program, which is
 * mostly named like it, is the one that the person knows. */
static char *
dup_desktop_id (const char *app_id)
{
  const char *snap;

  if (!g_str_has_prefix (app_id, SNAP_PREFIX))
    return g_strconcat (app_id, ".desktop", NULL);

  snap = app_id + strlen (SNAP_PREFIX);
  return g_strdup_printf ("%s_%s.desktop", snap, snap);
}

GAppInfo *
lanyard_sandboxed_app_find_info (const char *app_id)
{
  g_autofree char *desktop_id = NULL;
  GDesktopAppInfo *info;

  g_return_val_if_fail (app_id != NULL, NULL);

  desktop_id = dup_desktop_id (app_id);
  info = g_desktop_app_info_new (desktop_id);
  return info != NULL ? G_APP_INFO (info) : NULL;
}

char *
lanyard_sandboxed_app_dup_name (const char *app_id)
{
  g_autoptr (GAppInfo) info = NULL;

  g_return_val_if_fail (app_id != NULL, NULL);

  info = lanyard_sandboxed_app_find_info (app_id);
  return g_strdup (info != NULL ? g_app_info_get_display_name (info) : app_id);
}
