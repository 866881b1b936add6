/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-authorization.h"
#include "lanyard-provider.h"

G_BEGIN_DECLS

/**
 * lanyard_provider_writer_suggest_id:
 * @name: the name of a provider
 *
 * Returns: (transfer full): an id made of it, by which its file can be called; "provider" where
 * nothing is left of the name
 */
char *lanyard_provider_writer_suggest_id (const char *name);

/**
 * lanyard_provider_writer_make:
 * @provider: the provider of @authorization
 * @authorization: an authorization, saved or not
 * @id: the id of the new provider
 * @name: its name
 * @error: return location for %LANYARD_ERROR_INVALID, which says what no provider's file can hold
 *
 * Turns what was entered for a *Custom* provider into a provider of its own: the addresses, the
 * parameters and the scopes. What is the person's stays out: every secret, and what they are asked
 * for with each authorization, such as the client ID or the user name.
 *
 * Returns: (transfer full): the text of a provider's file, which the reader accepts, or %NULL
 */
char *lanyard_provider_writer_make (LanyardProvider *provider,
                                    LanyardAuthorization *authorization,
                                    const char *id,
                                    const char *name,
                                    GError **error);

/**
 * lanyard_provider_writer_save:
 * @directory: the folder of the person's own providers, made when it is not there
 * @id: the id of the provider
 * @text: the text of its file
 * @replace: whether a file of that id may be replaced, or a provider that comes with Lanyard
 * @error: return location for %LANYARD_ERROR_EXISTS, %LANYARD_ERROR_INVALID where @text is no
 * provider, %LANYARD_ERROR_FAILED
 *
 * Writes a provider's file, as a whole or not at all.
 *
 * Returns: (transfer full): the path of the file, or %NULL
 */
char *lanyard_provider_writer_save (const char *directory,
                                    const char *id,
                                    const char *text,
                                    gboolean replace,
                                    GError **error);

G_END_DECLS
