/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-provider-texts.h"

#include "lanyard-json-locator.h"
#include "lanyard-json.h"

typedef struct
{
  GString *list;
  const char *file;
  const char *text;
  gsize length;
} Texts;

/* What the model translates when it is shown, in each object of these lists. */
static const struct
{
  const char *list;
  const char *members[4];
} lists[] = {
  { "inputs", { "label", "help", NULL } },
  { "methods", { "label", "hint", NULL } },
  { "scopes", { "description", NULL } },
  { "connectors", { "name", "description", "hint", NULL } },
};

static void
append (Texts *self, const char *text, const char *path)
{
  g_autoptr (GString) escaped = NULL;
  guint line, column;

  if (text == NULL)
    return;

  escaped = g_string_new (text);
  g_string_replace (escaped, "\\", "\\\\", 0);
  g_string_replace (escaped, "\"", "\\\"", 0);
  lanyard_json_locator_count (
    self->text, lanyard_json_locator_find (self->text, self->length, path), &line, &column);
  g_string_append_printf (self->list, "#line %u \"%s\"\nN_ (\"%s\")\n", line, self->file,
                          escaped->str);
}

static void
append_members (Texts *self, JsonObject *object, const char *path, const char *const *members)
{
  for (; *members != NULL; members++)
    {
      g_autofree char *member_path = g_strconcat (path, ".", *members, NULL);

      append (self, lanyard_json_get_string (object, *members), member_path);
    }
}

static void
append_list (Texts *self,
             JsonObject *object,
             const char *name,
             const char *path,
             const char *const *members)
{
  static const char *const choice_members[] = { "label", NULL };
  JsonArray *array = lanyard_json_get_array (object, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *element = json_array_get_object_element (array, i);
      g_autofree char *element_path = g_strdup_printf ("%s%s[%u]", path, name, i);
      g_autofree char *prefix = g_strconcat (element_path, ".", NULL);

      append_members (self, element, element_path, members);
      if (g_str_equal (name, "inputs"))
        append_list (self, element, "choices", prefix, choice_members);
    }
}

void
lanyard_provider_texts_append (GString *list,
                               LanyardProvider *provider,
                               const char *file,
                               const char *text,
                               gsize length)
{
  g_autoptr (JsonObject) root = NULL;
  g_auto (GStrv) limits = NULL;
  Texts self = { list, file, text, length };

  g_return_if_fail (list != NULL);
  g_return_if_fail (LANYARD_IS_PROVIDER (provider));

  root = lanyard_provider_dup_data (provider);
  if (lanyard_provider_is_custom (provider))
    append (&self, lanyard_json_get_string (root, "name"), "name");
  append (&self, lanyard_json_get_string (root, "hint"), "hint");
  limits = lanyard_json_dup_strv (root, "limits");
  for (guint i = 0; limits != NULL && limits[i] != NULL; i++)
    append (&self, limits[i], "limits");
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    append_list (&self, root, lists[i].list, "", lists[i].members);
}
