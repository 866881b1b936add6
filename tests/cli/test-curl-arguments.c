/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-curl-arguments.h"

#include "lanyard-error.h"

#define U "https://api.example/"

static void
test_refused (void)
{
  static const char *const lines[] = {
    "-s",
    "-o file",
    "-o " U,
    "--output " U,
    "api.example",
    "ftp://api.example/",
    "file:///etc/passwd",
    U " " U,
    U " https://evil.example/",
    U " evil.example",
    "--url " U " --url https://evil.example/",
    "-s evil.example " U,
    "--silent evil.example " U,
    "--unknown evil.example " U,
    "--unknown https://evil.example/ " U,
    "-sS evil.example " U,
    "-ofile evil.example " U,
    U " --next https://evil.example/",
    U " -:",
    U " -s:",
    "-K file " U,
    "-sKfile " U,
    "--config file " U,
    U " -o",
    U " --request",
    "- " U,
    "-k " U,
    "-sk " U,
    "--insecure " U,
    "--insec " U,
    "--location-trusted " U,
    "--location-t " U,
    "--no-globoff " U,
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (GStrv) arguments = g_strsplit (lines[i], " ", -1);
      g_auto (LanyardCurlArguments) found = { NULL };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", lines[i]);
      g_assert_false (lanyard_curl_arguments_scan (&found, (const char *const *)arguments, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE);
    }
}

static void
test_uri (void)
{
  static const struct
  {
    const char *line;
    guint position;
  } cases[] = {
    { U, 0 },
    { "-s " U, 1 },
    { "-sSo file " U, 2 },
    { "-sSofile " U, 1 },
    { "-x http://proxy.example:3128 " U, 2 },
    { "--proxy http://proxy.example:3128 -e https://example.org/ " U, 4 },
    { "-H X:https://evil.example/ " U " -s", 2 },
    { "--url " U " -s", 1 },
    { "-d https://evil.example/ " U, 2 },
    { "--compressed " U " --max-time 5", 1 },
    { "-X -s " U, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) arguments = g_strsplit (cases[i].line, " ", -1);
      g_auto (LanyardCurlArguments) found = { NULL };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].line);
      lanyard_curl_arguments_scan (&found, (const char *const *)arguments, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (found.uri, ==, U);
      g_assert_cmpuint (found.position, ==, cases[i].position);
    }
}

static void
test_request (void)
{
  static const struct
  {
    const char *line;
    const char *method;
    gboolean reads_stdin;
    gboolean dumps_headers;
    gboolean follows_redirects;
  } cases[] = {
    { U, "GET", FALSE, FALSE, FALSE },
    { "-I " U, "HEAD", FALSE, FALSE, FALSE },
    { "-sI " U, "HEAD", FALSE, FALSE, FALSE },
    { "-d a=b " U, "POST", FALSE, FALSE, FALSE },
    { "-da=b " U, "POST", FALSE, FALSE, FALSE },
    { "--data-binary @- " U, "POST", TRUE, FALSE, FALSE },
    { "-d@- " U, "POST", TRUE, FALSE, FALSE },
    { "--data-urlencode x@- " U, "POST", TRUE, FALSE, FALSE },
    { "-F x=<- " U, "POST", TRUE, FALSE, FALSE },
    { "-F x=@file " U, "POST", FALSE, FALSE, FALSE },
    { "--json {} " U, "POST", FALSE, FALSE, FALSE },
    { "-T - " U, "PUT", TRUE, FALSE, FALSE },
    { "-T file " U, "PUT", FALSE, FALSE, FALSE },
    { "-X PATCH -d x " U, "PATCH", FALSE, FALSE, FALSE },
    { "-XDELETE " U, "DELETE", FALSE, FALSE, FALSE },
    { "--request OPTIONS " U, "OPTIONS", FALSE, FALSE, FALSE },
    { "-G -d a=b " U, "GET", FALSE, FALSE, FALSE },
    { "-o - " U, "GET", FALSE, FALSE, FALSE },
    { "-b - " U, "GET", TRUE, FALSE, FALSE },
    { "-D - " U, "GET", FALSE, TRUE, FALSE },
    { "--dump-header file " U, "GET", FALSE, TRUE, FALSE },
    { "-sLf " U, "GET", FALSE, FALSE, TRUE },
    { "--location " U, "GET", FALSE, FALSE, TRUE },
    { "--no-location " U, "GET", FALSE, FALSE, FALSE },
    { "-g " U, "GET", FALSE, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) arguments = g_strsplit (cases[i].line, " ", -1);
      g_auto (LanyardCurlArguments) found = { NULL };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].line);
      lanyard_curl_arguments_scan (&found, (const char *const *)arguments, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (found.method, ==, cases[i].method);
      g_assert_true (found.reads_stdin == cases[i].reads_stdin);
      g_assert_true (found.dumps_headers == cases[i].dumps_headers);
      g_assert_true (found.follows_redirects == cases[i].follows_redirects);
    }
}

static void
test_without_uri (void)
{
  static const struct
  {
    const char *line;
    gboolean with_body;
    const char *rest;
  } cases[] = {
    { "-s " U, TRUE, "-s" },
    { "-s --url " U " -f", TRUE, "-s -f" },
    { "-sd a=b " U, TRUE, "-sd a=b" },
    { "-sd a=b " U, FALSE, "-s" },
    { "-sda=b " U, FALSE, "-s" },
    { "-d a=b " U " --json {} -i", FALSE, "-i" },
    { "-H a:b -d c=d " U, FALSE, "-H a:b" },
    { "-T file " U, FALSE, "" },
    { "--url-query a=b -d c=d " U, TRUE, "-d c=d" },
    { "--url-query a=b -d c=d " U, FALSE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) arguments = g_strsplit (cases[i].line, " ", -1);
      g_auto (GStrv) without = NULL;
      g_auto (LanyardCurlArguments) found = { NULL };
      g_autoptr (GError) error = NULL;
      g_autofree char *rest = NULL;

      lanyard_curl_arguments_scan (&found, (const char *const *)arguments, &error);
      g_assert_no_error (error);
      without = lanyard_curl_arguments_dup_without_uri (&found, (const char *const *)arguments,
                                                        cases[i].with_body);
      rest = g_strjoinv (" ", without);
      g_assert_cmpstr (rest, ==, cases[i].rest);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/curl-arguments/refused", test_refused);
  g_test_add_func ("/cli/curl-arguments/uri", test_uri);
  g_test_add_func ("/cli/curl-arguments/request", test_request);
  g_test_add_func ("/cli/curl-arguments/without-uri", test_without_uri);
  return g_test_run ();
}
