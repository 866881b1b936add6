/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider-index.h"

#include <stdlib.h>
#include <string.h>

enum
{
  FIELD_ID,
  FIELD_NAME,
  FIELD_WEBSITE,
  FIELD_COLOR,
  FIELD_ICON,
  FIELD_CATEGORY,
  FIELD_TYPE_IDS,
  FIELD_SEARCH_KEY,
  FIELD_RANK,
  FIELD_CUSTOM,
  N_FIELDS
};

static void
append_text (GString *index, const char *text)
{
  g_string_append (index, text != NULL ? text : "");
  g_string_append_c (index, '\0');
}

static const char *
null_if_empty (const char *text)
{
  return *text != '\0' ? text : NULL;
}

void
lanyard_provider_index_append (GString *index, LanyardProvider *provider)
{
  g_autofree char *type_ids = NULL;
  g_autofree char *rank = NULL;

  g_return_if_fail (index != NULL);
  g_return_if_fail (LANYARD_IS_PROVIDER (provider));

  type_ids = g_strjoinv (" ", (char **)lanyard_provider_get_type_ids (provider));
  rank = g_strdup_printf ("%u", lanyard_provider_get_rank (provider));
  append_text (index, lanyard_provider_get_id (provider));
  append_text (index, lanyard_provider_get_name (provider));
  append_text (index, lanyard_provider_get_website (provider));
  append_text (index, lanyard_provider_get_color (provider));
  append_text (index, lanyard_provider_get_icon (provider));
  append_text (index, lanyard_provider_get_category (provider));
  append_text (index, type_ids);
  append_text (index, lanyard_provider_get_search_key (provider));
  append_text (index, rank);
  append_text (index, lanyard_provider_is_custom (provider) ? "custom" : NULL);
}

gboolean
lanyard_provider_index_next (const char **at, const char *end, LanyardProviderSummary *summary)
{
  const char *fields[N_FIELDS];
  const char *field;

  g_return_val_if_fail (at != NULL && summary != NULL, FALSE);

  field = *at;
  for (guint i = 0; i < N_FIELDS; i++)
    {
      const char *nul = field < end ? memchr (field, '\0', (gsize)(end - field)) : NULL;

      if (nul == NULL)
        return FALSE;
      fields[i] = field;
      field = nul + 1;
    }
  *at = field;

  summary->id = fields[FIELD_ID];
  summary->name = fields[FIELD_NAME];
  summary->website = null_if_empty (fields[FIELD_WEBSITE]);
  summary->color = null_if_empty (fields[FIELD_COLOR]);
  summary->icon = null_if_empty (fields[FIELD_ICON]);
  summary->category = null_if_empty (fields[FIELD_CATEGORY]);
  summary->type_ids = fields[FIELD_TYPE_IDS];
  summary->search_key = fields[FIELD_SEARCH_KEY];
  summary->rank = (guint)strtoul (fields[FIELD_RANK], NULL, 10);
  summary->custom = *fields[FIELD_CUSTOM] != '\0';

  return TRUE;
}
