/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-authorization.h"

#define ID "0b5bd6f2-4a1e-4b8e-9d3c-2f6a7c1d8e90"

static void
count_cb (gpointer object, gpointer detail, guint *count)
{
  (*count)++;
}

static void
count_settings_cb (LanyardAuthorization *authorization, guint *count)
{
  (*count)++;
}

static LanyardAuthorization *
make_authorization (void)
{
  static const char *const connectors[] = { "calendar", "drive", NULL };
  static const char *const scopes[] = { "own", NULL };
  static const char *const granted[] = { "a", "b", NULL };
  LanyardAuthorization *authorization = lanyard_authorization_new (ID);

  g_object_set (authorization, "name", "Work", "provider-id", "google", "type-id", "oauth2",
                "active", FALSE, "status", LANYARD_STATUS_AUTHORIZED, "account", "ada@example.org",
                "expires-at", (gint64)1000, "renewable", TRUE, NULL);
  lanyard_authorization_set_setting (authorization, "client_id", "c");
  lanyard_authorization_set_connectors (authorization, connectors);
  lanyard_authorization_set_scopes (authorization, scopes);
  lanyard_authorization_set_granted_scopes (authorization, granted);
  lanyard_authorization_set_authorized_at (authorization, 1);
  lanyard_authorization_set_created_at (authorization, 2);
  lanyard_authorization_set_modified_at (authorization, 3);
  lanyard_authorization_set_revision (authorization, 4);

  return authorization;
}

static void
test_new (void)
{
  LanyardAuthorization *authorization = lanyard_authorization_new (NULL);
  g_autoptr (LanyardAuthorization) other = lanyard_authorization_new (NULL);

  g_assert_true (g_uuid_string_is_valid (lanyard_authorization_get_id (authorization)));
  g_assert_cmpstr (lanyard_authorization_get_id (authorization), !=,
                   lanyard_authorization_get_id (other));
  g_assert_cmpstr (lanyard_authorization_get_name (authorization), ==, "");
  g_assert_cmpstr (lanyard_authorization_get_provider_id (authorization), ==, "");
  g_assert_cmpstr (lanyard_authorization_get_type_id (authorization), ==, "");
  g_assert_null (lanyard_authorization_get_account (authorization));
  g_assert_true (lanyard_authorization_is_active (authorization));
  g_assert_false (lanyard_authorization_is_renewable (authorization));
  g_assert_cmpint (lanyard_authorization_get_status (authorization), ==, LANYARD_STATUS_NEW);
  g_assert_null (lanyard_authorization_get_connectors (authorization)[0]);
  g_assert_null (lanyard_authorization_get_scopes (authorization)[0]);
  g_assert_null (lanyard_authorization_get_granted_scopes (authorization));
  g_assert_cmpint (lanyard_authorization_get_revision (authorization), ==, 0);

  g_assert_finalize_object (authorization);
}

/* Each property notifies once for a change, and not at all for none. */
static void
test_notify (void)
{
  static const char *const names[] = { "name",   "provider-id", "type-id",    "active",
                                       "status", "account",     "expires-at", "renewable" };
  g_autoptr (LanyardAuthorization) source = make_authorization ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (NULL);
      g_autofree char *signal = g_strconcat ("notify::", names[i], NULL);
      g_auto (GValue) value = G_VALUE_INIT;
      g_auto (GValue) read = G_VALUE_INIT;
      guint count = 0;

      g_signal_connect (authorization, signal, G_CALLBACK (count_cb), &count);
      g_object_get_property (G_OBJECT (source), names[i], &value);
      g_object_set_property (G_OBJECT (authorization), names[i], &value);
      g_assert_cmpuint (count, ==, 1);
      g_object_set_property (G_OBJECT (authorization), names[i], &value);
      g_assert_cmpuint (count, ==, 1);

      g_object_get_property (G_OBJECT (authorization), names[i], &read);
      if (G_VALUE_HOLDS_STRING (&read))
        g_assert_cmpstr (g_value_get_string (&read), ==, g_value_get_string (&value));
    }
}

static void
test_normalised (void)
{
  g_autoptr (LanyardAuthorization) authorization = make_authorization ();

  lanyard_authorization_set_name (authorization, NULL);
  g_assert_cmpstr (lanyard_authorization_get_name (authorization), ==, "");
  lanyard_authorization_set_account (authorization, "");
  g_assert_null (lanyard_authorization_get_account (authorization));
  lanyard_authorization_set_expires_at (authorization, -1);
  g_assert_cmpint (lanyard_authorization_get_expires_at (authorization), ==, 0);
  lanyard_authorization_set_connectors (authorization, NULL);
  g_assert_null (lanyard_authorization_get_connectors (authorization)[0]);
}

static void
test_settings (void)
{
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (NULL);
  g_auto (GStrv) names = NULL;
  guint count = 0;

  g_signal_connect (authorization, "settings-changed", G_CALLBACK (count_settings_cb), &count);
  lanyard_authorization_set_setting (authorization, "tenant", NULL);
  lanyard_authorization_set_setting (authorization, "tenant", "");
  g_assert_cmpuint (count, ==, 0);
  lanyard_authorization_set_setting (authorization, "tenant", "common");
  lanyard_authorization_set_setting (authorization, "tenant", "common");
  lanyard_authorization_set_setting (authorization, "client_id", "c");
  g_assert_cmpuint (count, ==, 2);
  names = lanyard_authorization_list_settings (authorization);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "client_id");
  g_assert_cmpstr (names[1], ==, "tenant");

  lanyard_authorization_set_setting (authorization, "tenant", "");
  g_assert_null (lanyard_authorization_get_setting (authorization, "tenant"));
  g_assert_cmpuint (count, ==, 3);
}

static void
test_lists (void)
{
  g_autoptr (LanyardAuthorization) authorization = make_authorization ();
  guint count = 0;

  g_signal_connect (authorization, "settings-changed", G_CALLBACK (count_settings_cb), &count);
  lanyard_authorization_set_connectors (authorization,
                                        lanyard_authorization_get_connectors (authorization));
  lanyard_authorization_set_scopes (authorization,
                                    lanyard_authorization_get_scopes (authorization));
  g_assert_cmpuint (count, ==, 0);
  g_assert_cmpstr (lanyard_authorization_get_connectors (authorization)[1], ==, "drive");
  lanyard_authorization_set_scopes (authorization,
                                    lanyard_authorization_get_connectors (authorization));
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpstr (lanyard_authorization_get_scopes (authorization)[0], ==, "calendar");
  lanyard_authorization_set_granted_scopes (authorization, NULL);
  g_assert_null (lanyard_authorization_get_granted_scopes (authorization));
  g_assert_cmpuint (count, ==, 1);
}

static void
test_status_at (void)
{
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (NULL);

  lanyard_authorization_set_expires_at (authorization, 100);
  g_assert_cmpint (lanyard_authorization_get_status_at (authorization, 200), ==,
                   LANYARD_STATUS_NEW);
  lanyard_authorization_set_status (authorization, LANYARD_STATUS_AUTHORIZED);
  g_assert_cmpint (lanyard_authorization_get_status_at (authorization, 99), ==,
                   LANYARD_STATUS_AUTHORIZED);
  g_assert_cmpint (lanyard_authorization_get_status_at (authorization, 100), ==,
                   LANYARD_STATUS_EXPIRED);
  lanyard_authorization_set_renewable (authorization, TRUE);
  g_assert_cmpint (lanyard_authorization_get_status_at (authorization, 200), ==,
                   LANYARD_STATUS_AUTHORIZED);
  lanyard_authorization_set_renewable (authorization, FALSE);
  lanyard_authorization_set_expires_at (authorization, 0);
  g_assert_cmpint (lanyard_authorization_get_status_at (authorization, 200), ==,
                   LANYARD_STATUS_AUTHORIZED);
  lanyard_authorization_set_status (authorization, LANYARD_STATUS_REVOKED);
  lanyard_authorization_set_expires_at (authorization, 100);
  g_assert_cmpint (lanyard_authorization_get_status_at (authorization, 200), ==,
                   LANYARD_STATUS_REVOKED);
}

static void
test_dup (void)
{
  g_autoptr (LanyardAuthorization) authorization = make_authorization ();
  LanyardAuthorization *copy = lanyard_authorization_dup (authorization);

  g_assert_cmpstr (lanyard_authorization_get_id (copy), ==, ID);
  g_assert_cmpint (lanyard_authorization_get_revision (copy), ==, 4);
  g_assert_cmpint (lanyard_authorization_get_authorized_at (copy), ==, 1);
  g_assert_cmpint (lanyard_authorization_get_created_at (copy), ==, 2);
  g_assert_cmpint (lanyard_authorization_get_modified_at (copy), ==, 3);
  g_assert_cmpint (lanyard_authorization_get_status (copy), ==, LANYARD_STATUS_AUTHORIZED);
  g_assert_cmpstr (lanyard_authorization_get_account (copy), ==, "ada@example.org");
  g_assert_cmpstr (lanyard_authorization_get_granted_scopes (copy)[1], ==, "b");
  g_assert_true (lanyard_authorization_is_renewable (copy));
  g_assert_false (lanyard_authorization_is_active (copy));
  g_assert_true (lanyard_authorization_equal (authorization, copy));

  lanyard_authorization_set_setting (copy, "client_id", "other");
  g_assert_cmpstr (lanyard_authorization_get_setting (authorization, "client_id"), ==, "c");

  g_assert_finalize_object (copy);
}

static void
check_all_assigned_cb (LanyardAuthorization *self, GParamSpec *pspec, gpointer user_data)
{
  /* Whoever follows one change must not see half of the others. */
  g_assert_cmpstr (lanyard_authorization_get_name (self), ==, "Work");
  g_assert_true (lanyard_authorization_is_renewable (self));
  g_assert_cmpstr (lanyard_authorization_get_setting (self, "client_id"), ==, "c");
  g_assert_cmpstr (lanyard_authorization_get_scopes (self)[0], ==, "own");
}

static void
test_assign (void)
{
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (NULL);
  g_autoptr (LanyardAuthorization) source = make_authorization ();
  guint notified = 0, changed = 0;

  lanyard_authorization_set_setting (authorization, "old", "gone");
  g_signal_connect (authorization, "notify", G_CALLBACK (check_all_assigned_cb), NULL);
  g_signal_connect (authorization, "notify", G_CALLBACK (count_cb), &notified);
  g_signal_connect (authorization, "settings-changed", G_CALLBACK (count_settings_cb), &changed);
  lanyard_authorization_assign (authorization, source);
  g_assert_cmpuint (notified, ==, 8);
  g_assert_cmpuint (changed, ==, 1);
  g_assert_cmpstr (lanyard_authorization_get_id (authorization), !=, ID);
  g_assert_null (lanyard_authorization_get_setting (authorization, "old"));
  g_assert_true (lanyard_authorization_equal (authorization, source));

  lanyard_authorization_assign (authorization, source);
  lanyard_authorization_assign (authorization, authorization);
  g_assert_cmpuint (notified, ==, 8);
  g_assert_cmpuint (changed, ==, 1);
}

/* What changes by itself, and nothing that a person can edit. */
static void
test_state (void)
{
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (NULL);
  g_autoptr (LanyardAuthorization) source = make_authorization ();
  g_autoptr (LanyardAuthorization) fresh = lanyard_authorization_new (NULL);

  lanyard_authorization_set_authorized_at (source, 77);
  lanyard_authorization_copy_state (authorization, source);
  g_assert_true (lanyard_authorization_equal (authorization, fresh));
  g_assert_cmpint (lanyard_authorization_get_status (authorization), ==,
                   lanyard_authorization_get_status (source));
  g_assert_cmpstr (lanyard_authorization_get_account (authorization), ==,
                   lanyard_authorization_get_account (source));
  g_assert_cmpint (lanyard_authorization_is_active (authorization), ==,
                   lanyard_authorization_is_active (source));
  g_assert_true (lanyard_authorization_is_renewable (authorization));
  g_assert_cmpint (lanyard_authorization_get_expires_at (authorization), ==,
                   lanyard_authorization_get_expires_at (source));
  g_assert_cmpint (lanyard_authorization_get_authorized_at (authorization), ==, 77);

  lanyard_authorization_set_active (authorization, FALSE);
  lanyard_authorization_reset_state (authorization);
  g_assert_cmpint (lanyard_authorization_get_status (authorization), ==, LANYARD_STATUS_NEW);
  g_assert_null (lanyard_authorization_get_account (authorization));
  g_assert_null (lanyard_authorization_get_granted_scopes (authorization));
  g_assert_false (lanyard_authorization_is_renewable (authorization));
  g_assert_false (lanyard_authorization_is_active (authorization));
  g_assert_cmpint (lanyard_authorization_get_expires_at (authorization), ==, 0);
  g_assert_cmpint (lanyard_authorization_get_authorized_at (authorization), ==, 0);
}

/* Equal is what a person can edit, wherever it stands in its list. */
static void
test_equal (void)
{
  static const char *const turned[] = { "drive", "calendar", NULL };
  static const char *const fewer[] = { "drive", NULL };
  g_autoptr (LanyardAuthorization) a = make_authorization ();
  g_autoptr (LanyardAuthorization) b = make_authorization ();

  lanyard_authorization_set_status (b, LANYARD_STATUS_REVOKED);
  lanyard_authorization_set_account (b, NULL);
  lanyard_authorization_set_active (b, TRUE);
  lanyard_authorization_set_revision (b, 9);
  lanyard_authorization_set_granted_scopes (b, NULL);
  lanyard_authorization_set_connectors (b, turned);
  g_assert_true (lanyard_authorization_equal (a, b));

  lanyard_authorization_set_connectors (b, fewer);
  g_assert_false (lanyard_authorization_equal (a, b));
  lanyard_authorization_set_connectors (b, turned);
  lanyard_authorization_set_name (b, "work");
  g_assert_false (lanyard_authorization_equal (a, b));
  lanyard_authorization_set_name (b, "Work");
  lanyard_authorization_set_setting (b, "client_id", "d");
  g_assert_false (lanyard_authorization_equal (a, b));
  lanyard_authorization_set_setting (b, "client_id", "c");
  lanyard_authorization_set_setting (b, "tenant", "x");
  g_assert_false (lanyard_authorization_equal (a, b));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/authorization/new", test_new);
  g_test_add_func ("/model/authorization/notify", test_notify);
  g_test_add_func ("/model/authorization/normalised", test_normalised);
  g_test_add_func ("/model/authorization/settings", test_settings);
  g_test_add_func ("/model/authorization/lists", test_lists);
  g_test_add_func ("/model/authorization/status-at", test_status_at);
  g_test_add_func ("/model/authorization/dup", test_dup);
  g_test_add_func ("/model/authorization/assign", test_assign);
  g_test_add_func ("/model/authorization/state", test_state);
  g_test_add_func ("/model/authorization/equal", test_equal);

  return g_test_run ();
}
