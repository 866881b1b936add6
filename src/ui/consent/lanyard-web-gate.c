/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-web-gate.h"

#include "lanyard-secret.h"
#include "lanyard-web-policy.h"

struct _LanyardWebGate
{
  GObject parent_instance;

  /* Owned */
  char *redirect_uri;
  /* What the page asks for last, and whether asking again does no harm. */
  char *asked_uri;
  gboolean is_asked_safely;
  /* The end of it all. */
  char *answer;
  guint answer_source;
};

enum
{
  SIGNAL_REDIRECTED,
  SIGNAL_REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardWebGate, lanyard_web_gate, G_TYPE_OBJECT)

static gboolean
emit_answer_cb (gpointer user_data)
{
  LanyardWebGate *self = user_data;

  self->answer_source = 0;
  g_signal_emit (self, signals[SIGNAL_REDIRECTED], 0, self->answer);
  return G_SOURCE_REMOVE;
}

/* Whoever hears of it closes the window, which WebKit would not like while it asks us. It must not
 * wait for a quiet moment either: where drawing is slow, an animation leaves none. */
static void
take_answer (LanyardWebGate *self, const char *uri)
{
  self->answer = g_strdup (uri);
  self->answer_source = g_idle_add_full (G_PRIORITY_DEFAULT, emit_answer_cb, self, NULL);
}

static gboolean
is_safe_method (WebKitURIRequest *request)
{
  const char *method = webkit_uri_request_get_http_method (request);

  return method == NULL || g_str_equal (method, "GET");
}

static gboolean
decide_navigation (LanyardWebGate *self, WebKitNavigationPolicyDecision *decision)
{
  WebKitNavigationAction *action =
    webkit_navigation_policy_decision_get_navigation_action (decision);
  WebKitURIRequest *request = webkit_navigation_action_get_request (action);
  const char *uri = webkit_uri_request_get_uri (request);

  if (!lanyard_web_gate_check (self, uri))
    return FALSE;

  g_free (self->asked_uri);
  self->asked_uri = g_strdup (uri);
  self->is_asked_safely = is_safe_method (request);
  return TRUE;
}

static gboolean
is_attachment (WebKitURIResponse *response)
{
  SoupMessageHeaders *headers = webkit_uri_response_get_http_headers (response);
  g_autofree char *disposition = NULL;
  g_autoptr (GHashTable) parameters = NULL;

  return headers != NULL &&
         soup_message_headers_get_content_disposition (headers, &disposition, &parameters) &&
         g_ascii_strcasecmp (disposition, "attachment") == 0;
}

static gboolean
decide_response (LanyardWebGate *self, WebKitResponsePolicyDecision *decision)
{
  WebKitURIResponse *response = webkit_response_policy_decision_get_response (decision);
  g_autoptr (LanyardWebProblem) problem = NULL;

  if (webkit_response_policy_decision_is_mime_type_supported (decision) &&
      !is_attachment (response))
    return TRUE;

  if (webkit_response_policy_decision_is_main_frame_main_resource (decision))
    {
      problem = lanyard_web_problem_new_file ();
      g_signal_emit (self, signals[SIGNAL_REFUSED], 0, problem);
    }
  return FALSE;
}

static gboolean
decide_policy_cb (LanyardWebGate *self,
                  WebKitPolicyDecision *decision,
                  WebKitPolicyDecisionType type)
{
  gboolean is_allowed;

  if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    is_allowed = decide_response (self, WEBKIT_RESPONSE_POLICY_DECISION (decision));
  else
    is_allowed = decide_navigation (self, WEBKIT_NAVIGATION_POLICY_DECISION (decision));

  if (is_allowed)
    webkit_policy_decision_use (decision);
  else
    webkit_policy_decision_ignore (decision);
  return TRUE;
}

static void
lanyard_web_gate_dispose (GObject *object)
{
  LanyardWebGate *self = LANYARD_WEB_GATE (object);

  g_clear_handle_id (&self->answer_source, g_source_remove);

  G_OBJECT_CLASS (lanyard_web_gate_parent_class)->dispose (object);
}

static void
lanyard_web_gate_finalize (GObject *object)
{
  LanyardWebGate *self = LANYARD_WEB_GATE (object);

  g_free (self->redirect_uri);
  g_free (self->asked_uri);
  lanyard_secret_wipe_string (self->answer);

  G_OBJECT_CLASS (lanyard_web_gate_parent_class)->finalize (object);
}

static void
lanyard_web_gate_class_init (LanyardWebGateClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_web_gate_dispose;
  object_class->finalize = lanyard_web_gate_finalize;

  signals[SIGNAL_REDIRECTED] =
    g_signal_new ("redirected", LANYARD_TYPE_WEB_GATE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", LANYARD_TYPE_WEB_GATE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lanyard_web_gate_init (LanyardWebGate *self)
{
}

LanyardWebGate *
lanyard_web_gate_new (WebKitWebView *view, const char *redirect_uri)
{
  LanyardWebGate *self;

  g_return_val_if_fail (WEBKIT_IS_WEB_VIEW (view), NULL);
  g_return_val_if_fail (redirect_uri != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_WEB_GATE, NULL);
  self->redirect_uri = g_strdup (redirect_uri);
  g_signal_connect_object (view, "decide-policy", G_CALLBACK (decide_policy_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

const char *
lanyard_web_gate_get_redirect_uri (LanyardWebGate *self)
{
  g_return_val_if_fail (LANYARD_IS_WEB_GATE (self), NULL);

  return self->redirect_uri;
}

gboolean
lanyard_web_gate_check (LanyardWebGate *self, const char *uri)
{
  g_autoptr (LanyardWebProblem) problem = NULL;

  g_return_val_if_fail (LANYARD_IS_WEB_GATE (self), FALSE);
  g_return_val_if_fail (uri != NULL, FALSE);

  if (self->answer != NULL)
    return FALSE;

  switch (lanyard_web_policy_decide (uri, self->redirect_uri))
    {
    case LANYARD_WEB_POLICY_LOAD:
      return TRUE;
    case LANYARD_WEB_POLICY_REDIRECT:
      take_answer (self, uri);
      return FALSE;
    case LANYARD_WEB_POLICY_INSECURE:
      problem = lanyard_web_problem_new_insecure (uri);
      break;
    case LANYARD_WEB_POLICY_EXTERNAL:
      problem = lanyard_web_problem_new_external (uri);
      break;
    case LANYARD_WEB_POLICY_IGNORE:
    default:
      return FALSE;
    }

  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, problem);
  return FALSE;
}

gboolean
lanyard_web_gate_is_shut (LanyardWebGate *self)
{
  g_return_val_if_fail (LANYARD_IS_WEB_GATE (self), TRUE);

  return self->answer != NULL;
}

gboolean
lanyard_web_gate_is_repeatable (LanyardWebGate *self, const char *uri)
{
  g_return_val_if_fail (LANYARD_IS_WEB_GATE (self), FALSE);

  return self->is_asked_safely && g_strcmp0 (self->asked_uri, uri) == 0;
}
