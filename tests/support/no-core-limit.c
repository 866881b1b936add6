/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Loaded into a program before all else, this keeps it from limiting its core dumps: what is in
 * them then is what a system gets that hands them to a program and heeds no limit. */

#include <stddef.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int
setrlimit (__rlimit_resource_t which, const struct rlimit *limit)
{
  if (which == RLIMIT_CORE)
    return 0;

  return (int)syscall (SYS_prlimit64, 0, which, limit, NULL);
}

/* What it is called where files may be large. */
int setrlimit64 (__rlimit_resource_t which, const struct rlimit64 *limit)
  __attribute__ ((alias ("setrlimit")));
