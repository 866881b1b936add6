/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-credentials.h"

G_BEGIN_DECLS

/**
 * lanyard_redaction_holds_secret:
 * @credentials: what must not be shown
 * @text: words of a server
 *
 * Servers quote what they were sent, also the way they were sent it: as it is, form-encoded, or in
 * base64 as part of an `Authorization` field.
 *
 * Returns: whether @text holds one of @credentials, so that it must not be shown
 */
gboolean lanyard_redaction_holds_secret (LanyardCredentials *credentials, const char *text);

G_END_DECLS
