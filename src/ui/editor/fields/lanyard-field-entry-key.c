/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a field has more when it holds a key. */

#include "config.h"

#include "lanyard-field-entry-private.h"

#include "lanyard-key-row.h"

#include <glib/gi18n.h>

/* Puts what was pasted with line breaks into the form in which it is kept: those around it are an
 * accident, those inside belong to a key, or are pointed out. */
static void
tidy (LanyardFieldEntry *self)
{
  g_autoptr (LanyardSecret) kept = NULL;
  g_autoptr (GError) error = NULL;
  const char *text = lanyard_field_entry_get_text (self);
  gsize length;

  text += strspn (text, "\r\n");
  length = strlen (text);
  while (length > 0 && strchr ("\r\n", text[length - 1]) != NULL)
    length--;
  if (self->source != NULL)
    kept = lanyard_key_text_new (text, length, &error);
  if (kept == NULL)
    kept = lanyard_secret_new_bytes (text, length);

  if (strcmp (lanyard_field_entry_get_text (self), lanyard_secret_get (kept)) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->row), lanyard_secret_get (kept));
  if (error != NULL)
    lanyard_field_entry_set_problem (self, error->message);
  else
    lanyard_field_entry_check (self, FALSE);
}

/* A key is not shown as a row of dots, but as what it is. */
static void
update_key (LanyardFieldEntry *self)
{
  gboolean is_whole = lanyard_field_entry_has_lines (self) || !gtk_widget_get_visible (self->row) ||
                      !lanyard_field_entry_has_focus (self);
  gboolean is_key = self->key_state == LANYARD_KEY_STATE_READABLE ||
                    (is_whole && (self->key_state == LANYARD_KEY_STATE_ENCRYPTED ||
                                  self->key_state == LANYARD_KEY_STATE_BROKEN));
  gboolean had_focus = lanyard_field_entry_has_focus (self);

  if (is_key && self->key_problem != NULL)
    lanyard_field_entry_set_problem (self, self->key_problem);
  if (is_key == gtk_widget_get_visible (self->key_row))
    return;

  gtk_widget_set_visible (self->key_row, is_key);
  if (had_focus)
    gtk_widget_child_focus (self->key_row, GTK_DIR_TAB_FORWARD);
  gtk_widget_set_visible (self->row, !is_key);
  if (had_focus && !is_key)
    gtk_widget_grab_focus (self->row);
}

static gboolean
settle_cb (gpointer user_data)
{
  LanyardFieldEntry *self = user_data;

  self->settle_id = 0;
  if (lanyard_field_entry_has_lines (self) && gtk_widget_get_visible (self->row))
    tidy (self);
  if (self->key_row != NULL)
    update_key (self);
  return G_SOURCE_REMOVE;
}

static void
taken_cb (LanyardFieldEntry *self, LanyardSecret *key)
{
  lanyard_field_entry_set_problem (self, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->row), lanyard_secret_get (key));
}

static void
failed_cb (LanyardFieldEntry *self, const char *message)
{
  lanyard_field_entry_set_problem (self, message);
}

static void
removed_cb (LanyardFieldEntry *self)
{
  lanyard_field_entry_set_problem (self, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->row), "");
}

void
lanyard_field_entry_build_key (LanyardFieldEntry *self)
{
  self->key_row = g_object_ref_sink (lanyard_key_row_new (self->field));
  self->source = lanyard_key_source_new (self->field);
  gtk_widget_set_visible (self->key_row, FALSE);
  lanyard_key_source_watch (self->source, self->row);
  lanyard_key_source_watch (self->source, self->key_row);
  lanyard_field_entry_add_suffix (self, lanyard_key_source_make_button (self->source));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->key_row),
                             lanyard_key_source_make_button (self->source));
  g_signal_connect_object (self->source, "taken", G_CALLBACK (taken_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->source, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->key_row, "removed", G_CALLBACK (removed_cb), self,
                           G_CONNECT_SWAPPED);
}

gboolean
lanyard_field_entry_has_lines (LanyardFieldEntry *self)
{
  return strpbrk (lanyard_field_entry_get_text (self), "\r\n") != NULL;
}

void
lanyard_field_entry_settle_later (LanyardFieldEntry *self)
{
  if (self->settle_id == 0)
    self->settle_id = g_idle_add (settle_cb, self);
}

GtkWidget *
lanyard_field_entry_get_key_row (LanyardFieldEntry *self)
{
  g_return_val_if_fail (LANYARD_IS_FIELD_ENTRY (self), NULL);

  return self->key_row;
}

void
lanyard_field_entry_set_key (LanyardFieldEntry *self, LanyardKeyState state, const char *text)
{
  g_return_if_fail (LANYARD_IS_FIELD_ENTRY (self));
  g_return_if_fail (self->key_row != NULL);

  self->key_state = state;
  /* What was wrong is right now. */
  if (self->key_problem != NULL && state != LANYARD_KEY_STATE_BROKEN)
    lanyard_field_entry_set_problem (self, NULL);
  g_clear_pointer (&self->key_problem, g_free);
  if (state == LANYARD_KEY_STATE_BROKEN)
    self->key_problem = g_strdup (text);
  lanyard_key_row_set_text (LANYARD_KEY_ROW (self->key_row),
                            state == LANYARD_KEY_STATE_BROKEN ? _ ("Cannot be used") : text);
  /* The row that has the focus may be in the middle of a change. */
  if (lanyard_field_entry_has_focus (self))
    lanyard_field_entry_settle_later (self);
  else
    update_key (self);
}
