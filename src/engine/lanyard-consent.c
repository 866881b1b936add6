/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-consent.h"

G_DEFINE_INTERFACE (LanyardConsent, lanyard_consent, G_TYPE_OBJECT)

static guint status_signal;

static void
lanyard_consent_default_init (LanyardConsentInterface *iface)
{
  status_signal = g_signal_new ("status", LANYARD_TYPE_CONSENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

gboolean
lanyard_consent_shows_codes (LanyardConsent *self)
{
  g_return_val_if_fail (LANYARD_IS_CONSENT (self), FALSE);

  return LANYARD_CONSENT_GET_IFACE (self)->show_code != NULL;
}

void
lanyard_consent_show_code (LanyardConsent *self, const LanyardConsentCode *code)
{
  g_return_if_fail (lanyard_consent_shows_codes (self));
  g_return_if_fail (code != NULL);

  LANYARD_CONSENT_GET_IFACE (self)->show_code (self, code);
}

void
lanyard_consent_prepare_async (LanyardConsent *self,
                               const char *redirect_uri,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_CONSENT (self));
  g_return_if_fail (redirect_uri != NULL);

  LANYARD_CONSENT_GET_IFACE (self)->prepare_async (self, redirect_uri, cancellable, callback,
                                                   user_data);
}

char *
lanyard_consent_prepare_finish (LanyardConsent *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_CONSENT (self), NULL);

  return LANYARD_CONSENT_GET_IFACE (self)->prepare_finish (self, result, error);
}

void
lanyard_consent_run_async (LanyardConsent *self,
                           const LanyardConsentRequest *request,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_CONSENT (self));
  g_return_if_fail (request != NULL);

  LANYARD_CONSENT_GET_IFACE (self)->run_async (self, request, cancellable, callback, user_data);
}

char *
lanyard_consent_run_finish (LanyardConsent *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LANYARD_IS_CONSENT (self), NULL);

  return LANYARD_CONSENT_GET_IFACE (self)->run_finish (self, result, error);
}

void
lanyard_consent_report (LanyardConsent *self, const char *status)
{
  g_return_if_fail (LANYARD_IS_CONSENT (self));

  g_signal_emit (self, status_signal, 0, status);
}
