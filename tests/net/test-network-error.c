/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-network-error.h"

static const struct
{
  GQuark (*get_domain) (void);
  int code;
  LanyardError expected;
  const char *words;
} cases[] = {
  { g_resolver_error_quark, G_RESOLVER_ERROR_NOT_FOUND, LANYARD_ERROR_NETWORK, "is called" },
  { g_resolver_error_quark, G_RESOLVER_ERROR_TEMPORARY_FAILURE, LANYARD_ERROR_NETWORK,
    "looked up" },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, LANYARD_ERROR_NETWORK, "refused" },
  { g_io_error_quark, G_IO_ERROR_HOST_UNREACHABLE, LANYARD_ERROR_NETWORK, "reached from here" },
  { g_io_error_quark, G_IO_ERROR_NETWORK_UNREACHABLE, LANYARD_ERROR_NETWORK, "reached from here" },
  { g_io_error_quark, G_IO_ERROR_TIMED_OUT, LANYARD_ERROR_NETWORK, "in time" },
  { g_io_error_quark, G_IO_ERROR_BROKEN_PIPE, LANYARD_ERROR_NETWORK, "was lost" },
  { g_io_error_quark, G_IO_ERROR_PARTIAL_INPUT, LANYARD_ERROR_NETWORK, "was lost" },
  { g_tls_error_quark, G_TLS_ERROR_EOF, LANYARD_ERROR_NETWORK, "was lost" },
  { g_io_error_quark, G_IO_ERROR_PROXY_FAILED, LANYARD_ERROR_NETWORK, "proxy" },
  { g_io_error_quark, G_IO_ERROR_PROXY_NEED_AUTH, LANYARD_ERROR_NETWORK, "password" },
  { g_io_error_quark, G_IO_ERROR_FAILED, LANYARD_ERROR_NETWORK, "“Strange things happen”" },
  { g_tls_error_quark, G_TLS_ERROR_NOT_TLS, LANYARD_ERROR_TLS, "No secure connection" },
  { g_tls_error_quark, G_TLS_ERROR_HANDSHAKE, LANYARD_ERROR_TLS, "No secure connection" },
  { g_tls_error_quark, G_TLS_ERROR_BAD_CERTIFICATE, LANYARD_ERROR_TLS, "cannot be trusted" },
  { g_tls_error_quark, G_TLS_ERROR_CERTIFICATE_REQUIRED, LANYARD_ERROR_TLS, "of yours" },
};

static void
test_network_error_causes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) cause =
        g_error_new_literal (cases[i].get_domain (), cases[i].code, "Strange\nthings happen");
      g_autoptr (GError) error =
        lanyard_network_error_new (cause, "https://login.example/token?client_secret=s3cret");

      g_assert_error (error, LANYARD_ERROR, (int)cases[i].expected);
      g_assert_nonnull (strstr (error->message, "login.example"));
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_null (strstr (error->message, "s3cret"));
    }
}

static void
test_network_error_cancelled (void)
{
  g_autoptr (GError) cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  g_autoptr (GError) error = lanyard_network_error_new (cause, "https://login.example/");

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
check_host (const char *uri, const char *expected)
{
  g_autoptr (GError) error = lanyard_network_error_new_timeout (uri);
  g_autofree char *words = g_strdup_printf ("The server %s did not", expected);

  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK);
  g_assert_true (g_str_has_prefix (error->message, words));
}

static void
test_network_error_hosts (void)
{
  check_host ("https://login.example", "login.example");
  check_host ("https://name:word@login.example/path", "login.example");
  check_host ("https://login.example:8443/", "login.example:8443");
  check_host ("http://[::1]:8400/", "[::1]:8400");
  check_host ("not an address", "(unknown)");
}

static void
test_network_error_certificate (void)
{
  g_autoptr (GError) error = lanyard_network_error_new_certificate (
    NULL, G_TLS_CERTIFICATE_REVOKED, "https://login.example:8443/token");

  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_TLS);
  g_assert_nonnull (strstr (error->message, "login.example:8443"));
  g_assert_nonnull (strstr (error->message, "revoked"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/net/network-error/causes", test_network_error_causes);
  g_test_add_func ("/net/network-error/cancelled", test_network_error_cancelled);
  g_test_add_func ("/net/network-error/hosts", test_network_error_hosts);
  g_test_add_func ("/net/network-error/certificate", test_network_error_certificate);

  return g_test_run ();
}
