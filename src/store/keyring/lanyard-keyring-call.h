/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-libsecret.h"
#include "lanyard-secret.h"

G_BEGIN_DECLS

#define LANYARD_SECRETS_PATH "/org/freedesktop/secrets"
#define LANYARD_SECRETS_SERVICE "org.freedesktop.Secret.Service"
#define LANYARD_SECRETS_COLLECTION "org.freedesktop.Secret.Collection"
#define LANYARD_SECRETS_ITEM "org.freedesktop.Secret.Item"
#define LANYARD_SECRETS_PROMPT "org.freedesktop.Secret.Prompt"
#define LANYARD_SECRETS_PROPERTIES "org.freedesktop.DBus.Properties"

typedef struct _LanyardKeyringCall LanyardKeyringCall;

/**
 * LanyardKeyringStep:
 *
 * The next thing to do for a call.
 */
typedef void (*LanyardKeyringStep) (LanyardKeyringCall *call);

/**
 * LanyardKeyringReply:
 * @reply: what the keyring answered, borrowed
 *
 * What to do with an answer.
 */
typedef void (*LanyardKeyringReply) (LanyardKeyringCall *call, GVariant *reply);

/**
 * LanyardKeyringActions:
 *
 * What one kind of keyring does for each method of #LanyardSecretStore. Each ends with one of
 * lanyard_keyring_call_return(), lanyard_keyring_call_return_error().
 */
typedef struct
{
  LanyardKeyringStep lookup;
  LanyardKeyringStep lookup_all;
  LanyardKeyringStep store;
  LanyardKeyringStep remove;
  LanyardKeyringStep list;
  LanyardKeyringStep unlock;
} LanyardKeyringActions;

/**
 * LanyardKeyringCall:
 *
 * A call of a method of #LanyardKeyring on its way: what was asked for, how far it has come, and
 * its patience. It is the data of its task. It has one request under way at a time, and at most one
 * that was asked ahead; when it ends early (cancelled, or out of patience), what they bring is
 * dropped.
 */
struct _LanyardKeyringCall
{
  /* Owned */
  char *id;
  char *label;
  LanyardSecret *secret;
  GCancellable *cancellable;
  GSource *cancelled_source;
  GSource *patience_source;
  SecretService *service;
  SecretBackend *backend;
  char *path;
  char *path_ahead;
  GVariant *reply_ahead;
  GVariant *paths;
  GPtrArray *secrets;
  GQueue *items;
  GHashTable *ids;
  GHashTable *attributes;

  /* Borrowed */
  GTask *task;
  LanyardKeyringReply next;
  LanyardKeyringStep after_check;
  LanyardKeyringStep after_ahead;

  /* Where the method is in LanyardKeyringActions. */
  gsize action;
  gsize position;
  gsize n_unlocked;
  guint n_ahead;
  gboolean is_ahead_pending;
  gboolean is_secret_same;
  gboolean is_label_same;
  gboolean is_second_try;
  gboolean is_done;
};

/**
 * lanyard_keyring_call_new:
 * @keyring: a #LanyardKeyring
 * @action: the offset of a method in #LanyardKeyringActions
 * @patience: in milliseconds
 *
 * Returns: (transfer full): the task of a new call
 */
GTask *lanyard_keyring_call_new (gpointer keyring,
                                 gsize action,
                                 guint patience,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * lanyard_keyring_call_return:
 * @result: (transfer full) (nullable): the result of the method, or %TRUE in a pointer
 */
void
lanyard_keyring_call_return (LanyardKeyringCall *call, gpointer result, GDestroyNotify free_result);

/**
 * lanyard_keyring_call_return_error:
 * @error: (transfer full): an error of any domain, which becomes one of those of
 * #LanyardSecretStore
 */
void lanyard_keyring_call_return_error (LanyardKeyringCall *call, GError *error);

/**
 * lanyard_keyring_call_retry:
 *
 * Begins the call again from its start, with a new connection, unless it was begun again before.
 *
 * Returns: whether it does
 */
gboolean lanyard_keyring_call_retry (LanyardKeyringCall *call);

/**
 * lanyard_keyring_call_make_locked_error:
 *
 * Returns: (transfer full): that the keyring is locked
 */
GError *lanyard_keyring_call_make_locked_error (void);

/**
 * lanyard_keyring_call_make_failed_error:
 * @words: what the keyring, or the system, said
 *
 * Returns: (transfer full): that the keyring failed
 */
GError *lanyard_keyring_call_make_failed_error (const char *words);

/**
 * lanyard_keyring_call_send:
 * @path: the object
 * @interface: its interface
 * @method: a method of it
 * @parameters: (nullable): what it is called with; a floating reference is taken
 * @reply_type: what it answers
 * @next: what to do with the answer
 *
 * Calls a method of the Secret Service. Where the service has restarted since, the whole call
 * begins again, once.
 */
void lanyard_keyring_call_send (LanyardKeyringCall *call,
                                const char *path,
                                const char *interface,
                                const char *method,
                                GVariant *parameters,
                                const char *reply_type,
                                LanyardKeyringReply next);

/**
 * lanyard_keyring_call_ask_ahead:
 *
 * Calls a method while another one is under way, of whose answer it depends whether this one is
 * needed. What it answers is there for lanyard_keyring_call_await_ahead().
 */
void lanyard_keyring_call_ask_ahead (LanyardKeyringCall *call,
                                     const char *path,
                                     const char *interface,
                                     const char *method,
                                     GVariant *parameters,
                                     const char *reply_type);

/**
 * lanyard_keyring_call_await_ahead:
 * @next: called when what was asked ahead was answered, with the answer in `reply_ahead`, which it
 * takes; %NULL where there is none
 */
void lanyard_keyring_call_await_ahead (LanyardKeyringCall *call, LanyardKeyringStep next);

/**
 * lanyard_keyring_call_get_property:
 * @next: called with the value
 */
void lanyard_keyring_call_get_property (LanyardKeyringCall *call,
                                        const char *path,
                                        const char *interface,
                                        const char *property,
                                        LanyardKeyringReply next);

G_END_DECLS
