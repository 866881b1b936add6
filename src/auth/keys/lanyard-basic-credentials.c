/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-basic-credentials.h"

#include "lanyard-error.h"

#include <glib/gi18n-lib.h>

/* Where the provider's data says what Basic sends, what it does not mention is empty (quirk K4). */
static const char *
get_template (LanyardAuthContext *context, const char *path, const char *fallback)
{
  LanyardMethod *method = lanyard_auth_context_get_method (context);
  const char *template = lanyard_method_get_string (method, path);

  if (template != NULL)
    return template;
  return lanyard_method_get_object (method, "basic") != NULL ? "" : fallback;
}

static char *
expand (LanyardAuthContext *context, const char *path, const char *fallback)
{
  char *text = lanyard_auth_context_expand (context, get_template (context, path, fallback));
  char *normalized = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

  /* RFC 7617 section 2.1 wants NFC; what is no UTF-8 goes as it is. */
  if (normalized == NULL)
    return text;

  lanyard_secret_wipe_string (text);
  return normalized;
}

static gboolean
has_control_character (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (c)))
        return TRUE;
    }

  return FALSE;
}

gboolean
lanyard_basic_credentials_check (LanyardAuthContext *context, GError **error)
{
  char *user = expand (context, "basic.user", "{username}");
  char *password = expand (context, "basic.password", "{password}");
  const char *message = NULL;

  if (*user == '\0' && get_template (context, "basic.user", "x")[0] != '\0')
    message = _ ("The user name is missing; enter it first");
  else if (strchr (user, ':') != NULL)
    message = _ ("A user name must not hold a colon; servers would take the rest for the password");
  else if (has_control_character (user))
    message = _ ("The user name holds a character that cannot be seen; enter it again");
  else if (has_control_character (password))
    message = _ ("The password holds a character that cannot be seen; enter it again");
  lanyard_secret_wipe_string (user);
  lanyard_secret_wipe_string (password);

  if (message == NULL)
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, message);
  return FALSE;
}

gboolean
lanyard_basic_credentials_sign (LanyardAuthContext *context,
                                LanyardRequest *request,
                                GError **error)
{
  char *user = expand (context, "basic.user", "{username}");
  char *password = expand (context, "basic.password", "{password}");

  lanyard_basic_credentials_set (request, user, password);
  lanyard_secret_wipe_string (user);
  lanyard_secret_wipe_string (password);
  return TRUE;
}

void
lanyard_basic_credentials_set (LanyardRequest *request, const char *user, const char *password)
{
  char *pair = g_strconcat (user, ":", password, NULL);
  char *encoded = g_base64_encode ((const guchar *)pair, strlen (pair));
  char *value = g_strconcat ("Basic ", encoded, NULL);

  lanyard_params_set (request->headers, "Authorization", value);
  lanyard_secret_wipe_string (pair);
  lanyard_secret_wipe_string (encoded);
  lanyard_secret_wipe_string (value);
}
