/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A wall clock that a test sets, for the programs that it is loaded into before all else. The file
 * that FAKE_CLOCK names holds by how many seconds the clock is ahead, a 64-bit number. Whoever
 * asked the kernel to be told when the clock is set is woken up then, as after a sleep of the
 * computer. */

#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define MAX_TIMERS 16
#define PAUSE 10000

static const volatile int64_t *offset;

/* The timers that go off when the clock is set. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int timers[MAX_TIMERS];
static unsigned n_timers;

__attribute__ ((constructor)) static void
map_offset (void)
{
  const char *path = getenv ("FAKE_CLOCK");
  int fd = path != NULL ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  void *memory = MAP_FAILED;

  if (fd >= 0)
    {
      memory = mmap (NULL, sizeof *offset, PROT_READ, MAP_SHARED, fd, 0);
      close (fd);
    }
  if (memory != MAP_FAILED)
    offset = memory;
}

static int64_t
get_offset (void)
{
  return offset != NULL ? *offset : 0;
}

int
clock_gettime (clockid_t clock_id, struct timespec *time)
{
  int result = (int)syscall (SYS_clock_gettime, clock_id, time);

  if (result == 0 && (clock_id == CLOCK_REALTIME || clock_id == CLOCK_REALTIME_COARSE))
    time->tv_sec += get_offset ();
  return result;
}

int
gettimeofday (struct timeval *restrict time, void *restrict zone)
{
  struct timespec now;

  (void)zone;
  clock_gettime (CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t
time (time_t *result)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  if (result != NULL)
    *result = now.tv_sec;
  return now.tv_sec;
}

static void *
watch_offset (void *data)
{
  const struct itimerspec at_once = { .it_value.tv_nsec = 1 };
  int64_t known = get_offset ();

  (void)data;
  for (;;)
    {
      int64_t now = get_offset ();

      pthread_mutex_lock (&mutex);
      for (unsigned i = 0; now != known && i < n_timers; i++)
        (void)syscall (SYS_timerfd_settime, timers[i], 0, &at_once, NULL);
      pthread_mutex_unlock (&mutex);
      known = now;
      usleep (PAUSE);
    }
  return NULL;
}

static void
add_timer (int fd)
{
  pthread_t thread;
  bool is_known = false;

  pthread_mutex_lock (&mutex);
  if (n_timers == 0 && pthread_create (&thread, NULL, watch_offset, NULL) == 0)
    pthread_detach (thread);
  for (unsigned i = 0; i < n_timers; i++)
    is_known = is_known || timers[i] == fd;
  if (!is_known && n_timers < MAX_TIMERS)
    timers[n_timers++] = fd;
  pthread_mutex_unlock (&mutex);
}

int
timerfd_settime (int fd, int flags, const struct itimerspec *time, struct itimerspec *old)
{
  struct itimerspec real = *time;

  if ((flags & TFD_TIMER_CANCEL_ON_SET) != 0)
    add_timer (fd);
  if ((flags & TFD_TIMER_ABSTIME) != 0 && real.it_value.tv_sec != 0)
    {
      real.it_value.tv_sec -= get_offset ();
      /* What is past goes off at once; zero would be never. */
      if (real.it_value.tv_sec < 1)
        real.it_value.tv_sec = 1;
    }
  return (int)syscall (SYS_timerfd_settime, fd, flags, &real, old);
}
