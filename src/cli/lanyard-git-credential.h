/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-request.h"

G_BEGIN_DECLS

/* git asks at most so much, in bytes. */
#define LANYARD_GIT_CREDENTIAL_MAX_SIZE (64 * 1024)

/**
 * LanyardGitCredential:
 * @uri: where git wants to go: `https://example.org/path`
 * @username: (nullable): the user name that git knows already
 * @secret: (nullable): of `store` and `erase`: what was used, a password or the credential of
 *   another scheme
 * @can_authtype: whether git can send another scheme than Basic
 * @wants_bearer: whether the server asked for Bearer and not for Basic
 *
 * What git asks (gitcredentials, git-credential).
 */
typedef struct
{
  char *uri;
  char *username;
  LanyardSecret *secret;
  gboolean can_authtype;
  gboolean wants_bearer;
} LanyardGitCredential;

/**
 * lanyard_git_credential_parse:
 * @text: what git wrote: lines of `name=value`
 * @error: return location for %LANYARD_ERROR_INVALID: what is no such line, or has a carriage
 * return or NUL in it
 *
 * Returns: (transfer full): what it asks, or %NULL. `uri` is %NULL for an address that credentials
 *   may not be sent to.
 */
LanyardGitCredential *lanyard_git_credential_parse (LanyardSecret *text, GError **error);
void lanyard_git_credential_free (LanyardGitCredential *self);

/**
 * lanyard_git_credential_matches_host:
 * @hosts: (nullable): host names
 *
 * Returns: whether git wants to go to one of @hosts, at the default port of https
 */
gboolean lanyard_git_credential_matches_host (const LanyardGitCredential *self, char **hosts);

/**
 * lanyard_git_credential_dup_answer:
 * @request: a request to that address with its credentials
 * @username: the user name that goes with a token
 * @expires_at: when the credentials expire, in seconds since 1970; 0 when that is not known
 *
 * Returns: (transfer full) (nullable): what git is told; %NULL when the credentials are in no
 *   Authorization header, or would break the lines
 */
LanyardSecret *lanyard_git_credential_dup_answer (const LanyardGitCredential *self,
                                                  const LanyardRequest *request,
                                                  const char *username,
                                                  gint64 expires_at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardGitCredential, lanyard_git_credential_free)

G_END_DECLS
