/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LanyardLoopbackListener:
 *
 * Listens on the loopback interface for one redirect (RFC 8252 section 7.3), with a socket of its
 * own that nobody else can share (appendix B.5), and only as long as it exists. The page that it
 * answers with has no link, no script, no external resource and cannot be framed.
 */
#define LANYARD_TYPE_LOOPBACK_LISTENER (lanyard_loopback_listener_get_type ())
G_DECLARE_FINAL_TYPE (LanyardLoopbackListener,
                      lanyard_loopback_listener,
                      LANYARD,
                      LOOPBACK_LISTENER,
                      GObject)

/**
 * lanyard_loopback_listener_new:
 * @redirect_uri: a loopback redirect URI; without a port a free one is taken
 * @error: return location for %LANYARD_ERROR_INVALID, %LANYARD_ERROR_NETWORK (the port is taken)
 */
LanyardLoopbackListener *lanyard_loopback_listener_new (const char *redirect_uri, GError **error);

/* The redirect URI with its port. */
const char *lanyard_loopback_listener_get_redirect_uri (LanyardLoopbackListener *self);

/**
 * lanyard_loopback_listener_wait_async:
 *
 * Waits for a request to exactly the redirect URI; any other is answered with 404 and passed over.
 */
void lanyard_loopback_listener_wait_async (LanyardLoopbackListener *self,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
char *lanyard_loopback_listener_wait_finish (LanyardLoopbackListener *self,
                                             GAsyncResult *result,
                                             GError **error);

G_END_DECLS
