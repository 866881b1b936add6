/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-consent.h"

G_BEGIN_DECLS

/**
 * LanyardRobotCode:
 *
 * A person who is shown a code, for tests: it keeps what it was shown. A test reads its fields.
 */
#define LANYARD_TYPE_ROBOT_CODE (lanyard_robot_code_get_type ())
G_DECLARE_FINAL_TYPE (LanyardRobotCode, lanyard_robot_code, LANYARD, ROBOT_CODE, GObject)

struct _LanyardRobotCode
{
  GObject parent_instance;

  /* Owned */
  char *provider;
  char *user_code;
  char *uri;
  char *uri_complete;

  gint64 expires_at;
  guint n_shown;
};

LanyardRobotCode *lanyard_robot_code_new (void);

G_END_DECLS
