/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-jwt-key.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-jwk.h"
#include "lanyard-key-cache.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HEX "hex:"
#define BASE64 "base64:"

static LanyardKey *
fail (GError **error, const char *message)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, message);
  return NULL;
}

/* Takes @bytes, and wipes what it leaves behind. */
static LanyardKey *
take_bytes (char *bytes, gsize length)
{
  g_autoptr (LanyardSecret) secret = lanyard_secret_new_bytes (bytes, length);

  explicit_bzero (bytes, length);
  g_free (bytes);
  return lanyard_key_new_secret (secret);
}

static LanyardKey *
read_hex (const char *digits, GError **error)
{
  gsize length = strlen (digits);
  char *bytes;

  if (length == 0 || length % 2 != 0 || strspn (digits, "0123456789abcdefABCDEF") != length)
    return fail (error, _ ("The key is not hexadecimal; after “hex:” only pairs of the digits 0 "
                           "to 9 and a to f can follow"));

  bytes = g_malloc0 (length / 2 + 1);
  for (gsize i = 0; i < length / 2; i++)
    bytes[i] =
      (char)(g_ascii_xdigit_value (digits[2 * i]) << 4 | g_ascii_xdigit_value (digits[2 * i + 1]));
  return take_bytes (bytes, length / 2);
}

/* Both alphabets are in use, with padding and without; what is neither is an accident. */
static LanyardKey *
read_base64 (const char *text, GError **error)
{
  gsize length = strcspn (text, "=");
  gsize decoded_length = 0;
  g_autofree char *padded = NULL;
  char *decoded;

  if (length == 0 || length % 4 == 1 ||
      strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+/-_") != length ||
      strspn (text + length, "=") != strlen (text + length) || strlen (text + length) > 2)
    return fail (error, _ ("The key after “base64:” is cut off or not base64; copy it again"));

  padded = g_malloc0 (length + 4);
  memcpy (padded, text, length);
  g_strdelimit (padded, "-", '+');
  g_strdelimit (padded, "_", '/');
  for (gsize i = length; i % 4 != 0; i++)
    padded[i] = '=';
  decoded = (char *)g_base64_decode (padded, &decoded_length);
  lanyard_secret_wipe_string (g_steal_pointer (&padded));
  decoded = g_realloc (decoded, decoded_length + 1);
  decoded[decoded_length] = '\0';

  return take_bytes (decoded, decoded_length);
}

static LanyardKey *
read_json (LanyardSecret *text, GError **error)
{
  g_autoptr (JsonObject) object =
    lanyard_json_parse_object (lanyard_secret_get (text), lanyard_secret_get_length (text), NULL);

  if (object == NULL)
    return fail (error, _ ("The key begins like a JWK, but is not JSON; copy it again"));

  return lanyard_jwk_read (object, error);
}

LanyardKey *
lanyard_jwt_key_new (LanyardSecret *text, LanyardSecret *passphrase, GError **error)
{
  const char *value;

  g_return_val_if_fail (text != NULL, NULL);

  value = lanyard_secret_get (text);
  if (g_str_has_prefix (value, "-----BEGIN "))
    return lanyard_key_new_pem (text, passphrase, error);
  if (*value == '{')
    return read_json (text, error);
  if (g_str_has_prefix (value, HEX))
    return read_hex (value + strlen (HEX), error);
  if (g_str_has_prefix (value, BASE64))
    return read_base64 (value + strlen (BASE64), error);

  return lanyard_key_new_secret (text);
}

static LanyardKey *
decode_text (LanyardSecret *text, LanyardSecret *passphrase, GError **error)
{
  return lanyard_key_new_secret (text);
}

static LanyardKey *
decode_hex (LanyardSecret *text, LanyardSecret *passphrase, GError **error)
{
  return read_hex (lanyard_secret_get (text), error);
}

static LanyardKey *
decode_base64 (LanyardSecret *text, LanyardSecret *passphrase, GError **error)
{
  return read_base64 (lanyard_secret_get (text), error);
}

static LanyardKeyDecoder
find_decoder (LanyardMethod *method)
{
  const char *encoding = lanyard_method_get_string (method, "key.encoding");

  if (g_strcmp0 (encoding, "text") == 0)
    return decode_text;
  if (g_strcmp0 (encoding, "hex") == 0)
    return decode_hex;
  return g_strcmp0 (encoding, "base64") == 0 ? decode_base64 : lanyard_jwt_key_new;
}

/* Cuts a text into the name of the key and the key: at a separator, or after so many characters. */
static LanyardSecret *
split (LanyardMethod *method, LanyardSecret *text, char **id, GError **error)
{
  const char *value = lanyard_secret_get (text);
  const char *separator = lanyard_method_get_string (method, "key.split.separator");
  const char *order = lanyard_method_get_string (method, "key.split.order");
  gint64 length = lanyard_method_get_int64 (method, "key.split.length", 0);
  const char *second = NULL;
  gsize first_length = 0;
  LanyardSecret *key;

  if (separator != NULL && strstr (value, separator) != NULL)
    {
      first_length = (gsize)(strstr (value, separator) - value);
      second = value + first_length + strlen (separator);
    }
  else if (separator == NULL && (gint64)strlen (value) > length)
    {
      first_length = (gsize)length;
      second = value + first_length;
    }
  if (second == NULL || first_length == 0 || *second == '\0')
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The key must hold its name, too; copy all of it"));
      return NULL;
    }

  if (g_strcmp0 (order, "secret_first") == 0)
    {
      key = lanyard_secret_new_bytes (value, first_length);
      *id = g_strdup (second);
    }
  else
    {
      key = lanyard_secret_new (second);
      *id = g_strndup (value, first_length);
    }
  return key;
}

LanyardKey *
lanyard_jwt_key_find (LanyardAuthContext *context, char **id, GError **error)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  LanyardCredentials *credentials = lanyard_auth_context_get_credentials (context);
  LanyardSecret *text = lanyard_credentials_get (credentials, "signing_key");
  g_autoptr (LanyardSecret) part = NULL;
  g_autofree char *name = NULL;
  LanyardKey *key;

  if (lanyard_method_get_object (method, "key.split") != NULL)
    {
      part = split (method, text, &name, error);
      if (part == NULL)
        return NULL;
      text = part;
    }

  key =
    lanyard_key_cache_get (text, lanyard_credentials_get (credentials, "signing_key_passphrase"),
                           find_decoder (method), error);
  if (key != NULL && id != NULL)
    *id = g_steal_pointer (&name);
  return key;
}
