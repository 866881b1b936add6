/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The order of what is written, and what is left when the program is killed at any moment of it:
 * each task runs in a program of its own, which ends at the first event, then at the second, until
 * it comes to its end. After each, a new program repairs and looks. */

#include "config.h"

#include "lanyard-test-engine.h"
#include "lanyard-test-program.h"

#include "lanyard-record.h"

#include <signal.h>
#include <stdlib.h>

#define FOLDER "LANYARD_TEST_FOLDER"
#define END_AT "LANYARD_TEST_END_AT"

typedef void (*Task) (LanyardTestProgram *program);
typedef void (*Check) (LanyardTestProgram *program);

static LanyardAuthorization *
new_draft (void)
{
  LanyardAuthorization *draft = lanyard_authorization_new (LANYARD_TEST_PROGRAM_ID);

  lanyard_authorization_set_name (draft, "Mail");
  lanyard_authorization_set_provider_id (draft, "example");
  lanyard_authorization_set_type_id (draft, "oauth2");
  lanyard_authorization_set_setting (draft, "client_id", "app");
  return draft;
}

/* What an earlier program left: authorized with the tokens a and r, whose time is over. */
static void
prepare (const char *folder, LanyardStatus status)
{
  g_autoptr (LanyardTestProgram) program = lanyard_test_program_new (folder, G_MAXUINT);
  g_autofree char *path = g_build_filename (folder, "items", LANYARD_TEST_PROGRAM_ID, NULL);
  g_autoptr (LanyardAuthorization) row = new_draft ();
  g_autoptr (LanyardCredentials) credentials =
    lanyard_test_engine_parse_credentials ("client_secret=s&access_token=a&refresh_token=r");
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (LanyardSecret) sealed = NULL;

  lanyard_authorization_set_status (row, status);
  lanyard_authorization_set_renewable (row, TRUE);
  lanyard_authorization_set_expires_at (row, now - 60);
  lanyard_authorization_set_authorized_at (row, now - 86400);
  lanyard_credentials_set_expires_at (credentials, now - 60);
  g_assert_true (lanyard_database_save (program->database, row, NULL));
  sealed = lanyard_record_seal (row, credentials);
  g_assert_true (g_file_set_contents (path, lanyard_secret_get (sealed), -1, NULL));
}

static void
prepare_authorized (const char *folder)
{
  prepare (folder, LANYARD_STATUS_AUTHORIZED);
}

static void
prepare_refused (const char *folder)
{
  prepare (folder, LANYARD_STATUS_REFUSED);
}

static void
answer_tokens (LanyardTestProgram *program)
{
  lanyard_scripted_transport_add_answer (
    program->transport, 200, "{'access_token': 'b', 'refresh_token': 'r2', 'expires_in': 3600}");
}

static void
authorize (LanyardTestProgram *program, LanyardAuthorization *draft)
{
  g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
  g_autoptr (LanyardCredentials) entered =
    lanyard_test_engine_parse_credentials ("client_secret=s");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  answer_tokens (program);
  lanyard_manager_authorize_async (program->manager, draft, entered, LANYARD_CONSENT (consent),
                                   NULL, lanyard_test_take_result_cb, &result);
  g_assert_true (
    lanyard_manager_authorize_finish (program->manager, lanyard_test_wait_for (&result), &error));
}

static void
task_authorize (LanyardTestProgram *program)
{
  g_autoptr (LanyardAuthorization) draft = new_draft ();

  authorize (program, draft);
}

static void
task_authorize_again (LanyardTestProgram *program)
{
  g_autoptr (LanyardAuthorization) draft = lanyard_test_program_load (program);

  lanyard_authorization_set_setting (draft, "client_id", "other-app");
  authorize (program, draft);
}

static void
task_renew (LanyardTestProgram *program)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;

  answer_tokens (program);
  lanyard_manager_get_credentials_async (program->manager, LANYARD_TEST_PROGRAM_ID, 0, NULL,
                                         lanyard_test_take_result_cb, &result);
  credentials = lanyard_manager_get_credentials_finish (program->manager,
                                                        lanyard_test_wait_for (&result), NULL);
  g_assert_nonnull (credentials);
  lanyard_test_program_note (program, "handed-out");
}

static void
task_save (LanyardTestProgram *program)
{
  g_autoptr (LanyardAuthorization) draft = new_draft ();
  g_autoptr (LanyardCredentials) entered =
    lanyard_test_engine_parse_credentials ("client_secret=s");
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_save_async (program->manager, draft, entered, NULL, lanyard_test_take_result_cb,
                              &result);
  g_assert_true (
    lanyard_manager_save_finish (program->manager, lanyard_test_wait_for (&result), NULL));
}

static void
task_revoke (LanyardTestProgram *program)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_scripted_transport_add_answer (program->transport, 200, "");
  lanyard_scripted_transport_add_answer (program->transport, 200, "");
  lanyard_manager_revoke_async (program->manager, LANYARD_TEST_PROGRAM_ID, NULL,
                                lanyard_test_take_result_cb, &result);
  g_assert_true (
    lanyard_manager_revoke_finish (program->manager, lanyard_test_wait_for (&result), NULL));
}

static void
task_remove (LanyardTestProgram *program)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_remove_async (program->manager, LANYARD_TEST_PROGRAM_ID, NULL,
                                lanyard_test_take_result_cb, &result);
  g_assert_true (
    lanyard_manager_remove_finish (program->manager, lanyard_test_wait_for (&result), NULL));
}

/* Without asking the provider, the new token is handed out. */
static void
assert_new_tokens (LanyardTestProgram *program)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_manager_get_credentials_async (program->manager, LANYARD_TEST_PROGRAM_ID, 0, NULL,
                                         lanyard_test_take_result_cb, &result);
  credentials = lanyard_manager_get_credentials_finish (program->manager,
                                                        lanyard_test_wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "b");
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "refresh_token"), ==, "r2");
  g_assert_cmpuint (lanyard_scripted_transport_count (program->transport), ==, 0);
  row = lanyard_test_program_load (program);
  g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_AUTHORIZED);
  g_assert_true (lanyard_authorization_is_renewable (row));
  g_assert_cmpint (lanyard_authorization_get_expires_at (row), ==,
                   lanyard_credentials_get_expires_at (credentials));
}

static gboolean
has_token (LanyardCredentials *credentials, const char *access_token, const char *refresh_token)
{
  return g_strcmp0 (lanyard_credentials_get_text (credentials, "access_token"), access_token) ==
           0 &&
         g_strcmp0 (lanyard_credentials_get_text (credentials, "refresh_token"), refresh_token) ==
           0;
}

static void
check_authorize (LanyardTestProgram *program)
{
  g_autoptr (LanyardAuthorization) row = lanyard_test_program_load (program);
  g_autoptr (LanyardCredentials) item = lanyard_test_program_read_item (program);

  g_assert_cmpint (row != NULL, ==, item != NULL);
  if (row != NULL)
    assert_new_tokens (program);
}

/* The old one as it was, or the new one with the settings that it was made with. */
static void
check_authorize_again (LanyardTestProgram *program)
{
  g_autoptr (LanyardAuthorization) row = lanyard_test_program_load (program);
  g_autoptr (LanyardCredentials) item = lanyard_test_program_read_item (program);
  const char *client_id = lanyard_authorization_get_setting (row, "client_id");

  if (lanyard_authorization_get_status (row) == LANYARD_STATUS_REFUSED)
    {
      g_assert_cmpstr (client_id, ==, "app");
      g_assert_true (has_token (item, "a", "r"));
      return;
    }

  g_assert_cmpstr (client_id, ==, "other-app");
  assert_new_tokens (program);
}

static void
check_renew (LanyardTestProgram *program)
{
  g_autoptr (LanyardAuthorization) row = lanyard_test_program_load (program);
  g_autoptr (LanyardCredentials) item = lanyard_test_program_read_item (program);

  g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_AUTHORIZED);
  /* Both tokens of one answer, never one of each. */
  if (!has_token (item, "a", "r"))
    assert_new_tokens (program);
}

static void
check_save (LanyardTestProgram *program)
{
  g_autoptr (LanyardAuthorization) row = lanyard_test_program_load (program);
  g_autoptr (LanyardCredentials) item = lanyard_test_program_read_item (program);

  g_assert_cmpint (row != NULL, ==, item != NULL);
  if (row == NULL)
    return;
  g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_NEW);
  g_assert_cmpstr (lanyard_credentials_get_text (item, "client_secret"), ==, "s");
}

static void
check_revoke (LanyardTestProgram *program)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardCredentials) item = lanyard_test_program_read_item (program);
  g_autoptr (LanyardAuthorization) row = NULL;

  if (has_token (item, "a", "r"))
    return;

  lanyard_manager_get_credentials_async (program->manager, LANYARD_TEST_PROGRAM_ID, 0, NULL,
                                         lanyard_test_take_result_cb, &result);
  credentials = lanyard_manager_get_credentials_finish (program->manager,
                                                        lanyard_test_wait_for (&result), NULL);
  g_assert_null (credentials);
  row = lanyard_test_program_load (program);
  g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_REVOKED);
  g_assert_true (has_token (item, NULL, NULL));
  g_assert_cmpstr (lanyard_credentials_get_text (item, "client_secret"), ==, "s");
}

/* A row without its item says that it is incomplete, and can be removed once more. */
static void
check_remove (LanyardTestProgram *program)
{
  g_autoptr (LanyardAuthorization) row = lanyard_test_program_load (program);
  g_autoptr (LanyardCredentials) item = lanyard_test_program_read_item (program);

  if (row == NULL)
    g_assert_null (item);
  else if (item == NULL)
    {
      g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_INCOMPLETE);
      task_remove (program);
    }
  else
    g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_AUTHORIZED);
}

/* What happens in a case: before, in the program that is killed, and in the one after it. The
 * events are those of a task that comes to its end. */
static const struct
{
  const char *name;
  void (*prepare) (const char *folder);
  Task task;
  Check check;
  const char *events;
} CASES[] = {
  { "authorize", NULL, task_authorize, check_authorize,
    "lookup request answer store stored commit committed " },
  { "authorize-again", prepare_refused, task_authorize_again, check_authorize_again,
    "lookup request answer store stored commit committed " },
  { "renew", prepare_authorized, task_renew, check_renew,
    "lookup lookup request answer store stored commit committed handed-out " },
  { "save", NULL, task_save, check_save, "lookup store stored commit committed " },
  { "revoke", prepare_authorized, task_revoke, check_revoke,
    "lookup request answer request answer store stored commit committed " },
  { "remove", prepare_authorized, task_remove, check_remove, "remove removed commit committed " },
};

static char *
make_case_folder (gsize index)
{
  char *folder = lanyard_test_make_folder ();

  if (CASES[index].prepare != NULL)
    CASES[index].prepare (folder);
  return folder;
}

/* The keyring first, then the database, then the answer. */
static void
test_order (gconstpointer data)
{
  gsize index = GPOINTER_TO_SIZE (data);
  g_autofree char *folder = make_case_folder (index);
  g_autoptr (LanyardTestProgram) program = lanyard_test_program_new (folder, G_MAXUINT);

  program->events = g_string_new (NULL);
  CASES[index].task (program);
  g_assert_cmpstr (program->events->str, ==, CASES[index].events);
}

static void
test_subprocess (gconstpointer data)
{
  const char *folder = g_getenv (FOLDER);
  const char *end_at = g_getenv (END_AT);

  /* Only the case below gives it something to do. */
  if (folder != NULL && end_at != NULL)
    {
      g_autoptr (LanyardTestProgram) program =
        lanyard_test_program_new (folder, (guint)atoi (end_at));

      CASES[GPOINTER_TO_SIZE (data)].task (program);
    }
}

static void
repair (LanyardTestProgram *program)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_manager_repair_async (program->manager, NULL, lanyard_test_take_result_cb, &result);
  lanyard_manager_repair_finish (program->manager, lanyard_test_wait_for (&result), &error);
  g_assert_no_error (error);
}

/* Runs the task of a case in a program of its own. Returns whether it came to its end. */
static gboolean
run_program (gsize index, const char *folder, guint end_at)
{
  g_autofree char *path = g_strconcat ("/engine/crash/", CASES[index].name, "/subprocess", NULL);
  g_autofree char *event = g_strdup_printf ("%u", end_at);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) subprocess = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, FOLDER, folder, TRUE);
  g_subprocess_launcher_setenv (launcher, END_AT, event, TRUE);
  /* Who is killed tidies up nothing. */
  g_subprocess_launcher_setenv (launcher, "TMPDIR", folder, TRUE);
  subprocess =
    g_subprocess_launcher_spawn (launcher, &error, program, "--GTestSubprocess", "-p", path, NULL);
  g_assert_no_error (error);
  g_subprocess_wait (subprocess, NULL, &error);
  g_assert_no_error (error);

  if (g_subprocess_get_if_signaled (subprocess))
    {
      g_assert_cmpint (g_subprocess_get_term_sig (subprocess), ==, SIGKILL);
      return FALSE;
    }
  g_assert_cmpint (g_subprocess_get_exit_status (subprocess), ==, 0);
  return TRUE;
}

static void
test_killed (gconstpointer data)
{
  gsize index = GPOINTER_TO_SIZE (data);
  g_auto (GStrv) events = g_strsplit (CASES[index].events, " ", -1);
  guint n_events = g_strv_length (events) - 1;
  gboolean is_over = FALSE;
  guint n_killed;

  for (n_killed = 0; !is_over; n_killed++)
    {
      g_autofree char *folder = make_case_folder (index);
      g_autoptr (LanyardTestProgram) program = NULL;

      g_assert_cmpuint (n_killed, <=, n_events);
      g_test_message ("Killed at event %u: %s", n_killed, events[n_killed]);
      is_over = run_program (index, folder, n_killed);
      program = lanyard_test_program_new (folder, G_MAXUINT);
      repair (program);
      CASES[index].check (program);
    }
  g_assert_cmpuint (n_killed, ==, n_events + 1);
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *order = g_strconcat ("/engine/crash/", CASES[i].name, "/order", NULL);
      g_autofree char *killed = g_strconcat ("/engine/crash/", CASES[i].name, "/killed", NULL);
      g_autofree char *subprocess =
        g_strconcat ("/engine/crash/", CASES[i].name, "/subprocess", NULL);

      g_test_add_data_func (order, GSIZE_TO_POINTER (i), test_order);
      g_test_add_data_func (killed, GSIZE_TO_POINTER (i), test_killed);
      g_test_add_data_func (subprocess, GSIZE_TO_POINTER (i), test_subprocess);
    }

  return lanyard_test_run ();
}
