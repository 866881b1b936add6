/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-consent.h"
#include "lanyard-error.h"

G_BEGIN_DECLS

/**
 * LanyardRobotConsent:
 *
 * A person for tests, who consents at once to everything, or does what it is told.
 */
#define LANYARD_TYPE_ROBOT_CONSENT (lanyard_robot_consent_get_type ())
G_DECLARE_FINAL_TYPE (LanyardRobotConsent, lanyard_robot_consent, LANYARD, ROBOT_CONSENT, GObject)

/**
 * LanyardRobotConsentFunc:
 *
 * Called when the person is about to answer.
 */
typedef void (*LanyardRobotConsentFunc) (gpointer user_data);

LanyardRobotConsent *lanyard_robot_consent_new (void);

/**
 * lanyard_robot_consent_set_query:
 * @query: what the provider adds to the redirect URI, in which "%s" stands for the state of the
 *   attempt; `code=c0de&state=%s` at first
 */
void lanyard_robot_consent_set_query (LanyardRobotConsent *self, const char *query);

/**
 * lanyard_robot_consent_set_redirect_uri:
 * @redirect_uri: (nullable): what preparing returns in place of the redirect URI that it was given
 */
void lanyard_robot_consent_set_redirect_uri (LanyardRobotConsent *self, const char *redirect_uri);

/* Lets preparing, or asking, fail. */
void lanyard_robot_consent_set_prepare_error (LanyardRobotConsent *self, LanyardError code);
void lanyard_robot_consent_set_run_error (LanyardRobotConsent *self, LanyardError code);

/**
 * lanyard_robot_consent_set_held:
 *
 * While it is held, the person thinks; it ends when the consent is cancelled.
 */
void lanyard_robot_consent_set_held (LanyardRobotConsent *self, gboolean is_held);
void lanyard_robot_consent_set_func (LanyardRobotConsent *self,
                                     LanyardRobotConsentFunc func,
                                     gpointer user_data);

/* What it was asked, as often as it was; %NULL before. */
guint lanyard_robot_consent_count_prepared (LanyardRobotConsent *self);
guint lanyard_robot_consent_count_asked (LanyardRobotConsent *self);
const char *lanyard_robot_consent_get_uri (LanyardRobotConsent *self);
const char *lanyard_robot_consent_get_name (LanyardRobotConsent *self);
const char *lanyard_robot_consent_get_provider (LanyardRobotConsent *self);

G_END_DECLS
