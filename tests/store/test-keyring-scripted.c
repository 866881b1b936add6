/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-keyring.h"

#include <string.h>

#include "keyring-fixtures.h"
#include "lanyard-error.h"
#include "lanyard-test.h"

/* Runs in a session without a keyring; the program's argument is the scripted one. */

#define PROMPT "org.freedesktop.Secret.Prompt"
#define ITEM_ARGUMENT "--item=" ID "=Work=one"

/* Enough for what answers, also with sanitizers, and short for what does not. */
#define PATIENCE 5000
#define SHORT_PATIENCE 300

static const char *script;

typedef struct
{
  GSubprocess *process;
} Service;

static void
start_service (Service *service, const char *const *options)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (arguments, (char *)script);
  for (gsize i = 0; options[i] != NULL; i++)
    g_ptr_array_add (arguments, (char *)options[i]);
  g_ptr_array_add (arguments, NULL);

  service->process =
    g_subprocess_newv ((const char *const *)arguments->pdata,
                       G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (service->process));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, "ready");
}

static void
stop_service (Service *service)
{
  if (service->process == NULL)
    return;

  g_subprocess_force_exit (service->process);
  g_subprocess_wait (service->process, NULL, NULL);
  g_clear_object (&service->process);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Service, stop_service)

/* How often the scripted service was asked so. */
static guint
count (const char *method)
{
  g_autoptr (GVariant) reply =
    call_service ("/counts", "io.github.lanyard.Test", "GetCounts", NULL);
  g_autoptr (GVariant) counts = g_variant_get_child_value (reply, 0);
  guint32 n_calls = 0;

  g_variant_lookup (counts, method, "u", &n_calls);
  return n_calls;
}

static void
test_no_service (void)
{
  g_autoptr (LanyardSecretStore) store = make_keyring (PATIENCE);
  g_autoptr (GError) error = NULL;

  assert_all_fail (store, LANYARD_ERROR_KEYRING_ABSENT);
  g_assert_false (unlock (store, &error));
  assert_error_is (&error, LANYARD_ERROR_KEYRING_ABSENT);
}

static void
test_locked (void)
{
  static const char *const scripts[][6] = {
    { "--default=locked", ITEM_ARGUMENT, NULL },
    { "--default=locked", ITEM_ARGUMENT, "--hide-locked", NULL },
    { "--lock-items", ITEM_ARGUMENT, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_auto (Service) service = { NULL };
      g_autoptr (LanyardSecretStore) store = make_keyring (PATIENCE);
      g_autoptr (GError) error = NULL;

      start_service (&service, scripts[i]);
      g_assert_null (lookup (store, ID, &error));
      assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
      g_assert_null (lookup_all (store, &error));
      assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
      g_assert_false (store_text (store, ID, "Work", "two", &error));
      assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
      g_assert_false (remove_item (store, ID, &error));
      assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
      g_assert_cmpuint (count ("Prompt"), ==, 0);
      g_assert_cmpuint (count ("Unlock"), ==, 0);
      g_assert_cmpuint (count ("SetSecret"), ==, 0);
      g_assert_cmpuint (count ("Delete"), ==, 0);
      g_assert_cmpuint (count ("CreateItem"), ==, 0);
    }
}

static void
test_locked_list (void)
{
  static const char *const open[] = { "--default=locked", ITEM_ARGUMENT, NULL };
  static const char *const hidden[] = { "--default=locked", ITEM_ARGUMENT, "--hide-locked", NULL };
  static const char *const hashed[] = { "--default=locked", ITEM_ARGUMENT, "--hash-attributes",
                                        NULL };
  const char *const *scripts[] = { open, hidden, hashed };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_auto (Service) service = { NULL };
      g_autoptr (LanyardSecretStore) store = make_keyring (PATIENCE);
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) ids = NULL;

      start_service (&service, scripts[i]);
      ids = list_ids (store, &error);
      if (scripts[i] == open)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (ids[0], ==, ID);
          g_assert_null (ids[1]);
        }
      else
        {
          /* Never "none". */
          g_assert_null (ids);
          assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
        }
      g_assert_cmpuint (count ("Prompt"), ==, 0);
    }
}

static void
test_prompt_dismissed (void)
{
  static const char *const options[] = { "--default=locked", "--prompt=dismiss", ITEM_ARGUMENT,
                                         NULL };
  g_auto (Service) service = { NULL };
  g_autoptr (LanyardSecretStore) store = make_keyring (PATIENCE);
  g_autoptr (GError) error = NULL;

  start_service (&service, options);
  g_assert_false (unlock (store, &error));
  g_assert_nonnull (strstr (error->message, "not unlocked"));
  assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
  g_assert_cmpuint (count ("Prompt"), ==, 1);
  g_assert_null (lookup (store, ID, &error));
  assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
}

static void
test_prompt_accepted (void)
{
  static const char *const options[] = { "--default=locked", ITEM_ARGUMENT, NULL };
  g_auto (Service) service = { NULL };
  g_autoptr (LanyardSecretStore) store = make_keyring (PATIENCE);
  g_autoptr (GError) error = NULL;

  start_service (&service, options);
  g_assert_true (unlock (store, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count ("Prompt"), ==, 1);
  assert_holds (store, ID, "one");

  /* Nobody is asked twice. */
  g_assert_true (unlock (store, &error));
  g_assert_cmpuint (count ("Prompt"), ==, 1);
}

/* KeePassXC: the database, then each item by itself. */
static void
test_prompts_for_items (void)
{
  static const char *const options[] = { "--default=locked", "--lock-items", "--hide-locked",
                                         ITEM_ARGUMENT, NULL };
  g_auto (Service) service = { NULL };
  g_autoptr (LanyardSecretStore) store = make_keyring (PATIENCE);
  g_autoptr (GError) error = NULL;

  start_service (&service, options);
  g_assert_true (unlock (store, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count ("Prompt"), ==, 2);
  assert_holds (store, ID, "one");
}

/* KeePassXC again: a keyring that is not locked, in which items are made and removed by prompts. */
static void
test_writes_by_prompt (void)
{
  static const char *const options[] = { "--write-by-prompt", NULL };
  g_auto (Service) service = { NULL };
  g_autoptr (LanyardSecretStore) store = make_keyring (PATIENCE);
  g_autoptr (GError) error = NULL;

  start_service (&service, options);
  g_assert_true (store_text (store, ID, "Work", "one", &error));
  g_assert_no_error (error);
  assert_holds (store, ID, "one");
  g_assert_cmpuint (count ("Prompt"), ==, 1);

  /* A renewed token changes an item, and that asks nobody. */
  g_assert_true (store_text (store, ID, "Work", "two", &error));
  assert_holds (store, ID, "two");
  g_assert_cmpuint (count ("Prompt"), ==, 1);

  g_assert_true (remove_item (store, ID, &error));
  assert_holds (store, ID, NULL);
}

static void
test_creates_keyring (void)
{
  static const char *const accepting[] = { "--default=none", NULL };
  static const char *const dismissing[] = { "--default=none", "--prompt=dismiss", NULL };
  g_auto (Service) service = { NULL };
  g_autoptr (LanyardSecretStore) store = make_keyring (PATIENCE);
  g_autoptr (GError) error = NULL;

  start_service (&service, dismissing);
  assert_holds (store, ID, NULL);
  g_assert_false (store_text (store, ID, "Work", "one", &error));
  assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
  g_assert_cmpuint (count ("CreateCollection"), ==, 0);
  g_assert_false (unlock (store, &error));
  assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
  g_assert_cmpuint (count ("CreateCollection"), ==, 1);
  stop_service (&service);

  start_service (&service, accepting);
  g_assert_true (unlock (store, &error));
  g_assert_no_error (error);
  g_assert_true (store_text (store, ID, "Work", "one", &error));
  assert_holds (store, ID, "one");
}

static void
test_failing (void)
{
  static const char *const methods[] = { "OpenSession", "SearchItems", "GetSecrets", "ReadAlias" };
  static const char *const ids[] = { ID, ID, ID, OTHER_ID };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *fail = g_strconcat ("--fail=", methods[i], NULL);
      const char *const options[] = { fail, ITEM_ARGUMENT, NULL };
      g_auto (Service) service = { NULL };
      g_autoptr (LanyardSecretStore) store = make_keyring (PATIENCE);
      g_autoptr (GError) error = NULL;

      start_service (&service, options);
      g_assert_null (lookup (store, ids[i], &error));
      g_assert_nonnull (strstr (error->message, "The scripted <b>service</b> refuses"));
      assert_error_is (&error, LANYARD_ERROR_FAILED);
      g_assert_cmpuint (count (methods[i]), ==, 1);
    }
}

static void
test_failing_writes (void)
{
  static const char *const options[] = { "--fail=SetSecret", "--fail=CreateItem", "--fail=Delete",
                                         ITEM_ARGUMENT, NULL };
  g_auto (Service) service = { NULL };
  g_autoptr (LanyardSecretStore) store = make_keyring (PATIENCE);
  g_autoptr (GError) error = NULL;

  start_service (&service, options);
  g_assert_false (store_text (store, ID, "Work", "two", &error));
  assert_error_is (&error, LANYARD_ERROR_FAILED);
  g_assert_false (store_text (store, OTHER_ID, "Other", "two", &error));
  assert_error_is (&error, LANYARD_ERROR_FAILED);
  g_assert_false (remove_item (store, ID, &error));
  assert_error_is (&error, LANYARD_ERROR_FAILED);
  assert_holds (store, ID, "one");
}

/* A session that the service has forgotten is opened again, but not for ever. */
static void
test_forgotten_session (void)
{
  static const char *const once[] = { "--fail-once=GetSecrets", "--fail-once=SetSecret",
                                      ITEM_ARGUMENT, NULL };
  static const char *const twice[] = { "--fail-once=GetSecrets", "--fail-once=GetSecrets",
                                       ITEM_ARGUMENT, NULL };
  g_auto (Service) service = { NULL };
  g_autoptr (LanyardSecretStore) store = make_keyring (PATIENCE);
  g_autoptr (LanyardSecretStore) fresh = make_keyring (PATIENCE);
  g_autoptr (GError) error = NULL;

  start_service (&service, once);
  assert_holds (store, ID, "one");
  g_assert_cmpuint (count ("GetSecrets"), ==, 2);
  g_assert_true (store_text (store, ID, "Work", "two", &error));
  g_assert_no_error (error);
  assert_holds (store, ID, "two");
  stop_service (&service);

  start_service (&service, twice);
  g_assert_null (lookup (fresh, ID, &error));
  assert_error_is (&error, LANYARD_ERROR_FAILED);
  assert_holds (fresh, ID, "one");
}

/* Locked or removed by another program between being found and being read. */
static void
test_vanishing (void)
{
  static const char *const options[] = { "--vanish", ITEM_ARGUMENT, NULL };
  g_auto (Service) service = { NULL };
  g_autoptr (LanyardSecretStore) store = make_keyring (PATIENCE);
  g_autoptr (GError) error = NULL;

  start_service (&service, options);
  g_assert_null (lookup (store, ID, &error));
  assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
  g_assert_cmpuint (count ("GetSecrets"), ==, 2);
}

static void
test_gone_in_mid_call (void)
{
  static const char *const methods[] = { "OpenSession", "SearchItems", "GetSecrets" };

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *leave = g_strconcat ("--exit=", methods[i], NULL);
      const char *const options[] = { leave, ITEM_ARGUMENT, NULL };
      static const char *const again[] = { ITEM_ARGUMENT, NULL };
      g_auto (Service) service = { NULL };
      g_autoptr (LanyardSecretStore) store = make_keyring (PATIENCE);
      g_autoptr (GError) error = NULL;

      start_service (&service, options);
      g_assert_null (lookup (store, ID, &error));
      assert_error_is (&error, LANYARD_ERROR_KEYRING_ABSENT);
      stop_service (&service);

      start_service (&service, again);
      assert_holds (store, ID, "one");
    }
}

static void
test_gone_in_prompt (void)
{
  static const char *const options[] = { "--default=locked", "--prompt=exit", NULL };
  g_auto (Service) service = { NULL };
  g_autoptr (LanyardSecretStore) store = make_keyring (PATIENCE);
  g_autoptr (GError) error = NULL;

  start_service (&service, options);
  g_assert_false (unlock (store, &error));
  assert_error_is (&error, LANYARD_ERROR_KEYRING_ABSENT);
}

static void
assert_gives_up (const char *method, const char *id)
{
  g_autofree char *hang = g_strconcat ("--hang=", method, NULL);
  const char *const options[] = { hang, ITEM_ARGUMENT, NULL };
  g_auto (Service) service = { NULL };
  g_autoptr (LanyardSecretStore) store = make_keyring (SHORT_PATIENCE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;

  start_service (&service, options);
  start = g_get_monotonic_time ();
  g_assert_null (lookup (store, id, &error));
  g_assert_nonnull (strstr (error->message, "does not answer"));
  assert_error_is (&error, LANYARD_ERROR_KEYRING_ABSENT);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, SHORT_PATIENCE * 1000);

  /* Whoever cancels does not wait for the patience to end. */
  g_clear_object (&store);
  store = make_keyring (60 * 1000);
  lanyard_secret_store_lookup_async (store, id, cancellable, lanyard_test_take_result_cb, &result);
  for (guint i = 0; i < 20; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  g_cancellable_cancel (cancellable);
  g_assert_null (
    lanyard_secret_store_lookup_finish (store, lanyard_test_wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_hanging (void)
{
  assert_gives_up ("OpenSession", ID);
  assert_gives_up ("SearchItems", ID);
  assert_gives_up ("GetSecrets", ID);
  assert_gives_up ("ReadAlias", OTHER_ID);
}

/* One that gives up does not take the others' connection away. */
static void
test_hanging_for_one (void)
{
  static const char *const options[] = { "--hang=OpenSession", NULL };
  g_auto (Service) service = { NULL };
  g_autoptr (LanyardSecretStore) store = make_keyring (SHORT_PATIENCE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  start_service (&service, options);
  lanyard_secret_store_prepare (store);
  lanyard_secret_store_lookup_async (store, ID, cancellable, lanyard_test_take_result_cb, &first);
  lanyard_secret_store_list_async (store, NULL, lanyard_test_take_result_cb, &second);
  g_cancellable_cancel (cancellable);
  g_assert_null (
    lanyard_secret_store_lookup_finish (store, lanyard_test_wait_for (&first), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (lanyard_secret_store_list_finish (store, lanyard_test_wait_for (&second), &error));
  assert_error_is (&error, LANYARD_ERROR_KEYRING_ABSENT);
}

static void
test_unanswered_prompt (void)
{
  static const char *const options[] = { "--default=locked", "--prompt=never", NULL };
  g_auto (Service) service = { NULL };
  g_autoptr (LanyardSecretStore) store = make_keyring (SHORT_PATIENCE);
  g_autoptr (GError) error = NULL;
  guint n_tries = 0;

  start_service (&service, options);
  g_assert_false (unlock (store, &error));
  assert_error_is (&error, LANYARD_ERROR_KEYRING_ABSENT);

  /* The question does not stay on the screen. */
  while (count ("Dismiss") == 0 && n_tries++ < 1000)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_cmpuint (count ("Dismiss"), ==, 1);
}

static void
test_cancelled_before (void)
{
  static const char *const options[] = { ITEM_ARGUMENT, NULL };
  g_auto (Service) service = { NULL };
  LanyardSecretStore *store = make_keyring (PATIENCE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  start_service (&service, options);
  g_cancellable_cancel (cancellable);
  lanyard_secret_store_remove_async (store, ID, cancellable, lanyard_test_take_result_cb, &result);
  g_assert_false (
    lanyard_secret_store_remove_finish (store, lanyard_test_wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_holds (store, ID, "one");
  g_clear_object (&result);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (store);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  script = argv[1];

  g_test_add_func ("/store/keyring/scripted/no-service", test_no_service);
  g_test_add_func ("/store/keyring/scripted/locked", test_locked);
  g_test_add_func ("/store/keyring/scripted/locked-list", test_locked_list);
  g_test_add_func ("/store/keyring/scripted/prompt-dismissed", test_prompt_dismissed);
  g_test_add_func ("/store/keyring/scripted/prompt-accepted", test_prompt_accepted);
  g_test_add_func ("/store/keyring/scripted/prompts-for-items", test_prompts_for_items);
  g_test_add_func ("/store/keyring/scripted/writes-by-prompt", test_writes_by_prompt);
  g_test_add_func ("/store/keyring/scripted/creates-keyring", test_creates_keyring);
  g_test_add_func ("/store/keyring/scripted/failing", test_failing);
  g_test_add_func ("/store/keyring/scripted/failing-writes", test_failing_writes);
  g_test_add_func ("/store/keyring/scripted/forgotten-session", test_forgotten_session);
  g_test_add_func ("/store/keyring/scripted/vanishing", test_vanishing);
  g_test_add_func ("/store/keyring/scripted/gone-in-mid-call", test_gone_in_mid_call);
  g_test_add_func ("/store/keyring/scripted/gone-in-prompt", test_gone_in_prompt);
  g_test_add_func ("/store/keyring/scripted/hanging", test_hanging);
  g_test_add_func ("/store/keyring/scripted/hanging-for-one", test_hanging_for_one);
  g_test_add_func ("/store/keyring/scripted/unanswered-prompt", test_unanswered_prompt);
  g_test_add_func ("/store/keyring/scripted/cancelled-before", test_cancelled_before);

  return g_test_run ();
}
