/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-code-window.h"

#include "lanyard-mnemonics.h"
#include "lanyard-qr-view.h"

#include <glib/gi18n.h>

struct _LanyardCodeWindow
{
  AdwWindow parent_instance;

  /* Owned */
  GCancellable *stop;
  char *user_code;
  char *uri;

  /* Template */
  GtkLabel *help_label;
  GtkLabel *code_label;
  GtkLabel *address_label;
  LanyardQrView *qr_view;
  GtkLabel *time_label;
  GtkButton *copy_button;

  gint64 expires_at;
  guint countdown;
  gboolean was_stopped;
};

static void lanyard_code_window_consent_init (LanyardConsentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardCodeWindow,
                               lanyard_code_window,
                               ADW_TYPE_WINDOW,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_CONSENT,
                                                      lanyard_code_window_consent_init))

/* The clock on the wall counts, also after the machine slept. */
static gboolean
count_down_cb (gpointer user_data)
{
  LanyardCodeWindow *self = user_data;
  gint64 left = MAX (self->expires_at - g_get_real_time () / G_USEC_PER_SEC, 0);
  g_autofree char *text = NULL;

  if (left >= 60 * 60)
    /* Translators: how long a code is good yet, in hours, minutes and seconds */
    text = g_strdup_printf (_ ("The code is good for %d:%02d:%02d."), (int)(left / 3600),
                            (int)(left / 60 % 60), (int)(left % 60));
  else
    /* Translators: how long a code is good yet, in minutes and seconds */
    text =
      g_strdup_printf (_ ("The code is good for %d:%02d."), (int)(left / 60), (int)(left % 60));
  gtk_label_set_text (self->time_label, text);

  return G_SOURCE_CONTINUE;
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardCodeWindow *self = LANYARD_CODE_WINDOW (widget);

  self->was_stopped = TRUE;
  gtk_widget_set_visible (widget, FALSE);
  g_cancellable_cancel (self->stop);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardCodeWindow *self = LANYARD_CODE_WINDOW (widget);

  gtk_show_uri (GTK_WINDOW (self), self->uri, GDK_CURRENT_TIME);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardCodeWindow *self = LANYARD_CODE_WINDOW (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->user_code);
  gtk_button_set_label (self->copy_button, _ ("Copied"));
}

static gboolean
lanyard_code_window_close_request (GtkWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "code.cancel", NULL);
  /* Whoever made the window destroys it. */
  return TRUE;
}

static void
lanyard_code_window_show_code (LanyardConsent *consent, const LanyardConsentCode *code)
{
  LanyardCodeWindow *self = LANYARD_CODE_WINDOW (consent);
  g_autofree char *help = NULL;

  /* Translators: %s is a provider, as "Google" */
  help = g_strdup_printf (_ ("Sign in to %s in a browser, on this or any other device, and enter "
                             "the code there. This window closes by itself when you are done."),
                          code->provider);
  gtk_label_set_text (self->help_label, help);
  gtk_label_set_text (self->code_label, code->user_code);
  gtk_label_set_text (self->address_label, code->uri);

  g_free (self->user_code);
  self->user_code = g_strdup (code->user_code);
  g_free (self->uri);
  self->uri = g_strdup (code->uri_complete != NULL ? code->uri_complete : code->uri);
  lanyard_qr_view_set_text (self->qr_view, self->uri);
  self->expires_at = code->expires_at;
  count_down_cb (self);
  if (self->countdown == 0)
    self->countdown = g_timeout_add_seconds (1, count_down_cb, self);

  gtk_window_present (GTK_WINDOW (self));
}

static void
lanyard_code_window_consent_init (LanyardConsentInterface *iface)
{
  iface->show_code = lanyard_code_window_show_code;
}

static void
lanyard_code_window_dispose (GObject *object)
{
  LanyardCodeWindow *self = LANYARD_CODE_WINDOW (object);

  g_clear_handle_id (&self->countdown, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_CODE_WINDOW);
  g_clear_object (&self->stop);
  g_clear_pointer (&self->user_code, g_free);
  g_clear_pointer (&self->uri, g_free);

  G_OBJECT_CLASS (lanyard_code_window_parent_class)->dispose (object);
}

static void
lanyard_code_window_class_init (LanyardCodeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_code_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = lanyard_code_window_close_request;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  g_type_ensure (LANYARD_TYPE_QR_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/lanyard/Lanyard/editor/lanyard-code-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardCodeWindow, help_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardCodeWindow, code_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardCodeWindow, address_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardCodeWindow, qr_view);
  gtk_widget_class_bind_template_child (widget_class, LanyardCodeWindow, time_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardCodeWindow, copy_button);

  gtk_widget_class_install_action (widget_class, "code.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "code.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "code.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "code.cancel", NULL);
}

static void
lanyard_code_window_init (LanyardCodeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
lanyard_code_window_new (GtkWindow *parent, GCancellable *stop)
{
  LanyardCodeWindow *self;

  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (G_IS_CANCELLABLE (stop), NULL);

  self = g_object_new (LANYARD_TYPE_CODE_WINDOW, "transient-for", parent, NULL);
  self->stop = g_object_ref (stop);
  lanyard_mnemonics_name (GTK_WIDGET (self));

  return GTK_WINDOW (self);
}

gboolean
lanyard_code_window_was_stopped (LanyardCodeWindow *self)
{
  g_return_val_if_fail (LANYARD_IS_CODE_WINDOW (self), FALSE);

  return self->was_stopped;
}
