/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-list-row.h"

#include <glib/gi18n.h>

#include "lanyard-list-columns.h"
#include "lanyard-list-layout.h"
#include "lanyard-list-status.h"
#include "lanyard-provider-badge.h"

struct _LanyardListRow
{
  GtkWidget parent_instance;

  /* Owned */
  LanyardListEntry *entry;
  GSignalGroup *entry_signals; /* of the entry that the children show */
  GError *keyring_error;

  /* Borrowed: children, made when the row is first filled; those that only a narrow list shows are
   * made when they are needed */
  GtkWidget *badge;
  GtkWidget *provider;
  GtkWidget *name;
  GtkWidget *details;
  GtkWidget *compact_details;
  GtkWidget *status;
  GtkWidget *action;
  GtkWidget *compact_action;
  GtkWidget *menu;
};

/* How high a row that has been filled is, by LanyardListMode: what the empty ones take. */
static int known_heights[] = {
  LANYARD_LIST_ROW_HEIGHT,
  LANYARD_LIST_ROW_HEIGHT,
  LANYARD_LIST_ROW_HEIGHT,
};

G_DEFINE_FINAL_TYPE (LanyardListRow, lanyard_list_row, GTK_TYPE_WIDGET)

static GtkWidget *
add_label (LanyardListRow *self, const char *css_class)
{
  GtkWidget *label =
    g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, "xalign", 0.0, NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

/* Server text and names are shown as they are: the label takes no markup. */
static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text == NULL ? "" : text);
}

static const char *
get_action_label (LanyardListEntry *entry)
{
  if (lanyard_list_entry_get_progress (entry) != NULL)
    return _ ("Cancel");
  if (lanyard_authorization_is_active (lanyard_list_entry_get_authorization (entry)))
    return _ ("Deactivate");
  return _ ("Activate");
}

static const char *
get_action_icon (LanyardListEntry *entry)
{
  if (lanyard_list_entry_get_progress (entry) != NULL)
    return "process-stop-symbolic";
  if (lanyard_authorization_is_active (lanyard_list_entry_get_authorization (entry)))
    return "media-playback-pause-symbolic";
  return "media-playback-start-symbolic";
}

/* What a screen reader says when the row has the focus. */
static void
update_accessible_label (LanyardListRow *self)
{
  LanyardListStatus *status = LANYARD_LIST_STATUS (self->status);
  g_autofree char *label = NULL;

  /* Translators: name, provider, status and reason of an authorization, for a screen reader:
   * "Work calendar, Google, Authorized, renews in 42 min" */
  label = g_strdup_printf (_ ("%s, %s, %s, %s"), gtk_label_get_text (GTK_LABEL (self->name)),
                           gtk_label_get_text (GTK_LABEL (self->provider)),
                           lanyard_list_status_get_label (status),
                           lanyard_list_status_get_reason (status));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_compact (LanyardListRow *self, const char *details)
{
  const char *provider = lanyard_list_entry_get_provider_name (self->entry);
  const char *label = get_action_label (self->entry);
  g_autofree char *text = g_strdup_printf ("%s · %s", provider, details);

  set_text (self->compact_details, text);
  gtk_button_set_icon_name (GTK_BUTTON (self->compact_action), get_action_icon (self->entry));
  gtk_widget_set_tooltip_text (self->compact_action, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->compact_action),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_entry (LanyardListRow *self)
{
  LanyardAuthorization *authorization = lanyard_list_entry_get_authorization (self->entry);
  g_autofree char *details = lanyard_list_entry_dup_details (self->entry);

  lanyard_provider_badge_set_provider (LANYARD_PROVIDER_BADGE (self->badge),
                                       lanyard_list_entry_get_provider (self->entry));
  set_text (self->provider, lanyard_list_entry_get_provider_name (self->entry));
  set_text (self->name, lanyard_authorization_get_name (authorization));
  set_text (self->details, details);
  gtk_button_set_label (GTK_BUTTON (self->action), get_action_label (self->entry));
  lanyard_list_status_show (LANYARD_LIST_STATUS (self->status), self->entry, self->keyring_error);
  update_accessible_label (self);
  if (self->compact_action != NULL)
    show_compact (self, details);
}

static void
activate_for_entry (LanyardListRow *self, const char *action)
{
  if (self->entry != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, "s",
                                lanyard_list_entry_get_id (self->entry));
}

static void
action_clicked_cb (LanyardListRow *self)
{
  if (lanyard_list_entry_get_progress (self->entry) != NULL)
    activate_for_entry (self, "authorization.cancel");
  else
    activate_for_entry (self, "authorization.toggle-active");
}

static void
menu_clicked_cb (LanyardListRow *self)
{
  activate_for_entry (self, "list.menu");
}

static gboolean
delete_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  activate_for_entry (LANYARD_LIST_ROW (widget), "authorization.delete");
  return GDK_EVENT_STOP;
}

static gboolean
menu_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  activate_for_entry (LANYARD_LIST_ROW (widget), "list.menu");
  return GDK_EVENT_STOP;
}

static gboolean
move_focus_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  return gtk_widget_child_focus (widget, (GtkDirectionType)g_variant_get_int32 (args));
}

/* What only a list of less than full width shows is made when the first such width comes. */
static void
ensure_compact (LanyardListRow *self)
{
  if (self->compact_action != NULL)
    return;

  self->compact_details = add_label (self, "caption");
  gtk_widget_add_css_class (self->compact_details, "dim-label");
  self->compact_action = gtk_button_new ();
  gtk_widget_add_css_class (self->compact_action, "flat");
  gtk_widget_insert_after (self->compact_action, GTK_WIDGET (self), self->action);
  g_signal_connect_object (self->compact_action, "clicked", G_CALLBACK (action_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  if (self->entry != NULL)
    show_compact (self, gtk_label_get_text (GTK_LABEL (self->details)));
}

static void
ensure_children (LanyardListRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (self->badge != NULL)
    return;

  self->badge = lanyard_provider_badge_new ();
  lanyard_provider_badge_set_size (LANYARD_PROVIDER_BADGE (self->badge), LANYARD_LIST_BADGE_SIZE);
  gtk_widget_set_parent (self->badge, widget);
  self->provider = add_label (self, NULL);
  self->name = add_label (self, NULL);
  self->details = add_label (self, "caption");
  gtk_widget_add_css_class (self->details, "dim-label");
  self->status = lanyard_list_status_new ();
  gtk_widget_set_parent (self->status, widget);

  self->action = lanyard_list_row_new_action_button ();
  gtk_widget_set_parent (self->action, widget);
  g_signal_connect_object (self->action, "clicked", G_CALLBACK (action_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  self->menu = lanyard_list_row_new_menu_button ();
  gtk_widget_set_parent (self->menu, widget);
  g_signal_connect_object (self->menu, "clicked", G_CALLBACK (menu_clicked_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Two lines below each other, in the middle of the height. */
static void
place_pair (GtkWidget *upper, GtkWidget *lower, int x, int width, int height)
{
  int upper_height = lanyard_list_layout_measure (upper, GTK_ORIENTATION_VERTICAL);
  int lower_height = lanyard_list_layout_measure (lower, GTK_ORIENTATION_VERTICAL);
  int y = (height - upper_height - lower_height) / 2;

  lanyard_list_layout_place (upper, x, y, width, upper_height);
  lanyard_list_layout_place (lower, x, y + upper_height, width, lower_height);
}

static void
place_status (LanyardListRow *self, const LanyardListColumns *columns, int height)
{
  int line = lanyard_list_status_measure_line (LANYARD_LIST_STATUS (self->status));

  if (columns->mode == LANYARD_LIST_NARROW)
    lanyard_list_layout_place (self->status, columns->status_x,
                               height - LANYARD_LIST_PADDING - line, columns->status_width, line);
  else
    lanyard_list_layout_place (self->status, columns->status_x, 0, columns->status_width, height);
}

static void
place_buttons (LanyardListRow *self, const LanyardListColumns *columns, int height)
{
  GtkWidget *action = columns->mode == LANYARD_LIST_NARROW ? self->compact_action : self->action;
  int width = lanyard_list_layout_measure (action, GTK_ORIENTATION_HORIZONTAL);
  int button_height = lanyard_list_layout_measure (action, GTK_ORIENTATION_VERTICAL);
  int menu_height = lanyard_list_layout_measure (self->menu, GTK_ORIENTATION_VERTICAL);

  lanyard_list_layout_place (action, columns->actions_x, (height - button_height) / 2, width,
                             button_height);
  lanyard_list_layout_place (
    self->menu, columns->actions_x + width + LANYARD_LIST_BUTTON_GAP, (height - menu_height) / 2,
    lanyard_list_layout_measure (self->menu, GTK_ORIENTATION_HORIZONTAL), menu_height);
}

/* A menu that is open moves with the row. */
static void
present_menu (LanyardListRow *self)
{
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (self));

  if (GTK_IS_POPOVER (last))
    gtk_popover_present (GTK_POPOVER (last));
}

static int
get_actions_width (LanyardListRow *self, LanyardListMode mode)
{
  GtkWidget *action = mode == LANYARD_LIST_NARROW ? self->compact_action : self->action;

  return lanyard_list_layout_measure (action, GTK_ORIENTATION_HORIZONTAL) +
         LANYARD_LIST_BUTTON_GAP +
         lanyard_list_layout_measure (self->menu, GTK_ORIENTATION_HORIZONTAL);
}

static void
show_mode (LanyardListRow *self, LanyardListMode mode)
{
  gboolean wide = mode == LANYARD_LIST_WIDE;
  gboolean narrow = mode == LANYARD_LIST_NARROW;

  if (!wide)
    ensure_compact (self);
  lanyard_list_layout_show (self->provider, wide);
  lanyard_list_layout_show (self->details, wide);
  lanyard_list_layout_show (self->action, !narrow);
  lanyard_list_layout_show (self->compact_details, !wide);
  lanyard_list_layout_show (self->compact_action, narrow);
}

static void
lanyard_list_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LanyardListRow *self = LANYARD_LIST_ROW (widget);
  LanyardListMode mode = lanyard_list_columns_get_mode (width);
  LanyardListColumns columns;
  int badge = LANYARD_LIST_BADGE_SIZE;
  int name_height = height;

  if (self->badge == NULL)
    return;

  show_mode (self, mode);
  lanyard_list_columns_compute (&columns, width, get_actions_width (self, mode));
  if (mode == LANYARD_LIST_NARROW)
    name_height -= lanyard_list_status_measure_line (LANYARD_LIST_STATUS (self->status)) + 2;

  lanyard_list_layout_place (self->badge, columns.provider_x, (height - badge) / 2, badge, badge);
  if (mode == LANYARD_LIST_WIDE)
    {
      int inset = badge + LANYARD_LIST_SPACING;
      int provider_height = lanyard_list_layout_measure (self->provider, GTK_ORIENTATION_VERTICAL);

      lanyard_list_layout_place (self->provider, columns.provider_x + inset,
                                 (height - provider_height) / 2, columns.provider_width - inset,
                                 provider_height);
    }
  place_pair (self->name, mode == LANYARD_LIST_WIDE ? self->details : self->compact_details,
              columns.name_x, columns.name_width, name_height);
  place_status (self, &columns, height);
  place_buttons (self, &columns, name_height);
  present_menu (self);
}

static int
measure_height (LanyardListRow *self, LanyardListMode mode)
{
  LanyardListStatus *status = LANYARD_LIST_STATUS (self->status);
  int height = lanyard_list_layout_measure (self->name, GTK_ORIENTATION_VERTICAL) +
               lanyard_list_layout_measure (self->details, GTK_ORIENTATION_VERTICAL);

  if (mode == LANYARD_LIST_NARROW)
    height += lanyard_list_status_measure_line (status) + 4;
  else
    height = MAX (height, lanyard_list_layout_measure (self->status, GTK_ORIENTATION_VERTICAL));
  height = MAX (height, lanyard_list_layout_measure (self->action, GTK_ORIENTATION_VERTICAL));
  return MAX (height, LANYARD_LIST_BADGE_SIZE) + 2 * LANYARD_LIST_PADDING;
}

static void
lanyard_list_row_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  LanyardListRow *self = LANYARD_LIST_ROW (widget);
  LanyardListMode mode = LANYARD_LIST_WIDE;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LANYARD_LIST_MINIMUM_WIDTH;
      *natural = LANYARD_LIST_NATURAL_WIDTH;
      return;
    }

  if (for_size >= 0)
    mode = lanyard_list_columns_get_mode (for_size);
  if (self->badge != NULL)
    known_heights[mode] = measure_height (self, mode);
  *minimum = *natural = known_heights[mode];
}

static GtkSizeRequestMode
lanyard_list_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The row, its button, its menu button: forward and back among these, and out at both ends. A row
 * that the focus enters takes it itself, from whichever side. */
static gboolean
lanyard_list_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  LanyardListRow *self = LANYARD_LIST_ROW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *action = self->action;
  GtkWidget *focus = gtk_widget_get_focus_child (widget);
  gboolean forward;

  if (focus == NULL && !gtk_widget_is_focus (widget))
    return gtk_widget_grab_focus (widget);
  if (direction == GTK_DIR_UP || direction == GTK_DIR_DOWN)
    return FALSE;

  if (action == NULL)
    return FALSE;
  if (!gtk_widget_get_child_visible (action))
    action = self->compact_action;
  forward = direction == GTK_DIR_TAB_FORWARD || direction == (rtl ? GTK_DIR_LEFT : GTK_DIR_RIGHT);
  if (focus == NULL)
    return forward && gtk_widget_grab_focus (action);
  if (focus == action)
    return gtk_widget_grab_focus (forward ? self->menu : widget);
  return !forward && gtk_widget_grab_focus (action);
}

static gboolean
lanyard_list_row_grab_focus (GtkWidget *widget)
{
  gtk_root_set_focus (gtk_widget_get_root (widget), widget);
  return TRUE;
}

static void
lanyard_list_row_dispose (GObject *object)
{
  LanyardListRow *self = LANYARD_LIST_ROW (object);
  GtkWidget *child;

  g_clear_object (&self->entry_signals);
  g_clear_object (&self->entry);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (lanyard_list_row_parent_class)->dispose (object);
}

static void
lanyard_list_row_finalize (GObject *object)
{
  LanyardListRow *self = LANYARD_LIST_ROW (object);

  g_clear_error (&self->keyring_error);

  G_OBJECT_CLASS (lanyard_list_row_parent_class)->finalize (object);
}

static void
lanyard_list_row_class_init (LanyardListRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_list_row_dispose;
  object_class->finalize = lanyard_list_row_finalize;
  widget_class->size_allocate = lanyard_list_row_size_allocate;
  widget_class->measure = lanyard_list_row_measure;
  widget_class->get_request_mode = lanyard_list_row_get_request_mode;
  widget_class->focus = lanyard_list_row_focus;
  widget_class->grab_focus = lanyard_list_row_grab_focus;

  gtk_widget_class_set_css_name (widget_class, "authorization");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, delete_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, delete_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_cb, NULL);
  /* The list would take these, and do nothing with them. */
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, move_focus_cb, "i", GTK_DIR_LEFT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, move_focus_cb, "i", GTK_DIR_RIGHT);
}

static void
lanyard_list_row_init (LanyardListRow *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  self->entry_signals = g_signal_group_new (LANYARD_TYPE_LIST_ENTRY);
  g_signal_group_connect_swapped (self->entry_signals, "changed", G_CALLBACK (show_entry), self);
}

GtkWidget *
lanyard_list_row_new (void)
{
  return g_object_new (LANYARD_TYPE_LIST_ROW, NULL);
}

GtkWidget *
lanyard_list_row_new_action_button (void)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Deactivate"));
  glong width = MAX (g_utf8_strlen (_ ("Deactivate"), -1), g_utf8_strlen (_ ("Activate"), -1));

  /* As wide in every state, so that nothing moves when a row changes. */
  width = MAX (width, g_utf8_strlen (_ ("Cancel"), -1));
  gtk_label_set_width_chars (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), (int)width);
  return button;
}

GtkWidget *
lanyard_list_row_new_menu_button (void)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("view-more-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("More Actions"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("More Actions"), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  return button;
}

void
lanyard_list_row_set_entry (LanyardListRow *self, LanyardListEntry *entry)
{
  g_return_if_fail (LANYARD_IS_LIST_ROW (self));
  g_return_if_fail (entry == NULL || LANYARD_IS_LIST_ENTRY (entry));

  g_signal_group_set_target (self->entry_signals, NULL);
  g_set_object (&self->entry, entry);
}

LanyardListEntry *
lanyard_list_row_get_entry (LanyardListRow *self)
{
  g_return_val_if_fail (LANYARD_IS_LIST_ROW (self), NULL);

  return self->entry;
}

void
lanyard_list_row_fill (LanyardListRow *self, const GError *keyring_error)
{
  g_return_if_fail (LANYARD_IS_LIST_ROW (self));
  g_return_if_fail (self->entry != NULL);

  ensure_children (self);
  g_clear_error (&self->keyring_error);
  if (keyring_error != NULL)
    self->keyring_error = g_error_copy (keyring_error);
  g_signal_group_set_target (self->entry_signals, self->entry);
  show_entry (self);
}

gboolean
lanyard_list_row_is_filled (LanyardListRow *self)
{
  g_autoptr (GObject) target = NULL;

  g_return_val_if_fail (LANYARD_IS_LIST_ROW (self), FALSE);

  target = g_signal_group_dup_target (self->entry_signals);
  return target != NULL;
}

GtkWidget *
lanyard_list_row_get_menu_anchor (LanyardListRow *self)
{
  g_return_val_if_fail (LANYARD_IS_LIST_ROW (self), NULL);

  return self->menu;
}
