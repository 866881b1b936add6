/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "lanyard-bus-error.h"

#define INFO_NAME ".flatpak-info"
#define SNAP_PREFIX "snap."

/* What a process must share with this one to count as being in no sandbox. */
static const char *const namespaces[] = { "ns/user", "ns/mnt", "ns/pid" };

/* An id as Flatpak allows it: three words at least, so that it is never that of a Snap. */
static gboolean
is_app_id (const char *text)
{
  const char *dot = text != NULL ? strchr (text, '.') : NULL;

  return dot != NULL && strchr (dot + 1, '.') != NULL && g_application_id_is_valid (text);
}

static gboolean
is_number (const char *text)
{
  return text != NULL && *text != '\0' && strlen (text) <= 20 &&
         text[strspn (text, "0123456789")] == '\0';
}

/* Reads a small file as it is now; NULL without an error when there is none. */
static char *
read_file (int folder_fd, const char *name, gsize *length, GError **error)
{
  g_autofree char *data = NULL;
  struct stat info;
  gssize n_read = -1;
  int fd = openat (folder_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

  if (fd < 0 && errno == ENOENT)
    return NULL;

  if (fd >= 0 && fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    {
      data = g_malloc (LANYARD_SANDBOX_MAX_INFO + 1);
      n_read = read (fd, data, LANYARD_SANDBOX_MAX_INFO + 1);
    }
  if (fd >= 0)
    close (fd);

  if (n_read < 0 || n_read > LANYARD_SANDBOX_MAX_INFO)
    {
      lanyard_sandbox_set_unknown_error (error);
      return NULL;
    }

  *length = (gsize)n_read;
  return g_steal_pointer (&data);
}

/* Flatpak keeps what it wrote for a sandbox where nothing inside of it can write. A process that
 * gave itself another root, with a file of its own making in it, is none of Flatpak's. */
static gboolean
check_instance (const char *app_id, const char *instance_id)
{
  g_autofree char *folder =
    g_build_filename (g_get_user_runtime_dir (), ".flatpak", instance_id, NULL);
  g_autofree char *data = NULL;
  g_autofree char *outside_id = NULL;
  g_autofree char *outside_instance = NULL;
  gsize length = 0;
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

  if (fd < 0)
    return FALSE;

  data = read_file (fd, "info", &length, NULL);
  close (fd);
  if (data == NULL)
    return FALSE;

  outside_id = lanyard_sandbox_parse_info (data, length, &outside_instance, NULL);
  return g_strcmp0 (outside_id, app_id) == 0 && g_strcmp0 (outside_instance, instance_id) == 0;
}

static gboolean
is_same (int fd, const char *name, const char *own_path)
{
  struct stat theirs;
  struct stat ours;

  return fstatat (fd, name, &theirs, *name == '\0' ? AT_EMPTY_PATH : 0) == 0 &&
         stat (own_path, &ours) == 0 && theirs.st_dev == ours.st_dev &&
         theirs.st_ino == ours.st_ino;
}

/* Whether a process sees the system as this program does. */
static gboolean
is_ours (int process_fd, int root_fd)
{
  for (guint i = 0; i < G_N_ELEMENTS (namespaces); i++)
    {
      g_autofree char *own = g_build_filename ("/proc/self", namespaces[i], NULL);

      if (!is_same (process_fd, namespaces[i], own))
        return FALSE;
    }

  return is_same (root_fd, "", "/");
}

static gboolean
identify_by_root (int process_fd, int root_fd, char **app_id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *found = NULL;
  g_autofree char *instance_id = NULL;
  g_autofree char *data = NULL;
  gsize length = 0;

  data = read_file (root_fd, INFO_NAME, &length, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (data == NULL && is_ours (process_fd, root_fd))
    return TRUE;
  if (data != NULL)
    found = lanyard_sandbox_parse_info (data, length, &instance_id, NULL);
  if (found == NULL || !check_instance (found, instance_id))
    {
      lanyard_sandbox_set_unknown_error (error);
      return FALSE;
    }

  *app_id = g_steal_pointer (&found);
  return TRUE;
}

void
lanyard_sandbox_set_unknown_error (GError **error)
{
  g_set_error_literal (error, LANYARD_BUS_ERROR, LANYARD_BUS_ERROR_UNKNOWN_CALLER,
                       _ ("Lanyard cannot tell which program asks, so it hands out nothing here. "
                          "Let the program run the command “lanyard” instead."));
}

char *
lanyard_sandbox_parse_info (const char *data, gsize length, char **instance_id, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *app_id = NULL;
  g_autofree char *instance = NULL;

  if (length <= LANYARD_SANDBOX_MAX_INFO && memchr (data, '\0', length) == NULL &&
      g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, NULL))
    {
      app_id = g_key_file_get_string (file, "Application", "name", NULL);
      instance = g_key_file_get_string (file, "Instance", "instance-id", NULL);
    }

  if (!is_app_id (app_id) || !is_number (instance))
    {
      lanyard_sandbox_set_unknown_error (error);
      return NULL;
    }

  *instance_id = g_steal_pointer (&instance);
  return g_steal_pointer (&app_id);
}

char *
lanyard_sandbox_parse_label (const char *label)
{
  gsize length;

  if (label == NULL || !g_str_has_prefix (label, SNAP_PREFIX))
    return NULL;

  /* snap.NAME.APP, maybe followed by the mode. */
  label += strlen (SNAP_PREFIX);
  length = strspn (label, "abcdefghijklmnopqrstuvwxyz0123456789-_");
  if (length == 0 || label[length] != '.')
    return NULL;

  return g_strdup_printf (SNAP_PREFIX "%.*s", (int)length, label);
}

gboolean
lanyard_sandbox_identify (int process_fd, const char *label, char **app_id, GError **error)
{
  gboolean is_known;
  int root_fd;

  *app_id = lanyard_sandbox_parse_label (label);
  if (*app_id != NULL)
    return TRUE;
  /* A Snap whose name cannot be told is no program outside. */
  if (label != NULL && g_str_has_prefix (label, SNAP_PREFIX))
    {
      lanyard_sandbox_set_unknown_error (error);
      return FALSE;
    }

  root_fd = openat (process_fd, "root", O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (root_fd < 0)
    {
      lanyard_sandbox_set_unknown_error (error);
      return FALSE;
    }

  is_known = identify_by_root (process_fd, root_fd, app_id, error);
  close (root_fd);
  return is_known;
}
