/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lanyard-error.h"

/* The lock is tried again after 1, 2, 4 … milliseconds, at most after this many. A thread that
 * waits in flock() would save these few wake-ups, but nothing could wake it up when its caller
 * loses patience; and next to the token request that the holder makes, 50 ms are nothing. */
#define MAX_PAUSE 50

/* What is left in a lock file: a time; and either the code of an error and its message, or that it
 * was done. */
#define ERROR_FORMAT "%" G_GINT64_FORMAT " %d %s"
#define SUCCESS_FORMAT "%" G_GINT64_FORMAT " done"
#define MAX_WORD_SIZE 2048

struct _LanyardLock
{
  int fd;
  gint64 waiting_since;
};

typedef struct
{
  int fd;
  guint pause;
  gint64 waiting_since;
} Attempt;

static void
free_attempt (Attempt *attempt)
{
  if (attempt->fd >= 0)
    close (attempt->fd);
  g_free (attempt);
}

/* What a file name is made of must not lead anywhere else. */
static gboolean
is_uuid_text (const char *id)
{
  gsize length = strspn (id, "0123456789abcdefABCDEF-");

  return id[length] == '\0' && length > 0 && length <= 36;
}

static char *
build_folder_path (void)
{
  const char *runtime_dir = g_get_user_runtime_dir ();

  /* In a sandbox the runtime folder belongs to one run of the app; only app/ID in it is shared by
   * all its runs. */
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return g_build_filename (runtime_dir, "app", LANYARD_APP_ID, "lanyard", NULL);

  return g_build_filename (runtime_dir, "lanyard", NULL);
}

static void
set_error (GError **error, const char *folder, int code)
{
  g_autofree char *name = g_filename_display_name (folder);

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STORAGE,
               /* Translators: a path, and what the system says: "Permission denied" */
               _ ("The folder “%s”, where programs take turns, cannot be used: %s. Check whom it "
                  "belongs to and whether its disk is full."),
               name, g_strerror (code));
}

/* Returns 0 when the folder belongs to the person alone, or what is wrong with it. */
static int
check_folder (int fd)
{
  struct stat info;

  if (fstat (fd, &info) != 0)
    return errno;
  if (info.st_uid != geteuid ())
    return EPERM;
  if ((info.st_mode & 0077) != 0 && fchmod (fd, 0700) != 0)
    return errno;

  return 0;
}

/* Opens the lock file of an authorization. It is never removed: whoever removed it could let two
 * programs hold "the same" lock on two files. */
static int
open_lock_file (const char *id, GError **error)
{
  g_autofree char *folder = build_folder_path ();
  g_autofree char *name = g_strconcat (id, ".lock", NULL);
  int folder_fd;
  int fd = -1;
  int code;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      set_error (error, folder, errno);
      return -1;
    }

  folder_fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (folder_fd < 0)
    {
      set_error (error, folder, errno);
      return -1;
    }

  code = check_folder (folder_fd);
  if (code == 0)
    {
      fd = openat (folder_fd, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
      if (fd < 0)
        code = errno;
    }
  close (folder_fd);

  if (code != 0)
    set_error (error, folder, code);

  return fd;
}

/* A word ends with a zero byte. What is left behind it of a longer one is not taken away, since to
 * shorten a file takes some file systems longer than all else that is done with the lock. */
static void
leave_word (LanyardLock *self, const char *word)
{
  if (pwrite (self->fd, word, strlen (word) + 1, 0) < 0)
    g_debug ("Who waits for the lock is not told what came of it: %s", g_strerror (errno));
}

/* Returns what another holder left while this one was waiting, without its time: it begins with a
 * space. NULL when nobody did. */
static const char *
read_word (LanyardLock *self, char text[MAX_WORD_SIZE])
{
  gssize length = pread (self->fd, text, MAX_WORD_SIZE - 1, 0);
  char *rest = NULL;
  gint64 left_at;

  if (length <= 0)
    return NULL;

  text[length] = '\0';
  left_at = g_ascii_strtoll (text, &rest, 10);
  /* One from before the system was last started may lie in the future. */
  if (*rest != ' ' || left_at < self->waiting_since || left_at > g_get_monotonic_time ())
    return NULL;

  return rest;
}

static gboolean attempt_cb (gpointer user_data);

/* Tries to take the lock, and comes back later when somebody else has it. Takes over @task. */
static void
attempt_lock (GTask *task)
{
  Attempt *attempt = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GSource) source = NULL;
  LanyardLock *lock;
  int status;

  do
    status = flock (attempt->fd, LOCK_EX | LOCK_NB);
  while (status != 0 && errno == EINTR);

  if (status == 0)
    {
      lock = g_new (LanyardLock, 1);
      lock->fd = g_steal_fd (&attempt->fd);
      lock->waiting_since = attempt->waiting_since;
      g_task_return_pointer (task, lock, (GDestroyNotify)lanyard_lock_release);
      g_object_unref (task);
      return;
    }

  if (errno != EWOULDBLOCK)
    {
      g_autofree char *folder = build_folder_path ();
      GError *error = NULL;

      set_error (&error, folder, errno);
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  source = g_timeout_source_new (attempt->pause);
  if (cancellable != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (source, cancelled);
    }
  attempt->pause = MIN (attempt->pause * 2, MAX_PAUSE);
  g_task_attach_source (task, source, attempt_cb);
}

static gboolean
attempt_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else
    attempt_lock (task);

  return G_SOURCE_REMOVE;
}

void
lanyard_lock_acquire_async (const char *id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Attempt *attempt;
  GError *error = NULL;

  g_return_if_fail (id != NULL && is_uuid_text (id));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, lanyard_lock_acquire_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  attempt = g_new (Attempt, 1);
  attempt->pause = 1;
  attempt->waiting_since = g_get_monotonic_time ();
  attempt->fd = open_lock_file (id, &error);
  g_task_set_task_data (task, attempt, (GDestroyNotify)free_attempt);
  if (attempt->fd < 0)
    {
      g_task_return_error (task, error);
      return;
    }

  attempt_lock (g_steal_pointer (&task));
}

LanyardLock *
lanyard_lock_acquire_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, lanyard_lock_acquire_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
lanyard_lock_leave_error (LanyardLock *self, const GError *error)
{
  g_autofree char *word = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (error != NULL && error->domain == LANYARD_ERROR);

  /* The clock that all programs share, and that nobody sets. */
  word = g_strdup_printf (ERROR_FORMAT, g_get_monotonic_time (), error->code, error->message);
  leave_word (self, word);
}

void
lanyard_lock_leave_success (LanyardLock *self)
{
  g_autofree char *word = NULL;

  g_return_if_fail (self != NULL);

  word = g_strdup_printf (SUCCESS_FORMAT, g_get_monotonic_time ());
  leave_word (self, word);
}

GError *
lanyard_lock_dup_error (LanyardLock *self)
{
  g_autofree char *message = NULL;
  char text[MAX_WORD_SIZE];
  const char *word;
  char *rest = NULL;
  gint64 code;

  g_return_val_if_fail (self != NULL, NULL);

  word = read_word (self, text);
  if (word == NULL)
    return NULL;

  code = g_ascii_strtoll (word + 1, &rest, 10);
  if (*rest != ' ' || code < 0 || code >= LANYARD_N_ERRORS)
    return NULL;

  /* A long message was cut, maybe within a character. */
  message = g_utf8_make_valid (rest + 1, -1);
  return g_error_new_literal (LANYARD_ERROR, (int)code, message);
}

gboolean
lanyard_lock_is_done (LanyardLock *self)
{
  char text[MAX_WORD_SIZE];

  g_return_val_if_fail (self != NULL, FALSE);

  return g_strcmp0 (read_word (self, text), " done") == 0;
}

void
lanyard_lock_release (LanyardLock *self)
{
  if (self == NULL)
    return;

  close (self->fd);
  g_free (self);
}
