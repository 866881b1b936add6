/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-manager.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LanyardSignInWay:
 * @LANYARD_SIGN_IN_DEFAULT: with a code where there is no other way, the browser where the provider
 * refuses embedded views or the person went over to it for this provider before, else what the
 * preferences say
 * @LANYARD_SIGN_IN_EMBEDDED: a window of ours with the provider's page in it
 * @LANYARD_SIGN_IN_BROWSER: the person's own browser
 * @LANYARD_SIGN_IN_CODE: whatever device, on which the person enters a code; taken in place of the
 * others where there is no other way
 *
 * Where the person signs in.
 */
typedef enum
{
  LANYARD_SIGN_IN_DEFAULT,
  LANYARD_SIGN_IN_EMBEDDED,
  LANYARD_SIGN_IN_BROWSER,
  LANYARD_SIGN_IN_CODE,
} LanyardSignInWay;

/**
 * lanyard_sign_in_choose_way:
 *
 * Returns: the way that %LANYARD_SIGN_IN_DEFAULT takes for @authorization
 */
LanyardSignInWay lanyard_sign_in_choose_way (LanyardManager *manager,
                                             LanyardAuthorization *authorization);

/**
 * lanyard_sign_in_is_offered:
 *
 * Returns: whether there is something to sign in to, or to fetch, for @authorization as it is
 * saved. The keyring is not asked: what was authorized by being saved, without any sign-in, is one
 * whose credentials are made here.
 */
gboolean lanyard_sign_in_is_offered (LanyardManager *manager, LanyardAuthorization *authorization);

/**
 * lanyard_sign_in_async:
 * @parent: (nullable): the window that the sign-in belongs to
 * @manager: the manager
 * @draft: the authorization, new or a copy of a saved one
 * @credentials: (nullable): what the person entered; %NULL takes those in the keyring
 * @way: where to sign in
 * @cancellable: (nullable): stops it, and closes its windows
 *
 * Lets the person sign in by lanyard_manager_authorize_async(), in the embedded view or in the
 * browser, and goes on in the browser when the person asks for that, or when there is no embedded
 * view to be had. A way that the person chose herself is remembered for the provider, in the
 * setting `browser-providers`, or as long as the program runs where there is no such setting. While
 * the browser is used, a small window says so, opens it again and cancels.
 */
void lanyard_sign_in_async (GtkWindow *parent,
                            LanyardManager *manager,
                            LanyardAuthorization *draft,
                            LanyardCredentials *credentials,
                            LanyardSignInWay way,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/**
 * lanyard_sign_in_finish:
 *
 * Returns: whether @draft is authorized and saved; else what lanyard_manager_authorize_finish()
 * says, %LANYARD_ERROR_CANCELLED when the person stopped it
 */
gboolean lanyard_sign_in_finish (GAsyncResult *result, GError **error);

G_END_DECLS
