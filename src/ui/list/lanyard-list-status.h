/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-list-entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LanyardListStatus:
 *
 * The status of an authorization as a pill with the reason below it, or behind it where it is
 * allocated no height for two lines; and what is being done, with a spinner, in place of the
 * reason.
 */
#define LANYARD_TYPE_LIST_STATUS (lanyard_list_status_get_type ())
G_DECLARE_FINAL_TYPE (LanyardListStatus, lanyard_list_status, LANYARD, LIST_STATUS, GtkWidget)

GtkWidget *lanyard_list_status_new (void);

/**
 * lanyard_list_status_show:
 * @entry: what to show, as it is now
 * @keyring_error: (nullable): why the keyring cannot be used, if it cannot
 */
void lanyard_list_status_show (LanyardListStatus *self,
                               LanyardListEntry *entry,
                               const GError *keyring_error);

/* What is shown, for the accessible name of the row. */
const char *lanyard_list_status_get_label (LanyardListStatus *self);
const char *lanyard_list_status_get_reason (LanyardListStatus *self);

/**
 * lanyard_list_status_measure_line:
 *
 * Returns: the height of the pill alone
 */
int lanyard_list_status_measure_line (LanyardListStatus *self);

G_END_DECLS
