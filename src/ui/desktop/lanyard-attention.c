/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-attention.h"

#include <glib/gi18n.h>

static char *
dup_notification_id (const char *id)
{
  return g_strconcat ("authorization-", id, NULL);
}

static char *
dup_body (const char *provider_name)
{
  if (provider_name == NULL)
    return g_strdup (_ ("Its server no longer accepts it. Sign in again, so that your programs can "
                        "go on."));
  /* Translators: a provider */
  return g_strdup_printf (
    _ ("%s no longer accepts it. Sign in again, so that your programs can go on."), provider_name);
}

void
lanyard_attention_notify (GApplication *application,
                          LanyardAuthorization *authorization,
                          const char *provider_name)
{
  const char *id = lanyard_authorization_get_id (authorization);
  g_autofree char *notification_id = dup_notification_id (id);
  /* Translators: the name of an authorization */
  g_autofree char *title =
    g_strdup_printf (_ ("“%s” needs you"), lanyard_authorization_get_name (authorization));
  g_autofree char *body = dup_body (provider_name);
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.open-authorization", "s", id);
  g_notification_add_button_with_target (notification, _ ("Authorize"), "app.authorize", "s", id);
  g_application_send_notification (application, notification_id, notification);
}

void
lanyard_attention_withdraw (GApplication *application, const char *id)
{
  g_autofree char *notification_id = dup_notification_id (id);

  g_application_withdraw_notification (application, notification_id);
}
