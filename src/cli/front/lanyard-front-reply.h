/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-front-wire.h"

/**
 * LanyardFrontState:
 * @LANYARD_FRONT_MORE: nothing is wrong so far; more must come
 * @LANYARD_FRONT_READY: it is all there
 * @LANYARD_FRONT_BROKEN: it is not what a bus may say
 */
typedef enum
{
  LANYARD_FRONT_MORE,
  LANYARD_FRONT_READY,
  LANYARD_FRONT_BROKEN
} LanyardFrontState;

/**
 * LanyardFrontReply:
 * @serial: the call that it answers
 * @is_error: whether the call failed
 * @error_name: the name of the error; empty where there is none
 * @signature: the types of the values in the body
 * @body: those values
 *
 * The answer to a call. It borrows from the bytes that it was read from.
 */
typedef struct
{
  uint32_t serial;
  bool is_error;
  LanyardFrontText error_name;
  LanyardFrontText signature;
  LanyardFrontReader body;
} LanyardFrontReply;

/**
 * LanyardFrontStream:
 * @bytes: what came from the bus and was not looked at yet
 * @size: the room that there is for it
 * @length: how much came
 * @used: how much of @bytes was ever written to
 * @is_authenticated: whether the bus knows who we are
 * @is_greeted: whether it answered to Hello
 *
 * What the bus says, as it comes in.
 */
typedef struct
{
  unsigned char *bytes;
  size_t size;
  size_t length;
  size_t used;
  bool is_authenticated;
  bool is_greeted;
} LanyardFrontStream;

/**
 * lanyard_front_stream_read:
 * @reply: (out): the answer to the call
 *
 * Looks through what came for the answer to the call that lanyard_front_call_write() writes. What
 * else the bus says is dropped from the stream. More than there is room for is broken.
 *
 * Returns: whether @reply is there
 */
LanyardFrontState lanyard_front_stream_read (LanyardFrontStream *stream, LanyardFrontReply *reply);

/**
 * lanyard_front_reply_write_token:
 * @reply: the answer to GetAccessToken
 * @text: (out): the token alone
 * @size: the room that there is for it
 *
 * Returns: its length, or 0 when that is not what the reply holds
 */
size_t lanyard_front_reply_write_token (const LanyardFrontReply *reply, char *text, size_t size);

/**
 * lanyard_front_reply_write_headers:
 * @reply: the answer to GetHeaders
 * @text: (out): header lines, each with a line break
 * @size: the room that there is for it
 *
 * Returns: its length, or 0 when that is not what the reply holds
 */
size_t lanyard_front_reply_write_headers (const LanyardFrontReply *reply, char *text, size_t size);

/**
 * lanyard_front_reply_get_error:
 * @message: (out): what to tell the person; borrowed from the reply
 *
 * Returns: the exit code of an error of Lanyard that settles the matter, or -1 when `lanyard-cli`
 *   may do better
 */
int lanyard_front_reply_get_error (const LanyardFrontReply *reply, const char **message);
