/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The header of OAuth 1.0 with HMAC-SHA1: by us; the code alone, which nobody can do without; and
 * by liboauth where it is there. See cases.h for the arguments. */

#include "config.h"

#include "cases.h"
#include "lanyard-oauth1-request.h"
#include "lanyard-oauth1-signer.h"
#include "lanyard-provider-reader.h"

#include <openssl/evp.h>
#include <string.h>

#ifdef HAVE_LIBOAUTH
#include <oauth.h>
#include <stdlib.h>
#endif

#define URI "http://photos.example.net/photos?file=vacation.jpg&size=original"
#define CONSUMER_KEY "dpf43f3p2l4k3l03"
#define CONSUMER_SECRET "kd94hf93k423kf44"
#define TOKEN "nnch734d00sl2jdk"
#define TOKEN_SECRET "pfkkdhi9sl3r4s00"
#define BASE_STRING                                                                               \
  "GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation.jpg%26oauth_consumer_key%"        \
  "3Ddpf43f3p2l4k3l03%26oauth_nonce%3Dkllo9940pd9333jh%26oauth_signature_method%3DHMAC-SHA1%"     \
  "26oauth_timestamp%3D1191242096%26oauth_token%3Dnnch734d00sl2jdk%26oauth_version%3D1.0%26size%" \
  "3Doriginal"

static LanyardAuthContext *
new_context (void)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (LanyardMethod) method = lanyard_method_new ("oauth1", data);
  g_autoptr (LanyardProvider) provider = NULL;
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (NULL);
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();
  static const char file[] =
    "{\"id\": \"example\", \"name\": \"Example\", \"methods\": [{\"type\": \"oauth1\"}]}";

  provider = lanyard_provider_reader_read (file, sizeof file - 1, "example", NULL);
  lanyard_authorization_set_setting (authorization, "consumer_key", CONSUMER_KEY);
  lanyard_credentials_set_text (credentials, "consumer_secret", CONSUMER_SECRET);
  lanyard_credentials_set_text (credentials, "token", TOKEN);
  lanyard_credentials_set_text (credentials, "token_secret", TOKEN_SECRET);
  return lanyard_auth_context_new (provider, method, authorization, credentials);
}

typedef struct
{
  LanyardAuthContext *context;
  LanyardOAuth1Signer *signer;
  LanyardRequest *request;
} Ours;

static void
sign_ours (gpointer data)
{
  Ours *self = data;

  g_assert_true (
    lanyard_oauth1_signer_sign (self->signer, self->request, NULL, NULL, 1191242096, NULL));
}

/* With the settings read anew, as for who signs once. */
static void
sign_once (gpointer data)
{
  Ours *self = data;

  g_assert_true (lanyard_oauth1_request_sign (self->context, self->request, 1191242096, NULL));
}

static void
make_code (gpointer data)
{
  guchar code[EVP_MAX_MD_SIZE];
  gsize length;

  g_assert_cmpint (EVP_MAC_init (data, NULL, 0, NULL), ==, 1);
  g_assert_cmpint (EVP_MAC_update (data, (const guchar *)BASE_STRING, strlen (BASE_STRING)), ==, 1);
  g_assert_cmpint (EVP_MAC_final (data, code, &length, sizeof code), ==, 1);
}

#ifdef HAVE_LIBOAUTH
static void
sign_liboauth (gpointer data)
{
  free (
    oauth_sign_url2 (URI, NULL, OA_HMAC, NULL, CONSUMER_KEY, CONSUMER_SECRET, TOKEN, TOKEN_SECRET));
}
#endif

int
main (int argc, char *argv[])
{
  g_autoptr (LanyardAuthContext) context = new_context ();
  g_autoptr (LanyardOAuth1Signer) signer = lanyard_oauth1_signer_new (context, NULL);
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", URI);
  Ours ours = { context, signer, request };
  const char *key = CONSUMER_SECRET "&" TOKEN_SECRET;
  EVP_MAC_CTX *mac = EVP_MAC_CTX_new (EVP_MAC_fetch (NULL, "HMAC", NULL));
  const OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string ("digest", (char *)"SHA1", 0),
                                OSSL_PARAM_construct_end () };
  const Case cases[] = {
    { "lanyard", sign_ours, &ours },
    { "lanyard-once", sign_once, &ours },
    { "openssl", make_code, mac },
#ifdef HAVE_LIBOAUTH
    { "liboauth", sign_liboauth, NULL },
#endif
  };
  int status;

  g_assert_cmpint (EVP_MAC_init (mac, (const guchar *)key, strlen (key), params), ==, 1);
  status = cases_main (argc, argv, cases, G_N_ELEMENTS (cases));
  EVP_MAC_CTX_free (mac);
  return status;
}
