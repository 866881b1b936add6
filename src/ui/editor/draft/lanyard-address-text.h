/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_address_text_tidy:
 * @text: an address as a person types or pastes it
 *
 * Completes an address that begins with its host, drops the spaces around it, writes scheme and
 * host in small letters and leaves out the default port, a lone slash at the end and the fragment.
 * What is no address, or has `{names}` in it, stays as it is.
 *
 * Returns: (transfer full): the address as it is kept
 */
char *lanyard_address_text_tidy (const char *text);

G_END_DECLS
