/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Several programs that want the same thing at the same moment: one of them asks, and what comes
 * of it is for all, also when nothing does. */

#include "config.h"

#include "lanyard-test-engine.h"

#define TOKENS "client_secret=s3cret&access_token=a&refresh_token=r"
#define ISSUER "https://id.example.org"

typedef struct
{
  LanyardTestEngine *engine;
  GAsyncResult *result;
  LanyardSecret *refused;
} Asker;

static void
start_refresh (Asker *asker, const char *id)
{
  lanyard_manager_refresh_async (asker->engine->manager, id, asker->refused, NULL,
                                 lanyard_test_take_result_cb, &asker->result);
}

static gboolean
finish_refresh (Asker *asker, GError **error)
{
  g_autoptr (GAsyncResult) owned = NULL;

  lanyard_test_wait_for (&asker->result);
  owned = g_steal_pointer (&asker->result);
  return lanyard_manager_refresh_finish (asker->engine->manager, owned, error);
}

/* Lets each of them come as far as it can: one has asked, the others wait for its lock. */
static void
wait_for_request (LanyardTestEngine *engine, guint n_requests)
{
  while (lanyard_scripted_transport_count (engine->transport) < n_requests)
    g_main_context_iteration (NULL, TRUE);
}

/* An explicit refresh is an attempt of its own, unless it waited for one. */
static void
test_one_refresh (void)
{
  g_autoptr (LanyardTestEngine) first = lanyard_test_engine_new ();
  g_autoptr (LanyardTestEngine) second = lanyard_test_engine_new_beside (first);
  g_autoptr (LanyardTestEngine) third = lanyard_test_engine_new_beside (first);
  Asker askers[] = { { first, NULL, NULL }, { second, NULL, NULL }, { third, NULL, NULL } };
  g_autofree char *id = lanyard_test_engine_add (first, "My mail", "example", TOKENS, 3600);
  g_autoptr (GError) error = NULL;

  lanyard_scripted_transport_set_held (first->transport, TRUE);
  lanyard_scripted_transport_add_answer (first->transport, 200,
                                         "{'access_token': 'b', 'refresh_token': 'r2'}");
  for (guint i = 0; i < G_N_ELEMENTS (askers); i++)
    start_refresh (&askers[i], id);
  wait_for_request (first, 1);
  lanyard_scripted_transport_set_held (first->transport, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (askers); i++)
    {
      g_assert_true (finish_refresh (&askers[i], &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (lanyard_scripted_transport_count (first->transport), ==, 1);
  lanyard_test_engine_assert_secret (first, id, "refresh_token", "r2");

  lanyard_scripted_transport_add_answer (first->transport, 200, "{'access_token': 'c'}");
  g_assert_true (lanyard_test_engine_refresh (second, id, NULL));
  g_assert_cmpuint (lanyard_scripted_transport_count (first->transport), ==, 2);
}

/* Who was refused late asks for nothing when what is there now is another token. */
static void
test_refused_once (void)
{
  g_autoptr (LanyardTestEngine) first = lanyard_test_engine_new ();
  g_autoptr (LanyardTestEngine) second = lanyard_test_engine_new_beside (first);
  g_autoptr (LanyardSecret) old = lanyard_secret_new ("a");
  g_autoptr (LanyardSecret) new = lanyard_secret_new ("b");
  Asker askers[] = { { first, NULL, old }, { second, NULL, old }, { second, NULL, new } };
  g_autofree char *id = lanyard_test_engine_add (first, "My mail", "example", TOKENS, 3600);
  const guint n_requests[] = { 1, 1, 2 };

  lanyard_scripted_transport_add_answer (first->transport, 200, "{'access_token': 'b'}");
  lanyard_scripted_transport_add_answer (first->transport, 200, "{'access_token': 'c'}");
  for (guint i = 0; i < G_N_ELEMENTS (askers); i++)
    {
      g_autoptr (GError) error = NULL;

      start_refresh (&askers[i], id);
      g_assert_true (finish_refresh (&askers[i], &error));
      g_assert_no_error (error);
      g_assert_cmpuint (lanyard_scripted_transport_count (first->transport), ==, n_requests[i]);
    }
  lanyard_test_engine_assert_secret (first, id, "access_token", "c");
}

static LanyardAuthorization *
sign_in_by_issuer (LanyardTestEngine *engine)
{
  g_autoptr (LanyardRobotConsent) consent = lanyard_robot_consent_new ();
  LanyardAuthorization *draft = lanyard_test_engine_new_draft ("My mail");
  g_autoptr (GError) error = NULL;

  lanyard_authorization_set_provider_id (draft, "custom-oauth2");
  lanyard_authorization_set_setting (draft, "issuer", ISSUER);
  lanyard_authorization_set_setting (draft, "client_id", "app");
  lanyard_scripted_transport_add_answer (engine->transport, 200,
                                         "{'issuer':'" ISSUER "','authorization_endpoint':'" ISSUER
                                         "/a','token_endpoint':'" ISSUER "/t'}");
  lanyard_scripted_transport_add_answer (
    engine->transport, 200,
    "{'access_token':'t','token_type':'Bearer','expires_in':-1,'refresh_token':'r'}");
  lanyard_test_engine_authorize (engine, draft, NULL, consent, NULL, &error);
  g_assert_no_error (error);
  return draft;
}

/* What comes before the token request belongs to it. */
static void
test_issuer_fails_once (void)
{
  g_autoptr (LanyardTestEngine) first = lanyard_test_engine_new ();
  g_autoptr (LanyardTestEngine) second = lanyard_test_engine_new_beside (first);
  g_autoptr (LanyardTestEngine) third = lanyard_test_engine_new_beside (first);
  /* Those who do not know yet what the issuer says. */
  Asker askers[] = { { second, NULL, NULL }, { third, NULL, NULL } };
  g_autoptr (LanyardAuthorization) draft = sign_in_by_issuer (first);
  guint n_requests = lanyard_scripted_transport_count (first->transport);

  lanyard_scripted_transport_set_held (first->transport, TRUE);
  lanyard_scripted_transport_add_answer (first->transport, 503, "");
  for (guint i = 0; i < G_N_ELEMENTS (askers); i++)
    start_refresh (&askers[i], lanyard_authorization_get_id (draft));
  wait_for_request (first, n_requests + 1);
  lanyard_scripted_transport_set_held (first->transport, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (askers); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (finish_refresh (&askers[i], &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE);
    }
  g_assert_cmpuint (lanyard_scripted_transport_count (first->transport), ==, n_requests + 1);
  g_assert_cmpint (lanyard_test_engine_get_status (first, lanyard_authorization_get_id (draft)), ==,
                   LANYARD_STATUS_AUTHORIZED);
}

int
main (int argc, char *argv[])
{
  lanyard_test_init (&argc, &argv);

  g_test_add_func ("/engine/manager-programs/one-refresh", test_one_refresh);
  g_test_add_func ("/engine/manager-programs/refused-once", test_refused_once);
  g_test_add_func ("/engine/manager-programs/issuer-fails-once", test_issuer_fails_once);

  return lanyard_test_run ();
}
