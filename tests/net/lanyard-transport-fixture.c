/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-transport-fixture.h"

#include <string.h>

#include "lanyard-test-certificates.h"

/* The tests do not depend on a name server. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
test_resolver_lookup_async (GResolver *resolver,
                            const char *name,
                            GResolverNameLookupFlags flags,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_assert_cmpstr (name, !=, "localhost");
  g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "Unknown name");
}

static GList *
test_resolver_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_with_flags_async = test_resolver_lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = test_resolver_lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

LanyardTransport *
transport_fixture_create (guint timeout)
{
  g_autoptr (GTlsDatabase) authority = lanyard_test_certificates_load_authority ();

  return g_object_new (LANYARD_TYPE_SOUP_TRANSPORT, "timeout", timeout, "tls-database", authority,
                       NULL);
}

LanyardTransport *
transport_fixture_create_keeping (guint keep_time)
{
  g_autoptr (GTlsDatabase) authority = lanyard_test_certificates_load_authority ();

  return g_object_new (LANYARD_TYPE_SOUP_TRANSPORT, "timeout", PATIENCE, "keep-time", keep_time,
                       "tls-database", authority, NULL);
}

void
transport_fixture_set_up (TransportFixture *fixture, gconstpointer data)
{
  const char *certificate_name = data;
  g_autoptr (GTlsCertificate) certificate = NULL;

  if (certificate_name != NULL)
    certificate = lanyard_test_certificates_load (certificate_name);
  fixture->peer = lanyard_test_peer_new (certificate);
  fixture->transport = transport_fixture_create (PATIENCE);
}

void
transport_fixture_tear_down (TransportFixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->transport);
  lanyard_test_peer_free (fixture->peer);
}

void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->response, lanyard_response_free);
  g_clear_error (&outcome->error);
  outcome->is_done = FALSE;
}

void
outcome_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->response =
    lanyard_transport_send_finish (LANYARD_TRANSPORT (source), result, &outcome->error);
  g_assert_true ((outcome->response == NULL) == (outcome->error != NULL));
  outcome->is_done = TRUE;
}

void
outcome_wait (Outcome *outcome)
{
  while (!outcome->is_done)
    g_main_context_iteration (NULL, TRUE);
  if (outcome->error != NULL)
    {
      g_test_message ("%s", outcome->error->message);
      /* Whatever goes wrong, no message tells what was sent. */
      g_assert_null (strstr (outcome->error->message, SECRET));
    }
}

LanyardRequest *
transport_fixture_create_request (const char *method, const char *uri)
{
  LanyardRequest *request = lanyard_request_new (method, uri);

  lanyard_params_append (request->headers, "Authorization", "Bearer " SECRET);
  if (g_str_equal (method, "POST"))
    {
      g_autoptr (LanyardParams) form = lanyard_params_new ();

      lanyard_params_append (form, "code", SECRET);
      lanyard_request_set_form (request, form);
    }
  return request;
}

void
transport_fixture_send (LanyardTransport *transport,
                        const char *method,
                        const char *uri,
                        Outcome *outcome)
{
  g_autoptr (LanyardRequest) request = transport_fixture_create_request (method, uri);

  outcome_clear (outcome);
  lanyard_transport_send_async (transport, request, NULL, outcome_sent_cb, outcome);
  outcome_wait (outcome);
}

void
transport_fixture_post (TransportFixture *fixture, Outcome *outcome)
{
  g_autofree char *uri =
    lanyard_test_peer_dup_uri (fixture->peer, "127.0.0.1", "/token?key=" SECRET);

  transport_fixture_send (fixture->transport, "POST", uri, outcome);
}

void
transport_fixture_renew (TransportFixture *fixture, Outcome *outcome)
{
  g_autofree char *uri = lanyard_test_peer_dup_uri (fixture->peer, "127.0.0.1", "/token");
  g_autoptr (LanyardRequest) request = transport_fixture_create_request ("POST", uri);

  request->is_repeatable = TRUE;
  outcome_clear (outcome);
  lanyard_transport_send_async (fixture->transport, request, NULL, outcome_sent_cb, outcome);
  outcome_wait (outcome);
}

void
outcome_check_error (const Outcome *outcome, LanyardError code, const char *words)
{
  g_assert_error (outcome->error, LANYARD_ERROR, (int)code);
  g_assert_nonnull (strstr (outcome->error->message, words));
}

void
outcome_check_body (const Outcome *outcome, guint status, const char *body)
{
  g_assert_no_error (outcome->error);
  g_assert_cmpuint (outcome->response->status, ==, status);
  g_assert_cmpstr (lanyard_secret_get (outcome->response->body), ==, body);
}

int
transport_fixture_run (void)
{
  g_autoptr (GResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  int result;

  g_thread_pool_set_max_unused_threads (0);
  g_resolver_set_default (resolver);
  lanyard_test_certificates_make ();
  result = g_test_run ();
  lanyard_test_certificates_remove ();
  /* The leak sanitizer stumbles over threads of pools that did TLS; idle ones go after half a
   * second. */
  g_usleep (G_USEC_PER_SEC);
  return result;
}
