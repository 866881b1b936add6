/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-sign-in.h"

#include "lanyard-auth-types.h"
#include "lanyard-code-window.h"
#include "lanyard-device-grant.h"
#include "lanyard-error.h"
#include "lanyard-modules.h"
#include "lanyard-sign-in-window.h"

#include <glib/gi18n.h>

/* The settings: which way the Authorize button takes, and the providers for which the person went
 * over to the browser. */
#define KEY_METHOD "consent-method"
#define KEY_BROWSER_PROVIDERS "browser-providers"

typedef struct
{
  GtkWindow *parent;
  LanyardManager *manager;
  LanyardAuthorization *draft;
  LanyardCredentials *credentials;
  LanyardConsent *consent;
  GCancellable *stop; /* by the person or by the caller */
  GCancellable *caller;
  gulong caller_handler;
  gboolean chosen; /* by the person, in so many words */
  gboolean in_browser;
  gboolean with_code;
} SignIn;

static void
sign_in_free (SignIn *sign_in)
{
  if (sign_in->caller != NULL)
    g_cancellable_disconnect (sign_in->caller, sign_in->caller_handler);
  g_clear_object (&sign_in->caller);
  g_clear_object (&sign_in->parent);
  g_object_unref (sign_in->manager);
  g_object_unref (sign_in->draft);
  g_clear_pointer (&sign_in->credentials, lanyard_credentials_unref);
  g_clear_object (&sign_in->consent);
  g_object_unref (sign_in->stop);
  g_free (sign_in);
}

/* Without an installed schema there are no settings; the program works without. */
static GSettings *
make_settings (const char *key)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, LANYARD_APP_ID, TRUE);
  if (schema == NULL || !g_settings_schema_has_key (schema, key))
    return NULL;

  return g_settings_new_full (schema, NULL, NULL);
}

static gboolean
prefers_browser (void)
{
  g_autoptr (GSettings) settings = make_settings (KEY_METHOD);
  g_autofree char *method = NULL;

  if (settings == NULL)
    return FALSE;

  method = g_settings_get_string (settings, KEY_METHOD);
  return g_str_equal (method, "browser");
}

/* What is remembered where it cannot be stored, for as long as the program runs. */
static GHashTable *
get_remembered (void)
{
  static GHashTable *remembered;

  if (remembered == NULL)
    remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return remembered;
}

static gboolean
is_remembered (const char *provider_id)
{
  g_autoptr (GSettings) settings = make_settings (KEY_BROWSER_PROVIDERS);
  g_auto (GStrv) providers = NULL;

  if (settings == NULL)
    return g_hash_table_contains (get_remembered (), provider_id);

  providers = g_settings_get_strv (settings, KEY_BROWSER_PROVIDERS);
  return g_strv_contains ((const char *const *)providers, provider_id);
}

static void
store_remembered (GSettings *settings, const char *provider_id, gboolean in_browser)
{
  g_auto (GStrv) before = g_settings_get_strv (settings, KEY_BROWSER_PROVIDERS);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) after = NULL;

  for (char **id = before; *id != NULL; id++)
    {
      if (!g_str_equal (*id, provider_id))
        g_strv_builder_add (builder, *id);
    }
  if (in_browser)
    g_strv_builder_add (builder, provider_id);
  after = g_strv_builder_end (builder);
  g_settings_set_strv (settings, KEY_BROWSER_PROVIDERS, (const char *const *)after);
}

static void
remember (LanyardAuthorization *authorization, gboolean in_browser)
{
  const char *provider_id = lanyard_authorization_get_provider_id (authorization);
  g_autoptr (GSettings) settings = NULL;

  if (is_remembered (provider_id) == in_browser)
    return;

  settings = make_settings (KEY_BROWSER_PROVIDERS);
  if (settings != NULL)
    store_remembered (settings, provider_id, in_browser);
  else if (in_browser)
    g_hash_table_add (get_remembered (), g_strdup (provider_id));
  else
    g_hash_table_remove (get_remembered (), provider_id);
}

static gboolean
refuses_embedded (LanyardManager *manager, LanyardAuthorization *authorization)
{
  LanyardProvider *provider =
    lanyard_catalogue_lookup (lanyard_manager_get_catalogue (manager),
                              lanyard_authorization_get_provider_id (authorization), NULL);
  LanyardMethod *method = NULL;

  if (provider != NULL)
    method = lanyard_provider_find_method_of (provider, authorization);

  return method != NULL && !lanyard_method_get_boolean (method, "redirect.embedded", TRUE);
}

/* Where the page shows a code that the person types in, a browser shows it. */
static gboolean
wants_code (LanyardManager *manager, LanyardAuthorization *authorization)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_manager_dup_context (manager, authorization, NULL, NULL);
  g_autofree char *redirect_uri =
    context != NULL ? lanyard_auth_context_dup_value (context, "redirect_uri") : NULL;

  return g_strcmp0 (redirect_uri, LANYARD_OUT_OF_BAND) == 0;
}

/* Where there is nothing but a code to enter on another device. */
static gboolean
has_only_codes (LanyardManager *manager, LanyardAuthorization *authorization)
{
  g_autoptr (LanyardAuthContext) context =
    lanyard_manager_dup_context (manager, authorization, NULL, NULL);

  return context != NULL && lanyard_device_grant_is_only_way (context);
}

static LanyardConsent *
make_embedded (GtkWindow *parent, GError **error)
{
  GType type = lanyard_modules_get_type ("consent", "lanyard_web_consent_get_type", error);

  return type != G_TYPE_INVALID ? g_object_new (type, "parent", parent, NULL) : NULL;
}

static LanyardConsent *
make_browser (SignIn *sign_in, const char *note, GError **error)
{
  GType type = lanyard_modules_get_type ("net", "lanyard_browser_consent_get_type", error);
  g_autoptr (LanyardConsent) inner = NULL;

  if (type == G_TYPE_INVALID)
    return NULL;

  inner = g_object_new (type, NULL);
  return LANYARD_CONSENT (
    g_object_ref (lanyard_sign_in_window_new (sign_in->parent, inner, note, sign_in->stop)));
}

/* The embedded view is a part of its own, which need not be installed. */
static LanyardConsent *
make_consent (SignIn *sign_in, GError **error)
{
  g_autoptr (GError) missing = NULL;
  LanyardConsent *consent;

  if (sign_in->with_code)
    return LANYARD_CONSENT (
      g_object_ref (lanyard_code_window_new (sign_in->parent, sign_in->stop)));
  if (sign_in->in_browser)
    return make_browser (sign_in, NULL, error);

  consent = make_embedded (sign_in->parent, &missing);
  if (consent != NULL)
    return consent;

  g_message ("No embedded view, the browser is used: %s", missing->message);
  sign_in->in_browser = TRUE;
  sign_in->chosen = FALSE;
  return make_browser (
    sign_in, _ ("Lanyard’s own sign-in window is not installed, so your browser is used."), error);
}

static gboolean
was_browser_requested (SignIn *sign_in)
{
  gboolean requested = FALSE;

  if (!sign_in->in_browser && !sign_in->with_code && sign_in->consent != NULL)
    g_object_get (sign_in->consent, "browser-requested", &requested, NULL);

  return requested;
}

static gboolean
was_stopped (SignIn *sign_in)
{
  if (LANYARD_IS_CODE_WINDOW (sign_in->consent))
    return lanyard_code_window_was_stopped (LANYARD_CODE_WINDOW (sign_in->consent));

  return LANYARD_IS_SIGN_IN_WINDOW (sign_in->consent) &&
         lanyard_sign_in_window_was_stopped (LANYARD_SIGN_IN_WINDOW (sign_in->consent));
}

static void
drop_consent (SignIn *sign_in)
{
  if (GTK_IS_WINDOW (sign_in->consent))
    gtk_window_destroy (GTK_WINDOW (sign_in->consent));
  g_clear_object (&sign_in->consent);
}

static void start (GTask *task);

static void
authorized_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean done = lanyard_manager_authorize_finish (LANYARD_MANAGER (source), result, &error);
  gboolean go_on = !done && was_browser_requested (sign_in);
  gboolean stopped = !done && was_stopped (sign_in);

  drop_consent (sign_in);
  if (go_on)
    {
      sign_in->in_browser = TRUE;
      sign_in->chosen = TRUE;
      start (task);
      return;
    }

  if (done)
    {
      if (sign_in->chosen && !sign_in->with_code)
        remember (sign_in->draft, sign_in->in_browser);
      g_task_return_boolean (task, TRUE);
    }
  else if (stopped && lanyard_error_is_cancelled (error))
    {
      g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_CANCELLED,
                               _ ("The sign-in was cancelled"));
    }
  else
    {
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

/* A login that is sent, or a token that is signed, shows no page. */
static gboolean
shows_page (LanyardAuthorization *authorization)
{
  LanyardAuthType *type =
    lanyard_auth_types_lookup (lanyard_authorization_get_type_id (authorization));

  return type == NULL || lanyard_auth_type_has_redirect (type);
}

static void
start (GTask *task)
{
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;

  if (shows_page (sign_in->draft))
    {
      if (!sign_in->in_browser && wants_code (sign_in->manager, sign_in->draft))
        {
          sign_in->in_browser = TRUE;
          sign_in->chosen = FALSE;
        }
      sign_in->consent = make_consent (sign_in, &error);
      if (sign_in->consent == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
    }

  lanyard_manager_authorize_async (sign_in->manager, sign_in->draft, sign_in->credentials,
                                   sign_in->consent, sign_in->stop, authorized_cb,
                                   g_object_ref (task));
}

static void
caller_cancelled_cb (GCancellable *caller, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

LanyardSignInWay
lanyard_sign_in_choose_way (LanyardManager *manager, LanyardAuthorization *authorization)
{
  g_return_val_if_fail (LANYARD_IS_MANAGER (manager), LANYARD_SIGN_IN_EMBEDDED);
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (authorization), LANYARD_SIGN_IN_EMBEDDED);

  if (has_only_codes (manager, authorization))
    return LANYARD_SIGN_IN_CODE;
  if (refuses_embedded (manager, authorization) ||
      is_remembered (lanyard_authorization_get_provider_id (authorization)) || prefers_browser ())
    return LANYARD_SIGN_IN_BROWSER;

  return LANYARD_SIGN_IN_EMBEDDED;
}

gboolean
lanyard_sign_in_is_offered (LanyardManager *manager, LanyardAuthorization *authorization)
{
  LanyardAuthType *type;
  g_autoptr (LanyardAuthContext) context = NULL;

  g_return_val_if_fail (LANYARD_IS_MANAGER (manager), FALSE);
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (authorization), FALSE);

  type = lanyard_auth_types_lookup (lanyard_authorization_get_type_id (authorization));
  if (type == NULL || !lanyard_auth_type_needs_consent (type))
    return FALSE;
  if (!lanyard_auth_type_can_be_local (type))
    return TRUE;
  /* Which of the two it is may hang on a key that only the keyring knows. */
  if (lanyard_authorization_get_status (authorization) == LANYARD_STATUS_AUTHORIZED &&
      lanyard_authorization_get_authorized_at (authorization) == 0)
    return FALSE;

  context = lanyard_manager_dup_context (manager, authorization, NULL, NULL);
  return context != NULL && !lanyard_auth_type_is_local (type, context);
}

void
lanyard_sign_in_async (GtkWindow *parent,
                       LanyardManager *manager,
                       LanyardAuthorization *draft,
                       LanyardCredentials *credentials,
                       LanyardSignInWay way,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  SignIn *sign_in;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (LANYARD_IS_MANAGER (manager));
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (draft));

  /* A sign-in that came through is never reported as cancelled: it is saved already. */
  task = g_task_new (parent, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_sign_in_async);
  g_task_set_check_cancellable (task, FALSE);

  sign_in = g_new0 (SignIn, 1);
  sign_in->parent = parent != NULL ? g_object_ref (parent) : NULL;
  sign_in->manager = g_object_ref (manager);
  sign_in->draft = g_object_ref (draft);
  sign_in->credentials = credentials != NULL ? lanyard_credentials_ref (credentials) : NULL;
  sign_in->chosen = way != LANYARD_SIGN_IN_DEFAULT;
  if (way == LANYARD_SIGN_IN_DEFAULT)
    way = lanyard_sign_in_choose_way (manager, draft);
  sign_in->in_browser = way == LANYARD_SIGN_IN_BROWSER;
  sign_in->with_code = way == LANYARD_SIGN_IN_CODE || has_only_codes (manager, draft);
  sign_in->stop = g_cancellable_new ();
  if (cancellable != NULL)
    {
      sign_in->caller = g_object_ref (cancellable);
      sign_in->caller_handler =
        g_cancellable_connect (cancellable, G_CALLBACK (caller_cancelled_cb),
                               g_object_ref (sign_in->stop), g_object_unref);
    }
  g_task_set_task_data (task, sign_in, (GDestroyNotify)sign_in_free);

  start (task);
}

gboolean
lanyard_sign_in_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, lanyard_sign_in_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
