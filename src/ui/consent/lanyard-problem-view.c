/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-problem-view.h"

struct _LanyardProblemView
{
  AdwBin parent_instance;

  /* Template */
  AdwStatusPage *status_page;
  GtkWidget *retry_button;
  GtkWidget *return_button;
  GtkWidget *browser_button;
};

G_DEFINE_FINAL_TYPE (LanyardProblemView, lanyard_problem_view, ADW_TYPE_BIN)

static void
set_suggested (GtkWidget *button, gboolean is_suggested)
{
  if (is_suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

static void
lanyard_problem_view_dispose (GObject *object)
{
  /* The bin would let go once more of a child that the template has let go of. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_PROBLEM_VIEW);

  G_OBJECT_CLASS (lanyard_problem_view_parent_class)->dispose (object);
}

static void
lanyard_problem_view_class_init (LanyardProblemViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_problem_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/lanyard/consent/lanyard-problem-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardProblemView, status_page);
  gtk_widget_class_bind_template_child (widget_class, LanyardProblemView, retry_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardProblemView, return_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardProblemView, browser_button);
}

static void
lanyard_problem_view_init (LanyardProblemView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lanyard_problem_view_set_problem (LanyardProblemView *self,
                                  const LanyardWebProblem *problem,
                                  LanyardProblemWays ways)
{
  g_autofree char *description = NULL;

  g_return_if_fail (LANYARD_IS_PROBLEM_VIEW (self));
  g_return_if_fail (problem != NULL);

  /* It is text of ours and of servers, and the widget takes it for markup. */
  description = g_markup_escape_text (problem->description, -1);
  adw_status_page_set_icon_name (self->status_page, problem->icon_name);
  adw_status_page_set_title (self->status_page, problem->title);
  adw_status_page_set_description (self->status_page, description);
  gtk_widget_set_visible (self->retry_button, (ways & LANYARD_PROBLEM_RETRY) != 0);
  gtk_widget_set_visible (self->return_button, (ways & LANYARD_PROBLEM_RETURN) != 0);
  gtk_widget_set_visible (self->browser_button, (ways & LANYARD_PROBLEM_BROWSER) != 0);
  set_suggested (self->return_button, (ways & LANYARD_PROBLEM_RETRY) == 0);
}
