/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-editor-private.h"

#include "lanyard-error.h"
#include "lanyard-mnemonics.h"
#include "lanyard-status-text.h"

#include <glib/gi18n.h>

/* What is done sooner than this is done without a word, in milliseconds. */
#define PATIENCE 300
/* How often the status is looked at again, in seconds: a token expires by itself. */
#define TICK 5

G_DEFINE_FINAL_TYPE (LanyardEditor, lanyard_editor, ADW_TYPE_WINDOW)

static void
show_title (LanyardEditor *self)
{
  LanyardAuthorization *authorization = lanyard_draft_get_authorization (self->draft);
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);
  const char *name = lanyard_authorization_get_name (authorization);
  const char *account = lanyard_authorization_get_account (authorization);
  const char *provider_name = provider != NULL ? lanyard_provider_get_name (provider) : "";
  g_autofree char *subtitle = NULL;

  if (*name == '\0')
    name = _ ("New Authorization");
  if (account != NULL)
    /* Translators: a provider and who signed in: "Google · anna@example.org" */
    subtitle = g_strdup_printf (_ ("%s · %s"), provider_name, account);

  adw_window_title_set_title (self->window_title, name);
  adw_window_title_set_subtitle (self->window_title, subtitle != NULL ? subtitle : provider_name);
  gtk_window_set_title (GTK_WINDOW (self), name);
}

static void
show_status (LanyardEditor *self)
{
  LanyardAuthorization *authorization = lanyard_draft_get_authorization (self->draft);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *reason = lanyard_status_text_dup_reason (
    authorization, lanyard_manager_get_keyring_error (lanyard_draft_get_manager (self->draft)),
    now);

  lanyard_status_badge_set_authorization (self->status_badge, authorization, now);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status_badge), reason);
}

static void
show_keyring (LanyardEditor *self)
{
  const GError *error = lanyard_manager_get_keyring_error (lanyard_draft_get_manager (self->draft));
  gboolean locked = g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED);

  if (locked)
    gtk_label_set_text (self->keyring_label, _ ("The keyring is locked. Secrets can be seen and "
                                                "changed once it is unlocked."));
  else if (error != NULL)
    gtk_label_set_text (self->keyring_label, error->message);
  gtk_button_set_label (self->unlock_button, locked ? _ ("_Unlock…") : _ ("_Try Again"));
  gtk_revealer_set_reveal_child (self->keyring_revealer, error != NULL);
}

static void
suggest (GtkWidget *button, gboolean is_suggested)
{
  if (is_suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

static void
show_buttons (LanyardEditor *self)
{
  LanyardAuthorization *authorization = lanyard_draft_get_authorization (self->draft);
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);
  LanyardAuthType *type = lanyard_draft_get_auth_type (self->draft);
  gboolean consent = lanyard_draft_needs_sign_in (self->draft);
  gboolean is_new = lanyard_draft_is_new (self->draft);
  gboolean changed = lanyard_draft_is_changed (self->draft);
  LanyardStatus status = lanyard_authorization_get_status (authorization);
  gboolean authorized = status == LANYARD_STATUS_AUTHORIZED;
  gboolean has_page = type != NULL && lanyard_auth_type_has_redirect (type);
  const char *label = status == LANYARD_STATUS_NEW ? _ ("_Authorize") : _ ("_Authorize Again");

  /* Where no page is shown there is no choice of where to show it. */
  adw_split_button_set_label (self->authorize_button, label);
  gtk_button_set_label (self->get_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->authorize_button), consent && has_page);
  gtk_widget_set_visible (GTK_WIDGET (self->get_button), consent && !has_page);
  suggest (GTK_WIDGET (self->authorize_button), !authorized);
  suggest (GTK_WIDGET (self->get_button), !authorized);

  gtk_button_set_label (self->test_button, is_new || changed ? _ ("Save and _Test") : _ ("_Test"));
  gtk_widget_set_visible (GTK_WIDGET (self->test_button), type != NULL && (authorized || !consent));
  gtk_widget_set_visible (self->action_group, type != NULL);
  /* All that is in the menu makes a provider of what was entered for none. */
  gtk_widget_set_visible (self->menu_button, type != NULL && provider != NULL &&
                                               lanyard_provider_is_custom (provider));
  gtk_widget_set_visible (self->welcome_group, type == NULL && is_new);

  /* Where there is nothing to lose there is nothing to cancel. */
  gtk_button_set_label (self->cancel_button, is_new || changed ? _ ("_Cancel") : _ ("_Close"));
}

static void
draft_changed_cb (LanyardEditor *self)
{
  show_title (self);
  show_status (self);
  show_buttons (self);
}

static void
keyring_error_cb (LanyardEditor *self)
{
  LanyardManager *manager = lanyard_draft_get_manager (self->draft);

  show_keyring (self);
  /* Somebody unlocked it, here or in another window. */
  if (lanyard_manager_get_keyring_error (manager) == NULL &&
      !lanyard_draft_has_secrets (self->draft))
    lanyard_editor_load_secrets (self);
}

/* Whatever a test said is about what was there before. */
static void
form_changed_cb (LanyardEditor *self)
{
  lanyard_editor_show_result (self, FALSE, NULL);
}

static gboolean
busy_delay_cb (gpointer user_data)
{
  LanyardEditor *self = user_data;

  self->busy_delay_id = 0;
  gtk_spinner_start (self->busy_spinner);
  gtk_revealer_set_reveal_child (self->busy_revealer, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
tick_cb (gpointer user_data)
{
  show_status (user_data);
  return G_SOURCE_CONTINUE;
}

/* What came of a test stands at the end of the form, and makes it longer. */
static void
form_grew_cb (LanyardEditor *self, GtkAdjustment *adjustment)
{
  if (!self->showing_result)
    return;

  self->showing_result = FALSE;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

static void
follow_form (LanyardEditor *self)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (self->result_box, GTK_TYPE_SCROLLED_WINDOW);

  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                           "changed", G_CALLBACK (form_grew_cb), self, G_CONNECT_SWAPPED);
}

static void
update_actions (LanyardEditor *self)
{
  static const char *const idle_actions[] = { "editor.save",
                                              "editor.authorize",
                                              "editor.authorize-embedded",
                                              "editor.authorize-browser",
                                              "editor.test",
                                              "editor.revoke",
                                              "editor.unlock",
                                              "editor.choose-provider",
                                              "editor.from-issuer",
                                              "editor.save-provider" };
  gboolean busy = self->operation != NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (idle_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), idle_actions[i], !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.stop", busy);
  gtk_widget_set_sensitive (self->page, !busy);
}

static void
set_draft (LanyardEditor *self, LanyardDraft *draft)
{
  self->draft = g_object_ref (draft);
  lanyard_identity_group_set_draft (self->identity, draft);
  lanyard_editor_fields_set_draft (self->fields, draft);
  lanyard_connector_group_set_draft (self->connectors, draft);
  lanyard_scope_group_set_draft (self->scopes, draft);
  lanyard_access_group_set_draft (self->access, draft);
  lanyard_token_group_set_draft (self->tokens, draft);
  lanyard_apps_group_set_draft (self->apps, draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "form-changed", G_CALLBACK (form_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fields, "unencrypted",
                           G_CALLBACK (lanyard_editor_ask_about_encryption), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lanyard_draft_get_manager (draft), "notify::keyring-error",
                           G_CALLBACK (keyring_error_cb), self, G_CONNECT_SWAPPED);
  draft_changed_cb (self);
  show_keyring (self);
}

static void
focus_start (LanyardEditor *self)
{
  GtkWidget *empty = NULL;

  if (!lanyard_draft_is_new (self->draft))
    empty = lanyard_editor_fields_find_empty (self->fields);
  if (empty != NULL)
    gtk_widget_grab_focus (empty);
  else
    lanyard_identity_group_focus_name (self->identity);
}

static void
lanyard_editor_map (GtkWidget *widget)
{
  LanyardEditor *self = LANYARD_EDITOR (widget);

  GTK_WIDGET_CLASS (lanyard_editor_parent_class)->map (widget);

  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (TICK, tick_cb, self);
}

static void
lanyard_editor_unmap (GtkWidget *widget)
{
  LanyardEditor *self = LANYARD_EDITOR (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (lanyard_editor_parent_class)->unmap (widget);
}

static gboolean
lanyard_editor_close_request (GtkWindow *window)
{
  LanyardEditor *self = LANYARD_EDITOR (window);

  if (!self->closing && lanyard_draft_is_changed (self->draft))
    {
      lanyard_editor_ask_to_close (self);
      return TRUE;
    }

  return GTK_WINDOW_CLASS (lanyard_editor_parent_class)->close_request (window);
}

static void
lanyard_editor_dispose (GObject *object)
{
  LanyardEditor *self = LANYARD_EDITOR (object);

  g_clear_handle_id (&self->busy_delay_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_cancellable_cancel (self->operation);
  g_clear_object (&self->operation);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_weak_pointer (&self->focus_before);
  /* The secrets leave the memory with the window. */
  if (self->fields != NULL)
    lanyard_editor_fields_clear (self->fields);
  /* An entry row of libadwaita 1.2 that has the focus when it goes still looks at its text when
   * that is gone already. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_EDITOR);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (lanyard_editor_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/lanyard/Lanyard/editor/lanyard-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, status_badge);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, window_title);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, keyring_revealer);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, keyring_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, unlock_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, toasts);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, page);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, identity);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, fields);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, connectors);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, scopes);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, access);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, tokens);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, apps);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, welcome_group);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, action_group);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, authorize_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, get_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, test_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, result_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, result_icon);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, result_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, busy_revealer);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, busy_spinner);
  gtk_widget_class_bind_template_child (widget_class, LanyardEditor, busy_label);
}

static void
ensure_types (void)
{
  g_type_ensure (LANYARD_TYPE_ACCESS_GROUP);
  g_type_ensure (LANYARD_TYPE_APPS_GROUP);
  g_type_ensure (LANYARD_TYPE_CONNECTOR_GROUP);
  g_type_ensure (LANYARD_TYPE_EDITOR_FIELDS);
  g_type_ensure (LANYARD_TYPE_IDENTITY_GROUP);
  g_type_ensure (LANYARD_TYPE_SCOPE_GROUP);
  g_type_ensure (LANYARD_TYPE_STATUS_BADGE);
  g_type_ensure (LANYARD_TYPE_TOKEN_GROUP);
}

static void
lanyard_editor_class_init (LanyardEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_editor_dispose;
  widget_class->map = lanyard_editor_map;
  widget_class->unmap = lanyard_editor_unmap;
  GTK_WINDOW_CLASS (klass)->close_request = lanyard_editor_close_request;

  ensure_types ();
  bind_template (widget_class);
  lanyard_editor_install_actions (widget_class);
  lanyard_editor_install_save_actions (widget_class);
  lanyard_editor_install_provider_actions (widget_class);
}

static void
add_style (GdkDisplay *display)
{
  static gboolean added;
  g_autoptr (GtkCssProvider) provider = NULL;

  if (added)
    return;

  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/io/github/lanyard/Lanyard/editor/editor.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  added = TRUE;
}

/* The arrow beside Authorize is a button inside of a button, which only has a tooltip. */
static void
name_drop_down (GtkWidget *widget)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_MENU_BUTTON (child))
        lanyard_mnemonics_name_menu (GTK_MENU_BUTTON (child), _ ("Where to Sign In"));
      else
        name_drop_down (child);
    }
}

static void
lanyard_editor_init (LanyardEditor *self)
{
  self->loading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  follow_form (self);
  name_drop_down (GTK_WIDGET (self->authorize_button));
  lanyard_mnemonics_name_menu (GTK_MENU_BUTTON (self->menu_button), _ ("More Actions"));
  add_style (gtk_widget_get_display (GTK_WIDGET (self)));
}

GtkWidget *
lanyard_editor_new (LanyardManager *manager, LanyardAuthorization *authorization)
{
  g_autoptr (LanyardDraft) draft = NULL;
  LanyardEditor *self;

  g_return_val_if_fail (LANYARD_IS_MANAGER (manager), NULL);

  draft = lanyard_draft_new (manager, authorization);
  self = g_object_new (LANYARD_TYPE_EDITOR, NULL);
  set_draft (self, draft);
  lanyard_mnemonics_name (GTK_WIDGET (self));
  update_actions (self);
  lanyard_editor_load_secrets (self);
  focus_start (self);

  return GTK_WIDGET (self);
}

const char *
lanyard_editor_get_authorization_id (LanyardEditor *self)
{
  g_return_val_if_fail (LANYARD_IS_EDITOR (self), NULL);

  return lanyard_authorization_get_id (lanyard_draft_get_authorization (self->draft));
}

GCancellable *
lanyard_editor_begin (LanyardEditor *self, const char *what)
{
  g_return_val_if_fail (self->operation == NULL, NULL);

  /* A widget that rests must not have the focus. It gets it back in the end. */
  g_set_weak_pointer (&self->focus_before, gtk_root_get_focus (GTK_ROOT (self)));
  gtk_root_set_focus (GTK_ROOT (self), NULL);
  self->operation = g_cancellable_new ();
  lanyard_editor_show_result (self, FALSE, NULL);
  gtk_label_set_text (self->busy_label, what);
  self->busy_delay_id = g_timeout_add (PATIENCE, busy_delay_cb, self);
  update_actions (self);

  return self->operation;
}

void
lanyard_editor_end (LanyardEditor *self)
{
  g_clear_handle_id (&self->busy_delay_id, g_source_remove);
  g_clear_object (&self->operation);
  gtk_spinner_stop (self->busy_spinner);
  gtk_revealer_set_reveal_child (self->busy_revealer, FALSE);
  update_actions (self);
  if (self->focus_before != NULL && gtk_widget_get_root (self->focus_before) == GTK_ROOT (self))
    gtk_widget_grab_focus (self->focus_before);
  g_clear_weak_pointer (&self->focus_before);
}

void
lanyard_editor_show_result (LanyardEditor *self, gboolean good, const char *text)
{
  gtk_widget_set_visible (self->result_box, text != NULL);
  if (text == NULL)
    return;

  gtk_label_set_text (self->result_label, text);
  gtk_image_set_from_icon_name (self->result_icon,
                                good ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (self->result_box, good ? "error" : "success");
  gtk_widget_add_css_class (self->result_box, good ? "success" : "error");
  self->showing_result = TRUE;
}

void
lanyard_editor_say (LanyardEditor *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_timeout (toast, 2);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

gboolean
lanyard_editor_check (LanyardEditor *self, gboolean complete)
{
  GtkWidget *wrong = lanyard_identity_group_check (self->identity);
  GtkWidget *wrong_field = lanyard_editor_fields_check (self->fields, complete);

  if (wrong == NULL)
    wrong = wrong_field;
  if (wrong == NULL)
    return TRUE;

  gtk_widget_grab_focus (wrong);
  return FALSE;
}

void
lanyard_editor_close (LanyardEditor *self)
{
  self->closing = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}
