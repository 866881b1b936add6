/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-robot-code.h"

static void lanyard_robot_code_iface_init (LanyardConsentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardRobotCode,
                               lanyard_robot_code,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_CONSENT,
                                                      lanyard_robot_code_iface_init))

static void
forget (LanyardRobotCode *self)
{
  g_clear_pointer (&self->provider, g_free);
  g_clear_pointer (&self->user_code, g_free);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->uri_complete, g_free);
}

static void
lanyard_robot_code_show_code (LanyardConsent *consent, const LanyardConsentCode *code)
{
  LanyardRobotCode *self = LANYARD_ROBOT_CODE (consent);

  forget (self);
  self->provider = g_strdup (code->provider);
  self->user_code = g_strdup (code->user_code);
  self->uri = g_strdup (code->uri);
  self->uri_complete = g_strdup (code->uri_complete);
  self->expires_at = code->expires_at;
  self->n_shown++;
}

static void
lanyard_robot_code_iface_init (LanyardConsentInterface *iface)
{
  iface->show_code = lanyard_robot_code_show_code;
}

static void
lanyard_robot_code_finalize (GObject *object)
{
  forget (LANYARD_ROBOT_CODE (object));

  G_OBJECT_CLASS (lanyard_robot_code_parent_class)->finalize (object);
}

static void
lanyard_robot_code_class_init (LanyardRobotCodeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_robot_code_finalize;
}

static void
lanyard_robot_code_init (LanyardRobotCode *self)
{
}

LanyardRobotCode *
lanyard_robot_code_new (void)
{
  return g_object_new (LANYARD_TYPE_ROBOT_CODE, NULL);
}
