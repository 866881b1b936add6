/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-sealed-box.h"

#include "lanyard-error.h"

#include <string.h>

/* As little as there is, so that hundreds of boxes are opened in a moment. */
#define COST 1
#define HEADER_LENGTH 48
#define TAG_LENGTH 16

static const char plain_text[] = "what nobody else may read";

static GBytes *
seal (const char *text, const char *passphrase)
{
  g_autoptr (LanyardSecret) plain = lanyard_secret_new (text);
  g_autoptr (LanyardSecret) secret = lanyard_secret_new (passphrase);
  g_autoptr (GError) error = NULL;
  GBytes *box = lanyard_sealed_box_seal (plain, secret, COST, &error);

  g_assert_no_error (error);
  return box;
}

static LanyardSecret *
open_data (gconstpointer data, gsize length, const char *passphrase, GError **error)
{
  g_autoptr (GBytes) box = g_bytes_new (data, length);
  g_autoptr (LanyardSecret) secret = lanyard_secret_new (passphrase);

  return lanyard_sealed_box_open (box, secret, error);
}

/* Whatever byte of the file is another one, nothing comes out of it. */
static void
test_flipped (void)
{
  g_autoptr (GBytes) box = seal (plain_text, "correct horse");
  gsize length = 0;
  const guchar *data = g_bytes_get_data (box, &length);
  g_autofree guchar *copy = g_memdup2 (data, length);

  for (gsize i = 0; i < length; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        g_autoptr (LanyardSecret) opened = NULL;
        g_autoptr (GError) error = NULL;

        /* Each of them costs what it says: these are too dear for a test, but not refused. */
        if (i == 16 && (data[i] ^ (1u << bit)) > 10 && (data[i] ^ (1u << bit)) <= 20)
          continue;

        copy[i] ^= (guchar)(1u << bit);
        opened = open_data (copy, length, "correct horse", &error);
        copy[i] = data[i];
        g_assert_null (opened);
        g_assert_nonnull (error);
        g_assert_true (error->domain == LANYARD_ERROR);
      }
}

static void
test_cut (void)
{
  g_autoptr (GBytes) box = seal (plain_text, "correct horse");
  gsize length = 0;
  const guchar *data = g_bytes_get_data (box, &length);
  g_autofree guchar *longer = g_malloc0 (length + 1);

  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (LanyardSecret) opened = NULL;
      g_autoptr (GError) error = NULL;

      opened = open_data (data, i, "correct horse", &error);
      g_assert_null (opened);
      g_assert_nonnull (error);
    }

  memcpy (longer, data, length);
  {
    g_autoptr (LanyardSecret) opened = NULL;
    g_autoptr (GError) error = NULL;

    opened = open_data (longer, length + 1, "correct horse", &error);
    g_assert_null (opened);
    g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_DENIED);
  }
}

static void
test_wrong_passphrase (void)
{
  g_autoptr (GBytes) box = seal (plain_text, "correct horse");
  static const char *const wrong[] = { "correct horsE", "correct horse ", "", "\xff\xfe\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (LanyardSecret) opened = NULL;
      g_autoptr (GError) error = NULL;
      gsize length = 0;
      gconstpointer data = g_bytes_get_data (box, &length);

      opened = open_data (data, length, wrong[i], &error);
      g_assert_null (opened);
      g_assert_nonnull (error);
      g_assert_null (strstr (error->message, "horse"));
    }
}

static void
test_weak_passphrase (void)
{
  static const char *const weak[] = { "", "seven 7", "žluťouč",
                                      "\xff\xfe\xfd\xff\xfe\xfd\xff\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (weak); i++)
    {
      g_autoptr (LanyardSecret) plain = lanyard_secret_new (plain_text);
      g_autoptr (LanyardSecret) secret = lanyard_secret_new (weak[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (lanyard_sealed_box_seal (plain, secret, COST, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

/* A file must not make the program take all the memory there is. */
static void
test_greedy (void)
{
  g_autoptr (GBytes) box = seal (plain_text, "correct horse");
  gsize length = 0;
  const guchar *data = g_bytes_get_data (box, &length);
  g_autofree guchar *copy = g_memdup2 (data, length);
  static const struct
  {
    guint at;
    guchar value;
  } CASES[] = { { 16, 21 }, { 16, 63 }, { 16, 255 }, { 16, 0 }, { 17, 255 }, { 18, 255 } };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (LanyardSecret) opened = NULL;
      g_autoptr (GError) error = NULL;

      copy[CASES[i].at] = CASES[i].value;
      opened = open_data (copy, length, "correct horse", &error);
      copy[CASES[i].at] = data[CASES[i].at];
      g_assert_null (opened);
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

static void
test_newer (void)
{
  g_autoptr (GBytes) box = seal (plain_text, "correct horse");
  gsize length = 0;
  g_autofree guchar *copy = g_memdup2 (g_bytes_get_data (box, &length), g_bytes_get_size (box));
  g_autoptr (LanyardSecret) opened = NULL;
  g_autoptr (GError) error = NULL;

  length = g_bytes_get_size (box);
  copy[15] = 2;
  opened = open_data (copy, length, "correct horse", &error);
  g_assert_null (opened);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_STORAGE_NEWER);
}

static void
test_other_file (void)
{
  static const char *const texts[] = { "", "{}", "LANYARD-SEALED", "LANYARD-SEALED\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (LanyardSecret) opened = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_false (lanyard_sealed_box_is_sealed (texts[i], strlen (texts[i])));
      opened = open_data (texts[i], strlen (texts[i]), "correct horse", &error);
      g_assert_null (opened);
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

static void
test_opened (void)
{
  static const char *const texts[] = { "", "a", plain_text };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) box = seal (texts[i], "correct horse");
      g_autoptr (LanyardSecret) opened = NULL;
      g_autoptr (GError) error = NULL;
      gsize length = 0;
      gconstpointer data = g_bytes_get_data (box, &length);

      g_assert_cmpuint (length, ==, HEADER_LENGTH + strlen (texts[i]) + TAG_LENGTH);
      g_assert_true (lanyard_sealed_box_is_sealed (data, length));
      opened = open_data (data, length, "correct horse", &error);
      g_assert_no_error (error);
      g_assert_cmpstr (lanyard_secret_get (opened), ==, texts[i]);
    }
}

/* Nothing of the text is in the box, and no two boxes are alike. */
static void
test_random (void)
{
  g_autoptr (GBytes) one = seal (plain_text, "correct horse");
  g_autoptr (GBytes) two = seal (plain_text, "correct horse");

  g_assert_false (g_bytes_equal (one, two));
  g_assert_null (memmem (g_bytes_get_data (one, NULL), g_bytes_get_size (one), "nobody", 6));
}

/* One keyboard types é as one character, another one as two. */
static void
test_normalised (void)
{
  g_autoptr (GBytes) box = seal (plain_text, "caf\xc3\xa9 cr\xc3\xa8me");
  g_autoptr (LanyardSecret) opened = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  gconstpointer data = g_bytes_get_data (box, &length);

  opened = open_data (data, length, "cafe\xcc\x81 cre\xcc\x80me", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanyard_secret_get (opened), ==, plain_text);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/sealed-box/flipped", test_flipped);
  g_test_add_func ("/crypto/sealed-box/cut", test_cut);
  g_test_add_func ("/crypto/sealed-box/wrong-passphrase", test_wrong_passphrase);
  g_test_add_func ("/crypto/sealed-box/weak-passphrase", test_weak_passphrase);
  g_test_add_func ("/crypto/sealed-box/greedy", test_greedy);
  g_test_add_func ("/crypto/sealed-box/newer", test_newer);
  g_test_add_func ("/crypto/sealed-box/other-file", test_other_file);
  g_test_add_func ("/crypto/sealed-box/opened", test_opened);
  g_test_add_func ("/crypto/sealed-box/random", test_random);
  g_test_add_func ("/crypto/sealed-box/normalised", test_normalised);
  return g_test_run ();
}
