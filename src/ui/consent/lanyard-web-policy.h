/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LanyardWebPolicy:
 * @LANYARD_WEB_POLICY_LOAD: the page may be loaded
 * @LANYARD_WEB_POLICY_REDIRECT: it is the answer to the attempt: it is not loaded, but the sign-in
 *   is over
 * @LANYARD_WEB_POLICY_IGNORE: nothing the person would miss: a part of a page that makes itself up
 * @LANYARD_WEB_POLICY_INSECURE: refused, since what is sent there could be read on the way
 * @LANYARD_WEB_POLICY_EXTERNAL: refused, since it would start another program or open a file
 *
 * What to do with an address that a page wants to go to.
 */
typedef enum
{
  LANYARD_WEB_POLICY_LOAD,
  LANYARD_WEB_POLICY_REDIRECT,
  LANYARD_WEB_POLICY_IGNORE,
  LANYARD_WEB_POLICY_INSECURE,
  LANYARD_WEB_POLICY_EXTERNAL,
} LanyardWebPolicy;

/**
 * lanyard_web_policy_decide:
 * @uri: where a page wants to go
 * @redirect_uri: the redirect URI of the attempt, compared as lanyard_uri_matches_redirect() does
 *
 * Decides before anything of the page is loaded, so that an answer with a code in it never reaches
 * a server that happens to listen at the redirect URI.
 */
LanyardWebPolicy lanyard_web_policy_decide (const char *uri, const char *redirect_uri);

/**
 * lanyard_web_policy_is_refusal:
 * @uri: the address of a page that was loaded
 *
 * Providers that take no sign-in from an embedded view (RFC 8252 section 8.12 asks them to) say so
 * on a page of their own. It is known by its address alone, since what a page says is never read.
 *
 * Returns: whether @uri is such a page
 */
gboolean lanyard_web_policy_is_refusal (const char *uri);

G_END_DECLS
