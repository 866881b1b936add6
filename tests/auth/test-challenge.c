/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-challenge.h"

static void
assert_param (const char *header, const char *name, const char *expected)
{
  g_autoptr (LanyardResponse) response = lanyard_response_new (401, NULL, "", -1);
  g_autofree char *value = NULL;

  lanyard_params_append (response->headers, "WWW-Authenticate", header);
  value = lanyard_challenge_dup_param (response, name);
  g_test_message ("%s", header);
  g_assert_cmpstr (value, ==, expected);
}

static void
test_absent (void)
{
  assert_param ("", "error", NULL);
  assert_param ("Bearer", "error", NULL);
  assert_param ("Bearer realm=\"error=x\"", "error", NULL);
  assert_param ("Bearer realm=\"a\\\", error=\\\"x\"", "error", NULL);
  assert_param ("error", "error", NULL);
  assert_param ("Bearer xerror=y", "error", NULL);
  assert_param ("Bearer errorx=y", "error", NULL);
}

static void
test_present (void)
{
  assert_param ("Bearer error=\"invalid_token\"", "error", "invalid_token");
  assert_param ("Bearer realm=\"x\", error=\"invalid_token\", scope=\"a b\"", "scope", "a b");
  assert_param ("bearer ERROR = invalid_token , scope=a", "error", "invalid_token");
  assert_param ("Negotiate abcd==, Bearer error=\"e\"", "error", "e");
  assert_param ("Basic realm=\"a, b\", Bearer error=e", "error", "e");
  assert_param ("Bearer error_description=\"say \\\"no\\\"\"", "error_description", "say \"no\"");
  assert_param ("Bearer error=\"\"", "error", "");
}

static void
test_broken (void)
{
  assert_param ("Bearer error=\"never closed", "error", "never closed");
  assert_param ("Bearer error=\"ends in \\", "error", "ends in \\");
  assert_param ("Bearer error=", "error", "");
  assert_param ("=,=,,==\"\"=,error=x", "error", "x");
}

static void
test_several_fields (void)
{
  g_autoptr (LanyardResponse) response = lanyard_response_new (401, NULL, "", -1);
  g_autofree char *value = NULL;

  lanyard_params_append (response->headers, "WWW-Authenticate", "Basic realm=\"x\"");
  lanyard_params_append (response->headers, "X-Other", "error=wrong");
  lanyard_params_append (response->headers, "www-authenticate", "Bearer error=\"right\"");
  value = lanyard_challenge_dup_param (response, "error");
  g_assert_cmpstr (value, ==, "right");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/challenge/absent", test_absent);
  g_test_add_func ("/auth/challenge/present", test_present);
  g_test_add_func ("/auth/challenge/broken", test_broken);
  g_test_add_func ("/auth/challenge/several-fields", test_several_fields);

  return g_test_run ();
}
