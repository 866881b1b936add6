/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "lanyard-site.h"

G_BEGIN_DECLS

/**
 * LanyardSiteButton:
 *
 * Shows which server a page is from and how safe the connection is, by an icon and in words; opens
 * a popover that explains it, with the certificate.
 *
 * Property `site` (LanyardSite, nullable).
 */
#define LANYARD_TYPE_SITE_BUTTON (lanyard_site_button_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSiteButton, lanyard_site_button, LANYARD, SITE_BUTTON, AdwBin)

void lanyard_site_button_set_site (LanyardSiteButton *self, LanyardSite *site);

G_END_DECLS
