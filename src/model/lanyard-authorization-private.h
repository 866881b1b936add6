/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-authorization.h"

G_BEGIN_DECLS

struct _LanyardAuthorization
{
  GObject parent_instance;

  /* Owned */
  char *id;
  char *name;
  char *provider_id;
  char *type_id;
  char *account;
  GHashTable *settings;
  char **connectors;
  char **scopes;
  char **granted_scopes;

  gboolean active;
  gboolean renewable;
  LanyardStatus status;
  gint64 expires_at;
  gint64 authorized_at;
  gint64 created_at;
  gint64 modified_at;
  gint64 revision;
};

/* What the person chose: settings, connectors, scopes. */
void lanyard_authorization_init_settings (LanyardAuthorization *self);
void lanyard_authorization_clear_settings (LanyardAuthorization *self);

/**
 * lanyard_authorization_assign_settings:
 *
 * Returns: whether that changed anything; nobody is told of it yet
 */
gboolean lanyard_authorization_assign_settings (LanyardAuthorization *self,
                                                LanyardAuthorization *source);
gboolean lanyard_authorization_has_same_settings (LanyardAuthorization *self,
                                                  LanyardAuthorization *other);
void lanyard_authorization_emit_settings_changed (LanyardAuthorization *self);

G_END_DECLS
