/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-secret-clip.h"

#define FORGET_SECONDS 60

typedef struct
{
  GdkClipboard *clipboard;
  GdkContentProvider *content;
} Clip;

static void
clip_free (Clip *clip)
{
  g_object_unref (clip->clipboard);
  g_object_unref (clip->content);
  g_free (clip);
}

static gboolean
forget_cb (gpointer user_data)
{
  Clip *clip = user_data;

  if (gdk_clipboard_get_content (clip->clipboard) == clip->content)
    gdk_clipboard_set_content (clip->clipboard, NULL);
  return G_SOURCE_REMOVE;
}

static GdkContentProvider *
make_content (LanyardSecret *secret)
{
  g_autoptr (GBytes) text =
    g_bytes_new_with_free_func (lanyard_secret_get (secret), lanyard_secret_get_length (secret),
                                (GDestroyNotify)lanyard_secret_unref, lanyard_secret_ref (secret));
  /* The hint that clipboard managers have agreed upon. */
  g_autoptr (GBytes) hint = g_bytes_new_static ("secret", 6);
  GdkContentProvider *contents[] = {
    gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", text),
    gdk_content_provider_new_for_bytes ("x-kde-passwordManagerHint", hint),
  };

  return gdk_content_provider_new_union (contents, G_N_ELEMENTS (contents));
}

void
lanyard_secret_clip_copy (GdkClipboard *clipboard, LanyardSecret *secret)
{
  Clip *clip;

  g_return_if_fail (GDK_IS_CLIPBOARD (clipboard));
  g_return_if_fail (secret != NULL);

  clip = g_new0 (Clip, 1);
  clip->clipboard = g_object_ref (clipboard);
  clip->content = make_content (secret);
  gdk_clipboard_set_content (clipboard, clip->content);
  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, FORGET_SECONDS, forget_cb, clip,
                              (GDestroyNotify)clip_free);
}
