/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "lanyard-certificate.h"
#include "lanyard-error.h"
#include "lanyard-network-error.h"
#include "lanyard-test-certificates.h"

/* What a person is told about a certificate, and what must be in it. */
static void
check_description (GTlsCertificate *certificate, GTlsCertificateFlags flags, const char *expected)
{
  g_autofree char *text = lanyard_certificate_describe (certificate, flags, "mail.example:8443");

  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, "mail.example:8443"));
  g_assert_nonnull (strstr (text, expected));
}

static void
test_certificate_unreadable (void)
{
  check_description (NULL, G_TLS_CERTIFICATE_BAD_IDENTITY, "is not mail.example:8443.");
  check_description (NULL, G_TLS_CERTIFICATE_UNKNOWN_CA, "does not trust: ?");
  check_description (NULL, G_TLS_CERTIFICATE_EXPIRED, "expired on ?");
  check_description (NULL, G_TLS_CERTIFICATE_NOT_ACTIVATED, "not valid before ?");
  check_description (NULL, G_TLS_CERTIFICATE_REVOKED, "revoked");
  check_description (NULL, G_TLS_CERTIFICATE_INSECURE, "no longer secure");
  check_description (NULL, G_TLS_CERTIFICATE_GENERIC_ERROR, "cannot be trusted");
  check_description (NULL, G_TLS_CERTIFICATE_NO_FLAGS, "cannot be trusted");
}

static void
test_certificate_identity_first (void)
{
  g_autoptr (GTlsCertificate) certificate = lanyard_test_certificates_load ("wrong-host");

  check_description (certificate, G_TLS_CERTIFICATE_VALIDATE_ALL,
                     "its certificate is for “other.example”");
  check_description (certificate, G_TLS_CERTIFICATE_BAD_IDENTITY | G_TLS_CERTIFICATE_EXPIRED,
                     "its certificate is for “other.example”");
}

static void
test_certificate_self_signed (void)
{
  g_autoptr (GTlsCertificate) itself = lanyard_test_certificates_load ("self-signed");
  g_autoptr (GTlsCertificate) issued = lanyard_test_certificates_load ("good");

  check_description (itself, G_TLS_CERTIFICATE_UNKNOWN_CA, "self-signed");
  check_description (issued, G_TLS_CERTIFICATE_UNKNOWN_CA, "“CN=Test Authority”");
}

static void
test_certificate_dates (void)
{
  g_autoptr (GTlsCertificate) expired = lanyard_test_certificates_load ("expired");
  g_autoptr (GTlsCertificate) early = lanyard_test_certificates_load ("not-yet");
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (now, -1);
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (now, 1);
  g_autofree char *past = g_date_time_format (yesterday, "expired on %-e %B %Y");
  g_autofree char *future = g_date_time_format (tomorrow, "not valid before %-e %B %Y");

  check_description (expired, G_TLS_CERTIFICATE_EXPIRED, past);
  check_description (early, G_TLS_CERTIFICATE_NOT_ACTIVATED, future);
}

static void
test_certificate_details (void)
{
  g_autoptr (GTlsCertificate) certificate = lanyard_test_certificates_load ("good");
  g_autofree char *subject = lanyard_certificate_dup_subject (certificate);
  g_autofree char *issuer = lanyard_certificate_dup_issuer (certificate);
  g_autofree char *validity = lanyard_certificate_dup_validity (certificate);

  g_assert_cmpstr (subject, ==, "“localhost”");
  g_assert_cmpstr (issuer, ==, "“CN=Test Authority”");
  g_assert_nonnull (strstr (validity, " to "));
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  lanyard_test_certificates_make ();

  g_test_add_func ("/net/certificate/unreadable", test_certificate_unreadable);
  g_test_add_func ("/net/certificate/identity-first", test_certificate_identity_first);
  g_test_add_func ("/net/certificate/self-signed", test_certificate_self_signed);
  g_test_add_func ("/net/certificate/dates", test_certificate_dates);
  g_test_add_func ("/net/certificate/details", test_certificate_details);

  result = g_test_run ();
  lanyard_test_certificates_remove ();
  return result;
}
