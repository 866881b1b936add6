/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-compact-content.h"

#include "lanyard-list-layout.h"

#define SPACING 6

struct _LanyardCompactContent
{
  GtkWidget parent_instance;

  /* Borrowed: children */
  GtkWidget *icon;
  GtkWidget *label;
};

enum
{
  PROP_ICON_NAME = 1,
  PROP_LABEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LanyardCompactContent, lanyard_compact_content, GTK_TYPE_WIDGET)

static void
lanyard_compact_content_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LanyardCompactContent *self = LANYARD_COMPACT_CONTENT (widget);
  int icon_width = lanyard_list_layout_measure (self->icon, GTK_ORIENTATION_HORIZONTAL);
  int label_width = lanyard_list_layout_measure (self->label, GTK_ORIENTATION_HORIZONTAL);
  int used = icon_width + SPACING + label_width;
  gboolean fits = used <= width;

  lanyard_list_layout_show (self->label, fits);
  if (!fits)
    {
      lanyard_list_layout_place (self->icon, (width - icon_width) / 2, 0, icon_width, height);
      return;
    }
  lanyard_list_layout_place (self->icon, (width - used) / 2, 0, icon_width, height);
  lanyard_list_layout_place (self->label, (width - used) / 2 + icon_width + SPACING, 0, label_width,
                             height);
}

static void
lanyard_compact_content_measure (GtkWidget *widget,
                                 GtkOrientation orientation,
                                 int for_size,
                                 int *minimum,
                                 int *natural,
                                 int *minimum_baseline,
                                 int *natural_baseline)
{
  LanyardCompactContent *self = LANYARD_COMPACT_CONTENT (widget);
  int icon;
  int label;

  icon = lanyard_list_layout_measure (self->icon, orientation);
  label = lanyard_list_layout_measure (self->label, orientation);
  *minimum = icon;
  *natural = icon + SPACING + label;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = MAX (icon, label);
}

static void
lanyard_compact_content_get_property (GObject *object,
                                      guint property_id,
                                      GValue *value,
                                      GParamSpec *pspec)
{
  LanyardCompactContent *self = LANYARD_COMPACT_CONTENT (object);

  switch (property_id)
    {
    case PROP_ICON_NAME:
      g_value_set_string (value, gtk_image_get_icon_name (GTK_IMAGE (self->icon)));
      break;
    case PROP_LABEL:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->label)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_compact_content_set_property (GObject *object,
                                      guint property_id,
                                      const GValue *value,
                                      GParamSpec *pspec)
{
  LanyardCompactContent *self = LANYARD_COMPACT_CONTENT (object);

  switch (property_id)
    {
    case PROP_ICON_NAME:
      gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), g_value_get_string (value));
      break;
    case PROP_LABEL:
      gtk_label_set_text (GTK_LABEL (self->label), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_compact_content_dispose (GObject *object)
{
  LanyardCompactContent *self = LANYARD_COMPACT_CONTENT (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (lanyard_compact_content_parent_class)->dispose (object);
}

static void
lanyard_compact_content_class_init (LanyardCompactContentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_compact_content_dispose;
  object_class->get_property = lanyard_compact_content_get_property;
  object_class->set_property = lanyard_compact_content_set_property;
  widget_class->size_allocate = lanyard_compact_content_size_allocate;
  widget_class->measure = lanyard_compact_content_measure;

  properties[PROP_ICON_NAME] =
    g_param_spec_string ("icon-name", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
lanyard_compact_content_init (LanyardCompactContent *self)
{
  self->icon = gtk_image_new ();
  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}
