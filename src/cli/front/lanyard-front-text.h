/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#define _(text) lanyard_front_translate (text)

/**
 * lanyard_front_translate:
 * @text: a text for the person
 *
 * Only here are languages looked for: that takes longer than an answer, and an answer needs none.
 *
 * Returns: @text in the language of the person
 */
const char *lanyard_front_translate (const char *text) __attribute__ ((format_arg (1)));

/**
 * lanyard_front_print_error:
 *
 * Prints what failed to standard error, as one line that begins with the name of the program.
 */
void lanyard_front_print_error (const char *format, ...) __attribute__ ((format (printf, 1, 2)));
