/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes an authority and the certificates of make-certificates.sh in a folder of their own. */
void lanyard_test_certificates_make (void);
void lanyard_test_certificates_remove (void);

/* Returns: (transfer full): a certificate with its key: good, wrong-host, expired, not-yet,
 *   self-signed */
GTlsCertificate *lanyard_test_certificates_load (const char *name);

/* Returns: (transfer full): what trusts the authority and nothing else */
GTlsDatabase *lanyard_test_certificates_load_authority (void);

/* Returns: (transfer none): the file of the authority */
const char *lanyard_test_certificates_get_authority (void);

G_END_DECLS
