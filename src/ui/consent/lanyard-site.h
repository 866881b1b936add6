/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LanyardSiteState:
 * @LANYARD_SITE_CONNECTING: nothing has come yet
 * @LANYARD_SITE_SECURE: https with a certificate that was checked
 * @LANYARD_SITE_MIXED: https, but parts of the page came over a connection that is not secure
 * @LANYARD_SITE_LOCAL: a server on this computer
 * @LANYARD_SITE_UNTRUSTED: the certificate is not to be trusted, so nothing was loaded
 * @LANYARD_SITE_UNREACHED: nothing came
 *
 * How safe the connection is to what the person sees.
 */
typedef enum
{
  LANYARD_SITE_CONNECTING,
  LANYARD_SITE_SECURE,
  LANYARD_SITE_MIXED,
  LANYARD_SITE_LOCAL,
  LANYARD_SITE_UNTRUSTED,
  LANYARD_SITE_UNREACHED,
} LanyardSiteState;

/**
 * LanyardSite:
 *
 * Where a page comes from, and how safely: what the person is shown about it. Does not change.
 */
#define LANYARD_TYPE_SITE (lanyard_site_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSite, lanyard_site, LANYARD, SITE, GObject)

/**
 * lanyard_site_new:
 * @state: how safe the connection is
 * @uri: the address of the page
 * @certificate: (nullable): the certificate of the server
 * @problem: (nullable): what is wrong, in a sentence or two
 */
LanyardSite *lanyard_site_new (LanyardSiteState state,
                               const char *uri,
                               GTlsCertificate *certificate,
                               const char *problem);

LanyardSiteState lanyard_site_get_state (LanyardSite *self);

/* Returns: the host, with its port where it has one: `login.example`, `127.0.0.1:8401` */
const char *lanyard_site_get_host (LanyardSite *self);

/* Returns: (nullable): the certificate */
GTlsCertificate *lanyard_site_get_certificate (LanyardSite *self);

/* Returns: the state in a few words, as a label beside the icon */
const char *lanyard_site_get_label (LanyardSite *self);

/* Returns: the state in a sentence or two */
const char *lanyard_site_get_explanation (LanyardSite *self);

/* Returns: the name of an icon for the state */
const char *lanyard_site_get_icon_name (LanyardSite *self);

G_END_DECLS
