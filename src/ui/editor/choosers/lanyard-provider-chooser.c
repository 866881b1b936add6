/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider-chooser.h"

#include "lanyard-provider-badge.h"
#include "lanyard-provider-item.h"

#include <glib/gi18n.h>

struct _LanyardProviderChooser
{
  AdwActionRow parent_instance;

  /* Owned */
  LanyardProvider *provider;
  LanyardCatalogue *catalogue;
  GListStore *items;

  /* Template */
  GtkMenuButton *button;
  GtkPopover *popover;
  LanyardProviderBadge *badge;
  GtkLabel *label;
  GtkLabel *nothing_label;
  GtkWidget *problem_box;
  GtkLabel *problem_label;
  GtkSearchEntry *search_entry;
  GtkListView *list_view;
};

enum
{
  PROP_PROVIDER = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LanyardProviderChooser, lanyard_provider_chooser, ADW_TYPE_ACTION_ROW)

static void
fill (LanyardProviderChooser *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  gboolean is_found = lanyard_provider_items_fill (self->items, self->catalogue, words);

  gtk_widget_set_visible (GTK_WIDGET (self->nothing_label), !is_found);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->items)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u", 0);
}

/* A file of the person's own that is broken would be missing from the list without a word. */
static void
show_problems (LanyardProviderChooser *self)
{
  g_auto (GStrv) problems = lanyard_catalogue_list_problems (self->catalogue);
  guint n_more = *problems != NULL ? g_strv_length (problems) - 1 : 0;
  g_autoptr (GString) text = g_string_new (*problems);

  /* They are mended one after the other. */
  if (n_more > 0)
    /* Translators: behind a message on one file */
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE, "\n%u more file cannot be used either.",
                                         "\n%u more files cannot be used either.", n_more),
                            n_more);
  gtk_label_set_text (self->problem_label, text->str);
  gtk_widget_set_visible (self->problem_box, *problems != NULL);
}

static void
show_label (LanyardProviderChooser *self, const char *text)
{
  /* Translators: %s is the name of the provider that is chosen */
  g_autofree char *name = g_strdup_printf (_ ("Provider: %s"), text);

  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
choose (LanyardProviderChooser *self, guint position)
{
  g_autoptr (LanyardProviderItem) item =
    g_list_model_get_item (G_LIST_MODEL (self->items), position);
  LanyardProvider *provider = item != NULL ? lanyard_provider_item_get_provider (item) : NULL;

  if (provider == NULL)
    return;

  gtk_popover_popdown (self->popover);
  lanyard_provider_chooser_set_provider (self, provider);
}

static void
changed_cb (LanyardProviderChooser *self)
{
  if (self->catalogue != NULL)
    fill (self);
}

/* Enter takes the first that was found; without a search there is nothing to take. */
static void
search_activate_cb (LanyardProviderChooser *self)
{
  choose (self, 0);
}

static void
stop_search_cb (LanyardProviderChooser *self)
{
  gtk_popover_popdown (self->popover);
}

/* Its action asks for the address. */
static void
issuer_clicked_cb (LanyardProviderChooser *self)
{
  gtk_popover_popdown (self->popover);
}

static void
activate_cb (LanyardProviderChooser *self, guint position)
{
  choose (self, position);
}

static void
show_cb (LanyardProviderChooser *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  if (self->catalogue != NULL)
    {
      fill (self);
      show_problems (self);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
catalogue_changed_cb (LanyardProviderChooser *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    return;

  fill (self);
  show_problems (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *badge = lanyard_provider_badge_new ();
  GtkWidget *label = gtk_label_new (NULL);

  lanyard_provider_badge_set_size (LANYARD_PROVIDER_BADGE (badge), 24);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  LanyardProviderItem *item = gtk_list_item_get_item (list_item);
  LanyardProvider *provider = lanyard_provider_item_get_provider (item);
  GtkWidget *box = gtk_list_item_get_child (list_item);
  GtkWidget *badge = gtk_widget_get_first_child (box);
  GtkWidget *label = gtk_widget_get_next_sibling (badge);
  GtkWidget *row = gtk_widget_get_parent (box);
  const char *text = provider != NULL ? lanyard_provider_get_name (provider)
                                      : lanyard_provider_item_get_heading (item);

  lanyard_provider_badge_set_provider (LANYARD_PROVIDER_BADGE (badge), provider);
  gtk_widget_set_visible (badge, provider != NULL);
  gtk_label_set_text (GTK_LABEL (label), text);
  if (provider != NULL)
    gtk_widget_remove_css_class (row, "lanyard-heading");
  else
    gtk_widget_add_css_class (row, "lanyard-heading");
  gtk_list_item_set_activatable (list_item, provider != NULL);
  gtk_widget_set_focusable (row, provider != NULL);
  /* The row around the box is what has the focus and is read out. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
lanyard_provider_chooser_get_property (GObject *object,
                                       guint property_id,
                                       GValue *value,
                                       GParamSpec *pspec)
{
  LanyardProviderChooser *self = LANYARD_PROVIDER_CHOOSER (object);

  switch (property_id)
    {
    case PROP_PROVIDER:
      g_value_set_object (value, self->provider);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_provider_chooser_set_property (GObject *object,
                                       guint property_id,
                                       const GValue *value,
                                       GParamSpec *pspec)
{
  LanyardProviderChooser *self = LANYARD_PROVIDER_CHOOSER (object);

  switch (property_id)
    {
    case PROP_PROVIDER:
      lanyard_provider_chooser_set_provider (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_provider_chooser_dispose (GObject *object)
{
  LanyardProviderChooser *self = LANYARD_PROVIDER_CHOOSER (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_PROVIDER_CHOOSER);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->items);
  g_clear_object (&self->provider);

  G_OBJECT_CLASS (lanyard_provider_chooser_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/lanyard/Lanyard/editor/lanyard-provider-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardProviderChooser, button);
  gtk_widget_class_bind_template_child (widget_class, LanyardProviderChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, LanyardProviderChooser, badge);
  gtk_widget_class_bind_template_child (widget_class, LanyardProviderChooser, label);
  gtk_widget_class_bind_template_child (widget_class, LanyardProviderChooser, nothing_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardProviderChooser, problem_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardProviderChooser, problem_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardProviderChooser, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardProviderChooser, list_view);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, issuer_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
}

static void
lanyard_provider_chooser_class_init (LanyardProviderChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_provider_chooser_dispose;
  object_class->get_property = lanyard_provider_chooser_get_property;
  object_class->set_property = lanyard_provider_chooser_set_property;

  properties[PROP_PROVIDER] =
    g_param_spec_object ("provider", NULL, NULL, LANYARD_TYPE_PROVIDER,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (LANYARD_TYPE_PROVIDER_BADGE);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
lanyard_provider_chooser_init (LanyardProviderChooser *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  /* The name of the button says what it is for already. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->button),
                                 GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  self->items = g_list_store_new (LANYARD_TYPE_PROVIDER_ITEM);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  show_label (self, _ ("Choose…"));
}

void
lanyard_provider_chooser_set_catalogue (LanyardProviderChooser *self, LanyardCatalogue *catalogue)
{
  g_return_if_fail (LANYARD_IS_PROVIDER_CHOOSER (self));
  g_return_if_fail (LANYARD_IS_CATALOGUE (catalogue));
  g_return_if_fail (self->catalogue == NULL);

  self->catalogue = g_object_ref (catalogue);
  g_signal_connect_object (catalogue, "changed", G_CALLBACK (catalogue_changed_cb), self,
                           G_CONNECT_SWAPPED);
  lanyard_catalogue_watch (catalogue);
}

LanyardProvider *
lanyard_provider_chooser_get_provider (LanyardProviderChooser *self)
{
  g_return_val_if_fail (LANYARD_IS_PROVIDER_CHOOSER (self), NULL);

  return self->provider;
}

void
lanyard_provider_chooser_set_provider (LanyardProviderChooser *self, LanyardProvider *provider)
{
  g_return_if_fail (LANYARD_IS_PROVIDER_CHOOSER (self));
  g_return_if_fail (provider == NULL || LANYARD_IS_PROVIDER (provider));

  if (!g_set_object (&self->provider, provider))
    return;

  lanyard_provider_badge_set_provider (self->badge, provider);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), provider != NULL);
  show_label (self, provider != NULL ? lanyard_provider_get_name (provider) : _ ("Choose…"));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROVIDER]);
}

void
lanyard_provider_chooser_set_unknown (LanyardProviderChooser *self, const char *id)
{
  g_return_if_fail (LANYARD_IS_PROVIDER_CHOOSER (self));
  g_return_if_fail (id != NULL);

  lanyard_provider_chooser_set_provider (self, NULL);
  show_label (self, id);
}

void
lanyard_provider_chooser_open (LanyardProviderChooser *self)
{
  g_return_if_fail (LANYARD_IS_PROVIDER_CHOOSER (self));

  gtk_menu_button_popup (self->button);
}
