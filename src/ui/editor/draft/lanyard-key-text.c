/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-key-text.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-jwt-key.h"

#include <glib/gi18n.h>
#include <string.h>

#define BEGIN "-----BEGIN "
#define END "-----END "

static LanyardSecret *
fail (GError **error, const char *message)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, message);
  return NULL;
}

/* The first PEM block whose label ends like that, with its length. */
static const char *
find_block (const char *text, const char *label_end, gsize *length)
{
  const char *block = strstr (text, BEGIN);

  for (; block != NULL; block = strstr (block + strlen (BEGIN), BEGIN))
    {
      const char *label = block + strlen (BEGIN);
      const char *dashes = strstr (label, "-----");
      const char *end = dashes != NULL ? strstr (dashes, END) : NULL;
      const char *end_dashes = end != NULL ? strstr (end + strlen (END), "-----") : NULL;

      if (end_dashes == NULL)
        return NULL;
      if (dashes - label >= (gssize)strlen (label_end) &&
          strncmp (dashes - strlen (label_end), label_end, strlen (label_end)) == 0)
        {
          *length = (gsize)(end_dashes + strlen ("-----") - block);
          return block;
        }
    }

  return NULL;
}

static LanyardSecret *
take_pem (const char *text, GError **error)
{
  gsize length = 0;
  const char *block;

  if (strstr (text, BEGIN "OPENSSH PRIVATE KEY") != NULL)
    return fail (error, _ ("This key is in the form of OpenSSH; convert a copy of it with "
                           "“ssh-keygen -p -m PEM -f FILE”, and take that"));

  block = find_block (text, "PRIVATE KEY", &length);
  if (block == NULL)
    block = find_block (text, "PUBLIC KEY", &length);
  if (block != NULL)
    return lanyard_secret_new_bytes (block, length);

  if (strstr (text, BEGIN "CERTIFICATE") != NULL)
    return fail (error, _ ("This is a certificate; what is needed here is the key itself"));
  return fail (error, _ ("There is no whole key in it; take it from where it came from again"));
}

/* A JWK stays as it is; the file of a service account has its key in it. */
static LanyardSecret *
take_json (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonObject) object = lanyard_json_parse_object (text, length, NULL);
  const char *pem;

  if (object == NULL)
    return fail (error, _ ("It begins like a JWK, but is not whole; take it from where it came "
                           "from again"));

  pem = lanyard_json_get_string (object, "private_key");
  if (pem != NULL && strstr (pem, BEGIN) != NULL)
    return take_pem (pem, error);

  return lanyard_secret_new_bytes (text, length);
}

static char *
describe_key (LanyardKey *key, gboolean is_private)
{
  guint bits = (guint)lanyard_key_get_bits (key);

  switch (lanyard_key_get_kind (key))
    {
    case LANYARD_KEY_SECRET:
      return g_strdup (_ ("Shared secret"));
    case LANYARD_KEY_RSA:
      /* Translators: %u is the length of a key */
      return g_strdup_printf (
        is_private ? _ ("RSA private key, %u bits") : _ ("RSA public key, %u bits"), bits);
    case LANYARD_KEY_EC:
      /* Translators: P-%u is the name of a curve, as P-256 */
      return g_strdup_printf (is_private ? _ ("EC private key, P-%u") : _ ("EC public key, P-%u"),
                              bits);
    case LANYARD_KEY_ED25519:
      return g_strdup (is_private ? _ ("Ed25519 private key") : _ ("Ed25519 public key"));
    case LANYARD_KEY_OTHER:
    default:
      return NULL;
    }
}

static gboolean
looks_like_key (const char *text)
{
  return g_str_has_prefix (text, BEGIN) || *text == '{';
}

static gboolean
has_private_part (const char *text)
{
  return strstr (text, "PRIVATE KEY-----") != NULL ||
         (*text == '{' && strstr (text, "\"d\"") != NULL);
}

/* The policy of the system may forbid what an old provider still wants. */
static LanyardKey *
open_key (LanyardSecret *text, LanyardSecret *passphrase, GError **error)
{
  LanyardKey *key = lanyard_jwt_key_new (text, passphrase, error);

  if (key == NULL && g_str_has_prefix (lanyard_secret_get (text), BEGIN))
    key = lanyard_key_new_legacy_pem (text, passphrase, NULL);
  if (key != NULL)
    g_clear_error (error);

  return key;
}

gboolean
lanyard_key_text_is_for (const LanyardField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return field->kind == LANYARD_FIELD_SECRET && (field->flags & LANYARD_FIELD_FILE) != 0;
}

LanyardSecret *
lanyard_key_text_new (const char *content, gsize length, GError **error)
{
  g_return_val_if_fail (content != NULL, NULL);

  if (length > LANYARD_KEY_MAX_SIZE)
    return fail (error, _ ("It is too large to be a key"));
  if (!g_utf8_validate_len (content, length, NULL))
    return fail (error, _ ("It is not a key in text form; have it saved as PEM or JWK"));

  /* An editor of old may have put a byte order mark before everything else. */
  if (length >= 3 && memcmp (content, "\xef\xbb\xbf", 3) == 0)
    {
      content += 3;
      length -= 3;
    }
  for (; length > 0 && g_ascii_isspace (*content); length--)
    content++;
  while (length > 0 && g_ascii_isspace (content[length - 1]))
    length--;
  if (length == 0)
    return fail (error, _ ("There is nothing in it"));

  if (g_strstr_len (content, (gssize)length, BEGIN) != NULL && *content != '{')
    {
      g_autoptr (LanyardSecret) whole = lanyard_secret_new_bytes (content, length);

      return take_pem (lanyard_secret_get (whole), error);
    }
  if (*content == '{')
    return take_json (content, length, error);
  if (memchr (content, '\n', length) != NULL)
    return fail (error, _ ("There is no key in it, only text of several lines"));

  return lanyard_secret_new_bytes (content, length);
}

char *
lanyard_key_text_describe (LanyardSecret *text, LanyardSecret *passphrase, LanyardKeyState *state)
{
  g_autoptr (LanyardKey) key = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *description = NULL;

  g_return_val_if_fail (state != NULL, NULL);

  *state = LANYARD_KEY_STATE_NONE;
  if (text == NULL || *lanyard_secret_get (text) == '\0')
    return NULL;

  *state = LANYARD_KEY_STATE_PLAIN;
  if (!looks_like_key (lanyard_secret_get (text)))
    return NULL;

  key = open_key (text, passphrase, &error);
  if (key != NULL)
    description = describe_key (key, has_private_part (lanyard_secret_get (text)));
  if (description != NULL)
    {
      *state = LANYARD_KEY_STATE_READABLE;
      return g_steal_pointer (&description);
    }

  *state = LANYARD_KEY_STATE_BROKEN;
  if (key != NULL)
    return g_strdup (_ ("This is a key of a kind that is not used for signatures here; RSA, EC and "
                        "Ed25519 are"));
  if (strstr (lanyard_secret_get (text), "ENCRYPTED") == NULL)
    return g_strdup (error->message);

  *state = LANYARD_KEY_STATE_ENCRYPTED;
  return g_strdup (passphrase != NULL ? _ ("Encrypted key: the passphrase does not open it")
                                      : _ ("Encrypted key: enter its passphrase"));
}
