/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-sign-in.h"

#include "lanyard-error.h"

void
lanyard_sign_in_async (GtkWindow *parent,
                       LanyardManager *manager,
                       LanyardAuthorization *draft,
                       LanyardCredentials *credentials,
                       LanyardSignInWay way,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_task_report_new_error (parent, callback, user_data, lanyard_sign_in_async, LANYARD_ERROR,
                           LANYARD_ERROR_CANCELLED, "Cancelled");
}

gboolean
lanyard_sign_in_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
