/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LanyardAccess:
 * @LANYARD_ACCESS_DISMISSED: nobody decided anything
 * @LANYARD_ACCESS_ONCE: for those who wait now
 * @LANYARD_ACCESS_ALWAYS: from now on
 * @LANYARD_ACCESS_NO: never
 *
 * What the person says when an app asks for an authorization.
 */
typedef enum
{
  LANYARD_ACCESS_DISMISSED,
  LANYARD_ACCESS_ONCE,
  LANYARD_ACCESS_ALWAYS,
  LANYARD_ACCESS_NO,
} LanyardAccess;

/**
 * LanyardQuestions:
 *
 * The questions that the person is asked, in Lanyard's window, about apps that want an
 * authorization: one at a time for each app, joined by everybody who wants to know the same, and
 * taken back when nobody does any more.
 */
#define LANYARD_TYPE_QUESTIONS (lanyard_questions_get_type ())
G_DECLARE_FINAL_TYPE (LanyardQuestions, lanyard_questions, LANYARD, QUESTIONS, GObject)

LanyardQuestions *lanyard_questions_new (GDBusConnection *connection);

/**
 * lanyard_questions_ask_async:
 * @app_id: the app, as the kernel knows it
 * @id: the authorization
 * @cancellable: (nullable): cancelled when this one does not wait any more
 *
 * Asks, or joins who asks the same.
 */
void lanyard_questions_ask_async (LanyardQuestions *self,
                                  const char *app_id,
                                  const char *id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * lanyard_questions_ask_finish:
 *
 * Returns: the answer; %LANYARD_ACCESS_DISMISSED with %G_IO_ERROR_CANCELLED
 */
LanyardAccess
lanyard_questions_ask_finish (LanyardQuestions *self, GAsyncResult *result, GError **error);

G_END_DECLS
