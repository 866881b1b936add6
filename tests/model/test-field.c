/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-error.h"
#include "lanyard-field.h"

#include <string.h>

#define PEM "-----BEGIN PRIVATE KEY-----\nMC4CAQ\r\n-----END PRIVATE KEY-----\n"

static const LanyardFieldChoice colors[] = { { "red", "Red" },
                                             { "green", "Green" },
                                             { NULL, NULL } };

static const LanyardField text = { .name = "client_id", .label = "Client ID" };
static const LanyardField secret = { .name = "client_secret",
                                     .kind = LANYARD_FIELD_SECRET,
                                     .label = "Client secret" };
static const LanyardField url = { .name = "token_endpoint",
                                  .kind = LANYARD_FIELD_URL,
                                  .label = "Token endpoint" };
static const LanyardField redirect = { .name = "redirect_uri",
                                       .kind = LANYARD_FIELD_URL,
                                       .label = "Callback URL" };
static const LanyardField choice = { .name = "color",
                                     .kind = LANYARD_FIELD_CHOICE,
                                     .label = "Colour",
                                     .choices = colors };
static const LanyardField params = { .name = "token_params",
                                     .kind = LANYARD_FIELD_PARAMS,
                                     .label = "Parameters" };
static const LanyardField tenant = { .name = "tenant",
                                     .label = "Tenant",
                                     .example = "common",
                                     .pattern = "[a-z.]+|[0-9]+" };

static void
assert_refused (const LanyardField *field, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_field_check (field, value, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, field->label));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
assert_accepted (const LanyardField *field, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_field_check (field, value, &error));
  g_assert_no_error (error);
}

static void
test_size (void)
{
  g_autofree char *large = g_strnfill (16 * 1024 + 1, 'x');

  assert_refused (&text, large);
  assert_refused (&secret, large);
  large[16 * 1024] = '\0';
  assert_accepted (&text, large);
}

static void
test_characters (void)
{
  assert_refused (&text, "\xff\xfe");
  assert_refused (&text, "two\nlines");
  assert_refused (&text, "carriage\rreturn");
  assert_refused (&text, "\x1b[31m");
  assert_refused (&text, "next line \xc2\x85");
  assert_refused (&text, "line separator \xe2\x80\xa8");
  assert_accepted (&text, "Příliš žluťoučký kůň 🐎");
}

/* A secret is on one line, unless it is a key that comes in a file. */
static void
test_secret (void)
{
  assert_refused (&secret, "pasted with its line end\n");
  assert_refused (&text, PEM);
  assert_accepted (&secret, PEM);
  assert_accepted (&secret, "{\n  \"kty\": \"EC\"\n}");
  assert_accepted (&secret, "pä\"ss wörd");
}

/* A message about a secret must not quote it. */
static void
test_secret_not_quoted (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_field_check (&secret, "hunter2\n", &error));
  g_assert_null (strstr (error->message, "hunter2"));
}

static void
test_url (void)
{
  assert_refused (&url, "example.org/token");
  assert_refused (&url, "http://example.org/token");
  assert_refused (&url, "https://user@example.org/token");
  assert_refused (&url, "https://example.org/token#part");
  assert_refused (&url, "javascript:alert(1)");
  assert_accepted (&url, "https://example.org/token?v=2");
  assert_accepted (&url, "http://127.0.0.1:8401/token");
}

static void
test_redirect (void)
{
  assert_refused (&redirect, "http://example.org/callback");
  assert_refused (&redirect, "myapp:/callback");
  assert_accepted (&redirect, "http://127.0.0.1:8402/callback");
  assert_accepted (&redirect, "https://localhost/callback");
  assert_accepted (&redirect, "io.github.lanyard.lanyard:/callback");
  /* What may come back need not be an address where credentials go. */
  assert_refused (&url, "io.github.lanyard.lanyard:/callback");
}

static void
test_choice (void)
{
  assert_refused (&choice, "blue");
  assert_refused (&choice, "Red");
  assert_refused (&choice, "red ");
  assert_accepted (&choice, "red");
  assert_accepted (&choice, "green");
}

static void
test_params (void)
{
  assert_refused (&params, "=value");
  assert_refused (&params, "a=1&&=2");
  assert_refused (&params, "a=%zz");
  assert_accepted (&params, "prompt=consent&audience=x");
}

/* The whole value must match, also where the pattern has alternatives. */
static void
test_pattern (void)
{
  assert_refused (&tenant, "common/evil");
  assert_refused (&tenant, "0x");
  assert_refused (&tenant, "a\n");
  assert_accepted (&tenant, "contoso.example");
  assert_accepted (&tenant, "42");
}

static void
test_empty (void)
{
  const LanyardField *fields[] = { &text, &secret, &url, &redirect, &choice, &params, &tenant };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      assert_accepted (fields[i], NULL);
      assert_accepted (fields[i], "");
    }
}

static void
test_label (void)
{
  static const LanyardField nameless = { .name = "resource", .label = "" };

  g_assert_cmpstr (lanyard_field_get_label (&text), ==, "Client ID");
  g_assert_cmpstr (lanyard_field_get_label (&nameless), ==, "resource");
}

static void
test_find (void)
{
  const LanyardField fields[] = { text, secret, { .name = NULL } };

  g_assert_null (lanyard_field_find (fields, "token_endpoint"));
  g_assert_null (lanyard_field_find (fields, NULL));
  g_assert_true (lanyard_field_find (fields, "client_id") == &fields[0]);
  g_assert_true (lanyard_field_find (fields, "client_secret") == &fields[1]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/field/size", test_size);
  g_test_add_func ("/model/field/characters", test_characters);
  g_test_add_func ("/model/field/secret", test_secret);
  g_test_add_func ("/model/field/secret-not-quoted", test_secret_not_quoted);
  g_test_add_func ("/model/field/url", test_url);
  g_test_add_func ("/model/field/redirect", test_redirect);
  g_test_add_func ("/model/field/choice", test_choice);
  g_test_add_func ("/model/field/params", test_params);
  g_test_add_func ("/model/field/pattern", test_pattern);
  g_test_add_func ("/model/field/empty", test_empty);
  g_test_add_func ("/model/field/find", test_find);
  g_test_add_func ("/model/field/label", test_label);

  return g_test_run ();
}
