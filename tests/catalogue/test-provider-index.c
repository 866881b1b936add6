/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider-index.h"

#include <string.h>

static LanyardProvider *
make_provider (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return lanyard_provider_new (json_node_get_object (node));
}

static void
test_cut (void)
{
  g_autoptr (GString) index = g_string_new (NULL);
  g_autoptr (LanyardProvider) provider =
    make_provider ("{\"id\":\"a\",\"name\":\"A\",\"methods\":[{\"type\":\"basic\"}]}");

  lanyard_provider_index_append (index, provider);
  for (gsize length = 0; length < index->len; length++)
    {
      /* Not a byte more, so that a sanitizer sees what is read beyond it. */
      g_autofree char *cut = g_memdup2 (index->str, length);
      const char *at = cut;
      LanyardProviderSummary summary;

      g_assert_false (length > 0 && lanyard_provider_index_next (&at, cut + length, &summary));
    }
}

static void
test_rows (void)
{
  g_autoptr (GString) index = g_string_new (NULL);
  g_autoptr (LanyardProvider) first = make_provider (
    "{\"id\":\"a\",\"name\":\"Ä\",\"website\":\"https://www.example.org/x\",\"popular\":3,"
    "\"color\":\"#123456\",\"category\":\"mail\",\"icon\":\"i\",\"aliases\":[\"Zed\"],"
    "\"methods\":[{\"type\":\"oauth2\"},{\"type\":\"api-key\"},{\"type\":\"oauth2\",\"id\":\"2\"}]"
    "}");
  g_autoptr (LanyardProvider) second = make_provider (
    "{\"id\":\"b\",\"name\":\"B\",\"custom\":true,\"methods\":[{\"type\":\"basic\"}]}");
  LanyardProviderSummary summary;
  const char *at, *end;

  lanyard_provider_index_append (index, first);
  lanyard_provider_index_append (index, second);
  at = index->str;
  end = at + index->len;

  g_assert_true (lanyard_provider_index_next (&at, end, &summary));
  g_assert_cmpstr (summary.id, ==, "a");
  g_assert_cmpstr (summary.name, ==, "Ä");
  g_assert_cmpstr (summary.website, ==, "https://www.example.org/x");
  g_assert_cmpstr (summary.color, ==, "#123456");
  g_assert_cmpstr (summary.icon, ==, "i");
  g_assert_cmpstr (summary.category, ==, "mail");
  g_assert_cmpstr (summary.type_ids, ==, "oauth2 api-key");
  g_assert_cmpstr (summary.search_key, ==, "a\nzed\nexample org");
  g_assert_cmpuint (summary.rank, ==, 3);
  g_assert_false (summary.custom);

  g_assert_true (lanyard_provider_index_next (&at, end, &summary));
  g_assert_cmpstr (summary.id, ==, "b");
  g_assert_null (summary.website);
  g_assert_null (summary.category);
  g_assert_cmpuint (summary.rank, ==, 0);
  g_assert_true (summary.custom);
  g_assert_false (lanyard_provider_index_next (&at, end, &summary));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/catalogue/provider-index/cut", test_cut);
  g_test_add_func ("/catalogue/provider-index/rows", test_rows);

  return g_test_run ();
}
