/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-wire.h"

#include <string.h>

static size_t
get_padding (size_t position, size_t alignment)
{
  return (alignment - position % alignment) % alignment;
}

/* How many bytes follow the first one of a character, and the least number that needs so many. */
static bool
read_first (unsigned char first, unsigned *n_more, uint32_t *character, uint32_t *least)
{
  if (first < 0x80)
    *n_more = 0, *character = first, *least = 1;
  else if ((first & 0xe0) == 0xc0)
    *n_more = 1, *character = first & 0x1f, *least = 0x80;
  else if ((first & 0xf0) == 0xe0)
    *n_more = 2, *character = first & 0x0f, *least = 0x800;
  else if ((first & 0xf8) == 0xf0)
    *n_more = 3, *character = first & 0x07, *least = 0x10000;
  else
    return false;
  return true;
}

bool
lanyard_front_is_utf8 (const char *text, size_t length)
{
  const unsigned char *bytes = (const unsigned char *)text;

  for (size_t i = 0; i < length;)
    {
      uint32_t character, least;
      unsigned n_more;

      if (!read_first (bytes[i++], &n_more, &character, &least) || length - i < n_more)
        return false;
      for (; n_more > 0; n_more--, i++)
        {
          if ((bytes[i] & 0xc0) != 0x80)
            return false;
          character = character << 6 | (bytes[i] & 0x3f);
        }
      if (character < least || character > 0x10ffff || (character >= 0xd800 && character < 0xe000))
        return false;
    }
  return true;
}

void
lanyard_front_writer_add_bytes (LanyardFrontWriter *writer, const void *bytes, size_t length)
{
  if (writer->failed || length > writer->size - writer->length)
    {
      writer->failed = true;
      return;
    }
  memcpy (writer->bytes + writer->length, bytes, length);
  writer->length += length;
}

void
lanyard_front_writer_add_byte (LanyardFrontWriter *writer, uint8_t value)
{
  lanyard_front_writer_add_bytes (writer, &value, 1);
}

void
lanyard_front_writer_add_uint32 (LanyardFrontWriter *writer, uint32_t value)
{
  lanyard_front_writer_align (writer, 4);
  lanyard_front_writer_add_bytes (writer, "\0\0\0\0", 4);
  if (!writer->failed)
    lanyard_front_writer_set_uint32 (writer, writer->length - 4, value);
}

void
lanyard_front_writer_align (LanyardFrontWriter *writer, size_t alignment)
{
  size_t padding = get_padding (writer->length, alignment);

  while (padding-- > 0)
    lanyard_front_writer_add_byte (writer, 0);
}

void
lanyard_front_writer_add_string (LanyardFrontWriter *writer, const char *text)
{
  size_t length = strlen (text);

  if (length > writer->size || !lanyard_front_is_utf8 (text, length))
    {
      writer->failed = true;
      return;
    }
  lanyard_front_writer_add_uint32 (writer, (uint32_t)length);
  lanyard_front_writer_add_bytes (writer, text, length + 1);
}

void
lanyard_front_writer_add_signature (LanyardFrontWriter *writer, const char *signature)
{
  lanyard_front_writer_add_byte (writer, (uint8_t)strlen (signature));
  lanyard_front_writer_add_bytes (writer, signature, strlen (signature) + 1);
}

void
lanyard_front_writer_set_uint32 (LanyardFrontWriter *writer, size_t at, uint32_t value)
{
  if (writer->failed)
    return;

  for (unsigned i = 0; i < 4; i++)
    writer->bytes[at + i] = (unsigned char)(value >> (8 * i));
}

/* The next bytes, or nothing. */
static const unsigned char *
take (LanyardFrontReader *reader, size_t length)
{
  const unsigned char *bytes = reader->bytes + reader->position;

  if (reader->failed || length > reader->length - reader->position)
    {
      reader->failed = true;
      return NULL;
    }
  reader->position += length;
  return bytes;
}

static LanyardFrontText
take_text (LanyardFrontReader *reader, uint32_t length)
{
  const LanyardFrontText nothing = { "", 0 };
  const char *text = NULL;

  /* With the NUL behind it. */
  if (length < reader->length)
    text = (const char *)take (reader, length + 1);
  if (text == NULL || text[length] != '\0' || !lanyard_front_is_utf8 (text, length))
    {
      reader->failed = true;
      return nothing;
    }
  return (LanyardFrontText){ text, length };
}

void
lanyard_front_reader_align (LanyardFrontReader *reader, size_t alignment)
{
  lanyard_front_reader_skip (reader, get_padding (reader->position, alignment));
}

void
lanyard_front_reader_skip (LanyardFrontReader *reader, size_t length)
{
  (void)take (reader, length);
}

uint8_t
lanyard_front_reader_take_byte (LanyardFrontReader *reader)
{
  const unsigned char *byte = take (reader, 1);

  return byte != NULL ? *byte : 0;
}

uint32_t
lanyard_front_reader_take_uint32 (LanyardFrontReader *reader)
{
  const unsigned char *bytes;
  uint32_t value = 0;

  lanyard_front_reader_align (reader, 4);
  bytes = take (reader, 4);
  for (unsigned i = 0; bytes != NULL && i < 4; i++)
    value |= (uint32_t)bytes[i] << 8 * (reader->is_big_endian ? 3 - i : i);
  return value;
}

LanyardFrontText
lanyard_front_reader_take_string (LanyardFrontReader *reader)
{
  return take_text (reader, lanyard_front_reader_take_uint32 (reader));
}

LanyardFrontText
lanyard_front_reader_take_signature (LanyardFrontReader *reader)
{
  return take_text (reader, lanyard_front_reader_take_byte (reader));
}
