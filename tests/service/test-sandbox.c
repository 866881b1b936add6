/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-sandbox.h"

#include <string.h>

#include "lanyard-bus-error.h"

#define NAME "[Application]\nname=org.example.Calendar\n"
#define INSTANCE "[Instance]\ninstance-id=1234567890\n"

static void
test_bad_info (void)
{
  const char *const cases[] = {
    "",
    "rubbish",
    NAME,
    INSTANCE,
    "[Application]\nname=\n" INSTANCE,
    "[Application]\nname=Calendar\n" INSTANCE,
    "[Application]\nname=snap.calendar\n" INSTANCE,
    "[Application]\nname=org.example.Calendar/x\n" INSTANCE,
    "[Application]\nname=org.example..Calendar\n" INSTANCE,
    "[Application]\nname=../../x\n" INSTANCE,
    "[Runtime]\nname=org.example.Calendar\n" INSTANCE,
    NAME "[Instance]\ninstance-id=\n",
    NAME "[Instance]\ninstance-id=../1\n",
    NAME "[Instance]\ninstance-id=-1\n",
    NAME "[Instance]\ninstance-id=123456789012345678901\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *instance_id = NULL;
      g_autofree char *app_id = NULL;
      g_autoptr (GError) error = NULL;

      app_id = lanyard_sandbox_parse_info (cases[i], strlen (cases[i]), &instance_id, &error);
      g_test_message ("%s", cases[i]);
      g_assert_null (app_id);
      g_assert_error (error, LANYARD_BUS_ERROR, LANYARD_BUS_ERROR_UNKNOWN_CALLER);
    }
}

static void
test_info_with_nul (void)
{
  static const char data[] = NAME INSTANCE "\0[Application]\nname=org.example.Mail\n";
  g_autofree char *instance_id = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_sandbox_parse_info (data, sizeof data - 1, &instance_id, &error));
  g_assert_error (error, LANYARD_BUS_ERROR, LANYARD_BUS_ERROR_UNKNOWN_CALLER);
}

static void
test_info (void)
{
  g_autofree char *instance_id = NULL;
  g_autofree char *app_id = NULL;
  g_autoptr (GError) error = NULL;

  app_id = lanyard_sandbox_parse_info (NAME INSTANCE, strlen (NAME INSTANCE), &instance_id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (app_id, ==, "org.example.Calendar");
  g_assert_cmpstr (instance_id, ==, "1234567890");
}

static void
test_labels (void)
{
  const char *const others[] = {
    NULL,
    "",
    "unconfined",
    "snap.",
    "snap..app",
    "snap.calendar",
    "snap.Calendar.app",
    "/usr/bin/x (enforce)",
  };
  g_autofree char *snap = lanyard_sandbox_parse_label ("snap.calendar.app (enforce)");

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_null (lanyard_sandbox_parse_label (others[i]));
  g_assert_cmpstr (snap, ==, "snap.calendar");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/service/sandbox/bad-info", test_bad_info);
  g_test_add_func ("/service/sandbox/info-with-nul", test_info_with_nul);
  g_test_add_func ("/service/sandbox/info", test_info);
  g_test_add_func ("/service/sandbox/labels", test_labels);

  return g_test_run ();
}
