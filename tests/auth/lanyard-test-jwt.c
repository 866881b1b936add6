/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-jwt.h"

#include "lanyard-encoding.h"
#include "lanyard-json.h"
#include "lanyard-jws.h"
#include "lanyard-jwt-key.h"

#include <string.h>

const char LANYARD_TEST_EC_PRIVATE[] =
  "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":"
  "\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\",\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-"
  "E9LI\"}";

const char LANYARD_TEST_EC_PUBLIC[] =
  "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":"
  "\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}";

const char LANYARD_TEST_RSA_PUBLIC[] =
  "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_"
  "wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_"
  "YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-"
  "UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_"
  "I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ\"}";

char *
lanyard_test_jwt_sign (const char *algorithm,
                       const char *key,
                       const char *header,
                       const char *claims)
{
  g_autoptr (LanyardSecret) secret = lanyard_secret_new (key);
  g_autoptr (LanyardKey) jwk = lanyard_jwt_key_new (secret, NULL, NULL);
  g_autofree char *header_json = lanyard_test_quote_json (header);
  g_autofree char *payload = lanyard_test_quote_json (claims);
  g_autoptr (JsonObject) object =
    lanyard_json_parse_object (header_json, strlen (header_json), NULL);
  g_autoptr (GError) error = NULL;
  char *token = lanyard_jws_sign (algorithm, jwk, object, payload, &error);

  g_assert_no_error (error);
  return token;
}

LanyardAuthContext *
lanyard_test_jwt_context_new (const char *method, const char *settings, ...)
{
  g_autofree char *members = g_strconcat (
    "'type': 'jwt', 'authorize': null, 'revoke': null",
    method != NULL ? ", " : ", 'token': {'url': '" LANYARD_TEST_TOKEN_ENDPOINT "'}", method, NULL);
  g_autoptr (LanyardProvider) provider = lanyard_test_provider_new (members);
  g_autoptr (LanyardParams) credentials = lanyard_params_new ();
  g_autofree char *form = NULL;
  const char *name;
  va_list arguments;

  va_start (arguments, settings);
  while ((name = va_arg (arguments, const char *)) != NULL)
    lanyard_params_append (credentials, name, va_arg (arguments, const char *));
  va_end (arguments);

  form = lanyard_params_encode (credentials);
  return lanyard_test_context_new_for_provider (provider, settings, form);
}

JsonObject *
lanyard_test_jwt_parse_part (const char *token, guint part)
{
  g_auto (GStrv) parts = g_strsplit (token, ".", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  JsonObject *object;

  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  bytes = lanyard_base64url_decode (parts[part], &error);
  g_assert_no_error (error);
  object =
    lanyard_json_parse_object (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  return object;
}
