/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The thread sanitizer sees what was built with it, and what it knows of the C library. GLib is
 * neither: its locks are its own, and so is the way in which a task comes from one thread to
 * another. This library, which is preloaded, stands before those functions of GLib and tells the
 * sanitizer what they promise: that what one thread did before is there for the other afterwards.
 * So a race in Lanyard is still found, which a suppression would hide. */

#include "config.h"

#include <dlfcn.h>
#include <gio/gio.h>

/* Of the sanitizer; NULL in the other programs of a test. */
void __tsan_acquire (void *address) __attribute__ ((weak));
void __tsan_release (void *address) __attribute__ ((weak));

/* In a program that loads GLib as a plug-in of its own (Python does) GLib is not what comes next.
 */
static gpointer
find (const char *name)
{
  static const char *const libraries[] = { "libgio-2.0.so.0", "libgobject-2.0.so.0",
                                           "libglib-2.0.so.0" };
  gpointer found = dlsym (RTLD_NEXT, name);

  for (guint i = 0; found == NULL && i < G_N_ELEMENTS (libraries); i++)
    {
      gpointer library = dlopen (libraries[i], RTLD_LAZY | RTLD_NOLOAD);

      if (library != NULL)
        found = dlsym (library, name);
    }
  return found;
}

#define REAL(name)                         \
  ({                                       \
    static typeof (&name) real;            \
    if (real == NULL)                      \
      real = (typeof (&name))find (#name); \
    real;                                  \
  })

static void
acquire (gpointer address)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire (address);
}

static void
release (gpointer address)
{
  if (__tsan_release != NULL)
    __tsan_release (address);
}

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock) (mutex);
  acquire (mutex);
}

void
g_mutex_unlock (GMutex *mutex)
{
  release (mutex);
  REAL (g_mutex_unlock) (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  release (mutex);
  REAL (g_cond_wait) (cond, mutex);
  acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  gboolean is_signalled;

  release (mutex);
  is_signalled = REAL (g_cond_wait_until) (cond, mutex, end_time);
  acquire (mutex);
  return is_signalled;
}

/* Whoever lets go of something last frees it after all that the others did with it. */
void
g_object_unref (gpointer object)
{
  release (object);
  acquire (object);
  REAL (g_object_unref) (object);
}

static void
run_task (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GTaskThreadFunc func = (GTaskThreadFunc)g_object_get_data (G_OBJECT (task), "thread-func");

  acquire (task);
  func (task, source, task_data, cancellable);
}

void
g_task_run_in_thread (GTask *task, GTaskThreadFunc func)
{
  g_object_set_data (G_OBJECT (task), "thread-func", (gpointer)func);
  release (task);
  REAL (g_task_run_in_thread) (task, run_task);
}

void
g_task_return_pointer (GTask *task, gpointer result, GDestroyNotify free_result)
{
  release (task);
  REAL (g_task_return_pointer) (task, result, free_result);
}

void
g_task_return_boolean (GTask *task, gboolean result)
{
  release (task);
  REAL (g_task_return_boolean) (task, result);
}

void
g_task_return_error (GTask *task, GError *error)
{
  release (task);
  REAL (g_task_return_error) (task, error);
}

gpointer
g_task_propagate_pointer (GTask *task, GError **error)
{
  acquire (task);
  return REAL (g_task_propagate_pointer) (task, error);
}

gboolean
g_task_propagate_boolean (GTask *task, GError **error)
{
  acquire (task);
  return REAL (g_task_propagate_boolean) (task, error);
}
