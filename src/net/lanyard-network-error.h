/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lanyard_network_error_new:
 * @cause: what GIO, or a library on top of it, said
 * @uri: the address that was asked
 *
 * Says in the person's words why a server could not be reached, and names its host: an unknown
 * name, no route, a refused or lost connection, a time-out, a proxy, a TLS handshake.
 *
 * Returns: (transfer full): %LANYARD_ERROR_NETWORK or %LANYARD_ERROR_TLS; that something was
 *   cancelled stays as it is
 */
GError *lanyard_network_error_new (const GError *cause, const char *uri);

/**
 * lanyard_network_error_new_timeout:
 * @uri: the address that was asked
 *
 * Returns: (transfer full): %LANYARD_ERROR_NETWORK for a server that took too long
 */
GError *lanyard_network_error_new_timeout (const char *uri);

/**
 * lanyard_network_error_new_certificate:
 * @certificate: (nullable): the certificate of the server
 * @flags: what is wrong with it
 * @uri: the address that was asked
 *
 * Returns: (transfer full): %LANYARD_ERROR_TLS that names the host and what is wrong, as
 *   lanyard_certificate_describe() puts it
 */
GError *lanyard_network_error_new_certificate (GTlsCertificate *certificate,
                                               GTlsCertificateFlags flags,
                                               const char *uri);

G_END_DECLS
