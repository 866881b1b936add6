/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-qr-view.h"

#include "lanyard-qr-code.h"

/* A side is about as long as this, in logical pixels, and a module at least two wide. */
#define SIDE 168
#define SMALLEST 2

struct _LanyardQrView
{
  GtkWidget parent_instance;

  /* Owned */
  LanyardQrCode *code;
};

G_DEFINE_FINAL_TYPE (LanyardQrView, lanyard_qr_view, GTK_TYPE_WIDGET)

static int
count_modules (LanyardQrView *self)
{
  return (int)lanyard_qr_code_get_size (self->code) + 2 * LANYARD_QR_CODE_MARGIN;
}

static void
lanyard_qr_view_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  LanyardQrView *self = LANYARD_QR_VIEW (widget);
  int n_modules;

  *minimum = *natural = 0;
  if (self->code == NULL)
    return;

  n_modules = count_modules (self);
  *minimum = *natural = n_modules * MAX (SIDE / n_modules, SMALLEST);
}

/* Dark modules beside each other are one rectangle: there is no seam between them. */
static void
snapshot_row (LanyardQrView *self, GtkSnapshot *snapshot, guint y, float module)
{
  guint size = lanyard_qr_code_get_size (self->code);
  const GdkRGBA black = { 0, 0, 0, 1 };

  for (guint x = 0, end; x < size; x = end + 1)
    {
      end = x;
      while (end < size && lanyard_qr_code_is_dark (self->code, end, y))
        end++;
      if (end > x)
        gtk_snapshot_append_color (
          snapshot, &black,
          &GRAPHENE_RECT_INIT (((float)x + LANYARD_QR_CODE_MARGIN) * module,
                               ((float)y + LANYARD_QR_CODE_MARGIN) * module,
                               (float)(end - x) * module, module));
    }
}

static void
lanyard_qr_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LanyardQrView *self = LANYARD_QR_VIEW (widget);
  float module;

  if (self->code == NULL)
    return;

  module = (float)(MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget)) /
                   count_modules (self));
  for (guint y = 0; y < lanyard_qr_code_get_size (self->code); y++)
    snapshot_row (self, snapshot, y, module);
}

static void
lanyard_qr_view_finalize (GObject *object)
{
  lanyard_qr_code_free (LANYARD_QR_VIEW (object)->code);

  G_OBJECT_CLASS (lanyard_qr_view_parent_class)->finalize (object);
}

static void
lanyard_qr_view_class_init (LanyardQrViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lanyard_qr_view_finalize;
  widget_class->measure = lanyard_qr_view_measure;
  widget_class->snapshot = lanyard_qr_view_snapshot;

  gtk_widget_class_set_css_name (widget_class, "qrcode");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lanyard_qr_view_init (LanyardQrView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
lanyard_qr_view_set_text (LanyardQrView *self, const char *text)
{
  g_return_if_fail (LANYARD_IS_QR_VIEW (self));

  lanyard_qr_code_free (self->code);
  self->code = text != NULL ? lanyard_qr_code_new (text) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self), self->code != NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
