/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-redirect-page.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *name;
  const char *value;
} headers[] = {
  { "Cache-Control", "no-store" },
  { "Connection", "close" },
  { "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
                               "form-action 'none'; frame-ancestors 'none'" },
  { "Cross-Origin-Resource-Policy", "same-origin" },
  { "Referrer-Policy", "no-referrer" },
  { "X-Content-Type-Options", "nosniff" },
  { "X-Frame-Options", "DENY" },
};

static void
fill_in (GString *page, const char *place, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_replace (page, place, escaped, 0);
}

static char *
create_page (gboolean is_first)
{
  g_autoptr (GBytes) template =
    g_resources_lookup_data ("/lanyard/net/redirect-page.html", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize size;
  const char *data = g_bytes_get_data (template, &size);
  GString *page = g_string_new_len (data, (gssize)size);

  /* Translators: the code of the language you translate into, as web pages have it: "cs", "pt-BR"
   */
  fill_in (page, "@lang@", _ ("en"));
  if (is_first)
    {
      /* The page cannot know how it ends: the answer may be a refusal, and is not checked yet. */
      fill_in (page, "@title@", _ ("Back to Lanyard"));
      fill_in (page, "@text@", _ ("You can close this tab and go back to Lanyard."));
    }
  else
    {
      fill_in (page, "@title@", _ ("Already Used"));
      fill_in (page, "@text@",
               _ ("Lanyard has had the answer of this page before, and takes it only once. You can "
                  "close this tab and go back to Lanyard."));
    }
  return g_string_free (page, FALSE);
}

void
lanyard_redirect_page_answer (SoupServerMessage *message, gboolean is_first)
{
  char *page = create_page (is_first);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    soup_message_headers_replace (response, headers[i].name, headers[i].value);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_TAKE, page,
                                    strlen (page));
  soup_server_message_set_status (message, is_first ? SOUP_STATUS_OK : SOUP_STATUS_GONE, NULL);
}
