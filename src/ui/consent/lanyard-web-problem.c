/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-web-problem.h"

#include <glib/gi18n-lib.h>

#include "lanyard-network-error.h"
#include "lanyard-text.h"
#include "lanyard-uri.h"

#define MAX_NAME_CHARS 120

static LanyardWebProblem *
create (const char *icon_name, const char *title, char *description)
{
  LanyardWebProblem *self = g_new0 (LanyardWebProblem, 1);

  self->icon_name = icon_name;
  self->title = title;
  self->description = description;
  return self;
}

void
lanyard_web_problem_free (LanyardWebProblem *self)
{
  g_free (self->description);
  g_free (self);
}

LanyardWebProblem *
lanyard_web_problem_new_unreached (const GError *cause, const char *uri)
{
  g_autoptr (GError) error = lanyard_network_error_new (cause, uri);

  return create ("network-error-symbolic", _ ("The Page Did Not Arrive"),
                 g_strdup (error->message));
}

LanyardWebProblem *
lanyard_web_problem_new_untrusted (GTlsCertificate *certificate,
                                   GTlsCertificateFlags flags,
                                   const char *uri)
{
  g_autoptr (GError) error = lanyard_network_error_new_certificate (certificate, flags, uri);

  return create ("channel-insecure-symbolic", _ ("This Server Cannot Be Trusted"),
                 g_strdup (error->message));
}

LanyardWebProblem *
lanyard_web_problem_new_insecure (const char *uri)
{
  g_autofree char *origin = lanyard_uri_dup_origin (uri);
  g_autofree char *name = lanyard_text_quote (origin, MAX_NAME_CHARS);

  return create ("channel-insecure-symbolic", _ ("Not Encrypted"),
                 /* Translators: scheme and host of a server, quoted */
                 g_strdup_printf (_ ("The page wanted to go to %s. What is sent there can be read "
                                     "on the way, so Lanyard does not go there."),
                                  name != NULL ? name : "http:"));
}

LanyardWebProblem *
lanyard_web_problem_new_external (const char *uri)
{
  g_autofree char *name = lanyard_text_quote (g_uri_peek_scheme (uri), MAX_NAME_CHARS);

  return create ("action-unavailable-symbolic", _ ("Outside of the Sign-In"),
                 /* Translators: the scheme of an address, quoted: “mailto” */
                 g_strdup_printf (_ ("The page wanted to open an address for another program (%s). "
                                     "No other program is started while you sign in here."),
                                  name != NULL ? name : "?"));
}

LanyardWebProblem *
lanyard_web_problem_new_file (void)
{
  return create ("action-unavailable-symbolic", _ ("A File, Not a Page"),
                 g_strdup (_ ("The server wanted to send a file. Nothing is saved while you sign "
                              "in here.")));
}

LanyardWebProblem *
lanyard_web_problem_new_crashed (void)
{
  return create ("dialog-warning-symbolic", _ ("The Page Broke Down"),
                 g_strdup (_ ("The part of Lanyard that shows web pages stopped unexpectedly. Try "
                              "again, or use your browser.")));
}

LanyardWebProblem *
lanyard_web_problem_new_stopped (void)
{
  return create ("process-stop-symbolic", _ ("Stopped"),
                 g_strdup (_ ("You stopped the page before it arrived.")));
}
