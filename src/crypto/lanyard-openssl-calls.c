/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-modules.h"
#include "lanyard-openssl-functions.h"

/* Those who call one of them have no way to go on without it, as if the library were not there. */
static const LanyardOpensslFunctions *
load (void)
{
  static const LanyardOpensslFunctions *functions;
  g_autoptr (GError) error = NULL;

  if (g_once_init_enter (&functions))
    {
      gpointer table = lanyard_modules_get_symbol ("openssl", "lanyard_openssl_functions", &error);

      if (table == NULL)
        g_error ("%s", error->message);
      g_once_init_leave (&functions, table);
    }

  return functions;
}

/* The functions as the headers say, which pass the call on. */
#define CALL(type, name, parameters, arguments) \
  type lanyard_##name parameters { return load ()->name arguments; }
LANYARD_OPENSSL_FUNCTIONS (CALL)
