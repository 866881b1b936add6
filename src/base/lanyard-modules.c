/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-modules.h"

#include "lanyard-error.h"

#include <dlfcn.h>
#include <gmodule.h>

#include <glib/gi18n-lib.h>

/* The modules lie where this library lies, installed or in the build folder. */
static char *
dup_module_path (const char *module)
{
  g_autofree char *directory = NULL;
  g_autofree char *name = g_strdup_printf ("liblanyard-%s.so", module);
  Dl_info info;

  if (dladdr ((void *)lanyard_modules_get_symbol, &info) == 0 || info.dli_fname == NULL)
    return g_steal_pointer (&name);

  directory = g_path_get_dirname (info.dli_fname);
  return g_build_filename (directory, name, NULL);
}

gpointer
lanyard_modules_get_symbol (const char *module, const char *symbol, GError **error)
{
  g_autofree char *path = dup_module_path (module);
  gpointer address;
  GModule *loaded;

  /* A registered type cannot go away again, so neither can its module: GModule counts one module
   * once. */
  loaded = g_module_open (path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  if (loaded == NULL || !g_module_symbol (loaded, symbol, &address))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED,
                   _ ("A part of Lanyard is missing or broken: %s"), g_module_error ());
      return NULL;
    }
  g_module_make_resident (loaded);

  return address;
}

GType
lanyard_modules_get_type (const char *module, const char *symbol, GError **error)
{
  GType (*get_type) (void) = lanyard_modules_get_symbol (module, symbol, error);

  return get_type != NULL ? get_type () : G_TYPE_INVALID;
}
