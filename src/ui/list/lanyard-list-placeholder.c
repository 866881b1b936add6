/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-list-placeholder.h"

#include <glib/gi18n.h>

struct _LanyardListPlaceholder
{
  AdwBin parent_instance;

  /* Borrowed: children */
  AdwStatusPage *page;
  GtkWidget *button;
};

/* What the page says, and the button that does something about it. */
typedef struct
{
  const char *icon_name;
  const char *title;
  const char *description;
  const char *button_label;
  const char *action_name;
} Content;

G_DEFINE_FINAL_TYPE (LanyardListPlaceholder, lanyard_list_placeholder, ADW_TYPE_BIN)

static void
show (LanyardListPlaceholder *self, const Content *content)
{
  /* The description takes markup, and an error may quote anything. */
  g_autofree char *description = g_markup_escape_text (content->description, -1);
  gboolean adds = g_strcmp0 (content->action_name, "app.new-authorization") == 0;

  adw_status_page_set_icon_name (self->page, content->icon_name);
  adw_status_page_set_title (self->page, content->title);
  adw_status_page_set_description (self->page, description);

  gtk_widget_set_visible (self->button, content->action_name != NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), content->action_name);
  if (content->button_label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->button), content->button_label);
  if (adds)
    gtk_widget_add_css_class (self->button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->button, "suggested-action");
}

/* Says what the same search finds in the other view. */
static void
show_nothing_found (LanyardListPlaceholder *self, LanyardListModel *model)
{
  guint n_elsewhere = lanyard_list_model_count_elsewhere (model);
  gboolean inactive = lanyard_list_model_get_show_inactive (model);
  g_autofree char *elsewhere = NULL;
  Content content = { .icon_name = "system-search-symbolic" };

  content.title = _ ("No Results Found");
  content.description = _ ("Try a different search.");
  if (n_elsewhere > 0)
    {
      if (inactive)
        elsewhere = g_strdup_printf (ngettext ("%u active authorization matches.",
                                               "%u active authorizations match.", n_elsewhere),
                                     n_elsewhere);
      else
        elsewhere = g_strdup_printf (ngettext ("%u inactive authorization matches.",
                                               "%u inactive authorizations match.", n_elsewhere),
                                     n_elsewhere);
      content.description = elsewhere;
      content.button_label = inactive ? _ ("Show Active") : _ ("Show Inactive");
      content.action_name = "win.show-inactive";
    }
  show (self, &content);
}

static void
lanyard_list_placeholder_class_init (LanyardListPlaceholderClass *klass)
{
}

static void
lanyard_list_placeholder_init (LanyardListPlaceholder *self)
{
  GtkWidget *page = adw_status_page_new ();

  self->page = ADW_STATUS_PAGE (page);
  self->button = gtk_button_new ();
  gtk_widget_set_halign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "pill");
  adw_status_page_set_child (self->page, self->button);
  gtk_widget_set_vexpand (page, TRUE);
  adw_bin_set_child (ADW_BIN (self), page);
}

GtkWidget *
lanyard_list_placeholder_new (void)
{
  return g_object_new (LANYARD_TYPE_LIST_PLACEHOLDER, NULL);
}

void
lanyard_list_placeholder_show_model (LanyardListPlaceholder *self, LanyardListModel *model)
{
  g_return_if_fail (LANYARD_IS_LIST_PLACEHOLDER (self));
  g_return_if_fail (LANYARD_IS_LIST_MODEL (model));

  if (lanyard_list_model_count_all (model) == 0)
    show (self, &(Content){ LANYARD_APP_ID "-symbolic", _ ("No Authorizations Yet"),
                            _ ("Sign in to a web service once, and use it in every program and "
                               "script of yours."),
                            _ ("Add an Authorization"), "app.new-authorization" });
  else if (lanyard_list_model_has_search (model))
    show_nothing_found (self, model);
  else if (lanyard_list_model_get_show_inactive (model))
    show (self, &(Content){ LANYARD_APP_ID "-symbolic", _ ("No Inactive Authorizations"),
                            _ ("One that you deactivate is kept here and handed out to nobody."),
                            _ ("Show Active"), "win.show-inactive" });
  else
    show (self, &(Content){ LANYARD_APP_ID "-symbolic", _ ("No Active Authorizations"),
                            _ ("All of them are inactive: they are handed out to nobody."),
                            _ ("Show Inactive"), "win.show-inactive" });
}

void
lanyard_list_placeholder_show_error (LanyardListPlaceholder *self, const GError *error)
{
  g_return_if_fail (LANYARD_IS_LIST_PLACEHOLDER (self));
  g_return_if_fail (error != NULL);

  show (self, &(Content){ "dialog-error-symbolic", _ ("The Authorizations Cannot Be Opened"),
                          error->message, _ ("Try Again"), "app.try-again" });
}
