/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-flow.h"

G_DEFINE_ABSTRACT_TYPE (LanyardFlow, lanyard_flow, G_TYPE_OBJECT)

static LanyardStep *
fail_plainly (LanyardFlow *self, const GError *error)
{
  return lanyard_step_new_failed (g_error_copy (error));
}

static void
lanyard_flow_class_init (LanyardFlowClass *klass)
{
  klass->fail = fail_plainly;
}

static void
lanyard_flow_init (LanyardFlow *self)
{
}

LanyardStep *
lanyard_flow_begin (LanyardFlow *self, gint64 now)
{
  g_return_val_if_fail (LANYARD_IS_FLOW (self), NULL);

  return LANYARD_FLOW_GET_CLASS (self)->begin (self, now);
}

LanyardStep *
lanyard_flow_feed_response (LanyardFlow *self, const LanyardResponse *response, gint64 now)
{
  g_return_val_if_fail (LANYARD_IS_FLOW (self), NULL);
  g_return_val_if_fail (response != NULL, NULL);

  return LANYARD_FLOW_GET_CLASS (self)->feed_response (self, response, now);
}

LanyardStep *
lanyard_flow_feed_redirect (LanyardFlow *self, const char *uri, gint64 now)
{
  g_return_val_if_fail (LANYARD_IS_FLOW (self), NULL);
  g_return_val_if_fail (uri != NULL, NULL);

  return LANYARD_FLOW_GET_CLASS (self)->feed_redirect (self, uri, now);
}

LanyardStep *
lanyard_flow_resume (LanyardFlow *self, gint64 now)
{
  g_return_val_if_fail (LANYARD_IS_FLOW (self), NULL);

  return LANYARD_FLOW_GET_CLASS (self)->resume (self, now);
}

LanyardStep *
lanyard_flow_fail (LanyardFlow *self, const GError *error)
{
  g_return_val_if_fail (LANYARD_IS_FLOW (self), NULL);
  g_return_val_if_fail (error != NULL, NULL);

  return LANYARD_FLOW_GET_CLASS (self)->fail (self, error);
}
