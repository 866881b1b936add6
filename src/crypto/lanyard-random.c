/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define NONCE_BYTES 16
#define N_NONCES 64

/* Only a kernel that forbids the call can fail. */
static void
draw (guchar *bytes, gsize length)
{
  gsize n_drawn = 0;

  while (n_drawn < length)
    {
      gssize n_bytes = getrandom (bytes + n_drawn, length - n_drawn, 0);

      if (n_bytes >= 0)
        n_drawn += (gsize)n_bytes;
      else if (errno != EINTR)
        g_error ("There are no random numbers: %s", g_strerror (errno));
    }
}

char *
lanyard_random_token (gsize n_bytes)
{
  guchar *bytes;
  char *token;

  g_return_val_if_fail (n_bytes >= 16 && n_bytes <= 1024, NULL);

  bytes = g_malloc (n_bytes);
  draw (bytes, n_bytes);

  token = lanyard_base64url_encode (bytes, n_bytes);
  explicit_bzero (bytes, n_bytes);
  g_free (bytes);
  return token;
}

void
lanyard_random_write_nonce (char *nonce)
{
  static guchar bytes[N_NONCES][NONCE_BYTES];
  static guint n_left;

  if (n_left == 0)
    {
      draw (bytes[0], sizeof bytes);
      n_left = N_NONCES;
    }

  lanyard_base64url_write (bytes[--n_left], NONCE_BYTES, nonce);
}
