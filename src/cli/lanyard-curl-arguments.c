/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-curl-arguments.h"

#include "lanyard-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* Every option of curl that takes a value, as of curl 8.11. Those that are missing are refused when
 * a value follows them, which is safe; see lanyard_curl_arguments_scan(). */
static const char *const value_options[] = {
  "abstract-unix-socket",
  "alt-svc",
  "aws-sigv4",
  "cacert",
  "capath",
  "cert",
  "cert-type",
  "ciphers",
  "config",
  "connect-timeout",
  "connect-to",
  "continue-at",
  "cookie",
  "cookie-jar",
  "create-file-mode",
  "crlfile",
  "curves",
  "data",
  "data-ascii",
  "data-binary",
  "data-raw",
  "data-urlencode",
  "delegation",
  "dns-interface",
  "dns-ipv4-addr",
  "dns-ipv6-addr",
  "dns-servers",
  "doh-url",
  "dump-header",
  "ech",
  "egd-file",
  "engine",
  "etag-compare",
  "etag-save",
  "expect100-timeout",
  "form",
  "form-string",
  "ftp-account",
  "ftp-alternative-to-user",
  "ftp-method",
  "ftp-port",
  "ftp-ssl-ccc-mode",
  "happy-eyeballs-timeout-ms",
  "haproxy-clientip",
  "header",
  "hostpubmd5",
  "hostpubsha256",
  "hsts",
  "interface",
  "ip-tos",
  "ipfs-gateway",
  "json",
  "keepalive-cnt",
  "keepalive-time",
  "key",
  "key-type",
  "krb",
  "libcurl",
  "limit-rate",
  "local-port",
  "login-options",
  "mail-auth",
  "mail-from",
  "mail-rcpt",
  "max-filesize",
  "max-redirs",
  "max-time",
  "netrc-file",
  "noproxy",
  "oauth2-bearer",
  "output",
  "output-dir",
  "parallel-max",
  "pass",
  "pinnedpubkey",
  "preproxy",
  "proto",
  "proto-default",
  "proto-redir",
  "proxy",
  "proxy-cacert",
  "proxy-capath",
  "proxy-cert",
  "proxy-cert-type",
  "proxy-ciphers",
  "proxy-crlfile",
  "proxy-header",
  "proxy-key",
  "proxy-key-type",
  "proxy-pass",
  "proxy-pinnedpubkey",
  "proxy-service-name",
  "proxy-tls13-ciphers",
  "proxy-tlsauthtype",
  "proxy-tlspassword",
  "proxy-tlsuser",
  "proxy-user",
  "proxy1.0",
  "pubkey",
  "quote",
  "random-file",
  "range",
  "rate",
  "referer",
  "request",
  "request-target",
  "resolve",
  "retry",
  "retry-delay",
  "retry-max-time",
  "sasl-authzid",
  "service-name",
  "socks4",
  "socks4a",
  "socks5",
  "socks5-gssapi-service",
  "socks5-hostname",
  "speed-limit",
  "speed-time",
  "stderr",
  "telnet-option",
  "tftp-blksize",
  "time-cond",
  "tls-max",
  "tls13-ciphers",
  "tlsauthtype",
  "tlspassword",
  "tlsuser",
  "trace",
  "trace-ascii",
  "trace-config",
  "unix-socket",
  "upload-file",
  "url",
  "url-query",
  "user",
  "user-agent",
  "variable",
  "vlan-priority",
  "write-out",
  NULL,
};

/* The letters of those, and of the others that matter here. */
static const struct
{
  char letter;
  const char *name;
} letters[] = {
  { 'A', "user-agent" },  { 'b', "cookie" },      { 'c', "cookie-jar" }, { 'C', "continue-at" },
  { 'd', "data" },        { 'D', "dump-header" }, { 'e', "referer" },    { 'E', "cert" },
  { 'F', "form" },        { 'G', "get" },         { 'H', "header" },     { 'I', "head" },
  { 'K', "config" },      { 'L', "location" },    { 'm', "max-time" },   { 'o', "output" },
  { 'P', "ftp-port" },    { 'Q', "quote" },       { 'r', "range" },      { 't', "telnet-option" },
  { 'T', "upload-file" }, { 'u', "user" },        { 'U', "proxy-user" }, { 'w', "write-out" },
  { 'x', "proxy" },       { 'X', "request" },     { 'y', "speed-time" }, { 'Y', "speed-limit" },
  { 'z', "time-cond" },   { ':', "next" },
};

typedef struct
{
  LanyardCurlArguments *found;
  const char *const *arguments;
  guint at;

  const char *request;
  gboolean is_head;
  gboolean is_get;
  gboolean has_upload;
  gboolean has_body;
} Scanner;

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, message);
  return FALSE;
}

static const char *
find_name (char letter)
{
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (letters[i].letter == letter)
      return letters[i].name;
  return NULL;
}

static gboolean
take_uri (Scanner *self, const char *uri, GError **error)
{
  g_autofree char *lower = NULL;

  if (self->found->uri != NULL)
    return fail (error,
                 _ ("Only one address can be given, for the credentials would go to each of them"));

  lower = g_ascii_strdown (uri, -1);
  if (!g_str_has_prefix (lower, "https://") && !g_str_has_prefix (lower, "http://"))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   _ ("“%s” is neither the value of an option that Lanyard knows nor an address "
                      "that begins with https://"),
                      uri);
      return FALSE;
    }
  self->found->uri = g_strdup (uri);
  self->found->position = self->at;
  return TRUE;
}

static gboolean
is_stdin (const char *name, const char *value)
{
  if (g_str_equal (name, "upload-file"))
    return g_str_equal (value, "-") || g_str_equal (value, ".");
  if (g_str_equal (name, "cookie"))
    return g_str_equal (value, "-");
  return g_str_has_suffix (value, "@-") || g_str_has_suffix (value, "<-");
}

static void
take_value (Scanner *self, const char *name, const char *value)
{
  if (g_str_equal (name, "request"))
    self->request = value;
  else if (g_str_equal (name, "upload-file"))
    self->has_upload = TRUE;
  else if (g_str_has_prefix (name, "data") || g_str_has_prefix (name, "form") ||
           g_str_equal (name, "json"))
    self->has_body = TRUE;
  else if (g_str_equal (name, "dump-header"))
    self->found->dumps_headers = TRUE;

  if (is_stdin (name, value))
    self->found->reads_stdin = TRUE;
}

static void
take_flag (Scanner *self, const char *name)
{
  if (g_str_equal (name, "head"))
    self->is_head = TRUE;
  else if (g_str_equal (name, "get"))
    self->is_get = TRUE;
  else if (g_str_has_prefix (name, "location"))
    self->found->follows_redirects = TRUE;
}

/* An option by its name, with its value where it was written right behind the letter. */
static gboolean
take_option (Scanner *self, const char *name, const char *value, GError **error)
{
  if (g_str_equal (name, "next"))
    return fail (error, _ ("“--next” begins another request; call “lanyard curl” again for it"));
  if (g_str_equal (name, "config"))
    return fail (error,
                 _ ("A configuration file (-K) may hold other addresses, to which the credentials "
                    "would go; give its options as arguments"));

  if (!g_strv_contains (value_options, name))
    {
      take_flag (self, name);
      return TRUE;
    }

  if (value == NULL)
    value = self->arguments[++self->at];
  if (value == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   _ ("The value of the last option is missing: --%s"), name);
      return FALSE;
    }
  if (g_str_equal (name, "url"))
    return take_uri (self, value, error);
  take_value (self, name, value);
  return TRUE;
}

/* Letters behind one "-": flags, and at the end perhaps one that takes what follows as its value.
 */
static gboolean
take_letters (Scanner *self, const char *text, GError **error)
{
  for (; *text != '\0'; text++)
    {
      const char *name = find_name (*text);

      if (name == NULL)
        continue;
      if (g_strv_contains (value_options, name))
        return take_option (self, name, text[1] != '\0' ? text + 1 : NULL, error);
      if (!take_option (self, name, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static const char *
choose_method (const Scanner *self)
{
  if (self->request != NULL)
    return self->request;
  if (self->is_head)
    return "HEAD";
  if (self->is_get)
    return "GET";
  if (self->has_upload)
    return "PUT";
  return self->has_body ? "POST" : "GET";
}

gboolean
lanyard_curl_arguments_scan (LanyardCurlArguments *self,
                             const char *const *arguments,
                             GError **error)
{
  Scanner scanner = { .found = self, .arguments = arguments };

  memset (self, 0, sizeof *self);
  for (; arguments[scanner.at] != NULL; scanner.at++)
    {
      const char *argument = arguments[scanner.at];
      gboolean is_valid;

      if (g_str_has_prefix (argument, "--"))
        is_valid = take_option (&scanner, argument + 2, NULL, error);
      else if (argument[0] == '-' && argument[1] != '\0')
        is_valid = take_letters (&scanner, argument + 1, error);
      else
        is_valid = take_uri (&scanner, argument, error);
      if (!is_valid)
        return FALSE;
    }

  if (self->uri == NULL)
    return fail (error, _ ("An address is needed, one that begins with https://"));
  self->method = choose_method (&scanner);
  return TRUE;
}

void
lanyard_curl_arguments_clear (LanyardCurlArguments *self)
{
  g_clear_pointer (&self->uri, g_free);
}
