/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-call.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUS "org.freedesktop.DBus"
#define BUS_PATH "/org/freedesktop/DBus"
#define SERVICE LANYARD_APP_ID ".Service"
#define INTERFACE SERVICE "1"
#define SERVICE_PATH "/io/github/lanyard/Lanyard/Service"
#define MIN_VALID "--min-valid"

#define METHOD_CALL 1
#define PROTOCOL_VERSION 1
#define BODY_LENGTH_AT 4

/* The codes of header fields. */
enum
{
  FIELD_PATH = 1,
  FIELD_INTERFACE = 2,
  FIELD_MEMBER = 3,
  FIELD_DESTINATION = 6,
  FIELD_SIGNATURE = 8
};

/* Where in a message an array is. */
typedef struct
{
  size_t length_at;
  size_t start;
} Array;

/* Plain decimal digits: what else GOption takes for a number, lanyard-cli reads. */
static bool
read_number (const char *text, uint32_t *number)
{
  uint32_t value = 0;

  if (text[0] < '1' || text[0] > '9')
    return false;
  for (; *text >= '0' && *text <= '9'; text++)
    {
      if (value > (uint32_t)(INT_MAX - 9) / 10)
        return false;
      value = value * 10 + (uint32_t)(*text - '0');
    }
  *number = value;
  return *text == '\0';
}

/* Takes --min-valid with its number, which may be the next argument. */
static bool
read_min_valid (LanyardFrontCall *call, char **argv[])
{
  const char *argument = **argv;
  const char *number = argument + strlen (MIN_VALID);

  if (strncmp (argument, MIN_VALID, strlen (MIN_VALID)) != 0)
    return false;
  if (*number == '=')
    return read_number (number + 1, &call->min_valid);
  if (*number != '\0' || *++*argv == NULL)
    return false;
  return read_number (**argv, &call->min_valid);
}

bool
lanyard_front_call_read (LanyardFrontCall *call, int argc, char *argv[])
{
  const char *plain[] = { "", "", "" };
  size_t n_plain = 0;
  bool is_token = argc > 2 && strcmp (argv[1], "token") == 0;

  if (!is_token && (argc <= 2 || strcmp (argv[1], "header") != 0))
    return false;

  *call = (LanyardFrontCall){ .verb = is_token ? LANYARD_FRONT_TOKEN : LANYARD_FRONT_HEADER };
  for (argv += 2; *argv != NULL; argv++)
    {
      if ((*argv)[0] == '\0')
        return false;
      if ((*argv)[0] != '-' && n_plain < 3)
        plain[n_plain++] = *argv;
      else if (!is_token || !read_min_valid (call, &argv))
        return false;
    }
  call->authorization = plain[0];
  call->method = plain[1];
  call->uri = plain[2];
  return n_plain == 1 || (n_plain == 3 && !is_token);
}

bool
lanyard_front_call_find_data_home (char *folder, size_t size)
{
  const char *base = getenv ("XDG_DATA_HOME");
  const char *below = "/lanyard";
  size_t length;
  int written;

  if (base == NULL || base[0] == '\0')
    {
      base = getenv ("HOME");
      below = "/.local/share/lanyard";
    }
  if (base == NULL || base[0] != '/')
    return false;

  for (length = strlen (base); length > 0 && base[length - 1] == '/'; length--)
    ;
  if (length >= size)
    return false;
  written = snprintf (folder, size, "%.*s%s", (int)length, base, below);
  return written > 0 && (size_t)written < size;
}

/* Says who we are; the bus asks the kernel whether that is so. */
static void
add_authentication (LanyardFrontWriter *writer, uid_t user)
{
  char decimal[3 * sizeof user + 1];
  char hexadecimal[2 * sizeof decimal];
  int n_digits = snprintf (decimal, sizeof decimal, "%lu", (unsigned long)user);

  for (int i = 0; i <= n_digits; i++)
    snprintf (hexadecimal + 2 * i, 3, "%02x", (unsigned)decimal[i]);

  lanyard_front_writer_add_byte (writer, 0);
  lanyard_front_writer_add_bytes (writer, "AUTH EXTERNAL ", strlen ("AUTH EXTERNAL "));
  lanyard_front_writer_add_bytes (writer, hexadecimal, 2 * (size_t)n_digits);
  lanyard_front_writer_add_bytes (writer, "\r\nBEGIN\r\n", strlen ("\r\nBEGIN\r\n"));
}

static void
add_field (LanyardFrontWriter *writer, uint8_t code, const char *type, const char *value)
{
  lanyard_front_writer_align (writer, 8);
  lanyard_front_writer_add_byte (writer, code);
  lanyard_front_writer_add_signature (writer, type);
  if (code == FIELD_SIGNATURE)
    lanyard_front_writer_add_signature (writer, value);
  else
    lanyard_front_writer_add_string (writer, value);
}

/* Begins an array of structures, whose length is not known yet. */
static Array
begin_array (LanyardFrontWriter *writer)
{
  Array array;

  lanyard_front_writer_add_uint32 (writer, 0);
  array.length_at = writer->length - 4;
  lanyard_front_writer_align (writer, 8);
  array.start = writer->length;
  return array;
}

static void
end_array (LanyardFrontWriter *writer, Array array)
{
  lanyard_front_writer_set_uint32 (writer, array.length_at,
                                   (uint32_t)(writer->length - array.start));
}

static void
add_options (LanyardFrontWriter *writer, const LanyardFrontCall *call, const char *data_home)
{
  Array options = begin_array (writer);

  lanyard_front_writer_add_string (writer, "data-home");
  lanyard_front_writer_add_signature (writer, "s");
  lanyard_front_writer_add_string (writer, data_home);
  if (call->min_valid > 0)
    {
      lanyard_front_writer_align (writer, 8);
      lanyard_front_writer_add_string (writer, "min-valid");
      lanyard_front_writer_add_signature (writer, "u");
      lanyard_front_writer_add_uint32 (writer, call->min_valid);
    }
  end_array (writer, options);
}

/* Begins a message behind what there is, whose alignment it does not know. */
static LanyardFrontWriter
begin_message (const LanyardFrontWriter *conversation)
{
  return (LanyardFrontWriter){ .bytes = conversation->bytes + conversation->length,
                               .size = conversation->size - conversation->length,
                               .failed = conversation->failed };
}

static void
add_header (LanyardFrontWriter *message,
            uint32_t serial,
            const char *destination,
            const char *path,
            const char *interface,
            const char *member,
            const char *signature)
{
  const unsigned char start[] = { 'l', METHOD_CALL, 0, PROTOCOL_VERSION };
  Array fields;

  lanyard_front_writer_add_bytes (message, start, sizeof start);
  /* The length of the body, which end_message() fills in. */
  lanyard_front_writer_add_uint32 (message, 0);
  lanyard_front_writer_add_uint32 (message, serial);
  fields = begin_array (message);
  add_field (message, FIELD_PATH, "o", path);
  add_field (message, FIELD_DESTINATION, "s", destination);
  add_field (message, FIELD_INTERFACE, "s", interface);
  add_field (message, FIELD_MEMBER, "s", member);
  if (signature != NULL)
    add_field (message, FIELD_SIGNATURE, "g", signature);
  end_array (message, fields);
  lanyard_front_writer_align (message, 8);
}

static void
end_message (LanyardFrontWriter *conversation, LanyardFrontWriter *message, size_t body)
{
  lanyard_front_writer_set_uint32 (message, BODY_LENGTH_AT, (uint32_t)(message->length - body));
  conversation->length += message->length;
  conversation->failed = message->failed;
}

static void
add_hello (LanyardFrontWriter *conversation)
{
  LanyardFrontWriter message = begin_message (conversation);

  add_header (&message, LANYARD_FRONT_HELLO_SERIAL, BUS, BUS_PATH, BUS, "Hello", NULL);
  end_message (conversation, &message, message.length);
}

static void
add_call (LanyardFrontWriter *conversation, const LanyardFrontCall *call, const char *data_home)
{
  LanyardFrontWriter message = begin_message (conversation);
  bool is_token = call->verb == LANYARD_FRONT_TOKEN;
  size_t body;

  add_header (&message, LANYARD_FRONT_CALL_SERIAL, SERVICE, SERVICE_PATH, INTERFACE,
              is_token ? "GetAccessToken" : "GetHeaders", is_token ? "sa{sv}" : "sssa{sv}");
  body = message.length;
  lanyard_front_writer_add_string (&message, call->authorization);
  if (!is_token)
    {
      lanyard_front_writer_add_string (&message, call->method);
      lanyard_front_writer_add_string (&message, call->uri);
    }
  add_options (&message, call, data_home);
  end_message (conversation, &message, body);
}

size_t
lanyard_front_call_write (const LanyardFrontCall *call,
                          uid_t user,
                          const char *data_home,
                          unsigned char *bytes,
                          size_t size,
                          size_t *call_at)
{
  LanyardFrontWriter conversation = { .bytes = bytes, .size = size };

  add_authentication (&conversation, user);
  add_hello (&conversation);
  if (call_at != NULL)
    *call_at = conversation.length;
  add_call (&conversation, call, data_home);
  return conversation.failed ? 0 : conversation.length;
}
