/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-program.h"

#include "lanyard-database-private.h"
#include "lanyard-folder-store.h"
#include "lanyard-test-engine.h"

#include <signal.h>
#include <unistd.h>

void
lanyard_test_program_note (LanyardTestProgram *program, const char *event)
{
  if (program->events != NULL)
    g_string_append_printf (program->events, "%s ", event);
  if (program->n_events++ == program->end_at)
    kill (getpid (), SIGKILL);
}

static void
store_cb (const char *event, gpointer user_data)
{
  lanyard_test_program_note (user_data, event);
}

static void
transport_cb (const LanyardRequest *request, gboolean is_answer, gpointer user_data)
{
  lanyard_test_program_note (user_data, is_answer ? "answer" : "request");
}

static int
commit_cb (gpointer user_data)
{
  lanyard_test_program_note (user_data, "commit");
  return 0;
}

static int
committed_cb (gpointer user_data, sqlite3 *handle, const char *name, int n_pages)
{
  lanyard_test_program_note (user_data, "committed");
  return SQLITE_OK;
}

LanyardTestProgram *
lanyard_test_program_new (const char *folder, guint end_at)
{
  LanyardTestProgram *program = g_new0 (LanyardTestProgram, 1);
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

void
lanyard_test_program_free (LanyardTestProgram *program)
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

LanyardAuthorization *
lanyard_test_program_load (LanyardTestProgram *program)
{
  return lanyard_database_load (program->database, LANYARD_TEST_PROGRAM_ID, NULL);
}

LanyardCredentials *
lanyard_test_program_read_item (LanyardTestProgram *program)
{
  g_autoptr (GAsyncResult) result = NULL;
  LanyardCredentials *credentials;
  g_auto (GStrv) names = NULL;

  lanyard_manager_load_credentials_async (program->manager, LANYARD_TEST_PROGRAM_ID, NULL,
                                          lanyard_test_take_result_cb, &result);
  credentials = lanyard_manager_load_credentials_finish (program->manager,
                                                         lanyard_test_wait_for (&result), NULL);
  g_assert_nonnull (credentials);
  names = lanyard_credentials_list_names (credentials);
  if (*names == NULL)
    g_clear_pointer (&credentials, lanyard_credentials_unref);
  return credentials;
}
