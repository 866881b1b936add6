/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-front-wire.h"

#include <sys/types.h>

#define LANYARD_FRONT_HELLO_SERIAL 1
#define LANYARD_FRONT_CALL_SERIAL 2

/**
 * LanyardFrontVerb:
 * @LANYARD_FRONT_TOKEN: `lanyard token`
 * @LANYARD_FRONT_HEADER: `lanyard header`
 */
typedef enum
{
  LANYARD_FRONT_TOKEN,
  LANYARD_FRONT_HEADER
} LanyardFrontVerb;

/**
 * LanyardFrontCall:
 * @verb: what is asked for
 * @authorization: an id or a name
 * @method: the method of the request that is signed; empty where none is
 * @uri: its address; empty where none is signed
 * @min_valid: for how many seconds a token must be valid yet
 *
 * What the service is asked for.
 */
typedef struct
{
  LanyardFrontVerb verb;
  const char *authorization;
  const char *method;
  const char *uri;
  uint32_t min_valid;
} LanyardFrontCall;

/**
 * lanyard_front_call_read:
 * @call: (out): what the arguments ask for; borrows from them
 * @argc: how many there are
 * @argv: the arguments of the program
 *
 * Understands the plain ways to ask for a token or header lines. Everything else, and everything
 * that is wrong, is for `lanyard-cli` to understand.
 *
 * Returns: whether @call is what they ask for
 */
bool lanyard_front_call_read (LanyardFrontCall *call, int argc, char *argv[]);

/**
 * lanyard_front_call_find_data_home:
 * @folder: (out): the folder
 * @size: the room that there is for it
 *
 * Finds the folder in which the database is, as the XDG Base Directory specification says.
 *
 * Returns: whether it was found; who has no home is no case for the front
 */
bool lanyard_front_call_find_data_home (char *folder, size_t size);

/**
 * lanyard_front_call_write:
 * @call: what to ask for
 * @user: who asks
 * @data_home: the folder in which the database is expected
 * @bytes: where it goes
 * @size: the room that there is for it
 * @call_at: (out) (optional): where in it the call begins, which is all that a private socket is
 * told
 *
 * Writes the whole conversation with the bus: who we are, Hello, the call. No answer is waited for
 * in between, because none could change what follows.
 *
 * Returns: the length, or 0 when it cannot be said on a bus
 */
size_t lanyard_front_call_write (const LanyardFrontCall *call,
                                 uid_t user,
                                 const char *data_home,
                                 unsigned char *bytes,
                                 size_t size,
                                 size_t *call_at);
