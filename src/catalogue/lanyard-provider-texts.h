/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-provider.h"

G_BEGIN_DECLS

/**
 * lanyard_provider_texts_append:
 * @list: where they are added
 * @file: the name of the provider's file, as it is to stand in the translations
 * @text: what the file holds
 * @length: its length in bytes
 *
 * Adds the texts for people of a provider, as lines of C with N_() and the places that they come
 * from, because xgettext reads no provider's file: a part of the build.
 */
void lanyard_provider_texts_append (GString *list,
                                    LanyardProvider *provider,
                                    const char *file,
                                    const char *text,
                                    gsize length);

G_END_DECLS
