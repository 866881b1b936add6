/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>

/**
 * lanyard_front_find_cli:
 * @program: a program, as an absolute path
 * @path: (out): where the path goes
 * @size: the room that there is for it
 *
 * Finds the `lanyard-cli` that lies beside @program, as it does in the build folder. One in a
 * folder to which everybody may write is not taken: somebody else may have put it there.
 *
 * Returns: whether @path is to be tried; nothing says that it exists
 */
bool lanyard_front_find_cli (const char *program, char *path, size_t size);

/**
 * lanyard_front_run_cli:
 * @argv: the arguments, as this program has them
 *
 * Puts `lanyard-cli` in the place of this process, with the same arguments, environment and open
 * files: the one beside this program or, where there is none, the installed one.
 *
 * Returns: the exit code, only when it cannot be started; that was printed
 */
int lanyard_front_run_cli (char *argv[]);
