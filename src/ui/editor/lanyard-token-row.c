/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-token-row.h"

#include <glib/gi18n.h>

/* For how many seconds the end of a token is counted down by the second. */
#define COUNTDOWN (90 * 60)

struct _LanyardTokenRow
{
  AdwExpanderRow parent_instance;

  /* The times of the token; its texts are in the rows. */
  LanyardJwtView times;
};

static const struct
{
  const char *credential;
  const char *title;
} TITLES[] = {
  { "access_token", N_ ("Access token") },
  { "id_token", N_ ("ID token") },
  { "refresh_token", N_ ("Refresh token") },
};

G_DEFINE_FINAL_TYPE (LanyardTokenRow, lanyard_token_row, ADW_TYPE_EXPANDER_ROW)

static char *
dup_date (gint64 time)
{
  g_autoptr (GDateTime) date_time = g_date_time_new_from_unix_local (time);

  /* Nobody is shown a date beyond the year 9999. */
  if (date_time == NULL)
    return g_strdup (_ ("at no time that there is"));

  /* Translators: a date and a time, in the form of strftime() */
  return g_date_time_format (date_time, _ ("%x, %H:%M:%S"));
}

static GtkWidget *
make_value (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

static void
add_value (LanyardTokenRow *self, const char *title, const char *text)
{
  GtkWidget *row, *label;

  if (text == NULL)
    return;

  row = adw_action_row_new ();
  label = make_value (text, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
add_time (LanyardTokenRow *self, const char *title, gint64 time)
{
  g_autofree char *text = time != 0 ? dup_date (time) : NULL;

  add_value (self, title, text);
}

/* JSON, over the whole width. */
static void
add_json (LanyardTokenRow *self, const char *title, const char *json)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = gtk_label_new (title);
  GtkWidget *label = make_value (json, "monospace");

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  heading, NULL, -1);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "lanyard-json");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static const char *
get_title (const char *credential)
{
  for (gsize i = 0; i < G_N_ELEMENTS (TITLES); i++)
    {
      if (g_str_equal (TITLES[i].credential, credential))
        return _ (TITLES[i].title);
    }

  return credential;
}

static void
lanyard_token_row_class_init (LanyardTokenRowClass *klass)
{
}

static void
lanyard_token_row_init (LanyardTokenRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

GtkWidget *
lanyard_token_row_new (const LanyardJwtView *token, const char *check)
{
  LanyardTokenRow *self;

  g_return_val_if_fail (token != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_TOKEN_ROW, NULL);
  self->times.issued_at = token->issued_at;
  self->times.not_before = token->not_before;
  self->times.expires_at = token->expires_at;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), get_title (token->credential));

  add_time (self, _ ("Issued"), token->issued_at);
  add_time (self, _ ("Valid from"), token->not_before);
  add_time (self, _ ("Expires"), token->expires_at);
  add_value (self, _ ("Algorithm"), token->algorithm);
  add_value (self, _ ("Signature"), check);
  add_json (self, _ ("Header"), token->header);
  add_json (self, _ ("Claims"), token->claims);

  return GTK_WIDGET (self);
}

char *
lanyard_token_row_dup_validity (const LanyardJwtView *token, gint64 now)
{
  g_autofree char *date = NULL;
  guint seconds;

  g_return_val_if_fail (token != NULL, NULL);

  switch (lanyard_jwt_view_get_validity (token, now))
    {
    case LANYARD_JWT_EXPIRED:
      date = dup_date (token->expires_at);
      /* Translators: %s is a date and a time */
      return g_strdup_printf (_ ("expired: %s"), date);
    case LANYARD_JWT_NOT_YET_VALID:
      date = dup_date (token->not_before);
      /* Translators: %s is a date and a time */
      return g_strdup_printf (_ ("not valid before %s"), date);
    case LANYARD_JWT_VALID:
      if (token->expires_at - now > COUNTDOWN)
        {
          date = dup_date (token->expires_at);
          /* Translators: %s is a date and a time */
          return g_strdup_printf (_ ("valid until %s"), date);
        }
      seconds = (guint)(token->expires_at - now);
      /* Translators: minutes and seconds, counted down: "expires in 41:09 min" */
      return g_strdup_printf (_ ("expires in %u:%02u min"), seconds / 60, seconds % 60);
    case LANYARD_JWT_UNKNOWN:
    default:
      return g_strdup (_ ("does not say when it expires"));
    }
}

void
lanyard_token_row_show_validity (LanyardTokenRow *self, gint64 now)
{
  g_autofree char *text = NULL;

  g_return_if_fail (LANYARD_IS_TOKEN_ROW (self));

  text = lanyard_token_row_dup_validity (&self->times, now);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), text);
}
