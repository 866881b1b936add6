/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-code-window.h"

#include "lanyard-qr-view.h"
#include "lanyard-test.h"
#include "lanyard-ui-fixture.h"

#include <string.h>

typedef struct
{
  GCancellable *stop;
  LanyardCodeWindow *window;
} Fixture;

#define add(path, function) \
  g_test_add ("/ui/code-window/" path, Fixture, NULL, set_up, function, tear_down)

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->stop = g_cancellable_new ();
  fixture->window = LANYARD_CODE_WINDOW (lanyard_code_window_new (NULL, fixture->stop));
}

static gboolean
is_gone (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->window == NULL;
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *)&fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_fixture_wait (is_gone, fixture);
  g_assert_finalize_object (fixture->stop);
}

static void
show_page (Fixture *fixture, const char *user_code, gint64 lifetime, const char *uri_complete)
{
  LanyardConsentCode code = {
    .name = "Work",
    .provider = "Demo <b>",
    .user_code = user_code,
    .uri = "https://example.org/device",
    .uri_complete = uri_complete,
    .expires_at = g_get_real_time () / G_USEC_PER_SEC + lifetime,
  };

  lanyard_consent_show_code (LANYARD_CONSENT (fixture->window), &code);
}

static void
show (Fixture *fixture, const char *user_code, gint64 lifetime)
{
  show_page (fixture, user_code, lifetime, "https://example.org/device?user_code=WDJB-MJHT");
}

/* A label below @widget that shows @text. */
static GtkLabel *
find_label (GtkWidget *widget, const char *text)
{
  GtkLabel *found = NULL;

  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return GTK_LABEL (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, text);

  return found;
}

static GtkLabel *
find (Fixture *fixture, const char *text)
{
  return find_label (GTK_WIDGET (fixture->window), text);
}

static GtkWidget *
find_qr_view (GtkWidget *widget)
{
  GtkWidget *found = LANYARD_IS_QR_VIEW (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_qr_view (child);

  return found;
}

/* An address that no camera would read is only written. */
static void
test_camera (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_uri = g_strdup_printf ("https://example.org/?code=%0500d", 1);
  GtkWidget *view = find_qr_view (GTK_WIDGET (fixture->window));
  int with_code, without_code;

  g_assert_nonnull (view);
  show_page (fixture, "WDJB-MJHT", 600, long_uri);
  g_assert_false (gtk_widget_get_visible (view));

  show (fixture, "WDJB-MJHT", 600);
  g_assert_true (gtk_widget_get_visible (view));
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &with_code, NULL, NULL, NULL);
  /* 33 modules and the margins, and the 25 of the page alone: four and five pixels each. */
  g_assert_cmpint (with_code, ==, 164);
  show_page (fixture, "WDJB-MJHT", 600, NULL);
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &without_code, NULL, NULL, NULL);
  g_assert_cmpint (without_code, ==, 165);
  g_assert_nonnull (find (fixture, "https://example.org/device"));
}

static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  show (fixture, "WDJB-MJHT", 600);
  g_assert_false (lanyard_code_window_was_stopped (fixture->window));
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_assert_true (lanyard_code_window_was_stopped (fixture->window));
  g_assert_true (g_cancellable_is_cancelled (fixture->stop));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
}

static void
test_shown (Fixture *fixture, gconstpointer data)
{
  g_assert_true (lanyard_consent_shows_codes (LANYARD_CONSENT (fixture->window)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
  show (fixture, "WDJB-<i>", 600);

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
  /* As text, and so that it can be selected. */
  g_assert_true (gtk_label_get_selectable (find (fixture, "WDJB-<i>")));
  g_assert_true (gtk_label_get_selectable (find (fixture, "https://example.org/device")));
  g_assert_nonnull (find (fixture, "Demo <b>"));
}

static void
test_copied (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard;
  g_auto (GValue) value = G_VALUE_INIT;

  show (fixture, "WDJB-MJHT", 600);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "code.copy", NULL);
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->window));
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (
    gdk_content_provider_get_value (gdk_clipboard_get_content (clipboard), &value, NULL));
  g_assert_cmpstr (g_value_get_string (&value), ==, "WDJB-MJHT");
  g_assert_nonnull (find (fixture, "Copied"));
}

static gboolean
is_counted (gpointer user_data)
{
  Fixture *fixture = user_data;

  return find (fixture, "59:57") != NULL || find (fixture, "59:56") != NULL;
}

static void
test_countdown (Fixture *fixture, gconstpointer data)
{
  show (fixture, "A", 4000);
  g_assert_nonnull (find (fixture, "1:06:"));
  show (fixture, "A", -20);
  g_assert_nonnull (find (fixture, "0:00"));
  show (fixture, "A", 3599);
  g_assert_nonnull (find (fixture, "59:5"));
  ui_fixture_wait (is_counted, fixture);
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);
  adw_init ();

  add ("camera", test_camera);
  add ("stopped", test_stopped);
  add ("shown", test_shown);
  add ("copied", test_copied);
  add ("countdown", test_countdown);

  return lanyard_test_run ();
}
