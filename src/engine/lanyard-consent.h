/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LanyardConsent:
 *
 * A way to ask a person for consent at a provider: the embedded web view, the system's browser with
 * a loopback listener, a terminal, the robot of the tests. One object serves one attempt. Either it
 * brings back a redirect: then `prepare` and `run` are required and asynchronous; each fails with
 * %LANYARD_ERROR_CANCELLED when the person stopped it, %G_IO_ERROR_CANCELLED when the program did.
 * Or it shows a code that the person enters on whatever device: then `show_code` is required and
 * takes no time, it is never asked for a redirect, and the person stops by the cancellable of
 * whoever began.
 *
 * Signal `status` (const char *): where it stands, for the person ("Waiting for the browser…");
 * optional.
 */
#define LANYARD_TYPE_CONSENT (lanyard_consent_get_type ())
G_DECLARE_INTERFACE (LanyardConsent, lanyard_consent, LANYARD, CONSENT, GObject)

/**
 * LanyardConsentRequest:
 * @name: the name of the authorization
 * @provider: the name of the provider
 * @uri: the address to show
 * @redirect_uri: (nullable): the redirect URI that ends it, matched by
 * lanyard_uri_matches_redirect(); %NULL where the page shows a code at its end, which the person
 * types in (RFC 5849 section 2.1, `oob`)
 */
typedef struct
{
  const char *name;
  const char *provider;
  const char *uri;
  const char *redirect_uri;
} LanyardConsentRequest;

/**
 * LanyardConsentCode:
 * @name: the name of the authorization
 * @provider: the name of the provider
 * @user_code: the code to enter
 * @uri: where; always to be shown as text, too (RFC 8628 section 3.3)
 * @uri_complete: (nullable): the same with the code in it, which is to be shown all the same, so
 * that the person can compare (section 3.3.1)
 * @expires_at: until when the code is good, in seconds since 1970
 */
typedef struct
{
  const char *name;
  const char *provider;
  const char *user_code;
  const char *uri;
  const char *uri_complete;
  gint64 expires_at;
} LanyardConsentCode;

struct _LanyardConsentInterface
{
  GTypeInterface parent_iface;

  void (*prepare_async) (LanyardConsent *self,
                         const char *redirect_uri,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  char *(*prepare_finish) (LanyardConsent *self, GAsyncResult *result, GError **error);
  void (*run_async) (LanyardConsent *self,
                     const LanyardConsentRequest *request,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
  char *(*run_finish) (LanyardConsent *self, GAsyncResult *result, GError **error);
  void (*show_code) (LanyardConsent *self, const LanyardConsentCode *code);
};

/**
 * lanyard_consent_shows_codes:
 *
 * Returns: whether it shows a code and brings back no redirect
 */
gboolean lanyard_consent_shows_codes (LanyardConsent *self);

/**
 * lanyard_consent_show_code:
 * @code: (transfer none): what to show; copied where it is needed longer
 *
 * Shows a code; only for one for which lanyard_consent_shows_codes() holds. It stays until the
 * attempt is over, which whoever made the consent knows.
 */
void lanyard_consent_show_code (LanyardConsent *self, const LanyardConsentCode *code);

/**
 * lanyard_consent_prepare_async:
 * @redirect_uri: the redirect URI that the person registered; a loopback one without a port leaves
 * the choice (RFC 8252 section 7.3)
 *
 * Gets ready to catch the redirect, for instance by listening.
 */
void lanyard_consent_prepare_async (LanyardConsent *self,
                                    const char *redirect_uri,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/**
 * lanyard_consent_prepare_finish:
 *
 * Returns: (transfer full): the redirect URI to use, or %NULL with %LANYARD_ERROR_INVALID when this
 * way cannot catch it
 */
char *lanyard_consent_prepare_finish (LanyardConsent *self, GAsyncResult *result, GError **error);

/**
 * lanyard_consent_run_async:
 * @request: (transfer none): what to show; copied where it is needed longer
 *
 * Shows the address and waits for the redirect, or for the code. lanyard_consent_prepare_async()
 * was called before where there is a redirect URI.
 */
void lanyard_consent_run_async (LanyardConsent *self,
                                const LanyardConsentRequest *request,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * lanyard_consent_run_finish:
 *
 * Returns: (transfer full): the address that the person was sent to, complete, or the code that was
 * typed in; or %NULL with %LANYARD_ERROR_CANCELLED, %LANYARD_ERROR_NETWORK (the page could not be
 * loaded, or nothing came back in time), %LANYARD_ERROR_TLS
 */
char *lanyard_consent_run_finish (LanyardConsent *self, GAsyncResult *result, GError **error);

/**
 * lanyard_consent_report:
 *
 * For implementations: emits `status`.
 */
void lanyard_consent_report (LanyardConsent *self, const char *status);

G_END_DECLS
