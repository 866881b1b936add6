/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-transfer-file.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lanyard-archive.h"
#include "lanyard-error.h"

#define EXTENSION ".lanyard"
/* File systems count bytes, and mostly take 255 of them. */
#define MAX_NAME_CHARS 48

char *
lanyard_transfer_file_dup_name (const char *name)
{
  g_autoptr (GDateTime) today = NULL;
  g_autoptr (GString) safe = NULL;

  if (name == NULL)
    {
      today = g_date_time_new_now_local ();
      return g_date_time_format (today, "lanyard-%Y-%m-%d" EXTENSION);
    }

  safe = g_string_new (NULL);
  for (guint i = 0; *name != '\0' && i < MAX_NAME_CHARS; i++, name = g_utf8_next_char (name))
    {
      gunichar c = g_utf8_get_char (name);

      /* A dot in front hides a file; the others mean something to one system or another. */
      if ((safe->len == 0 && c == '.') || (c < 0x80 && strchr ("/\\:*?\"<>|", (int)c) != NULL) ||
          !g_unichar_isprint (c))
        c = '-';
      g_string_append_unichar (safe, c);
    }
  g_string_append (safe, EXTENSION);
  return g_string_free (g_steal_pointer (&safe), FALSE);
}

static void
save_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autofree char *path = g_file_get_path (source);
  gsize length;
  const char *data = g_bytes_get_data (task_data, &length);
  GError *error = NULL;
  gboolean saved;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (path != NULL)
    saved = g_file_set_contents_full (path, data, (gssize)length,
                                      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                      0600, &error);
  else
    saved = g_file_replace_contents (source, data, length, NULL, FALSE,
                                     G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                     NULL, cancellable, &error);
  if (saved)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
lanyard_transfer_file_save_async (GFile *file,
                                  GBytes *content,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (content != NULL);

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_transfer_file_save_async);
  g_task_set_task_data (task, g_bytes_ref (content), (GDestroyNotify)g_bytes_unref);
  g_task_run_in_thread (task, save_thread);
}

gboolean
lanyard_transfer_file_save_finish (GFile *file, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The size is looked at first: the file may be larger than the memory. */
static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GFileInfo) info =
    g_file_query_info (source, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                       G_FILE_QUERY_INFO_NONE, cancellable, &error);
  GBytes *content = NULL;

  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    error = g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_INVALID,
                                 _ ("This is not a file; choose an export of Lanyard"));
  else if (info != NULL && g_file_info_get_size (info) > LANYARD_ARCHIVE_MAX_SIZE)
    error = g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_INVALID,
                                 _ ("This file is too large to be an export of Lanyard"));
  else if (info != NULL)
    content = g_file_load_bytes (source, cancellable, NULL, &error);

  if (content != NULL)
    g_task_return_pointer (task, content, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
lanyard_transfer_file_load_async (GFile *file,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_transfer_file_load_async);
  g_task_run_in_thread (task, load_thread);
}

GBytes *
lanyard_transfer_file_load_finish (GFile *file, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
