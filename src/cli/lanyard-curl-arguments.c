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
  { 'A', "user-agent" },    { 'b', "cookie" },      { 'c', "cookie-jar" }, { 'C', "continue-at" },
  { 'd', "data" },          { 'D', "dump-header" }, { 'e', "referer" },    { 'E', "cert" },
  { 'F', "form" },          { 'G', "get" },         { 'H', "header" },     { 'I', "head" },
  { 'k', "insecure" },      { 'K', "config" },      { 'L', "location" },   { 'm', "max-time" },
  { 'o', "output" },        { 'P', "ftp-port" },    { 'Q', "quote" },      { 'r', "range" },
  { 't', "telnet-option" }, { 'T', "upload-file" }, { 'u', "user" },       { 'U', "proxy-user" },
  { 'w', "write-out" },     { 'x', "proxy" },       { 'X', "request" },    { 'y', "speed-time" },
  { 'Y', "speed-limit" },   { 'z', "time-cond" },   { ':', "next" },
};

typedef struct
{
  LanyardCurlArguments *found;
  const char *const *arguments;
  guint at;

  /* Where the option that is looked at begins, and how much of that argument comes before it. */
  guint start;
  gsize n_kept;

  const char *request;
  gboolean is_head;
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

static gboolean
is_content (const char *name)
{
  static const char *const names[] = { "header", "json", "upload-file", "url-query", NULL };

  return g_str_has_prefix (name, "data") || g_str_has_prefix (name, "form") ||
         g_strv_contains (names, name);
}

static void
take_value (Scanner *self, const char *name, const char *value)
{
  LanyardCurlOption option = { .name = name,
                               .value = value,
                               .position = self->start,
                               .n_arguments = self->at - self->start + 1,
                               .n_kept = self->n_kept };

  if (is_content (name))
    g_array_append_val (self->found->content, option);

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

/* curl takes the beginning of a name for the name, where it is the only one that begins so. */
static gboolean
is_short_for (const char *name, const char *whole, const char *shortest)
{
  return g_str_has_prefix (whole, name) && g_str_has_prefix (name, shortest);
}

static gboolean
take_flag (Scanner *self, const char *name, GError **error)
{
  if (is_short_for (name, "insecure", "ins"))
    return fail (error, _ ("The credentials go only to a server whose certificate is good; instead "
                           "of “--insecure”, give the certificate with “--cacert”"));
  if (is_short_for (name, "location-trusted", "location-"))
    return fail (error, _ ("With “--location-trusted” the credentials would go to any address that "
                           "an answer names; call “lanyard curl” with the new address"));
  if (is_short_for (name, "no-globoff", "no-glob"))
    return fail (error, _ ("Only one address can be given, for the credentials would go to each of "
                           "them"));

  if (g_str_equal (name, "head"))
    self->is_head = TRUE;
  else if (g_str_equal (name, "get"))
    self->found->is_get = TRUE;
  else if (g_str_equal (name, "location"))
    self->found->follows_redirects = TRUE;
  return TRUE;
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
      return take_flag (self, name, error);
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
  for (const char *first = text; *text != '\0'; text++)
    {
      const char *name = find_name (*text);

      if (name == NULL)
        continue;
      /* A "-" alone would be another argument. */
      self->n_kept = text == first ? 0 : (gsize)(text - first) + 1;
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
  if (self->found->is_get)
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
  self->content = g_array_new (FALSE, FALSE, sizeof (LanyardCurlOption));
  for (; arguments[scanner.at] != NULL; scanner.at++)
    {
      const char *argument = arguments[scanner.at];
      gboolean is_valid;

      scanner.start = scanner.at;
      scanner.n_kept = 0;
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

static const LanyardCurlOption *
find_dropped (const LanyardCurlArguments *self, guint position, gboolean with_body)
{
  for (guint i = 0; i < self->content->len; i++)
    {
      const LanyardCurlOption *option = &g_array_index (self->content, LanyardCurlOption, i);

      if (option->position == position && !g_str_equal (option->name, "header") &&
          (!with_body || g_str_equal (option->name, "url-query")))
        return option;
    }
  return NULL;
}

gboolean
lanyard_curl_arguments_has_content (const LanyardCurlArguments *self, const char *name)
{
  for (guint i = 0; i < self->content->len; i++)
    if (g_str_equal (g_array_index (self->content, LanyardCurlOption, i).name, name))
      return TRUE;
  return FALSE;
}

char **
lanyard_curl_arguments_dup_without_uri (const LanyardCurlArguments *self,
                                        const char *const *arguments,
                                        gboolean with_body)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; arguments[i] != NULL; i++)
    {
      const LanyardCurlOption *option = find_dropped (self, i, with_body);
      gboolean is_url_option = i + 1 == self->position && g_str_equal (arguments[i], "--url");

      if (option != NULL)
        {
          g_autofree char *kept = g_strndup (arguments[i], option->n_kept);

          if (option->n_kept > 0)
            g_strv_builder_add (builder, kept);
          i += option->n_arguments - 1;
        }
      else if (i != self->position && !is_url_option)
        g_strv_builder_add (builder, arguments[i]);
    }
  return g_strv_builder_end (builder);
}

void
lanyard_curl_arguments_clear (LanyardCurlArguments *self)
{
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->content, g_array_unref);
}
