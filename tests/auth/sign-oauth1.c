/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Signs what stands on standard input, for test-oauth1-property.py: a request a line, its fields
 * escaped and separated by tabs: signature method, HTTP method, address, form, protocol parameters,
 * consumer secret, token secret. Prints a signature a line. */

#include "config.h"

#include "lanyard-oauth1-base-string.h"
#include "lanyard-oauth1-signature.h"

#include <stdio.h>
#include <string.h>

enum
{
  METHOD,
  VERB,
  ADDRESS,
  FORM,
  PARAMS,
  CONSUMER_SECRET,
  TOKEN_SECRET,
  N_FIELDS
};

static char *
dup_base_string (const LanyardRequest *request, const LanyardParams *oauth)
{
  guint n_oauth = lanyard_params_get_length (oauth);
  g_autofree LanyardOAuth1Param *params = g_new (LanyardOAuth1Param, n_oauth);
  g_auto (LanyardOAuth1Origin) origin = { NULL };

  for (guint i = 0; i < n_oauth; i++)
    lanyard_oauth1_param_init (&params[i], lanyard_params_get_nth_name (oauth, i),
                               lanyard_params_get_nth_value (oauth, i));
  return lanyard_oauth1_base_string_dup (request, params, n_oauth, &origin, NULL);
}

static void
sign_line (const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);
  g_autoptr (LanyardRequest) request = NULL;
  g_autoptr (LanyardParams) oauth = NULL;
  g_autoptr (LanyardSecret) consumer_secret = NULL;
  g_autoptr (LanyardSecret) token_secret = NULL;
  g_autoptr (LanyardKey) key = NULL;
  g_autofree char *base_string = NULL;
  g_autofree char *signature = NULL;
  LanyardOAuth1Method method;

  g_assert_cmpuint (g_strv_length (fields), ==, N_FIELDS);
  g_assert_true (lanyard_oauth1_method_from_name (fields[METHOD], &method));
  request = lanyard_request_new (fields[VERB], fields[ADDRESS]);
  if (*fields[FORM] != '\0')
    {
      request->content_type = g_strdup ("application/x-www-form-urlencoded");
      request->body = lanyard_secret_new (fields[FORM]);
    }
  oauth = lanyard_params_parse (fields[PARAMS], NULL);
  consumer_secret = lanyard_secret_new_take (g_uri_unescape_string (fields[CONSUMER_SECRET], NULL));
  token_secret = lanyard_secret_new_take (g_uri_unescape_string (fields[TOKEN_SECRET], NULL));
  /* Where a key signs, it stands in the place of the consumer's secret. */
  if (lanyard_oauth1_method_is_rsa (method))
    key = lanyard_key_new_legacy_pem (consumer_secret, NULL, NULL);
  else
    key = lanyard_oauth1_signature_new_shared_key (consumer_secret, token_secret, NULL);
  base_string = dup_base_string (request, oauth);
  g_assert_nonnull (base_string);
  signature = lanyard_oauth1_signature_make (method, base_string, key, NULL);
  puts (signature);
}

int
main (void)
{
  char line[65536];

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      line[strcspn (line, "\n")] = '\0';
      sign_line (line);
    }
  return 0;
}
