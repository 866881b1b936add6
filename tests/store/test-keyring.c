/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-keyring.h"

#include <signal.h>
#include <string.h>

#include "keyring-fixtures.h"
#include "lanyard-error.h"
#include "lanyard-test.h"

/* Runs in a session with a real gnome-keyring-daemon, whose password is the program's argument. */

#define PATH "/org/freedesktop/secrets"
#define SERVICE "org.freedesktop.Secret.Service"
#define ITEM "org.freedesktop.Secret.Item"

static const char *password;
static GSubprocess *restarted;

static void
lock_keyring (void)
{
  const char *const paths[] = { PATH "/collection/login", NULL };

  g_variant_unref (call_service (PATH, SERVICE, "Lock", g_variant_new ("(^ao)", paths)));
}

static guint32
get_keyring_pid (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
    bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
    "GetConnectionUnixProcessID", g_variant_new ("(s)", "org.freedesktop.secrets"),
    G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  guint32 pid = 0;

  if (reply != NULL)
    g_variant_get (reply, "(u)", &pid);
  return pid;
}

static void
kill_keyring (void)
{
  kill ((pid_t)get_keyring_pid (), SIGKILL);
  while (get_keyring_pid () != 0)
    g_usleep (1000);
  g_clear_object (&restarted);
}

/* Without a password it stays locked. */
static void
start_keyring (const char *with_password)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                               G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;

  restarted = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground",
                                           "--components=secrets",
                                           with_password != NULL ? "--unlock" : NULL, NULL);
  g_assert_no_error (error);
  if (with_password != NULL)
    g_output_stream_write_all (g_subprocess_get_stdin_pipe (restarted), with_password,
                               strlen (with_password), NULL, NULL, NULL);
  g_output_stream_close (g_subprocess_get_stdin_pipe (restarted), NULL, NULL);
  while (get_keyring_pid () == 0)
    g_usleep (1000);
}

static void
restart_keyring (const char *with_password)
{
  kill_keyring ();
  start_keyring (with_password);
}

static char *
get_property (const char *path, const char *name)
{
  g_autoptr (GVariant) reply = call_service (path, "org.freedesktop.DBus.Properties", "Get",
                                             g_variant_new ("(ss)", ITEM, name));
  g_autoptr (GVariant) value = NULL;

  g_variant_get (reply, "(v)", &value);
  return g_variant_print (value, FALSE);
}

static char *
find_item (const char *id)
{
  g_autoptr (GVariant) reply = NULL;
  g_autofree char **paths = NULL;
  GVariantBuilder attributes = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  g_variant_builder_add (&attributes, "{ss}", "id", id);
  reply = call_service (PATH, SERVICE, "SearchItems", g_variant_new ("(a{ss})", &attributes));
  g_variant_get (reply, "(^a&oao)", &paths, NULL);
  g_assert_cmpuint (g_strv_length (paths), ==, 1);

  return g_strdup (paths[0]);
}

static void
test_absent_item (void)
{
  g_autoptr (LanyardSecretStore) store = lanyard_keyring_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;

  assert_holds (store, ID, NULL);
  g_assert_true (remove_item (store, ID, &error));
  g_assert_no_error (error);
  ids = list_ids (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (ids), ==, 0);
}

static void
test_items (void)
{
  LanyardSecretStore *store = lanyard_keyring_new ();
  g_autofree char *long_text = g_strnfill (200 * 1000, 'x');
  g_autofree char *path = NULL;
  g_autofree char *attributes = NULL;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;

  g_assert_true (store_text (store, ID, "Work “žluť”", "{\"one\": 1}", &error));
  g_assert_no_error (error);
  assert_holds (store, ID, "{\"one\": 1}");
  assert_holds (store, OTHER_ID, NULL);
  path = find_item (ID);
  attributes = get_property (path, "Attributes");
  g_assert_cmpstr (attributes, ==,
                   "{'id': '" ID "', 'xdg:schema': 'io.github.lanyard.Authorization'}");
  label = get_property (path, "Label");
  g_assert_cmpstr (label, ==, "'Work “žluť”'");

  g_assert_true (store_text (store, ID, "Work", long_text, &error));
  assert_holds (store, ID, long_text);
  g_assert_true (store_text (store, OTHER_ID, "Other", "two", &error));
  assert_holds (store, ID, long_text);
  ids = list_ids (store, &error);
  g_assert_cmpuint (g_strv_length (ids), ==, 2);
  g_assert_true (g_strv_contains ((const char *const *)ids, ID));
  g_assert_true (g_strv_contains ((const char *const *)ids, OTHER_ID));

  g_assert_true (remove_item (store, ID, &error));
  assert_holds (store, ID, NULL);
  assert_holds (store, OTHER_ID, "two");
  g_assert_true (remove_item (store, OTHER_ID, &error));
  g_assert_no_error (error);
  g_assert_finalize_object (store);
}

static void
test_unchanged (void)
{
  g_autoptr (LanyardSecretStore) store = lanyard_keyring_new ();
  g_autoptr (Spy) spy = spy_new ();
  g_autofree char *path = NULL;
  g_autofree char *label = NULL;

  g_assert_true (store_text (store, ID, "Work", "one", NULL));
  g_assert_cmpuint (spy_count (spy, NULL, "CreateItem"), ==, 1);
  spy_reset (spy);

  g_assert_true (store_text (store, ID, "Work", "one", NULL));
  g_assert_cmpuint (spy_count (spy, NULL, "CreateItem"), ==, 0);
  g_assert_cmpuint (spy_count (spy, ITEM, "SetSecret"), ==, 0);
  g_assert_cmpuint (spy_count (spy, "org.freedesktop.DBus.Properties", "Set"), ==, 0);

  g_assert_true (store_text (store, ID, "Work", "two", NULL));
  g_assert_cmpuint (spy_count (spy, ITEM, "SetSecret"), ==, 1);
  g_assert_cmpuint (spy_count (spy, "org.freedesktop.DBus.Properties", "Set"), ==, 0);

  g_assert_true (store_text (store, ID, "Home", "two", NULL));
  g_assert_cmpuint (spy_count (spy, ITEM, "SetSecret"), ==, 1);
  g_assert_cmpuint (spy_count (spy, "org.freedesktop.DBus.Properties", "Set"), ==, 1);
  path = find_item (ID);
  label = get_property (path, "Label");
  g_assert_cmpstr (label, ==, "'Home'");
  assert_holds (store, ID, "two");
  g_assert_true (remove_item (store, ID, NULL));
}

/* As a renewal does it: what was read is replaced. */
static void
test_replaced (void)
{
  g_autoptr (LanyardSecretStore) store = lanyard_keyring_new ();
  g_autoptr (LanyardSecretStore) other = lanyard_keyring_new ();
  g_autoptr (Spy) spy = NULL;
  g_autofree char *path = NULL;
  g_autofree char *label = NULL;

  g_assert_true (store_text (other, ID, "Work", "one", NULL));
  assert_holds (store, ID, "one");
  spy = spy_new ();
  g_assert_true (store_text (store, ID, "Work", "two", NULL));
  spy_print (spy, "Replaced");
  g_assert_cmpuint (spy_count (spy, SERVICE, "SearchItems"), ==, 0);
  g_assert_cmpuint (spy_count (spy, SERVICE, "GetSecrets"), ==, 0);
  g_assert_cmpuint (spy_count (spy, NULL, "GetAll"), ==, 1);
  g_assert_cmpuint (spy_count (spy, ITEM, "SetSecret"), ==, 1);
  g_assert_cmpuint (spy_count (spy, NULL, "Set"), ==, 0);
  assert_holds (other, ID, "two");

  /* What another program wrote meanwhile is replaced, too, and its label. */
  g_assert_true (store_text (other, ID, "Theirs", "three", NULL));
  g_assert_true (store_text (store, ID, "Ours", "four", NULL));
  assert_holds (other, ID, "four");
  path = find_item (ID);
  label = get_property (path, "Label");
  g_assert_cmpstr (label, ==, "'Ours'");

  /* What was written last is read again before it is taken for what is there. */
  g_assert_true (store_text (other, ID, "Ours", "five", NULL));
  g_assert_true (store_text (store, ID, "Ours", "four", NULL));
  assert_holds (other, ID, "four");
  g_assert_true (remove_item (store, ID, NULL));
}

/* An item that another program removed, and whose place it gave to another one. */
static void
test_replaced_elsewhere (void)
{
  g_autoptr (LanyardSecretStore) store = lanyard_keyring_new ();
  g_autoptr (LanyardSecretStore) other = lanyard_keyring_new ();
  g_autofree char *path = NULL;
  g_autofree char *new_path = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (store_text (other, ID, "Work", "one", NULL));
  assert_holds (store, ID, "one");
  g_assert_true (remove_item (other, ID, NULL));
  g_assert_true (store_text (store, ID, "Work", "two", &error));
  g_assert_no_error (error);
  assert_holds (other, ID, "two");

  assert_holds (store, ID, "two");
  path = find_item (ID);
  g_assert_true (remove_item (other, ID, NULL));
  g_assert_true (store_text (other, OTHER_ID, "Other", "three", NULL));
  new_path = find_item (OTHER_ID);
  g_test_message ("%s, then %s", path, new_path);
  g_assert_true (store_text (store, ID, "Work", "four", &error));
  g_assert_no_error (error);
  assert_holds (other, ID, "four");
  assert_holds (other, OTHER_ID, "three");
  g_assert_true (remove_item (store, ID, NULL));
  g_assert_true (remove_item (store, OTHER_ID, NULL));
}

static void
test_all (void)
{
  g_autoptr (LanyardSecretStore) store = lanyard_keyring_new ();
  g_autoptr (Spy) spy = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *none = lookup_all (store, &error);
  g_autofree char *both = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (none, ==, "");
  g_assert_true (store_text (store, ID, "Work", "one", NULL));
  g_assert_true (store_text (store, OTHER_ID, "Other", "two", NULL));

  spy = spy_new ();
  both = lookup_all (store, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (both, ==, "one two");
  g_assert_cmpuint (spy_count (spy, SERVICE, "SearchItems"), ==, 1);
  g_assert_cmpuint (spy_count (spy, SERVICE, "GetSecrets"), ==, 1);
  g_assert_cmpuint (spy_count (spy, NULL, "Get"), ==, 0);
  g_assert_true (remove_item (store, ID, NULL));
  g_assert_true (remove_item (store, OTHER_ID, NULL));
}

/* What a program pays for its first secret, and for each one after it. */
static void
test_calls_per_lookup (void)
{
  g_autoptr (LanyardSecretStore) store = lanyard_keyring_new ();
  g_autoptr (LanyardSecretStore) other = lanyard_keyring_new ();
  g_autoptr (Spy) spy = NULL;

  g_assert_true (store_text (other, ID, "Work", "one", NULL));
  spy = spy_new ();

  assert_holds (store, ID, "one");
  spy_print (spy, "First");
  g_assert_cmpuint (spy_count (spy, SERVICE, "OpenSession"), ==, 1);
  g_assert_cmpuint (spy_count (spy, SERVICE, "SearchItems"), ==, 1);
  g_assert_cmpuint (spy_count (spy, SERVICE, "GetSecrets"), ==, 1);
  /* libsecret loads the properties of the service, once. */
  g_assert_cmpuint (spy_count (spy, NULL, "GetAll"), ==, 1);
  g_assert_cmpuint (spy_count (spy, NULL, "Get"), ==, 0);

  spy_reset (spy);
  assert_holds (store, ID, "one");
  g_assert_cmpuint (spy_count (spy, NULL, "OpenSession"), ==, 0);
  g_assert_cmpuint (spy_count (spy, SERVICE, "SearchItems"), ==, 1);
  g_assert_cmpuint (spy_count (spy, SERVICE, "GetSecrets"), ==, 1);
  spy_print (spy, "Second");
  g_assert_true (remove_item (store, ID, NULL));
}

/* What is found is believed, not what was where it was. */
static void
test_moved (void)
{
  g_autoptr (LanyardSecretStore) store = lanyard_keyring_new ();
  g_autoptr (LanyardSecretStore) other = lanyard_keyring_new ();

  g_assert_true (store_text (other, ID, "Work", "one", NULL));
  assert_holds (store, ID, "one");
  g_assert_true (remove_item (other, ID, NULL));
  assert_holds (store, ID, NULL);
  g_assert_true (store_text (other, OTHER_ID, "Other", "two", NULL));
  assert_holds (store, ID, NULL);
  g_assert_true (store_text (other, ID, "Work", "three", NULL));
  assert_holds (store, ID, "three");
  assert_holds (store, OTHER_ID, "two");
  g_assert_true (remove_item (store, ID, NULL));
  g_assert_true (remove_item (store, OTHER_ID, NULL));
}

static void
test_encrypted (void)
{
  g_autoptr (LanyardSecretStore) store = lanyard_keyring_new ();
  g_autoptr (Spy) spy = spy_new ();

  g_assert_true (store_text (store, ID, "A label that is seen", "a-secret-that-is-not", NULL));
  assert_holds (store, ID, "a-secret-that-is-not");
  g_assert_true (store_text (store, ID, "A label that is seen", "nor-is-this-one", NULL));
  g_assert_true (remove_item (store, ID, NULL));

  g_assert_true (spy_has_seen (spy, "A label that is seen"));
  g_assert_false (spy_has_seen (spy, "a-secret-that-is-not"));
  g_assert_false (spy_has_seen (spy, "nor-is-this-one"));
}

static void
test_parallel (void)
{
  g_autoptr (LanyardSecretStore) store = lanyard_keyring_new ();
  g_autoptr (Spy) spy = NULL;
  GAsyncResult *results[20] = { NULL };

  g_assert_true (store_text (store, ID, "Work", "one", NULL));
  g_clear_object (&store);
  store = lanyard_keyring_new ();
  spy = spy_new ();

  lanyard_secret_store_prepare (store);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    lanyard_secret_store_lookup_async (store, ID, NULL, lanyard_test_take_result_cb, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GAsyncResult) result = lanyard_test_wait_for (&results[i]);
      g_autoptr (LanyardSecret) secret = lanyard_secret_store_lookup_finish (store, result, NULL);

      g_assert_cmpstr (lanyard_secret_get (secret), ==, "one");
    }
  g_assert_cmpuint (spy_count (spy, SERVICE, "OpenSession"), ==, 1);
  g_assert_true (remove_item (store, ID, NULL));
}

static void
test_restart (void)
{
  g_autoptr (LanyardSecretStore) store = make_keyring (5000);
  g_autoptr (LanyardSecretStore) fresh = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;

  g_assert_true (store_text (store, ID, "Work", "one", NULL));
  assert_holds (store, ID, "one");
  restart_keyring (password);
  assert_holds (store, ID, "one");

  restart_keyring (password);
  g_assert_true (store_text (store, ID, "Work", "two", &error));
  g_assert_no_error (error);
  assert_holds (store, ID, "two");

  restart_keyring (password);
  ids = list_ids (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (ids), ==, 1);

  restart_keyring (password);
  g_assert_true (store_text (store, OTHER_ID, "Other", "three", &error));
  g_assert_no_error (error);
  restart_keyring (password);
  g_assert_true (remove_item (store, OTHER_ID, &error));
  g_assert_no_error (error);

  /* While it is gone, there is none; when it is back, there is. */
  kill_keyring ();
  assert_all_fail (store, LANYARD_ERROR_KEYRING_ABSENT);
  fresh = lanyard_keyring_new ();
  assert_all_fail (fresh, LANYARD_ERROR_KEYRING_ABSENT);
  start_keyring (password);
  assert_holds (store, ID, "two");
  assert_holds (fresh, ID, "two");
  g_assert_true (remove_item (store, ID, NULL));
}

static void
assert_nothing_was_asked (Spy *spy)
{
  g_assert_cmpuint (spy_count (spy, NULL, "Prompt"), ==, 0);
  g_assert_cmpuint (spy_count (spy, NULL, "Unlock"), ==, 0);
  g_assert_cmpuint (spy_count (spy, NULL, "CreateCollection"), ==, 0);
}

static void
test_locked (void)
{
  g_autoptr (LanyardSecretStore) store = lanyard_keyring_new ();
  g_autoptr (LanyardSecretStore) fresh = lanyard_keyring_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (Spy) spy = NULL;
  g_auto (GStrv) ids = NULL;

  g_assert_true (store_text (store, ID, "Work", "one", NULL));
  lock_keyring ();
  spy = spy_new ();

  for (guint i = 0; i < 2; i++)
    {
      LanyardSecretStore *locked = i == 0 ? store : fresh;

      g_assert_null (lookup (locked, ID, &error));
      assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
      g_assert_null (lookup (locked, OTHER_ID, &error));
      assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
      g_assert_false (store_text (locked, ID, "Work", "two", &error));
      assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
      g_assert_false (store_text (locked, ID, "Work", "one", &error));
      assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
      g_assert_false (store_text (locked, OTHER_ID, "Other", "two", &error));
      assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
      g_assert_false (remove_item (locked, ID, &error));
      assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);

      /* It was unlocked before, so the ids are known. */
      ids = list_ids (locked, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_strv_length (ids), ==, 1);
      g_assert_cmpstr (ids[0], ==, ID);
      g_clear_pointer (&ids, g_strfreev);
    }
  assert_nothing_was_asked (spy);

  restart_keyring (password);
  assert_holds (store, ID, "one");
}

static void
test_locked_from_start (void)
{
  g_autoptr (LanyardSecretStore) store = lanyard_keyring_new ();
  g_autoptr (Spy) spy = NULL;

  g_assert_true (store_text (store, ID, "Work", "one", NULL));
  restart_keyring (NULL);
  spy = spy_new ();

  /* Not even the ids are known, and "none" would be a dangerous lie. */
  assert_all_fail (store, LANYARD_ERROR_KEYRING_LOCKED);
  assert_nothing_was_asked (spy);

  restart_keyring (password);
  assert_holds (store, ID, "one");
  g_assert_true (remove_item (store, ID, NULL));
}

/* Nobody is there to answer the prompt, so it comes to nothing; but it is asked for. */
static void
test_unlock (void)
{
  g_autoptr (LanyardSecretStore) store = make_keyring (5000);
  g_autoptr (GError) error = NULL;
  g_autoptr (Spy) spy = NULL;

  g_assert_true (unlock (store, &error));
  g_assert_no_error (error);

  lock_keyring ();
  spy = spy_new ();
  g_assert_false (unlock (store, &error));
  assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
  g_assert_cmpuint (spy_count (spy, SERVICE, "Unlock"), ==, 1);
  g_assert_cmpuint (spy_count (spy, "org.freedesktop.Secret.Prompt", "Prompt"), ==, 1);
  restart_keyring (password);
  g_assert_true (unlock (store, &error));
  g_assert_no_error (error);
}

/* As on the first day, when nobody has chosen a password yet. */
static void
test_no_keyring_yet (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("XDG_DATA_HOME"), "keyrings", NULL);
  g_autoptr (LanyardSecretStore) store = make_keyring (5000);
  g_autoptr (GError) error = NULL;
  g_autoptr (Spy) spy = NULL;
  g_auto (GStrv) ids = NULL;

  kill_keyring ();
  lanyard_test_remove_folder (folder);
  start_keyring (NULL);
  spy = spy_new ();

  assert_holds (store, ID, NULL);
  ids = list_ids (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (ids), ==, 0);
  g_assert_true (remove_item (store, ID, &error));
  g_assert_no_error (error);
  g_assert_false (store_text (store, ID, "Work", "one", &error));
  g_assert_nonnull (strstr (error->message, "no keyring yet"));
  assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
  assert_nothing_was_asked (spy);

  g_assert_false (unlock (store, &error));
  assert_error_is (&error, LANYARD_ERROR_KEYRING_LOCKED);
  g_assert_cmpuint (spy_count (spy, NULL, "CreateCollection"), ==, 1);

  kill_keyring ();
  start_keyring (password);
  g_assert_true (store_text (store, ID, "Work", "one", &error));
  g_assert_no_error (error);
  g_assert_true (remove_item (store, ID, NULL));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  password = argv[1];

  g_test_add_func ("/store/keyring/absent-item", test_absent_item);
  g_test_add_func ("/store/keyring/items", test_items);
  g_test_add_func ("/store/keyring/unchanged", test_unchanged);
  g_test_add_func ("/store/keyring/replaced", test_replaced);
  g_test_add_func ("/store/keyring/replaced-elsewhere", test_replaced_elsewhere);
  g_test_add_func ("/store/keyring/all", test_all);
  g_test_add_func ("/store/keyring/calls-per-lookup", test_calls_per_lookup);
  g_test_add_func ("/store/keyring/moved", test_moved);
  g_test_add_func ("/store/keyring/encrypted", test_encrypted);
  g_test_add_func ("/store/keyring/parallel", test_parallel);
  g_test_add_func ("/store/keyring/restart", test_restart);
  g_test_add_func ("/store/keyring/locked", test_locked);
  g_test_add_func ("/store/keyring/locked-from-start", test_locked_from_start);
  g_test_add_func ("/store/keyring/unlock", test_unlock);
  g_test_add_func ("/store/keyring/no-keyring-yet", test_no_keyring_yet);

  status = g_test_run ();
  if (restarted != NULL)
    kill_keyring ();
  return status;
}
