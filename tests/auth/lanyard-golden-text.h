/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * LanyardGoldenText:
 *
 * Requests as text that a person can compare: one parameter a line, decoded, and with names in the
 * places of what is different each time.
 */
typedef struct
{
  /* Owned */
  GString *text;
  LanyardParams *masks;
} LanyardGoldenText;

LanyardGoldenText *lanyard_golden_text_new (void);
void lanyard_golden_text_free (LanyardGoldenText *self);

/**
 * lanyard_golden_text_mask:
 * @value: (nullable): a value that is different each time
 * @name: what stands in its place from now on
 */
void lanyard_golden_text_mask (LanyardGoldenText *self, const char *value, const char *name);

/**
 * lanyard_golden_text_add_line:
 *
 * Adds a line that is no part of a request.
 */
void lanyard_golden_text_add_line (LanyardGoldenText *self, const char *line);

/**
 * lanyard_golden_text_add_uri:
 * @title: what it is: `authorize`
 * @uri: an address with its parameters
 */
void lanyard_golden_text_add_uri (LanyardGoldenText *self, const char *title, const char *uri);

/**
 * lanyard_golden_text_add_request:
 * @title: what it is: `token`
 */
void lanyard_golden_text_add_request (LanyardGoldenText *self,
                                      const char *title,
                                      const LanyardRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardGoldenText, lanyard_golden_text_free)

G_END_DECLS
