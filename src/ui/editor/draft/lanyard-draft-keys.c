/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a draft knows of the keys in it. */

#include "config.h"

#include "lanyard-draft-private.h"

/* A key that was looked at. Opening one that is encrypted takes a moment by design, and the form
 * asks with every key that is pressed anywhere. */
typedef struct
{
  LanyardSecret *key;
  LanyardSecret *passphrase;
  char *text;
  LanyardKeyState state;
} Seen;

static void
seen_free (Seen *seen)
{
  g_clear_pointer (&seen->key, lanyard_secret_unref);
  g_clear_pointer (&seen->passphrase, lanyard_secret_unref);
  g_free (seen->text);
  g_free (seen);
}

static LanyardSecret *
ref_or_null (LanyardSecret *secret)
{
  return secret != NULL ? lanyard_secret_ref (secret) : NULL;
}

GHashTable *
lanyard_draft_make_keys (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)seen_free);
}

char *
lanyard_draft_dup_key_text (LanyardDraft *self, const LanyardField *field, LanyardKeyState *state)
{
  g_autofree char *passphrase_name = NULL;
  LanyardSecret *key, *passphrase;
  Seen *seen;

  g_return_val_if_fail (LANYARD_IS_DRAFT (self), NULL);
  g_return_val_if_fail (field != NULL && field->kind == LANYARD_FIELD_SECRET, NULL);
  g_return_val_if_fail (state != NULL, NULL);

  passphrase_name = g_strconcat (field->name, "_passphrase", NULL);
  key = self->credentials != NULL ? lanyard_credentials_get (self->credentials, field->name) : NULL;
  passphrase =
    self->credentials != NULL ? lanyard_credentials_get (self->credentials, passphrase_name) : NULL;

  seen = g_hash_table_lookup (self->keys, field->name);
  if (seen == NULL || !lanyard_secret_equal (seen->key, key) ||
      !lanyard_secret_equal (seen->passphrase, passphrase))
    {
      seen = g_new0 (Seen, 1);
      seen->key = ref_or_null (key);
      seen->passphrase = ref_or_null (passphrase);
      seen->text = lanyard_key_text_describe (key, passphrase, &seen->state);
      g_hash_table_replace (self->keys, g_strdup (field->name), seen);
    }

  *state = seen->state;
  return g_strdup (seen->text);
}
