/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-git-credential.h"

#include "lanyard-error.h"
#include "lanyard-uri.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  char *protocol;
  char *host;
  char *path;
  gboolean asks_basic;
  gboolean asks_bearer;
} Parts;

static void
parts_clear (Parts *self)
{
  g_free (self->protocol);
  g_free (self->host);
  g_free (self->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

void
lanyard_git_credential_free (LanyardGitCredential *self)
{
  g_free (self->uri);
  g_free (self->username);
  g_clear_pointer (&self->secret, lanyard_secret_unref);
  g_free (self);
}

static void
replace (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static void
read_challenge (Parts *parts, const char *challenge)
{
  if (g_ascii_strncasecmp (challenge, "Basic", strlen ("Basic")) == 0)
    parts->asks_basic = TRUE;
  else if (g_ascii_strncasecmp (challenge, "Bearer", strlen ("Bearer")) == 0)
    parts->asks_bearer = TRUE;
}

/* What this version does not know is passed over, as git wants it. */
static void
read_pair (LanyardGitCredential *self, Parts *parts, const char *name, const char *value)
{
  if (g_str_equal (name, "protocol"))
    replace (&parts->protocol, value);
  else if (g_str_equal (name, "host"))
    replace (&parts->host, value);
  else if (g_str_equal (name, "path"))
    replace (&parts->path, value);
  else if (g_str_equal (name, "username"))
    replace (&self->username, value);
  else if (g_str_equal (name, "capability[]") && g_str_equal (value, "authtype"))
    self->can_authtype = TRUE;
  else if (g_str_equal (name, "wwwauth[]"))
    read_challenge (parts, value);
  else if (g_str_equal (name, "password") || g_str_equal (name, "credential"))
    {
      g_clear_pointer (&self->secret, lanyard_secret_unref);
      self->secret = lanyard_secret_new (value);
    }
}

static gboolean
read_line (LanyardGitCredential *self, Parts *parts, char *line)
{
  char *equals = strchr (line, '=');

  if (equals == NULL || equals == line || strchr (line, '\r') != NULL ||
      !g_utf8_validate (line, -1, NULL))
    return FALSE;

  *equals = '\0';
  read_pair (self, parts, line, equals + 1);
  return TRUE;
}

LanyardGitCredential *
lanyard_git_credential_parse (LanyardSecret *text, GError **error)
{
  g_autoptr (LanyardGitCredential) self = g_new0 (LanyardGitCredential, 1);
  g_auto (Parts) parts = { 0 };
  char *copy = g_strdup (lanyard_secret_get (text));
  gboolean is_valid = strlen (copy) == lanyard_secret_get_length (text);
  char *next;

  for (char *line = copy; is_valid && line != NULL && *line != '\0'; line = next)
    {
      next = strchr (line, '\n');
      if (next == line)
        break;
      if (next != NULL)
        *next++ = '\0';
      is_valid = read_line (self, &parts, line);
    }
  explicit_bzero (copy, lanyard_secret_get_length (text));
  g_free (copy);

  if (!is_valid || parts.protocol == NULL || parts.host == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           _ ("This is not what git asks a credential helper"));
      return NULL;
    }

  self->wants_bearer = parts.asks_bearer && !parts.asks_basic;
  self->uri = g_strdup_printf ("%s://%s/%s", parts.protocol, parts.host,
                               parts.path != NULL ? parts.path : "");
  if (!lanyard_uri_check_endpoint (self->uri, "", NULL))
    g_clear_pointer (&self->uri, g_free);
  return g_steal_pointer (&self);
}

gboolean
lanyard_git_credential_matches_host (const LanyardGitCredential *self, char **hosts)
{
  for (guint i = 0; hosts != NULL && hosts[i] != NULL; i++)
    {
      g_autofree char *base = g_strconcat ("https://", hosts[i], "/", NULL);

      if (lanyard_uri_is_within (self->uri, base))
        return TRUE;
    }
  return FALSE;
}

/* A value that is a line of its own; what would be two is refused. */
static gboolean
append (GString *text, const char *name, const char *value)
{
  if (strpbrk (value, "\r\n") != NULL)
    return FALSE;
  g_string_append_printf (text, "%s=%s\n", name, value);
  return TRUE;
}

/* RFC 7617 section 2. */
static gboolean
append_basic (GString *text, const char *encoded)
{
  gsize length = 0;
  guchar *data = g_base64_decode (encoded, &length);
  /* With room for the end of the text. */
  char *decoded = g_strndup ((const char *)data, length);
  char *colon = strchr (decoded, ':');
  gboolean is_appended = FALSE;

  if (colon != NULL && strlen (decoded) == length)
    {
      *colon = '\0';
      is_appended = append (text, "username", decoded) && append (text, "password", colon + 1);
    }

  explicit_bzero (data, length);
  explicit_bzero (decoded, length);
  g_free (data);
  g_free (decoded);
  return is_appended;
}

/* A token in place of a password, as git servers take it; or as what it is, where both sides can.
 * It is ephemeral, so that no other helper of the person keeps it past a renewal or a revocation.
 */
static gboolean
append_token (GString *text,
              const LanyardGitCredential *self,
              const char *scheme,
              const char *token,
              const char *username)
{
  if (self->can_authtype && self->wants_bearer)
    return append (text, "capability[]", "authtype") && append (text, "authtype", scheme) &&
           append (text, "credential", token) && append (text, "ephemeral", "1");
  return append (text, "username", username) && append (text, "password", token);
}

LanyardSecret *
lanyard_git_credential_dup_answer (const LanyardGitCredential *self,
                                   const LanyardRequest *request,
                                   const char *username,
                                   gint64 expires_at)
{
  const char *value = lanyard_params_get_ignoring_case (request->headers, "Authorization");
  const char *space = value != NULL ? strchr (value, ' ') : NULL;
  g_autofree char *scheme = NULL;
  gboolean is_complete;
  GString *text;

  if (space == NULL || strchr (space + 1, ' ') != NULL)
    return NULL;

  /* Long enough that it need not grow, which would leave a copy behind. */
  text = g_string_sized_new (2 * strlen (value) + strlen (username) + 256);
  scheme = g_strndup (value, (gsize)(space - value));
  if (g_ascii_strcasecmp (scheme, "Basic") == 0)
    is_complete = append_basic (text, space + 1);
  else
    is_complete = append_token (text, self, scheme, space + 1, username);
  if (expires_at > 0)
    g_string_append_printf (text, "password_expiry_utc=%" G_GINT64_FORMAT "\n", expires_at);

  if (is_complete)
    return lanyard_secret_new_take (g_string_free (text, FALSE));
  lanyard_secret_wipe_string (g_string_free (text, FALSE));
  return NULL;
}
