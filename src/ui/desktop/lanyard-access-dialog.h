/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-authorization.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The responses of the dialog, which are what the service is answered. */
#define LANYARD_ACCESS_ONCE "once"
#define LANYARD_ACCESS_ALWAYS "always"
#define LANYARD_ACCESS_NO "no"
#define LANYARD_ACCESS_DISMISSED "dismissed"

/**
 * lanyard_access_dialog_new:
 * @app_id: the sandboxed app that asks, as the kernel knows it
 * @authorization: what it asks for
 * @provider_name: (nullable): whose service that is
 *
 * Makes the question whether an app may use an authorization. It names the app by its id too, which
 * it did not choose itself, and takes a yes only a moment after it came up: the key that the person
 * was about to press in another window is no answer.
 *
 * Returns: (transfer floating): the dialog; closing it is %LANYARD_ACCESS_DISMISSED
 */
GtkWidget *lanyard_access_dialog_new (const char *app_id,
                                      LanyardAuthorization *authorization,
                                      const char *provider_name);

G_END_DECLS
