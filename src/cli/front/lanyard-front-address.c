/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-front-address.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MAX_PATH (sizeof ((struct sockaddr_un *)NULL)->sun_path)

/* A part of an address: not terminated. */
typedef struct
{
  const char *text;
  size_t length;
} Slice;

/* Cuts off what stands before the delimiter, which goes too. */
static Slice
take_until (Slice *rest, char delimiter)
{
  const char *end = memchr (rest->text, delimiter, rest->length);
  Slice taken = { rest->text, end != NULL ? (size_t)(end - rest->text) : rest->length };
  size_t gone = end != NULL ? taken.length + 1 : taken.length;

  rest->text += gone;
  rest->length -= gone;
  return taken;
}

static bool
is_word (Slice slice, const char *word)
{
  return slice.length == strlen (word) && memcmp (slice.text, word, slice.length) == 0;
}

static int
get_digit (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

/* Takes one character, maybe escaped. A NUL would end a path earlier than its sender meant. */
static bool
take_character (Slice *value, char *character)
{
  int high, low;

  *character = value->text[0];
  if (*character == '%')
    {
      high = value->length >= 3 ? get_digit (value->text[1]) : -1;
      low = value->length >= 3 ? get_digit (value->text[2]) : -1;
      if (high == -1 || low == -1)
        return false;
      *character = (char)(high * 16 + low);
      value->text += 2;
      value->length -= 2;
    }
  value->text++;
  value->length--;
  return *character != '\0';
}

static void
clear (LanyardFrontAddress *address)
{
  memset (address, 0, sizeof *address);
  address->name.sun_family = AF_UNIX;
}

static void
set_length (LanyardFrontAddress *address, size_t path_length)
{
  address->length = (socklen_t)(offsetof (struct sockaddr_un, sun_path) + path_length);
}

/* A path ends with a NUL, an abstract name begins with one. */
static bool
set_name (LanyardFrontAddress *address, Slice value, bool is_abstract)
{
  size_t length = is_abstract ? 1 : 0;

  if (value.length == 0 || (!is_abstract && value.text[0] != '/'))
    return false;

  clear (address);
  while (value.length > 0)
    {
      if (length >= MAX_PATH - 1 || !take_character (&value, &address->name.sun_path[length]))
        return false;
      length++;
    }
  set_length (address, is_abstract ? length : length + 1);
  return true;
}

static bool
read_entry (Slice entry, const char *runtime_dir, LanyardFrontAddress *address)
{
  unsigned n_places = 0;

  if (memchr (entry.text, ':', entry.length) == NULL || !is_word (take_until (&entry, ':'), "unix"))
    return false;

  while (entry.length > 0)
    {
      Slice value = take_until (&entry, ',');
      Slice key = take_until (&value, '=');

      if (is_word (key, "path") || is_word (key, "abstract"))
        {
          if (!set_name (address, value, is_word (key, "abstract")))
            return false;
          n_places++;
        }
      else if (is_word (key, "runtime"))
        {
          if (!is_word (value, "yes") || !lanyard_front_address_set_default (runtime_dir, address))
            return false;
          n_places++;
        }
    }
  /* One that names no place, as unix:tmpdir does, is for a server; with two nobody knows which. */
  return n_places == 1;
}

bool
lanyard_front_address_next (const char **list,
                            const char *runtime_dir,
                            LanyardFrontAddress *address)
{
  Slice rest = { *list, strlen (*list) };
  bool found = false;

  while (!found && rest.length > 0)
    found = read_entry (take_until (&rest, ';'), runtime_dir, address);
  *list = rest.text;
  return found;
}

bool
lanyard_front_address_set_default (const char *runtime_dir, LanyardFrontAddress *address)
{
  static const char bus[] = "/bus";
  size_t length = runtime_dir != NULL ? strlen (runtime_dir) : 0;

  if (length == 0 || runtime_dir[0] != '/' || length + sizeof bus > MAX_PATH)
    return false;

  clear (address);
  memcpy (address->name.sun_path, runtime_dir, length);
  memcpy (address->name.sun_path + length, bus, sizeof bus);
  set_length (address, length + sizeof bus);
  return true;
}
