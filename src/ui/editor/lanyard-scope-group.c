/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-scope-group.h"

#include "lanyard-error.h"
#include "lanyard-json.h"
#include "lanyard-mnemonics.h"
#include "lanyard-picker.h"
#include "lanyard-removable-row.h"
#include "lanyard-status-badge.h"

#include <glib/gi18n.h>

struct _LanyardScopeGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  LanyardDraft *draft;
  LanyardProvider *shown_provider;
  char *shown; /* what the rows were made of */
  GPtrArray *rows;

  /* Template */
  GtkMenuButton *add_button;
  LanyardPicker *picker;
};

G_DEFINE_FINAL_TYPE (LanyardScopeGroup, lanyard_scope_group, ADW_TYPE_PREFERENCES_GROUP)

static const char *const *
get_own (LanyardScopeGroup *self)
{
  return lanyard_authorization_get_scopes (lanyard_draft_get_authorization (self->draft));
}

static const char *const *
get_granted (LanyardScopeGroup *self)
{
  return lanyard_authorization_get_granted_scopes (lanyard_draft_get_authorization (self->draft));
}

static gboolean
is_always (LanyardScopeGroup *self, const char *name)
{
  LanyardMethod *method = lanyard_draft_get_method (self->draft);
  g_auto (GStrv) always = NULL;

  if (method != NULL)
    always = lanyard_method_dup_strv (method, "authorize.scope.always");

  return always != NULL && g_strv_contains ((const char *const *)always, name);
}

/* The names of the chosen connectors that ask for a scope, or %NULL. */
static char *
dup_connectors_of (LanyardScopeGroup *self, const char *name)
{
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);
  const char *const *id =
    lanyard_authorization_get_connectors (lanyard_draft_get_authorization (self->draft));
  g_autoptr (GString) names = g_string_new (NULL);

  for (; provider != NULL && *id != NULL; id++)
    {
      const LanyardConnector *connector = lanyard_provider_find_connector (provider, *id);

      if (connector == NULL || connector->scopes == NULL ||
          !g_strv_contains ((const char *const *)connector->scopes, name))
        continue;
      if (names->len > 0)
        /* Translators: between the items of an enumeration */
        g_string_append (names, _ (", "));
      g_string_append (names, connector->name);
    }

  return names->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

/* What the provider's data says of a scope beyond its name, or %NULL. */
static JsonObject *
find_scope_data (LanyardScopeGroup *self, const char *name)
{
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);
  JsonArray *scopes = NULL;

  if (provider != NULL)
    scopes = lanyard_json_get_array (lanyard_provider_get_data (provider), "scopes");
  for (guint i = 0; scopes != NULL && i < json_array_get_length (scopes); i++)
    {
      JsonNode *node = json_array_get_element (scopes, i);
      JsonObject *scope = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (scope != NULL && g_strcmp0 (lanyard_json_get_string (scope, "name"), name) == 0)
        return scope;
    }

  return NULL;
}

static gboolean
is_sensitive (LanyardScopeGroup *self, const char *name)
{
  JsonObject *scope = find_scope_data (self, name);

  return scope != NULL && json_object_get_boolean_member_with_default (scope, "sensitive", FALSE);
}

/* The description, and what group it belongs to and whether to think twice. */
static char *
dup_description (LanyardScopeGroup *self, const LanyardScope *scope)
{
  JsonObject *data = find_scope_data (self, scope->name);
  const char *group = data != NULL ? lanyard_json_get_string (data, "group") : NULL;
  g_autoptr (GString) text = g_string_new (scope->description);

  if (group != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", group);
  if (is_sensitive (self, scope->name))
    /* Translators: said of a permission: think twice before you give it */
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", _ ("sensitive"));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Why a scope is asked for, where the person did not add it herself. */
static char *
dup_reason (LanyardScopeGroup *self, const char *name)
{
  g_autofree char *connectors = NULL;

  if (is_always (self, name))
    return g_strdup (_ ("always needed"));

  connectors = dup_connectors_of (self, name);
  if (connectors != NULL)
    /* Translators: %s are the connectors that a scope is asked for, as "Calendar, Contacts" */
    return g_strdup_printf (_ ("for %s"), connectors);

  return NULL;
}

static char *
dup_subtitle (const char *description, const char *reason)
{
  if (description == NULL)
    return g_strdup (reason != NULL ? reason : "");
  if (reason == NULL)
    return g_strdup (description);

  /* Translators: the description of a scope, and why it is asked for: "See your events · for
   * Calendar" */
  return g_strdup_printf (_ ("%s · %s"), description, reason);
}

/* Scopes that are addresses are told apart by their last part. */
static char *
dup_short_name (const char *name)
{
  const char *rest = strstr (name, "://");
  g_autofree char *trimmed = NULL;
  const char *slash;

  if (rest == NULL)
    return g_strdup (name);

  trimmed = g_strdup (rest + strlen ("://"));
  if (g_str_has_suffix (trimmed, "/"))
    trimmed[strlen (trimmed) - 1] = '\0';
  slash = strrchr (trimmed, '/');

  return g_strdup (slash != NULL ? slash + 1 : trimmed);
}

static void
remove_cb (LanyardScopeGroup *self, LanyardRemovableRow *row)
{
  g_autofree char *name = g_strdup (lanyard_removable_row_get_id (row));
  g_autofree char *text = NULL;
  int position = lanyard_draft_remove_scope (self->draft, name);

  /* Translators: %s is a connector or a scope */
  text = g_strdup_printf (_ ("“%s” removed"), name);
  lanyard_removable_row_offer_undo (GTK_WIDGET (self), text, self->draft, lanyard_draft_add_scope,
                                    name, position);
  gtk_widget_grab_focus (GTK_WIDGET (self->add_button));
}

static void
fill_cb (LanyardScopeGroup *self)
{
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);
  GPtrArray *scopes = provider != NULL ? lanyard_provider_list_scopes (provider) : NULL;

  lanyard_picker_set_empty_text (self->picker, _ ("Type the name of a scope"));
  for (guint i = 0; scopes != NULL && i < scopes->len; i++)
    {
      const LanyardScope *scope = g_ptr_array_index (scopes, i);
      g_autofree char *reason = dup_reason (self, scope->name);
      g_autofree char *title = dup_short_name (scope->name);
      g_autofree char *description = dup_description (self, scope);

      /* What is asked for anyway cannot be chosen. */
      if (reason == NULL)
        lanyard_picker_add (self->picker, scope->name, title, description,
                            g_strv_contains (get_own (self), scope->name));
    }
}

static void
picked_cb (LanyardScopeGroup *self, const char *name, gboolean picked)
{
  if (picked)
    lanyard_draft_add_scope (self->draft, name, -1);
  else
    lanyard_draft_remove_scope (self->draft, name);
}

static void
entered_cb (LanyardScopeGroup *self, const char *text)
{
  g_autoptr (GError) error = NULL;

  if (lanyard_scope_group_add_text (self, text, &error))
    gtk_popover_popdown (GTK_POPOVER (self->picker));
  else
    lanyard_picker_set_problem (self->picker, error->message);
}

static GtkWidget *
make_badge (gboolean granted)
{
  GtkWidget *badge = lanyard_status_badge_new ();

  lanyard_status_badge_set_kind (LANYARD_STATUS_BADGE (badge),
                                 granted ? LANYARD_BADGE_SUCCESS : LANYARD_BADGE_WARNING);
  lanyard_status_badge_set_label (LANYARD_STATUS_BADGE (badge),
                                  granted ? _ ("granted") : _ ("not granted"));

  return badge;
}

/* A permission that reaches far: nothing is wrong with it, but the person should know. */
static GtkWidget *
make_sensitive_mark (void)
{
  GtkWidget *mark = gtk_image_new_from_icon_name ("security-medium-symbolic");
  const char *text = _ ("Sensitive: this permission reaches far");

  gtk_widget_set_tooltip_text (mark, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_add_css_class (mark, "warning");
  return mark;
}

static void
add_row (LanyardScopeGroup *self, const char *name, const char *reason)
{
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);
  const LanyardScope *scope =
    provider != NULL ? lanyard_provider_find_scope (provider, name) : NULL;
  const char *const *granted = get_granted (self);
  g_autofree char *title = dup_short_name (name);
  g_autofree char *subtitle = dup_subtitle (scope != NULL ? scope->description : NULL, reason);
  GtkWidget *row = lanyard_removable_row_new (name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (!g_str_equal (title, name))
    gtk_widget_set_tooltip_text (row, name);
  if (is_sensitive (self, name))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_sensitive_mark ());
  if (granted != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_badge (g_strv_contains (granted, name)));
  lanyard_removable_row_set_removable (LANYARD_REMOVABLE_ROW (row),
                                       reason == NULL && g_strv_contains (get_own (self), name));
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
add_rows (LanyardScopeGroup *self, const char *const *asked)
{
  const char *const *granted = get_granted (self);

  for (const char *const *name = asked; *name != NULL; name++)
    {
      g_autofree char *reason = dup_reason (self, *name);

      add_row (self, *name, reason);
    }
  /* Providers may give more than was asked for. */
  for (; granted != NULL && *granted != NULL; granted++)
    {
      if (!g_strv_contains (asked, *granted))
        add_row (self, *granted, _ ("granted without having been asked for"));
    }
}

static void
show_description (LanyardScopeGroup *self, const char *const *asked)
{
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (provider != NULL)
    {
      name = g_markup_escape_text (lanyard_provider_get_name (provider), -1);
      if (get_granted (self) != NULL)
        /* Translators: both %1$s are the same provider, as "Google" */
        text = g_strdup_printf (_ ("What Lanyard asks %1$s for, and what %1$s granted."), name);
      else if (*asked != NULL)
        /* Translators: %s is a provider, as "Google" */
        text = g_strdup_printf (_ ("What Lanyard asks %s for."), name);
      else
        /* Translators: %s is a provider, as "Google" */
        text = g_strdup_printf (_ ("The permissions to ask %s for."), name);
    }
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), text);
}

/* Everything that the rows are made of, in one text to compare. */
static char *
dup_fingerprint (LanyardScopeGroup *self, char **asked)
{
  g_autofree char *asked_text = g_strjoinv (" ", asked);
  g_autofree char *granted = NULL;
  g_autofree char *own = g_strjoinv (" ", (char **)get_own (self));
  g_autofree char *connectors = g_strjoinv (" ", (char **)lanyard_authorization_get_connectors (
                                                   lanyard_draft_get_authorization (self->draft)));

  if (get_granted (self) != NULL)
    granted = g_strjoinv (" ", (char **)get_granted (self));

  return g_strjoin ("\n", asked_text, own, connectors, granted != NULL ? "granted" : "", granted,
                    NULL);
}

static void
draft_changed_cb (LanyardScopeGroup *self)
{
  LanyardProvider *provider = lanyard_draft_get_provider (self->draft);
  g_auto (GStrv) asked = lanyard_draft_dup_scopes (self->draft);
  g_autofree char *fingerprint = dup_fingerprint (self, asked);

  gtk_widget_set_visible (GTK_WIDGET (self), lanyard_draft_uses_scopes (self->draft));
  /* Most changes are keys in another part of the form. */
  if (provider == self->shown_provider && g_strcmp0 (fingerprint, self->shown) == 0)
    return;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  g_set_object (&self->shown_provider, provider);
  g_free (self->shown);
  self->shown = g_steal_pointer (&fingerprint);
  add_rows (self, (const char *const *)asked);
  show_description (self, (const char *const *)asked);
}

static void
lanyard_scope_group_dispose (GObject *object)
{
  LanyardScopeGroup *self = LANYARD_SCOPE_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_SCOPE_GROUP);
  g_clear_object (&self->draft);
  g_clear_object (&self->shown_provider);

  G_OBJECT_CLASS (lanyard_scope_group_parent_class)->dispose (object);
}

static void
lanyard_scope_group_finalize (GObject *object)
{
  LanyardScopeGroup *self = LANYARD_SCOPE_GROUP (object);

  g_free (self->shown);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (lanyard_scope_group_parent_class)->finalize (object);
}

static void
lanyard_scope_group_class_init (LanyardScopeGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_scope_group_dispose;
  object_class->finalize = lanyard_scope_group_finalize;

  g_type_ensure (LANYARD_TYPE_PICKER);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/lanyard/Lanyard/editor/lanyard-scope-group.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardScopeGroup, add_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardScopeGroup, picker);
  gtk_widget_class_bind_template_callback (widget_class, fill_cb);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, entered_cb);
}

static void
lanyard_scope_group_init (LanyardScopeGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lanyard_mnemonics_name_menu (self->add_button, _ ("Add scopes"));
}

void
lanyard_scope_group_set_draft (LanyardScopeGroup *self, LanyardDraft *draft)
{
  g_return_if_fail (LANYARD_IS_SCOPE_GROUP (self));
  g_return_if_fail (LANYARD_IS_DRAFT (draft));
  g_return_if_fail (self->draft == NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  draft_changed_cb (self);
}

/* The characters of a scope (RFC 6749 section 3.3): printable ASCII but the quotation mark and the
 * backslash. */
static gboolean
is_scope (const char *name)
{
  for (; *name != '\0'; name++)
    {
      if (!g_ascii_isgraph (*name) || *name == '"' || *name == '\\')
        return FALSE;
    }

  return TRUE;
}

gboolean
lanyard_scope_group_add_text (LanyardScopeGroup *self, const char *text, GError **error)
{
  g_auto (GStrv) names = NULL;

  g_return_val_if_fail (LANYARD_IS_SCOPE_GROUP (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  names = g_strsplit_set (text, " ,\t\n", -1);
  for (char **name = names; *name != NULL; name++)
    {
      if (is_scope (*name))
        continue;
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   _ ("“%s” cannot be a scope: letters without accents, digits and most signs can"),
                   *name);
      return FALSE;
    }

  for (char **name = names; *name != NULL; name++)
    {
      if (**name != '\0')
        lanyard_draft_add_scope (self->draft, *name, -1);
    }

  return TRUE;
}
