/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-manager-private.h"
#include "lanyard-test-engine.h"

#include "lanyard-error.h"

#define TOKENS "client_secret=s3cret&access_token=a&refresh_token=r"
#define N_ASKERS 200

/* As in lanyard-manager-memory.c. */
#define MAX_REMEMBERED 64

static void
ask (LanyardTestEngine *engine, const char *id, GCancellable *cancellable, GAsyncResult **result)
{
  lanyard_manager_get_credentials_async (engine->manager, id, 0, cancellable,
                                         lanyard_test_take_result_cb, result);
}

static LanyardCredentials *
finish (LanyardTestEngine *engine, GAsyncResult **result, GError **error)
{
  g_autoptr (GAsyncResult) owned = NULL;

  lanyard_test_wait_for (result);
  owned = g_steal_pointer (result);
  return lanyard_manager_get_credentials_finish (engine->manager, owned, error);
}

static void
finish_with (LanyardTestEngine *engine, GAsyncResult **result, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardCredentials) credentials = finish (engine, result, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, expected);
}

static guint
count_lookups (LanyardTestEngine *engine)
{
  return lanyard_memory_store_count (engine->secrets, LANYARD_MEMORY_STORE_LOOKUP);
}

static gboolean
recalls (LanyardTestEngine *engine, const char *id, guint min_valid)
{
  g_autoptr (LanyardAuthorization) row = lanyard_test_engine_load (engine, id);
  g_autoptr (LanyardCredentials) credentials =
    lanyard_manager_recall_credentials (engine->manager, row, min_valid);

  return credentials != NULL;
}

static void
get (LanyardTestEngine *engine, const char *id)
{
  GAsyncResult *result = NULL;

  ask (engine, id, NULL, &result);
  finish_with (engine, &result, "a");
}

static void
test_one_failed_reading (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, 3600);
  GAsyncResult *results[N_ASKERS] = { NULL };

  lanyard_memory_store_set_failing (engine->secrets, TRUE);
  for (guint i = 0; i < N_ASKERS; i++)
    ask (engine, id, NULL, &results[i]);
  for (guint i = 0; i < N_ASKERS; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (finish (engine, &results[i], &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_FAILED);
    }
  g_assert_cmpuint (count_lookups (engine), ==, 1);

  /* It is not the last word. */
  lanyard_memory_store_set_failing (engine->secrets, FALSE);
  get (engine, id);
}

static void
test_one_reading (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, 3600);
  g_autofree char *other = lanyard_test_engine_add (engine, "Other", "example", TOKENS, 3600);
  GAsyncResult *results[N_ASKERS] = { NULL };
  GAsyncResult *result = NULL;

  for (guint i = 0; i < N_ASKERS; i++)
    ask (engine, id, NULL, &results[i]);
  ask (engine, other, NULL, &result);
  for (guint i = 0; i < N_ASKERS; i++)
    finish_with (engine, &results[i], "a");
  finish_with (engine, &result, "a");
  g_assert_cmpuint (count_lookups (engine), ==, 2);
}

/* Who gives up does so at once, and alone. */
static void
test_cancelled_reader (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, 3600);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *leaving = NULL;
  GAsyncResult *staying = NULL;

  lanyard_memory_store_set_delay (engine->secrets, 300);
  ask (engine, id, cancellable, &leaving);
  ask (engine, id, NULL, &staying);
  g_cancellable_cancel (cancellable);
  g_assert_null (finish (engine, &leaving, &error));
  g_assert_true (lanyard_error_is_cancelled (error));
  g_assert_null (staying);
  finish_with (engine, &staying, "a");
  g_assert_cmpuint (count_lookups (engine), ==, 1);
}

/* Whoever asks after a change is not told what was there before. */
static void
test_reading_before_a_change (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, 3600);
  GAsyncResult *before = NULL;
  GAsyncResult *after = NULL;
  GAsyncResult *joined = NULL;

  lanyard_memory_store_set_delay (engine->secrets, 50);
  ask (engine, id, NULL, &before);
  lanyard_manager_forget (engine->manager, id);
  ask (engine, id, NULL, &after);
  ask (engine, id, NULL, &joined);
  finish_with (engine, &before, "a");
  finish_with (engine, &after, "a");
  finish_with (engine, &joined, "a");
  g_assert_cmpuint (count_lookups (engine), ==, 2);
}

static void
test_no_memory (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, 3600);

  get (engine, id);
  g_assert_false (recalls (engine, id, 0));
}

/* Only what is handed out stays in memory, and only as long as it is good. */
static void
test_memory (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, 3600);
  g_autoptr (LanyardAuthorization) row = lanyard_test_engine_load (engine, id);
  g_autoptr (LanyardCredentials) credentials = NULL;

  lanyard_manager_keep_credentials (engine->manager);
  g_assert_false (recalls (engine, id, 0));
  get (engine, id);
  credentials = lanyard_manager_recall_credentials (engine->manager, row, 0);
  g_assert_nonnull (credentials);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "access_token"), ==, "a");
  g_assert_null (lanyard_credentials_get (credentials, "refresh_token"));

  g_assert_true (recalls (engine, id, 3000));
  g_assert_false (recalls (engine, id, 4000));
  lanyard_authorization_set_active (row, FALSE);
  g_assert_null (lanyard_manager_recall_credentials (engine->manager, row, 0));

  lanyard_manager_forget (engine->manager, id);
  g_assert_false (recalls (engine, id, 0));
}

/* What was read before a change is not remembered after it. */
static void
test_memory_of_the_past (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "My mail", "example", TOKENS, 3600);
  GAsyncResult *result = NULL;

  lanyard_manager_keep_credentials (engine->manager);
  lanyard_memory_store_set_delay (engine->secrets, 50);
  ask (engine, id, NULL, &result);
  lanyard_manager_forget (engine->manager, NULL);
  finish_with (engine, &result, "a");
  g_assert_false (recalls (engine, id, 0));
}

/* Locked memory is scarce. */
static void
test_memory_is_bounded (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  guint n_remembered = 0;

  lanyard_manager_keep_credentials (engine->manager);
  for (guint i = 0; i <= MAX_REMEMBERED; i++)
    {
      g_autofree char *name = g_strdup_printf ("Mail %u", i);

      g_ptr_array_add (ids, lanyard_test_engine_add (engine, name, "example", TOKENS, 3600));
      get (engine, g_ptr_array_index (ids, i));
    }
  for (guint i = 0; i < ids->len; i++)
    n_remembered += recalls (engine, g_ptr_array_index (ids, i), 0);
  g_assert_cmpuint (n_remembered, >, 0);
  g_assert_cmpuint (n_remembered, <=, MAX_REMEMBERED);
  g_assert_true (recalls (engine, g_ptr_array_index (ids, MAX_REMEMBERED), 0));
}

static void
note_failure (LanyardTestEngine *engine, const char *id, LanyardError code)
{
  g_autoptr (GError) error = g_error_new_literal (LANYARD_ERROR, (int)code, "What it said");

  lanyard_manager_note_failure (engine->manager, id, error);
}

static gboolean
may_try (LanyardTestEngine *engine, const char *id, gboolean is_urgent)
{
  g_autoptr (GError) error = NULL;
  gboolean may = lanyard_manager_check_failure (engine->manager, id, is_urgent, &error);

  if (!may)
    g_assert_cmpstr (error->message, ==, "What it said");
  return may;
}

/* Only what may pass by itself is waited for. */
static void
test_no_back_off (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();

  g_assert_true (may_try (engine, "id", FALSE));
  note_failure (engine, "id", LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_true (may_try (engine, "id", FALSE));
  note_failure (engine, "id", LANYARD_ERROR_CANCELLED);
  g_assert_true (may_try (engine, "id", FALSE));
}

/* Who needs it tries again after a second, who could wait does so longer each time. */
static void
test_back_off (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();

  note_failure (engine, "id", LANYARD_ERROR_UNAVAILABLE);
  note_failure (engine, "id", LANYARD_ERROR_NETWORK);
  g_assert_false (may_try (engine, "id", TRUE));
  g_assert_false (may_try (engine, "id", FALSE));
  g_assert_true (may_try (engine, "other", FALSE));

  g_usleep (1100 * 1000);
  g_assert_true (may_try (engine, "id", TRUE));
  g_assert_false (may_try (engine, "id", FALSE));

  lanyard_manager_note_failure (engine->manager, "id", NULL);
  g_assert_true (may_try (engine, "id", FALSE));
  note_failure (engine, "id", LANYARD_ERROR_NETWORK);
  g_assert_false (may_try (engine, "id", TRUE));
}

/* Quirk F6: what is remembered is renewed as early as the provider wants, too. */
static void
test_margin_of_provider (void)
{
  g_autoptr (LanyardTestEngine) engine = lanyard_test_engine_new ();
  g_autofree char *id = lanyard_test_engine_add (engine, "Punctual", "punctual", TOKENS, 123);
  gint64 end = g_get_real_time () / G_USEC_PER_SEC + 60;

  lanyard_manager_keep_credentials (engine->manager);
  get (engine, id);
  g_assert_true (recalls (engine, id, 0));
  while (recalls (engine, id, 0))
    {
      g_assert_cmpint (g_get_real_time () / G_USEC_PER_SEC, <, end);
      g_usleep (50000);
    }
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/manager-memory/one-failed-reading", test_one_failed_reading);
  g_test_add_func ("/engine/manager-memory/one-reading", test_one_reading);
  g_test_add_func ("/engine/manager-memory/cancelled-reader", test_cancelled_reader);
  g_test_add_func ("/engine/manager-memory/reading-before-a-change", test_reading_before_a_change);
  g_test_add_func ("/engine/manager-memory/no-memory", test_no_memory);
  g_test_add_func ("/engine/manager-memory/memory", test_memory);
  g_test_add_func ("/engine/manager-memory/memory-of-the-past", test_memory_of_the_past);
  g_test_add_func ("/engine/manager-memory/memory-is-bounded", test_memory_is_bounded);
  g_test_add_func ("/engine/manager-memory/no-back-off", test_no_back_off);
  g_test_add_func ("/engine/manager-memory/back-off", test_back_off);
  g_test_add_func ("/engine/manager-memory/f6-margin-of-provider", test_margin_of_provider);

  return lanyard_test_run ();
}
