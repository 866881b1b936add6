/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-removable-row.h"

#include <glib/gi18n.h>

struct _LanyardRemovableRow
{
  AdwActionRow parent_instance;

  /* Owned */
  char *id;

  /* Borrowed: children */
  GtkWidget *button;
};

/* What was removed, and how to bring it back. */
typedef struct
{
  LanyardDraft *draft;
  LanyardRestoreFunc restore;
  char *id;
  int position;
  char *provider_id;
} Undo;

enum
{
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardRemovableRow, lanyard_removable_row, ADW_TYPE_ACTION_ROW)

static void
undo_free (gpointer data, GClosure *closure)
{
  Undo *undo = data;

  g_object_unref (undo->draft);
  g_free (undo->id);
  g_free (undo->provider_id);
  g_free (undo);
}

static void
undo_cb (AdwToast *toast, gpointer user_data)
{
  Undo *undo = user_data;
  LanyardAuthorization *authorization = lanyard_draft_get_authorization (undo->draft);

  /* What belonged to another provider is of no use here. */
  if (g_str_equal (lanyard_authorization_get_provider_id (authorization), undo->provider_id))
    undo->restore (undo->draft, undo->id, undo->position);
}

static void
clicked_cb (LanyardRemovableRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
lanyard_removable_row_finalize (GObject *object)
{
  g_free (LANYARD_REMOVABLE_ROW (object)->id);

  G_OBJECT_CLASS (lanyard_removable_row_parent_class)->finalize (object);
}

static void
lanyard_removable_row_class_init (LanyardRemovableRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_removable_row_finalize;

  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
lanyard_removable_row_init (LanyardRemovableRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

GtkWidget *
lanyard_removable_row_new (const char *id)
{
  LanyardRemovableRow *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_REMOVABLE_ROW, NULL);
  self->id = g_strdup (id);

  return GTK_WIDGET (self);
}

const char *
lanyard_removable_row_get_id (LanyardRemovableRow *self)
{
  g_return_val_if_fail (LANYARD_IS_REMOVABLE_ROW (self), NULL);

  return self->id;
}

void
lanyard_removable_row_set_removable (LanyardRemovableRow *self, gboolean removable)
{
  g_autofree char *name = NULL;

  g_return_if_fail (LANYARD_IS_REMOVABLE_ROW (self));

  if (!removable)
    {
      if (self->button != NULL)
        adw_action_row_remove (ADW_ACTION_ROW (self), g_steal_pointer (&self->button));
      return;
    }
  if (self->button != NULL)
    return;

  /* Translators: %s is a connector or a scope */
  name =
    g_strdup_printf (_ ("Remove “%s”"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
  self->button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->button, _ ("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
}

void
lanyard_removable_row_offer_undo (GtkWidget *widget,
                                  const char *text,
                                  LanyardDraft *draft,
                                  LanyardRestoreFunc restore,
                                  const char *id,
                                  int position)
{
  GtkWidget *overlay;
  g_autofree char *markup = NULL;
  AdwToast *toast;
  Undo *undo;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (LANYARD_IS_DRAFT (draft));

  overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  if (overlay == NULL)
    return;

  undo = g_new0 (Undo, 1);
  undo->draft = g_object_ref (draft);
  undo->restore = restore;
  undo->id = g_strdup (id);
  undo->position = position;
  undo->provider_id =
    g_strdup (lanyard_authorization_get_provider_id (lanyard_draft_get_authorization (draft)));

  markup = g_markup_escape_text (text, -1);
  toast = adw_toast_new (markup);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), undo, undo_free, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}
