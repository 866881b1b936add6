/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-site-button.h"

#include <glib/gi18n-lib.h>

#include "lanyard-certificate.h"

struct _LanyardSiteButton
{
  AdwBin parent_instance;

  /* Owned */
  LanyardSite *site;

  /* Template */
  GtkMenuButton *button;
  GtkImage *icon;
  GtkLabel *host_label;
  GtkLabel *state_label;
  GtkLabel *full_host_label;
  GtkLabel *explanation_label;
  GtkWidget *certificate_box;
  GtkLabel *subject_label;
  GtkLabel *issuer_label;
  GtkLabel *validity_label;
};

enum
{
  PROP_SITE = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LanyardSiteButton, lanyard_site_button, ADW_TYPE_BIN)

static const char *
get_style (LanyardSiteState state)
{
  if (state == LANYARD_SITE_SECURE)
    return "success";
  if (state == LANYARD_SITE_MIXED)
    return "warning";
  return state == LANYARD_SITE_UNTRUSTED ? "error" : "dim-label";
}

static void
show_certificate (LanyardSiteButton *self, GTlsCertificate *certificate)
{
  g_autofree char *subject = NULL;
  g_autofree char *issuer = NULL;
  g_autofree char *validity = NULL;

  gtk_widget_set_visible (self->certificate_box, certificate != NULL);
  if (certificate == NULL)
    return;

  subject = lanyard_certificate_dup_subject (certificate);
  issuer = lanyard_certificate_dup_issuer (certificate);
  validity = lanyard_certificate_dup_validity (certificate);
  gtk_label_set_label (self->subject_label, subject != NULL ? subject : "?");
  gtk_label_set_label (self->issuer_label, issuer != NULL ? issuer : "?");
  gtk_label_set_label (self->validity_label, validity != NULL ? validity : "?");
}

static void
show_site (LanyardSiteButton *self)
{
  const char *host = lanyard_site_get_host (self->site);
  const char *label = lanyard_site_get_label (self->site);
  const char *style[] = { get_style (lanyard_site_get_state (self->site)), NULL };
  const char *caption_style[] = { "caption", style[0], NULL };
  g_autofree char *description = NULL;

  gtk_image_set_from_icon_name (self->icon, lanyard_site_get_icon_name (self->site));
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), style);
  gtk_label_set_label (self->host_label, host);
  gtk_label_set_label (self->state_label, label);
  gtk_widget_set_css_classes (GTK_WIDGET (self->state_label), caption_style);
  gtk_label_set_label (self->full_host_label, host);
  gtk_label_set_label (self->explanation_label, lanyard_site_get_explanation (self->site));
  show_certificate (self, lanyard_site_get_certificate (self->site));

  /* Translators: a host, and how safe the connection to it is */
  description = g_strdup_printf (_ ("%s: %s"), host, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  description, -1);
}

static void
lanyard_site_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SITE:
      lanyard_site_button_set_site (LANYARD_SITE_BUTTON (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lanyard_site_button_dispose (GObject *object)
{
  LanyardSiteButton *self = LANYARD_SITE_BUTTON (object);

  /* The bin would let go once more of a child that the template has let go of. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), LANYARD_TYPE_SITE_BUTTON);
  g_clear_object (&self->site);

  G_OBJECT_CLASS (lanyard_site_button_parent_class)->dispose (object);
}

static void
lanyard_site_button_class_init (LanyardSiteButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = lanyard_site_button_set_property;
  object_class->dispose = lanyard_site_button_dispose;

  properties[PROP_SITE] =
    g_param_spec_object ("site", NULL, NULL, LANYARD_TYPE_SITE,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/lanyard/consent/lanyard-site-button.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardSiteButton, button);
  gtk_widget_class_bind_template_child (widget_class, LanyardSiteButton, icon);
  gtk_widget_class_bind_template_child (widget_class, LanyardSiteButton, host_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardSiteButton, state_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardSiteButton, full_host_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardSiteButton, explanation_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardSiteButton, certificate_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardSiteButton, subject_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardSiteButton, issuer_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardSiteButton, validity_label);
}

static void
lanyard_site_button_init (LanyardSiteButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lanyard_site_button_set_site (LanyardSiteButton *self, LanyardSite *site)
{
  g_return_if_fail (LANYARD_IS_SITE_BUTTON (self));
  g_return_if_fail (site == NULL || LANYARD_IS_SITE (site));

  if (!g_set_object (&self->site, site))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), site != NULL);
  if (site != NULL)
    show_site (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SITE]);
}
