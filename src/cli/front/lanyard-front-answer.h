/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/**
 * lanyard_front_answer:
 * @argc: how many arguments there are
 * @argv: the arguments of the program
 *
 * Asks the service, where that is what the arguments ask for, and prints what it says.
 *
 * Returns: the exit code, or -1 when nothing was printed and `lanyard-cli` must do it
 */
int lanyard_front_answer (int argc, char *argv[]);
