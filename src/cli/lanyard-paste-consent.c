/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-paste-consent.h"

#include "lanyard-error.h"
#include "lanyard-terminal.h"
#include "lanyard-uri.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* So often may something else be pasted. */
#define MAX_ATTEMPTS 3

struct _LanyardPasteConsent
{
  GObject parent_instance;

  int input;
  int output;
  guint n_attempts;
};

static void consent_iface_init (LanyardConsentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardPasteConsent,
                               lanyard_paste_consent,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_CONSENT, consent_iface_init))

static void read_next (GTask *task);

/* What cannot be printed is noticed when nothing is pasted. */
static void
print_line (LanyardPasteConsent *self, const char *line)
{
  dprintf (self->output, "%s\n", line);
}

static void
take_line (GTask *task, LanyardSecret *line)
{
  LanyardPasteConsent *self = g_task_get_source_object (task);
  const char *redirect_uri = g_task_get_task_data (task);
  g_autofree char *uri = g_strstrip (g_strdup (lanyard_secret_get (line)));

  /* Without a redirect URI it is a code, which only the provider can tell from another. */
  if (redirect_uri == NULL ? *uri != '\0' : lanyard_uri_matches_redirect (uri, redirect_uri))
    {
      g_task_return_pointer (task, g_steal_pointer (&uri), g_free);
      return;
    }

  /* An empty line is a slip. */
  if (*uri != '\0' && ++self->n_attempts == MAX_ATTEMPTS)
    {
      g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                               _ ("What was pasted is not the address that the sign-in ends at"));
      return;
    }
  if (*uri != '\0' && isatty (self->input))
    {
      g_autofree char *hint = g_strdup_printf (
        _ ("That is not it: the address begins with %s. Paste it once more:"), redirect_uri);

      print_line (self, hint);
    }
  read_next (task);
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (LanyardSecret) line = NULL;
  GError *error = NULL;

  line = lanyard_terminal_read_line_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (line == NULL)
    g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_NOT_AUTHORIZED,
                             _ ("Nothing was pasted; begin again when you are ready"));
  else
    take_line (task, line);
}

static void
read_next (GTask *task)
{
  LanyardPasteConsent *self = g_task_get_source_object (task);

  lanyard_terminal_read_line_async (self->input, FALSE, g_task_get_cancellable (task), line_cb,
                                    g_object_ref (task));
}

static void
prepare_async (LanyardConsent *consent,
               const char *redirect_uri,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (consent, cancellable, callback, user_data);

  g_task_set_source_tag (task, prepare_async);
  /* Nobody listens, so that any redirect URI will do, also one without a port. */
  g_task_return_pointer (task, g_strdup (redirect_uri), g_free);
}

static char *
prepare_finish (LanyardConsent *consent, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
dup_instruction (const LanyardConsentRequest *request)
{
  if (request->redirect_uri == NULL)
    return g_strdup (_ ("At the end the page shows a code. Type it in here and press Enter:"));

  return g_strdup_printf (
    _ ("At the end the browser goes to an address that begins with %s; it need not show a page. "
       "Copy it from the browser’s address bar, paste it here and press Enter:"),
    request->redirect_uri);
}

static void
run_async (LanyardConsent *consent,
           const LanyardConsentRequest *request,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  LanyardPasteConsent *self = LANYARD_PASTE_CONSENT (consent);
  g_autoptr (GTask) task = g_task_new (consent, cancellable, callback, user_data);
  g_autofree char *first =
    g_strdup_printf (_ ("To sign in at %s, open this address in a browser:"), request->provider);
  g_autofree char *last = dup_instruction (request);

  g_task_set_source_tag (task, run_async);
  g_task_set_task_data (task, g_strdup (request->redirect_uri), g_free);
  self->n_attempts = 0;

  /* Alone on its line, so that it can be clicked, copied and found. */
  print_line (self, first);
  print_line (self, request->uri);
  print_line (self, last);
  read_next (task);
}

static char *
run_finish (LanyardConsent *consent, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
consent_iface_init (LanyardConsentInterface *iface)
{
  iface->prepare_async = prepare_async;
  iface->prepare_finish = prepare_finish;
  iface->run_async = run_async;
  iface->run_finish = run_finish;
}

static void
lanyard_paste_consent_class_init (LanyardPasteConsentClass *klass)
{
}

static void
lanyard_paste_consent_init (LanyardPasteConsent *self)
{
}

LanyardConsent *
lanyard_paste_consent_new (int input, int output)
{
  LanyardPasteConsent *self = g_object_new (LANYARD_TYPE_PASTE_CONSENT, NULL);

  self->input = input;
  self->output = output;
  return LANYARD_CONSENT (self);
}
