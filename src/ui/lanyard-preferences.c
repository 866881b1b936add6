/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-preferences.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* The ways to sign in, in the order in which they are shown; the words of the setting. */
static const char *const consent_methods[] = { "embedded", "browser" };

static gboolean
get_consent_method_cb (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *method = g_variant_get_string (variant, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (consent_methods); i++)
    if (g_str_equal (method, consent_methods[i]))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
set_consent_method_cb (const GValue *value, const GVariantType *expected_type, gpointer user_data)
{
  guint selected = g_value_get_uint (value);

  if (selected >= G_N_ELEMENTS (consent_methods))
    return NULL;
  return g_variant_new_string (consent_methods[selected]);
}

static GtkWidget *
make_consent_method_row (GSettings *settings)
{
  const char *labels[] = { _ ("A window of Lanyard"), _ ("The web browser"), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (labels);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Sign in with"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  g_settings_bind_with_mapping (settings, "consent-method", row, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_consent_method_cb,
                                set_consent_method_cb, NULL, NULL);
  return row;
}

GtkWidget *
lanyard_preferences_new (GSettings *settings)
{
  GtkWidget *window;
  GtkWidget *page;
  GtkWidget *group;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  window = adw_preferences_window_new ();
  page = adw_preferences_page_new ();
  group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Signing In"));
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (group),
    _ ("Providers that refuse windows of other programs always get the web browser."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_consent_method_row (settings));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 280);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  return window;
}
