/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-reply.h"

#include "lanyard-front-call.h"

#include <string.h>

#define ERROR_PREFIX LANYARD_APP_ID ".Error."

/* Far beyond the line that answers AUTH. */
#define MAX_LINE 512
/* What comes before the fields of a header. */
#define FIXED_SIZE 16

enum
{
  METHOD_RETURN = 2,
  ERROR = 3
};

enum
{
  FIELD_ERROR_NAME = 4,
  FIELD_REPLY_SERIAL = 5,
  FIELD_SIGNATURE = 8
};

/* The exit codes of lanyard_error_get_exit_code(). Without the errors in how a command is used,
 * which lanyard-cli explains; OtherData: there it works with data that the service does not have;
 * and UnknownCaller: a service of the person's own that systemd hides files from may not be known
 * to the service, but can use the keyring. */
static const struct
{
  const char *name;
  int exit_code;
} errors[] = {
  { "Failed", 1 },        { "NotAuthorized", 3 }, { "Denied", 3 },   { "Cancelled", 130 },
  { "KeyringLocked", 4 }, { "KeyringAbsent", 4 }, { "Network", 5 },  { "Tls", 5 },
  { "Unavailable", 5 },   { "Provider", 1 },      { "Protocol", 1 }, { "NotFound", 6 },
  { "Ambiguous", 2 },     { "Exists", 1 },        { "Conflict", 1 }, { "Inactive", 7 },
  { "Storage", 1 },       { "StorageNewer", 1 },
};

static void
drop (LanyardFrontStream *stream, size_t length)
{
  memmove (stream->bytes, stream->bytes + length, stream->length - length);
  stream->length -= length;
}

/* Reads the line with which the bus answers AUTH. */
static LanyardFrontState
read_line (LanyardFrontStream *stream)
{
  /* Nothing that is read yet may be at no address at all. */
  const unsigned char *end =
    stream->length > 0 ? memchr (stream->bytes, '\n', stream->length) : NULL;
  size_t length = end != NULL ? (size_t)(end - stream->bytes) + 1 : 0;

  if (end == NULL)
    return stream->length < MAX_LINE ? LANYARD_FRONT_MORE : LANYARD_FRONT_BROKEN;
  if (length < strlen ("OK \r\n") || memcmp (stream->bytes, "OK ", 3) != 0 || end[-1] != '\r')
    return LANYARD_FRONT_BROKEN;

  drop (stream, length);
  stream->is_authenticated = true;
  return LANYARD_FRONT_READY;
}

/* How long the first message is. */
static LanyardFrontState
measure_message (const LanyardFrontStream *stream, size_t *size)
{
  LanyardFrontReader reader = { .bytes = stream->bytes, .length = FIXED_SIZE };
  uint32_t body_length, fields_length;
  uint8_t order, type;

  if (stream->length < FIXED_SIZE)
    return LANYARD_FRONT_MORE;

  order = lanyard_front_reader_take_byte (&reader);
  type = lanyard_front_reader_take_byte (&reader);
  lanyard_front_reader_skip (&reader, 1);
  if ((order != 'l' && order != 'B') || type == 0 || lanyard_front_reader_take_byte (&reader) != 1)
    return LANYARD_FRONT_BROKEN;

  reader.is_big_endian = order == 'B';
  body_length = lanyard_front_reader_take_uint32 (&reader);
  lanyard_front_reader_skip (&reader, 4);
  fields_length = lanyard_front_reader_take_uint32 (&reader);
  if (body_length > stream->size || fields_length > stream->size)
    return LANYARD_FRONT_BROKEN;

  *size = FIXED_SIZE + ((size_t)fields_length + 7) / 8 * 8 + body_length;
  if (*size > stream->size)
    return LANYARD_FRONT_BROKEN;
  return *size <= stream->length ? LANYARD_FRONT_READY : LANYARD_FRONT_MORE;
}

/* Steps over a value of a field that nobody needs. */
static void
skip_value (LanyardFrontReader *reader, LanyardFrontText type)
{
  switch (type.length == 1 ? type.text[0] : '\0')
    {
    case 's':
    case 'o':
      lanyard_front_reader_take_string (reader);
      break;
    case 'g':
      lanyard_front_reader_take_signature (reader);
      break;
    case 'u':
      lanyard_front_reader_take_uint32 (reader);
      break;
    default:
      /* There is no such field. */
      reader->failed = true;
    }
}

static void
read_field (LanyardFrontReader *reader, LanyardFrontReply *reply)
{
  LanyardFrontText type;
  uint8_t code;

  lanyard_front_reader_align (reader, 8);
  code = lanyard_front_reader_take_byte (reader);
  type = lanyard_front_reader_take_signature (reader);
  if (code == FIELD_REPLY_SERIAL && strcmp (type.text, "u") == 0)
    reply->serial = lanyard_front_reader_take_uint32 (reader);
  else if (code == FIELD_ERROR_NAME && strcmp (type.text, "s") == 0)
    reply->error_name = lanyard_front_reader_take_string (reader);
  else if (code == FIELD_SIGNATURE && strcmp (type.text, "g") == 0)
    reply->signature = lanyard_front_reader_take_signature (reader);
  else
    skip_value (reader, type);
}

/* Reads a message that is all there. */
static bool
read_message (const unsigned char *bytes, size_t size, LanyardFrontReply *reply)
{
  LanyardFrontReader reader = { bytes, size, 0, bytes[0] == 'B', false };
  uint32_t body_length;
  size_t end;

  *reply = (LanyardFrontReply){ .error_name = { "", 0 }, .signature = { "", 0 } };
  reply->is_error = bytes[1] == ERROR;
  lanyard_front_reader_skip (&reader, 4);
  body_length = lanyard_front_reader_take_uint32 (&reader);
  lanyard_front_reader_skip (&reader, 4);
  end = lanyard_front_reader_take_uint32 (&reader) + FIXED_SIZE;
  /* The fields must not reach into the body. */
  reader.length = end;
  while (!reader.failed && reader.position < end)
    read_field (&reader, reply);

  /* The body's values are aligned by themselves: it begins at a multiple of eight. */
  reply->body = (LanyardFrontReader){ bytes + (size - body_length), body_length, 0,
                                      reader.is_big_endian, false };
  return !reader.failed;
}

LanyardFrontState
lanyard_front_stream_read (LanyardFrontStream *stream, LanyardFrontReply *reply)
{
  LanyardFrontState state = LANYARD_FRONT_READY;
  size_t size = 0;

  if (!stream->is_authenticated)
    state = read_line (stream);

  while (state == LANYARD_FRONT_READY)
    {
      state = measure_message (stream, &size);
      if (state != LANYARD_FRONT_READY)
        break;
      if (!read_message (stream->bytes, size, reply))
        return LANYARD_FRONT_BROKEN;

      if (stream->bytes[1] == METHOD_RETURN || stream->bytes[1] == ERROR)
        {
          if (reply->serial == LANYARD_FRONT_CALL_SERIAL && stream->is_greeted)
            return LANYARD_FRONT_READY;
          if (reply->serial == LANYARD_FRONT_HELLO_SERIAL && !reply->is_error)
            stream->is_greeted = true;
          else
            return LANYARD_FRONT_BROKEN;
        }
      drop (stream, size);
    }
  return state;
}

/* Whether the values were all read and nothing is left. */
static bool
is_read (const LanyardFrontReader *body)
{
  return !body->failed && body->position == body->length;
}

size_t
lanyard_front_reply_write_token (const LanyardFrontReply *reply, char *text, size_t size)
{
  LanyardFrontReader body = reply->body;
  LanyardFrontWriter writer = { .bytes = (unsigned char *)text, .size = size };
  LanyardFrontText token;

  if (reply->is_error || strcmp (reply->signature.text, "ssx") != 0)
    return 0;

  token = lanyard_front_reader_take_string (&body);
  lanyard_front_reader_take_string (&body);
  lanyard_front_reader_align (&body, 8);
  lanyard_front_reader_skip (&body, 8);
  if (!is_read (&body))
    return 0;

  lanyard_front_writer_add_bytes (&writer, token.text, token.length);
  return writer.failed ? 0 : writer.length;
}

/* A field's name is a token (RFC 9110, section 5.6.2). */
static bool
is_header_name (LanyardFrontText name)
{
  for (size_t i = 0; i < name.length; i++)
    if (name.text[i] <= ' ' || name.text[i] > '~' || strchr ("\"(),/:;<=>?@[\\]{}", name.text[i]))
      return false;
  return name.length > 0;
}

/* A line break would make two lines of one. */
static bool
is_header_value (LanyardFrontText value)
{
  for (size_t i = 0; i < value.length; i++)
    if (((unsigned char)value.text[i] < ' ' && value.text[i] != '\t') || value.text[i] == '\x7f')
      return false;
  return true;
}

size_t
lanyard_front_reply_write_headers (const LanyardFrontReply *reply, char *text, size_t size)
{
  LanyardFrontReader body = reply->body;
  LanyardFrontWriter writer = { .bytes = (unsigned char *)text, .size = size };
  uint32_t length;

  if (reply->is_error || strcmp (reply->signature.text, "a(ss)") != 0)
    return 0;

  length = lanyard_front_reader_take_uint32 (&body);
  lanyard_front_reader_align (&body, 8);
  if (body.failed || body.length - body.position != length)
    return 0;

  while (!body.failed && body.position < body.length)
    {
      LanyardFrontText name, value;

      lanyard_front_reader_align (&body, 8);
      name = lanyard_front_reader_take_string (&body);
      value = lanyard_front_reader_take_string (&body);
      if (!is_header_name (name) || !is_header_value (value))
        return 0;
      lanyard_front_writer_add_bytes (&writer, name.text, name.length);
      lanyard_front_writer_add_bytes (&writer, ": ", 2);
      lanyard_front_writer_add_bytes (&writer, value.text, value.length);
      lanyard_front_writer_add_byte (&writer, '\n');
    }
  return !is_read (&body) || writer.failed ? 0 : writer.length;
}

/* One that moves the cursor of a terminal, for one, is none of ours. */
static bool
is_message (LanyardFrontText text)
{
  for (size_t i = 0; i < text.length; i++)
    if (((unsigned char)text.text[i] < ' ' && text.text[i] != '\n') || text.text[i] == '\x7f')
      return false;
  return text.length > 0;
}

int
lanyard_front_reply_get_error (const LanyardFrontReply *reply, const char **message)
{
  LanyardFrontReader body = reply->body;
  const char *name = reply->error_name.text;
  LanyardFrontText text;

  if (!reply->is_error || strncmp (name, ERROR_PREFIX, strlen (ERROR_PREFIX)) != 0 ||
      reply->signature.text[0] != 's')
    return -1;

  text = lanyard_front_reader_take_string (&body);
  if (body.failed || !is_message (text))
    return -1;

  *message = text.text;
  for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
    if (strcmp (name + strlen (ERROR_PREFIX), errors[i].name) == 0)
      return errors[i].exit_code;
  return -1;
}
