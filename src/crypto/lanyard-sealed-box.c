/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-sealed-box.h"

#include "lanyard-error.h"

#include <glib/gi18n-lib.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>

#define MAGIC "LANYARD-SEALED\n"
#define MAGIC_LENGTH (sizeof MAGIC - 1)
#define VERSION 1
#define KEY_LENGTH 32
#define SALT_LENGTH 16
#define NONCE_LENGTH 12
#define TAG_LENGTH 16

/* A file may not ask for more than 1 GiB. */
#define MAX_LOG_N 20
#define BLOCKS 8
#define PARALLEL 1

typedef struct
{
  guchar magic[MAGIC_LENGTH];
  guchar version;
  guchar log_n;
  guchar r;
  guchar p;
  guchar reserved;
  guchar salt[SALT_LENGTH];
  guchar nonce[NONCE_LENGTH];
} Header;

G_STATIC_ASSERT (sizeof (Header) == MAGIC_LENGTH + 5 + SALT_LENGTH + NONCE_LENGTH);

gboolean
lanyard_sealed_box_check_passphrase (LanyardSecret *passphrase, GError **error)
{
  const char *text;

  g_return_val_if_fail (passphrase != NULL, FALSE);

  text = lanyard_secret_get (passphrase);
  if (!g_utf8_validate_len (text, lanyard_secret_get_length (passphrase), NULL))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("The passphrase is not valid UTF-8 text; choose another"));
      return FALSE;
    }
  if (g_utf8_strlen (text, -1) < LANYARD_SEALED_BOX_MIN_PASSPHRASE)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("The passphrase is too short; choose one of at least %d characters"),
                   LANYARD_SEALED_BOX_MIN_PASSPHRASE);
      return FALSE;
    }
  return TRUE;
}

gboolean
lanyard_sealed_box_is_sealed (gconstpointer data, gsize length)
{
  return length >= MAGIC_LENGTH && memcmp (data, MAGIC, MAGIC_LENGTH) == 0;
}

/* RFC 7914. */
static LanyardSecret *
derive_key (const Header *header, LanyardSecret *passphrase, GError **error)
{
  char *text = g_utf8_normalize (lanyard_secret_get (passphrase),
                                 lanyard_secret_get_length (passphrase), G_NORMALIZE_NFC);
  guint64 n = G_GUINT64_CONSTANT (1) << header->log_n;
  /* What the algorithm itself takes, and a little that OpenSSL adds to it. */
  guint64 memory = 128 * n * header->r + 128 * (guint64)header->r * header->p + 1024 * 1024;
  guchar key[KEY_LENGTH];
  LanyardSecret *secret = NULL;

  if (text != NULL && EVP_PBE_scrypt (text, strlen (text), header->salt, SALT_LENGTH, n, header->r,
                                      header->p, memory, key, sizeof key) == 1)
    secret = lanyard_secret_new_bytes (key, sizeof key);
  else
    g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_FAILED,
                         _ ("No key could be made of the passphrase; perhaps there is too little "
                            "memory"));

  explicit_bzero (key, sizeof key);
  lanyard_secret_wipe_string (text);
  return secret;
}

/* Both ways of the cipher; the header is authenticated with the data. */
static gboolean
run_cipher (const Header *header,
            LanyardSecret *key,
            gboolean seals,
            const guchar *in,
            gsize length,
            guchar *out,
            guchar *tag)
{
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
  int written = 0;
  int rest = 0;
  gboolean is_done;

  is_done =
    context != NULL &&
    EVP_CipherInit_ex2 (context, EVP_aes_256_gcm (), (const guchar *)lanyard_secret_get (key),
                        header->nonce, seals, NULL) == 1 &&
    EVP_CipherUpdate (context, NULL, &written, (const guchar *)header, sizeof *header) == 1 &&
    (length == 0 || EVP_CipherUpdate (context, out, &written, in, (int)length) == 1) &&
    (seals || EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_AEAD_SET_TAG, TAG_LENGTH, tag) == 1) &&
    EVP_CipherFinal_ex (context, out + length, &rest) == 1 &&
    (!seals || EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_AEAD_GET_TAG, TAG_LENGTH, tag) == 1);

  EVP_CIPHER_CTX_free (context);
  return is_done;
}

GBytes *
lanyard_sealed_box_seal (LanyardSecret *plain,
                         LanyardSecret *passphrase,
                         guint cost,
                         GError **error)
{
  Header header = { .version = VERSION, .log_n = cost, .r = BLOCKS, .p = PARALLEL };
  g_autoptr (LanyardSecret) key = NULL;
  g_autofree guchar *box = NULL;
  gsize length;

  g_return_val_if_fail (plain != NULL, NULL);
  g_return_val_if_fail (passphrase != NULL, NULL);
  g_return_val_if_fail (cost >= 1 && cost <= MAX_LOG_N, NULL);

  if (!lanyard_sealed_box_check_passphrase (passphrase, error))
    return NULL;

  length = lanyard_secret_get_length (plain);
  memcpy (header.magic, MAGIC, MAGIC_LENGTH);
  if (length > G_MAXINT - sizeof header - TAG_LENGTH ||
      RAND_bytes (header.salt, SALT_LENGTH) != 1 || RAND_bytes (header.nonce, NONCE_LENGTH) != 1)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_FAILED,
                           _ ("This could not be encrypted: too large, or no random numbers"));
      return NULL;
    }
  key = derive_key (&header, passphrase, error);
  if (key == NULL)
    return NULL;

  box = g_malloc (sizeof header + length + TAG_LENGTH);
  memcpy (box, &header, sizeof header);
  if (!run_cipher (&header, key, TRUE, (const guchar *)lanyard_secret_get (plain), length,
                   box + sizeof header, box + sizeof header + length))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_FAILED,
                           _ ("OpenSSL could not encrypt this"));
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&box), sizeof header + length + TAG_LENGTH);
}

static gboolean
check_header (const Header *header, gsize length, GError **error)
{
  if (!lanyard_sealed_box_is_sealed (header, length))
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("This is not an encrypted export of Lanyard"));
      return FALSE;
    }
  if (length > MAGIC_LENGTH && header->version > VERSION)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STORAGE_NEWER,
                           _ ("This was encrypted by a newer version of Lanyard; update Lanyard "
                              "to open it"));
      return FALSE;
    }
  if (length < sizeof *header + TAG_LENGTH || length > G_MAXINT || header->version != VERSION ||
      header->log_n < 1 || header->log_n > MAX_LOG_N || header->r != BLOCKS ||
      header->p != PARALLEL || header->reserved != 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("This encrypted export is damaged or cut off; take another copy"));
      return FALSE;
    }
  return TRUE;
}

LanyardSecret *
lanyard_sealed_box_open (GBytes *box, LanyardSecret *passphrase, GError **error)
{
  g_autoptr (LanyardSecret) key = NULL;
  LanyardSecret *plain = NULL;
  const guchar *data;
  guchar tag[TAG_LENGTH];
  guchar *out;
  Header header;
  gsize length;

  g_return_val_if_fail (box != NULL, NULL);
  g_return_val_if_fail (passphrase != NULL, NULL);

  data = g_bytes_get_data (box, &length);
  memset (&header, 0, sizeof header);
  if (data != NULL)
    memcpy (&header, data, MIN (length, sizeof header));
  if (!check_header (&header, length, error))
    return NULL;
  key = derive_key (&header, passphrase, error);
  if (key == NULL)
    return NULL;

  length -= sizeof header + TAG_LENGTH;
  memcpy (tag, data + sizeof header + length, TAG_LENGTH);
  out = g_malloc (length + 1);
  if (run_cipher (&header, key, FALSE, data + sizeof header, length, out, tag))
    plain = lanyard_secret_new_bytes (out, length);
  else
    g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_DENIED,
                         _ ("The passphrase is wrong, or the file was changed"));

  explicit_bzero (out, length);
  g_free (out);
  return plain;
}
