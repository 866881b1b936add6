/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* call-times [--activate] WARM-UP ROUNDS {NAME PATH INTERFACE.METHOD ARGUMENTS}…
 *
 * Makes several calls on the session's bus in turn, in another order each time, and prints how many
 * nanoseconds each took: one line a call. With --activate, whoever answered is ended before the
 * next round, so that each call has the bus start its service. */

#include <gio/gio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  /* Owned */
  char *interface;
  GVariant *arguments;
  GArray *times;

  /* Borrowed */
  const char *name;
  const char *path;
  const char *method;
} Call;

static GVariant *
ask_bus (GDBusConnection *connection, const char *method, const char *name)
{
  return g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                      "org.freedesktop.DBus", method, g_variant_new ("(s)", name),
                                      NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
}

static void
end_service (GDBusConnection *connection, const char *name)
{
  g_autoptr (GVariant) answer = ask_bus (connection, "GetConnectionUnixProcessID", name);
  gboolean has_owner = TRUE;
  guint32 pid;

  if (answer == NULL)
    return;

  g_variant_get (answer, "(u)", &pid);
  kill ((pid_t)pid, SIGKILL);
  while (has_owner)
    {
      g_autoptr (GVariant) owner = ask_bus (connection, "NameHasOwner", name);

      g_variant_get (owner, "(b)", &has_owner);
    }
}

static gint64
measure (GDBusConnection *connection, const Call *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  struct timespec start, end;

  clock_gettime (CLOCK_MONOTONIC, &start);
  answer =
    g_dbus_connection_call_sync (connection, call->name, call->path, call->interface, call->method,
                                 call->arguments, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  clock_gettime (CLOCK_MONOTONIC, &end);
  if (answer == NULL)
    g_error ("%s: %s", call->name, error->message);
  return (gint64)(end.tv_sec - start.tv_sec) * 1000000000 + (end.tv_nsec - start.tv_nsec);
}

static void
read_call (Call *call, char *argv[])
{
  char *dot = strrchr (argv[2], '.');

  call->name = argv[0];
  call->path = argv[1];
  call->interface = g_strndup (argv[2], (gsize)(dot - argv[2]));
  call->method = dot + 1;
  call->arguments = g_variant_ref_sink (g_variant_new_parsed (argv[3]));
  call->times = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
clear_call (Call *call)
{
  for (guint i = 0; i < call->times->len; i++)
    printf ("%" G_GINT64_FORMAT " ", g_array_index (call->times, gint64, i));
  printf ("\n");
  g_free (call->interface);
  g_variant_unref (call->arguments);
  g_array_unref (call->times);
}

/* Whoever always came after the one that does most would find the processor's caches full of that.
 */
static void
shuffle (guint *order, guint n, GRand *random)
{
  for (guint i = n; i > 1; i--)
    {
      guint other = (guint)g_rand_int_range (random, 0, (gint32)i);
      guint taken = order[i - 1];

      order[i - 1] = order[other];
      order[other] = taken;
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree guint *order = NULL;
  gboolean activate = argc > 1 && g_str_equal (argv[1], "--activate");
  guint n_calls;
  int warm_up, n_rounds;
  Call *calls;

  argv += activate ? 2 : 1;
  argc -= activate ? 2 : 1;
  if (connection == NULL || argc < 6 || (argc - 2) % 4 != 0)
    return EXIT_FAILURE;

  warm_up = atoi (argv[0]);
  n_rounds = atoi (argv[1]);
  n_calls = (guint)(argc - 2) / 4;
  calls = g_new0 (Call, n_calls);
  order = g_new (guint, n_calls);
  for (guint i = 0; i < n_calls; i++)
    {
      read_call (&calls[i], argv + 2 + 4 * i);
      order[i] = i;
    }

  for (int round = -warm_up; round < n_rounds; round++)
    {
      shuffle (order, n_calls, random);
      for (guint i = 0; i < n_calls; i++)
        {
          Call *call = &calls[order[i]];
          gint64 taken;

          if (activate)
            end_service (connection, call->name);
          taken = measure (connection, call);
          if (round >= 0)
            g_array_append_val (call->times, taken);
        }
    }

  for (guint i = 0; i < n_calls; i++)
    clear_call (&calls[i]);
  g_free (calls);
  return EXIT_SUCCESS;
}
