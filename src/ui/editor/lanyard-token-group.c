/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-token-group.h"

#include "lanyard-token-row.h"

#include <glib/gi18n.h>

/* Taking tokens apart waits until the person pauses, in milliseconds: one that is signed here is
 * made for it. */
#define PAUSE 150

struct _LanyardTokenGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  LanyardDraft *draft;
  char *shown; /* what the rows were made of */
  guint update_id;
  guint tick_id;

  /* Borrowed: children */
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (LanyardTokenGroup, lanyard_token_group, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
tick_cb (gpointer user_data)
{
  LanyardTokenGroup *self = user_data;

  for (guint i = 0; i < self->rows->len; i++)
    lanyard_token_row_show_validity (g_ptr_array_index (self->rows, i),
                                     g_get_real_time () / G_USEC_PER_SEC);
  return G_SOURCE_CONTINUE;
}

/* Everything that the rows are made of, in one text to compare. */
static char *
dup_fingerprint (LanyardTokenGroup *self, GPtrArray *tokens)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < tokens->len; i++)
    {
      const LanyardJwtView *token = g_ptr_array_index (tokens, i);
      g_autofree char *check = lanyard_draft_dup_token_check (self->draft, token);

      g_string_append_printf (text, "%s\n%s\n%s\n%s\n", token->credential, token->header,
                              token->claims, check != NULL ? check : "");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
update_cb (gpointer user_data)
{
  LanyardTokenGroup *self = user_data;
  g_autoptr (GPtrArray) tokens = lanyard_draft_list_tokens (self->draft);
  g_autofree char *fingerprint = dup_fingerprint (self, tokens);

  self->update_id = 0;
  if (g_strcmp0 (fingerprint, self->shown) == 0)
    return G_SOURCE_REMOVE;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < tokens->len; i++)
    {
      const LanyardJwtView *token = g_ptr_array_index (tokens, i);
      g_autofree char *check = lanyard_draft_dup_token_check (self->draft, token);
      GtkWidget *row = lanyard_token_row_new (token, check);

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
  g_free (self->shown);
  self->shown = g_steal_pointer (&fingerprint);
  gtk_widget_set_visible (GTK_WIDGET (self), tokens->len > 0);
  tick_cb (self);

  return G_SOURCE_REMOVE;
}

static void
draft_changed_cb (LanyardTokenGroup *self)
{
  if (self->update_id == 0)
    self->update_id = g_timeout_add (PAUSE, update_cb, self);
}

static void
lanyard_token_group_map (GtkWidget *widget)
{
  LanyardTokenGroup *self = LANYARD_TOKEN_GROUP (widget);

  GTK_WIDGET_CLASS (lanyard_token_group_parent_class)->map (widget);

  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
}

static void
lanyard_token_group_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&LANYARD_TOKEN_GROUP (widget)->tick_id, g_source_remove);

  GTK_WIDGET_CLASS (lanyard_token_group_parent_class)->unmap (widget);
}

static void
lanyard_token_group_dispose (GObject *object)
{
  LanyardTokenGroup *self = LANYARD_TOKEN_GROUP (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (lanyard_token_group_parent_class)->dispose (object);
}

static void
lanyard_token_group_finalize (GObject *object)
{
  LanyardTokenGroup *self = LANYARD_TOKEN_GROUP (object);

  g_free (self->shown);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (lanyard_token_group_parent_class)->finalize (object);
}

static void
lanyard_token_group_class_init (LanyardTokenGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_token_group_dispose;
  object_class->finalize = lanyard_token_group_finalize;
  widget_class->map = lanyard_token_group_map;
  widget_class->unmap = lanyard_token_group_unmap;
}

static void
lanyard_token_group_init (LanyardTokenGroup *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Token Details"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         _ ("What the token says. It was read on this computer."));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
lanyard_token_group_set_draft (LanyardTokenGroup *self, LanyardDraft *draft)
{
  g_return_if_fail (LANYARD_IS_TOKEN_GROUP (self));
  g_return_if_fail (LANYARD_IS_DRAFT (draft));
  g_return_if_fail (self->draft == NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  draft_changed_cb (self);
}
