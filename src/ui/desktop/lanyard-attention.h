/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-authorization.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lanyard_attention_notify:
 * @application: who notifies; it has the actions `open-authorization` and `authorize`
 * @authorization: what needs the person
 * @provider_name: (nullable): whose service it is for
 *
 * Tells the person, in the desktop's notifications, that she must sign in again. A notification
 * that is there already is replaced.
 */
void lanyard_attention_notify (GApplication *application,
                               LanyardAuthorization *authorization,
                               const char *provider_name);

/**
 * lanyard_attention_withdraw:
 * @id: the id of an authorization
 *
 * Takes the notification back, if there is one.
 */
void lanyard_attention_withdraw (GApplication *application, const char *id);

G_END_DECLS
