/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What describes a sandbox is at most so large, in bytes. */
#define LANYARD_SANDBOX_MAX_INFO (64 * 1024)

/**
 * lanyard_sandbox_set_unknown_error:
 *
 * Sets what a program is told that cannot be identified: no answer of the person, so it may try
 * what it can do by itself.
 */
void lanyard_sandbox_set_unknown_error (GError **error);

/**
 * lanyard_sandbox_parse_info:
 * @data: (array length=length): the `.flatpak-info` of a sandbox
 * @instance_id: (out): the number under which the sandbox runs
 *
 * Reads which app a Flatpak sandbox belongs to. Nothing that is not exactly what Flatpak writes is
 * taken for an app.
 *
 * Returns: (transfer full): the id of the app; or %NULL with %LANYARD_BUS_ERROR_UNKNOWN_CALLER
 */
char *
lanyard_sandbox_parse_info (const char *data, gsize length, char **instance_id, GError **error);

/**
 * lanyard_sandbox_parse_label:
 * @label: (nullable): the label that the kernel's security module gives a process, as AppArmor has
 * it
 *
 * Returns: (transfer full) (nullable): `snap.NAME` for a Snap; %NULL for what is none
 */
char *lanyard_sandbox_parse_label (const char *label);

/**
 * lanyard_sandbox_identify:
 * @process_fd: the folder of a process in `/proc`, opened once: what is read through it is never of
 * another process that has got the same number
 * @label: (nullable): its security label, as the bus knows it
 * @app_id: (out) (nullable): the app that it belongs to; %NULL when it is not in a sandbox
 *
 * Finds out by the kernel's word which app a process belongs to: by the file that Flatpak puts at
 * the root of each of its sandboxes and keeps a copy of outside, by the label of a Snap. What is in
 * no sandbox that is known, but sees another system than this program does, stays unknown.
 *
 * Returns: whether it could be found out; %LANYARD_BUS_ERROR_UNKNOWN_CALLER when it could not
 */
gboolean
lanyard_sandbox_identify (int process_fd, const char *label, char **app_id, GError **error);

G_END_DECLS
