/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-redaction.h"

static gboolean
holds (const char *text)
{
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();

  lanyard_credentials_set_text (credentials, "client_secret", "s3cr/t +ž");
  lanyard_credentials_set_text (credentials, "access_token", "abc.def-ghi_jkl");
  lanyard_credentials_set_text (credentials, "token_type", "bearer");
  return lanyard_redaction_holds_secret (credentials, text);
}

static void
test_held (void)
{
  g_assert_true (holds ("s3cr/t +ž"));
  g_assert_true (holds ("the secret s3cr/t +ž is wrong"));
  g_assert_true (holds ("Bearer abc.def-ghi_jkl"));
  g_assert_true (holds ("client_secret=s3cr%2Ft%20%2B%C5%BE"));
  g_assert_true (holds ("client_secret=s3cr%2ft+%2b%c5%be&x=y"));
  /* "app:s3cr/t +ž" and "app:s3cr%2Ft+%2B%C5%BE", and without padding in base64url. */
  g_assert_true (holds ("Basic YXBwOnMzY3IvdCArxb4="));
  g_assert_true (holds ("(YXBwOnMzY3IvdCArxb4)"));
  g_assert_true (holds ("Basic YXBwOnMzY3IlMkZ0KyUyQiVDNSVCRQ=="));
}

static void
test_not_held (void)
{
  g_assert_false (holds (""));
  g_assert_false (holds ("s3cr"));
  g_assert_false (holds ("The bearer token is wrong: %, %4, %zz, 100 %"));
  g_assert_false (holds ("client_secret=s3cr%2Ft"));
  g_assert_false (holds ("=== YXBw - _ / + é \xff\xfe"));
}

static void
test_nothing_secret (void)
{
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();

  g_assert_false (lanyard_redaction_holds_secret (credentials, ""));
  g_assert_false (lanyard_redaction_holds_secret (credentials, "anything"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/redaction/held", test_held);
  g_test_add_func ("/auth/redaction/not-held", test_not_held);
  g_test_add_func ("/auth/redaction/nothing-secret", test_nothing_secret);

  return g_test_run ();
}
