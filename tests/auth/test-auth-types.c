/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-auth-types.h"
#include "lanyard-test-context.h"
#include "lanyard-test-jwt.h"

#include <string.h>

static void
test_unknown (void)
{
  g_assert_null (lanyard_auth_types_lookup (NULL));
  g_assert_null (lanyard_auth_types_lookup (""));
  g_assert_null (lanyard_auth_types_lookup ("OAuth2"));
  g_assert_null (lanyard_auth_types_lookup ("oauth3"));
}

static void
check_fields (LanyardAuthType *type)
{
  g_autoptr (GPtrArray) fields = lanyard_auth_type_list_fields (type, NULL);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (fields->len, >=, 1);
  for (guint i = 0; i < fields->len; i++)
    {
      const LanyardField *field = g_ptr_array_index (fields, i);

      g_test_message ("%s", field->name);
      g_assert_true (g_hash_table_add (names, (gpointer)field->name));
      g_assert_cmpuint (strspn (field->name, G_CSET_a_2_z G_CSET_DIGITS "_"), ==,
                        strlen (field->name));
      g_assert_nonnull (field->label);
      g_assert_cmpint (field->kind == LANYARD_FIELD_CHOICE, ==, field->choices != NULL);
      if (field->kind != LANYARD_FIELD_SECRET && field->default_value != NULL &&
          strchr (field->default_value, '{') == NULL)
        g_assert_true (lanyard_field_check (field, field->default_value, NULL));
      if (field->example != NULL)
        g_assert_true (lanyard_field_check (field, field->example, NULL));
    }
}

/* Each class in the table fills what is required, and says what a person reads. */
static void
test_complete (void)
{
  const char *const *ids = lanyard_auth_types_list ();

  g_assert_true (g_strv_contains (ids, "oauth2"));
  for (; *ids != NULL; ids++)
    {
      LanyardAuthType *type = lanyard_auth_types_lookup (*ids);
      LanyardAuthTypeInterface *iface;
      const LanyardAuthTypeInfo *info;

      g_test_message ("%s", *ids);
      g_assert_true (LANYARD_IS_AUTH_TYPE (type));
      g_assert_true (lanyard_auth_types_lookup (*ids) == type);

      iface = LANYARD_AUTH_TYPE_GET_IFACE (type);
      g_assert_nonnull (iface->info);
      g_assert_nonnull (iface->fields);
      g_assert_nonnull (iface->apply);
      g_assert_cmpint (lanyard_auth_type_needs_consent (type), ==, iface->authorize != NULL);

      info = lanyard_auth_type_get_info (type);
      g_assert_cmpstr (info->id, ==, *ids);
      g_assert_cmpstr (info->name, !=, NULL);
      g_assert_cmpstr (info->description, !=, NULL);
      g_assert_cmpstr (info->primary_secret, !=, NULL);
      check_fields (type);
    }
}

static gboolean
uses_scopes (LanyardAuthContext *context)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);

  return lanyard_auth_type_uses_scopes (
    lanyard_auth_types_lookup (lanyard_method_get_type_id (method)), context);
}

/* A login with user name and password, and a token that is signed here, ask for no scopes; who
 * exchanges one does, also before the key was entered. */
static void
test_uses_scopes (void)
{
  g_autoptr (LanyardAuthContext) oauth2 = lanyard_test_context_new (NULL, NULL, NULL);
  g_autoptr (LanyardAuthContext) login =
    lanyard_test_jwt_context_new (NULL, "username=me", NULL, NULL, NULL);
  g_autoptr (LanyardAuthContext) exchange =
    lanyard_test_jwt_context_new (NULL, NULL, NULL, NULL, NULL);
  g_autoptr (LanyardAuthContext) sign =
    lanyard_test_jwt_context_new ("'token': null", NULL, NULL, NULL, NULL);

  g_assert_true (uses_scopes (oauth2));
  g_assert_false (uses_scopes (login));
  g_assert_true (uses_scopes (exchange));
  g_assert_false (uses_scopes (sign));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/auth-types/unknown", test_unknown);
  g_test_add_func ("/auth/auth-types/complete", test_complete);
  g_test_add_func ("/auth/auth-types/uses-scopes", test_uses_scopes);

  return g_test_run ();
}
