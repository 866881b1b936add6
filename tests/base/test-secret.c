/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-secret.h"

#include <stdio.h>
#include <string.h>

/* What the kernel says of the memory at an address: a line of its mapping in /proc/self/smaps. */
static char *
dup_mapping_line (const char *address, const char *prefix)
{
  g_autofree char *smaps = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean is_inside = FALSE;

  g_assert_true (g_file_get_contents ("/proc/self/smaps", &smaps, NULL, NULL));
  lines = g_strsplit (smaps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize first;
      gsize last;

      if (sscanf (lines[i], "%zx-%zx ", &first, &last) == 2)
        is_inside = (gsize)address >= first && (gsize)address < last;
      if (is_inside && g_str_has_prefix (lines[i], prefix))
        return g_strdup (lines[i]);
    }
  return NULL;
}

static void
test_write_crashes (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (LanyardSecret) secret = lanyard_secret_new ("swordfish");

      ((char *)lanyard_secret_get (secret))[0] = 'x';
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

static void
test_length_zero (void)
{
  g_autoptr (LanyardSecret) text = lanyard_secret_new ("");
  g_autoptr (LanyardSecret) bytes = lanyard_secret_new_bytes (NULL, 0);

  g_assert_cmpuint (lanyard_secret_get_length (text), ==, 0);
  g_assert_cmpstr (lanyard_secret_get (bytes), ==, "");
  g_assert_true (lanyard_secret_equal (text, bytes));
}

static void
test_holds_nul (void)
{
  g_autoptr (LanyardSecret) secret = lanyard_secret_new_bytes ("a\0b", 3);
  g_autoptr (LanyardSecret) prefix = lanyard_secret_new ("a");

  g_assert_cmpmem (lanyard_secret_get (secret), lanyard_secret_get_length (secret), "a\0b", 3);
  g_assert_false (lanyard_secret_equal (secret, prefix));
}

/* Lengths around the size of a page, where the NUL behind the bytes needs another one. */
static void
test_pages (void)
{
  for (gsize length = 4094; length <= 4098; length++)
    {
      g_autofree char *text = g_strnfill (length, 'x');
      g_autoptr (LanyardSecret) secret = lanyard_secret_new (text);

      g_assert_cmpuint (lanyard_secret_get_length (secret), ==, length);
      g_assert_cmpstr (lanyard_secret_get (secret), ==, text);
    }
}

static void
test_memory (void)
{
  g_autoptr (LanyardSecret) secret = lanyard_secret_new ("swordfish");
  g_autofree char *flags = dup_mapping_line (lanyard_secret_get (secret), "VmFlags:");
  g_autofree char *locked = dup_mapping_line (lanyard_secret_get (secret), "Locked:");

  g_assert_nonnull (flags);
  g_assert_nonnull (strstr (flags, " dd"));
  g_assert_null (strstr (flags, " wr"));

  /* Locking is allowed to fail, where the system sets a limit. */
  if (strstr (flags, " lo") == NULL)
    g_test_skip ("memory cannot be locked here");
  else
    g_assert_nonnull (locked);
}

static void
test_unmapped_at_end (void)
{
  LanyardSecret *secret = lanyard_secret_new ("swordfish");
  LanyardSecret *same = lanyard_secret_ref (secret);
  const char *bytes = lanyard_secret_get (secret);
  g_autofree char *while_used = NULL;
  g_autofree char *afterwards = NULL;

  lanyard_secret_unref (secret);
  while_used = dup_mapping_line (bytes, "VmFlags:");
  g_assert_nonnull (while_used);
  g_assert_cmpstr (lanyard_secret_get (same), ==, "swordfish");

  lanyard_secret_unref (same);
  afterwards = dup_mapping_line (bytes, "VmFlags:");
  g_assert_true (afterwards == NULL || strstr (afterwards, " dd") == NULL);
}

static void
test_equal (void)
{
  g_autoptr (LanyardSecret) a = lanyard_secret_new ("swordfish");
  g_autoptr (LanyardSecret) b = lanyard_secret_new ("swordfish");
  g_autoptr (LanyardSecret) last = lanyard_secret_new ("swordfisH");
  g_autoptr (LanyardSecret) first = lanyard_secret_new ("Swordfish");

  g_assert_false (lanyard_secret_equal (a, NULL));
  g_assert_false (lanyard_secret_equal (NULL, a));
  g_assert_false (lanyard_secret_equal (a, last));
  g_assert_false (lanyard_secret_equal (a, first));
  g_assert_true (lanyard_secret_equal (a, b));
  g_assert_true (lanyard_secret_equal (NULL, NULL));
}

static void
test_take (void)
{
  g_autoptr (LanyardSecret) secret = lanyard_secret_new_take (g_strdup ("swordfish"));

  g_assert_cmpstr (lanyard_secret_get (secret), ==, "swordfish");
  g_assert_null (lanyard_secret_new_take (NULL));
  lanyard_secret_wipe_string (NULL);
}

static void
test_boxed (void)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (LanyardSecret) secret = lanyard_secret_new ("swordfish");

  g_value_init (&value, LANYARD_TYPE_SECRET);
  g_value_set_boxed (&value, secret);
  g_assert_true (g_value_get_boxed (&value) == secret);
}

static gpointer
share_in_thread (gpointer data)
{
  for (int i = 0; i < 10000; i++)
    lanyard_secret_unref (lanyard_secret_ref (data));
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (LanyardSecret) secret = lanyard_secret_new ("swordfish");
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("share", share_in_thread, secret);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpstr (lanyard_secret_get (secret), ==, "swordfish");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/secret/write-crashes", test_write_crashes);
  g_test_add_func ("/base/secret/length-zero", test_length_zero);
  g_test_add_func ("/base/secret/holds-nul", test_holds_nul);
  g_test_add_func ("/base/secret/pages", test_pages);
  g_test_add_func ("/base/secret/memory", test_memory);
  g_test_add_func ("/base/secret/unmapped-at-end", test_unmapped_at_end);
  g_test_add_func ("/base/secret/equal", test_equal);
  g_test_add_func ("/base/secret/take", test_take);
  g_test_add_func ("/base/secret/boxed", test_boxed);
  g_test_add_func ("/base/secret/threads", test_threads);
  return g_test_run ();
}
