/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-status-badge.h"

#include "lanyard-status-text.h"

struct _LanyardStatusBadge
{
  GtkWidget parent_instance;

  /* Borrowed: children */
  GtkWidget *icon;
  GtkWidget *label;

  LanyardBadgeKind kind;
};

enum
{
  PROP_LABEL = 1,
  PROP_KIND,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const struct
{
  const char *css_class;
  const char *icon_name;
} kinds[] = {
  [LANYARD_BADGE_SUCCESS] = { "success", "object-select-symbolic" },
  [LANYARD_BADGE_WARNING] = { "warning", "dialog-warning-symbolic" },
  [LANYARD_BADGE_NEUTRAL] = { "neutral", "dialog-password-symbolic" },
  [LANYARD_BADGE_ERROR] = { "error", "dialog-error-symbolic" },
};

G_DEFINE_ENUM_TYPE (LanyardBadgeKind,
                    lanyard_badge_kind,
                    G_DEFINE_ENUM_VALUE (LANYARD_BADGE_SUCCESS, "success"),
                    G_DEFINE_ENUM_VALUE (LANYARD_BADGE_WARNING, "warning"),
                    G_DEFINE_ENUM_VALUE (LANYARD_BADGE_NEUTRAL, "neutral"),
                    G_DEFINE_ENUM_VALUE (LANYARD_BADGE_ERROR, "error"))

G_DEFINE_FINAL_TYPE (LanyardStatusBadge, lanyard_status_badge, GTK_TYPE_WIDGET)

static void
show_kind (LanyardStatusBadge *self)
{
  gtk_widget_set_css_classes (GTK_WIDGET (self),
                              (const char *[]){ kinds[self->kind].css_class, NULL });
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), kinds[self->kind].icon_name);
}

static void
lanyard_status_badge_get_property (GObject *object,
                                   guint property_id,
                                   GValue *value,
                                   GParamSpec *pspec)
{
  LanyardStatusBadge *self = LANYARD_STATUS_BADGE (object);

  switch (property_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, lanyard_status_badge_get_label (self));
      break;
    case PROP_KIND:
      g_value_set_enum (value, self->kind);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_status_badge_set_property (GObject *object,
                                   guint property_id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  LanyardStatusBadge *self = LANYARD_STATUS_BADGE (object);

  switch (property_id)
    {
    case PROP_LABEL:
      lanyard_status_badge_set_label (self, g_value_get_string (value));
      break;
    case PROP_KIND:
      lanyard_status_badge_set_kind (self, g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_status_badge_dispose (GObject *object)
{
  LanyardStatusBadge *self = LANYARD_STATUS_BADGE (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (lanyard_status_badge_parent_class)->dispose (object);
}

static void
lanyard_status_badge_class_init (LanyardStatusBadgeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_status_badge_dispose;
  object_class->get_property = lanyard_status_badge_get_property;
  object_class->set_property = lanyard_status_badge_set_property;

  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, LANYARD_TYPE_BADGE_KIND, LANYARD_BADGE_NEUTRAL,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "statusbadge");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
lanyard_status_badge_init (LanyardStatusBadge *self)
{
  self->kind = LANYARD_BADGE_NEUTRAL;
  self->icon = gtk_image_new ();
  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));

  /* The label says all that the icon says. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  show_kind (self);
}

GtkWidget *
lanyard_status_badge_new (void)
{
  return g_object_new (LANYARD_TYPE_STATUS_BADGE, NULL);
}

const char *
lanyard_status_badge_get_label (LanyardStatusBadge *self)
{
  g_return_val_if_fail (LANYARD_IS_STATUS_BADGE (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->label));
}

void
lanyard_status_badge_set_label (LanyardStatusBadge *self, const char *label)
{
  g_return_if_fail (LANYARD_IS_STATUS_BADGE (self));

  if (g_strcmp0 (lanyard_status_badge_get_label (self), label) == 0)
    return;

  gtk_label_set_text (GTK_LABEL (self->label), label);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

void
lanyard_status_badge_set_kind (LanyardStatusBadge *self, LanyardBadgeKind kind)
{
  g_return_if_fail (LANYARD_IS_STATUS_BADGE (self));
  g_return_if_fail (kind < G_N_ELEMENTS (kinds));

  if (self->kind == kind)
    return;

  self->kind = kind;
  show_kind (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);
}

void
lanyard_status_badge_set_authorization (LanyardStatusBadge *self,
                                        LanyardAuthorization *authorization,
                                        gint64 now)
{
  LanyardBadgeKind kind;
  const char *label;

  g_return_if_fail (LANYARD_IS_STATUS_BADGE (self));
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (authorization));

  label = lanyard_status_text_get_label (authorization, now, &kind);
  lanyard_status_badge_set_label (self, label);
  lanyard_status_badge_set_kind (self, kind);
}
