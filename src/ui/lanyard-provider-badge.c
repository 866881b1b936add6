/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider-badge.h"

#define DEFAULT_SIZE 32

struct _LanyardProviderBadge
{
  GtkWidget parent_instance;

  /* Owned */
  LanyardProvider *provider;

  int size;
};

enum
{
  PROP_PROVIDER = 1,
  PROP_SIZE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LanyardProviderBadge, lanyard_provider_badge, GTK_TYPE_WIDGET)

/* The first letter or digit of the name, large. */
static char *
dup_letter (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (g_unichar_isalnum (character))
        return g_utf8_strup (p, g_utf8_next_char (p) - p);
    }
  return g_strdup ("?");
}

static double
linearize (double value)
{
  double shifted = (value + 0.055) / 1.055;

  /* The exponent 2.4 of sRGB, near enough to choose between black and white. */
  return value <= 0.04045 ? value / 12.92 : shifted * shifted * (0.6 + 0.4 * shifted);
}

/* White, unless black can be read much better on the colour (contrast as WCAG 2 computes it). */
static GdkRGBA
choose_letter_color (const GdkRGBA *background)
{
  double luminance = 0.2126 * linearize (background->red) + 0.7152 * linearize (background->green) +
                     0.0722 * linearize (background->blue);
  double white_contrast = 1.05 / (luminance + 0.05);

  if (white_contrast >= 2.7)
    return (GdkRGBA){ 1, 1, 1, 1 };
  return (GdkRGBA){ 0, 0, 0, 0.8 };
}

static void
draw_letter (GtkWidget *widget,
             GtkSnapshot *snapshot,
             const char *letter,
             const GdkRGBA *color,
             int size)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, letter);
  g_autoptr (PangoFontDescription) font = NULL;
  PangoRectangle logical;

  /* A badge beside a line of text has the text's size, for which the glyphs are there already. */
  font = pango_font_description_copy (
    pango_context_get_font_description (pango_layout_get_context (layout)));
  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  if (size > DEFAULT_SIZE + 4)
    pango_font_description_set_absolute_size (font, size * 0.46 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_get_pixel_extents (layout, NULL, &logical);

  gtk_snapshot_save (snapshot);
  /* Whole pixels keep the letter sharp. */
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((size - logical.width) / 2 - logical.x,
                                                          (size - logical.height) / 2 - logical.y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_globe (GtkWidget *widget, GtkSnapshot *snapshot, const GdkRGBA *color, int size)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  int icon_size = size / 2;
  g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (
    theme, "lanyard-globe-symbolic", NULL, icon_size, gtk_widget_get_scale_factor (widget),
    gtk_widget_get_direction (widget), GTK_ICON_LOOKUP_FORCE_SYMBOLIC);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((size - icon_size) / 2, (size - icon_size) / 2));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, icon_size,
                                            icon_size, color, 1);
  gtk_snapshot_restore (snapshot);
}

static void
lanyard_provider_badge_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LanyardProviderBadge *self = LANYARD_PROVIDER_BADGE (widget);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((gtk_widget_get_width (widget) - self->size) / 2,
                                                (gtk_widget_get_height (widget) - self->size) / 2));
  lanyard_provider_badge_draw (widget, snapshot, self->provider, self->size);
  gtk_snapshot_restore (snapshot);
}

static void
lanyard_provider_badge_measure (GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline)
{
  LanyardProviderBadge *self = LANYARD_PROVIDER_BADGE (widget);

  *minimum = *natural = self->size;
}

static void
lanyard_provider_badge_get_property (GObject *object,
                                     guint property_id,
                                     GValue *value,
                                     GParamSpec *pspec)
{
  LanyardProviderBadge *self = LANYARD_PROVIDER_BADGE (object);

  switch (property_id)
    {
    case PROP_PROVIDER:
      g_value_set_object (value, self->provider);
      break;
    case PROP_SIZE:
      g_value_set_int (value, self->size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_provider_badge_set_property (GObject *object,
                                     guint property_id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  LanyardProviderBadge *self = LANYARD_PROVIDER_BADGE (object);

  switch (property_id)
    {
    case PROP_PROVIDER:
      lanyard_provider_badge_set_provider (self, g_value_get_object (value));
      break;
    case PROP_SIZE:
      lanyard_provider_badge_set_size (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_provider_badge_dispose (GObject *object)
{
  LanyardProviderBadge *self = LANYARD_PROVIDER_BADGE (object);

  g_clear_object (&self->provider);

  G_OBJECT_CLASS (lanyard_provider_badge_parent_class)->dispose (object);
}

static void
lanyard_provider_badge_class_init (LanyardProviderBadgeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_provider_badge_dispose;
  object_class->get_property = lanyard_provider_badge_get_property;
  object_class->set_property = lanyard_provider_badge_set_property;
  widget_class->measure = lanyard_provider_badge_measure;
  widget_class->snapshot = lanyard_provider_badge_snapshot;

  properties[PROP_PROVIDER] =
    g_param_spec_object ("provider", NULL, NULL, LANYARD_TYPE_PROVIDER,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SIZE] =
    g_param_spec_int ("size", NULL, NULL, 1, 512, DEFAULT_SIZE,
                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "providerbadge");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lanyard_provider_badge_init (LanyardProviderBadge *self)
{
  self->size = DEFAULT_SIZE;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

GtkWidget *
lanyard_provider_badge_new (void)
{
  return g_object_new (LANYARD_TYPE_PROVIDER_BADGE, NULL);
}

void
lanyard_provider_badge_set_provider (LanyardProviderBadge *self, LanyardProvider *provider)
{
  g_return_if_fail (LANYARD_IS_PROVIDER_BADGE (self));
  g_return_if_fail (provider == NULL || LANYARD_IS_PROVIDER (provider));

  if (!g_set_object (&self->provider, provider))
    return;

  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROVIDER]);
}

void
lanyard_provider_badge_set_size (LanyardProviderBadge *self, int size)
{
  g_return_if_fail (LANYARD_IS_PROVIDER_BADGE (self));
  g_return_if_fail (size > 0);

  if (self->size == size)
    return;

  self->size = size;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

void
lanyard_provider_badge_draw (GtkWidget *widget,
                             GtkSnapshot *snapshot,
                             LanyardProvider *provider,
                             int size)
{
  g_autofree char *letter = NULL;
  GdkRGBA foreground;
  GdkRGBA background;
  GdkRGBA border;
  GskRoundedRect outline;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &foreground);
  background = border = foreground;
  background.alpha *= 0.12;
  /* A thin edge keeps a colour that is near the window's from melting into it. */
  border.alpha *= 0.14;
  if (provider != NULL)
    gdk_rgba_parse (&background, lanyard_provider_get_color (provider));

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, size, size), size * 0.25f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &background, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ border, border, border, border });

  if (provider == NULL)
    {
      draw_globe (widget, snapshot, &foreground, size);
      return;
    }

  letter = dup_letter (lanyard_provider_get_name (provider));
  foreground = choose_letter_color (&background);
  draw_letter (widget, snapshot, letter, &foreground, size);
}
