/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-cli.h"

#include "lanyard-front-text.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool
lanyard_front_find_cli (const char *program, char *path, size_t size)
{
  static const char name[] = "lanyard-cli";
  const char *slash = strrchr (program, '/');
  size_t length = slash != NULL ? (size_t)(slash - program) + 1 : 0;
  struct stat folder;

  if (program[0] != '/' || length + sizeof name > size)
    return false;

  memcpy (path, program, length);
  path[length] = '\0';
  if (stat (path, &folder) != 0 || (folder.st_mode & S_IWOTH) != 0)
    return false;

  memcpy (path + length, name, sizeof name);
  return true;
}

int
lanyard_front_run_cli (char *argv[])
{
  char program[PATH_MAX];
  char path[PATH_MAX];
  /* The kernel's word for it; argv[0] is that of whoever started this. */
  ssize_t length = readlink ("/proc/self/exe", program, sizeof program - 1);

  if (length > 0)
    {
      program[length] = '\0';
      if (lanyard_front_find_cli (program, path, sizeof path))
        execv (path, argv);
    }
  execv (LANYARD_CLI_PATH, argv);

  lanyard_front_print_error (_ ("A part of Lanyard is missing or broken: %s"), strerror (errno));
  return 1;
}
