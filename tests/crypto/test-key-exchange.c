/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-key-exchange.h"

#include <string.h>

#define GROUP_SIZE 128
#define KEY_SIZE 16
#define HASH_SIZE 32

/* The prime of RFC 2409, section 6.2, as it stands there. */
static const guchar prime[GROUP_SIZE] = {
  0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xc9, 0x0f, 0xda, 0xa2, 0x21, 0x68, 0xc2, 0x34,
  0xc4, 0xc6, 0x62, 0x8b, 0x80, 0xdc, 0x1c, 0xd1, 0x29, 0x02, 0x4e, 0x08, 0x8a, 0x67, 0xcc, 0x74,
  0x02, 0x0b, 0xbe, 0xa6, 0x3b, 0x13, 0x9b, 0x22, 0x51, 0x4a, 0x08, 0x79, 0x8e, 0x34, 0x04, 0xdd,
  0xef, 0x95, 0x19, 0xb3, 0xcd, 0x3a, 0x43, 0x1b, 0x30, 0x2b, 0x0a, 0x6d, 0xf2, 0x5f, 0x14, 0x37,
  0x4f, 0xe1, 0x35, 0x6d, 0x6d, 0x51, 0xc2, 0x45, 0xe4, 0x85, 0xb5, 0x76, 0x62, 0x5e, 0x7e, 0xc6,
  0xf4, 0x4c, 0x42, 0xe9, 0xa6, 0x37, 0xed, 0x6b, 0x0b, 0xff, 0x5c, 0xb6, 0xf4, 0x06, 0xb7, 0xed,
  0xee, 0x38, 0x6b, 0xfb, 0x5a, 0x89, 0x9f, 0xa5, 0xae, 0x9f, 0x24, 0x11, 0x7c, 0x4b, 0x1f, 0xe6,
  0x49, 0x28, 0x66, 0x51, 0xec, 0xe6, 0x53, 0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
};

static void
hash (gconstpointer key, gsize key_length, gconstpointer data, gsize length, guchar *digest)
{
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256, key, key_length);
  gsize size = HASH_SIZE;

  g_hmac_update (hmac, data, (gssize)length);
  g_hmac_get_digest (hmac, digest, &size);
  g_hmac_unref (hmac);
}

static void
test_refused (void)
{
  static const guchar one[] = { 0, 0, 1 };
  g_autoptr (LanyardKeyExchange) exchange = lanyard_key_exchange_new ();
  guchar number[GROUP_SIZE + 2] = { 0 };

  g_assert_null (lanyard_key_exchange_derive (exchange, "", 0));
  g_assert_null (lanyard_key_exchange_derive (exchange, one, 1));
  g_assert_null (lanyard_key_exchange_derive (exchange, one, sizeof one));
  g_assert_null (lanyard_key_exchange_derive (exchange, number, GROUP_SIZE));

  memcpy (number, prime, GROUP_SIZE);
  g_assert_null (lanyard_key_exchange_derive (exchange, number, GROUP_SIZE));
  number[GROUP_SIZE - 1] = 0xfe;
  g_assert_null (lanyard_key_exchange_derive (exchange, number, GROUP_SIZE));
  number[0] = 2;
  g_assert_null (lanyard_key_exchange_derive (exchange, number, sizeof number));
  g_assert_null (lanyard_key_exchange_derive (exchange, number, GROUP_SIZE + 1));
}

static void
test_both_sides (void)
{
  lanyard_key_exchange_warm_up ();
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (LanyardKeyExchange) one = lanyard_key_exchange_new ();
      g_autoptr (LanyardKeyExchange) other = lanyard_key_exchange_new ();
      g_autoptr (GBytes) public_one = lanyard_key_exchange_dup_public_key (one);
      g_autoptr (GBytes) public_other = lanyard_key_exchange_dup_public_key (other);
      g_autoptr (LanyardSecret) key_one = lanyard_key_exchange_derive (
        one, g_bytes_get_data (public_other, NULL), g_bytes_get_size (public_other));
      g_autoptr (LanyardSecret) key_other = lanyard_key_exchange_derive (
        other, g_bytes_get_data (public_one, NULL), g_bytes_get_size (public_one));

      g_assert_false (g_bytes_equal (public_one, public_other));
      g_assert_cmpuint (lanyard_secret_get_length (key_one), ==, KEY_SIZE);
      g_assert_true (lanyard_secret_equal (key_one, key_other));
    }
}

/* With the generator for the other side's key, what both share is our own public key; the rest is
 * HKDF, for which GLib has the parts. */
static void
test_derivation (void)
{
  static const guchar zeros[HASH_SIZE] = { 0 };
  static const guchar generator[] = { 0, 2 };
  static const guchar counter = 1;
  g_autoptr (LanyardKeyExchange) exchange = lanyard_key_exchange_new ();
  g_autoptr (GBytes) public_key = lanyard_key_exchange_dup_public_key (exchange);
  g_autoptr (LanyardSecret) key =
               lanyard_key_exchange_derive (exchange, generator, sizeof generator);
  guchar shared[GROUP_SIZE] = { 0 };
  guchar extracted[HASH_SIZE];
  guchar expanded[HASH_SIZE];
  gsize length;
  const guchar *bytes = g_bytes_get_data (public_key, &length);

  memcpy (shared + GROUP_SIZE - length, bytes, length);
  hash (zeros, sizeof zeros, shared, sizeof shared, extracted);
  hash (extracted, sizeof extracted, &counter, 1, expanded);
  g_assert_cmpmem (lanyard_secret_get (key), lanyard_secret_get_length (key), expanded, KEY_SIZE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/crypto/key-exchange/refused", test_refused);
  g_test_add_func ("/crypto/key-exchange/both-sides", test_both_sides);
  g_test_add_func ("/crypto/key-exchange/derivation", test_derivation);

  return g_test_run ();
}
