/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-site.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lanyard-uri.h"

struct _LanyardSite
{
  GObject parent_instance;

  /* Owned */
  char *host;
  GTlsCertificate *certificate;
  char *problem;

  LanyardSiteState state;
};

G_DEFINE_FINAL_TYPE (LanyardSite, lanyard_site, G_TYPE_OBJECT)

static const struct
{
  const char *icon_name;
  const char *label;
  const char *explanation;
} states[] = {
  [LANYARD_SITE_CONNECTING] = { "content-loading-symbolic", N_ ("Connecting…"),
                                N_ ("The page has not arrived yet.") },
  [LANYARD_SITE_SECURE] = { "channel-secure-symbolic", N_ ("Secure connection"),
                            N_ ("What you type here is encrypted on its way to this server, whose "
                                "certificate was checked. Make sure that it is the server you "
                                "expect.") },
  [LANYARD_SITE_MIXED] = { "channel-insecure-symbolic", N_ ("Not fully secure"),
                           N_ ("Parts of this page came over a connection that is not secure, and "
                               "may have been changed on the way. It is better not to sign in "
                               "here.") },
  [LANYARD_SITE_LOCAL] = { "computer-symbolic", N_ ("This computer"),
                           N_ ("This page comes from a program on this computer, and what you type "
                               "goes to that program alone.") },
  [LANYARD_SITE_UNTRUSTED] = { "channel-insecure-symbolic", N_ ("Not to be trusted"),
                               N_ ("The certificate of this server cannot be trusted. Nothing was "
                                   "loaded from it and nothing was sent to it.") },
  [LANYARD_SITE_UNREACHED] = { "network-error-symbolic", N_ ("Not reached"),
                               N_ ("Nothing was loaded from this server.") },
};

static void
lanyard_site_finalize (GObject *object)
{
  LanyardSite *self = LANYARD_SITE (object);

  g_free (self->host);
  g_clear_object (&self->certificate);
  g_free (self->problem);

  G_OBJECT_CLASS (lanyard_site_parent_class)->finalize (object);
}

static void
lanyard_site_class_init (LanyardSiteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_site_finalize;
}

static void
lanyard_site_init (LanyardSite *self)
{
}

/* The state says whether it is http or https, so the scheme would only take room. */
static char *
dup_host (const char *uri)
{
  g_autofree char *origin = lanyard_uri_dup_origin (uri);
  const char *slashes = origin != NULL ? strstr (origin, "://") : NULL;

  if (slashes != NULL && slashes[strlen ("://")] != '\0')
    return g_strdup (slashes + strlen ("://"));
  return g_strdup (origin != NULL ? origin : "…");
}

LanyardSite *
lanyard_site_new (LanyardSiteState state,
                  const char *uri,
                  GTlsCertificate *certificate,
                  const char *problem)
{
  LanyardSite *self;

  g_return_val_if_fail (uri != NULL, NULL);
  g_return_val_if_fail (certificate == NULL || G_IS_TLS_CERTIFICATE (certificate), NULL);

  self = g_object_new (LANYARD_TYPE_SITE, NULL);
  self->state = state;
  self->host = dup_host (uri);
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->problem = g_strdup (problem);
  return self;
}

LanyardSiteState
lanyard_site_get_state (LanyardSite *self)
{
  g_return_val_if_fail (LANYARD_IS_SITE (self), LANYARD_SITE_UNREACHED);

  return self->state;
}

const char *
lanyard_site_get_host (LanyardSite *self)
{
  g_return_val_if_fail (LANYARD_IS_SITE (self), NULL);

  return self->host;
}

GTlsCertificate *
lanyard_site_get_certificate (LanyardSite *self)
{
  g_return_val_if_fail (LANYARD_IS_SITE (self), NULL);

  return self->certificate;
}

const char *
lanyard_site_get_label (LanyardSite *self)
{
  g_return_val_if_fail (LANYARD_IS_SITE (self), NULL);

  return _ (states[self->state].label);
}

const char *
lanyard_site_get_explanation (LanyardSite *self)
{
  g_return_val_if_fail (LANYARD_IS_SITE (self), NULL);

  return self->problem != NULL ? self->problem : _ (states[self->state].explanation);
}

const char *
lanyard_site_get_icon_name (LanyardSite *self)
{
  g_return_val_if_fail (LANYARD_IS_SITE (self), NULL);

  return states[self->state].icon_name;
}
