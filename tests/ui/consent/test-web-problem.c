/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "lanyard-web-problem.h"

static void
check_problem (LanyardWebProblem *problem, const char *words)
{
  g_test_message ("%s: %s", problem->title, problem->description);
  g_assert_nonnull (strstr (problem->description, words));
  g_assert_cmpstr (problem->icon_name, !=, "");
  g_assert_cmpstr (problem->title, !=, "");
  lanyard_web_problem_free (problem);
}

/* What a page says is quoted, cut and without tricks. */
static void
test_web_problem_hostile (void)
{
  g_autofree char *name = g_strnfill (3000, 'a');
  g_autofree char *uri = g_strdup_printf ("http://%s.example/?key=s3cret", name);
  g_autoptr (LanyardWebProblem) problem = lanyard_web_problem_new_insecure (uri);

  g_assert_cmpuint (strlen (problem->description), <, 500);
  g_assert_null (strstr (problem->description, "s3cret"));
  check_problem (lanyard_web_problem_new_insecure ("http://"), "http:");
  check_problem (lanyard_web_problem_new_external (""), "(?)");
  check_problem (lanyard_web_problem_new_external ("<b>:x"), "(?)");
}

static void
test_web_problem_words (void)
{
  g_autoptr (GError) cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED,
                                                  "Could not connect to login.example");

  check_problem (lanyard_web_problem_new_unreached (cause, "https://login.example/a?key=1"),
                 "login.example refused");
  check_problem (lanyard_web_problem_new_untrusted (NULL, G_TLS_CERTIFICATE_EXPIRED,
                                                    "https://login.example:8443/"),
                 "login.example:8443");
  check_problem (lanyard_web_problem_new_insecure ("http://login.example/x"),
                 "“http://login.example”");
  check_problem (lanyard_web_problem_new_external ("mailto:a@b.example"), "“mailto”");
  check_problem (lanyard_web_problem_new_file (), "file");
  check_problem (lanyard_web_problem_new_crashed (), "again");
  check_problem (lanyard_web_problem_new_stopped (), "stopped");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/consent/web-problem/hostile", test_web_problem_hostile);
  g_test_add_func ("/consent/web-problem/words", test_web_problem_words);

  return g_test_run ();
}
