/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-import-item.h"

struct _LanyardImportItem
{
  GObject parent_instance;

  /* Owned */
  GPtrArray *entries;
  LanyardAuthorization *existing;
  char *error;
  /* Borrowed: in the entries. */
  const LanyardArchiveEntry *entry;

  LanyardImportMode mode;
  gboolean chosen;
};

enum
{
  PROP_CHOSEN = 1,
  PROP_MODE,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LanyardImportItem, lanyard_import_item, G_TYPE_OBJECT)

static void
lanyard_import_item_get_property (GObject *object,
                                  guint property_id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  LanyardImportItem *self = LANYARD_IMPORT_ITEM (object);

  switch (property_id)
    {
    case PROP_CHOSEN:
      g_value_set_boolean (value, self->chosen);
      break;
    case PROP_MODE:
      g_value_set_uint (value, self->mode);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_import_item_set_property (GObject *object,
                                  guint property_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  LanyardImportItem *self = LANYARD_IMPORT_ITEM (object);

  switch (property_id)
    {
    case PROP_CHOSEN:
      lanyard_import_item_set_chosen (self, g_value_get_boolean (value));
      break;
    case PROP_MODE:
      lanyard_import_item_set_mode (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_import_item_finalize (GObject *object)
{
  LanyardImportItem *self = LANYARD_IMPORT_ITEM (object);

  g_ptr_array_unref (self->entries);
  g_clear_object (&self->existing);
  g_free (self->error);

  G_OBJECT_CLASS (lanyard_import_item_parent_class)->finalize (object);
}

static void
lanyard_import_item_class_init (LanyardImportItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lanyard_import_item_get_property;
  object_class->set_property = lanyard_import_item_set_property;
  object_class->finalize = lanyard_import_item_finalize;

  properties[PROP_CHOSEN] =
    g_param_spec_boolean ("chosen", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_MODE] =
    g_param_spec_uint ("mode", NULL, NULL, 0, LANYARD_IMPORT_REPLACE, LANYARD_IMPORT_SKIP,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ERROR] = g_param_spec_string (
    "error", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lanyard_import_item_init (LanyardImportItem *self)
{
}

LanyardImportItem *
lanyard_import_item_new (const LanyardArchiveEntry *entry,
                         GPtrArray *entries,
                         LanyardAuthorization *existing)
{
  LanyardImportItem *self = g_object_new (LANYARD_TYPE_IMPORT_ITEM, NULL);

  self->entry = entry;
  self->entries = g_ptr_array_ref (entries);
  g_set_object (&self->existing, existing);
  self->mode = LANYARD_IMPORT_SKIP;
  self->chosen = existing == NULL;
  return self;
}

const LanyardArchiveEntry *
lanyard_import_item_get_entry (LanyardImportItem *self)
{
  g_return_val_if_fail (LANYARD_IS_IMPORT_ITEM (self), NULL);

  return self->entry;
}

const char *
lanyard_import_item_get_name (LanyardImportItem *self)
{
  g_return_val_if_fail (LANYARD_IS_IMPORT_ITEM (self), NULL);

  return lanyard_authorization_get_name (self->entry->authorization);
}

LanyardAuthorization *
lanyard_import_item_get_existing (LanyardImportItem *self)
{
  g_return_val_if_fail (LANYARD_IS_IMPORT_ITEM (self), NULL);

  return self->existing;
}

gboolean
lanyard_import_item_is_chosen (LanyardImportItem *self)
{
  g_return_val_if_fail (LANYARD_IS_IMPORT_ITEM (self), FALSE);

  return self->chosen;
}

static void
set_state (LanyardImportItem *self, gboolean chosen, LanyardImportMode mode)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->chosen != chosen)
    {
      self->chosen = chosen;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
    }
  if (self->mode != mode)
    {
      self->mode = mode;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
lanyard_import_item_set_chosen (LanyardImportItem *self, gboolean chosen)
{
  LanyardImportMode mode;

  g_return_if_fail (LANYARD_IS_IMPORT_ITEM (self));

  /* What takes nothing away is what a check mark alone means. */
  mode = self->mode;
  if (!chosen)
    mode = LANYARD_IMPORT_SKIP;
  else if (self->existing != NULL && mode == LANYARD_IMPORT_SKIP)
    mode = LANYARD_IMPORT_RENAME;
  set_state (self, chosen, mode);
}

LanyardImportMode
lanyard_import_item_get_mode (LanyardImportItem *self)
{
  g_return_val_if_fail (LANYARD_IS_IMPORT_ITEM (self), LANYARD_IMPORT_SKIP);

  return self->mode;
}

void
lanyard_import_item_set_mode (LanyardImportItem *self, LanyardImportMode mode)
{
  g_return_if_fail (LANYARD_IS_IMPORT_ITEM (self));

  if (self->existing != NULL)
    set_state (self, mode != LANYARD_IMPORT_SKIP, mode);
}

const char *
lanyard_import_item_get_error (LanyardImportItem *self)
{
  g_return_val_if_fail (LANYARD_IS_IMPORT_ITEM (self), NULL);

  return self->error;
}

void
lanyard_import_item_set_error (LanyardImportItem *self, const char *message)
{
  g_return_if_fail (LANYARD_IS_IMPORT_ITEM (self));

  if (g_strcmp0 (self->error, message) == 0)
    return;

  g_free (self->error);
  self->error = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}
