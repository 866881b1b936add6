/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The order of what is written, and what is left when the program is killed at any moment of it:
 * each task runs in a program of its own, which ends at the first event, then at the second, until
 * it comes to its end. After each, a new program repairs and looks. */

#include "config.h"

#include "lanyard-folder-store.h"
#include "lanyard-test-engine.h"

#include "lanyard-database-private.h"
#include "lanyard-record.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#define FOLDER "LANYARD_TEST_FOLDER"
#define END_AT "LANYARD_TEST_END_AT"

static const char ID[] = "11111111-2222-4333-8444-555555555555";

typedef struct
{
  LanyardManager *manager;
  LanyardDatabase *database;
  LanyardScriptedTransport *transport;
  GString *events;
  guint n_events;
  guint end_at;
} Program;

typedef void (*Task) (Program *program);
typedef void (*Check) (Program *program);

static void
note (Program *program, const char *event)
{
  if (program->events != NULL)
    g_string_append_printf (program->events, "%s ", event);
  if (program->n_events++ == program->end_at)
    kill (getpid (), SIGKILL);
}

static void
store_cb (const char *event, gpointer user_data)
{
  note (user_data, event);
}

static void
transport_cb (const LanyardRequest *request, gboolean is_answer, gpointer user_data)
{
  note (user_data, is_answer ? "answer" : "request");
}

static int
commit_cb (gpointer user_data)
{
  note (user_data, "commit");
  return 0;
}

static int
committed_cb (gpointer user_data, sqlite3 *handle, const char *name, int n_pages)
{
  note (user_data, "committed");
  return SQLITE_OK;
}

static Program *
program_new (const char *folder, guint end_at)
{
  Program *program = g_new0 (Program, 1);
  g_autofree char *items = g_build_filename (folder, "items", NULL);
  g_autoptr (LanyardFolderStore) secrets = lanyard_folder_store_new (items, store_cb, program);
  sqlite3 *handle;

  program->end_at = end_at;
  program->transport = lanyard_scripted_transport_new ();
  program->manager =
    lanyard_test_engine_new_in (folder, LANYARD_SECRET_STORE (secrets),
                                LANYARD_TRANSPORT (program->transport), &program->database);
  lanyard_scripted_transport_set_func (program->transport, transport_cb, program);
  handle = lanyard_database_get_handle (program->database);
  sqlite3_commit_hook (handle, commit_cb, program);
  sqlite3_wal_hook (handle, committed_cb, program);
  program->n_events = 0;
  return program;
}

static void
program_free (Program *program)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (program->manager);
  g_assert_finalize_object (program->database);
  g_assert_finalize_object (program->transport);
  if (program->events != NULL)
    g_string_free (program->events, TRUE);
  g_free (program);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Program, program_free)

static LanyardAuthorization *
load (Program *program)
{
  return lanyard_database_load (program->database, ID, NULL);
}

/* What the keyring has, NULL for nothing. */
static LanyardCredentials *
read_item (Program *program)
{
  g_autoptr (GAsyncResult) result = NULL;
  LanyardCredentials *credentials;
  g_auto (GStrv) names = NULL;

  lanyard_manager_load_credentials_async (program->manager, ID, NULL, lanyard_test_take_result_cb,
                                          &result);
  credentials = lanyard_manager_load_credentials_finish (program->manager,
                                                         lanyard_test_wait_for (&result), NULL);
  g_assert_nonnull (credentials);
  names = lanyard_credentials_list_names (credentials);
  if (*names == NULL)
    g_clear_pointer (&credentials, lanyard_credentials_unref);
  return credentials;
}

static LanyardAuthorization *
new_draft (void)
{
  LanyardAuthorization *draft = lanyard_authorization_new (ID);

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
  g_autoptr (Program) program = program_new (folder, G_MAXUINT);
  g_autofree char *path = g_build_filename (folder, "items", ID, NULL);
  g_autoptr (LanyardAuthorization) row = new_draft ();
  g_autoptr (LanyardCredentials) credentials = lanyard_test_engine_parse_credentials (
    "client_secret=s&access_token=a&refresh_token=r");
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
answer_tokens (Program *program)
{
  lanyard_scripted_transport_add_answer (
    program->transport, 200, "{'access_token': 'b', 'refresh_token': 'r2', 'expires_in': 3600}");
}

static void
authorize (Program *program, LanyardAuthorization *draft)
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
task_authorize (Program *program)
{
  g_autoptr (LanyardAuthorization) draft = new_draft ();

  authorize (program, draft);
}

static void
task_authorize_again (Program *program)
{
  g_autoptr (LanyardAuthorization) draft = load (program);

  lanyard_authorization_set_setting (draft, "client_id", "other-app");
  authorize (program, draft);
}

static void
task_renew (Program *program)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;

  answer_tokens (program);
  lanyard_manager_get_credentials_async (program->manager, ID, 0, NULL, lanyard_test_take_result_cb,
                                         &result);
  credentials = lanyard_manager_get_credentials_finish (program->manager,
                                                        lanyard_test_wait_for (&result), NULL);
  g_assert_nonnull (credentials);
  note (program, "handed-out");
}

static void
task_save (Program *program)
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
task_revoke (Program *program)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_scripted_transport_add_answer (program->transport, 200, "");
  lanyard_scripted_transport_add_answer (program->transport, 200, "");
  lanyard_manager_revoke_async (program->manager, ID, NULL, lanyard_test_take_result_cb, &result);
  g_assert_true (
    lanyard_manager_revoke_finish (program->manager, lanyard_test_wait_for (&result), NULL));
}

static void
task_remove (Program *program)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_manager_remove_async (program->manager, ID, NULL, lanyard_test_take_result_cb, &result);
  g_assert_true (
    lanyard_manager_remove_finish (program->manager, lanyard_test_wait_for (&result), NULL));
}

/* Without asking the provider, the new token is handed out. */
static void
assert_new_tokens (Program *program)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardAuthorization) row = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_manager_get_credentials_async (program->manager, ID, 0, NULL, lanyard_test_take_result_cb,
                                         &result);
  credentials = lanyard_manager_get_credentials_finish (program->manager,
                                                        lanyard_test_wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "b");
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "refresh_token"), ==, "r2");
  g_assert_cmpuint (lanyard_scripted_transport_count (program->transport), ==, 0);
  row = load (program);
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
check_authorize (Program *program)
{
  g_autoptr (LanyardAuthorization) row = load (program);
  g_autoptr (LanyardCredentials) item = read_item (program);

  g_assert_cmpint (row != NULL, ==, item != NULL);
  if (row != NULL)
    assert_new_tokens (program);
}

/* The old one as it was, or the new one with the settings that it was made with. */
static void
check_authorize_again (Program *program)
{
  g_autoptr (LanyardAuthorization) row = load (program);
  g_autoptr (LanyardCredentials) item = read_item (program);
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
check_renew (Program *program)
{
  g_autoptr (LanyardAuthorization) row = load (program);
  g_autoptr (LanyardCredentials) item = read_item (program);

  g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_AUTHORIZED);
  /* Both tokens of one answer, never one of each. */
  if (!has_token (item, "a", "r"))
    assert_new_tokens (program);
}

static void
check_save (Program *program)
{
  g_autoptr (LanyardAuthorization) row = load (program);
  g_autoptr (LanyardCredentials) item = read_item (program);

  g_assert_cmpint (row != NULL, ==, item != NULL);
  if (row == NULL)
    return;
  g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_NEW);
  g_assert_cmpstr (lanyard_credentials_get_text (item, "client_secret"), ==, "s");
}

static void
check_revoke (Program *program)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardCredentials) item = read_item (program);
  g_autoptr (LanyardAuthorization) row = NULL;

  if (has_token (item, "a", "r"))
    return;

  lanyard_manager_get_credentials_async (program->manager, ID, 0, NULL, lanyard_test_take_result_cb,
                                         &result);
  credentials = lanyard_manager_get_credentials_finish (program->manager,
                                                        lanyard_test_wait_for (&result), NULL);
  g_assert_null (credentials);
  row = load (program);
  g_assert_cmpint (lanyard_authorization_get_status (row), ==, LANYARD_STATUS_REVOKED);
  g_assert_true (has_token (item, NULL, NULL));
  g_assert_cmpstr (lanyard_credentials_get_text (item, "client_secret"), ==, "s");
}

/* A row without its item says that it is incomplete, and can be removed once more. */
static void
check_remove (Program *program)
{
  g_autoptr (LanyardAuthorization) row = load (program);
  g_autoptr (LanyardCredentials) item = read_item (program);

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
  g_autoptr (Program) program = program_new (folder, G_MAXUINT);

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
      g_autoptr (Program) program = program_new (folder, (guint)atoi (end_at));

      CASES[GPOINTER_TO_SIZE (data)].task (program);
    }
}

static void
repair (Program *program)
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
      g_autoptr (Program) program = NULL;

      g_assert_cmpuint (n_killed, <=, n_events);
      g_test_message ("Killed at event %u: %s", n_killed, events[n_killed]);
      is_over = run_program (index, folder, n_killed);
      program = program_new (folder, G_MAXUINT);
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
