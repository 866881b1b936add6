/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-network-error.h"

#include <glib/gi18n-lib.h>

#include "lanyard-certificate.h"
#include "lanyard-error.h"
#include "lanyard-text.h"

/* As much of somebody else's words as a sentence bears. */
#define MAX_CAUSE_CHARS 200

/* What can go wrong, as far as the person can tell it apart. */
typedef enum
{
  TROUBLE_OTHER,
  TROUBLE_NAME,
  TROUBLE_LOOKUP,
  TROUBLE_REFUSED,
  TROUBLE_ROUTE,
  TROUBLE_TIME,
  TROUBLE_LOST,
  TROUBLE_PROXY,
  TROUBLE_PROXY_SIGN_IN,
  TROUBLE_HANDSHAKE,
  TROUBLE_CERTIFICATE,
  TROUBLE_CLIENT_CERTIFICATE,
} Trouble;

static const struct
{
  GQuark (*get_domain) (void);
  int code;
  Trouble trouble;
} causes[] = {
  { g_resolver_error_quark, G_RESOLVER_ERROR_NOT_FOUND, TROUBLE_NAME },
  { g_resolver_error_quark, G_RESOLVER_ERROR_TEMPORARY_FAILURE, TROUBLE_LOOKUP },
  { g_resolver_error_quark, G_RESOLVER_ERROR_INTERNAL, TROUBLE_LOOKUP },
  { g_io_error_quark, G_IO_ERROR_HOST_NOT_FOUND, TROUBLE_NAME },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, TROUBLE_REFUSED },
  { g_io_error_quark, G_IO_ERROR_HOST_UNREACHABLE, TROUBLE_ROUTE },
  { g_io_error_quark, G_IO_ERROR_NETWORK_UNREACHABLE, TROUBLE_ROUTE },
  { g_io_error_quark, G_IO_ERROR_TIMED_OUT, TROUBLE_TIME },
  { g_io_error_quark, G_IO_ERROR_PARTIAL_INPUT, TROUBLE_LOST },
  /* The same number as G_IO_ERROR_BROKEN_PIPE. */
  { g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, TROUBLE_LOST },
  { g_io_error_quark, G_IO_ERROR_CLOSED, TROUBLE_LOST },
  { g_tls_error_quark, G_TLS_ERROR_EOF, TROUBLE_LOST },
  { g_io_error_quark, G_IO_ERROR_PROXY_FAILED, TROUBLE_PROXY },
  { g_io_error_quark, G_IO_ERROR_PROXY_NOT_ALLOWED, TROUBLE_PROXY },
  { g_io_error_quark, G_IO_ERROR_PROXY_AUTH_FAILED, TROUBLE_PROXY_SIGN_IN },
  { g_io_error_quark, G_IO_ERROR_PROXY_NEED_AUTH, TROUBLE_PROXY_SIGN_IN },
  { g_tls_error_quark, G_TLS_ERROR_NOT_TLS, TROUBLE_HANDSHAKE },
  { g_tls_error_quark, G_TLS_ERROR_HANDSHAKE, TROUBLE_HANDSHAKE },
  { g_tls_error_quark, G_TLS_ERROR_MISC, TROUBLE_HANDSHAKE },
  { g_tls_error_quark, G_TLS_ERROR_INAPPROPRIATE_FALLBACK, TROUBLE_HANDSHAKE },
  { g_tls_error_quark, G_TLS_ERROR_BAD_CERTIFICATE, TROUBLE_CERTIFICATE },
  { g_tls_error_quark, G_TLS_ERROR_CERTIFICATE_REQUIRED, TROUBLE_CLIENT_CERTIFICATE },
};

static Trouble
find_trouble (const GError *cause)
{
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    if (g_error_matches (cause, causes[i].get_domain (), causes[i].code))
      return causes[i].trouble;
  return TROUBLE_OTHER;
}

/* The host of an address, with its port where it has one, as the person knows it. */
static char *
dup_host (const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  const char *host = parsed != NULL ? g_uri_get_host (parsed) : NULL;
  gboolean is_ipv6;

  if (host == NULL || *host == '\0')
    return g_strdup (_ ("(unknown)"));
  if (g_uri_get_port (parsed) == -1)
    return g_strdup (host);

  is_ipv6 = strchr (host, ':') != NULL;
  return g_strdup_printf ("%s%s%s:%d", is_ipv6 ? "[" : "", host, is_ipv6 ? "]" : "",
                          g_uri_get_port (parsed));
}

/* Every sentence names the host. */
static char *
describe (Trouble trouble, const char *host, const GError *cause)
{
  g_autofree char *words = NULL;

  switch (trouble)
    {
    case TROUBLE_NAME:
      return g_strdup_printf (_ ("No server is called %s. Check the address and the network "
                                 "connection."),
                              host);
    case TROUBLE_LOOKUP:
      return g_strdup_printf (_ ("The server %s could not be looked up. Check the network "
                                 "connection and try again."),
                              host);
    case TROUBLE_REFUSED:
      return g_strdup_printf (_ ("The server %s refused the connection. Check the address, or try "
                                 "again later."),
                              host);
    case TROUBLE_ROUTE:
      return g_strdup_printf (_ ("The server %s cannot be reached from here. Check the network "
                                 "connection and try again."),
                              host);
    case TROUBLE_TIME:
      return g_strdup_printf (_ ("The server %s did not answer in time. Check the network "
                                 "connection, or try again later."),
                              host);
    case TROUBLE_LOST:
      return g_strdup_printf (_ ("The connection to %s was lost before the answer was complete. "
                                 "Try again."),
                              host);
    case TROUBLE_PROXY:
      return g_strdup_printf (_ ("The proxy does not let you reach %s. Check the proxy in the "
                                 "network settings."),
                              host);
    case TROUBLE_PROXY_SIGN_IN:
      return g_strdup_printf (_ ("The proxy on the way to %s wants a user name and a password. "
                                 "Check the proxy in the network settings."),
                              host);
    case TROUBLE_HANDSHAKE:
      return g_strdup_printf (_ ("No secure connection to %s could be made. Check the address; if "
                                 "it is right, the server is too old or broken."),
                              host);
    case TROUBLE_CERTIFICATE:
      return g_strdup_printf (_ ("The certificate of %s cannot be trusted."), host);
    case TROUBLE_CLIENT_CERTIFICATE:
      return g_strdup_printf (_ ("The server %s wants to see a certificate of yours, and there is "
                                 "none. Ask those who run it."),
                              host);
    case TROUBLE_OTHER:
    default:
      words = lanyard_text_quote (cause->message, MAX_CAUSE_CHARS);
      /* Translators: a host, then what the system said about it */
      return g_strdup_printf (_ ("The server %s was not reached: %s. Try again."), host, words);
    }
}

GError *
lanyard_network_error_new (const GError *cause, const char *uri)
{
  Trouble trouble;
  LanyardError code;
  g_autofree char *host = NULL;
  g_autofree char *message = NULL;

  g_return_val_if_fail (cause != NULL, NULL);
  g_return_val_if_fail (uri != NULL, NULL);

  if (lanyard_error_is_cancelled (cause))
    return g_error_copy (cause);

  trouble = find_trouble (cause);
  code = trouble >= TROUBLE_HANDSHAKE ? LANYARD_ERROR_TLS : LANYARD_ERROR_NETWORK;
  host = dup_host (uri);
  message = describe (trouble, host, cause);
  return g_error_new_literal (LANYARD_ERROR, (int)code, message);
}

GError *
lanyard_network_error_new_timeout (const char *uri)
{
  g_autoptr (GError) cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "");

  return lanyard_network_error_new (cause, uri);
}

GError *
lanyard_network_error_new_certificate (GTlsCertificate *certificate,
                                       GTlsCertificateFlags flags,
                                       const char *uri)
{
  g_autofree char *host = NULL;
  g_autofree char *message = NULL;

  g_return_val_if_fail (certificate == NULL || G_IS_TLS_CERTIFICATE (certificate), NULL);
  g_return_val_if_fail (uri != NULL, NULL);

  host = dup_host (uri);
  message = lanyard_certificate_describe (certificate, flags, host);
  return g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_TLS, message);
}
