/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-status-text.h"

#include <glib/gi18n.h>

#include "lanyard-auth-types.h"
#include "lanyard-error.h"

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* How many midnights lie between two times, in the person's time zone. */
static int
count_days_between (gint64 from, gint64 to)
{
  g_autoptr (GDateTime) first = g_date_time_new_from_unix_local (from);
  g_autoptr (GDateTime) last = g_date_time_new_from_unix_local (to);
  g_autoptr (GDate) first_day = NULL;
  g_autoptr (GDate) last_day = NULL;

  if (first == NULL || last == NULL)
    return 0;

  first_day =
    g_date_new_dmy (g_date_time_get_day_of_month (first), (GDateMonth)g_date_time_get_month (first),
                    (GDateYear)g_date_time_get_year (first));
  last_day =
    g_date_new_dmy (g_date_time_get_day_of_month (last), (GDateMonth)g_date_time_get_month (last),
                    (GDateYear)g_date_time_get_year (last));
  return g_date_days_between (first_day, last_day);
}

/* The date as the person's country writes it. */
static char *
dup_date (gint64 time)
{
  g_autoptr (GDateTime) date_time = g_date_time_new_from_unix_local (time);

  return date_time == NULL ? g_strdup ("") : g_date_time_format (date_time, "%x");
}

static char *
dup_renewal (gint64 seconds)
{
  guint minutes = (guint)((seconds + MINUTE - 1) / MINUTE);
  guint hours = (guint)((seconds + HOUR / 2) / HOUR);
  guint days = (guint)((seconds + DAY / 2) / DAY);

  if (minutes <= 90)
    /* Translators: the short form of minutes; beside "Authorized" */
    return g_strdup_printf (ngettext ("renews in %u min", "renews in %u min", minutes), minutes);
  if (hours <= 48)
    return g_strdup_printf (ngettext ("renews in %u hour", "renews in %u hours", hours), hours);
  return g_strdup_printf (ngettext ("renews in %u day", "renews in %u days", days), days);
}

static char *
dup_future_expiry (gint64 expires_at, gint64 now)
{
  gint64 seconds = expires_at - now;
  guint minutes = (guint)((seconds + MINUTE - 1) / MINUTE);
  guint hours = (guint)((seconds + HOUR / 2) / HOUR);
  int days = count_days_between (now, expires_at);
  g_autofree char *date = NULL;

  if (minutes <= 90)
    return g_strdup_printf (ngettext ("expires in %u min", "expires in %u min", minutes), minutes);
  if (hours < 12 || days == 0)
    return g_strdup_printf (ngettext ("expires in %u hour", "expires in %u hours", hours), hours);
  if (days == 1)
    return g_strdup (_ ("expires tomorrow"));
  if (days <= 30)
    return g_strdup_printf (ngettext ("expires in %u day", "expires in %u days", (guint)days),
                            (guint)days);
  date = dup_date (expires_at);
  /* Translators: %s is a date */
  return g_strdup_printf (_ ("expires on %s"), date);
}

static char *
dup_past_expiry (gint64 expires_at, gint64 now)
{
  gint64 seconds = now - expires_at;
  guint minutes = (guint)(seconds / MINUTE);
  int days = count_days_between (expires_at, now);
  g_autofree char *date = NULL;

  if (expires_at == 0)
    return g_strdup (_ ("expired"));
  if (minutes < 1)
    return g_strdup (_ ("expired just now"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("expired %u min ago", "expired %u min ago", minutes),
                            minutes);
  if (days == 0)
    return g_strdup (_ ("expired today"));
  if (days == 1)
    return g_strdup (_ ("expired yesterday"));
  if (days <= 30)
    return g_strdup_printf (ngettext ("expired %u day ago", "expired %u days ago", (guint)days),
                            (guint)days);
  date = dup_date (expires_at);
  /* Translators: %s is a date */
  return g_strdup_printf (_ ("expired on %s"), date);
}

/* A provider refuses when the old access token has to be renewed: it has not worked since. */
static char *
dup_refusal (gint64 expired_at, gint64 now)
{
  int days = count_days_between (expired_at, now);
  g_autofree char *date = NULL;

  if (expired_at == 0 || expired_at > now)
    return g_strdup (_ ("refused by the provider"));
  if (days == 0)
    return g_strdup (_ ("refused since today"));
  if (days == 1)
    return g_strdup (_ ("refused since yesterday"));
  date = dup_date (expired_at);
  /* Translators: %s is a date */
  return g_strdup_printf (_ ("refused since %s"), date);
}

static char *
dup_validity (LanyardAuthorization *authorization, gint64 now)
{
  gint64 expires_at = lanyard_authorization_get_expires_at (authorization);

  if (lanyard_authorization_is_renewable (authorization))
    return expires_at > now ? dup_renewal (expires_at - now) : g_strdup (_ ("renews by itself"));
  if (expires_at == 0)
    return g_strdup (_ ("does not expire"));
  return dup_future_expiry (expires_at, now);
}

static gboolean
needs_sign_in (LanyardAuthorization *authorization)
{
  LanyardAuthType *type =
    lanyard_auth_types_lookup (lanyard_authorization_get_type_id (authorization));

  return type == NULL || lanyard_auth_type_needs_consent (type);
}

const char *
lanyard_status_text_get_label (LanyardAuthorization *authorization,
                               gint64 now,
                               LanyardBadgeKind *kind)
{
  static const LanyardBadgeKind kinds[] = {
    [LANYARD_STATUS_NEW] = LANYARD_BADGE_NEUTRAL,
    [LANYARD_STATUS_AUTHORIZED] = LANYARD_BADGE_SUCCESS,
    [LANYARD_STATUS_EXPIRED] = LANYARD_BADGE_WARNING,
    [LANYARD_STATUS_REFUSED] = LANYARD_BADGE_WARNING,
    [LANYARD_STATUS_REVOKED] = LANYARD_BADGE_NEUTRAL,
    [LANYARD_STATUS_INCOMPLETE] = LANYARD_BADGE_WARNING,
  };
  LanyardStatus status;

  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (authorization), NULL);

  status = lanyard_authorization_get_status_at (authorization, now);
  if (status == LANYARD_STATUS_AUTHORIZED && !lanyard_authorization_is_active (authorization))
    status = LANYARD_STATUS_NEW;
  if (kind != NULL)
    *kind = kinds[status];
  /* A key that is lost is entered again: there is nothing to sign in to. */
  if (status == LANYARD_STATUS_INCOMPLETE && !needs_sign_in (authorization))
    status = LANYARD_STATUS_NEW;
  return lanyard_status_get_label (status);
}

char *
lanyard_status_text_dup_reason (LanyardAuthorization *authorization,
                                const GError *keyring_error,
                                gint64 now)
{
  LanyardStatus status;

  g_return_val_if_fail (LANYARD_IS_AUTHORIZATION (authorization), NULL);

  status = lanyard_authorization_get_status_at (authorization, now);
  if (status == LANYARD_STATUS_AUTHORIZED && !lanyard_authorization_is_active (authorization))
    return g_strdup (_ ("inactive, still signed in"));
  if (status == LANYARD_STATUS_AUTHORIZED &&
      g_error_matches (keyring_error, LANYARD_ERROR, LANYARD_ERROR_KEYRING_LOCKED))
    return g_strdup (_ ("keyring locked"));
  if (status == LANYARD_STATUS_AUTHORIZED && keyring_error != NULL)
    return g_strdup (_ ("keyring out of reach"));

  switch (status)
    {
    case LANYARD_STATUS_AUTHORIZED:
      return dup_validity (authorization, now);
    case LANYARD_STATUS_EXPIRED:
      return dup_past_expiry (lanyard_authorization_get_expires_at (authorization), now);
    case LANYARD_STATUS_REFUSED:
      return dup_refusal (lanyard_authorization_get_expires_at (authorization), now);
    case LANYARD_STATUS_REVOKED:
      return g_strdup (_ ("taken back"));
    case LANYARD_STATUS_INCOMPLETE:
      return g_strdup (_ ("missing from the keyring"));
    case LANYARD_STATUS_NEW:
    default:
      return g_strdup (_ ("never authorized"));
    }
}

char *
lanyard_status_text_dup_use (gint64 used_at, gint64 now)
{
  guint minutes = used_at < now ? (guint)MIN ((now - used_at) / MINUTE, G_MAXINT) : 0;
  int days = used_at < now ? count_days_between (used_at, now) : 0;
  g_autofree char *date = NULL;

  if (used_at <= 0)
    return g_strdup (_ ("not used yet"));
  if (minutes < 1)
    return g_strdup (_ ("used just now"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("used %u min ago", "used %u min ago", minutes), minutes);
  if (days == 0)
    return g_strdup (_ ("used today"));
  if (days == 1)
    return g_strdup (_ ("used yesterday"));
  if (days <= 30)
    return g_strdup_printf (ngettext ("used %u day ago", "used %u days ago", (guint)days),
                            (guint)days);
  date = dup_date (used_at);
  /* Translators: %s is a date */
  return g_strdup_printf (_ ("used on %s"), date);
}
