/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-address.h"

#include <glib.h>
#include <stddef.h>
#include <string.h>

#define MAX_PATH (sizeof ((struct sockaddr_un *)NULL)->sun_path)

/* The next address as a text; an abstract one begins with @, as ss(8) shows it. */
static char *
dup_next (const char **list)
{
  LanyardFrontAddress address;
  gsize length;

  if (!lanyard_front_address_next (list, "/run/user/1", &address))
    return NULL;

  g_assert_cmpint (address.name.sun_family, ==, AF_UNIX);
  length = address.length - offsetof (struct sockaddr_un, sun_path);
  g_assert_cmpuint (length, <=, MAX_PATH);
  if (address.name.sun_path[0] == '\0')
    return g_strdup_printf ("@%.*s", (int)length - 1, address.name.sun_path + 1);
  g_assert_cmpuint (strlen (address.name.sun_path), ==, length - 1);
  return g_strdup (address.name.sun_path);
}

static void
assert_addresses (const char *list, const char *const *expected)
{
  for (; *expected != NULL; expected++)
    {
      g_autofree char *address = dup_next (&list);

      g_assert_cmpstr (address, ==, *expected);
    }
  g_assert_null (dup_next (&list));
  g_assert_cmpstr (list, ==, "");
}

static void
test_unusable (void)
{
  static const char *const lists[] = {
    "",
    ";",
    ";;;",
    "unix",
    "unix:",
    "unix:,",
    "unix:path",
    "unix:path=",
    "unix:path=relative",
    "unix:path=%2fescaped-slash-first",
    "unix:path=/a%",
    "unix:path=/a%2",
    "unix:path=/a%g0",
    "unix:path=/a%0g",
    "unix:path=/a%00b",
    "unix:abstract=",
    "unix:abstract=%00",
    "unix:path=/a,path=/b",
    "unix:path=/a,abstract=b",
    "unix:runtime=no",
    "unix:tmpdir=/tmp",
    "unix:dir=/tmp",
    "unix:guid=0123",
    "tcp:host=localhost,port=1",
    "unixexec:path=/bin/true",
    "autolaunch:",
    "path=/a",
    "/a",
    " unix:path=/a",
    "UNIX:path=/a",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_test_message ("%s", lists[i]);
      assert_addresses (lists[i], (const char *const[]){ NULL });
    }
}

static void
test_too_long (void)
{
  g_autofree char *path = g_strnfill (MAX_PATH - 2, 'a');
  g_autofree char *fits = g_strdup_printf ("unix:path=/%s", path);
  g_autofree char *fits_not = g_strdup_printf ("unix:path=/%sa", path);
  g_autofree char *abstract = g_strdup_printf ("unix:abstract=%s", path);
  g_autofree char *abstract_not = g_strdup_printf ("unix:abstract=%saa", path);
  g_autofree char *expected = g_strconcat ("/", path, NULL);
  g_autofree char *expected_abstract = g_strconcat ("@", path, NULL);

  assert_addresses (fits_not, (const char *const[]){ NULL });
  assert_addresses (fits, (const char *const[]){ expected, NULL });
  assert_addresses (abstract_not, (const char *const[]){ NULL });
  assert_addresses (abstract, (const char *const[]){ expected_abstract, NULL });
}

static void
test_path (void)
{
  assert_addresses ("unix:path=/run/user/1000/bus",
                    (const char *const[]){ "/run/user/1000/bus", NULL });
  assert_addresses ("unix:path=/tmp/bus,guid=4711", (const char *const[]){ "/tmp/bus", NULL });
  assert_addresses ("unix:guid=4711,path=/tmp/bus", (const char *const[]){ "/tmp/bus", NULL });
  assert_addresses ("unix:path=/a%20b%2Cc%3bd%25%c3%A9",
                    (const char *const[]){ "/a b,c;d%é", NULL });
  assert_addresses ("unix:abstract=/tmp/dbus-x%3d", (const char *const[]){ "@/tmp/dbus-x=", NULL });
}

static void
test_several (void)
{
  assert_addresses ("tcp:host=a;unix:path=/a;;unix:path=b;unix:abstract=c,guid=1;unix:runtime=yes;",
                    (const char *const[]){ "/a", "@c", "/run/user/1/bus", NULL });
}

static void
test_default (void)
{
  g_autofree char *long_folder = g_strnfill (MAX_PATH - 5, '/');
  g_autofree char *too_long = g_strnfill (MAX_PATH - 4, '/');
  LanyardFrontAddress address;

  g_assert_false (lanyard_front_address_set_default (NULL, &address));
  g_assert_false (lanyard_front_address_set_default ("", &address));
  g_assert_false (lanyard_front_address_set_default ("run", &address));
  g_assert_false (lanyard_front_address_set_default (too_long, &address));
  g_assert_true (lanyard_front_address_set_default (long_folder, &address));
  g_assert_true (lanyard_front_address_set_default ("/run/user/1", &address));
  g_assert_cmpstr (address.name.sun_path, ==, "/run/user/1/bus");
}

/* Whatever the variable holds, nothing is read behind it. */
static void
test_random (void)
{
  static const char *const pieces[] = { "unix:", "path=", "abstract=", "runtime=yes", ",",
                                        ";",     "%",     "%2",        "%41",         "/",
                                        "=",     ":",     "guid=",     "a",           "\xff" };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) list = g_string_new (NULL);
      const char *rest;
      gint32 n = g_rand_int_range (random, 0, 30);
      g_autofree char *copy = NULL;

      while (n-- > 0)
        g_string_append (list, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      copy = g_strdup (list->str);
      for (rest = copy; *rest != '\0';)
        g_free (dup_next (&rest));
      g_assert_true (rest == copy + list->len);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/front/address/unusable", test_unusable);
  g_test_add_func ("/front/address/too-long", test_too_long);
  g_test_add_func ("/front/address/path", test_path);
  g_test_add_func ("/front/address/several", test_several);
  g_test_add_func ("/front/address/default", test_default);
  g_test_add_func ("/front/address/random", test_random);
  return g_test_run ();
}
