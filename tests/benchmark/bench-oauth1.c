/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The header of OAuth 1.0 with HMAC-SHA1, beside liboauth where it is there. Prints the ratio of
 * times that were taken in turns. */

#include "config.h"

#include "lanyard-oauth1-signer.h"
#include "lanyard-provider-reader.h"

#include <stdio.h>

#ifdef HAVE_LIBOAUTH
#include <oauth.h>
#include <stdlib.h>
#endif

#define ROUNDS 12
#define TIMES 5000
#define URI "http://photos.example.net/photos?file=vacation.jpg&size=original"

static LanyardOAuth1Signer *
new_signer (void)
{
  g_autoptr (JsonObject) data = json_object_new ();
  g_autoptr (LanyardMethod) method = lanyard_method_new ("oauth1", data);
  g_autoptr (LanyardProvider) provider = NULL;
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (NULL);
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();
  g_autoptr (LanyardAuthContext) context = NULL;
  static const char file[] =
    "{\"id\": \"example\", \"name\": \"Example\", \"methods\": [{\"type\": \"oauth1\"}]}";

  provider = lanyard_provider_reader_read (file, sizeof file - 1, "example", NULL);
  lanyard_authorization_set_setting (authorization, "consumer_key", "dpf43f3p2l4k3l03");
  lanyard_credentials_set_text (credentials, "consumer_secret", "kd94hf93k423kf44");
  lanyard_credentials_set_text (credentials, "token", "nnch734d00sl2jdk");
  lanyard_credentials_set_text (credentials, "token_secret", "pfkkdhi9sl3r4s00");
  context = lanyard_auth_context_new (provider, method, authorization, credentials);
  return lanyard_oauth1_signer_new (context, NULL);
}

static double
measure_ours (LanyardOAuth1Signer *signer)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < TIMES; i++)
    {
      g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", URI);

      g_assert_true (lanyard_oauth1_signer_sign (signer, request, NULL, NULL, 1191242096, NULL));
    }
  return (double)(g_get_monotonic_time () - start) / TIMES;
}

#ifdef HAVE_LIBOAUTH
static double
measure_liboauth (void)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < TIMES; i++)
    free (oauth_sign_url2 (URI, NULL, OA_HMAC, NULL, "dpf43f3p2l4k3l03", "kd94hf93k423kf44",
                           "nnch734d00sl2jdk", "pfkkdhi9sl3r4s00"));
  return (double)(g_get_monotonic_time () - start) / TIMES;
}
#endif

int
main (void)
{
  g_autoptr (LanyardOAuth1Signer) signer = new_signer ();
  double ours = G_MAXDOUBLE;
  double peer = G_MAXDOUBLE;

  for (guint i = 0; i < ROUNDS; i++)
    {
      ours = MIN (ours, measure_ours (signer));
#ifdef HAVE_LIBOAUTH
      peer = MIN (peer, measure_liboauth ());
#endif
    }

  if (peer < G_MAXDOUBLE)
    printf ("HMAC-SHA1 header: %.1f times the rate of liboauth (%.2f and %.2f µs)\n", peer / ours,
            ours, peer);
  else
    printf ("HMAC-SHA1 header: %.2f µs; liboauth is not here\n", ours);
  return 0;
}
