/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-encoding.h"
#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-jwk.h"
#include "lanyard-jws.h"

/* V-6: the keys and tokens of RFC 7515 appendices A.1 to A.5 and E, and of RFC 8037 appendix A. */
static const char HS_KEY[] = "{\"kty\":\"oct\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_"
                             "T-1qS0gZH75aKtMN3Yj0iPS4hcgUu"
                             "TwjAzZr1Z9CAow\"}";

static const char HS_TOKEN[] =
  "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogI"
  "mh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

static const char RSA_PUBLIC[] =
  "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_"
  "wWJcyQoTbji9k0l8W26mPddxHmf"
  "HQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wG"
  "zjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZ"
  "lxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54"
  "h4FRWyuXpoQ\"}";

static const char RSA_PRIVATE[] =
  "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_"
  "wWJcyQoTbji9k0l8W26mPddxHmf"
  "HQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wG"
  "zjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZ"
  "lxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54"
  "h4FRWyuXpoQ\",\"d\":\"Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgv"
  "fTeXZx9SE-7YwVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxz"
  "ubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1Zd"
  "iYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ"
  "\",\"p\":\"4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9A"
  "B0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc\","
  "\"q\":\"uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7"
  "TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc\",\"d"
  "p\":\"BwKfV3Akq5_MFZDFZCnW-wzl-CCo83WoZvnLQwCTeDv8uzluRSnm71I3QCLdhrqE2e9YkxvuxdBfpT_PI7Yz-F"
  "OKnu1R6HsJeDCjn12Sk3vmAktV2zb34MCdy7cpdTh_YVr7tss2u6vneTwrA86rZtu5Mbr1C1XsmvkxHQAdYo0\",\"dq"
  "\":\"h_96-mK1R_7glhsum81dZxjTnYynPbZpHziZjeeHcXYsXaaMwkOlODsWa7I9xXDoRwbKgB719rrmI2oKr6N3Do9"
  "U0ajaHF-NKJnwgjMd2w9cjz3_-kyNlxAr2v4IKhGNpmM5iIgOS1VZnOZ68m6_pbLBSp3nssTdlqvd0tIiTHU\",\"qi\""
  ":\"IYd7DHOhrWvxkwPQsRM2tOgrjbcrfvtQJipd-DlcxyVuuM9sQLdgjVk2oy26F0EmpScGLq2MowX7fhd_QJQ3ydy5"
  "cY7YIBi87w93IKLEdfnbJtoOPLUW0ITrJReOgo1cq9SbsxYawBgfp_gh6A5603k2-ZQwVK0JKSHuLFkuQ3U\"}";

static const char RS_TOKEN[] =
  "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlL"
  "mNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7"
  "AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWz"
  "O75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZES"
  "c6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlU"
  "PQGe77Rw";

static const char EC_PUBLIC[] = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":"
                                "\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":\"x_FEzRu9m"
                                "36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}";

static const char EC_PRIVATE[] =
  "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\",\"y\":"
  "\"x_FEzRu9m"
  "36HLN_tue659LNpXW6pCyStikYjKIWI5a0\",\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\"}";

static const char ES_TOKEN[] =
  "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlL"
  "mNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSA"
  "pmWQxfKTUJqPP3-Kg6NU1Q";

static const char EC521_PUBLIC[] =
  "{\"kty\":\"EC\",\"crv\":\"P-521\",\"x\":"
  "\"AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjF"
  "Z6OvLFV1jSfS9tsz4qUxcWceqwQGk\",\"y\":\"ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhj"
  "Dly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2\"}";

static const char EC521_PRIVATE[] =
  "{\"kty\":\"EC\",\"crv\":\"P-521\",\"x\":"
  "\"AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjF"
  "Z6OvLFV1jSfS9tsz4qUxcWceqwQGk\",\"y\":\"ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhj"
  "Dly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2\",\"d\":\"AY5pb7A0UFiB3RELSD64fTLOSV_jazdF7fLYyuTw8lOfRhWg6"
  "Y6rUrPAxerEzgdRhajnu0ferB0d53vM9mE15j2C\"}";

static const char ES512_TOKEN[] =
  "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWRO"
  "c-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vc"
  "nwNrmxYbSW9ERBXukOXolLzeO_Jn";

static const char ED_PUBLIC[] =
  "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";

static const char ED_PRIVATE[] = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"nWGxne_"
                                 "9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\",\"x\":\"11qYAY"
                                 "KxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";

static const char ED_TOKEN[] =
  "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGc"
  "vMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

static const char NONE_TOKEN[] =
  "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLm"
  "NvbS9pc19yb290Ijp0cnVlfQ.";

static const char CRIT_TOKEN[] =
  "eyJhbGciOiJub25lIiwNCiAiY3JpdCI6WyJodHRwOi8vZXhhbXBsZS5jb20vVU5ERUZJTkVEIl0sDQogImh0dHA6Ly"
  "9leGFtcGxlLmNvbS9VTkRFRklORUQiOnRydWUNCn0.RkFJTA.";

/* The payload of the first three. */
#define PAYLOAD "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"

static LanyardKey *
new_key (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = lanyard_json_parse_object (json, strlen (json), &error);
  LanyardKey *key;

  g_assert_no_error (error);
  key = lanyard_jwk_read (object, &error);
  g_assert_no_error (error);
  return key;
}

static gboolean
verify (const char *token, const char *json, const char *const *algorithms, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_key_unref);
  g_autoptr (LanyardJws) jws = lanyard_jws_parse (token, error);

  if (jws == NULL)
    return FALSE;

  g_ptr_array_add (keys, new_key (json));
  return lanyard_jws_verify (jws, keys, algorithms, error);
}

static void
assert_refused (const char *token, const char *json, const char *const *algorithms)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (verify (token, json, algorithms, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

static const struct
{
  const char *algorithm;
  const char *public_key;
  const char *private_key;
  const char *token;
} VECTORS[] = {
  { "HS256", HS_KEY, HS_KEY, HS_TOKEN },
  { "RS256", RSA_PUBLIC, RSA_PRIVATE, RS_TOKEN },
  { "ES256", EC_PUBLIC, EC_PRIVATE, ES_TOKEN },
  { "ES512", EC521_PUBLIC, EC521_PRIVATE, ES512_TOKEN },
  { "EdDSA", ED_PUBLIC, ED_PRIVATE, ED_TOKEN },
};

/* V-6. */
static void
test_vectors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (VECTORS); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", VECTORS[i].algorithm);
      g_assert_true (
        verify (VECTORS[i].token, VECTORS[i].public_key, lanyard_jws_list_algorithms (), &error));
      g_assert_no_error (error);
    }
}

/* JOSE-12: one character of the signature, of the payload or of the header. */
static void
test_tampered (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (VECTORS); i++)
    {
      for (int part = 0; part < 3; part++)
        {
          g_auto (GStrv) parts = g_strsplit (VECTORS[i].token, ".", 3);
          g_autofree char *token = NULL;
          gsize place = strlen (parts[part]) / 2;

          parts[part][place] = parts[part][place] == 'A' ? 'B' : 'A';
          token = g_strjoinv (".", parts);
          assert_refused (token, VECTORS[i].public_key, lanyard_jws_list_algorithms ());
        }
    }
}

/* JOSE-11, RFC 8725 section 3.1. */
static void
test_allow_list (void)
{
  static const char *const OTHERS[] = { "RS256", "PS256", NULL };

  assert_refused (HS_TOKEN, HS_KEY, OTHERS);
  assert_refused (ES_TOKEN, EC_PUBLIC, OTHERS);
}

/* V-6, JOSE-03 and 07: not even for who lists `none`. */
static void
test_none_and_crit (void)
{
  static const char *const EVERYTHING[] = { "none", "None", "HS256", NULL };

  assert_refused (NONE_TOKEN, HS_KEY, EVERYTHING);
  assert_refused (CRIT_TOKEN, HS_KEY, EVERYTHING);
}

/* JOSE-11, RFC 8725 section 2.1: a public key must never count as the secret of an HMAC. */
static void
test_confusion (void)
{
  g_autoptr (LanyardKey) rsa = new_key (RSA_PRIVATE);
  g_autoptr (JsonObject) header = json_object_new ();
  g_autoptr (GError) error = NULL;

  assert_refused (HS_TOKEN, RSA_PUBLIC, lanyard_jws_list_algorithms ());
  assert_refused (RS_TOKEN, HS_KEY, lanyard_jws_list_algorithms ());
  assert_refused (RS_TOKEN, EC_PUBLIC, lanyard_jws_list_algorithms ());
  assert_refused (ES_TOKEN, EC521_PUBLIC, lanyard_jws_list_algorithms ());
  g_assert_null (lanyard_jws_sign ("HS256", rsa, header, "{}", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

/* JOSE-01 and 02. */
static void
test_broken_tokens (void)
{
  static const char *const TOKENS[] = {
    "",
    "a",
    "a.b",
    "a.b.c.d",
    "..",
    "eyJhbGciOiJIUzI1NiJ9..",
    "eyJhbGciOiJIUzI1NiJ9.e30=.AAAA",
    "eyJhbGciOiJIUzI1NiJ9.e30 .AAAA",
    "eyJhbGciOiJIUzI1NiJ9.e30\n.AAAA",
    "e30.e30.AAAA",
    "W10.e30.AAAA",
    /* {"alg":"HS256","alg":"none"} */
    "eyJhbGciOiJIUzI1NiIsImFsZyI6Im5vbmUifQ.e30.AAAA",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (TOKENS); i++)
    assert_refused (TOKENS[i], HS_KEY, lanyard_jws_list_algorithms ());
}

/* V-6. */
static void
test_deterministic_signatures (void)
{
  g_autoptr (LanyardKey) rsa = new_key (RSA_PRIVATE);
  g_autoptr (LanyardKey) ed = new_key (ED_PRIVATE);
  g_autoptr (JsonObject) header = json_object_new ();
  g_autofree char *rs = lanyard_jws_sign ("RS256", rsa, header, PAYLOAD, NULL);
  g_autofree char *eddsa =
    lanyard_jws_sign ("EdDSA", ed, header, "Example of Ed25519 signing", NULL);

  g_assert_cmpstr (rs, ==, RS_TOKEN);
  g_assert_cmpstr (eddsa, ==, ED_TOKEN);
}

/* Whether R or S of an ECDSA signature begins with a zero, which a careless encoder leaves out. */
static gboolean
has_leading_zero (const char *token)
{
  g_autoptr (GBytes) signature = lanyard_base64url_decode (strrchr (token, '.') + 1, NULL);
  const guchar *bytes = g_bytes_get_data (signature, NULL);
  gsize size = g_bytes_get_size (signature);

  return bytes[0] == 0 || bytes[size / 2] == 0;
}

/* JOSE-06: each algorithm signs what it verifies; ECDSA often enough to meet numbers with leading
 * zeros. */
static void
test_round_trips (void)
{
  static const struct
  {
    const char *algorithm;
    const char *private_key;
    const char *public_key;
  } CASES[] = {
    { "RS384", RSA_PRIVATE, RSA_PUBLIC },
    { "RS512", RSA_PRIVATE, RSA_PUBLIC },
    { "PS256", RSA_PRIVATE, RSA_PUBLIC },
    { "PS384", RSA_PRIVATE, RSA_PUBLIC },
    { "PS512", RSA_PRIVATE, RSA_PUBLIC },
    { "ES256", EC_PRIVATE, EC_PUBLIC },
    { "ES512", EC521_PRIVATE, EC521_PUBLIC },
    { "HS256", HS_KEY, HS_KEY },
    { "HS512", HS_KEY, HS_KEY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (LanyardKey) key = new_key (CASES[i].private_key);
      g_autoptr (JsonObject) header = json_object_new ();
      gboolean is_es256 = g_str_equal (CASES[i].algorithm, "ES256");
      guint n_zeros = 0;

      json_object_set_string_member (header, "typ", "JWT");
      for (guint round = 0; round < 3 || (is_es256 && n_zeros < 3); round++)
        {
          g_autofree char *payload = g_strdup_printf ("{\"n\":%u}", round);
          g_autoptr (GError) error = NULL;
          g_autofree char *token =
            lanyard_jws_sign (CASES[i].algorithm, key, header, payload, &error);

          g_assert_no_error (error);
          g_assert_true (
            verify (token, CASES[i].public_key, lanyard_jws_list_algorithms (), &error));
          g_assert_no_error (error);
          n_zeros += is_es256 && has_leading_zero (token);
        }
    }
}

/* JOSE-06: R and S must both be there in full: half a signature, one byte less, one more, and the
 * length of DER. */
static void
test_ecdsa_lengths (void)
{
  g_autoptr (GBytes) signature = lanyard_base64url_decode (strrchr (ES_TOKEN, '.') + 1, NULL);
  gsize input_length = (gsize)(strrchr (ES_TOKEN, '.') + 1 - ES_TOKEN);
  static const gsize SIZES[] = { 0, 32, 63, 65, 70 };
  guchar bytes[70] = { 0 };

  memcpy (bytes, g_bytes_get_data (signature, NULL), 64);
  for (gsize i = 0; i < G_N_ELEMENTS (SIZES); i++)
    {
      g_autofree char *encoded = lanyard_base64url_encode (bytes, SIZES[i]);
      g_autofree char *token = g_strdup_printf ("%.*s%s", (int)input_length, ES_TOKEN, encoded);

      assert_refused (token, EC_PUBLIC, lanyard_jws_list_algorithms ());
    }
}

/* One key for several algorithms, and for both directions, in any order. */
static void
test_prepared_key (void)
{
  static const char *const NAMES[] = { "RS256", "PS256", "RS256", "RS512", "PS512", "PS256" };
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_key_unref);
  LanyardKey *key = new_key (RSA_PRIVATE);
  g_autoptr (JsonObject) header = json_object_new ();

  g_ptr_array_add (keys, key);
  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *token = lanyard_jws_sign (NAMES[i], key, header, "{}", NULL);
      g_autoptr (LanyardJws) jws = lanyard_jws_parse (token, NULL);

      g_assert_true (lanyard_jws_verify (jws, keys, lanyard_jws_list_algorithms (), NULL));
    }
}

/* JOSE-04, RFC 7518 section 3.2. */
static void
test_weak_keys (void)
{
  g_autoptr (LanyardSecret) text = lanyard_secret_new ("thirty-one-bytes-are-not-enough");
  g_autoptr (LanyardKey) secret = lanyard_key_new_secret (text);
  g_autoptr (JsonObject) header = json_object_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_jws_sign ("HS256", secret, header, "{}", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_null (strstr (error->message, "thirty-one"));
}

static void
test_public_key_cannot_sign (void)
{
  g_autoptr (LanyardKey) key = new_key (EC_PUBLIC);
  g_autoptr (JsonObject) header = json_object_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_jws_sign ("ES256", key, header, "{}", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
}

/* JOSE-11, RFC 7515 section 4.1.4: the key that kid names counts alone; without kid, each one that
 * fits is tried. */
static void
test_key_choice (void)
{
  g_autofree char *set = g_strdup_printf (
    "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"unknown\"},7,%s,%.*s,\"kid\":\"other\",\"use\":\"enc\"},%"
    ".*s,\"kid\":\"mine\"}]}",
    EC_PUBLIC, (int)strlen (RSA_PUBLIC) - 1, RSA_PUBLIC, (int)strlen (RSA_PUBLIC) - 1, RSA_PUBLIC);
  g_autoptr (JsonObject) object = lanyard_json_parse_object (set, strlen (set), NULL);
  g_autoptr (GPtrArray) keys = lanyard_jwk_read_set (object);
  g_autoptr (LanyardKey) rsa = new_key (RSA_PRIVATE);
  g_autoptr (JsonObject) header = json_object_new ();
  g_autofree char *mine = NULL;
  g_autofree char *other = NULL;
  g_autoptr (LanyardJws) first = NULL;
  g_autoptr (LanyardJws) second = NULL;
  g_autoptr (LanyardJws) third = lanyard_jws_parse (RS_TOKEN, NULL);

  g_assert_cmpuint (keys->len, ==, 3);
  json_object_set_string_member (header, "kid", "mine");
  mine = lanyard_jws_sign ("RS256", rsa, header, "{}", NULL);
  json_object_set_string_member (header, "kid", "other");
  other = lanyard_jws_sign ("RS256", rsa, header, "{}", NULL);
  first = lanyard_jws_parse (mine, NULL);
  second = lanyard_jws_parse (other, NULL);

  g_assert_true (lanyard_jws_verify (first, keys, lanyard_jws_list_algorithms (), NULL));
  g_assert_false (lanyard_jws_verify (second, keys, lanyard_jws_list_algorithms (), NULL));
  g_assert_true (lanyard_jws_verify (third, keys, lanyard_jws_list_algorithms (), NULL));
}

static void
test_broken_keys (void)
{
  static const char *const KEYS[] = {
    "{}",
    "{\"kty\":\"RSA\"}",
    "{\"kty\":\"RSA\",\"n\":\"AQAB\"}",
    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQAB\",\"y\":\"AQAB\"}",
    "{\"kty\":\"oct\"}",
    "{\"kty\":\"oct\",\"k\":\"a b\"}",
    "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AQAB\"}",
    "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQAB\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (KEYS); i++)
    {
      g_autoptr (JsonObject) object = lanyard_json_parse_object (KEYS[i], strlen (KEYS[i]), NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (lanyard_jwk_read (object, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/crypto/jws/vectors", test_vectors);
  g_test_add_func ("/crypto/jws/tampered", test_tampered);
  g_test_add_func ("/crypto/jws/allow-list", test_allow_list);
  g_test_add_func ("/crypto/jws/none-and-crit", test_none_and_crit);
  g_test_add_func ("/crypto/jws/confusion", test_confusion);
  g_test_add_func ("/crypto/jws/broken-tokens", test_broken_tokens);
  g_test_add_func ("/crypto/jws/deterministic-signatures", test_deterministic_signatures);
  g_test_add_func ("/crypto/jws/round-trips", test_round_trips);
  g_test_add_func ("/crypto/jws/ecdsa-lengths", test_ecdsa_lengths);
  g_test_add_func ("/crypto/jws/prepared-key", test_prepared_key);
  g_test_add_func ("/crypto/jws/weak-keys", test_weak_keys);
  g_test_add_func ("/crypto/jws/public-key-cannot-sign", test_public_key_cannot_sign);
  g_test_add_func ("/crypto/jws/key-choice", test_key_choice);
  g_test_add_func ("/crypto/jws/broken-keys", test_broken_keys);

  return g_test_run ();
}
