/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-curl-content.h"

#include "lanyard-error.h"

#include <glib/gstdio.h>

#define U "https://api.example/"
#define FORM "application/x-www-form-urlencoded"
#define JSON "application/json"

typedef struct
{
  const char *line;
  const char *uri;
  const char *content_type;
  const char *body;
} Case;

static LanyardRequest *
make_request (const char *line, gboolean *is_known)
{
  g_auto (GStrv) arguments = g_strsplit (line, " ", -1);
  g_auto (LanyardCurlArguments) found = { NULL };
  g_autoptr (GError) error = NULL;
  LanyardRequest *request;

  g_test_message ("%s", line);
  lanyard_curl_arguments_scan (&found, (const char *const *)arguments, &error);
  g_assert_no_error (error);
  request = lanyard_curl_content_make_request (&found, is_known, &error);
  g_assert_no_error (error);
  return request;
}

static void
check (const Case *expected)
{
  gboolean is_known;
  g_autoptr (LanyardRequest) request = make_request (expected->line, &is_known);

  g_assert_true (is_known);
  g_assert_cmpstr (request->uri, ==, expected->uri);
  g_assert_cmpstr (request->content_type, ==, expected->content_type);
  g_assert_cmpstr (request->body != NULL ? lanyard_secret_get (request->body) : NULL, ==,
                   expected->body);
}

static void
test_not_known (void)
{
  static const struct
  {
    const char *line;
    const char *content_type;
  } cases[] = {
    { "-d @- " U, FORM },         { "-d a=b -d @- " U, FORM }, { "-d @/no/such/file " U, FORM },
    { "-d @/dev/null " U, FORM }, { "-G -d @- " U, FORM },     { "--data-urlencode a@- " U, FORM },
    { "--json @- " U, JSON },     { "-F a=b " U, NULL },       { "-T file " U, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean is_known;
      g_autoptr (LanyardRequest) request = make_request (cases[i].line, &is_known);

      g_assert_false (is_known);
      g_assert_null (request->body);
      g_assert_cmpstr (request->content_type, ==, cases[i].content_type);
    }
}

static void
test_no_text (void)
{
  static const char *const arguments[] = { "-G", "-d", "\xff", U, NULL };
  g_auto (LanyardCurlArguments) found = { NULL };
  g_autoptr (GError) error = NULL;
  gboolean is_known;

  g_assert_true (lanyard_curl_arguments_scan (&found, arguments, &error));
  g_assert_null (lanyard_curl_content_make_request (&found, &is_known, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE);
}

static void
test_form (void)
{
  static const Case cases[] = {
    { U, U, NULL, NULL },
    { "-d a=b " U, U, FORM, "a=b" },
    { "-da=b -d c " U, U, FORM, "a=b&c" },
    { "-d  " U, U, FORM, "" },
    { "--data-raw @a " U, U, FORM, "@a" },
    { "--data-urlencode a=b&c " U, U, FORM, "a=b%26c" },
    { "--data-urlencode =b&c " U, U, FORM, "b%26c" },
    { "--data-urlencode b&c " U, U, FORM, "b%26c" },
    { "--json {} " U, U, JSON, "{}" },
    { "--json [ --json ] " U, U, JSON, "[]" },
    { "-d {} -H Content-Type:application/json " U, U, JSON, "{}" },
    { "-d {} -H content-TYPE:Text/Plain;charset=utf-8 " U, U, "text/plain", "{}" },
    { "-d a=b -H Content-Type: " U, U, "", "a=b" },
    { "-d a=b -H Content-Typ:x " U, U, FORM, "a=b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check (&cases[i]);
}

static void
test_query (void)
{
  static const Case cases[] = {
    { "-G -d a=b " U, U "?a=b", NULL, NULL },
    { "-G -d a=b -d c " U "?x=y", U "?x=y&a=b&c", NULL, NULL },
    { "-G -d a=b " U "?", U "?a=b", NULL, NULL },
    { "--url-query a=b+c " U, U "?a=b%2Bc", NULL, NULL },
    { "--url-query +a=%20 -d b=c " U "?x", U "?x&a=%20", FORM, "b=c" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check (&cases[i]);
}

static void
test_files (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "form", NULL);
  g_autofree char *text = g_strconcat ("-d @", path, " " U, NULL);
  g_autofree char *binary = g_strconcat ("--data-binary @", path, " " U, NULL);
  g_autofree char *encoded = g_strconcat ("--data-urlencode a@", path, " " U, NULL);
  const Case cases[] = {
    { text, U, FORM, "a=bc" },
    { binary, U, FORM, "a=b\r\nc\n" },
    { encoded, U, FORM, "a=a%3Db%0D%0Ac%0A" },
  };

  g_assert_true (g_file_set_contents (path, "a=b\r\nc\n", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check (&cases[i]);
  g_assert_no_errno (g_unlink (path));
  g_assert_no_errno (g_rmdir (folder));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/curl-content/not-known", test_not_known);
  g_test_add_func ("/cli/curl-content/no-text", test_no_text);
  g_test_add_func ("/cli/curl-content/form", test_form);
  g_test_add_func ("/cli/curl-content/query", test_query);
  g_test_add_func ("/cli/curl-content/files", test_files);
  return g_test_run ();
}
