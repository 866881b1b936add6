/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What Lanyard sends to each provider that it ships, with dummy values, compared with the files in
 * tests/golden. Where the engine or a provider's data changes, these show for whom it does;
 * `meson compile update-golden` writes them anew. */

#include "config.h"

#include "lanyard-golden-answers.h"
#include "lanyard-golden-text.h"
#include "lanyard-test-jwt.h"

#include "lanyard-auth-types.h"
#include "lanyard-json.h"
#include "lanyard-provider-reader.h"
#include "lanyard-template.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <string.h>

#define NOW LANYARD_TEST_NOW
#define MAX_STEPS 8
#define HEADER                                           \
  "# SPDX-FileCopyrightText: 2026 The Lanyard authors\n" \
  "# SPDX-License-Identifier: GPL-3.0-or-later\n"

/* The key that the RSA algorithms take; what it signs is not compared. */
static char *rsa_key;

static void
make_rsa_key (void)
{
  EVP_PKEY *key = EVP_RSA_gen (2048);
  BIO *bio = BIO_new (BIO_s_mem ());
  char *data;
  long length;

  g_assert_true (PEM_write_bio_PKCS8PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL));
  length = BIO_get_mem_data (bio, &data);
  rsa_key = g_strndup (data, length);
  BIO_free (bio);
  EVP_PKEY_free (key);
}

static const char *
choose_key (LanyardMethod *method)
{
  const char *algorithm = lanyard_method_get_string (method, "alg");

  /* Of hexadecimal digits, twice as many are as long. */
  if (lanyard_method_get_object (method, "key.split") != NULL)
    return "0123456789abcdef:" LANYARD_TEST_HS_SECRET LANYARD_TEST_HS_SECRET;
  if (algorithm != NULL && g_str_has_prefix (algorithm, "ES"))
    return LANYARD_TEST_EC_PRIVATE;
  if (algorithm != NULL && g_str_has_prefix (algorithm, "HS"))
    return LANYARD_TEST_HS_SECRET;

  return rsa_key;
}

static gboolean
is_signed_here (LanyardMethod *method)
{
  return lanyard_method_get_string (method, "alg") != NULL ||
         lanyard_method_get_object (method, "claims") != NULL;
}

/* Which optional fields are filled in: those that make a difference. */
static gboolean
is_wanted (LanyardMethod *method, const LanyardField *field)
{
  gboolean is_jwt = g_str_equal (lanyard_method_get_type_id (method), "jwt");

  if (g_str_equal (field->name, "signing_key"))
    return is_signed_here (method);
  /* Where it is part of the key, it is not entered besides. */
  if (g_str_equal (field->name, "key_id"))
    return is_signed_here (method) && lanyard_method_get_object (method, "key.split") == NULL;
  if (g_str_equal (field->name, "username") || g_str_equal (field->name, "password"))
    return !is_jwt || !is_signed_here (method);
  if (g_str_equal (field->name, "private_key"))
    return g_str_has_prefix (lanyard_method_get_string (method, "signature_method") != NULL
                               ? lanyard_method_get_string (method, "signature_method")
                               : "",
                             "RSA");
  if (g_str_equal (field->name, "token") || g_str_equal (field->name, "token_secret"))
    return g_strcmp0 (lanyard_method_get_string (method, "flow"), "manual") == 0;
  if (g_str_equal (field->name, "client_secret"))
    return g_strcmp0 (lanyard_method_get_string (method, "token.auth"), "none") != 0;

  return (field->flags & LANYARD_FIELD_REQUIRED) != 0 ||
         g_str_equal (field->name, "consumer_secret");
}

static char *
dup_value (LanyardMethod *method, const LanyardField *field)
{
  if (g_str_equal (field->name, "signing_key") || g_str_equal (field->name, "private_key"))
    return g_strdup (choose_key (method));
  if (field->kind == LANYARD_FIELD_SECRET || field->example == NULL)
    return g_strdelimit (g_ascii_strup (field->name, -1), "_", '-');

  return g_strdup (field->example);
}

static LanyardAuthContext *
new_context (LanyardProvider *provider, LanyardMethod *method, LanyardAuthType *type)
{
  g_autoptr (LanyardAuthorization) authorization = lanyard_authorization_new (NULL);
  g_autoptr (LanyardCredentials) credentials = lanyard_credentials_new ();
  g_autoptr (GPtrArray) fields = lanyard_auth_type_list_fields (type, provider);
  GPtrArray *connectors = lanyard_provider_list_connectors (provider);

  lanyard_authorization_set_name (authorization, "Golden");
  lanyard_authorization_set_provider_id (authorization, lanyard_provider_get_id (provider));
  lanyard_authorization_set_type_id (authorization, lanyard_method_get_type_id (method));
  for (guint i = 0; i < fields->len; i++)
    {
      const LanyardField *field = g_ptr_array_index (fields, i);
      g_autofree char *value = dup_value (method, field);

      if (!is_wanted (method, field) || field->default_value != NULL)
        continue;
      if ((field->flags & LANYARD_FIELD_PROVIDER) != 0 && field->path != NULL)
        continue;
      if (field->kind == LANYARD_FIELD_SECRET)
        lanyard_credentials_set_text (credentials, field->name, value);
      else
        lanyard_authorization_set_setting (authorization, field->name, value);
    }
  if (connectors->len > 0)
    {
      const LanyardConnector *connector = g_ptr_array_index (connectors, 0);
      const char *ids[] = { connector->id, NULL };

      lanyard_authorization_set_connectors (authorization, ids);
    }

  return lanyard_auth_context_new (provider, method, authorization, credentials);
}

static char *
dup_state (const LanyardStep *step)
{
  const char *query = strchr (step->uri, '?');
  g_autoptr (LanyardParams) params = lanyard_params_parse (query != NULL ? query + 1 : "", NULL);

  return g_strdup (params != NULL ? lanyard_params_get (params, "state") : NULL);
}

/* What the sign-in made up stands in redirect URIs and bodies, too. */
static void
mask_state (LanyardGoldenText *text, const LanyardStep *step)
{
  const char *in_redirect = strstr (step->redirect_uri, "state=");
  g_autofree char *state = dup_state (step);

  lanyard_golden_text_mask (text, state, "…");
  if (in_redirect != NULL)
    lanyard_golden_text_mask (text, in_redirect + strlen ("state="), "…");
}

/* Which request of the method it is that is sent as number @index after the consent. */
static char *
dup_path (LanyardMethod *method, guint index)
{
  JsonArray *steps = lanyard_method_get_array (method, "steps");
  gboolean has_code = lanyard_method_get_string (method, "callback.token") == NULL;
  guint n_steps = steps != NULL ? json_array_get_length (steps) : 0;

  if (has_code && index == 0)
    return g_strdup ("token");
  index -= has_code ? 1 : 0;

  return index < n_steps ? g_strdup_printf ("steps.%u", index) : NULL;
}

static LanyardStep *
answer (LanyardFlow *flow, LanyardAuthContext *context, const LanyardStep *step, guint *n_requests)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);

  if (step->kind == LANYARD_STEP_CONSENT)
    {
      g_autofree char *state = dup_state (step);
      g_autofree char *uri =
        lanyard_golden_answers_dup_redirect (context, step->redirect_uri, state);

      return lanyard_flow_feed_redirect (flow, uri, NOW);
    }
  else if (g_str_equal (lanyard_method_get_type_id (method), "oauth1"))
    {
      const char *body = *n_requests == 0
                           ? "oauth_token=TEMPORARY-TOKEN&oauth_token_secret=TEMPORARY-SECRET"
                             "&oauth_callback_confirmed=true"
                           : "oauth_token=TOKEN&oauth_token_secret=TOKEN-SECRET&user_id=USER-ID"
                             "&screen_name=SCREEN-NAME";
      g_autoptr (LanyardResponse) response =
        lanyard_response_new (200, "application/x-www-form-urlencoded", body, -1);

      (*n_requests)++;
      return lanyard_flow_feed_response (flow, response, NOW);
    }
  else
    {
      g_autofree char *path = dup_path (method, (*n_requests)++);
      g_autoptr (LanyardResponse) response = lanyard_golden_answers_new_response (context, path);

      return lanyard_flow_feed_response (flow, response, NOW);
    }
}

/* What a request of a sign-in is called: as in the provider's data. */
static char *
dup_title (LanyardMethod *method, const char *title, guint index)
{
  g_autofree char *path = NULL;

  if (!g_str_equal (title, "authorize") ||
      !g_str_equal (lanyard_method_get_type_id (method), "oauth2"))
    return g_strdup (title);

  path = dup_path (method, index);
  return g_strdup (path != NULL ? path : "verify");
}

/* Returns the credentials that the flow ends with. */
static LanyardCredentials *
play (LanyardGoldenText *text, const char *title, LanyardFlow *flow, LanyardAuthContext *context)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  g_autoptr (LanyardStep) step = lanyard_flow_begin (flow, NOW);
  LanyardCredentials *credentials = NULL;
  guint n_requests = 0;

  for (guint i = 0; i < MAX_STEPS && credentials == NULL; i++)
    {
      LanyardStep *next;

      if (step->kind == LANYARD_STEP_DONE)
        {
          credentials = lanyard_credentials_ref (step->outcome->credentials);
          break;
        }
      if (step->kind == LANYARD_STEP_FAILED)
        {
          g_autofree char *line = g_strdup_printf ("  failed: %s", step->error->message);

          lanyard_golden_text_add_line (text, line);
          break;
        }
      if (step->kind == LANYARD_STEP_CONSENT)
        {
          mask_state (text, step);
          lanyard_golden_text_add_uri (text, title, step->uri);
        }
      else
        {
          g_autofree char *name = dup_title (method, title, n_requests);

          lanyard_golden_text_add_request (text, name, step->request);
        }
      next = answer (flow, context, step, &n_requests);
      lanyard_step_free (step);
      step = next;
    }

  return credentials;
}

static void
add_flow (LanyardGoldenText *text,
          const char *title,
          LanyardFlow *flow,
          LanyardAuthContext **context)
{
  g_autoptr (LanyardFlow) owned = flow;
  g_autoptr (LanyardCredentials) credentials = NULL;
  LanyardAuthContext *next;

  if (flow == NULL)
    return;
  credentials = play (text, title, flow, *context);
  if (credentials == NULL)
    return;

  next = lanyard_auth_context_with_credentials (*context, credentials);
  lanyard_auth_context_unref (*context);
  *context = next;
}

static void
add_applied (LanyardGoldenText *text,
             const char *title,
             LanyardAuthType *type,
             LanyardAuthContext *context,
             LanyardRequest *request)
{
  g_autoptr (LanyardRequest) owned = request;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  if (request == NULL)
    return;
  if (lanyard_auth_type_apply (type, context, request, &error))
    {
      lanyard_golden_text_add_request (text, title, request);
      return;
    }
  line = g_strdup_printf ("  %s: failed: %s", title, error->message);
  lanyard_golden_text_add_line (text, line);
}

static void
add_authorize (LanyardGoldenText *text, LanyardAuthType *type, LanyardAuthContext **context)
{
  g_autofree char *redirect_uri = lanyard_auth_context_dup_value (*context, "redirect_uri");
  g_autoptr (GError) error = NULL;
  LanyardFlow *flow;
  g_autofree char *line = NULL;

  if (!lanyard_auth_type_needs_consent (type))
    return;
  flow = lanyard_auth_type_authorize (
    type, *context, lanyard_auth_type_has_redirect (type) ? redirect_uri : NULL, &error);
  if (flow != NULL)
    {
      add_flow (text, "authorize", flow, context);
      return;
    }
  line = g_strdup_printf ("  authorize: failed: %s", error->message);
  lanyard_golden_text_add_line (text, line);
}

static char *
dup_address (LanyardAuthContext *context)
{
  g_autofree char *base_url = lanyard_auth_context_dup_value (context, "base_url");

  return g_strconcat (base_url != NULL && *base_url != '\0' ? base_url : "https://api.example.org",
                      "/items", NULL);
}

static void
add_method (LanyardGoldenText *text, LanyardProvider *provider, LanyardMethod *method)
{
  LanyardAuthType *type = lanyard_auth_types_lookup (lanyard_method_get_type_id (method));
  g_autoptr (LanyardAuthContext) context = new_context (provider, method, type);
  g_autofree char *title = g_strdup_printf ("\n%s, %s", lanyard_provider_get_id (provider),
                                            lanyard_method_get_type_id (method));
  g_autofree char *address = NULL;

  lanyard_golden_text_add_line (text, title);
  add_authorize (text, type, &context);
  add_flow (text, "refresh", lanyard_auth_type_refresh (type, context, NULL), &context);
  /* A sign-in ends with it by itself. */
  if (!lanyard_auth_type_has_redirect (type))
    add_applied (text, "verify", type, context, lanyard_template_new_probe (context, NOW));
  address = dup_address (context);
  add_applied (text, "use", type, context, lanyard_request_new ("GET", address));
  add_flow (text, "revoke", lanyard_auth_type_revoke (type, context), &context);
}

static void
add_provider (LanyardGoldenText *text, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *id = g_strndup (name, strlen (name) - strlen (".json"));
  g_autofree char *data = NULL;
  g_autoptr (LanyardProvider) provider = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *methods;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  provider = lanyard_provider_reader_read (data, length, id, &error);
  g_assert_no_error (error);
  methods = lanyard_provider_list_methods (provider);
  for (guint i = 0; i < methods->len; i++)
    add_method (text, provider, g_ptr_array_index (methods, i));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The providers whose ids begin with @letter; "0" stands for all digits. */
static GPtrArray *
list_providers (char letter)
{
  const char *folder = g_getenv ("LANYARD_TEST_PROVIDERS");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      char first = g_ascii_isdigit (*name) ? '0' : *name;

      if (first == letter && g_str_has_suffix (name, ".json") &&
          !g_str_equal (name, "schema.json") && !g_str_has_prefix (name, "custom-"))
        g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
    }
  g_ptr_array_sort (paths, compare_names);
  return paths;
}

/* Says where the texts part, which is easier to read than two long texts. */
static void
assert_same (const char *file, const char *expected, const char *actual)
{
  g_auto (GStrv) expected_lines = g_strsplit (expected, "\n", -1);
  g_auto (GStrv) actual_lines = g_strsplit (actual, "\n", -1);
  const char *section = "";

  for (guint i = 0; expected_lines[i] != NULL || actual_lines[i] != NULL; i++)
    {
      if (g_strcmp0 (expected_lines[i], actual_lines[i]) != 0)
        g_error ("%s:%u (%s) differs; “meson compile update-golden” writes it anew\n- %s\n+ %s",
                 file, i + 1, section, expected_lines[i] != NULL ? expected_lines[i] : "(end)",
                 actual_lines[i] != NULL ? actual_lines[i] : "(end)");
      if (*expected_lines[i] != ' ' && *expected_lines[i] != '\0')
        section = expected_lines[i];
    }
}

static void
test_letter (gconstpointer data)
{
  char letter = GPOINTER_TO_INT (data);
  g_autoptr (GPtrArray) paths = list_providers (letter);
  g_autoptr (LanyardGoldenText) text = lanyard_golden_text_new ();
  g_autofree char *name = g_strdup_printf ("%c.txt", letter);
  g_autofree char *file = g_build_filename (g_getenv ("LANYARD_TEST_GOLDEN"), name, NULL);
  g_autofree char *expected = NULL;

  if (paths->len == 0)
    {
      g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
      return;
    }

  g_string_append (text->text, HEADER);
  for (guint i = 0; i < paths->len; i++)
    add_provider (text, g_ptr_array_index (paths, i));
  if (g_getenv ("LANYARD_UPDATE_GOLDEN") != NULL)
    {
      g_assert_true (g_file_set_contents (file, text->text->str, -1, NULL));
      return;
    }

  g_assert_true (g_file_get_contents (file, &expected, NULL, NULL));
  assert_same (name, expected, text->text->str);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  make_rsa_key ();

  g_test_add_data_func ("/auth/golden/0", GINT_TO_POINTER ('0'), test_letter);
  for (char letter = 'a'; letter <= 'z'; letter++)
    {
      g_autofree char *path = g_strdup_printf ("/auth/golden/%c", letter);

      g_test_add_data_func (path, GINT_TO_POINTER (letter), test_letter);
    }

  result = g_test_run ();
  g_free (rsa_key);
  return result;
}
