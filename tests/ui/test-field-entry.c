/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-field-entry.h"
#include "lanyard-test.h"
#include "lanyard-ui-fixture.h"

#define JWK "{\"kty\":\"oct\",\"k\":\"AAECAwQFBgc\"}"

static const LanyardField KEY = {
  .name = "signing_key",
  .kind = LANYARD_FIELD_SECRET,
  .flags = LANYARD_FIELD_FILE,
  .label = "Signing key",
};

static const LanyardField SECRET = {
  .name = "client_secret",
  .kind = LANYARD_FIELD_SECRET,
  .label = "Client secret",
};

typedef struct
{
  char *folder;
  GtkWidget *window;
  LanyardFieldEntry *entry;
  int n_edited;
} Fixture;

/* What the editor does with a key. */
static void
edited_cb (LanyardFieldEntry *entry, Fixture *fixture)
{
  g_autoptr (LanyardSecret) key = lanyard_secret_new (lanyard_field_entry_get_text (entry));
  g_autofree char *text = NULL;
  LanyardKeyState state;

  fixture->n_edited++;
  if (lanyard_field_entry_get_key_row (entry) == NULL)
    return;

  text = lanyard_key_text_describe (key, NULL, &state);
  lanyard_field_entry_set_key (entry, state, text);
}

static void
set_up (Fixture *fixture, gconstpointer field)
{
  GtkWidget *list = gtk_list_box_new ();

  fixture->folder = lanyard_test_make_folder ();
  fixture->window = gtk_window_new ();
  fixture->entry = lanyard_field_entry_new (field, FALSE);
  g_signal_connect (fixture->entry, "edited", G_CALLBACK (edited_cb), fixture);
  gtk_list_box_append (GTK_LIST_BOX (list), lanyard_field_entry_get_row (fixture->entry));
  if (lanyard_field_entry_get_key_row (fixture->entry) != NULL)
    gtk_list_box_append (GTK_LIST_BOX (list), lanyard_field_entry_get_key_row (fixture->entry));
  gtk_list_box_append (GTK_LIST_BOX (list), lanyard_field_entry_get_note (fixture->entry));
  gtk_window_set_child (GTK_WINDOW (fixture->window), list);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_fixture_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer field)
{
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  g_assert_finalize_object (fixture->entry);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_fixture_settle ();
  lanyard_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

/* Does what a drop of a file onto @row does. */
static void
drop (Fixture *fixture, GtkWidget *row, const char *content)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (row);
  g_autofree char *path = g_build_filename (fixture->folder, "key.pem", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean accepted = FALSE;

  if (content != NULL)
    g_assert_true (g_file_set_contents (path, content, -1, NULL));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, g_slist_prepend (NULL, g_object_ref (file)));
  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !accepted; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 0.0, 0.0, &accepted);
    }
  g_assert_true (accepted);
}

static gboolean
has_key (gpointer user_data)
{
  return gtk_widget_get_visible (lanyard_field_entry_get_key_row (user_data));
}

static gboolean
has_problem (gpointer user_data)
{
  return lanyard_field_entry_get_problem (user_data) != NULL;
}

static void
test_drop (Fixture *fixture, gconstpointer field)
{
  GtkWidget *row = lanyard_field_entry_get_row (fixture->entry);
  AdwActionRow *key_row = ADW_ACTION_ROW (lanyard_field_entry_get_key_row (fixture->entry));

  drop (fixture, row, JWK "\n");
  ui_fixture_wait (has_key, fixture->entry);
  g_assert_false (gtk_widget_get_visible (row));
  g_assert_cmpstr (lanyard_field_entry_get_text (fixture->entry), ==, JWK);
  g_assert_cmpstr (adw_action_row_get_subtitle (key_row), ==, "Shared secret");

  g_signal_emit_by_name (key_row, "removed");
  ui_fixture_settle ();
  g_assert_true (gtk_widget_get_visible (row));
  g_assert_cmpstr (lanyard_field_entry_get_text (fixture->entry), ==, "");
}

static void
test_drop_refused (Fixture *fixture, gconstpointer field)
{
  GtkWidget *row = lanyard_field_entry_get_row (fixture->entry);
  g_autofree char *large = g_strnfill (LANYARD_KEY_MAX_SIZE * 2, 'x');

  drop (fixture, row, NULL);
  ui_fixture_wait (has_problem, fixture->entry);
  g_assert_nonnull (strstr (lanyard_field_entry_get_problem (fixture->entry), "key.pem"));

  lanyard_field_entry_set_problem (fixture->entry, NULL);
  drop (fixture, row, large);
  ui_fixture_wait (has_problem, fixture->entry);
  g_assert_cmpstr (lanyard_field_entry_get_text (fixture->entry), ==, "");
  g_assert_cmpint (fixture->n_edited, ==, 0);
}

static void
test_paste_key (Fixture *fixture, gconstpointer field)
{
  GtkWidget *row = lanyard_field_entry_get_row (fixture->entry);

  gtk_widget_grab_focus (row);
  gtk_editable_set_text (GTK_EDITABLE (row), "{\n\"kty\":\"oct\",\n\"k\":\"AAECAwQFBgc\"}\n");
  ui_fixture_wait (has_key, fixture->entry);
  g_assert_cmpstr (lanyard_field_entry_get_text (fixture->entry), ==,
                   "{\n\"kty\":\"oct\",\n\"k\":\"AAECAwQFBgc\"}");
}

static void
test_paste_broken_key (Fixture *fixture, gconstpointer field)
{
  static const char pem[] = "-----BEGIN PRIVATE KEY-----\nMIIx\n-----END PRIVATE KEY-----\n";

  gtk_editable_set_text (GTK_EDITABLE (lanyard_field_entry_get_row (fixture->entry)), pem);
  ui_fixture_wait (has_key, fixture->entry);
  g_assert_nonnull (lanyard_field_entry_get_problem (fixture->entry));
  g_assert_false (lanyard_field_entry_check (fixture->entry, FALSE));

  /* Another one takes its place, and the problem is gone. */
  drop (fixture, lanyard_field_entry_get_key_row (fixture->entry), JWK);
  ui_fixture_wait (has_key, fixture->entry);
  while (lanyard_field_entry_get_problem (fixture->entry) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (lanyard_field_entry_check (fixture->entry, FALSE));
}

static void
test_type_json (Fixture *fixture, gconstpointer field)
{
  GtkWidget *row = lanyard_field_entry_get_row (fixture->entry);

  /* The row does not go away under the fingers. */
  gtk_widget_grab_focus (row);
  gtk_editable_set_text (GTK_EDITABLE (row), "{\"kty");
  ui_fixture_settle ();
  g_assert_true (gtk_widget_get_visible (row));
  g_assert_false (has_key (fixture->entry));
}

static void
test_paste_line_break (Fixture *fixture, gconstpointer field)
{
  GtkWidget *row = lanyard_field_entry_get_row (fixture->entry);

  gtk_editable_set_text (GTK_EDITABLE (row), "\ns3cret \r\n");
  ui_fixture_settle ();
  g_assert_cmpstr (lanyard_field_entry_get_text (fixture->entry), ==, "s3cret ");
  g_assert_null (lanyard_field_entry_get_problem (fixture->entry));

  /* No line is lost without a word. */
  gtk_editable_set_text (GTK_EDITABLE (row), "one\ntwo\n");
  ui_fixture_settle ();
  g_assert_cmpstr (lanyard_field_entry_get_text (fixture->entry), ==, "one\ntwo");
  g_assert_nonnull (lanyard_field_entry_get_problem (fixture->entry));
}

int
main (int argc, char **argv)
{
  lanyard_test_init (&argc, &argv);
  adw_init ();

  g_test_add ("/ui/field-entry/drop", Fixture, &KEY, set_up, test_drop, tear_down);
  g_test_add ("/ui/field-entry/drop-refused", Fixture, &KEY, set_up, test_drop_refused, tear_down);
  g_test_add ("/ui/field-entry/paste-key", Fixture, &KEY, set_up, test_paste_key, tear_down);
  g_test_add ("/ui/field-entry/paste-broken-key", Fixture, &KEY, set_up, test_paste_broken_key,
              tear_down);
  g_test_add ("/ui/field-entry/type-json", Fixture, &KEY, set_up, test_type_json, tear_down);
  g_test_add ("/ui/field-entry/paste-line-break", Fixture, &SECRET, set_up, test_paste_line_break,
              tear_down);

  return lanyard_test_run ();
}
