/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-list-view.h"

#include <glib/gi18n.h>

#include "lanyard-list-columns.h"
#include "lanyard-list-header.h"
#include "lanyard-list-menu.h"
#include "lanyard-list-row.h"

/* Rows that are filled beyond those that are in sight. */
#define EXTRA_ROWS 3
/* How high the list is taken to be before it is there. */
#define FIRST_HEIGHT 640

struct _LanyardListView
{
  GtkWidget parent_instance;

  /* Owned */
  LanyardListModel *model;
  LanyardManager *manager;
  GHashTable *rows; /* of LanyardListRow that have an entry, to their GtkListItem; both borrowed */

  /* Borrowed: children */
  GtkWidget *header;
  GtkWidget *scrolled;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (LanyardListView, lanyard_list_view, GTK_TYPE_WIDGET)

static GtkAdjustment *
get_adjustment (LanyardListView *self)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
}

static gboolean
is_in_sight (LanyardListView *self, GtkListItem *item)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  GtkWidget *first = gtk_widget_get_first_child (self->list);
  double height = first == NULL ? 0 : gtk_widget_get_height (first);
  double page = gtk_adjustment_get_page_size (adjustment);
  double position = gtk_list_item_get_position (item);
  double begin;

  if (height < LANYARD_LIST_ROW_HEIGHT)
    height = LANYARD_LIST_ROW_HEIGHT;
  if (page <= 0)
    page = FIRST_HEIGHT;
  begin = gtk_adjustment_get_value (adjustment) / height;
  return position >= begin - EXTRA_ROWS && position <= begin + page / height + EXTRA_ROWS;
}

static void
fill (LanyardListView *self, LanyardListRow *row)
{
  lanyard_list_row_fill (row, lanyard_manager_get_keyring_error (self->manager));
}

/* Fills the rows that have come into sight, since something was scrolled, resized, added or
 * removed. */
static void
fill_rows_in_sight (LanyardListView *self)
{
  GHashTableIter iter;
  gpointer row;
  gpointer item;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, &item))
    if (!lanyard_list_row_is_filled (row) && is_in_sight (self, item))
      fill (self, row);
}

static void
show_sort (LanyardListView *self)
{
  gboolean descending;
  LanyardListSort sort = lanyard_list_model_get_sort (self->model, &descending);

  lanyard_list_header_set_sort (LANYARD_LIST_HEADER (self->header), sort, descending);
}

static void
reordered_cb (LanyardListView *self)
{
  gtk_adjustment_set_value (get_adjustment (self), 0);
  show_sort (self);
}

static LanyardListRow *
find_row (LanyardListView *self, const char *id)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    {
      LanyardListEntry *entry = lanyard_list_row_get_entry (row);

      if (entry != NULL && g_strcmp0 (lanyard_list_entry_get_id (entry), id) == 0)
        return row;
    }
  return NULL;
}

static void
open_menu (LanyardListView *self, LanyardListRow *row, const graphene_point_t *point)
{
  LanyardListEntry *entry = lanyard_list_row_get_entry (row);

  if (entry != NULL)
    lanyard_list_menu_popup (GTK_WIDGET (row), lanyard_list_row_get_menu_anchor (row), point, entry,
                             self->manager);
}

static void
menu_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LanyardListView *self = LANYARD_LIST_VIEW (widget);
  LanyardListRow *row = find_row (self, g_variant_get_string (parameter, NULL));

  if (row != NULL)
    open_menu (self, row, NULL);
}

static void
pressed_cb (LanyardListView *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkWidget *picked = gtk_widget_pick (self->list, x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = NULL;
  graphene_point_t point;

  if (picked != NULL && !LANYARD_IS_LIST_ROW (picked))
    row = gtk_widget_get_ancestor (picked, LANYARD_TYPE_LIST_ROW);
  else
    row = picked;
  if (row == NULL && picked != NULL)
    row = gtk_widget_get_first_child (picked);
  if (!LANYARD_IS_LIST_ROW (row) ||
      !gtk_widget_compute_point (self->list, row, &GRAPHENE_POINT_INIT (x, y), &point))
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, LANYARD_LIST_ROW (row), &point);
}

static void
activate_cb (LanyardListView *self, guint position)
{
  g_autoptr (LanyardListEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (entry != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "authorization.open", "s",
                                lanyard_list_entry_get_id (entry));
}

static void
setup_cb (LanyardListView *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, lanyard_list_row_new ());
  /* The row takes the focus itself; a list item of GTK 4.12 and later would take it besides. */
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (item), "focusable") != NULL)
    g_object_set (item, "focusable", FALSE, NULL);
}

static void
bind_cb (LanyardListView *self, GtkListItem *item)
{
  LanyardListRow *row = LANYARD_LIST_ROW (gtk_list_item_get_child (item));

  lanyard_list_row_set_entry (row, gtk_list_item_get_item (item));
  g_hash_table_insert (self->rows, row, item);
  if (is_in_sight (self, item))
    fill (self, row);
}

static void
unbind_cb (LanyardListView *self, GtkListItem *item)
{
  LanyardListRow *row = LANYARD_LIST_ROW (gtk_list_item_get_child (item));

  g_hash_table_remove (self->rows, row);
  lanyard_list_row_set_entry (row, NULL);
}

static GtkWidget *
make_list (LanyardListView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkWidget *list;

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);

  list = gtk_list_view_new (NULL, factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (list), TRUE);
  gtk_widget_add_css_class (list, "authorizations");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Authorizations"), -1);
  g_signal_connect_object (list, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (list, GTK_EVENT_CONTROLLER (click));
  return list;
}

static gboolean
lanyard_list_view_grab_focus (GtkWidget *widget)
{
  LanyardListView *self = LANYARD_LIST_VIEW (widget);

  return gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
}

static void
lanyard_list_view_dispose (GObject *object)
{
  LanyardListView *self = LANYARD_LIST_VIEW (object);

  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->model);
  g_clear_object (&self->manager);

  G_OBJECT_CLASS (lanyard_list_view_parent_class)->dispose (object);
}

static void
lanyard_list_view_finalize (GObject *object)
{
  LanyardListView *self = LANYARD_LIST_VIEW (object);

  g_hash_table_unref (self->rows);

  G_OBJECT_CLASS (lanyard_list_view_parent_class)->finalize (object);
}

static void
lanyard_list_view_class_init (LanyardListViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_list_view_dispose;
  object_class->finalize = lanyard_list_view_finalize;
  widget_class->grab_focus = lanyard_list_view_grab_focus;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "list.menu", "s", menu_cb);
}

static void
lanyard_list_view_init (LanyardListView *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->rows = g_hash_table_new (NULL, NULL);
  self->header = lanyard_list_header_new ();
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
  self->list = make_list (self);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->list);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  g_signal_connect_object (get_adjustment (self), "value-changed", G_CALLBACK (fill_rows_in_sight),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_adjustment (self), "notify::page-size",
                           G_CALLBACK (fill_rows_in_sight), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

GtkWidget *
lanyard_list_view_new (void)
{
  return g_object_new (LANYARD_TYPE_LIST_VIEW, NULL);
}

void
lanyard_list_view_set_model (LanyardListView *self,
                             LanyardListModel *model,
                             LanyardManager *manager)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  g_return_if_fail (LANYARD_IS_LIST_VIEW (self));
  g_return_if_fail (LANYARD_IS_LIST_MODEL (model));
  g_return_if_fail (LANYARD_IS_MANAGER (manager));
  g_return_if_fail (self->model == NULL);

  self->model = g_object_ref (model);
  self->manager = g_object_ref (manager);
  g_signal_connect_object (model, "reordered", G_CALLBACK (reordered_cb), self, G_CONNECT_SWAPPED);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (model)));
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list), GTK_SELECTION_MODEL (selection));
  /* After the list, which moves its rows. */
  g_signal_connect_object (model, "items-changed", G_CALLBACK (fill_rows_in_sight), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  show_sort (self);
}

void
lanyard_list_view_refresh (LanyardListView *self)
{
  GHashTableIter iter;
  gpointer row;

  g_return_if_fail (LANYARD_IS_LIST_VIEW (self));

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    if (lanyard_list_row_is_filled (row))
      fill (self, row);
}
