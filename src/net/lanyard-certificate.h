/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lanyard_certificate_describe:
 * @certificate: (nullable): the certificate of a server
 * @flags: what is wrong with it
 * @host: the server that was asked for, as the person knows it
 *
 * Says what is wrong with a certificate and what to do. Where several things are wrong, it names
 * the one that tells most: that the server is another one comes before a date.
 *
 * Returns: (transfer full): two sentences to show
 */
char *lanyard_certificate_describe (GTlsCertificate *certificate,
                                    GTlsCertificateFlags flags,
                                    const char *host);

/**
 * lanyard_certificate_dup_subject:
 *
 * Returns: (transfer full) (nullable): whom the certificate is for, to show: its host names, or
 *   else its subject; cut where it is long
 */
char *lanyard_certificate_dup_subject (GTlsCertificate *certificate);

/**
 * lanyard_certificate_dup_issuer:
 *
 * Returns: (transfer full) (nullable): who vouches for it, to show; cut where it is long
 */
char *lanyard_certificate_dup_issuer (GTlsCertificate *certificate);

/**
 * lanyard_certificate_dup_validity:
 *
 * Returns: (transfer full) (nullable): from when and until when it is valid, to show
 */
char *lanyard_certificate_dup_validity (GTlsCertificate *certificate);

G_END_DECLS
