/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider-chooser.h"

#include "lanyard-provider-badge.h"
#include "lanyard-text.h"

#include <glib/gi18n.h>

struct _LanyardProviderChooser
{
  AdwActionRow parent_instance;

  /* Owned */
  LanyardProvider *provider;
  GtkFilterListModel *found;
  GtkCustomFilter *filter;
  char *key;

  gboolean is_nothing_found;

  /* Template */
  GtkMenuButton *button;
  GtkPopover *popover;
  LanyardProviderBadge *badge;
  GtkLabel *label;
  GtkLabel *nothing_label;
  GtkSearchEntry *search_entry;
  GtkListView *list_view;
};

enum
{
  PROP_MODEL = 1,
  PROP_PROVIDER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LanyardProviderChooser, lanyard_provider_chooser, ADW_TYPE_ACTION_ROW)

/* Who finds nothing can enter everything: then the custom ones are what is left. */
static gboolean
match_provider (gpointer item, gpointer user_data)
{
  LanyardProviderChooser *self = user_data;

  if (self->key == NULL)
    return TRUE;
  if (self->is_nothing_found)
    return lanyard_provider_is_custom (item);
  return lanyard_provider_matches (item, self->key);
}

static gboolean
is_nothing_found (LanyardProviderChooser *self)
{
  GListModel *model = gtk_filter_list_model_get_model (self->found);
  guint n_items = model != NULL ? g_list_model_get_n_items (model) : 0;

  for (guint i = 0; self->key != NULL && i < n_items; i++)
    {
      g_autoptr (LanyardProvider) provider = g_list_model_get_item (model, i);

      if (lanyard_provider_matches (provider, self->key))
        return FALSE;
    }

  return self->key != NULL;
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
  g_autoptr (LanyardProvider) provider =
               g_list_model_get_item (G_LIST_MODEL (self->found), position);

  if (provider == NULL)
    return;

  gtk_popover_popdown (self->popover);
  lanyard_provider_chooser_set_provider (self, provider);
}

static void
changed_cb (LanyardProviderChooser *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  g_clear_pointer (&self->key, g_free);
  if (*text != '\0')
    self->key = lanyard_text_dup_key (text);
  self->is_nothing_found = is_nothing_found (self);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing_label), self->is_nothing_found);
}

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

static void
activate_cb (LanyardProviderChooser *self, guint position)
{
  choose (self, position);
}

static void
show_cb (LanyardProviderChooser *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
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
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  LanyardProvider *provider = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *badge = gtk_widget_get_first_child (box);
  const char *name = lanyard_provider_get_name (provider);

  lanyard_provider_badge_set_provider (LANYARD_PROVIDER_BADGE (badge), provider);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (badge)), name);
  /* The row around the box is what has the focus and is read out. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (box)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
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
    case PROP_MODEL:
      lanyard_provider_chooser_set_model (self, g_value_get_object (value));
      break;
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

  /* The filter calls back into this object, and may outlive it in the list view. */
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_PROVIDER_CHOOSER);
  g_clear_object (&self->filter);
  g_clear_object (&self->found);
  g_clear_object (&self->provider);

  G_OBJECT_CLASS (lanyard_provider_chooser_parent_class)->dispose (object);
}

static void
lanyard_provider_chooser_finalize (GObject *object)
{
  g_free (LANYARD_PROVIDER_CHOOSER (object)->key);

  G_OBJECT_CLASS (lanyard_provider_chooser_parent_class)->finalize (object);
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
  gtk_widget_class_bind_template_child (widget_class, LanyardProviderChooser, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardProviderChooser, list_view);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
}

static void
lanyard_provider_chooser_class_init (LanyardProviderChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_provider_chooser_dispose;
  object_class->finalize = lanyard_provider_chooser_finalize;
  object_class->get_property = lanyard_provider_chooser_get_property;
  object_class->set_property = lanyard_provider_chooser_set_property;

  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
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
  self->filter = gtk_custom_filter_new (match_provider, self, NULL);
  self->found = gtk_filter_list_model_new (NULL, g_object_ref (GTK_FILTER (self->filter)));
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->found)));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  show_label (self, _ ("Choose…"));
}

void
lanyard_provider_chooser_set_model (LanyardProviderChooser *self, GListModel *model)
{
  g_return_if_fail (LANYARD_IS_PROVIDER_CHOOSER (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  gtk_filter_list_model_set_model (self->found, model);
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
