/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the base class does for every type; the type here has what is required and nothing else. */

#include "config.h"

#include "lanyard-test-context.h"

#include "lanyard-auth-type.h"

#include "lanyard-error.h"

#define PLAIN_TYPE (plain_get_type ())
G_DECLARE_FINAL_TYPE (Plain, plain, LANYARD_TEST, PLAIN, GObject)

struct _Plain
{
  GObject parent_instance;
};

static void auth_type_iface_init (LanyardAuthTypeInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (Plain,
                               plain,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_AUTH_TYPE, auth_type_iface_init))

static const LanyardAuthTypeInfo INFO = { "plain", "Plain", "Plain.", "api_key" };

static const LanyardField FIELDS[] = {
  { .name = "client_id", .kind = LANYARD_FIELD_TEXT, .label = "Client ID" },
  { .name = "api_key",
    .kind = LANYARD_FIELD_SECRET,
    .flags = LANYARD_FIELD_REQUIRED,
    .label = "API key" },
  { .name = NULL },
};

static gboolean
apply (LanyardAuthType *type, LanyardAuthContext *context, LanyardRequest *request, GError **error)
{
  lanyard_params_append (request->headers, "X-Key", "applied");
  return TRUE;
}

static void
auth_type_iface_init (LanyardAuthTypeInterface *iface)
{
  iface->info = &INFO;
  iface->fields = FIELDS;
  iface->apply = apply;
}

static void
plain_class_init (PlainClass *klass)
{
}

static void
plain_init (Plain *self)
{
}

static LanyardAuthType *
plain_new (void)
{
  return g_object_new (PLAIN_TYPE, NULL);
}

static void
test_required_secret (void)
{
  g_autoptr (LanyardAuthType) type = plain_new ();
  g_autoptr (LanyardAuthContext) without = lanyard_test_context_new (NULL, NULL, NULL);
  g_autoptr (LanyardAuthContext) with = lanyard_test_context_new (NULL, NULL, "api_key=k");
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_auth_type_validate (type, without, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "API key"));
  g_assert_true (lanyard_auth_type_check_settings (type, without, NULL));
  g_assert_true (lanyard_auth_type_validate (type, with, NULL));
}

static void
test_settings_refused (void)
{
  static const char *const settings[] = { "api_key=in-the-open", "other=x", "client_id=a%0ab",
                                          "test_url=http://example.org/" };
  g_autoptr (LanyardAuthType) type = plain_new ();

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (LanyardAuthContext) context =
        lanyard_test_context_new (NULL, settings[i], "api_key=k");
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", settings[i]);
      g_assert_false (lanyard_auth_type_check_settings (type, context, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
      g_assert_false (lanyard_auth_type_validate (type, context, NULL));
    }
}

static void
test_without_flows (void)
{
  g_autoptr (LanyardAuthType) type = plain_new ();
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, "api_key=k");
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_auth_type_needs_consent (type));
  g_assert_null (lanyard_auth_type_refresh (type, context, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED);
  g_assert_null (lanyard_auth_type_revoke (type, context));
}

static void
test_fields (void)
{
  g_autoptr (LanyardAuthType) type = plain_new ();
  g_autoptr (LanyardProvider) provider = lanyard_test_provider_new (NULL);
  g_autoptr (GPtrArray) fields = lanyard_auth_type_list_fields (type, provider);
  const LanyardField *first = g_ptr_array_index (fields, 0);
  const LanyardField *last = g_ptr_array_index (fields, fields->len - 1);

  g_assert_cmpuint (fields->len, ==, 3);
  g_assert_cmpstr (first->name, ==, "client_id");
  g_assert_cmpstr (last->name, ==, "test_url");
  g_assert_true (lanyard_auth_type_find_field (type, NULL, "api_key") == &FIELDS[1]);
  g_assert_null (lanyard_auth_type_find_field (type, provider, "nothing"));
}

static void
test_apply (void)
{
  g_autoptr (LanyardAuthType) type = plain_new ();
  g_autoptr (LanyardAuthContext) context = lanyard_test_context_new (NULL, NULL, "api_key=k");
  g_autoptr (LanyardRequest) good = lanyard_request_new ("GET", "https://api.example.org/");
  g_autoptr (LanyardRequest) bad = lanyard_request_new ("GET", "http://api.example.org/");
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_auth_type_apply (type, context, bad, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_cmpuint (lanyard_params_get_length (bad->headers), ==, 0);
  g_assert_true (lanyard_auth_type_apply (type, context, good, NULL));
  g_assert_cmpstr (lanyard_params_get (good->headers, "X-Key"), ==, "applied");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auth/auth-type/required-secret", test_required_secret);
  g_test_add_func ("/auth/auth-type/settings-refused", test_settings_refused);
  g_test_add_func ("/auth/auth-type/without-flows", test_without_flows);
  g_test_add_func ("/auth/auth-type/fields", test_fields);
  g_test_add_func ("/auth/auth-type/rfc6749-19-apply", test_apply);

  return g_test_run ();
}
