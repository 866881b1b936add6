/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-editor-private.h"

#include "lanyard-error.h"
#include "lanyard-picker.h"
#include "lanyard-provider-chooser.h"
#include "lanyard-removable-row.h"
#include "lanyard-test.h"
#include "lanyard-ui-fixture.h"

#define add(path, function)                                                     \
  g_test_add ("/ui/editor/" path, UiFixture, NULL, ui_fixture_set_up, function, \
              ui_fixture_tear_down)

/* The first widget of a type, from @widget downwards. */
static GtkWidget *
find_widget (GtkWidget *widget, GType type)
{
  GtkWidget *child, *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);

  return found;
}

/* The row of that title, or NULL. */
static GtkWidget *
find_row (GtkWidget *widget, const char *title)
{
  GtkWidget *child, *found = NULL;

  if (ADW_IS_PREFERENCES_ROW (widget) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;

  for (child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, title);

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

/* The row of what was chosen, by its id; or NULL. */
static GtkWidget *
find_chosen (gpointer group, const char *id)
{
  GtkWidget *child, *found = NULL;

  if (LANYARD_IS_REMOVABLE_ROW (group) &&
      g_str_equal (lanyard_removable_row_get_id (LANYARD_REMOVABLE_ROW (group)), id))
    return group;

  for (child = gtk_widget_get_first_child (group); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_chosen (child, id);

  return found;
}

static LanyardEditor *
open_editor (UiFixture *fixture, LanyardAuthorization *authorization)
{
  LanyardEditor *editor = LANYARD_EDITOR (lanyard_editor_new (fixture->manager, authorization));

  gtk_window_present (GTK_WINDOW (editor));
  ui_fixture_settle ();

  return editor;
}

static LanyardEditor *
open_new (UiFixture *fixture, const char *provider_id)
{
  LanyardEditor *editor = open_editor (fixture, NULL);
  GtkWidget *chooser = find_widget (GTK_WIDGET (editor), LANYARD_TYPE_PROVIDER_CHOOSER);

  lanyard_provider_chooser_set_provider (LANYARD_PROVIDER_CHOOSER (chooser),
                                         ui_fixture_get_provider (fixture, provider_id));
  return editor;
}

/* Closes the editor, and makes sure that nothing keeps it, or what was typed into it, alive. */
static void
drop_editor (LanyardEditor *editor)
{
  g_object_add_weak_pointer (G_OBJECT (editor), (gpointer *)&editor);
  gtk_window_destroy (GTK_WINDOW (editor));
  ui_fixture_settle ();
  g_assert_null (editor);
}

static gboolean
is_closed (gpointer user_data)
{
  g_autoptr (GListModel) toplevels = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if ((gpointer)window == user_data)
        return FALSE;
    }

  return TRUE;
}

/* Waits until the editor has closed by itself, if it has not yet. That it was freed shows at the
 * end of the case, when nothing may hold the manager. */
static void
wait_until_closed (LanyardEditor *editor)
{
  ui_fixture_wait (is_closed, editor);
}

static GtkEditable *
find_editable (LanyardEditor *editor, const char *name)
{
  LanyardFieldEntry *entry = lanyard_editor_fields_find (editor->fields, name);

  g_assert_nonnull (entry);
  return GTK_EDITABLE (lanyard_field_entry_get_row (entry));
}

static void
type (LanyardEditor *editor, const char *name, const char *text)
{
  gtk_editable_set_text (find_editable (editor, name), text);
}

static const char *
get_typed (LanyardEditor *editor, const char *name)
{
  return gtk_editable_get_text (find_editable (editor, name));
}

static void
type_name (LanyardEditor *editor, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find_row (GTK_WIDGET (editor->identity), "Name")), text);
}

static gboolean
activate (LanyardEditor *editor, const char *action)
{
  return gtk_widget_activate_action (GTK_WIDGET (editor), action, NULL);
}

/* The dialog that the editor shows, or NULL. */
static AdwMessageDialog *
find_dialog (LanyardEditor *editor)
{
  g_autoptr (GListModel) toplevels = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (ADW_IS_MESSAGE_DIALOG (window) &&
          gtk_window_get_transient_for (window) == GTK_WINDOW (editor))
        return ADW_MESSAGE_DIALOG (window);
    }

  return NULL;
}

static gboolean
has_dialog (gpointer user_data)
{
  return find_dialog (user_data) != NULL;
}

static gboolean
has_rested (gpointer user_data)
{
  return LANYARD_EDITOR (user_data)->operation == NULL;
}

static void
answer (LanyardEditor *editor, const char *response)
{
  AdwMessageDialog *dialog;

  ui_fixture_wait (has_dialog, editor);
  dialog = find_dialog (editor);
  g_assert_true (adw_message_dialog_has_response (dialog, response));
  g_signal_emit_by_name (
    find_button (GTK_WIDGET (dialog), adw_message_dialog_get_response_label (dialog, response)),
    "clicked");
}

static guint
count_rows (UiFixture *fixture)
{
  return g_list_model_get_n_items (lanyard_manager_get_authorizations (fixture->manager, NULL));
}

static char *
dup_first_name (UiFixture *fixture)
{
  g_autoptr (LanyardAuthorization) first =
    g_list_model_get_item (lanyard_manager_get_authorizations (fixture->manager, NULL), 0);

  return g_strdup (lanyard_authorization_get_name (first));
}

static void
test_new (UiFixture *fixture, gconstpointer user_data)
{
  LanyardEditor *editor = open_editor (fixture, NULL);
  LanyardEditor *other = open_editor (fixture, NULL);

  g_assert_true (gtk_widget_get_visible (editor->welcome_group));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (editor->fields)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (editor->connectors)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (editor->scopes)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (editor->access)));
  g_assert_true (g_uuid_string_is_valid (lanyard_editor_get_authorization_id (editor)));
  g_assert_cmpstr (lanyard_editor_get_authorization_id (editor), !=,
                   lanyard_editor_get_authorization_id (other));

  drop_editor (other);
  drop_editor (editor);
}

/* Each field of the type is there, as a row of its kind. */
static void
test_fields_are_those_of_the_type (UiFixture *fixture, gconstpointer user_data)
{
  LanyardEditor *editor = open_new (fixture, "acme");
  g_autoptr (GPtrArray) fields = lanyard_auth_type_list_fields (
    lanyard_draft_get_auth_type (editor->draft), ui_fixture_get_provider (fixture, "acme"));

  g_assert_cmpuint (fields->len, >, 5);
  for (guint i = 0; i < fields->len; i++)
    {
      const LanyardField *field = g_ptr_array_index (fields, i);
      LanyardFieldEntry *entry = lanyard_editor_fields_find (editor->fields, field->name);
      GtkWidget *row = lanyard_field_entry_get_row (entry);

      g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==,
                       lanyard_field_get_label (field));
      g_assert_true (ADW_IS_COMBO_ROW (row) == (field->kind == LANYARD_FIELD_CHOICE));
      g_assert_true (ADW_IS_PASSWORD_ENTRY_ROW (row) == (field->kind == LANYARD_FIELD_SECRET));
    }

  drop_editor (editor);
}

static void
test_fields_are_folded (UiFixture *fixture, gconstpointer user_data)
{
  LanyardEditor *editor = open_new (fixture, "acme");

  /* The provider's data has it. */
  g_assert_true (lanyard_editor_fields_is_folded (editor->fields, "token_endpoint"));
  g_assert_false (lanyard_field_entry_is_required (
    lanyard_editor_fields_find (editor->fields, "token_endpoint")));
  g_assert_cmpstr (get_typed (editor, "token_endpoint"), ==, "https://acme.example/common/token");
  type (editor, "tenant", "contoso");
  g_assert_cmpstr (get_typed (editor, "token_endpoint"), ==, "https://acme.example/contoso/token");
  g_assert_false (lanyard_editor_fields_is_folded (editor->fields, "client_id"));
  g_assert_false (lanyard_editor_fields_is_folded (editor->fields, "redirect_uri"));
  g_assert_true (lanyard_editor_fields_is_folded (editor->fields, "refresh_params"));
  g_assert_nonnull (find_row (GTK_WIDGET (editor->fields), "Register at Acme"));
  drop_editor (editor);

  /* A custom one has nothing. */
  editor = open_new (fixture, "custom-oauth2");
  g_assert_false (lanyard_editor_fields_is_folded (editor->fields, "token_endpoint"));
  g_assert_true (lanyard_field_entry_is_required (
    lanyard_editor_fields_find (editor->fields, "token_endpoint")));
  drop_editor (editor);
}

static void
test_invalid (UiFixture *fixture, gconstpointer user_data)
{
  LanyardEditor *editor = open_editor (fixture, NULL);
  LanyardFieldEntry *entry;

  /* Neither a name nor a provider. */
  g_assert_true (activate (editor, "editor.save"));
  g_assert_null (editor->operation);
  g_assert_true (
    gtk_widget_has_css_class (find_row (GTK_WIDGET (editor->identity), "Name"), "error"));
  g_assert_true (gtk_widget_has_css_class (
    find_widget (GTK_WIDGET (editor), LANYARD_TYPE_PROVIDER_CHOOSER), "error"));
  drop_editor (editor);

  editor = open_new (fixture, "acme");
  g_assert_false (
    gtk_widget_has_css_class (find_row (GTK_WIDGET (editor->identity), "Name"), "error"));
  type (editor, "token_endpoint", "http://acme.example/token");
  g_assert_true (activate (editor, "editor.save"));
  g_assert_null (editor->operation);
  entry = lanyard_editor_fields_find (editor->fields, "token_endpoint");
  g_assert_nonnull (strstr (lanyard_field_entry_get_problem (entry), "https://"));
  g_assert_true (gtk_widget_get_visible (lanyard_field_entry_get_note (entry)));

  /* It goes as soon as it is solved. */
  type (editor, "token_endpoint", "https://acme.example/token");
  g_assert_null (lanyard_field_entry_get_problem (entry));
  g_assert_cmpuint (count_rows (fixture), ==, 0);
  drop_editor (editor);
}

static void
test_authorize_needs_everything (UiFixture *fixture, gconstpointer user_data)
{
  LanyardEditor *editor = open_new (fixture, "acme");

  g_assert_true (activate (editor, "editor.authorize"));
  g_assert_null (editor->operation);
  g_assert_nonnull (
    lanyard_field_entry_get_problem (lanyard_editor_fields_find (editor->fields, "client_id")));
  g_assert_null (lanyard_field_entry_get_problem (
    lanyard_editor_fields_find (editor->fields, "token_endpoint")));

  drop_editor (editor);
}

static void
test_name_taken (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  LanyardEditor *editor = open_new (fixture, "acme");

  type_name (editor, "work");
  g_assert_true (activate (editor, "editor.save"));
  g_assert_null (editor->operation);
  g_assert_true (
    gtk_widget_has_css_class (find_row (GTK_WIDGET (editor->identity), "Name"), "error"));
  g_assert_cmpuint (count_rows (fixture), ==, 1);

  drop_editor (editor);
}

static void
test_close_unchanged (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  LanyardEditor *editor = open_editor (fixture, saved);

  type_name (editor, "Other");
  type_name (editor, "Work");
  g_assert_cmpstr (get_typed (editor, "client_secret"), ==, "old secret");
  g_assert_true (activate (editor, "editor.cancel"));
  wait_until_closed (editor);
}

static void
test_close_asks (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  LanyardEditor *editor = open_editor (fixture, saved);
  g_autofree char *name = NULL;

  type (editor, "client_secret", "another");
  g_assert_true (activate (editor, "editor.cancel"));
  answer (editor, "keep");
  g_assert_cmpstr (get_typed (editor, "client_secret"), ==, "another");
  type_name (editor, "Other");
  g_assert_true (activate (editor, "editor.cancel"));
  answer (editor, "discard");
  wait_until_closed (editor);
  name = dup_first_name (fixture);
  g_assert_cmpstr (name, ==, "Work");

  editor = open_editor (fixture, saved);
  type_name (editor, "Other");
  g_assert_true (activate (editor, "editor.cancel"));
  answer (editor, "save");
  wait_until_closed (editor);
  g_free (name);
  name = dup_first_name (fixture);
  g_assert_cmpstr (name, ==, "Other");
}

static void
test_provider_keeps_values (UiFixture *fixture, gconstpointer user_data)
{
  LanyardEditor *editor = open_new (fixture, "acme");
  GtkWidget *chooser = find_widget (GTK_WIDGET (editor), LANYARD_TYPE_PROVIDER_CHOOSER);

  type (editor, "tenant", "contoso");
  type (editor, "client_id", "client");
  type (editor, "client_secret", "secret");
  lanyard_provider_chooser_set_provider (LANYARD_PROVIDER_CHOOSER (chooser),
                                         ui_fixture_get_provider (fixture, "globex"));
  g_assert_null (lanyard_editor_fields_find (editor->fields, "tenant"));
  g_assert_cmpstr (get_typed (editor, "client_id"), ==, "client");
  g_assert_cmpstr (get_typed (editor, "client_secret"), ==, "secret");
  g_assert_cmpstr (get_typed (editor, "token_endpoint"), ==, "https://globex.example/token");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (editor->connectors)));

  lanyard_provider_chooser_set_provider (LANYARD_PROVIDER_CHOOSER (chooser),
                                         ui_fixture_get_provider (fixture, "acme"));
  g_assert_cmpstr (get_typed (editor, "tenant"), ==, "contoso");
  drop_editor (editor);
}

static void
search_provider (GtkWidget *chooser, const char *text)
{
  GtkWidget *search = find_widget (chooser, GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (search), text);
  g_signal_emit_by_name (search, "activate");
}

static void
test_provider_search (UiFixture *fixture, gconstpointer user_data)
{
  LanyardEditor *editor = open_editor (fixture, NULL);
  GtkWidget *widget = find_widget (GTK_WIDGET (editor), LANYARD_TYPE_PROVIDER_CHOOSER);
  LanyardProviderChooser *chooser = LANYARD_PROVIDER_CHOOSER (widget);

  search_provider (widget, "globe");
  g_assert_cmpstr (lanyard_provider_get_id (lanyard_provider_chooser_get_provider (chooser)), ==,
                   "globex");
  /* The website counts as well, and each word. */
  search_provider (widget, "EXAMPLE acme");
  g_assert_cmpstr (lanyard_provider_get_id (lanyard_provider_chooser_get_provider (chooser)), ==,
                   "acme");
  search_provider (widget, "oauth 2");
  g_assert_cmpstr (lanyard_provider_get_id (lanyard_provider_chooser_get_provider (chooser)), ==,
                   "custom-oauth2");
  /* When nothing is found, the person enters everything herself. */
  search_provider (widget, "no such service");
  g_assert_true (lanyard_provider_is_custom (lanyard_provider_chooser_get_provider (chooser)));

  drop_editor (editor);
}

static void
test_connectors_add_scopes (UiFixture *fixture, gconstpointer user_data)
{
  LanyardEditor *editor = open_new (fixture, "acme");
  GtkWidget *connectors = GTK_WIDGET (editor->connectors);
  GtkWidget *scopes = GTK_WIDGET (editor->scopes);
  GtkWidget *picker = find_widget (connectors, LANYARD_TYPE_PICKER);
  GtkWidget *check, *row;

  /* What is always needed is there, and cannot be removed. */
  row = find_chosen (scopes, "openid");
  g_assert_nonnull (row);
  g_assert_null (find_widget (row, GTK_TYPE_BUTTON));
  g_assert_null (find_chosen (scopes, "events"));

  gtk_popover_popup (GTK_POPOVER (picker));
  g_assert_nonnull (find_row (picker, "Calendar"));
  check = find_widget (find_row (picker, "Contacts"), GTK_TYPE_CHECK_BUTTON);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  check = find_widget (find_row (picker, "Calendar"), GTK_TYPE_CHECK_BUTTON);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_popover_popdown (GTK_POPOVER (picker));

  row = find_chosen (scopes, "events");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                   "See <your> events · for Contacts, Calendar");
  g_assert_nonnull (find_chosen (scopes, "people"));

  /* Removed with its scopes, and brought back where it was. */
  row = find_chosen (connectors, "contacts");
  g_signal_emit_by_name (find_widget (row, GTK_TYPE_BUTTON), "clicked");
  g_assert_null (find_chosen (scopes, "people"));
  g_assert_nonnull (find_chosen (scopes, "events"));
  g_assert_cmpstrv (
    lanyard_authorization_get_connectors (lanyard_draft_get_authorization (editor->draft)),
    ((const char *[]){ "calendar", NULL }));

  g_signal_emit_by_name (find_button (GTK_WIDGET (editor->toasts), "_Undo"), "clicked");
  g_assert_cmpstrv (
    lanyard_authorization_get_connectors (lanyard_draft_get_authorization (editor->draft)),
    ((const char *[]){ "contacts", "calendar", NULL }));
  g_assert_nonnull (find_chosen (scopes, "people"));
  drop_editor (editor);
}

static void
test_own_scopes (UiFixture *fixture, gconstpointer user_data)
{
  LanyardEditor *editor = open_new (fixture, "acme");
  GtkWidget *scopes = GTK_WIDGET (editor->scopes);
  g_autoptr (GError) error = NULL;
  GtkWidget *row;

  g_assert_false (lanyard_scope_group_add_text (editor->scopes, "fine \"bad\"", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (lanyard_scope_group_add_text (editor->scopes, "süß", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (find_chosen (scopes, "fine"));

  g_assert_true (lanyard_scope_group_add_text (
    editor->scopes, " https://acme.example/auth/mail.read, my:own ", &error));
  g_assert_no_error (error);
  g_assert_nonnull (find_chosen (scopes, "https://acme.example/auth/mail.read"));
  row = find_chosen (scopes, "my:own");
  g_signal_emit_by_name (find_widget (row, GTK_TYPE_BUTTON), "clicked");
  g_assert_cmpstrv (
    lanyard_authorization_get_scopes (lanyard_draft_get_authorization (editor->draft)),
    ((const char *[]){ "https://acme.example/auth/mail.read", NULL }));
  drop_editor (editor);
}

static void
test_granted (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  GtkWidget *badge;
  LanyardEditor *editor;

  lanyard_authorization_set_connectors (saved, (const char *[]){ "calendar", NULL });
  lanyard_authorization_set_granted_scopes (saved, (const char *[]){ "openid", "files", NULL });
  lanyard_authorization_set_status (saved, LANYARD_STATUS_AUTHORIZED);
  lanyard_authorization_set_account (saved, "anna <anna@example.org>");
  ui_fixture_save (fixture, saved, "old secret");
  editor = open_editor (fixture, saved);

  badge = find_widget (find_chosen (editor->scopes, "openid"), LANYARD_TYPE_STATUS_BADGE);
  g_assert_cmpstr (lanyard_status_badge_get_label (LANYARD_STATUS_BADGE (badge)), ==, "granted");
  badge = find_widget (find_chosen (editor->scopes, "events"), LANYARD_TYPE_STATUS_BADGE);
  g_assert_cmpstr (lanyard_status_badge_get_label (LANYARD_STATUS_BADGE (badge)), ==,
                   "not granted");
  g_assert_nonnull (find_chosen (editor->scopes, "files"));
  g_assert_cmpstr (adw_window_title_get_subtitle (editor->window_title), ==,
                   "Acme · anna <anna@example.org>");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (editor->access)));
  drop_editor (editor);
}

static void
test_save (UiFixture *fixture, gconstpointer user_data)
{
  LanyardEditor *editor = open_new (fixture, "acme");
  g_autofree char *id = g_strdup (lanyard_editor_get_authorization_id (editor));
  g_autoptr (LanyardCredentials) credentials = NULL;
  g_autoptr (LanyardAuthorization) row = NULL;

  type_name (editor, "Work");
  type (editor, "client_id", "client");
  type (editor, "client_secret", "s3cret");
  g_assert_true (activate (editor, "editor.save"));
  wait_until_closed (editor);

  row = lanyard_database_load (lanyard_manager_get_database (fixture->manager), id, NULL);
  g_assert_cmpstr (lanyard_authorization_get_name (row), ==, "Work");
  g_assert_cmpstr (lanyard_authorization_get_setting (row, "client_id"), ==, "client");
  g_assert_null (lanyard_authorization_get_setting (row, "client_secret"));
  credentials = ui_fixture_dup_credentials (fixture, id);
  g_assert_cmpstr (lanyard_credentials_get_text (credentials, "client_secret"), ==, "s3cret");
}

static void
test_conflict (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  LanyardEditor *editor = open_editor (fixture, saved);
  g_autofree char *name = NULL;

  type_name (editor, "Mine");
  ui_fixture_change_elsewhere (fixture, saved, "Theirs");
  g_assert_true (activate (editor, "editor.save"));
  answer (editor, "theirs");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (editor)), ==, "Theirs");

  ui_fixture_settle ();
  type_name (editor, "Mine again");
  ui_fixture_change_elsewhere (fixture, saved, "Theirs again");
  g_assert_true (activate (editor, "editor.save"));
  answer (editor, "mine");
  wait_until_closed (editor);
  name = dup_first_name (fixture);
  g_assert_cmpstr (name, ==, "Mine again");
}

static void
test_locked (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  g_autofree char *name = NULL;
  LanyardEditor *editor;

  lanyard_memory_store_set_locked (fixture->store, TRUE);
  editor = open_editor (fixture, saved);
  g_assert_true (gtk_revealer_get_reveal_child (editor->keyring_revealer));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (find_editable (editor, "client_secret"))));
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (find_editable (editor, "client_id"))));

  /* What is not secret can be saved. */
  type_name (editor, "Private");
  g_assert_true (activate (editor, "editor.save"));
  wait_until_closed (editor);
  name = dup_first_name (fixture);
  g_assert_cmpstr (name, ==, "Private");

  /* A person who dismisses the prompt stays where she was. */
  editor = open_editor (fixture, saved);
  lanyard_memory_store_set_dismissing (fixture->store, TRUE);
  g_assert_true (activate (editor, "editor.unlock"));
  ui_fixture_wait (has_rested, editor);
  g_assert_true (gtk_revealer_get_reveal_child (editor->keyring_revealer));
  g_assert_null (find_dialog (editor));

  lanyard_memory_store_set_dismissing (fixture->store, FALSE);
  g_assert_true (activate (editor, "editor.unlock"));
  ui_fixture_wait (has_rested, editor);
  ui_fixture_settle ();
  g_assert_false (gtk_revealer_get_reveal_child (editor->keyring_revealer));
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (find_editable (editor, "client_secret"))));
  g_assert_cmpstr (get_typed (editor, "client_secret"), ==, "old secret");
  drop_editor (editor);
}

static void
test_locked_while_saving (UiFixture *fixture, gconstpointer user_data)
{
  LanyardEditor *editor = open_new (fixture, "acme");
  g_autofree char *id = g_strdup (lanyard_editor_get_authorization_id (editor));

  type (editor, "client_secret", "s3cret");
  lanyard_memory_store_set_locked (fixture->store, TRUE);
  g_assert_true (activate (editor, "editor.save"));
  answer (editor, "cancel");
  g_assert_cmpuint (count_rows (fixture), ==, 0);
  g_assert_cmpstr (get_typed (editor, "client_secret"), ==, "s3cret");

  g_assert_true (activate (editor, "editor.save"));
  answer (editor, "rest");
  wait_until_closed (editor);
  g_assert_cmpuint (count_rows (fixture), ==, 1);
  g_assert_null (lanyard_memory_store_peek (fixture->store, id));
}

/* The secret leaves the entry's buffer with the window, even if something keeps the row. */
static void
test_secret_is_cleared (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) saved = ui_fixture_make_saved (fixture, "Work");
  LanyardEditor *editor = open_editor (fixture, saved);
  g_autoptr (GtkEditable) row = g_object_ref (find_editable (editor, "client_secret"));

  g_assert_cmpstr (gtk_editable_get_text (row), ==, "old secret");
  g_assert_false (gtk_editable_get_enable_undo (row));
  drop_editor (editor);
  g_assert_cmpstr (gtk_editable_get_text (row), ==, "");
}

static void
test_cancel_stops_first (UiFixture *fixture, gconstpointer user_data)
{
  LanyardEditor *editor = open_new (fixture, "acme");

  type (editor, "client_secret", "s3cret");
  lanyard_memory_store_set_delay (fixture->store, 5000);
  g_assert_true (activate (editor, "editor.save"));
  g_assert_nonnull (editor->operation);
  g_assert_false (gtk_widget_get_sensitive (editor->page));
  g_assert_true (activate (editor, "editor.cancel"));
  ui_fixture_wait (has_rested, editor);
  g_assert_true (gtk_widget_get_sensitive (editor->page));
  g_assert_null (find_dialog (editor));
  g_assert_cmpuint (count_rows (fixture), ==, 0);
  drop_editor (editor);
}

/* A key that cannot be decoded, and says of itself that it is encrypted. */
#define ENCRYPTED "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIx\n-----END ENCRYPTED PRIVATE KEY-----"

static void
test_encrypted_key (UiFixture *fixture, gconstpointer user_data)
{
  LanyardEditor *editor = open_new (fixture, "custom-jwt");
  LanyardFieldEntry *key = lanyard_editor_fields_find (editor->fields, "signing_key");
  LanyardFieldEntry *passphrase =
    lanyard_editor_fields_find (editor->fields, "signing_key_passphrase");

  g_assert_false (gtk_widget_get_visible (lanyard_field_entry_get_row (passphrase)));
  type (editor, "signing_key", ENCRYPTED);
  ui_fixture_settle ();
  g_assert_true (gtk_widget_get_visible (lanyard_field_entry_get_row (passphrase)));
  g_assert_true (gtk_widget_get_visible (lanyard_field_entry_get_key_row (key)));
  g_assert_false (gtk_widget_get_visible (lanyard_field_entry_get_row (key)));
  g_assert_false (lanyard_editor_fields_is_folded (editor->fields, "signing_key_passphrase"));

  /* It can be saved as it is, but not used. */
  g_assert_true (lanyard_editor_check (editor, FALSE));
  g_assert_false (lanyard_editor_check (editor, TRUE));
  g_assert_nonnull (lanyard_field_entry_get_problem (passphrase));
  drop_editor (editor);
}

static void
test_unknown_provider (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) lost = ui_fixture_make ("vanished", "Lost");
  g_autoptr (GError) error = NULL;
  LanyardEditor *editor;

  lanyard_database_save (lanyard_manager_get_database (fixture->manager), lost, &error);
  g_assert_no_error (error);
  editor = open_editor (fixture, lost);
  g_assert_true (gtk_widget_has_css_class (
    find_widget (GTK_WIDGET (editor), LANYARD_TYPE_PROVIDER_CHOOSER), "error"));
  g_assert_nonnull (lanyard_editor_fields_find (editor->fields, "client_id"));
  drop_editor (editor);
}

static void
test_way (UiFixture *fixture, gconstpointer user_data)
{
  g_autoptr (LanyardAuthorization) acme = ui_fixture_make ("acme", "Acme");
  g_autoptr (LanyardAuthorization) globex = ui_fixture_make ("globex", "Globex");

  g_assert_cmpint (lanyard_sign_in_choose_way (fixture->manager, acme), ==,
                   LANYARD_SIGN_IN_EMBEDDED);
  /* Its data says that it refuses embedded views. */
  g_assert_cmpint (lanyard_sign_in_choose_way (fixture->manager, globex), ==,
                   LANYARD_SIGN_IN_BROWSER);
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);
  ui_fixture_accept_dialogs ();
  adw_init ();

  add ("new", test_new);
  add ("fields/are-those-of-the-type", test_fields_are_those_of_the_type);
  add ("fields/are-folded", test_fields_are_folded);
  add ("invalid", test_invalid);
  add ("authorize/needs-everything", test_authorize_needs_everything);
  add ("name/taken", test_name_taken);
  add ("close/unchanged", test_close_unchanged);
  add ("close/asks", test_close_asks);
  add ("provider/keeps-values", test_provider_keeps_values);
  add ("provider/search", test_provider_search);
  add ("provider/unknown", test_unknown_provider);
  add ("connectors/add-scopes", test_connectors_add_scopes);
  add ("scopes/own", test_own_scopes);
  add ("scopes/granted", test_granted);
  add ("save", test_save);
  add ("conflict", test_conflict);
  add ("locked", test_locked);
  add ("locked/while-saving", test_locked_while_saving);
  add ("secret/is-cleared", test_secret_is_cleared);
  add ("cancel/stops-first", test_cancel_stops_first);
  add ("sign-in/way", test_way);
  add ("key/encrypted", test_encrypted_key);

  return lanyard_test_run ();
}
