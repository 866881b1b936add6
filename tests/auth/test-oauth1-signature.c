/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-error.h"
#include "lanyard-oauth1-base-string.h"
#include "lanyard-oauth1-signature.h"

/* The test key of the OAuth 1.0 test cases, published for this use; 1024 bits. */
static const char TEST_KEY[] = "-----BEGIN PRIVATE KEY-----\n"
                               "MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBALRiMLAh9iimur8V\n"
                               "A7qVvdqxevEuUkW4K+2KdMXmnQbG9Aa7k7eBjK1S+0LYmVjPKlJGNXHDGuy5Fw/d\n"
                               "7rjVJ0BLB+ubPK8iA/Tw3hLQgXMRRGRXXCn8ikfuQfjUS1uZSatdLB81mydBETlJ\n"
                               "hI6GH4twrbDJCR2Bwy/XWXgqgGRzAgMBAAECgYBYWVtleUzavkbrPjy0T5FMou8H\n"
                               "X9u2AC2ry8vD/l7cqedtwMPp9k7TubgNFo+NGvKsl2ynyprOZR1xjQ7WgrgVB+mm\n"
                               "uScOM/5HVceFuGRDhYTCObE+y1kxRloNYXnx3ei1zbeYLPCHdhxRYW7T0qcynNmw\n"
                               "rn05/KO2RLjgQNalsQJBANeA3Q4Nugqy4QBUCEC09SqylT2K9FrrItqL2QKc9v0Z\n"
                               "zO2uwllCbg0dwpVuYPYXYvikNHHg+aCWF+VXsb9rpPsCQQDWR9TT4ORdzoj+Nccn\n"
                               "qkMsDmzt0EfNaAOwHOmVJ2RVBspPcxt5iN4HI7HNeG6U5YsFBb+/GZbgfBT3kpNG\n"
                               "WPTpAkBI+gFhjfJvRw38n3g/+UeAkwMI2TJQS4n8+hid0uus3/zOjDySH3XHCUno\n"
                               "cn1xOJAyZODBo47E+67R4jV1/gzbAkEAklJaspRPXP877NssM5nAZMU0/O/NGCZ+\n"
                               "3jPgDUno6WbJn5cqm8MqWhW1xGkImgRk+fkDBquiq4gPiT898jusgQJAd5Zrr6Q8\n"
                               "AO/0isr/3aa6O6NLQxISLKcPDk2NOccAfS/xOtfOz4sJYM3+Bs4Io9+dZGSDCA54\n"
                               "Lw03eHTNQghS0A==\n"
                               "-----END PRIVATE KEY-----\n";

typedef struct
{
  const char *method;
  const char *uri;
  const char *form;
  const char *client_key;
  const char *client_secret;
  const char *token;
  const char *token_secret;
  const char *timestamp;
  const char *nonce;
  const char *extra;
  LanyardOAuth1Method signature_method;
  const char *signature;
} Vector;

static const Vector VECTORS[] = {
  /* V-1 and 5849-16: RFC 5849 section 3.4.1.1, with erratum 2550 for the printed signature; and the
   * same with a longer digest. */
  { "POST", "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b", "c2&a3=2+q",
    "9djdj82h48djs9d2", "j49sk3j29djd", "kkk9d7dh3k39sjv7", "dh893hdasih9", "137131201", "7d8f3e4a",
    NULL, LANYARD_OAUTH1_HMAC_SHA1, "r6/TJjbCOr97/+UU0NsvSne7s5g=" },
  { "POST", "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b", "c2&a3=2+q",
    "9djdj82h48djs9d2", "j49sk3j29djd", "kkk9d7dh3k39sjv7", "dh893hdasih9", "137131201", "7d8f3e4a",
    NULL, LANYARD_OAUTH1_HMAC_SHA256, "ypAxjNip++Dm0fTM+gCl8wAo6ufSnseu1WHxL7py3BU=" },
  /* V-2: RFC 5849 section 1.2; the first has no token, and a key that ends with "&" (5849-10). */
  { "POST", "https://photos.example.net/initiate", NULL, "dpf43f3p2l4k3l03", "kd94hf93k423kf44",
    NULL, NULL, "137131200", "wIjqoS", "oauth_callback=http%3A%2F%2Fprinter.example.com%2Fready",
    LANYARD_OAUTH1_HMAC_SHA1, "74KNZJeDHnMBp0EMJ9ZHt/XKycU=" },
  { "POST", "https://photos.example.net/token", NULL, "dpf43f3p2l4k3l03", "kd94hf93k423kf44",
    "hh5s93j4hdidpola", "hdhd0244k9j7ao03", "137131201", "walatlh",
    "oauth_verifier=hfdp7dh39dks9884", LANYARD_OAUTH1_HMAC_SHA1, "gKgrFCywp7rO0OXSjdot/IHF7IU=" },
  { "GET", "http://photos.example.net/photos?file=vacation.jpg&size=original", NULL,
    "dpf43f3p2l4k3l03", "kd94hf93k423kf44", "nnch734d00sl2jdk", "pfkkdhi9sl3r4s00", "137131202",
    "chapoH", NULL, LANYARD_OAUTH1_HMAC_SHA1, "MdpQcU8iPSUjWoN/UDMsK2sui9I=" },
  /* OAuth Core 1.0 appendix A. */
  { "GET", "http://photos.example.net/photos?file=vacation.jpg&size=original", NULL,
    "dpf43f3p2l4k3l03", "kd94hf93k423kf44", "nnch734d00sl2jdk", "pfkkdhi9sl3r4s00", "1191242096",
    "kllo9940pd9333jh", "oauth_version=1.0", LANYARD_OAUTH1_HMAC_SHA1,
    "tR3+Ty81lMeYAr/Fid0kMTYa/WM=" },
  /* V-3: the example of Twitter's documentation, in its two editions. */
  { "POST", "https://api.twitter.com/1.1/statuses/update.json?include_entities=true",
    "status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21",
    "xvz1evFS4wEEPTGEFPHBog", "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
    "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE", "1318622958",
    "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", "oauth_version=1.0", LANYARD_OAUTH1_HMAC_SHA1,
    "hCtSmYh+iHYCEqBWrE7C7hYmtUk=" },
  { "POST", "https://api.twitter.com/1/statuses/update.json?include_entities=true",
    "status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21",
    "xvz1evFS4wEEPTGEFPHBog", "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
    "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE", "1318622958",
    "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", "oauth_version=1.0", LANYARD_OAUTH1_HMAC_SHA1,
    "tnnArxj06cWHq44gCs1OSKk/jLY=" },
  /* V-4 and 5849-11: the RSA-SHA1 test case of OAuth 1.0; "vacaction" is what was signed. There is
   * no shared secret. */
  { "GET", "http://photos.example.net/photos?file=vacaction.jpg&size=original", NULL,
    "dpf43f3p2l4k3l03", NULL, NULL, NULL, "1196666512", "13917289812797014437", "oauth_version=1.0",
    LANYARD_OAUTH1_RSA_SHA1,
    "jvTp/wX1TYtByB1m+Pbyo0lnCOLIsyGCH7wke8AUs3BpnwZJtAuEJkvQL2/"
    "9n4s5wUmUl4aCI4BwpraNx4RtEXMe5qg5T1LVTGliMRpKasKsW//"
    "e+RinhejgCuzoH26dyF8iY2ZZ/5D1ilgeijhV/vBka5twt399mXwaYdCwFYE=" },
  /* 5849-16: the same request with longer digests, signed by arithmetic alone (RFC 8017 section
   * 8.2.1). */
  { "GET", "http://photos.example.net/photos?file=vacaction.jpg&size=original", NULL,
    "dpf43f3p2l4k3l03", NULL, NULL, NULL, "1196666512", "13917289812797014437", "oauth_version=1.0",
    LANYARD_OAUTH1_RSA_SHA256,
    "kd2wjpiASoDx6BqAMHy/k8CqNdyZv4opl1U4bBN1EBi8vmSHRVfw4h72BDerCp7M8pNEZEAUtvTOhgGNPh04cMmTeB/"
    "89Ok8GxYqIqVeYfKK5buzrNoOOAhjRUFpTvNOChNbRnlE04/d3hAITJjjykQtIZ2FWxJ4JO0gOdfKY0c=" },
  { "GET", "http://photos.example.net/photos?file=vacaction.jpg&size=original", NULL,
    "dpf43f3p2l4k3l03", NULL, NULL, NULL, "1196666512", "13917289812797014437", "oauth_version=1.0",
    LANYARD_OAUTH1_RSA_SHA512,
    "UsVvwfiFFOJrF0dB+YrGvUotQJfv2KhGEZ9jnXDSyK/6uu0EyzA5WrmRTMAPyuWQr6kVHS9e8IvOlemZo8MvOJjF0o2K"
    "tpoINXO5mO/09fyFHw0dUC+zgTSMJ+KaGOgkBQvfKNCTQ0dZYgnSSZsJZKcxl17rzZVr8m32ybPYvF8=" },
  /* 5849-12: PLAINTEXT, RFC 5849 sections 2.1 and 2.3. */
  { "POST", "https://server.example.com/request_temp_credentials", NULL, "jd83jd92dhsh93js",
    "ja893SD9", NULL, NULL, "1", "n", NULL, LANYARD_OAUTH1_PLAINTEXT, "ja893SD9&" },
  { "POST", "https://server.example.com/request_token", NULL, "jd83jd92dhsh93js", "ja893SD9",
    "hdk48Djdsa", "xyz4992k83j47x0b", "1", "n", NULL, LANYARD_OAUTH1_PLAINTEXT,
    "ja893SD9&xyz4992k83j47x0b" },
};

static LanyardSecret *
new_secret (const char *text)
{
  return text != NULL ? lanyard_secret_new (text) : NULL;
}

static LanyardKey *
new_key (const Vector *vector)
{
  gboolean is_rsa = lanyard_oauth1_method_is_rsa (vector->signature_method);
  g_autoptr (LanyardSecret) first = new_secret (is_rsa ? TEST_KEY : vector->client_secret);
  g_autoptr (LanyardSecret) token_secret = new_secret (vector->token_secret);

  return is_rsa ? lanyard_key_new_legacy_pem (first, NULL, NULL)
                : lanyard_oauth1_signature_new_shared_key (first, token_secret, NULL);
}

static LanyardParams *
new_oauth (const Vector *vector)
{
  LanyardParams *oauth = lanyard_params_new ();
  g_autoptr (LanyardParams) extra = lanyard_params_parse (vector->extra, NULL);

  lanyard_params_append (oauth, "oauth_consumer_key", vector->client_key);
  if (vector->token != NULL)
    lanyard_params_append (oauth, "oauth_token", vector->token);
  lanyard_params_append (oauth, "oauth_signature_method",
                         lanyard_oauth1_method_get_name (vector->signature_method));
  lanyard_params_append (oauth, "oauth_timestamp", vector->timestamp);
  lanyard_params_append (oauth, "oauth_nonce", vector->nonce);
  for (guint i = 0; i < lanyard_params_get_length (extra); i++)
    lanyard_params_append (oauth, lanyard_params_get_nth_name (extra, i),
                           lanyard_params_get_nth_value (extra, i));
  return oauth;
}

static LanyardRequest *
new_request (const Vector *vector)
{
  LanyardRequest *request = lanyard_request_new (vector->method, vector->uri);

  if (vector->form != NULL)
    {
      request->content_type = g_strdup ("application/x-www-form-urlencoded; charset=utf-8");
      request->body = lanyard_secret_new (vector->form);
    }
  return request;
}

/* Twice, since the second time the origin is known. */
static char *
dup_base_string (const LanyardRequest *request, const LanyardParams *oauth, GError **error)
{
  guint n_oauth = lanyard_params_get_length (oauth);
  g_autofree LanyardOAuth1Param *params = g_new (LanyardOAuth1Param, n_oauth);
  g_auto (LanyardOAuth1Origin) origin = { NULL };
  g_autofree char *first = NULL;
  char *second;

  for (guint i = 0; i < n_oauth; i++)
    lanyard_oauth1_param_init (&params[i], lanyard_params_get_nth_name (oauth, i),
                               lanyard_params_get_nth_value (oauth, i));
  first = lanyard_oauth1_base_string_dup (request, params, n_oauth, &origin, NULL);
  second = lanyard_oauth1_base_string_dup (request, params, n_oauth, &origin, error);
  g_assert_cmpstr (first, ==, second);
  return second;
}

static void
test_vector (gconstpointer data)
{
  const Vector *vector = data;
  g_autoptr (LanyardRequest) request = new_request (vector);
  g_autoptr (LanyardParams) oauth = new_oauth (vector);
  g_autoptr (LanyardKey) key = new_key (vector);
  g_autoptr (GError) error = NULL;
  g_autofree char *base_string = dup_base_string (request, oauth, &error);
  g_autofree char *signature = NULL;

  g_assert_no_error (error);
  signature = lanyard_oauth1_signature_make (vector->signature_method, base_string, key, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (signature, ==, vector->signature);
}

/* V-1 and 5849-08, section 3.4.1.3: the query, the form and the protocol parameters. */
static void
test_base_string (void)
{
  g_autoptr (LanyardRequest) request = new_request (&VECTORS[0]);
  g_autoptr (LanyardParams) oauth = new_oauth (&VECTORS[0]);
  g_autofree char *base_string = dup_base_string (request, oauth, NULL);

  g_assert_cmpstr (
    base_string, ==,
    "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%"
    "25253D"
    "%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_"
    "signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7");
}

/* V-2 and 5849-07, section 3.4.1.2. */
static void
test_base_uri (void)
{
  static const struct
  {
    const char *uri;
    const char *expected;
  } CASES[] = {
    { "http://EXAMPLE.COM:80/r%20v/X?id=123",
      "GET&http%3A%2F%2Fexample.com%2Fr%2520v%2FX&id%3D123" },
    { "https://www.example.net:8080/?q=1", "GET&https%3A%2F%2Fwww.example.net%3A8080%2F&q%3D1" },
    { "https://example.net:443", "GET&https%3A%2F%2Fexample.net%2F&" },
    { "http://[::1]:8080/x", "GET&http%3A%2F%2F%5B%3A%3A1%5D%3A8080%2Fx&" },
  };
  g_autoptr (LanyardParams) oauth = lanyard_params_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (LanyardRequest) request = lanyard_request_new ("get", CASES[i].uri);
      g_autofree char *base_string = dup_base_string (request, oauth, NULL);

      g_assert_cmpstr (base_string, ==, CASES[i].expected);
    }
}

/* 5849-17, section 3.4.1.3.1: a body that is no form stays out of the base string. */
static void
test_other_body (void)
{
  g_autoptr (LanyardRequest) request = lanyard_request_new ("POST", "https://example.net/x");
  g_autoptr (LanyardParams) oauth = lanyard_params_new ();
  g_autofree char *base_string = NULL;

  request->content_type = g_strdup ("application/json");
  request->body = lanyard_secret_new ("a=b");
  base_string = dup_base_string (request, oauth, NULL);
  g_assert_cmpstr (base_string, ==, "POST&https%3A%2F%2Fexample.net%2Fx&");
}

static void
test_broken_requests (void)
{
  static const char *const URIS[] = { "https://example.net/?a=%zz", "/relative",
                                      "mailto:a@example.net" };
  g_autoptr (LanyardParams) oauth = lanyard_params_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (URIS); i++)
    {
      g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", URIS[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (dup_base_string (request, oauth, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

/* 5849-11, section 3.4.3: a shared secret is no private key, nor the other way round. */
static void
test_wrong_key (void)
{
  g_autoptr (LanyardSecret) secret = lanyard_secret_new ("s");
  g_autoptr (LanyardSecret) pem = lanyard_secret_new (TEST_KEY);
  g_autoptr (LanyardKey) shared = lanyard_oauth1_signature_new_shared_key (secret, NULL, NULL);
  g_autoptr (LanyardKey) rsa = lanyard_key_new_legacy_pem (pem, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_oauth1_signature_make (LANYARD_OAUTH1_RSA_SHA256, "x", shared, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_null (lanyard_oauth1_signature_make (LANYARD_OAUTH1_HMAC_SHA1, "x", rsa, NULL));
}

/* 5849-05, section 3.1: no parameter twice, whether in the query or in the form. */
static void
test_repeated_parameters (void)
{
  static const struct
  {
    const char *uri;
    const char *form;
  } CASES[] = {
    { "https://example.net/?oauth_nonce=x", NULL },
    { "https://example.net/?a=b&oauth%5Fnonce=x", NULL },
    { "https://example.net/?oauth_signature=x", NULL },
    { "https://example.net/", "oauth_consumer_key=x" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      Vector vector = VECTORS[0];
      g_autoptr (LanyardRequest) request = NULL;
      g_autoptr (LanyardParams) oauth = NULL;
      g_autoptr (GError) error = NULL;

      vector.uri = CASES[i].uri;
      vector.form = CASES[i].form;
      request = new_request (&vector);
      oauth = new_oauth (&vector);
      g_assert_null (dup_base_string (request, oauth, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

/* 5849-08: only the header's realm is no part of it; a parameter of the request that has the name
 * is signed. */
static void
test_realm_in_query (void)
{
  g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", "https://example.net/?realm=x");
  g_autoptr (LanyardParams) oauth = lanyard_params_new ();
  g_autofree char *base_string = NULL;

  base_string = dup_base_string (request, oauth, NULL);
  g_assert_cmpstr (base_string, ==, "GET&https%3A%2F%2Fexample.net%2F&realm%3Dx");
}

/* What need not be escaped, and is, stays as the server sees it. */
static void
test_escaped_path (void)
{
  g_autoptr (LanyardRequest) request =
    lanyard_request_new ("GET", "https://u:p@example.net/%7Ea%2fb");
  g_autoptr (LanyardParams) oauth = lanyard_params_new ();
  g_autofree char *base_string = dup_base_string (request, oauth, NULL);

  g_assert_cmpstr (base_string, ==, "GET&https%3A%2F%2Fexample.net%2F%257Ea%252fb&");
}

/* The origin of the request before counts only for the same one. */
static void
test_origins (void)
{
  static const char *const CASES[][2] = {
    { "https://example.net/a", "GET&https%3A%2F%2Fexample.net%2Fa&" },
    { "https://example.net:8080/a", "GET&https%3A%2F%2Fexample.net%3A8080%2Fa&" },
    { "https://example.net.evil.example/a", "GET&https%3A%2F%2Fexample.net.evil.example%2Fa&" },
    { "https://example.net?b", "GET&https%3A%2F%2Fexample.net%2F&b%3D" },
    { "https://example.net", "GET&https%3A%2F%2Fexample.net%2F&" },
    { "http://example.net#c", "GET&http%3A%2F%2Fexample.net%2F&" },
  };
  g_auto (LanyardOAuth1Origin) origin = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (LanyardRequest) request = lanyard_request_new ("GET", CASES[i][0]);
      g_autofree char *base_string =
        lanyard_oauth1_base_string_dup (request, NULL, 0, &origin, NULL);

      g_assert_cmpstr (base_string, ==, CASES[i][1]);
    }
}

/* 5849-09: more parameters than most have are in the same order: of the escaped names, then values.
 */
static void
test_order (void)
{
  g_autoptr (LanyardRequest) request = lanyard_request_new ("POST", "https://example.net/x");
  g_autoptr (LanyardParams) oauth = lanyard_params_new ();
  g_autoptr (GString) form = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new ("POST&https%3A%2F%2Fexample.net%2Fx&");
  g_autofree char *base_string = NULL;

  for (int i = 99; i >= 10; i--)
    g_string_append_printf (form, "a=%d&%%C3%%A4=%d&", i, i);
  for (int i = 10; i <= 99; i++)
    g_string_append_printf (expected, "%%25C3%%25A4%%3D%d%%26", i);
  for (int i = 10; i <= 99; i++)
    g_string_append_printf (expected, "a%%3D%d%s", i, i < 99 ? "%26" : "");

  request->content_type = g_strdup ("application/x-www-form-urlencoded");
  request->body = lanyard_secret_new (form->str);
  base_string = dup_base_string (request, oauth, NULL);
  g_assert_cmpstr (base_string, ==, expected->str);
}

/* 5849-17: the published example of the extension, with SHA-1: "Hello World!". */
static void
test_body_hash (void)
{
  g_autofree char *sha1 =
    lanyard_oauth1_method_dup_body_hash (LANYARD_OAUTH1_HMAC_SHA1, "Hello World!", 12);
  g_autofree char *empty = lanyard_oauth1_method_dup_body_hash (LANYARD_OAUTH1_HMAC_SHA256, "", 0);

  g_assert_cmpstr (sha1, ==, "Lve95gjOVATpfV8EL5X4nxwjKHE=");
  g_assert_cmpstr (empty, ==, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

/* V-1 and 5849-16: values that another implementation publishes for the base string of RFC 5849
 * with secrets of its own; they are escaped before they are joined (5849-10). */
static void
test_long_digests (void)
{
  g_autoptr (LanyardRequest) request = new_request (&VECTORS[0]);
  g_autoptr (LanyardParams) oauth = new_oauth (&VECTORS[0]);
  g_autofree char *base_string = dup_base_string (request, oauth, NULL);
  g_autoptr (LanyardSecret) client = lanyard_secret_new ("ECrDNoq1VYzzzzzzzzzyAK7TwZNtPnkqatqZZZZ");
  g_autoptr (LanyardSecret) token = lanyard_secret_new ("just-a-string    asdasd");
  g_autoptr (LanyardKey) key = lanyard_oauth1_signature_new_shared_key (client, token, NULL);
  g_autofree char *sha1 =
    lanyard_oauth1_signature_make (LANYARD_OAUTH1_HMAC_SHA1, base_string, key, NULL);
  g_autofree char *sha256 =
    lanyard_oauth1_signature_make (LANYARD_OAUTH1_HMAC_SHA256, base_string, key, NULL);
  g_autofree char *sha512 =
    lanyard_oauth1_signature_make (LANYARD_OAUTH1_HMAC_SHA512, base_string, key, NULL);
  g_autofree char *plain =
    lanyard_oauth1_signature_make (LANYARD_OAUTH1_PLAINTEXT, base_string, key, NULL);

  g_assert_cmpstr (sha1, ==, "wsdNmjGB7lvis0UJuPAmjvX/PXw=");
  g_assert_cmpstr (sha256, ==, "wdfdHUKXHbOnOGZP8WFAWMSAmWzN3EVBWWgXGlC/Eo4=");
  g_assert_cmpstr (
    sha512, ==,
    "u/vlyZFDxOWOZ9UUXwRBJHvq8/T4jCA74ocRmn2ECnjUBTAeJiZIRU8hDTjS88Tz1fGONffMpdZxUkUTW3k1kg==");
  g_assert_cmpstr (plain, ==,
                   "ECrDNoq1VYzzzzzzzzzyAK7TwZNtPnkqatqZZZZ&just-a-string%20%20%20%20asdasd");
}

/* V-2 and 5849-16: the base string of OAuth Core 1.0 appendix A, as it is, with a longer digest. */
static void
test_longer_digest (void)
{
  g_autoptr (LanyardRequest) request = new_request (&VECTORS[5]);
  g_autoptr (LanyardParams) oauth = new_oauth (&VECTORS[5]);
  g_autoptr (LanyardKey) key = new_key (&VECTORS[5]);
  g_autofree char *base_string = dup_base_string (request, oauth, NULL);
  g_autofree char *signature =
    lanyard_oauth1_signature_make (LANYARD_OAUTH1_HMAC_SHA256, base_string, key, NULL);

  g_assert_cmpstr (signature, ==, "0gCtTYQAxqCKhIE0sltgx7UgHkAs10vrpuYE7xpRBnE=");
}

/* 5849-10, section 3.4.2: the "&" is there whichever of the two is empty, and both are escaped. */
static void
test_shared_keys (void)
{
  static const char *const CASES[][3] = {
    { "", "", "&" },   { "", NULL, "&" },         { "c", NULL, "c&" },
    { "", "t", "&t" }, { "a&b", "c", "a%26b&c" }, { "ä", "+", "%C3%A4&%2B" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (LanyardSecret) client = new_secret (CASES[i][0]);
      g_autoptr (LanyardSecret) token = new_secret (CASES[i][1]);
      g_autoptr (LanyardKey) key = lanyard_oauth1_signature_new_shared_key (client, token, NULL);

      g_assert_cmpstr (lanyard_secret_get (lanyard_key_get_secret (key)), ==, CASES[i][2]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (VECTORS); i++)
    {
      g_autofree char *path = g_strdup_printf ("/auth/oauth1-signature/vector/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &VECTORS[i], test_vector);
    }
  g_test_add_func ("/auth/oauth1-signature/base-string", test_base_string);
  g_test_add_func ("/auth/oauth1-signature/base-uri", test_base_uri);
  g_test_add_func ("/auth/oauth1-signature/other-body", test_other_body);
  g_test_add_func ("/auth/oauth1-signature/broken-requests", test_broken_requests);
  g_test_add_func ("/auth/oauth1-signature/repeated-parameters", test_repeated_parameters);
  g_test_add_func ("/auth/oauth1-signature/realm-in-query", test_realm_in_query);
  g_test_add_func ("/auth/oauth1-signature/escaped-path", test_escaped_path);
  g_test_add_func ("/auth/oauth1-signature/origins", test_origins);
  g_test_add_func ("/auth/oauth1-signature/order", test_order);
  g_test_add_func ("/auth/oauth1-signature/body-hash", test_body_hash);
  g_test_add_func ("/auth/oauth1-signature/wrong-key", test_wrong_key);
  g_test_add_func ("/auth/oauth1-signature/long-digests", test_long_digests);
  g_test_add_func ("/auth/oauth1-signature/rfc5849-16-longer-digest", test_longer_digest);
  g_test_add_func ("/auth/oauth1-signature/rfc5849-10-shared-keys", test_shared_keys);

  return g_test_run ();
}
