/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-secret.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct _LanyardSecret
{
  gatomicrefcount ref_count;
  gsize length;
  gsize mapping_size;
  /* Pages that hold nothing but this secret: read-only once filled, so that nothing can change what
   * others share. */
  char *bytes;
};

G_DEFINE_BOXED_TYPE (LanyardSecret, lanyard_secret, lanyard_secret_ref, lanyard_secret_unref)

static gsize
round_up_to_pages (gsize size)
{
  gsize page_size = (gsize)sysconf (_SC_PAGESIZE);

  return (size + page_size - 1) / page_size * page_size;
}

static char *
map_pages (gsize size)
{
  char *pages = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  /* What g_malloc() does, too, when there is no memory. */
  if (pages == MAP_FAILED)
    g_error ("Cannot allocate %" G_GSIZE_FORMAT " bytes for a secret", size);

  /* Both may fail, by a limit or by an old kernel. A secret that might be swapped is better than
   * none. */
  (void)mlock (pages, size);
  (void)madvise (pages, size, MADV_DONTDUMP);
  return pages;
}

static void
free_secret (LanyardSecret *self)
{
  if (mprotect (self->bytes, self->mapping_size, PROT_READ | PROT_WRITE) == 0)
    explicit_bzero (self->bytes, self->mapping_size);
  munmap (self->bytes, self->mapping_size);
  g_free (self);
}

LanyardSecret *
lanyard_secret_new (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return lanyard_secret_new_bytes (text, strlen (text));
}

LanyardSecret *
lanyard_secret_new_bytes (gconstpointer data, gsize length)
{
  LanyardSecret *self;

  g_return_val_if_fail (data != NULL || length == 0, NULL);
  /* Far beyond any secret, and far from an overflow by the NUL and the rounding. */
  g_return_val_if_fail (length < G_MAXSSIZE / 2, NULL);

  self = g_new0 (LanyardSecret, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->length = length;
  self->mapping_size = round_up_to_pages (length + 1);
  self->bytes = map_pages (self->mapping_size);
  if (length > 0)
    memcpy (self->bytes, data, length);
  (void)mprotect (self->bytes, self->mapping_size, PROT_READ);
  return self;
}

LanyardSecret *
lanyard_secret_new_take (char *text)
{
  LanyardSecret *self;

  if (text == NULL)
    return NULL;

  self = lanyard_secret_new (text);
  lanyard_secret_wipe_string (text);
  return self;
}

LanyardSecret *
lanyard_secret_ref (LanyardSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lanyard_secret_unref (LanyardSecret *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->ref_count))
    free_secret (self);
}

const char *
lanyard_secret_get (LanyardSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bytes;
}

gsize
lanyard_secret_get_length (LanyardSecret *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}

gboolean
lanyard_secret_equal (LanyardSecret *a, LanyardSecret *b)
{
  volatile guchar difference = 0;

  if (a == NULL || b == NULL)
    return a == b;
  if (a->length != b->length)
    return FALSE;

  for (gsize i = 0; i < a->length; i++)
    difference |= (guchar)a->bytes[i] ^ (guchar)b->bytes[i];
  return difference == 0;
}

void
lanyard_secret_wipe_string (char *text)
{
  if (text == NULL)
    return;

  explicit_bzero (text, strlen (text));
  g_free (text);
}
