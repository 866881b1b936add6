/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-list-header.h"

#include <glib/gi18n.h>

#include "lanyard-list-columns.h"
#include "lanyard-list-layout.h"
#include "lanyard-list-row.h"

#define N_COLUMNS 3
#define PADDING 4

struct _LanyardListHeader
{
  GtkWidget parent_instance;

  /* Borrowed: children, the titles by LanyardListSort */
  GtkWidget *titles[N_COLUMNS];
  GtkWidget *arrows[N_COLUMNS];
  /* Never seen: they are as wide as a row's buttons. */
  GtkWidget *sample_action;
  GtkWidget *sample_menu;

  LanyardListSort sort;
};

static const struct
{
  const char *action_target;
  const char *label;
} columns_info[N_COLUMNS] = {
  [LANYARD_LIST_SORT_NAME] = { "name", N_ ("Name") },
  [LANYARD_LIST_SORT_PROVIDER] = { "provider", N_ ("Provider") },
  [LANYARD_LIST_SORT_STATUS] = { "status", N_ ("Status") },
};

G_DEFINE_FINAL_TYPE (LanyardListHeader, lanyard_list_header, GTK_TYPE_WIDGET)

static void
clicked_cb (LanyardListHeader *self, GtkWidget *button)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      if (self->titles[i] != button)
        continue;
      if (self->sort == i)
        gtk_widget_activate_action (button, "win.descending", NULL);
      else
        gtk_widget_activate_action (button, "win.sort", "s", columns_info[i].action_target);
      return;
    }
}

static void
add_title (LanyardListHeader *self, LanyardListSort sort)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ (columns_info[sort].label));
  GtkWidget *arrow = gtk_image_new ();
  GtkWidget *button = gtk_button_new ();

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), arrow);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "title");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (columns_info[sort].label), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  self->titles[sort] = button;
  self->arrows[sort] = arrow;
}

/* The title's text stands above the column's text, and its button reaches beyond it. */
static void
place_title (LanyardListHeader *self, LanyardListSort sort, int x, int width, int height)
{
  GtkWidget *button = self->titles[sort];
  GtkWidget *box = gtk_button_get_child (GTK_BUTTON (button));
  int natural = lanyard_list_layout_measure (button, GTK_ORIENTATION_HORIZONTAL);
  int inset = (natural - lanyard_list_layout_measure (box, GTK_ORIENTATION_HORIZONTAL)) / 2;

  lanyard_list_layout_place (button, x - inset, PADDING, MIN (natural, width + inset),
                             height - 2 * PADDING);
}

static void
lanyard_list_header_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LanyardListHeader *self = LANYARD_LIST_HEADER (widget);
  LanyardListMode mode = lanyard_list_columns_get_mode (width);
  LanyardListColumns columns;
  int actions_width;

  lanyard_list_layout_show (self->titles[LANYARD_LIST_SORT_NAME], mode != LANYARD_LIST_NARROW);
  lanyard_list_layout_show (self->titles[LANYARD_LIST_SORT_STATUS], mode != LANYARD_LIST_NARROW);
  lanyard_list_layout_show (self->titles[LANYARD_LIST_SORT_PROVIDER], mode == LANYARD_LIST_WIDE);
  if (mode == LANYARD_LIST_NARROW)
    return;

  actions_width = lanyard_list_layout_measure (self->sample_action, GTK_ORIENTATION_HORIZONTAL) +
                  LANYARD_LIST_BUTTON_GAP +
                  lanyard_list_layout_measure (self->sample_menu, GTK_ORIENTATION_HORIZONTAL);
  lanyard_list_columns_compute (&columns, width, actions_width);
  if (mode == LANYARD_LIST_WIDE)
    place_title (self, LANYARD_LIST_SORT_PROVIDER, columns.provider_x, columns.provider_width,
                 height);
  place_title (self, LANYARD_LIST_SORT_NAME, columns.name_x, columns.name_width, height);
  place_title (self, LANYARD_LIST_SORT_STATUS, columns.status_x + LANYARD_LIST_STATUS_INSET,
               columns.status_width, height);
}

static void
lanyard_list_header_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  LanyardListHeader *self = LANYARD_LIST_HEADER (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  if (for_size >= 0 && lanyard_list_columns_get_mode (for_size) == LANYARD_LIST_NARROW)
    return;

  for (guint i = 0; i < N_COLUMNS; i++)
    *natural =
      MAX (*natural, lanyard_list_layout_measure (self->titles[i], GTK_ORIENTATION_VERTICAL));
  *natural += 2 * PADDING;
  *minimum = *natural;
}

static GtkSizeRequestMode
lanyard_list_header_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
lanyard_list_header_dispose (GObject *object)
{
  LanyardListHeader *self = LANYARD_LIST_HEADER (object);

  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_pointer (&self->titles[i], gtk_widget_unparent);
  g_clear_pointer (&self->sample_action, gtk_widget_unparent);
  g_clear_pointer (&self->sample_menu, gtk_widget_unparent);

  G_OBJECT_CLASS (lanyard_list_header_parent_class)->dispose (object);
}

static void
lanyard_list_header_class_init (LanyardListHeaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_list_header_dispose;
  widget_class->size_allocate = lanyard_list_header_size_allocate;
  widget_class->measure = lanyard_list_header_measure;
  widget_class->get_request_mode = lanyard_list_header_get_request_mode;

  gtk_widget_class_set_css_name (widget_class, "listheader");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
add_sample (LanyardListHeader *self, GtkWidget *button)
{
  gtk_widget_set_focusable (button, FALSE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  gtk_widget_set_child_visible (button, FALSE);
}

static void
lanyard_list_header_init (LanyardListHeader *self)
{
  add_title (self, LANYARD_LIST_SORT_PROVIDER);
  add_title (self, LANYARD_LIST_SORT_NAME);
  add_title (self, LANYARD_LIST_SORT_STATUS);
  self->sample_action = lanyard_list_row_new_action_button ();
  self->sample_menu = lanyard_list_row_new_menu_button ();
  add_sample (self, self->sample_action);
  add_sample (self, self->sample_menu);
  lanyard_list_header_set_sort (self, LANYARD_LIST_SORT_NAME, FALSE);
}

GtkWidget *
lanyard_list_header_new (void)
{
  return g_object_new (LANYARD_TYPE_LIST_HEADER, NULL);
}

void
lanyard_list_header_set_sort (LanyardListHeader *self, LanyardListSort sort, gboolean descending)
{
  g_return_if_fail (LANYARD_IS_LIST_HEADER (self));

  self->sort = sort;
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      const char *icon = descending ? "pan-up-symbolic" : "pan-down-symbolic";
      GtkAccessibleSort accessible =
        descending ? GTK_ACCESSIBLE_SORT_DESCENDING : GTK_ACCESSIBLE_SORT_ASCENDING;

      gtk_image_set_from_icon_name (GTK_IMAGE (self->arrows[i]), i == sort ? icon : NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->titles[i]),
                                      GTK_ACCESSIBLE_PROPERTY_SORT,
                                      i == sort ? accessible : GTK_ACCESSIBLE_SORT_NONE, -1);
    }
}
