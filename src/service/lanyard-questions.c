/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-questions.h"

#include "lanyard-bus-names.h"
#include "lanyard-windows.h"

/* Who dismissed a question is not asked the same again for so many seconds: an app may ask in a
 * loop. */
#define PAUSE 10

typedef struct
{
  /* Owned */
  LanyardQuestions *questions;
  char *key;
  char *app_id;
  char *id;
  GPtrArray *waiting;
  /* While the person is being asked. */
  GCancellable *cancellable;
  /* The windows that ask her, by their unique name. */
  char *windows;

  gboolean is_over;
} Question;

typedef struct
{
  Question *question;
  GSource *cancelled;
} Waiter;

struct _LanyardQuestions
{
  GObject parent_instance;

  /* Owned */
  GDBusConnection *connection;
  GPtrArray *questions;
  /* By key, when a question was dismissed. */
  GHashTable *dismissed;
};

G_DEFINE_FINAL_TYPE (LanyardQuestions, lanyard_questions, G_TYPE_OBJECT)

static void
question_free (Question *question)
{
  g_free (question->key);
  g_free (question->app_id);
  g_free (question->id);
  g_clear_pointer (&question->waiting, g_ptr_array_unref);
  g_clear_object (&question->cancellable);
  g_free (question->windows);
  g_object_unref (question->questions);
  g_free (question);
}

static void
waiter_free (Waiter *waiter)
{
  if (waiter->cancelled != NULL)
    g_source_destroy (waiter->cancelled);
  g_clear_pointer (&waiter->cancelled, g_source_unref);
  g_free (waiter);
}

static Question *
find_question (LanyardQuestions *self, const char *key)
{
  for (guint i = 0; i < self->questions->len; i++)
    {
      Question *question = g_ptr_array_index (self->questions, i);

      if (g_str_equal (question->key, key))
        return question;
    }

  return NULL;
}

static void ask_next (LanyardQuestions *self, const char *app_id);

/* Tells everybody who waits; nobody can join any more. */
static void
answer (Question *question, LanyardAccess access)
{
  LanyardQuestions *self = question->questions;
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&question->waiting);

  question->is_over = TRUE;
  g_ptr_array_remove (self->questions, question);
  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      waiter_free (g_task_get_task_data (task));
      g_task_set_task_data (task, NULL, NULL);
      g_task_return_int (task, access);
    }

  ask_next (self, question->app_id);
}

static LanyardAccess
read_access (GVariant *reply)
{
  const char *text;

  g_variant_get (reply, "(&s)", &text);
  if (g_str_equal (text, "once"))
    return LANYARD_ACCESS_ONCE;
  if (g_str_equal (text, "always"))
    return LANYARD_ACCESS_ALWAYS;
  if (g_str_equal (text, "no"))
    return LANYARD_ACCESS_NO;

  return LANYARD_ACCESS_DISMISSED;
}

/* The last thing that happens to a question that the person was asked. */
static void
finish (Question *question, LanyardAccess access, const GError *error)
{
  LanyardQuestions *self = question->questions;

  if (!question->is_over)
    {
      if (error != NULL)
        g_warning ("The person cannot be asked: %s", error->message);
      if (access == LANYARD_ACCESS_DISMISSED)
        g_hash_table_replace (self->dismissed, g_strdup (question->key),
                              g_memdup2 (&(gint64){ g_get_monotonic_time () }, sizeof (gint64)));
      answer (question, access);
    }

  question_free (question);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  finish (user_data, reply != NULL ? read_access (reply) : LANYARD_ACCESS_DISMISSED, error);
}

static void
call_windows (Question *question, const char *method, GAsyncReadyCallback callback)
{
  gboolean is_answered = callback != NULL;

  g_dbus_connection_call (
    question->questions->connection, question->windows, LANYARD_BUS_PERSON_PATH,
    LANYARD_BUS_PERSON_INTERFACE, method, g_variant_new ("(ss)", question->app_id, question->id),
    is_answered ? G_VARIANT_TYPE ("(s)") : NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START,
    is_answered ? G_MAXINT : -1, is_answered ? question->cancellable : NULL, callback, question);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GError) error = NULL;

  question->windows = lanyard_windows_find_finish (result, &error);
  if (question->windows != NULL && !question->is_over)
    call_windows (question, "AskAccess", answered_cb);
  else
    finish (question, LANYARD_ACCESS_DISMISSED, error);
}

static void
ask (Question *question)
{
  question->cancellable = g_cancellable_new ();
  lanyard_windows_find_async (question->questions->connection, question->cancellable, found_cb,
                              question);
}

/* One question at a time: an app that wants everything must not cover the screen. */
static void
ask_next (LanyardQuestions *self, const char *app_id)
{
  Question *next = NULL;

  for (guint i = 0; i < self->questions->len; i++)
    {
      Question *question = g_ptr_array_index (self->questions, i);

      if (!g_str_equal (question->app_id, app_id))
        continue;
      if (question->cancellable != NULL)
        return;
      if (next == NULL)
        next = question;
    }

  if (next != NULL)
    ask (next);
}

/* Nobody wants to know any more. */
static void
take_back (Question *question)
{
  LanyardQuestions *self = question->questions;

  question->is_over = TRUE;
  g_ptr_array_remove (self->questions, question);
  if (question->cancellable == NULL)
    {
      question_free (question);
      return;
    }

  if (question->windows != NULL)
    call_windows (question, "CancelAsk", NULL);
  ask_next (self, question->app_id);
  /* Its callback frees the question. */
  g_cancellable_cancel (question->cancellable);
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Waiter *waiter = g_task_get_task_data (task);
  Question *question = waiter->question;

  waiter_free (waiter);
  g_task_set_task_data (task, NULL, NULL);
  g_ptr_array_remove (question->waiting, task);
  g_task_return_error_if_cancelled (task);
  if (question->waiting->len == 0)
    take_back (question);

  return G_SOURCE_REMOVE;
}

/* Takes @task. */
static void
wait_for (Question *question, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->question = question;
  if (cancellable != NULL)
    {
      waiter->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->cancelled, G_SOURCE_FUNC (cancelled_cb), task, NULL);
      g_source_attach (waiter->cancelled, g_main_context_get_thread_default ());
    }
  g_task_set_task_data (task, waiter, NULL);
  g_ptr_array_add (question->waiting, task);
}

static gboolean
was_just_dismissed (LanyardQuestions *self, const char *key)
{
  const gint64 *dismissed_at = g_hash_table_lookup (self->dismissed, key);

  if (dismissed_at == NULL)
    return FALSE;
  if (g_get_monotonic_time () - *dismissed_at < PAUSE * G_USEC_PER_SEC)
    return TRUE;

  g_hash_table_remove (self->dismissed, key);
  return FALSE;
}

static void
lanyard_questions_finalize (GObject *object)
{
  LanyardQuestions *self = LANYARD_QUESTIONS (object);

  g_clear_object (&self->connection);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_clear_pointer (&self->dismissed, g_hash_table_unref);

  G_OBJECT_CLASS (lanyard_questions_parent_class)->finalize (object);
}

static void
lanyard_questions_class_init (LanyardQuestionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanyard_questions_finalize;
}

static void
lanyard_questions_init (LanyardQuestions *self)
{
  self->questions = g_ptr_array_new ();
  self->dismissed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

LanyardQuestions *
lanyard_questions_new (GDBusConnection *connection)
{
  LanyardQuestions *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);

  self = g_object_new (LANYARD_TYPE_QUESTIONS, NULL);
  self->connection = g_object_ref (connection);
  return self;
}

void
lanyard_questions_ask_async (LanyardQuestions *self,
                             const char *app_id,
                             const char *id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *key = NULL;
  Question *question;

  g_return_if_fail (LANYARD_IS_QUESTIONS (self));
  g_return_if_fail (app_id != NULL && id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_questions_ask_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  key = g_strdup_printf ("%s %s", app_id, id);
  if (was_just_dismissed (self, key))
    {
      g_task_return_int (task, LANYARD_ACCESS_DISMISSED);
      return;
    }

  question = find_question (self, key);
  if (question == NULL)
    {
      question = g_new0 (Question, 1);
      question->questions = g_object_ref (self);
      question->key = g_steal_pointer (&key);
      question->app_id = g_strdup (app_id);
      question->id = g_strdup (id);
      question->waiting = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (self->questions, question);
    }
  wait_for (question, g_steal_pointer (&task));
  ask_next (self, app_id);
}

LanyardAccess
lanyard_questions_ask_finish (LanyardQuestions *self, GAsyncResult *result, GError **error)
{
  gssize access = g_task_propagate_int (G_TASK (result), error);

  return access >= 0 ? (LanyardAccess)access : LANYARD_ACCESS_DISMISSED;
}
