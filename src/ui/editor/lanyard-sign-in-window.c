/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-sign-in-window.h"

#include "lanyard-mnemonics.h"

#include <glib/gi18n.h>

struct _LanyardSignInWindow
{
  AdwWindow parent_instance;

  /* Owned */
  LanyardConsent *inner;
  GCancellable *stop;
  char *uri;
  GTask *typing;
  GSource *stop_source;

  /* Template */
  GtkSpinner *spinner;
  GtkWidget *code_box;
  GtkEditable *code_entry;
  GtkLabel *status_label;
  GtkLabel *help_label;
  GtkLabel *note_label;
  GtkButton *copy_button;

  gboolean was_stopped;
};

static void lanyard_sign_in_window_consent_init (LanyardConsentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardSignInWindow,
                               lanyard_sign_in_window,
                               ADW_TYPE_WINDOW,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_CONSENT,
                                                      lanyard_sign_in_window_consent_init))

static void
status_cb (LanyardSignInWindow *self, const char *status)
{
  if (status != NULL)
    gtk_label_set_text (self->status_label, status);
  lanyard_consent_report (LANYARD_CONSENT (self), status);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardSignInWindow *self = LANYARD_SIGN_IN_WINDOW (widget);

  self->was_stopped = TRUE;
  gtk_widget_set_visible (widget, FALSE);
  g_cancellable_cancel (self->stop);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardSignInWindow *self = LANYARD_SIGN_IN_WINDOW (widget);

  gtk_show_uri (GTK_WINDOW (self), self->uri, GDK_CURRENT_TIME);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardSignInWindow *self = LANYARD_SIGN_IN_WINDOW (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->uri);
  gtk_button_set_label (self->copy_button, _ ("Copied"));
}

/* Returns: (transfer full) (nullable): the run that waits for a code, which is over now */
static GTask *
stop_typing (LanyardSignInWindow *self)
{
  if (self->stop_source != NULL)
    g_source_destroy (self->stop_source);
  g_clear_pointer (&self->stop_source, g_source_unref);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.use-code", FALSE);
  return g_steal_pointer (&self->typing);
}

/* The rest is between Lanyard and the provider. The window stays for it, and can stop it. */
static void
show_finishing (LanyardSignInWindow *self)
{
  gtk_label_set_text (self->status_label, _ ("Finishing…"));
  gtk_widget_set_visible (GTK_WIDGET (self->help_label), FALSE);
  gtk_widget_set_visible (self->code_box, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.open", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.copy", FALSE);
}

static void
use_code_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardSignInWindow *self = LANYARD_SIGN_IN_WINDOW (widget);
  char *code = g_strdup (gtk_editable_get_text (self->code_entry));
  g_autoptr (GTask) task = stop_typing (self);

  show_finishing (self);
  g_task_return_pointer (task, code, g_free);
}

static void
code_changed_cb (LanyardSignInWindow *self)
{
  g_autofree char *code = g_strstrip (g_strdup (gtk_editable_get_text (self->code_entry)));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.use-code",
                                 self->typing != NULL && *code != '\0');
}

static void
code_activated_cb (LanyardSignInWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "sign-in.use-code", NULL);
}

static gboolean
typing_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = stop_typing (user_data);

  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

/* The provider's page shows a code, and nothing comes back by itself. */
static void
ask_for_code (LanyardSignInWindow *self, GTask *task, const char *provider)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *help = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  self->typing = g_object_ref (task);
  if (cancellable != NULL)
    {
      self->stop_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->stop_source, G_SOURCE_FUNC (typing_cancelled_cb), self, NULL);
      g_source_attach (self->stop_source, g_task_get_context (task));
    }

  /* Translators: %s is a provider */
  help = g_strdup_printf (
    _ ("Sign in to %s in the browser. At the end the page shows a code; type it in here."),
    provider);
  gtk_label_set_text (self->status_label, _ ("Enter the Code"));
  gtk_label_set_text (self->help_label, help);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_widget_set_visible (self->code_box, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->code_entry));
  gtk_window_present (GTK_WINDOW (self));
  gtk_show_uri (GTK_WINDOW (self), self->uri, GDK_CURRENT_TIME);
}

static gboolean
lanyard_sign_in_window_close_request (GtkWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "sign-in.cancel", NULL);
  /* Whoever made the window destroys it. */
  return TRUE;
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *redirect_uri = lanyard_consent_prepare_finish (LANYARD_CONSENT (source), result, &error);

  if (redirect_uri != NULL)
    g_task_return_pointer (task, redirect_uri, g_free);
  else
    g_task_return_error (task, error);
}

static void
lanyard_sign_in_window_prepare_async (LanyardConsent *consent,
                                      const char *redirect_uri,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  LanyardSignInWindow *self = LANYARD_SIGN_IN_WINDOW (consent);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lanyard_sign_in_window_prepare_async);
  lanyard_consent_prepare_async (self->inner, redirect_uri, cancellable, prepared_cb,
                                 g_steal_pointer (&task));
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LanyardSignInWindow *self = g_task_get_source_object (task);
  GError *error = NULL;
  char *uri = lanyard_consent_run_finish (LANYARD_CONSENT (source), result, &error);

  if (uri == NULL)
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.open", FALSE);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.copy", FALSE);
      g_task_return_error (task, error);
      return;
    }

  show_finishing (self);
  g_task_return_pointer (task, uri, g_free);
}

static void
lanyard_sign_in_window_run_async (LanyardConsent *consent,
                                  const LanyardConsentRequest *request,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  LanyardSignInWindow *self = LANYARD_SIGN_IN_WINDOW (consent);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *help = NULL;

  g_task_set_source_tag (task, lanyard_sign_in_window_run_async);
  g_free (self->uri);
  self->uri = g_strdup (request->uri);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.open", TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.copy", TRUE);
  if (request->redirect_uri == NULL)
    {
      ask_for_code (self, task, request->provider);
      return;
    }

  /* Translators: %s is a provider, as "Google" */
  help = g_strdup_printf (
    _ ("Sign in to %s there. This window closes by itself when you are done."), request->provider);
  gtk_label_set_text (self->help_label, help);
  gtk_window_present (GTK_WINDOW (self));
  lanyard_consent_run_async (self->inner, request, cancellable, ran_cb, g_steal_pointer (&task));
}

static char *
lanyard_sign_in_window_finish (LanyardConsent *consent, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
lanyard_sign_in_window_consent_init (LanyardConsentInterface *iface)
{
  iface->prepare_async = lanyard_sign_in_window_prepare_async;
  iface->prepare_finish = lanyard_sign_in_window_finish;
  iface->run_async = lanyard_sign_in_window_run_async;
  iface->run_finish = lanyard_sign_in_window_finish;
}

static void
lanyard_sign_in_window_dispose (GObject *object)
{
  LanyardSignInWindow *self = LANYARD_SIGN_IN_WINDOW (object);

  if (self->typing != NULL)
    {
      g_autoptr (GTask) task = stop_typing (self);

      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The window was closed");
    }
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_SIGN_IN_WINDOW);
  g_clear_object (&self->inner);
  g_clear_object (&self->stop);
  g_clear_pointer (&self->uri, g_free);

  G_OBJECT_CLASS (lanyard_sign_in_window_parent_class)->dispose (object);
}

static void
lanyard_sign_in_window_class_init (LanyardSignInWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_sign_in_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = lanyard_sign_in_window_close_request;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/lanyard/Lanyard/editor/lanyard-sign-in-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInWindow, code_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInWindow, code_entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInWindow, status_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInWindow, help_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInWindow, note_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInWindow, copy_button);

  gtk_widget_class_bind_template_callback (widget_class, code_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, code_activated_cb);

  gtk_widget_class_install_action (widget_class, "sign-in.use-code", NULL, use_code_action);
  gtk_widget_class_install_action (widget_class, "sign-in.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "sign-in.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "sign-in.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "sign-in.cancel", NULL);
}

static void
lanyard_sign_in_window_init (LanyardSignInWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.use-code", FALSE);
}

GtkWindow *
lanyard_sign_in_window_new (GtkWindow *parent,
                            LanyardConsent *inner,
                            const char *note,
                            GCancellable *stop)
{
  LanyardSignInWindow *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (LANYARD_IS_CONSENT (inner), NULL);
  g_return_val_if_fail (G_IS_CANCELLABLE (stop), NULL);

  self = g_object_new (LANYARD_TYPE_SIGN_IN_WINDOW, "transient-for", parent, NULL);
  self->inner = g_object_ref (inner);
  self->stop = g_object_ref (stop);
  lanyard_mnemonics_name (GTK_WIDGET (self));
  gtk_label_set_text (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), note != NULL);
  g_signal_connect_object (inner, "status", G_CALLBACK (status_cb), self, G_CONNECT_SWAPPED);

  return GTK_WINDOW (self);
}

gboolean
lanyard_sign_in_window_was_stopped (LanyardSignInWindow *self)
{
  g_return_val_if_fail (LANYARD_IS_SIGN_IN_WINDOW (self), FALSE);

  return self->was_stopped;
}
