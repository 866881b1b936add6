/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-certificate.h"

#include <glib/gi18n-lib.h>

#include "lanyard-text.h"

#define MAX_NAME_CHARS 120
/* Certificates of large services are for dozens of names. */
#define MAX_NAMES 3

static char *
dup_day (GDateTime *date)
{
  g_autoptr (GDateTime) local = date != NULL ? g_date_time_to_local (date) : NULL;

  /* Translators: a date, as in 3 May 2026; see the documentation of g_date_time_format() */
  return local != NULL ? g_date_time_format (local, _ ("%-e %B %Y")) : g_strdup ("?");
}

static char *
dup_host_names (GTlsCertificate *certificate)
{
  g_autoptr (GPtrArray) names = g_tls_certificate_get_dns_names (certificate);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; names != NULL && i < names->len && i < MAX_NAMES; i++)
    {
      gsize size = 0;
      const char *name = g_bytes_get_data (g_ptr_array_index (names, i), &size);

      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append_len (text, name, (gssize)size);
    }
  if (names != NULL && names->len > MAX_NAMES)
    g_string_append (text, ", …");
  return lanyard_text_quote (text->str, MAX_NAME_CHARS);
}

static gboolean
is_self_signed (GTlsCertificate *certificate)
{
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);

  return subject != NULL && g_strcmp0 (subject, issuer) == 0;
}

static char *
describe_identity (GTlsCertificate *certificate, const char *host)
{
  g_autofree char *subject = NULL;

  if (certificate != NULL)
    subject = lanyard_certificate_dup_subject (certificate);
  if (subject == NULL)
    return g_strdup_printf (_ ("The server that answered is not %s. Check the address; if it is "
                               "right, somebody may be listening in."),
                            host);
  /* Translators: the host that was asked for, then the one that the certificate is for */
  return g_strdup_printf (_ ("The server that answered is not %s: its certificate is for %s. Check "
                             "the address; if it is right, somebody may be listening in."),
                          host, subject);
}

static char *
describe_issuer (GTlsCertificate *certificate, const char *host)
{
  g_autofree char *issuer = NULL;

  if (certificate != NULL && is_self_signed (certificate))
    return g_strdup_printf (_ ("Nobody but itself vouches for the certificate of %s (it is "
                               "self-signed). If the server is your own, add the certificate to "
                               "those that this computer trusts."),
                            host);

  if (certificate != NULL)
    issuer = lanyard_certificate_dup_issuer (certificate);
  /* Translators: a host, then who issued its certificate */
  return g_strdup_printf (_ ("The certificate of %s comes from an issuer that this computer does "
                             "not trust: %s. If the issuer is your own, add it to those that are "
                             "trusted."),
                          host, issuer != NULL ? issuer : "?");
}

static char *
describe_expiry (GTlsCertificate *certificate, const char *host)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *day = NULL;

  if (certificate != NULL)
    date = g_tls_certificate_get_not_valid_after (certificate);
  day = dup_day (date);
  /* Translators: a host, then a date */
  return g_strdup_printf (_ ("The certificate of %s expired on %s. Check the date of this "
                             "computer; if it is right, ask those who run the server to renew it."),
                          host, day);
}

static char *
describe_beginning (GTlsCertificate *certificate, const char *host)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *day = NULL;

  if (certificate != NULL)
    date = g_tls_certificate_get_not_valid_before (certificate);
  day = dup_day (date);
  /* Translators: a host, then a date */
  return g_strdup_printf (_ ("The certificate of %s is not valid before %s. Check the date of this "
                             "computer."),
                          host, day);
}

char *
lanyard_certificate_describe (GTlsCertificate *certificate,
                              GTlsCertificateFlags flags,
                              const char *host)
{
  g_return_val_if_fail (certificate == NULL || G_IS_TLS_CERTIFICATE (certificate), NULL);
  g_return_val_if_fail (host != NULL, NULL);

  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return describe_identity (certificate, host);
  if (flags & G_TLS_CERTIFICATE_REVOKED)
    return g_strdup_printf (_ ("The certificate of %s was revoked by its issuer. Do not sign in "
                               "there until those who run the server have a new one."),
                            host);
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return describe_issuer (certificate, host);
  if (flags & G_TLS_CERTIFICATE_EXPIRED)
    return describe_expiry (certificate, host);
  if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return describe_beginning (certificate, host);
  if (flags & G_TLS_CERTIFICATE_INSECURE)
    return g_strdup_printf (_ ("The certificate of %s is signed in a way that is no longer secure. "
                               "Ask those who run the server to renew it."),
                            host);
  return g_strdup_printf (_ ("The certificate of %s cannot be trusted. Ask those who run the "
                             "server."),
                          host);
}

char *
lanyard_certificate_dup_subject (GTlsCertificate *certificate)
{
  g_autofree char *subject = NULL;
  char *names;

  g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);

  names = dup_host_names (certificate);
  if (names != NULL)
    return names;
  subject = g_tls_certificate_get_subject_name (certificate);
  return lanyard_text_quote (subject, MAX_NAME_CHARS);
}

char *
lanyard_certificate_dup_issuer (GTlsCertificate *certificate)
{
  g_autofree char *issuer = NULL;

  g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);

  issuer = g_tls_certificate_get_issuer_name (certificate);
  return lanyard_text_quote (issuer, MAX_NAME_CHARS);
}

char *
lanyard_certificate_dup_validity (GTlsCertificate *certificate)
{
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) until = NULL;
  g_autofree char *first_day = NULL;
  g_autofree char *last_day = NULL;

  g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);

  from = g_tls_certificate_get_not_valid_before (certificate);
  until = g_tls_certificate_get_not_valid_after (certificate);
  if (from == NULL || until == NULL)
    return NULL;

  first_day = dup_day (from);
  last_day = dup_day (until);
  /* Translators: two dates: from, until */
  return g_strdup_printf (_ ("%s to %s"), first_day, last_day);
}
