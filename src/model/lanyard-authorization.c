/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-authorization-private.h"

typedef enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_PROVIDER_ID,
  PROP_TYPE_ID,
  PROP_ACTIVE,
  PROP_STATUS,
  PROP_ACCOUNT,
  PROP_EXPIRES_AT,
  PROP_RENEWABLE,
} LanyardAuthorizationProperty;

static GParamSpec *properties[PROP_RENEWABLE + 1];

enum
{
  SETTINGS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardAuthorization, lanyard_authorization, G_TYPE_OBJECT)

static void
replace_string (LanyardAuthorization *self,
                char **string,
                const char *value,
                LanyardAuthorizationProperty property)
{
  char *copy;

  if (g_strcmp0 (*string, value) == 0)
    return;

  copy = g_strdup (value);
  g_free (*string);
  *string = copy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
lanyard_authorization_finalize (GObject *object)
{
  LanyardAuthorization *self = LANYARD_AUTHORIZATION (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->provider_id);
  g_free (self->type_id);
  g_free (self->account);
  lanyard_authorization_clear_settings (self);

  G_OBJECT_CLASS (lanyard_authorization_parent_class)->finalize (object);
}

static void
lanyard_authorization_constructed (GObject *object)
{
  LanyardAuthorization *self = LANYARD_AUTHORIZATION (object);

  G_OBJECT_CLASS (lanyard_authorization_parent_class)->constructed (object);

  if (self->id == NULL)
    self->id = g_uuid_string_random ();
}

static void
lanyard_authorization_get_property (GObject *object,
                                    guint property_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  LanyardAuthorization *self = LANYARD_AUTHORIZATION (object);

  switch ((LanyardAuthorizationProperty)property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_PROVIDER_ID:
      g_value_set_string (value, self->provider_id);
      break;
    case PROP_TYPE_ID:
      g_value_set_string (value, self->type_id);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    case PROP_STATUS:
      g_value_set_enum (value, (int)self->status);
      break;
    case PROP_ACCOUNT:
      g_value_set_string (value, self->account);
      break;
    case PROP_EXPIRES_AT:
      g_value_set_int64 (value, self->expires_at);
      break;
    case PROP_RENEWABLE:
      g_value_set_boolean (value, self->renewable);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_authorization_set_property (GObject *object,
                                    guint property_id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  LanyardAuthorization *self = LANYARD_AUTHORIZATION (object);

  switch ((LanyardAuthorizationProperty)property_id)
    {
    case PROP_ID:
      self->id = g_value_dup_string (value);
      break;
    case PROP_NAME:
      lanyard_authorization_set_name (self, g_value_get_string (value));
      break;
    case PROP_PROVIDER_ID:
      lanyard_authorization_set_provider_id (self, g_value_get_string (value));
      break;
    case PROP_TYPE_ID:
      lanyard_authorization_set_type_id (self, g_value_get_string (value));
      break;
    case PROP_ACTIVE:
      lanyard_authorization_set_active (self, g_value_get_boolean (value));
      break;
    case PROP_STATUS:
      lanyard_authorization_set_status (self, (LanyardStatus)g_value_get_enum (value));
      break;
    case PROP_ACCOUNT:
      lanyard_authorization_set_account (self, g_value_get_string (value));
      break;
    case PROP_EXPIRES_AT:
      lanyard_authorization_set_expires_at (self, g_value_get_int64 (value));
      break;
    case PROP_RENEWABLE:
      lanyard_authorization_set_renewable (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
lanyard_authorization_class_init (LanyardAuthorizationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags once = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = lanyard_authorization_constructed;
  object_class->finalize = lanyard_authorization_finalize;
  object_class->get_property = lanyard_authorization_get_property;
  object_class->set_property = lanyard_authorization_set_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, once);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_PROVIDER_ID] = g_param_spec_string ("provider-id", NULL, NULL, "", flags);
  properties[PROP_TYPE_ID] = g_param_spec_string ("type-id", NULL, NULL, "", flags);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, TRUE, flags);
  properties[PROP_STATUS] =
    g_param_spec_enum ("status", NULL, NULL, LANYARD_TYPE_STATUS, LANYARD_STATUS_NEW, flags);
  properties[PROP_ACCOUNT] = g_param_spec_string ("account", NULL, NULL, NULL, flags);
  properties[PROP_EXPIRES_AT] =
    g_param_spec_int64 ("expires-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_RENEWABLE] = g_param_spec_boolean ("renewable", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SETTINGS_CHANGED] = g_signal_new ("settings-changed", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lanyard_authorization_init (LanyardAuthorization *self)
{
  self->name = g_strdup ("");
  self->provider_id = g_strdup ("");
  self->type_id = g_strdup ("");
  lanyard_authorization_init_settings (self);
  self->active = TRUE;
}

LanyardAuthorization *
lanyard_authorization_new (const char *id)
{
  return g_object_new (LANYARD_TYPE_AUTHORIZATION, "id", id, NULL);
}

LanyardAuthorization *
lanyard_authorization_dup (LanyardAuthorization *self)
{
  LanyardAuthorization *copy;

  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), NULL);

  copy = lanyard_authorization_new (self->id);
  lanyard_authorization_assign (copy, self);

  return copy;
}

void
lanyard_authorization_assign (LanyardAuthorization *self, LanyardAuthorization *source)
{
  gboolean is_changed;

  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (source));

  if (self == source)
    return;

  /* Whoever is told of one change sees all of them. */
  g_object_freeze_notify (G_OBJECT (self));
  self->created_at = source->created_at;
  self->modified_at = source->modified_at;
  self->revision = source->revision;
  lanyard_authorization_set_name (self, source->name);
  lanyard_authorization_set_provider_id (self, source->provider_id);
  lanyard_authorization_set_type_id (self, source->type_id);
  lanyard_authorization_copy_state (self, source);
  is_changed = lanyard_authorization_assign_settings (self, source);
  g_object_thaw_notify (G_OBJECT (self));

  if (is_changed)
    lanyard_authorization_emit_settings_changed (self);
}

void
lanyard_authorization_copy_state (LanyardAuthorization *self, LanyardAuthorization *source)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (source));

  g_object_freeze_notify (G_OBJECT (self));
  self->authorized_at = source->authorized_at;
  lanyard_authorization_set_granted_scopes (self,
                                            lanyard_authorization_get_granted_scopes (source));
  lanyard_authorization_set_active (self, source->active);
  lanyard_authorization_set_status (self, source->status);
  lanyard_authorization_set_account (self, source->account);
  lanyard_authorization_set_expires_at (self, source->expires_at);
  lanyard_authorization_set_renewable (self, source->renewable);
  g_object_thaw_notify (G_OBJECT (self));
}

void
lanyard_authorization_reset_state (LanyardAuthorization *self)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  g_object_freeze_notify (G_OBJECT (self));
  self->authorized_at = 0;
  lanyard_authorization_set_granted_scopes (self, NULL);
  lanyard_authorization_set_status (self, LANYARD_STATUS_NEW);
  lanyard_authorization_set_account (self, NULL);
  lanyard_authorization_set_expires_at (self, 0);
  lanyard_authorization_set_renewable (self, FALSE);
  g_object_thaw_notify (G_OBJECT (self));
}

gboolean
lanyard_authorization_equal (LanyardAuthorization *a, LanyardAuthorization *b)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (a), FALSE);
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (b), FALSE);

  return g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->provider_id, b->provider_id) == 0 &&
         g_strcmp0 (a->type_id, b->type_id) == 0 && lanyard_authorization_has_same_settings (a, b);
}

const char *
lanyard_authorization_get_id (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), NULL);

  return self->id;
}

const char *
lanyard_authorization_get_name (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), NULL);

  return self->name;
}

void
lanyard_authorization_set_name (LanyardAuthorization *self, const char *name)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  replace_string (self, &self->name, name != NULL ? name : "", PROP_NAME);
}

const char *
lanyard_authorization_get_provider_id (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), NULL);

  return self->provider_id;
}

void
lanyard_authorization_set_provider_id (LanyardAuthorization *self, const char *provider_id)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  replace_string (self, &self->provider_id, provider_id != NULL ? provider_id : "",
                  PROP_PROVIDER_ID);
}

const char *
lanyard_authorization_get_type_id (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), NULL);

  return self->type_id;
}

void
lanyard_authorization_set_type_id (LanyardAuthorization *self, const char *type_id)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  replace_string (self, &self->type_id, type_id != NULL ? type_id : "", PROP_TYPE_ID);
}

gboolean
lanyard_authorization_is_active (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), FALSE);

  return self->active;
}

void
lanyard_authorization_set_active (LanyardAuthorization *self, gboolean active)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  if (self->active == !!active)
    return;

  self->active = !!active;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

const char *
lanyard_authorization_get_account (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), NULL);

  return self->account;
}

void
lanyard_authorization_set_account (LanyardAuthorization *self, const char *account)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  replace_string (self, &self->account, account != NULL && *account != '\0' ? account : NULL,
                  PROP_ACCOUNT);
}

gint64
lanyard_authorization_get_expires_at (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), 0);

  return self->expires_at;
}

void
lanyard_authorization_set_expires_at (LanyardAuthorization *self, gint64 expires_at)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  expires_at = MAX (expires_at, 0);
  if (self->expires_at == expires_at)
    return;

  self->expires_at = expires_at;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPIRES_AT]);
}

gboolean
lanyard_authorization_is_renewable (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), FALSE);

  return self->renewable;
}

void
lanyard_authorization_set_renewable (LanyardAuthorization *self, gboolean renewable)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  if (self->renewable == !!renewable)
    return;

  self->renewable = !!renewable;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RENEWABLE]);
}

LanyardStatus
lanyard_authorization_get_status (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), LANYARD_STATUS_NEW);

  return self->status;
}

void
lanyard_authorization_set_status (LanyardAuthorization *self, LanyardStatus status)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  g_return_if_fail (lanyard_status_get_id (status) != NULL);

  if (self->status == status)
    return;

  self->status = status;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

LanyardStatus
lanyard_authorization_get_status_at (LanyardAuthorization *self, gint64 now)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), LANYARD_STATUS_NEW);

  if (self->status == LANYARD_STATUS_AUTHORIZED && !self->renewable && self->expires_at > 0 &&
      self->expires_at <= now)
    return LANYARD_STATUS_EXPIRED;

  return self->status;
}

gint64
lanyard_authorization_get_authorized_at (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), 0);

  return self->authorized_at;
}

void
lanyard_authorization_set_authorized_at (LanyardAuthorization *self, gint64 authorized_at)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  self->authorized_at = authorized_at;
}

gint64
lanyard_authorization_get_created_at (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), 0);

  return self->created_at;
}

void
lanyard_authorization_set_created_at (LanyardAuthorization *self, gint64 created_at)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  self->created_at = created_at;
}

gint64
lanyard_authorization_get_modified_at (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), 0);

  return self->modified_at;
}

void
lanyard_authorization_set_modified_at (LanyardAuthorization *self, gint64 modified_at)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  self->modified_at = modified_at;
}

gint64
lanyard_authorization_get_revision (LanyardAuthorization *self)
{
  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (self), 0);

  return self->revision;
}

void
lanyard_authorization_set_revision (LanyardAuthorization *self, gint64 revision)
{
  g_return_if_fail (LANYARD_IS_AUTHORIZATION (self));

  self->revision = revision;
}

void
lanyard_authorization_emit_settings_changed (LanyardAuthorization *self)
{
  g_signal_emit (self, signals[SETTINGS_CHANGED], 0);
}
