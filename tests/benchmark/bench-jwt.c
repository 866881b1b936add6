/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Signing and verifying all with a key that was decoded once: by us, by OpenSSL alone, and by
 * libjwt and rhonabwy where they are there. See cases.h for the arguments. */

#include "config.h"

#include "cases.h"
#include "lanyard-jws.h"
#include "token-case.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <string.h>

#define SECRET "0123456789abcdef0123456789abcdef"

/* Made for this program, and used nowhere else. */
static const char RSA_KEY[] = "-----BEGIN PRIVATE KEY-----\n"
                              "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC/twfHjFgnaFwL\n"
                              "ychWRV3CmrE+iLEziQ+S4wRutgFcBZe2ipFxpHiY/tSzH00CI67mwaw9iySoTNUB\n"
                              "nberqDx9YwulapKKpYmqBwOqzFx0JdsIPyMv9xF7msXf5tBFDuxZ1rslFZ7BJl5i\n"
                              "ySDLAEYGpSiYXUu8S4K25OU0Fe0MJJgTs2gbpJUhnlhOvxICwRgehVbBWEqT0X9U\n"
                              "5F//AmzW8Ec/0c91Rnb41Rdy2I34Zo56wr0JfyoDctXO4n2ynTxtv8vG0XruUCXd\n"
                              "GY9F85B4gZCYRQFGOddalkSntf89x1JPs8SUX5he0axwPBm5gYMjguT62ARc1i2x\n"
                              "GrGGjajpAgMBAAECggEACLu5ouMj55Fw5/10nvbLiIPPRL/ic4HFb/Wm00Lw0gY3\n"
                              "pAs/QZIkI8+hxtlZn0TFiCG/kh95/pLs/SGGQ6TOMtea/lJoLlKzfmPnMBXdmMOS\n"
                              "7Rbpb1QKSfQsqId1TgcoHc8hI45WBScjvj66n12kmhpy2NtYCcO58W3WXjhFenu4\n"
                              "FHTTXmQogVaWB3eNzAoHtxubtx1XZip2YHjGNJZDLEjkzoxWR3SWkLMGZ0vhd5L1\n"
                              "XRGmOfTne+ynfFEeBxpzPPgp3lR+rRYrmjQ2yDjCY5/6+kNEmSbpZhdHaqtKj75O\n"
                              "SVY7ukZFT+PMJyLwS0PzQ24MEmBUQK+W/oPPibeERQKBgQDkI8kqUpqlUadZj3IC\n"
                              "bKIZqc6gVfKRyL8gtD00XqcSCOpCty8digqgWCB/LXUmo7NPsFw82Q60TKKvdqzT\n"
                              "Q7CSOpi8KJVB/XYafvih2jcCa0RCT0L0X06EgDMawsZu91nMbIrSwPlVa9ngvsNg\n"
                              "KFbqlTxO9/jdenTWVXjYKFuCZwKBgQDXIIOwyQM/ZwJgt1Vf/z7dvEb1TC4B5Nso\n"
                              "XQWbsFyEw/m/aRFCgpfAG7IW+LaocTy+t4F++ZFK6UnehITZfaRUbIqolMzcrori\n"
                              "4/YGfS7YM5XcoJqQFOTzNEVTtNE8dPaHZRBUO2dwt0lZZR5Cro63Ir0KANsFJTiZ\n"
                              "f/WEU3aILwKBgHLWZKNuMzP2VzPo1e3MewhKBp2ExfaGQ1cWAx0CbDzSygDNLuVC\n"
                              "oDi4Q5tg6XCKxG7fin6CkDlHvjhul248y3vADTPhhchS6olJ0qO+MSSBlDmApmZW\n"
                              "NzLRSWg2FSa0UbpqBLMzug46nNDZlYUoqR+qAVKK1fW+d2OQYKUGI5IPAoGAPALb\n"
                              "+bL5bvRjW2uJK3BeryhYexE3PFwFLutUJyw5gufQga7jm7QmdPbE5VeYTMDZ+zHh\n"
                              "s/QWrdkKPEKndKxx7QMiYwivZVhjcgu5k/HT4YfyZEuBEnRhsd6BAGrOe5j9NKPi\n"
                              "vDyeDHl0wrVMjbl4ImpUZbf7YSIS+e8SJEnMJQ0CgYEAp7w4UO7JEoaCEwSKL3aZ\n"
                              "1TZDeMs6913tyRUkT1TdPpzRfX6UIX4QtI5ubuOHk8iIZiTmGRh43l1AMBxDtrzB\n"
                              "YJmQO1jl2MUQTM/kHfzAbNjxOPKtU6sFlB+lx+9G76bRSewoaLV2ZbcszWBX2hxD\n"
                              "6sOYwbChSmzIrVx047H/qN0=\n"
                              "-----END PRIVATE KEY-----\n";
static const char EC_KEY[] = "-----BEGIN PRIVATE KEY-----\n"
                             "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgP1ZUo8yK9kwNMSDx\n"
                             "4WOrRTQKeHDEE9SRUT3a3FGhJGyhRANCAAQ3edUsJocvrhYE6ayqJBs8SFF38CkS\n"
                             "lcFl1BUDdzThshxY8lJKgSOJrTr+J8FdQxiK0npkm/Cnaen6EAOKJKqZ\n"
                             "-----END PRIVATE KEY-----\n";

typedef struct
{
  /* First, since the peers see no more. */
  TokenCase token;

  LanyardKey *key;
  GPtrArray *keys;
  JsonObject *header;
  char *input;
  LanyardJws *jws;
  /* What OpenSSL signed. */
  guchar signature[512];
  gsize length;
} Own;

/* The parts of the token are ready, as they are for OpenSSL. */
static void
sign_ours (gpointer data)
{
  Own *self = data;

  g_free (lanyard_jws_sign_input (self->token.algorithm, self->key, self->input, NULL));
}

static void
verify_ours (gpointer data)
{
  Own *self = data;

  g_assert_true (lanyard_jws_verify (self->jws, self->keys, lanyard_jws_list_algorithms (), NULL));
}

/* The whole token, as the other libraries make and read it. */
static void
sign_whole (gpointer data)
{
  Own *self = data;

  g_free (lanyard_jws_sign (self->token.algorithm, self->key, self->header, TOKEN_CLAIMS, NULL));
}

static void
verify_whole (gpointer data)
{
  Own *self = data;
  g_autoptr (LanyardJws) jws = lanyard_jws_parse (self->token.token, NULL);

  g_assert_true (lanyard_jws_verify (jws, self->keys, lanyard_jws_list_algorithms (), NULL));
}

static void
sign_bare (gpointer data)
{
  Own *self = data;
  EVP_PKEY *pkey = lanyard_key_get_pkey (self->key);
  EVP_MD_CTX *context = EVP_MD_CTX_new ();

  self->length = sizeof self->signature;
  g_assert_cmpint (EVP_DigestSignInit_ex (context, NULL, "SHA256", NULL, NULL, pkey, NULL), ==, 1);
  g_assert_cmpint (EVP_DigestSign (context, self->signature, &self->length,
                                   (const guchar *)self->input, strlen (self->input)),
                   ==, 1);
  EVP_MD_CTX_free (context);
}

static void
verify_bare (gpointer data)
{
  Own *self = data;
  EVP_PKEY *pkey = lanyard_key_get_pkey (self->key);
  EVP_MD_CTX *context = EVP_MD_CTX_new ();

  g_assert_cmpint (EVP_DigestVerifyInit_ex (context, NULL, "SHA256", NULL, NULL, pkey, NULL), ==,
                   1);
  g_assert_cmpint (EVP_DigestVerify (context, self->signature, self->length,
                                     (const guchar *)self->input, strlen (self->input)),
                   ==, 1);
  EVP_MD_CTX_free (context);
}

static void
mac_bare (gpointer data)
{
  Own *self = data;
  guint length = 0;

  HMAC (EVP_sha256 (), SECRET, strlen (SECRET), (const guchar *)self->input, strlen (self->input),
        self->signature, &length);
}

/* OpenSSL writes the public key for those who want it alone. */
static LanyardSecret *
write_public_key (EVP_PKEY *pkey)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  LanyardSecret *text;
  char *data;
  long length;

  PEM_write_bio_PUBKEY (bio, pkey);
  length = BIO_get_mem_data (bio, &data);
  text = lanyard_secret_new_bytes (data, (gsize)length);
  BIO_free (bio);
  return text;
}

static void
set_up (Own *self, const char *algorithm, const char *text)
{
  gboolean is_mac = g_str_has_prefix (algorithm, "HS");

  self->token.algorithm = algorithm;
  self->token.text = lanyard_secret_new (text);
  self->key = is_mac ? lanyard_key_new_secret (self->token.text)
                     : lanyard_key_new_pem (self->token.text, NULL, NULL);
  self->token.public_text = is_mac ? lanyard_secret_ref (self->token.text)
                                   : write_public_key (lanyard_key_get_pkey (self->key));
  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_key_unref);
  g_ptr_array_add (self->keys, lanyard_key_ref (self->key));

  self->header = json_object_new ();
  json_object_set_string_member (self->header, "typ", "JWT");
  self->token.token = lanyard_jws_sign (algorithm, self->key, self->header, TOKEN_CLAIMS, NULL);
  self->input =
    g_strndup (self->token.token, (gsize)(strrchr (self->token.token, '.') - self->token.token));
  self->jws = lanyard_jws_parse (self->token.token, NULL);
  if (!is_mac)
    sign_bare (self);
}

static void
add (GArray *cases, Own *own, const char *what, void (*run) (gpointer))
{
  Case new_case = { g_strdup_printf ("%s-%s", own->token.algorithm, what), run, own };

  g_array_append_val (cases, new_case);
}

static void
add_all (GArray *cases, Own *own)
{
  gboolean is_mac = lanyard_key_get_pkey (own->key) == NULL;

  add (cases, own, "sign-lanyard", sign_ours);
  add (cases, own, "sign-lanyard-whole", sign_whole);
  add (cases, own, "sign-openssl", is_mac ? mac_bare : sign_bare);
  add (cases, own, "verify-lanyard", verify_ours);
  add (cases, own, "verify-lanyard-whole", verify_whole);
  add (cases, own, "verify-openssl", is_mac ? mac_bare : verify_bare);
#ifdef HAVE_LIBJWT
  add (cases, own, "sign-libjwt", libjwt_sign);
  add (cases, own, "verify-libjwt", libjwt_verify);
#endif
#ifdef HAVE_RHONABWY
  add (cases, own, "sign-rhonabwy", rhonabwy_sign);
  add (cases, own, "verify-rhonabwy", rhonabwy_verify);
#endif
}

int
main (int argc, char *argv[])
{
  static const char *const KEYS[][2] = { { "RS256", RSA_KEY },
                                         { "ES256", EC_KEY },
                                         { "HS256", SECRET } };
  /* They stay until the program ends. */
  static Own all[G_N_ELEMENTS (KEYS)];
  GArray *cases = g_array_new (FALSE, FALSE, sizeof (Case));

  for (gsize i = 0; i < G_N_ELEMENTS (KEYS); i++)
    {
      set_up (&all[i], KEYS[i][0], KEYS[i][1]);
      add_all (cases, &all[i]);
    }

  return cases_main (argc, argv, (const Case *)(gpointer)cases->data, cases->len);
}
