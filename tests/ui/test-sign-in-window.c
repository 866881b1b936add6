/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-sign-in-window.h"

#include "lanyard-error.h"
#include "lanyard-test.h"
#include "lanyard-ui-fixture.h"

/* A consent that waits until the test lets it go on, or somebody cancels. */
#define TEST_TYPE_CONSENT (test_consent_get_type ())
G_DECLARE_FINAL_TYPE (TestConsent, test_consent, TEST, CONSENT, GObject)

struct _TestConsent
{
  GObject parent_instance;

  GTask *running;
  gulong cancelled_handler;
};

static void test_consent_iface_init (LanyardConsentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestConsent,
                               test_consent,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_CONSENT,
                                                      test_consent_iface_init))

static void
test_consent_prepare_async (LanyardConsent *consent,
                            const char *redirect_uri,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (consent, cancellable, callback, user_data);

  if (g_str_has_prefix (redirect_uri, "http://127.0.0.1"))
    g_task_return_pointer (task, g_strdup ("http://127.0.0.1:4711/"), g_free);
  else
    g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_INVALID, "not loopback");
}

static char *
test_consent_finish (LanyardConsent *consent, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
cancelled_idle_cb (gpointer user_data)
{
  TestConsent *self = TEST_CONSENT (user_data);
  g_autoptr (GTask) task = g_steal_pointer (&self->running);

  g_cancellable_disconnect (g_task_get_cancellable (task), self->cancelled_handler);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_idle_add (cancelled_idle_cb, user_data);
}

static void
test_consent_run_async (LanyardConsent *consent,
                        const LanyardConsentRequest *request,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  TestConsent *self = TEST_CONSENT (consent);

  self->running = g_task_new (self, cancellable, callback, user_data);
  self->cancelled_handler =
    g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);
}

static void
test_consent_iface_init (LanyardConsentInterface *iface)
{
  iface->prepare_async = test_consent_prepare_async;
  iface->prepare_finish = test_consent_finish;
  iface->run_async = test_consent_run_async;
  iface->run_finish = test_consent_finish;
}

static void
test_consent_class_init (TestConsentClass *klass)
{
}

static void
test_consent_init (TestConsent *self)
{
}

static void
go_on (TestConsent *self, const char *uri)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->running);

  g_cancellable_disconnect (g_task_get_cancellable (task), self->cancelled_handler);
  g_task_return_pointer (task, g_strdup (uri), g_free);
}

typedef struct
{
  TestConsent *inner;
  GCancellable *stop;
  LanyardSignInWindow *window;
} Fixture;

#define add(path, function) \
  g_test_add ("/ui/sign-in-window/" path, Fixture, NULL, set_up, function, tear_down)

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->inner = g_object_new (TEST_TYPE_CONSENT, NULL);
  fixture->stop = g_cancellable_new ();
  fixture->window = LANYARD_SIGN_IN_WINDOW (
    lanyard_sign_in_window_new (NULL, LANYARD_CONSENT (fixture->inner), "A <note>", fixture->stop));
}

static gboolean
is_gone (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->window == NULL;
}

/* GTK keeps a window until it has found out what opens an address, which it asks other threads. */
static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *)&fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_fixture_wait (is_gone, fixture);
  g_assert_finalize_object (fixture->inner);
  g_assert_finalize_object (fixture->stop);
}

static void
run_for (Fixture *fixture, const char *redirect_uri, GAsyncResult **result)
{
  const LanyardConsentRequest request = {
    .name = "Work",
    .provider = "Acme",
    .uri = "https://acme.example/authorize?state=1",
    .redirect_uri = redirect_uri,
  };

  lanyard_consent_run_async (LANYARD_CONSENT (fixture->window), &request, fixture->stop,
                             lanyard_test_take_result_cb, result);
  ui_fixture_settle ();
}

static void
run (Fixture *fixture, GAsyncResult **result)
{
  run_for (fixture, "http://127.0.0.1:4711/", result);
}

static void
test_prepare (Fixture *fixture, gconstpointer user_data)
{
  LanyardConsent *consent = LANYARD_CONSENT (fixture->window);
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GAsyncResult) taken = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;

  lanyard_consent_prepare_async (consent, "https://acme.example/", NULL,
                                 lanyard_test_take_result_cb, &refused);
  g_assert_null (
    lanyard_consent_prepare_finish (consent, lanyard_test_wait_for (&refused), &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_clear_error (&error);

  lanyard_consent_prepare_async (consent, "http://127.0.0.1/", NULL, lanyard_test_take_result_cb,
                                 &taken);
  uri = lanyard_consent_prepare_finish (consent, lanyard_test_wait_for (&taken), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (uri, ==, "http://127.0.0.1:4711/");
  /* There is nothing to show yet. */
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
}

/* Where nothing comes back, the person types in what the page shows; an empty code is none. */
static void
test_code (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  GtkWidget *entry;

  run_for (fixture, NULL, &result);
  entry = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (GTK_IS_EDITABLE (entry));
  gtk_widget_activate_action (entry, "sign-in.use-code", NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "  ");
  gtk_widget_activate_action (entry, "sign-in.use-code", NULL);
  ui_fixture_settle ();
  g_assert_null (result);

  gtk_editable_set_text (GTK_EDITABLE (entry), "123456");
  gtk_widget_activate_action (entry, "sign-in.use-code", NULL);
  code = lanyard_consent_run_finish (LANYARD_CONSENT (fixture->window),
                                     lanyard_test_wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, "123456");
}

static void
test_code_cancelled (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  run_for (fixture, NULL, &result);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "sign-in.cancel", NULL);
  g_assert_null (lanyard_consent_run_finish (LANYARD_CONSENT (fixture->window),
                                             lanyard_test_wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (lanyard_sign_in_window_was_stopped (fixture->window));
}

static void
test_comes_back (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;

  run (fixture, &result);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
  go_on (fixture->inner, "http://127.0.0.1:4711/?code=1");
  uri = lanyard_consent_run_finish (LANYARD_CONSENT (fixture->window),
                                    lanyard_test_wait_for (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (uri, ==, "http://127.0.0.1:4711/?code=1");
  /* It stays for what comes after, which can be stopped too. */
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
  g_assert_false (lanyard_sign_in_window_was_stopped (fixture->window));
}

static void
test_cancel (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  run (fixture, &result);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "sign-in.cancel", NULL));
  g_assert_null (lanyard_consent_run_finish (LANYARD_CONSENT (fixture->window),
                                             lanyard_test_wait_for (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (lanyard_sign_in_window_was_stopped (fixture->window));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
}

static void
test_close_is_cancel (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;

  run (fixture, &result);
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_assert_true (g_cancellable_is_cancelled (fixture->stop));
  g_assert_null (lanyard_consent_run_finish (LANYARD_CONSENT (fixture->window),
                                             lanyard_test_wait_for (&result), NULL));
  g_assert_true (lanyard_sign_in_window_was_stopped (fixture->window));
}

static void
status_cb (LanyardConsent *consent, const char *status, gpointer user_data)
{
  char **last = user_data;

  g_free (*last);
  *last = g_strdup (status);
}

static void
test_status (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *last = NULL;

  g_signal_connect (fixture->window, "status", G_CALLBACK (status_cb), &last);
  lanyard_consent_report (LANYARD_CONSENT (fixture->inner), "Opening…");
  g_assert_cmpstr (last, ==, "Opening…");
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);
  adw_init ();

  add ("code", test_code);
  add ("code-cancelled", test_code_cancelled);
  add ("prepare", test_prepare);
  add ("comes-back", test_comes_back);
  add ("cancel", test_cancel);
  add ("close-is-cancel", test_close_is_cancel);
  add ("status", test_status);

  return lanyard_test_run ();
}
