/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-error.h"
#include "lanyard-status-text.h"

/* Friday 15 May 2026, 12:00 UTC */
#define NOON G_GINT64_CONSTANT (1778846400)
#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static LanyardAuthorization *
make_authorization (LanyardStatus status, gint64 expires_at, gboolean renewable)
{
  LanyardAuthorization *authorization = lanyard_authorization_new (NULL);

  lanyard_authorization_set_status (authorization, status);
  lanyard_authorization_set_expires_at (authorization, expires_at);
  lanyard_authorization_set_renewable (authorization, renewable);
  return authorization;
}

static void
assert_reason (LanyardAuthorization *authorization,
               const GError *keyring_error,
               const char *expected)
{
  g_autofree char *reason = lanyard_status_text_dup_reason (authorization, keyring_error, NOON);

  g_assert_cmpstr (reason, ==, expected);
}

static void
assert_reason_of (LanyardStatus status, gint64 expires_at, gboolean renewable, const char *expected)
{
  g_autoptr (LanyardAuthorization) authorization =
    make_authorization (status, expires_at, renewable);

  assert_reason (authorization, NULL, expected);
}

static void
test_not_authorized (void)
{
  assert_reason_of (LANYARD_STATUS_NEW, 0, FALSE, "never authorized");
  assert_reason_of (LANYARD_STATUS_REVOKED, 0, FALSE, "taken back");
  assert_reason_of (LANYARD_STATUS_INCOMPLETE, NOON + HOUR, TRUE, "missing from the keyring");
}

static void
test_refused (void)
{
  assert_reason_of (LANYARD_STATUS_REFUSED, 0, FALSE, "refused by the provider");
  assert_reason_of (LANYARD_STATUS_REFUSED, NOON + HOUR, TRUE, "refused by the provider");
  assert_reason_of (LANYARD_STATUS_REFUSED, NOON - HOUR, TRUE, "refused since today");
  assert_reason_of (LANYARD_STATUS_REFUSED, NOON - DAY, TRUE, "refused since yesterday");
  assert_reason_of (LANYARD_STATUS_REFUSED, NOON - 3 * DAY, TRUE, "refused since 05/12/26");
}

static void
test_expired (void)
{
  assert_reason_of (LANYARD_STATUS_EXPIRED, 0, FALSE, "expired");
  /* Nobody has noticed yet: the time decides. */
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON - 10, FALSE, "expired just now");
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON - 5 * MINUTE, FALSE, "expired 5 min ago");
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON - 3 * HOUR, FALSE, "expired today");
  /* 13 hours before noon is another day. */
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON - 13 * HOUR, FALSE, "expired yesterday");
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON - 4 * DAY, FALSE, "expired 4 days ago");
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON - 400 * DAY, FALSE, "expired on 04/10/25");
}

static void
test_renewed (void)
{
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, 0, TRUE, "renews by itself");
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON - DAY, TRUE, "renews by itself");
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON + 1, TRUE, "renews in 1 min");
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON + 42 * MINUTE, TRUE, "renews in 42 min");
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON + 2 * HOUR, TRUE, "renews in 2 hours");
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON + 3 * DAY, TRUE, "renews in 3 days");
}

static void
test_expires (void)
{
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, 0, FALSE, "does not expire");
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON + MINUTE, FALSE, "expires in 1 min");
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON + 5 * HOUR, FALSE, "expires in 5 hours");
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON + DAY, FALSE, "expires tomorrow");
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON + 9 * DAY, FALSE, "expires in 9 days");
  assert_reason_of (LANYARD_STATUS_AUTHORIZED, NOON + 60 * DAY, FALSE, "expires on 07/14/26");
}

static void
test_inactive (void)
{
  g_autoptr (LanyardAuthorization) authorization =
    make_authorization (LANYARD_STATUS_AUTHORIZED, 0, FALSE);
  LanyardBadgeKind kind;

  lanyard_authorization_set_active (authorization, FALSE);
  assert_reason (authorization, NULL, "inactive, still signed in");
  g_assert_cmpstr (lanyard_status_text_get_label (authorization, NOON, &kind), ==,
                   "Not authorized");
  g_assert_cmpint (kind, ==, LANYARD_BADGE_NEUTRAL);

  lanyard_authorization_set_status (authorization, LANYARD_STATUS_NEW);
  assert_reason (authorization, NULL, "never authorized");
}

/* A keyring that cannot be read says nothing about the authorization. */
static void
test_keyring (void)
{
  g_autoptr (LanyardAuthorization) authorization =
    make_authorization (LANYARD_STATUS_AUTHORIZED, NOON + HOUR, TRUE);
  g_autoptr (GError) locked =
    g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED, "locked");
  g_autoptr (GError) absent =
    g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_KEYRING_ABSENT, "absent");
  LanyardBadgeKind kind;

  assert_reason (authorization, locked, "keyring locked");
  assert_reason (authorization, absent, "keyring out of reach");
  g_assert_cmpstr (lanyard_status_text_get_label (authorization, NOON, &kind), ==, "Authorized");
  g_assert_cmpint (kind, ==, LANYARD_BADGE_SUCCESS);

  lanyard_authorization_set_status (authorization, LANYARD_STATUS_NEW);
  assert_reason (authorization, locked, "never authorized");
}

static void
test_labels (void)
{
  g_autoptr (LanyardAuthorization) authorization =
    make_authorization (LANYARD_STATUS_AUTHORIZED, NOON, FALSE);
  LanyardBadgeKind kind;

  g_assert_cmpstr (lanyard_status_text_get_label (authorization, NOON - 1, &kind), ==,
                   "Authorized");
  g_assert_cmpint (kind, ==, LANYARD_BADGE_SUCCESS);
  g_assert_cmpstr (lanyard_status_text_get_label (authorization, NOON + 1, &kind), ==,
                   "Sign in again");
  g_assert_cmpint (kind, ==, LANYARD_BADGE_WARNING);
}

/* What is lost is got back by signing in, or by entering it. */
static void
test_lost (void)
{
  g_autoptr (LanyardAuthorization) authorization =
    make_authorization (LANYARD_STATUS_INCOMPLETE, 0, FALSE);
  LanyardBadgeKind kind;

  lanyard_authorization_set_type_id (authorization, "oauth2");
  g_assert_cmpstr (lanyard_status_text_get_label (authorization, NOON, &kind), ==, "Sign in again");
  g_assert_cmpint (kind, ==, LANYARD_BADGE_WARNING);
  lanyard_authorization_set_type_id (authorization, "api-key");
  g_assert_cmpstr (lanyard_status_text_get_label (authorization, NOON, &kind), ==,
                   "Not authorized");
  g_assert_cmpint (kind, ==, LANYARD_BADGE_WARNING);
  assert_reason (authorization, NULL, "missing from the keyring");
}

static void
assert_use (gint64 used_at, const char *expected)
{
  g_autofree char *use = lanyard_status_text_dup_use (used_at, NOON);

  g_assert_cmpstr (use, ==, expected);
}

static void
test_use (void)
{
  assert_use (0, "not used yet");
  assert_use (-1, "not used yet");
  /* A clock that was put back. */
  assert_use (NOON + DAY, "used just now");
  assert_use (NOON, "used just now");
  assert_use (NOON - 59, "used just now");
  assert_use (NOON - MINUTE, "used 1 min ago");
  assert_use (NOON - HOUR + 1, "used 59 min ago");
  assert_use (NOON - HOUR, "used today");
  assert_use (NOON - 13 * HOUR, "used yesterday");
  assert_use (NOON - 2 * DAY, "used 2 days ago");
  assert_use (NOON - 31 * DAY, "used on 04/14/26");
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/status-text/not-authorized", test_not_authorized);
  g_test_add_func ("/ui/status-text/refused", test_refused);
  g_test_add_func ("/ui/status-text/expired", test_expired);
  g_test_add_func ("/ui/status-text/renewed", test_renewed);
  g_test_add_func ("/ui/status-text/expires", test_expires);
  g_test_add_func ("/ui/status-text/inactive", test_inactive);
  g_test_add_func ("/ui/status-text/keyring", test_keyring);
  g_test_add_func ("/ui/status-text/labels", test_labels);
  g_test_add_func ("/ui/status-text/lost", test_lost);
  g_test_add_func ("/ui/status-text/use", test_use);

  return g_test_run ();
}
