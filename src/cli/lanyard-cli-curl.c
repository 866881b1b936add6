/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-calls.h"
#include "lanyard-cli-commands.h"
#include "lanyard-curl-arguments.h"
#include "lanyard-curl-process.h"
#include "lanyard-error.h"

#include <glib/gi18n.h>

/* curl removes an Authorization header by itself when a redirect leads to another host; any other
 * header it takes along. */
static gboolean
check_redirects (const LanyardCurlArguments *found, const LanyardRequest *request, GError **error)
{
  for (guint i = 0; i < lanyard_params_get_length (request->headers); i++)
    if (found->follows_redirects &&
        g_ascii_strcasecmp (lanyard_params_get_nth_name (request->headers, i), "Authorization") !=
          0)
      {
        g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                             _ ("Redirects (-L) cannot be followed with these credentials, which "
                                "would be sent along; call “lanyard curl” with the new address"));
        return FALSE;
      }
  return TRUE;
}

static gsize
get_quoted_length (const char *text)
{
  gsize length = 0;

  for (; *text != '\0'; text++)
    length += *text == '"' || *text == '\\' ? 2 : 1;
  return length;
}

static char *
write_quoted (char *out, const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (*text == '"' || *text == '\\')
        *out++ = '\\';
      *out++ = *text;
    }
  return out;
}

/* The credentials in the words of a configuration file of curl. The buffer is measured first, so
 * that none that grew is left behind. */
static LanyardSecret *
make_config (const LanyardRequest *request, gboolean with_uri)
{
  static const char overhead[] = "header = \": \"\n";
  gsize length = sizeof overhead + get_quoted_length (request->uri);
  char *text;
  char *out;

  for (guint i = 0; i < lanyard_params_get_length (request->headers); i++)
    length += sizeof overhead +
              get_quoted_length (lanyard_params_get_nth_name (request->headers, i)) +
              get_quoted_length (lanyard_params_get_nth_value (request->headers, i));

  text = out = g_malloc (length + 1);
  for (guint i = 0; i < lanyard_params_get_length (request->headers); i++)
    {
      out = g_stpcpy (out, "header = \"");
      out = write_quoted (out, lanyard_params_get_nth_name (request->headers, i));
      out = g_stpcpy (out, ": ");
      out = write_quoted (out, lanyard_params_get_nth_value (request->headers, i));
      out = g_stpcpy (out, "\"\n");
    }
  if (with_uri)
    {
      out = g_stpcpy (out, "url = \"");
      out = write_quoted (out, request->uri);
      out = g_stpcpy (out, "\"\n");
    }
  *out = '\0';
  return lanyard_secret_new_take (text);
}

/* The arguments without the address, which a key was added to, so that it goes through the pipe. */
static char **
dup_without_uri (const LanyardCurlArguments *found, const char *const *arguments)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; arguments[i] != NULL; i++)
    {
      gboolean is_url_option = i + 1 == found->position && g_str_equal (arguments[i], "--url");

      if (i != found->position && !is_url_option)
        g_strv_builder_add (builder, arguments[i]);
    }
  return g_strv_builder_end (builder);
}

static gboolean
run_once (LanyardCli *cli,
          LanyardAuthorization *authorization,
          const LanyardCurlArguments *found,
          const char *const *arguments,
          gboolean watch,
          LanyardCurlProcess *process,
          GError **error)
{
  g_autoptr (LanyardRequest) request = NULL;
  g_autoptr (LanyardSecret) config = NULL;
  g_auto (GStrv) other_arguments = NULL;
  gboolean is_changed;

  request = lanyard_cli_apply (cli, authorization, found->method, found->uri, error);
  if (request == NULL || !check_redirects (found, request, error))
    return FALSE;

  is_changed = !g_str_equal (request->uri, found->uri);
  config = make_config (request, is_changed);
  if (is_changed)
    other_arguments = dup_without_uri (found, arguments);
  return lanyard_curl_process_run (
    process, is_changed ? (const char *const *)other_arguments : arguments, config, watch, error);
}

/* A 401 says that the request was not carried out, so that it may be made again with a new token
 * (RFC 9110 section 15.5.2), unless its content came from standard input and is gone. */
static gboolean
run (LanyardCli *cli,
     LanyardAuthorization *authorization,
     const LanyardCurlArguments *found,
     const char *const *arguments,
     GError **error)
{
  gboolean watch = !found->reads_stdin && !found->dumps_headers;
  g_auto (LanyardCurlProcess) first = { 0 };
  g_auto (LanyardCurlProcess) second = { 0 };
  g_autoptr (GError) renewal_error = NULL;

  if (!run_once (cli, authorization, found, arguments, watch, &first, error))
    return FALSE;
  lanyard_cli_set_exit_code (cli, first.exit_code);
  if (first.held == NULL)
    return TRUE;

  if (!lanyard_cli_renew (cli, authorization, &renewal_error))
    {
      lanyard_curl_process_release (&first);
      lanyard_cli_note ("lanyard: %s", renewal_error->message);
      return TRUE;
    }
  if (!run_once (cli, authorization, found, arguments, FALSE, &second, error))
    return FALSE;
  lanyard_cli_set_exit_code (cli, second.exit_code);
  return TRUE;
}

gboolean
lanyard_cli_curl (LanyardCli *cli, char ***arguments, GError **error)
{
  g_auto (LanyardCurlArguments) found = { NULL };
  g_autoptr (LanyardAuthorization) authorization = NULL;
  g_autofree char *name = NULL;
  const char *const *curl_arguments;

  if (!lanyard_cli_parse_front (cli, arguments, 1, error))
    return FALSE;
  curl_arguments = (const char *const *)*arguments + 1;
  name = lanyard_cli_dup_utf8 ((*arguments)[0], error);
  if (name == NULL || !lanyard_curl_arguments_scan (&found, curl_arguments, error) ||
      !lanyard_cli_check_uri (found.uri, error))
    return FALSE;

  lanyard_cli_prepare_keyring (cli);
  authorization = lanyard_cli_find (cli, name, error);
  return authorization != NULL && run (cli, authorization, &found, curl_arguments, error);
}
