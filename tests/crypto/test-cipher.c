/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-cipher.h"

#include <string.h>

/* 0, 1, 2 ... 15 */
#define KEY "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
#define OTHER_KEY "\x01\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
/* 16, 17, 18 ... 31 */
#define IV "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f"
/* What the openssl command makes of "secret". */
#define ENCRYPTED "\x16\xb3\xa5\xa3\x5d\x4b\x63\x41\x72\x77\x93\x9a\x11\x64\x30\xf6"

static LanyardSecret *
make_key (const char *bytes)
{
  return lanyard_secret_new_bytes (bytes, LANYARD_CIPHER_KEY_SIZE);
}

static void
test_refused (void)
{
  static const gsize lengths[] = { 0, 1, 15, 17, 31 };
  static const char zeros[32] = { 0 };
  g_autoptr (LanyardSecret) key = make_key (KEY);
  g_autoptr (LanyardSecret) other_key = make_key (OTHER_KEY);

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    g_assert_null (lanyard_cipher_decrypt (key, (const guchar *)IV, zeros, lengths[i]));

  /* What the padding would have to be. */
  g_assert_null (lanyard_cipher_decrypt (key, (const guchar *)IV, zeros, sizeof zeros));
  g_assert_null (lanyard_cipher_decrypt (other_key, (const guchar *)IV, ENCRYPTED, 16));
}

static void
test_vector (void)
{
  g_autoptr (LanyardSecret) key = make_key (KEY);
  g_autoptr (LanyardSecret) secret =
               lanyard_cipher_decrypt (key, (const guchar *)IV, ENCRYPTED, 16);

  g_assert_cmpstr (lanyard_secret_get (secret), ==, "secret");
  g_assert_cmpuint (lanyard_secret_get_length (secret), ==, 6);
}

static void
test_every_length (void)
{
  g_autoptr (LanyardSecret) key = make_key (KEY);
  char text[100];

  memset (text, 'x', sizeof text);
  for (gsize length = 0; length < sizeof text; length++)
    {
      g_autoptr (LanyardSecret) secret = lanyard_secret_new_bytes (text, length);
      guchar iv[LANYARD_CIPHER_IV_SIZE];
      g_autoptr (GBytes) encrypted = lanyard_cipher_encrypt (key, secret, iv);
      g_autoptr (LanyardSecret) again = lanyard_cipher_decrypt (
        key, iv, g_bytes_get_data (encrypted, NULL), g_bytes_get_size (encrypted));

      g_assert_cmpuint (g_bytes_get_size (encrypted), ==, (length / 16 + 1) * 16);
      g_assert_true (lanyard_secret_equal (again, secret));
    }
}

static void
test_never_the_same (void)
{
  g_autoptr (LanyardSecret) key = make_key (KEY);
  g_autoptr (LanyardSecret) secret = lanyard_secret_new ("secret");
  guchar iv[LANYARD_CIPHER_IV_SIZE];
  guchar other_iv[LANYARD_CIPHER_IV_SIZE];
  g_autoptr (GBytes) encrypted = lanyard_cipher_encrypt (key, secret, iv);
  g_autoptr (GBytes) other = lanyard_cipher_encrypt (key, secret, other_iv);

  g_assert_false (g_bytes_equal (encrypted, other));
  g_assert_cmpint (memcmp (iv, other_iv, sizeof iv), !=, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/crypto/cipher/refused", test_refused);
  g_test_add_func ("/crypto/cipher/vector", test_vector);
  g_test_add_func ("/crypto/cipher/every-length", test_every_length);
  g_test_add_func ("/crypto/cipher/never-the-same", test_never_the_same);

  return g_test_run ();
}
