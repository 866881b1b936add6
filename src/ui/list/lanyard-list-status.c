/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-list-status.h"

#include "lanyard-list-columns.h"
#include "lanyard-list-layout.h"
#include "lanyard-status-badge.h"
#include "lanyard-status-text.h"

#define REASON_GAP 8
#define LINE_GAP 1

struct _LanyardListStatus
{
  GtkWidget parent_instance;

  /* Borrowed: children; the spinner is made when it is needed */
  GtkWidget *badge;
  GtkWidget *reason;
  GtkWidget *spinner;
};

G_DEFINE_FINAL_TYPE (LanyardListStatus, lanyard_list_status, GTK_TYPE_WIDGET)

static void
show_spinner (LanyardListStatus *self, gboolean spinning)
{
  if (self->spinner == NULL)
    {
      if (!spinning)
        return;
      self->spinner = gtk_spinner_new ();
      gtk_widget_set_parent (self->spinner, GTK_WIDGET (self));
    }
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), spinning);
  gtk_widget_set_visible (self->spinner, spinning);
}

static void
lanyard_list_status_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LanyardListStatus *self = LANYARD_LIST_STATUS (widget);
  int badge_width;
  int badge_height;
  int reason_height;
  int x = LANYARD_LIST_STATUS_INSET;
  int y;

  badge_width = lanyard_list_layout_measure (self->badge, GTK_ORIENTATION_HORIZONTAL);
  badge_height = lanyard_list_layout_measure (self->badge, GTK_ORIENTATION_VERTICAL);
  reason_height = lanyard_list_layout_measure (self->reason, GTK_ORIENTATION_VERTICAL);
  badge_width = MIN (badge_width, width);

  if (height >= badge_height + LINE_GAP + reason_height)
    {
      y = (height - badge_height - LINE_GAP - reason_height) / 2;
      lanyard_list_layout_place (self->badge, 0, y, badge_width, badge_height);
      y += badge_height + LINE_GAP;
    }
  else
    {
      lanyard_list_layout_place (self->badge, 0, (height - badge_height) / 2, badge_width,
                                 badge_height);
      x = badge_width + REASON_GAP;
      y = (height - reason_height) / 2;
    }

  if (self->spinner != NULL && gtk_widget_get_visible (self->spinner))
    {
      lanyard_list_layout_place (self->spinner, x, y, reason_height, reason_height);
      x += reason_height + REASON_GAP;
    }
  lanyard_list_layout_place (self->reason, x, y, width - x, reason_height);
}

static void
lanyard_list_status_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  LanyardListStatus *self = LANYARD_LIST_STATUS (widget);
  int badge;
  int reason;

  badge = lanyard_list_layout_measure (self->badge, orientation);
  *minimum = *natural = badge;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  reason = lanyard_list_layout_measure (self->reason, orientation);
  *natural += LINE_GAP + reason;
}

static void
lanyard_list_status_dispose (GObject *object)
{
  LanyardListStatus *self = LANYARD_LIST_STATUS (object);

  g_clear_pointer (&self->badge, gtk_widget_unparent);
  g_clear_pointer (&self->reason, gtk_widget_unparent);
  g_clear_pointer (&self->spinner, gtk_widget_unparent);

  G_OBJECT_CLASS (lanyard_list_status_parent_class)->dispose (object);
}

static void
lanyard_list_status_class_init (LanyardListStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_list_status_dispose;
  widget_class->size_allocate = lanyard_list_status_size_allocate;
  widget_class->measure = lanyard_list_status_measure;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lanyard_list_status_init (LanyardListStatus *self)
{
  self->badge = lanyard_status_badge_new ();
  gtk_widget_set_parent (self->badge, GTK_WIDGET (self));
  self->reason =
    g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, "xalign", 0.0, NULL);
  gtk_widget_set_css_classes (self->reason, (const char *[]){ "caption", "dim-label", NULL });
  gtk_widget_set_parent (self->reason, GTK_WIDGET (self));
}

GtkWidget *
lanyard_list_status_new (void)
{
  return g_object_new (LANYARD_TYPE_LIST_STATUS, NULL);
}

void
lanyard_list_status_show (LanyardListStatus *self,
                          LanyardListEntry *entry,
                          const GError *keyring_error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  LanyardAuthorization *authorization;
  const char *progress;
  g_autofree char *reason = NULL;

  g_return_if_fail (LANYARD_IS_LIST_STATUS (self));
  g_return_if_fail (LANYARD_IS_LIST_ENTRY (entry));

  authorization = lanyard_list_entry_get_authorization (entry);
  progress = lanyard_list_entry_get_progress (entry);
  reason = progress != NULL ? g_strdup (progress)
                            : lanyard_status_text_dup_reason (authorization, keyring_error, now);
  lanyard_status_badge_set_authorization (LANYARD_STATUS_BADGE (self->badge), authorization, now);
  gtk_label_set_text (GTK_LABEL (self->reason), reason);
  show_spinner (self, progress != NULL);
}

const char *
lanyard_list_status_get_label (LanyardListStatus *self)
{
  g_return_val_if_fail (LANYARD_IS_LIST_STATUS (self), NULL);

  return lanyard_status_badge_get_label (LANYARD_STATUS_BADGE (self->badge));
}

const char *
lanyard_list_status_get_reason (LanyardListStatus *self)
{
  g_return_val_if_fail (LANYARD_IS_LIST_STATUS (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->reason));
}

int
lanyard_list_status_measure_line (LanyardListStatus *self)
{
  int height;

  g_return_val_if_fail (LANYARD_IS_LIST_STATUS (self), 0);

  height = lanyard_list_layout_measure (self->badge, GTK_ORIENTATION_VERTICAL);
  return height;
}
