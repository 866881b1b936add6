/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-outcome.h"
#include "lanyard-request.h"

G_BEGIN_DECLS

/**
 * LanyardStepKind:
 * @LANYARD_STEP_REQUEST: send this HTTP request
 * @LANYARD_STEP_CONSENT: show this address to the person, and bring back the redirect
 * @LANYARD_STEP_CODE: show this user code and go on at once; it is shown until the flow is over
 * @LANYARD_STEP_WAIT: come back in so many seconds, not earlier
 * @LANYARD_STEP_DONE: the flow is over, here is what it got
 * @LANYARD_STEP_FAILED: the flow is over
 */
typedef enum
{
  LANYARD_STEP_REQUEST,
  LANYARD_STEP_CONSENT,
  LANYARD_STEP_CODE,
  LANYARD_STEP_WAIT,
  LANYARD_STEP_DONE,
  LANYARD_STEP_FAILED,
} LanyardStepKind;

/**
 * LanyardStep:
 * @kind: which of the members below counts
 * @request: for %LANYARD_STEP_REQUEST
 * @uri: for %LANYARD_STEP_CONSENT: the address to show; for %LANYARD_STEP_CODE: where the person
 * enters the code
 * @redirect_uri: (nullable): for %LANYARD_STEP_CONSENT: the redirect URI of this attempt; %NULL
 * where the page shows a code, which is what the flow is fed then
 * @user_code: for %LANYARD_STEP_CODE: what the person enters there
 * @uri_complete: (nullable): for %LANYARD_STEP_CODE: the same address with the code in it
 * @expires_at: for %LANYARD_STEP_CODE: until when the code is good, in seconds since 1970
 * @seconds: for %LANYARD_STEP_WAIT
 * @outcome: for %LANYARD_STEP_DONE
 * @error: for %LANYARD_STEP_FAILED
 *
 * What a flow wants next. The runner carries it out.
 */
typedef struct
{
  LanyardStepKind kind;
  LanyardRequest *request;
  char *uri;
  char *redirect_uri;
  char *user_code;
  char *uri_complete;
  gint64 expires_at;
  guint seconds;
  LanyardOutcome *outcome;
  GError *error;
} LanyardStep;

LanyardStep *lanyard_step_new_request (LanyardRequest *request /* transfer full */);
LanyardStep *lanyard_step_new_consent (const char *uri, const char *redirect_uri);
LanyardStep *lanyard_step_new_code (const char *user_code,
                                    const char *uri,
                                    const char *uri_complete,
                                    gint64 expires_at);
LanyardStep *lanyard_step_new_wait (guint seconds);
LanyardStep *lanyard_step_new_done (LanyardOutcome *outcome /* transfer full */);
LanyardStep *lanyard_step_new_failed (GError *error /* transfer full */);
void lanyard_step_free (LanyardStep *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardStep, lanyard_step_free)

G_END_DECLS
