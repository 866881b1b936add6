/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * LanyardFrontWriter:
 * @bytes: where the message goes
 * @size: the room that there is
 * @length: how much of it is taken
 * @failed: whether something did not fit, or was not to be sent; everything after that is dropped
 *
 * Writes values as D-Bus marshals them, in little-endian order.
 */
typedef struct
{
  unsigned char *bytes;
  size_t size;
  size_t length;
  bool failed;
} LanyardFrontWriter;

/* Values stand where D-Bus aligns them. */
void lanyard_front_writer_add_bytes (LanyardFrontWriter *writer, const void *bytes, size_t length);
void lanyard_front_writer_add_byte (LanyardFrontWriter *writer, uint8_t value);
void lanyard_front_writer_add_uint32 (LanyardFrontWriter *writer, uint32_t value);

/* Fills up with zeros to a multiple of @alignment. */
void lanyard_front_writer_align (LanyardFrontWriter *writer, size_t alignment);

/* A text that is not UTF-8 is not sent: the bus would close the connection. */
void lanyard_front_writer_add_string (LanyardFrontWriter *writer, const char *text);
void lanyard_front_writer_add_signature (LanyardFrontWriter *writer, const char *signature);

/* Writes a number at a place that was left free for it. */
void lanyard_front_writer_set_uint32 (LanyardFrontWriter *writer, size_t at, uint32_t value);

/**
 * LanyardFrontReader:
 * @bytes: a message, or what is left of a stream of them
 * @length: its length
 * @position: how much of it was read
 * @is_big_endian: the order of the bytes in its numbers
 * @failed: whether something was not there or not right; what is read after that is empty
 *
 * Reads values as D-Bus marshals them, and never beyond @length, whatever the message says.
 */
typedef struct
{
  const unsigned char *bytes;
  size_t length;
  size_t position;
  bool is_big_endian;
  bool failed;
} LanyardFrontReader;

/**
 * LanyardFrontText:
 * @text: a text in UTF-8 that ends with a NUL and holds no other
 * @length: its length in bytes
 *
 * A text inside of a message.
 */
typedef struct
{
  const char *text;
  size_t length;
} LanyardFrontText;

/* What stands next, or 0 and an empty text where it does not. The NUL behind a text and its UTF-8
 * are checked. */
void lanyard_front_reader_align (LanyardFrontReader *reader, size_t alignment);
void lanyard_front_reader_skip (LanyardFrontReader *reader, size_t length);
uint8_t lanyard_front_reader_take_byte (LanyardFrontReader *reader);
uint32_t lanyard_front_reader_take_uint32 (LanyardFrontReader *reader);
LanyardFrontText lanyard_front_reader_take_string (LanyardFrontReader *reader);
LanyardFrontText lanyard_front_reader_take_signature (LanyardFrontReader *reader);

/**
 * lanyard_front_is_utf8:
 *
 * Returns: whether the bytes are UTF-8 without a NUL
 */
bool lanyard_front_is_utf8 (const char *text, size_t length);
