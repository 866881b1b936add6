/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-apps-group.h"
#include "lanyard-permission.h"
#include "lanyard-removable-row.h"
#include "lanyard-test.h"
#include "lanyard-ui-fixture.h"

#define add(path, function)                                                         \
  g_test_add ("/ui/apps-group/" path, UiFixture, NULL, ui_fixture_set_up, function, \
              ui_fixture_tear_down)

#define MAIL "org.example.Mail"
#define CALENDAR "org.example.Calendar"

/* A group in a window of its own, as in the editor. */
typedef struct
{
  LanyardAuthorization *authorization;
  LanyardDatabase *database;
  GtkWidget *window;
  GtkWidget *group;
} Shown;

static LanyardDatabase *
get_database (UiFixture *fixture)
{
  return lanyard_manager_get_database (fixture->manager);
}

static void
decide (LanyardDatabase *database, LanyardAuthorization *row, const char *app, LanyardVerdict what)
{
  g_autoptr (GError) error = NULL;

  lanyard_database_save_verdict (database, lanyard_authorization_get_id (row), app, what, &error);
  g_assert_no_error (error);
}

static Shown
show (UiFixture *fixture, LanyardAuthorization *authorization)
{
  Shown shown = { authorization, get_database (fixture), adw_window_new (), NULL };
  g_autoptr (LanyardDraft) draft = lanyard_draft_new (fixture->manager, authorization);
  GtkWidget *toasts = adw_toast_overlay_new ();

  shown.group = g_object_new (LANYARD_TYPE_APPS_GROUP, NULL);
  lanyard_apps_group_set_draft (LANYARD_APPS_GROUP (shown.group), draft);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), shown.group);
  adw_window_set_content (ADW_WINDOW (shown.window), toasts);
  gtk_window_present (GTK_WINDOW (shown.window));
  return shown;
}

static void
close_window (Shown *shown)
{
  gtk_window_destroy (GTK_WINDOW (shown->window));
  ui_fixture_settle ();
}

static GtkWidget *
find_row (GtkWidget *widget, const char *app)
{
  GtkWidget *child, *found = NULL;

  if (LANYARD_IS_REMOVABLE_ROW (widget) &&
      g_str_equal (lanyard_removable_row_get_id (LANYARD_REMOVABLE_ROW (widget)), app))
    return widget;

  for (child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, app);
  return found;
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  GtkWidget *child, *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;

  for (child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static void
assert_row (Shown *shown, const char *app, const char *pattern)
{
  GtkWidget *row = find_row (shown->group, app);

  g_assert_nonnull (row);
  if (!g_pattern_match_simple (pattern, adw_action_row_get_subtitle (ADW_ACTION_ROW (row))))
    g_error ("“%s” is not like “%s”", adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), pattern);
}

static LanyardVerdict
load_verdict (Shown *shown, const char *app)
{
  g_autoptr (GError) error = NULL;
  LanyardVerdict verdict = LANYARD_VERDICT_NONE;

  lanyard_database_load_verdict (
    shown->database, lanyard_authorization_get_id (shown->authorization), app, &verdict, &error);
  g_assert_no_error (error);
  return verdict;
}

static void
test_nobody_asked (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) authorization = ui_fixture_make_saved (fixture, "Work");
  g_autoptr (LanyardAuthorization) other = ui_fixture_make_saved (fixture, "Home");
  Shown shown;

  decide (get_database (fixture), other, MAIL, LANYARD_VERDICT_ALLOW);
  shown = show (fixture, authorization);
  g_assert_false (gtk_widget_get_visible (shown.group));
  g_assert_null (find_row (shown.group, MAIL));
  close_window (&shown);

  shown = show (fixture, NULL);
  g_assert_false (gtk_widget_get_visible (shown.group));
  close_window (&shown);
}

static void
test_answers (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) authorization = ui_fixture_make_saved (fixture, "Work");
  g_autoptr (GError) error = NULL;
  Shown shown;

  decide (get_database (fixture), authorization, MAIL, LANYARD_VERDICT_ALLOW);
  decide (get_database (fixture), authorization, CALENDAR, LANYARD_VERDICT_DENY);
  shown = show (fixture, authorization);
  g_assert_true (gtk_widget_get_visible (shown.group));
  assert_row (&shown, MAIL, "Allowed, not used yet");
  assert_row (&shown, CALENDAR, "Refused");
  close_window (&shown);

  lanyard_database_note_use (get_database (fixture), lanyard_authorization_get_id (authorization),
                             MAIL, g_get_real_time () / G_USEC_PER_SEC, &error);
  g_assert_no_error (error);
  shown = show (fixture, authorization);
  assert_row (&shown, MAIL, "*Allowed, used just now");
  close_window (&shown);
}

static void
test_remove_and_undo (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) authorization = ui_fixture_make_saved (fixture, "Work");
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;
  Shown shown;

  decide (get_database (fixture), authorization, MAIL, LANYARD_VERDICT_ALLOW);
  lanyard_database_note_use (get_database (fixture), lanyard_authorization_get_id (authorization),
                             MAIL, now - 600, &error);
  g_assert_no_error (error);
  shown = show (fixture, authorization);
  g_signal_emit_by_name (find_row (shown.group, MAIL), "remove");
  g_assert_cmpint (load_verdict (&shown, MAIL), ==, LANYARD_VERDICT_NONE);
  g_assert_false (gtk_widget_get_visible (shown.group));

  g_signal_emit_by_name (find_button (shown.window, "_Undo"), "clicked");
  g_assert_cmpint (load_verdict (&shown, MAIL), ==, LANYARD_VERDICT_ALLOW);
  g_assert_true (gtk_widget_get_visible (shown.group));
  assert_row (&shown, MAIL, "*Allowed, used 10 min ago");
  close_window (&shown);
}

static gboolean
is_shown_cb (gpointer user_data)
{
  Shown *shown = user_data;

  return gtk_widget_get_visible (shown->group) && find_row (shown->group, MAIL) != NULL;
}

static gboolean
is_hidden_cb (gpointer user_data)
{
  return !is_shown_cb (user_data);
}

static void
test_follows_others (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) authorization = ui_fixture_make_saved (fixture, "Work");
  Shown shown = show (fixture, authorization);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardDatabase) elsewhere = lanyard_database_open (fixture->database_path, &error);

  g_assert_no_error (error);
  ui_fixture_settle ();
  decide (elsewhere, authorization, MAIL, LANYARD_VERDICT_DENY);
  ui_fixture_wait (is_shown_cb, &shown);
  decide (elsewhere, authorization, MAIL, LANYARD_VERDICT_NONE);
  ui_fixture_wait (is_hidden_cb, &shown);
  close_window (&shown);
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);
  adw_init ();

  add ("nobody-asked", test_nobody_asked);
  add ("answers", test_answers);
  add ("remove-and-undo", test_remove_and_undo);
  add ("follows-others", test_follows_others);

  return lanyard_test_run ();
}
