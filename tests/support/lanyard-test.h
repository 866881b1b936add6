/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * lanyard_test_init:
 *
 * Calls g_test_init() and gives the program folders of its own: `HOME` and the XDG folders are in
 * one that lanyard_test_run() removes. (%G_TEST_OPTION_ISOLATE_DIRS does the same for each case,
 * but leaks, which the sanitizers take for ours.)
 */
void lanyard_test_init (int *argc, char ***argv);

/**
 * lanyard_test_run:
 *
 * Calls g_test_run() and removes the program's folders.
 */
int lanyard_test_run (void);

/**
 * lanyard_test_make_folder:
 *
 * Returns: (transfer full): a new, empty folder among those of the program
 */
char *lanyard_test_make_folder (void);

/**
 * lanyard_test_remove_folder:
 *
 * Removes a folder with everything in it, or a file.
 */
void lanyard_test_remove_folder (const char *path);

/**
 * lanyard_test_take_result_cb:
 * @user_data: a `GAsyncResult *`, %NULL at first
 *
 * A callback that keeps the result, for lanyard_test_wait_for().
 */
void lanyard_test_take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);

/**
 * lanyard_test_wait_for:
 * @result: what lanyard_test_take_result_cb() writes to
 *
 * Runs the main loop until the result is there; it is an error when that takes a minute.
 *
 * Returns: (transfer none): the result
 */
GAsyncResult *lanyard_test_wait_for (GAsyncResult **result);

G_END_DECLS
