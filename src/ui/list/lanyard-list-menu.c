/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-list-menu.h"

#include <glib/gi18n.h>

#include "lanyard-sign-in.h"

static void
add_item (GMenu *section, const char *label, const char *action, LanyardListEntry *entry)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", lanyard_list_entry_get_id (entry));
  g_menu_append_item (section, item);
}

static void
add_section (GMenu *menu, GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/* An inactive authorization is handed out to nobody, and neither used nor shown here. */
static void
add_uses (GMenu *menu, LanyardListEntry *entry, LanyardManager *manager)
{
  LanyardAuthorization *authorization = lanyard_list_entry_get_authorization (entry);
  g_autoptr (GMenu) sign_in = g_menu_new ();
  g_autoptr (GMenu) copy = g_menu_new ();
  gboolean is_new = lanyard_authorization_get_status (authorization) == LANYARD_STATUS_NEW;

  if (lanyard_sign_in_is_offered (manager, authorization))
    add_item (sign_in, is_new ? _ ("_Authorize") : _ ("_Authorize Again"),
              "authorization.authorize", entry);
  if (!is_new)
    {
      add_item (sign_in, _ ("_Test"), "authorization.test", entry);
      add_item (copy, _ ("Copy T_oken"), "authorization.copy-token", entry);
      add_item (copy, _ ("Copy as c_URL"), "authorization.copy-curl", entry);
    }
  add_section (menu, sign_in);
  add_section (menu, copy);
}

GMenuModel *
lanyard_list_menu_new (LanyardListEntry *entry, LanyardManager *manager)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) open = g_menu_new ();
  g_autoptr (GMenu) change = g_menu_new ();
  LanyardAuthorization *authorization;
  gboolean active;

  g_return_val_if_fail (LANYARD_IS_LIST_ENTRY (entry), NULL);
  g_return_val_if_fail (LANYARD_IS_MANAGER (manager), NULL);

  authorization = lanyard_list_entry_get_authorization (entry);
  active = lanyard_authorization_is_active (authorization);
  if (lanyard_list_entry_get_progress (entry) != NULL)
    add_item (open, _ ("_Cancel"), "authorization.cancel", entry);
  add_item (open, _ ("_Edit"), "authorization.open", entry);
  add_section (menu, open);
  if (active)
    add_uses (menu, entry, manager);

  add_item (change, active ? _ ("Deacti_vate") : _ ("Acti_vate"), "authorization.toggle-active",
            entry);
  add_item (change, _ ("D_uplicate"), "authorization.duplicate", entry);
  add_item (change, _ ("E_xport…"), "authorization.export", entry);
  add_item (change, _ ("_Delete…"), "authorization.delete", entry);
  add_section (menu, change);
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static gboolean
unparent_cb (gpointer user_data)
{
  gtk_widget_unparent (user_data);
  return G_SOURCE_REMOVE;
}

/* The item that was chosen is activated after the menu has closed: the menu has to live until
 * then. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

void
lanyard_list_menu_popup (GtkWidget *widget,
                         GtkWidget *anchor,
                         const graphene_point_t *point,
                         LanyardListEntry *entry,
                         LanyardManager *manager)
{
  g_autoptr (GMenuModel) menu = NULL;
  GtkWidget *popover;
  graphene_rect_t bounds;
  GdkRectangle rectangle;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (GTK_IS_WIDGET (anchor));

  menu = lanyard_list_menu_new (entry, manager);
  if (point != NULL)
    rectangle = (GdkRectangle){ (int)point->x, (int)point->y, 1, 1 };
  else if (gtk_widget_compute_bounds (anchor, widget, &bounds))
    rectangle = (GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y, (int)bounds.size.width,
                                (int)bounds.size.height };
  else
    return;

  popover = gtk_popover_menu_new_from_model (menu);
  gtk_widget_set_parent (popover, widget);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &rectangle);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), point == NULL);
  if (point != NULL)
    gtk_widget_set_halign (popover, GTK_ALIGN_START);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}
