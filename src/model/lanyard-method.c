/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-method.h"

#include "lanyard-json.h"
#include "lanyard-provider-parts.h"

struct _LanyardMethod
{
  GObject parent_instance;

  /* Owned */
  char *type_id;
  JsonObject *data;
};

G_DEFINE_FINAL_TYPE (LanyardMethod, lanyard_method, G_TYPE_OBJECT)

static void
lanyard_method_finalize (GObject *object)
{
  LanyardMethod *self = LANYARD_METHOD (object);

  g_free (self->type_id);
  g_clear_pointer (&self->data, json_object_unref);

  G_OBJECT_CLASS (lanyard_method_parent_class)->finalize (object);
}

static void
lanyard_method_class_init (LanyardMethodClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = lanyard_method_finalize;
}

static void
lanyard_method_init (LanyardMethod *self)
{
}

LanyardMethod *
lanyard_method_new (const char *type_id, JsonObject *data)
{
  LanyardMethod *self;

  g_return_val_if_fail (type_id != NULL, NULL);
  g_return_val_if_fail (data != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_METHOD, NULL);
  self->type_id = g_strdup (type_id);
  self->data = json_object_ref (data);

  return self;
}

const char *
lanyard_method_get_type_id (LanyardMethod *self)
{
  g_return_val_if_fail (LANYARD_IS_METHOD (self), NULL);

  return self->type_id;
}

const char *
lanyard_method_get_id (LanyardMethod *self)
{
  const char *id;

  g_return_val_if_fail (LANYARD_IS_METHOD (self), NULL);

  id = lanyard_json_get_string (self->data, "id");
  return id != NULL ? id : self->type_id;
}

const char *
lanyard_method_get_label (LanyardMethod *self)
{
  g_return_val_if_fail (LANYARD_IS_METHOD (self), NULL);

  return lanyard_provider_parts_get_text (self->data, "label");
}

const char *
lanyard_method_get_hint (LanyardMethod *self)
{
  g_return_val_if_fail (LANYARD_IS_METHOD (self), NULL);

  return lanyard_provider_parts_get_text (self->data, "hint");
}

JsonObject *
lanyard_method_get_data (LanyardMethod *self)
{
  g_return_val_if_fail (LANYARD_IS_METHOD (self), NULL);

  return self->data;
}

JsonObject *
lanyard_method_dup_data (LanyardMethod *self)
{
  g_return_val_if_fail (LANYARD_IS_METHOD (self), NULL);

  return lanyard_provider_parts_copy (self->data);
}

const char *
lanyard_method_get_string (LanyardMethod *self, const char *path)
{
  g_return_val_if_fail (LANYARD_IS_METHOD (self), NULL);

  return lanyard_json_get_string (self->data, path);
}

gboolean
lanyard_method_get_boolean (LanyardMethod *self, const char *path, gboolean fallback)
{
  g_return_val_if_fail (LANYARD_IS_METHOD (self), fallback);

  return lanyard_json_get_boolean (self->data, path, fallback);
}

gint64
lanyard_method_get_int64 (LanyardMethod *self, const char *path, gint64 fallback)
{
  gint64 value;

  g_return_val_if_fail (LANYARD_IS_METHOD (self), fallback);

  return lanyard_json_get_int64 (self->data, path, &value) ? value : fallback;
}

char **
lanyard_method_dup_strv (LanyardMethod *self, const char *path)
{
  g_return_val_if_fail (LANYARD_IS_METHOD (self), NULL);

  return lanyard_json_dup_strv (self->data, path);
}

JsonObject *
lanyard_method_get_object (LanyardMethod *self, const char *path)
{
  g_return_val_if_fail (LANYARD_IS_METHOD (self), NULL);

  return lanyard_json_get_object (self->data, path);
}

JsonArray *
lanyard_method_get_array (LanyardMethod *self, const char *path)
{
  g_return_val_if_fail (LANYARD_IS_METHOD (self), NULL);

  return lanyard_json_get_array (self->data, path);
}
