/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-editor.h"

struct _LanyardEditor
{
  AdwWindow parent_instance;

  /* Owned */
  char *id;
};

G_DEFINE_FINAL_TYPE (LanyardEditor, lanyard_editor, ADW_TYPE_WINDOW)

static void
lanyard_editor_finalize (GObject *object)
{
  g_free (LANYARD_EDITOR (object)->id);
  G_OBJECT_CLASS (lanyard_editor_parent_class)->finalize (object);
}

static void
lanyard_editor_class_init (LanyardEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_editor_finalize;
}

static void
lanyard_editor_init (LanyardEditor *self)
{
}

GtkWidget *
lanyard_editor_new (LanyardManager *manager, LanyardAuthorization *authorization)
{
  LanyardEditor *self = g_object_new (LANYARD_TYPE_EDITOR, NULL);

  self->id = authorization ? g_strdup (lanyard_authorization_get_id (authorization))
                           : g_uuid_string_random ();
  return GTK_WIDGET (self);
}

const char *
lanyard_editor_get_authorization_id (LanyardEditor *self)
{
  g_return_val_if_fail (LANYARD_IS_EDITOR (self), NULL);

  return self->id;
}
