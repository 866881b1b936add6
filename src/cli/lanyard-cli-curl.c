/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cli-calls.h"
#include "lanyard-cli-commands.h"
#include "lanyard-curl-arguments.h"
#include "lanyard-curl-content.h"
#include "lanyard-curl-process.h"
#include "lanyard-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* One request, and how curl is to be told of it. */
typedef struct
{
  /* Owned */
  LanyardRequest *plain;
  LanyardRequest *request;
  LanyardCredentials *credentials;

  gboolean is_known;
  gboolean is_moved;
  gboolean is_refilled;
} Call;

static void
call_clear (Call *self)
{
  g_clear_pointer (&self->plain, lanyard_request_free);
  g_clear_pointer (&self->request, lanyard_request_free);
  g_clear_pointer (&self->credentials, lanyard_credentials_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE, message);
  return FALSE;
}

static const char *
find_authorization (const LanyardRequest *request)
{
  return lanyard_params_get_ignoring_case (request->headers, "Authorization");
}

/* Whether credentials are bound to a part of a server: curl would carry them to any other part. */
static gboolean
is_bound_to_path (LanyardCli *cli, LanyardAuthorization *authorization)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_manager_dup_context (lanyard_cli_get_manager (cli, NULL), authorization, NULL, NULL);
  g_autofree char *base_url =
    context != NULL ? lanyard_auth_context_dup_value (context, "base_url") : NULL;
  g_autofree char *path = NULL;

  if (base_url == NULL || *base_url == '\0')
    return FALSE;
  return !g_uri_split (base_url, G_URI_FLAGS_ENCODED, NULL, NULL, NULL, NULL, &path, NULL, NULL,
                       NULL) ||
         (*path != '\0' && !g_str_equal (path, "/"));
}

/* curl removes an Authorization header by itself when a redirect leads to another origin; any other
 * header it takes along, and it may repeat what it sent. */
static gboolean
check_redirects (LanyardCli *cli,
                 LanyardAuthorization *authorization,
                 const Call *call,
                 GError **error)
{
  guint n_headers = lanyard_params_get_length (call->request->headers);
  gboolean is_carried = call->is_moved || call->is_refilled ||
                        n_headers != (find_authorization (call->request) != NULL ? 1 : 0);

  if (!is_carried && !is_bound_to_path (cli, authorization))
    return TRUE;
  return fail (error, _ ("Redirects (-L) cannot be followed with these credentials, which "
                         "would be sent along; call “lanyard curl” with the new address"));
}

static gboolean
equal_secrets (LanyardSecret *a, LanyardSecret *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return lanyard_secret_get_length (a) == lanyard_secret_get_length (b) &&
         memcmp (lanyard_secret_get (a), lanyard_secret_get (b), lanyard_secret_get_length (a)) ==
           0;
}

/* Whether there is a form, which a signature covers too. */
static gboolean
has_form (const LanyardRequest *request)
{
  return g_strcmp0 (request->content_type, "application/x-www-form-urlencoded") == 0;
}

/* A request without content has no place for credentials in it (RFC 9110 section 9.3.1), and one
 * whose content only curl knows can be neither signed nor filled. */
static gboolean
check_content (const Call *self, const LanyardCurlArguments *found, GError **error)
{
  const char *method = self->plain->method;

  if (self->is_refilled && (g_str_equal (method, "GET") || g_str_equal (method, "HEAD")))
    return fail (error, _ ("The credentials belong into the content of the request; choose a "
                           "method that has one, with “-d” or “-X POST”"));
  if (!self->is_known && (self->is_refilled || (self->is_moved && found->is_get) ||
                          (lanyard_cli_is_signed (self->request) && has_form (self->plain))))
    return fail (error, _ ("What the request carries must be known for these credentials; give it "
                           "as an argument or in a file, not on standard input"));
  return TRUE;
}

/* Asks for the credentials, and checks that curl takes them nowhere else. */
static gboolean
prepare (Call *self,
         LanyardCli *cli,
         LanyardAuthorization *authorization,
         const LanyardCurlArguments *found,
         GError **error)
{
  self->plain = lanyard_curl_content_make_request (found, &self->is_known, error);
  if (self->plain == NULL)
    return FALSE;
  self->request = lanyard_cli_apply (cli, authorization, self->plain, &self->credentials, error);
  if (self->request == NULL)
    return FALSE;

  self->is_moved = !g_str_equal (self->request->uri, self->plain->uri);
  self->is_refilled = !equal_secrets (self->request->body, self->plain->body);
  return check_content (self, found, error) &&
         (!found->follows_redirects || check_redirects (cli, authorization, self, error));
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

static gsize
get_line_length (const char *name, const char *value)
{
  return strlen (name) + get_quoted_length (value) + strlen (" = \"\"\n");
}

static char *
write_line (char *out, const char *name, const char *value)
{
  out = g_stpcpy (out, name);
  out = g_stpcpy (out, " = \"");
  out = write_quoted (out, value);
  return g_stpcpy (out, "\"\n");
}

/* What the person's own configuration of curl may say otherwise: redirects are followed only where
 * the arguments ask for it, the certificate is checked, and the address is one address. */
#define CONFIG_START "no-location-trusted\nno-insecure\ngloboff\n"

/* The credentials in the words of a configuration file of curl. The buffer is measured first, so
 * that none that grew is left behind. */
static LanyardSecret *
make_config (const Call *call, const LanyardCurlArguments *found)
{
  const LanyardRequest *request = call->request;
  const char *body_option =
    lanyard_curl_arguments_has_content (found, "json") ? "json" : "data-raw";
  gsize length = strlen (CONFIG_START) + get_line_length ("url", request->uri);
  char *text;
  char *out;

  for (guint i = 0; i < lanyard_params_get_length (request->headers); i++)
    length += get_line_length ("header", lanyard_params_get_nth_name (request->headers, i)) +
              get_line_length ("", lanyard_params_get_nth_value (request->headers, i));
  if (call->is_refilled)
    length += get_line_length (body_option, lanyard_secret_get (request->body));

  text = out = g_malloc (length + 1);
  out = g_stpcpy (out, CONFIG_START);
  for (guint i = 0; i < lanyard_params_get_length (request->headers); i++)
    {
      out = g_stpcpy (out, "header = \"");
      out = write_quoted (out, lanyard_params_get_nth_name (request->headers, i));
      out = g_stpcpy (out, ": ");
      out = write_quoted (out, lanyard_params_get_nth_value (request->headers, i));
      out = g_stpcpy (out, "\"\n");
    }
  if (call->is_moved || call->is_refilled)
    out = write_line (out, "url", request->uri);
  if (call->is_refilled)
    out = write_line (out, body_option, lanyard_secret_get (request->body));
  *out = '\0';
  return lanyard_secret_new_take (text);
}

/* What Lanyard changed goes through the pipe, and no longer among the arguments. What goes into the
 * address (-G) is in the new one already. */
static char **
dup_arguments (const Call *call, const LanyardCurlArguments *found, const char *const *arguments)
{
  if (!call->is_moved && !call->is_refilled)
    return g_strdupv ((char **)arguments);
  return lanyard_curl_arguments_dup_without_uri (found, arguments,
                                                 !call->is_refilled && !found->is_get);
}

static gboolean
run_once (LanyardCli *cli,
          LanyardAuthorization *authorization,
          const LanyardCurlArguments *found,
          const char *const *arguments,
          gboolean watch,
          Call *call,
          LanyardCurlProcess *process,
          GError **error)
{
  g_autoptr (LanyardSecret) config = NULL;
  g_auto (GStrv) other_arguments = NULL;

  if (!prepare (call, cli, authorization, found, error))
    return FALSE;

  config = make_config (call, found);
  other_arguments = dup_arguments (call, found, arguments);
  return lanyard_curl_process_run (process, (const char *const *)other_arguments, config, watch,
                                   error);
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
  g_auto (Call) refused = { NULL };
  g_auto (Call) call = { NULL };
  g_auto (LanyardCurlProcess) first = { 0 };
  g_auto (LanyardCurlProcess) second = { 0 };
  g_autoptr (GError) renewal_error = NULL;

  if (!run_once (cli, authorization, found, arguments, watch, &refused, &first, error))
    return FALSE;
  lanyard_cli_set_exit_code (cli, first.exit_code);
  if (first.held == NULL)
    return TRUE;

  if (!lanyard_cli_renew (cli, authorization, refused.credentials, &renewal_error))
    {
      lanyard_curl_process_release (&first);
      lanyard_cli_note ("lanyard: %s", renewal_error->message);
      return TRUE;
    }
  if (!run_once (cli, authorization, found, arguments, FALSE, &call, &second, error))
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
  if (name == NULL || !lanyard_curl_arguments_scan (&found, curl_arguments, error))
    return FALSE;

  lanyard_cli_prepare_keyring (cli);
  authorization = lanyard_cli_find (cli, name, error);
  return authorization != NULL && lanyard_cli_check_uri (authorization, found.uri, error) &&
         run (cli, authorization, &found, curl_arguments, error);
}
