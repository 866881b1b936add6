/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-access-group.h"

#include "lanyard-status-text.h"

#include <glib/gi18n.h>

/* For how many seconds the end of a token is counted down by the second. */
#define COUNTDOWN (90 * 60)

struct _LanyardAccessGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  LanyardDraft *draft;
  guint tick_id;

  /* Template */
  GtkWidget *revoke_button;
  GtkWidget *account_row;
  GtkLabel *account_label;
  GtkWidget *granted_row;
  GtkLabel *granted_label;
  GtkLabel *validity_label;
  GtkWidget *authorized_row;
  GtkLabel *authorized_label;
};

G_DEFINE_FINAL_TYPE (LanyardAccessGroup, lanyard_access_group, ADW_TYPE_PREFERENCES_GROUP)

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static char *
dup_validity (LanyardAuthorization *authorization)
{
  gint64 now = get_now ();
  gint64 seconds = lanyard_authorization_get_expires_at (authorization) - now;

  if (lanyard_authorization_get_status_at (authorization, now) != LANYARD_STATUS_AUTHORIZED ||
      !lanyard_authorization_is_active (authorization) || seconds <= 0 || seconds > COUNTDOWN)
    return lanyard_status_text_dup_reason (authorization, NULL, now);

  if (lanyard_authorization_is_renewable (authorization))
    /* Translators: minutes and seconds, counted down: "renews in 41:09 min" */
    return g_strdup_printf (_ ("renews in %u:%02u min"), (guint)seconds / 60, (guint)seconds % 60);

  /* Translators: minutes and seconds, counted down: "expires in 41:09 min" */
  return g_strdup_printf (_ ("expires in %u:%02u min"), (guint)seconds / 60, (guint)seconds % 60);
}

static void
show_validity (LanyardAccessGroup *self)
{
  g_autofree char *text = dup_validity (lanyard_draft_get_authorization (self->draft));

  gtk_label_set_text (self->validity_label, text);
}

static void
show_account (LanyardAccessGroup *self)
{
  const char *account =
    lanyard_authorization_get_account (lanyard_draft_get_authorization (self->draft));

  gtk_widget_set_visible (self->account_row, account != NULL);
  gtk_label_set_text (self->account_label, account != NULL ? account : "");
}

static void
show_granted (LanyardAccessGroup *self)
{
  const char *const *granted =
    lanyard_authorization_get_granted_scopes (lanyard_draft_get_authorization (self->draft));
  g_auto (GStrv) asked = lanyard_draft_dup_scopes (self->draft);
  guint n_asked = g_strv_length (asked);
  guint n_granted = 0;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->granted_row, granted != NULL && n_asked > 0);
  if (granted == NULL || n_asked == 0)
    return;

  for (guint i = 0; i < n_asked; i++)
    n_granted += g_strv_contains (granted, asked[i]) ? 1 : 0;
  /* Translators: of the scopes that were asked for; "2 of 3 granted" */
  text = g_strdup_printf (_ ("%u of %u granted"), n_granted, n_asked);
  gtk_label_set_text (self->granted_label, text);
}

static void
show_authorized (LanyardAccessGroup *self)
{
  gint64 time =
    lanyard_authorization_get_authorized_at (lanyard_draft_get_authorization (self->draft));
  g_autoptr (GDateTime) date_time = g_date_time_new_from_unix_local (time);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->authorized_row, time > 0 && date_time != NULL);
  if (time <= 0 || date_time == NULL)
    return;

  /* Translators: a date and a time, in the form of strftime() */
  text = g_date_time_format (date_time, _ ("%x, %H:%M"));
  gtk_label_set_text (self->authorized_label, text);
}

static void
draft_changed_cb (LanyardAccessGroup *self)
{
  LanyardAuthorization *authorization = lanyard_draft_get_authorization (self->draft);
  LanyardStatus status = lanyard_authorization_get_status (authorization);

  gtk_widget_set_visible (GTK_WIDGET (self), status != LANYARD_STATUS_NEW);
  if (status == LANYARD_STATUS_NEW)
    return;

  show_account (self);
  show_granted (self);
  show_validity (self);
  show_authorized (self);
  gtk_widget_set_visible (
    self->revoke_button,
    lanyard_manager_can_revoke (lanyard_draft_get_manager (self->draft), authorization));
}

static gboolean
tick_cb (gpointer user_data)
{
  show_validity (user_data);
  return G_SOURCE_CONTINUE;
}

static void
lanyard_access_group_map (GtkWidget *widget)
{
  LanyardAccessGroup *self = LANYARD_ACCESS_GROUP (widget);

  GTK_WIDGET_CLASS (lanyard_access_group_parent_class)->map (widget);

  if (self->tick_id == 0 && self->draft != NULL)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
lanyard_access_group_unmap (GtkWidget *widget)
{
  LanyardAccessGroup *self = LANYARD_ACCESS_GROUP (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (lanyard_access_group_parent_class)->unmap (widget);
}

static void
lanyard_access_group_dispose (GObject *object)
{
  LanyardAccessGroup *self = LANYARD_ACCESS_GROUP (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_ACCESS_GROUP);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (lanyard_access_group_parent_class)->dispose (object);
}

static void
lanyard_access_group_class_init (LanyardAccessGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_access_group_dispose;
  widget_class->map = lanyard_access_group_map;
  widget_class->unmap = lanyard_access_group_unmap;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/lanyard/Lanyard/editor/lanyard-access-group.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardAccessGroup, revoke_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardAccessGroup, account_row);
  gtk_widget_class_bind_template_child (widget_class, LanyardAccessGroup, account_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardAccessGroup, granted_row);
  gtk_widget_class_bind_template_child (widget_class, LanyardAccessGroup, granted_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardAccessGroup, validity_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardAccessGroup, authorized_row);
  gtk_widget_class_bind_template_child (widget_class, LanyardAccessGroup, authorized_label);
}

static void
lanyard_access_group_init (LanyardAccessGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lanyard_access_group_set_draft (LanyardAccessGroup *self, LanyardDraft *draft)
{
  g_return_if_fail (LANYARD_IS_ACCESS_GROUP (self));
  g_return_if_fail (LANYARD_IS_DRAFT (draft));
  g_return_if_fail (self->draft == NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  draft_changed_cb (self);
}
