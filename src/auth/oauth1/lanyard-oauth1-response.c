/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-oauth1-response.h"

#include "lanyard-answer.h"
#include "lanyard-challenge.h"
#include "lanyard-redaction.h"
#include "lanyard-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TOKEN_LENGTH 4096
#define MAX_QUOTE 200
/* Whoever says that a token lives longer means that it does not end. In seconds. */
#define MAX_LIFETIME (G_GINT64_CONSTANT (10) * 365 * 24 * 3600)

static const char *
get_provider_name (LanyardAuthContext *context)
{
  return lanyard_provider_get_name (lanyard_auth_context_get_provider (context));
}

static LanyardParams *
parse_form (const LanyardResponse *response)
{
  const char *text = lanyard_secret_get (response->body);

  if (strlen (text) != lanyard_secret_get_length (response->body))
    return NULL;

  return lanyard_params_parse (text, NULL);
}

static gboolean
has_tokens (const LanyardParams *params)
{
  static const char *const NAMES[] = { "oauth_token", "oauth_token_secret" };

  if (lanyard_params_find_repeated (params) != NULL)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      const char *value = lanyard_params_get (params, NAMES[i]);

      if (value == NULL || strlen (value) > MAX_TOKEN_LENGTH)
        return FALSE;
    }
  return *lanyard_params_get (params, "oauth_token") != '\0';
}

/* A member of the extension for problems: in the body, or in the challenge. */
static char *
dup_problem (const LanyardParams *form, const LanyardResponse *response, const char *name)
{
  const char *value = form != NULL ? lanyard_params_get (form, name) : NULL;

  return value != NULL ? g_strdup (value) : lanyard_challenge_dup_param (response, name);
}

/* What helps against problems that have a cure on this side. */
static const char *
find_advice (const char *problem)
{
  if (g_strcmp0 (problem, "timestamp_refused") == 0)
    return _ ("check the clock of this computer");
  if (g_strcmp0 (problem, "signature_invalid") == 0 ||
      g_strcmp0 (problem, "signature_method_rejected") == 0)
    return _ ("check the consumer secret and the signature method");
  if (g_str_has_prefix (problem, "consumer_key_"))
    return _ ("check the consumer key");
  return NULL;
}

/* Words of the server, or NULL where they hold a secret. */
static char *
quote (LanyardAuthContext *context, const char *words)
{
  if (words == NULL ||
      lanyard_redaction_holds_secret (lanyard_auth_context_get_credentials (context), words))
    return NULL;

  return lanyard_text_quote (words, MAX_QUOTE);
}

static void
set_problem (LanyardAuthContext *context,
             const char *problem,
             const char *words,
             LanyardError code,
             GError **error)
{
  g_autofree char *quoted = quote (context, problem);
  g_autofree char *quoted_words = quote (context, words);
  const char *advice = find_advice (problem);
  GString *message = g_string_new (NULL);
  g_autofree char *text = NULL;

  g_string_printf (message, _ ("%s refused the request: %s"), get_provider_name (context),
                   quoted != NULL ? quoted : "…");
  if (quoted_words != NULL)
    g_string_append_printf (message, " (%s)", quoted_words);
  if (advice != NULL)
    g_string_append_printf (message, "; %s", advice);
  text = g_string_free (message, FALSE);
  g_set_error_literal (error, LANYARD_ERROR, (int)code, text);
}

static gboolean
is_success (const LanyardResponse *response)
{
  return response->status >= 200 && response->status <= 299;
}

static void
set_refusal (LanyardAuthContext *context,
             const LanyardParams *form,
             const LanyardResponse *response,
             LanyardError refusal,
             GError **error)
{
  g_autofree char *problem = dup_problem (form, response, "oauth_problem");
  g_autofree char *words = dup_problem (form, response, "oauth_problem_advice");

  if (problem != NULL && *problem != '\0')
    set_problem (context, problem, words, refusal, error);
  else if (is_success (response))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                 _ ("%s answered without a token that can be used"), get_provider_name (context));
  else if (refusal != LANYARD_ERROR_PROVIDER &&
           (response->status == 400 || response->status == 401 || response->status == 403))
    lanyard_answer_set_refusal (context, response, NULL, refusal, error);
  else
    lanyard_answer_set_error (context, response, error);
}

LanyardParams *
lanyard_oauth1_response_read (LanyardAuthContext *context,
                              const LanyardResponse *response,
                              LanyardError refusal,
                              GError **error)
{
  g_autoptr (LanyardParams) form = parse_form (response);

  if (is_success (response) && form != NULL && has_tokens (form))
    return g_steal_pointer (&form);

  set_refusal (context, form, response, refusal, error);
  return NULL;
}

LanyardCredentials *
lanyard_oauth1_response_take (LanyardAuthContext *context, const LanyardParams *params, gint64 now)
{
  LanyardCredentials *credentials =
    lanyard_credentials_copy (lanyard_auth_context_get_credentials (context));
  const char *handle = lanyard_params_get (params, "oauth_session_handle");
  const char *lifetime = lanyard_params_get (params, "oauth_expires_in");
  gint64 seconds = 0;

  lanyard_credentials_set_text (credentials, "token", lanyard_params_get (params, "oauth_token"));
  lanyard_credentials_set_text (credentials, "token_secret",
                                lanyard_params_get (params, "oauth_token_secret"));
  /* One that did not come leaves the old one good, as with refresh tokens. */
  if (handle != NULL && strlen (handle) <= MAX_TOKEN_LENGTH)
    lanyard_credentials_set_text (credentials, "session_handle", handle);
  if (lifetime == NULL || !g_ascii_string_to_signed (lifetime, 10, 1, MAX_LIFETIME, &seconds, NULL))
    seconds = 0;
  lanyard_credentials_set_expires_at (credentials, seconds > 0 ? now + seconds : 0);

  return credentials;
}
