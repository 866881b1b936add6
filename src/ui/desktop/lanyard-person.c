/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-person.h"

#include "lanyard-access-dialog.h"
#include "lanyard-attention.h"
#include "lanyard-bus-error.h"
#include "lanyard-bus-info.h"
#include "lanyard-bus-names.h"
#include "lanyard-error.h"

#include <glib/gi18n.h>

struct _LanyardPerson
{
  GObject parent_instance;

  /* Borrowed */
  LanyardApplication *application;

  /* Owned */
  GDBusConnection *connection;
  /* In the order in which they came; only the first is shown. */
  GPtrArray *questions;
  guint registration;
};

/* A call until it is answered; the program stays that long. */
typedef struct
{
  /* Owned */
  LanyardPerson *self;
  GApplication *application;
  GDBusMethodInvocation *invocation;
} Call;

/* What the person is asked, or will be. */
typedef struct
{
  /* Owned */
  Call *call;
  LanyardAuthorization *authorization;
  char *app_id;
  guint watch;

  /* Borrowed, once it is shown: it goes when it is answered. */
  GtkWidget *dialog;
} Question;

G_DEFINE_FINAL_TYPE (LanyardPerson, lanyard_person, G_TYPE_OBJECT)

static Call *
call_new (LanyardPerson *self, GDBusMethodInvocation *invocation)
{
  Call *call = g_new0 (Call, 1);

  call->self = g_object_ref (self);
  call->application = g_object_ref (G_APPLICATION (self->application));
  call->invocation = invocation;
  g_application_hold (call->application);
  return call;
}

static void
call_free (Call *call)
{
  g_application_release (call->application);
  g_object_unref (call->application);
  g_object_unref (call->self);
  g_free (call);
}

static void
answer (Call *call, GVariant *value)
{
  g_dbus_method_invocation_return_value (g_steal_pointer (&call->invocation), value);
  call_free (call);
}

static void
answer_error (Call *call, GError *error)
{
  lanyard_bus_error_return (g_steal_pointer (&call->invocation), error);
  call_free (call);
}

/* The authorization that a call is about; a call for one that is gone is answered with an error. */
static LanyardAuthorization *
find_authorization (Call *call, const char *id)
{
  GError *error = NULL;
  LanyardAuthorization *authorization =
    lanyard_application_find_authorization (call->self->application, id, &error);

  if (authorization == NULL)
    answer_error (call, error);
  return authorization;
}

static void
question_free (Question *question)
{
  g_bus_unwatch_name (question->watch);
  g_clear_object (&question->authorization);
  g_free (question->app_id);
  g_free (question);
}

static void show_next (LanyardPerson *self);

/* Frees the question. */
static void
answer_question (Question *question, const char *response)
{
  Call *call = question->call;
  g_autoptr (LanyardPerson) self = g_object_ref (call->self);

  g_ptr_array_remove (self->questions, question);
  answer (call, g_variant_new ("(s)", response));
  show_next (self);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  answer_question (user_data, response);
}

static void
show (Question *question)
{
  Call *call = question->call;

  question->dialog = lanyard_access_dialog_new (
    question->app_id, question->authorization,
    lanyard_application_get_service_name (call->self->application, question->authorization));
  g_signal_connect (question->dialog, "response", G_CALLBACK (response_cb), question);
  gtk_window_set_application (GTK_WINDOW (question->dialog), GTK_APPLICATION (call->application));
  gtk_window_present (GTK_WINDOW (question->dialog));
}

/* One at a time, whoever asks: a second click on the first dialog must not be an answer to another
 * that lay below it. */
static void
show_next (LanyardPerson *self)
{
  Question *first = self->questions->len > 0 ? g_ptr_array_index (self->questions, 0) : NULL;

  if (first != NULL && first->dialog == NULL)
    show (first);
}

/* Nobody waits for the answer any more. */
static void
take_back (Question *question)
{
  if (question->dialog != NULL)
    gtk_window_close (GTK_WINDOW (question->dialog));
  else
    answer_question (question, LANYARD_ACCESS_DISMISSED);
}

static void
vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  take_back (user_data);
}

static void
ask_access (Call *call, GVariant *parameters)
{
  const char *app_id, *id;
  g_autoptr (LanyardAuthorization) authorization = NULL;
  Question *question;

  g_variant_get (parameters, "(&s&s)", &app_id, &id);
  authorization = find_authorization (call, id);
  if (authorization == NULL)
    return;

  question = g_new0 (Question, 1);
  question->call = call;
  question->authorization = g_steal_pointer (&authorization);
  question->app_id = g_strdup (app_id);
  question->watch = g_bus_watch_name_on_connection (
    call->self->connection, g_dbus_method_invocation_get_sender (call->invocation),
    G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, vanished_cb, question, NULL);
  g_ptr_array_add (call->self->questions, question);
  show_next (call->self);
}

static void
cancel_ask (Call *call, GVariant *parameters)
{
  GPtrArray *questions = call->self->questions;
  const char *app_id, *id;
  Question *found = NULL;

  g_variant_get (parameters, "(&s&s)", &app_id, &id);
  for (guint i = 0; found == NULL && i < questions->len; i++)
    {
      Question *question = g_ptr_array_index (questions, i);

      if (g_str_equal (question->app_id, app_id) &&
          g_strcmp0 (lanyard_authorization_get_id (question->authorization), id) == 0)
        found = question;
    }

  if (found != NULL)
    take_back (found);
  answer (call, NULL);
}

static void
authorized_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  GError *error = NULL;

  if (lanyard_application_authorize_finish (LANYARD_APPLICATION (source), result, &error))
    answer (call, NULL);
  else
    answer_error (call, error);
}

static void
authorize (Call *call, GVariant *parameters)
{
  const char *id;

  g_variant_get (parameters, "(&s)", &id);
  lanyard_application_authorize_async (call->self->application, id, authorized_cb, call);
}

static void
notify (Call *call, GVariant *parameters)
{
  g_autoptr (LanyardAuthorization) authorization = NULL;
  const char *id;

  g_variant_get (parameters, "(&s)", &id);
  authorization = find_authorization (call, id);
  if (authorization == NULL)
    return;

  lanyard_attention_notify (
    call->application, authorization,
    lanyard_application_get_service_name (call->self->application, authorization));
  answer (call, NULL);
}

static void
withdraw (Call *call, GVariant *parameters)
{
  const char *id;

  g_variant_get (parameters, "(&s)", &id);
  lanyard_attention_withdraw (call->application, id);
  answer (call, NULL);
}

static const struct
{
  const char *name;
  void (*run) (Call *call, GVariant *parameters);
} methods[] = {
  { "AskAccess", ask_access }, { "CancelAsk", cancel_ask }, { "Authorize", authorize },
  { "Notify", notify },        { "Withdraw", withdraw },
};

static void
run (Call *call)
{
  const char *name = g_dbus_method_invocation_get_method_name (call->invocation);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (methods[i].name, name))
      {
        methods[i].run (call, g_dbus_method_invocation_get_parameters (call->invocation));
        return;
      }
}

/* Whoever has the name of the service now is the service: the bus gives it to one only, and not to
 * a sandbox. */
static void
owner_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Call *call = user_data;
  const char *sender = g_dbus_method_invocation_get_sender (call->invocation);
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  const char *owner = NULL;

  if (reply != NULL)
    g_variant_get (reply, "(&s)", &owner);
  if (g_strcmp0 (owner, sender) == 0)
    {
      run (call);
      return;
    }

  g_dbus_method_invocation_return_error_literal (g_steal_pointer (&call->invocation), G_DBUS_ERROR,
                                                 G_DBUS_ERROR_ACCESS_DENIED,
                                                 "Only Lanyard's service may ask for this");
  call_free (call);
}

static void
method_call_cb (GDBusConnection *connection,
                const char *sender,
                const char *object_path,
                const char *interface_name,
                const char *method_name,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  g_dbus_connection_call (
    connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
    "GetNameOwner", g_variant_new ("(s)", LANYARD_BUS_SERVICE_NAME), G_VARIANT_TYPE ("(s)"),
    G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, owner_cb, call_new (user_data, invocation));
}

static void
lanyard_person_dispose (GObject *object)
{
  LanyardPerson *self = LANYARD_PERSON (object);

  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (lanyard_person_parent_class)->dispose (object);
}

static void
lanyard_person_finalize (GObject *object)
{
  g_ptr_array_unref (LANYARD_PERSON (object)->questions);

  G_OBJECT_CLASS (lanyard_person_parent_class)->finalize (object);
}

static void
lanyard_person_class_init (LanyardPersonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_person_dispose;
  object_class->finalize = lanyard_person_finalize;
}

static void
lanyard_person_init (LanyardPerson *self)
{
  self->questions = g_ptr_array_new_with_free_func ((GDestroyNotify)question_free);
}

LanyardPerson *
lanyard_person_new (LanyardApplication *application, GDBusConnection *connection, GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = method_call_cb };
  g_autoptr (LanyardPerson) self = g_object_new (LANYARD_TYPE_PERSON, NULL);

  lanyard_bus_error_init ();
  self->application = application;
  self->connection = g_object_ref (connection);
  self->registration = g_dbus_connection_register_object (
    connection, LANYARD_BUS_PERSON_PATH, (GDBusInterfaceInfo *)&lanyard_bus_person1_interface,
    &vtable, self, NULL, error);
  return self->registration != 0 ? g_steal_pointer (&self) : NULL;
}
