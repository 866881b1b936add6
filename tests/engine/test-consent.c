/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The interface, by means of the robot that implements it for the tests. */

#include "config.h"

#include "lanyard-robot-consent.h"
#include "lanyard-test.h"

static void
status_cb (LanyardConsent *consent, const char *status, gpointer user_data)
{
  g_string_append_printf (user_data, "%s|", status);
}

static void
test_report (void)
{
  LanyardRobotConsent *robot = lanyard_robot_consent_new ();
  g_autoptr (GString) reported = g_string_new (NULL);

  g_signal_connect (robot, "status", G_CALLBACK (status_cb), reported);
  lanyard_consent_report (LANYARD_CONSENT (robot), "Waiting for the browser…");
  lanyard_consent_report (LANYARD_CONSENT (robot), "Done");
  g_assert_cmpstr (reported->str, ==, "Waiting for the browser…|Done|");
  g_assert_finalize_object (robot);
}

static void
test_conversation (void)
{
  LanyardRobotConsent *robot = lanyard_robot_consent_new ();
  LanyardConsentRequest request = { "Mail", "Example", "https://example.org/?state=x",
                                    "http://127.0.0.1/cb" };
  g_autoptr (GAsyncResult) prepared = NULL;
  g_autoptr (GAsyncResult) answered = NULL;
  g_autofree char *redirect_uri = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_consent_prepare_async (LANYARD_CONSENT (robot), "http://127.0.0.1/cb", NULL,
                                 lanyard_test_take_result_cb, &prepared);
  redirect_uri = lanyard_consent_prepare_finish (LANYARD_CONSENT (robot),
                                                 lanyard_test_wait_for (&prepared), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (redirect_uri, ==, "http://127.0.0.1/cb");
  lanyard_consent_run_async (LANYARD_CONSENT (robot), &request, NULL, lanyard_test_take_result_cb,
                             &answered);
  uri =
    lanyard_consent_run_finish (LANYARD_CONSENT (robot), lanyard_test_wait_for (&answered), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (uri, ==, "http://127.0.0.1/cb?code=c0de&state=x");
  g_clear_object (&prepared);
  g_clear_object (&answered);
  g_assert_finalize_object (robot);
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/consent/report", test_report);
  g_test_add_func ("/engine/consent/conversation", test_conversation);

  return lanyard_test_run ();
}
