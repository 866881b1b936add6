/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-answer.h"

#include "lanyard-front-bus.h"
#include "lanyard-front-call.h"
#include "lanyard-front-text.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define EXIT_CANCELLED 130

/* A name, an address and a folder at their longest. */
#define MAX_CALL 16384
/* A token is a few thousand bytes at most; what is larger, lanyard-cli hands out. Twice that is
 * what every system lets a person lock. */
#define MAX_REPLY 32768

/* All memory that ever holds a secret. */
typedef struct
{
  unsigned char reply[MAX_REPLY];
  char answer[MAX_REPLY];
} Memory;

/* A bus that lives answers at once. The service may have to renew a token, which takes as long as
 * the requests and the keyring that it waits for may take. */
static const LanyardFrontPatience patience = { .greeting = 5000, .reply = 120000 };

/* Pages of their own, which are not swapped and not dumped where the system allows it. That the
 * process cannot be looked at comes later: the service looks whose it is. */
static Memory *
map_memory (void)
{
  /* As lanyard_process_init() has it: 1 forbids a dump also where it would go to a program. */
  const struct rlimit one = { 1, 1 };
  const struct rlimit none = { 0, 0 };
  Memory *memory =
    mmap (NULL, sizeof *memory, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (memory == MAP_FAILED)
    return NULL;

  if (setrlimit (RLIMIT_CORE, &one) != 0)
    (void)setrlimit (RLIMIT_CORE, &none);
  (void)madvise (memory, sizeof *memory, MADV_DONTDUMP);
  /* Only the pages that are used; the others would take time. */
  (void)mlock2 (memory, sizeof *memory, MLOCK_ONFAULT);
  return memory;
}

/* In a Flatpak the service, which tells callers apart by their processes, cannot see any of them.
 */
static bool
is_in_flatpak (void)
{
  return access ("/.flatpak-info", F_OK) == 0;
}

static void
cancelled_cb (int number)
{
  _exit (EXIT_CANCELLED);
}

/* Whoever is ignored stays so, also in lanyard-cli; the others are reset when it starts. */
static void
catch_signals (void)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
  const struct sigaction action = { .sa_handler = cancelled_cb };

  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
    {
      struct sigaction old;

      if (sigaction (numbers[i], &action, &old) == 0 && old.sa_handler == SIG_IGN)
        (void)sigaction (numbers[i], &old, NULL);
    }
}

static int
write_answer (const char *text, size_t length)
{
  /* A pipe that nobody reads any more is told, and kills nobody. */
  signal (SIGPIPE, SIG_IGN);
  while (length > 0)
    {
      ssize_t n_written = write (STDOUT_FILENO, text, length);

      if (n_written == -1 && errno != EINTR)
        {
          lanyard_front_print_error (_ ("The answer could not be written: %s"), strerror (errno));
          return 1;
        }
      if (n_written > 0)
        {
          text += n_written;
          length -= (size_t)n_written;
        }
    }
  return 0;
}

static size_t
format_answer (LanyardFrontVerb verb, const LanyardFrontReply *reply, char *text, size_t size)
{
  size_t length;

  if (verb == LANYARD_FRONT_HEADER)
    return lanyard_front_reply_write_headers (reply, text, size);

  length = lanyard_front_reply_write_token (reply, text, size - 1);
  /* A person wants the prompt on a line of its own; a file or a program the token alone. */
  if (length > 0 && isatty (STDOUT_FILENO))
    text[length++] = '\n';
  return length;
}

static int
print_reply (LanyardFrontVerb verb, const LanyardFrontReply *reply, Memory *memory)
{
  const char *message = NULL;
  int exit_code = lanyard_front_reply_get_error (reply, &message);
  size_t length;

  /* Whoever cancels knows it. */
  if (exit_code != -1 && exit_code != EXIT_CANCELLED)
    lanyard_front_print_error ("%s", message);
  if (exit_code != -1)
    return exit_code;

  length = format_answer (verb, reply, memory->answer, sizeof memory->answer);
  if (length > 0)
    exit_code = write_answer (memory->answer, length);
  explicit_bzero (memory->answer, length);
  return exit_code;
}

/* What is asked for. */
typedef struct
{
  LanyardFrontVerb verb;
  const unsigned char *bytes;
  size_t length;
  /* Where the call itself begins. */
  size_t call_at;
} Question;

/* Asks the service over the bus, or over its private socket; false when there was no answer. */
static bool
ask (const Question *question, bool is_private, Memory *memory, int *exit_code)
{
  int fd = is_private ? lanyard_front_bus_connect_private () : lanyard_front_bus_connect ();
  size_t start = is_private ? question->call_at : 0;
  LanyardFrontStream stream = { .bytes = memory->reply,
                                .size = sizeof memory->reply,
                                .is_authenticated = is_private,
                                .is_greeted = is_private };
  LanyardFrontReply reply;
  bool is_answered;

  if (fd == -1)
    return false;

  is_answered = lanyard_front_bus_call (fd, question->bytes + start, question->length - start,
                                        &patience, &stream, &reply);
  if (is_answered)
    {
      (void)prctl (PR_SET_DUMPABLE, 0);
      *exit_code = print_reply (question->verb, &reply, memory);
    }
  explicit_bzero (memory->reply, stream.used);
  close (fd);
  return is_answered;
}

int
lanyard_front_answer (int argc, char *argv[])
{
  unsigned char bytes[MAX_CALL];
  char data_home[PATH_MAX];
  LanyardFrontCall call;
  Question question = { .bytes = bytes };
  Memory *memory;
  int exit_code = -1;

  if (!lanyard_front_call_read (&call, argc, argv) ||
      !lanyard_front_call_find_data_home (data_home, sizeof data_home) || is_in_flatpak ())
    return -1;

  question.verb = call.verb;
  question.length =
    lanyard_front_call_write (&call, geteuid (), data_home, bytes, sizeof bytes, &question.call_at);
  memory = question.length > 0 ? map_memory () : NULL;
  if (memory == NULL)
    return -1;

  /* A service that has just ended is started by the bus. */
  catch_signals ();
  if (!ask (&question, true, memory, &exit_code))
    (void)ask (&question, false, memory, &exit_code);
  return exit_code;
}
