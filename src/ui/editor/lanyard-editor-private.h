/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-access-group.h"
#include "lanyard-apps-group.h"
#include "lanyard-connector-group.h"
#include "lanyard-draft.h"
#include "lanyard-editor-fields.h"
#include "lanyard-editor.h"
#include "lanyard-identity-group.h"
#include "lanyard-scope-group.h"
#include "lanyard-sign-in.h"
#include "lanyard-status-badge.h"
#include "lanyard-token-group.h"

G_BEGIN_DECLS

struct _LanyardEditor
{
  AdwWindow parent_instance;

  /* Owned */
  LanyardDraft *draft;
  GCancellable *operation; /* of what is going on now */
  GCancellable *loading;   /* of reading the secrets, which goes on beside everything else */
  GtkWidget *focus_before; /* weak: what had the focus when the operation began */
  guint busy_delay_id;
  guint tick_id;

  /* Template */
  LanyardStatusBadge *status_badge;
  AdwWindowTitle *window_title;
  GtkButton *cancel_button;
  GtkWidget *menu_button;
  GtkRevealer *keyring_revealer;
  GtkLabel *keyring_label;
  GtkButton *unlock_button;
  AdwToastOverlay *toasts;
  GtkWidget *page;
  LanyardIdentityGroup *identity;
  LanyardEditorFields *fields;
  LanyardConnectorGroup *connectors;
  LanyardScopeGroup *scopes;
  LanyardAccessGroup *access;
  LanyardTokenGroup *tokens;
  LanyardAppsGroup *apps;
  GtkWidget *welcome_group;
  GtkWidget *action_group;
  AdwSplitButton *authorize_button;
  GtkButton *get_button;
  GtkButton *test_button;
  GtkWidget *result_box;
  GtkImage *result_icon;
  GtkLabel *result_label;
  GtkRevealer *busy_revealer;
  GtkSpinner *busy_spinner;
  GtkLabel *busy_label;

  /* Whether the window is to close without asking. */
  gboolean closing;
  /* Whether the result of a test is about to come into view. */
  gboolean showing_result;
};

/* What happens after a save. */
typedef enum
{
  LANYARD_EDITOR_THEN_CLOSE,
  LANYARD_EDITOR_THEN_STAY,
  LANYARD_EDITOR_THEN_TEST,
} LanyardEditorThen;

/* lanyard-editor.c, for the other files of the editor */

/**
 * lanyard_editor_begin:
 * @what: what is going on, for the person
 *
 * Begins an operation: the form rests, and soon there is a bar that says so and stops it.
 *
 * Returns: (transfer none): what stops it; it is cancelled, too, when the window goes
 */
GCancellable *lanyard_editor_begin (LanyardEditor *self, const char *what);
void lanyard_editor_end (LanyardEditor *self);

/**
 * lanyard_editor_show_result:
 * @text: (nullable): what came of a test; %NULL takes away what is shown
 */
void lanyard_editor_show_result (LanyardEditor *self, gboolean good, const char *text);

/* Says something in passing; it is not markup. */
void lanyard_editor_say (LanyardEditor *self, const char *text);

/* Checks the form, shows what is wrong where it is, and puts the focus there. */
gboolean lanyard_editor_check (LanyardEditor *self, gboolean complete);

/* Closes without asking. */
void lanyard_editor_close (LanyardEditor *self);

/* lanyard-editor-dialog.c */

void lanyard_editor_present_dialog (AdwMessageDialog *dialog);

/**
 * lanyard_editor_show_error:
 * @heading: what could not be done
 * @error: why; nothing is shown for one that says that the person stopped it
 */
void lanyard_editor_show_error (LanyardEditor *self, const char *heading, const GError *error);

/* Asks whether credentials may go to the person's own server over http. */
void lanyard_editor_ask_about_encryption (LanyardEditor *self);

/* lanyard-editor-save.c */

void lanyard_editor_install_save_actions (GtkWidgetClass *widget_class);
void lanyard_editor_save (LanyardEditor *self, LanyardEditorThen then);

/* Shows at the field, or in a dialog, why something could not be saved. */
void
lanyard_editor_show_save_error (LanyardEditor *self, const GError *error, LanyardEditorThen then);

/* Asks what is to become of work that is not saved. */
void lanyard_editor_ask_to_close (LanyardEditor *self);

/* lanyard-editor-issuer.c */

void lanyard_editor_install_provider_actions (GtkWidgetClass *widget_class);

/* lanyard-editor-actions.c */

void lanyard_editor_install_actions (GtkWidgetClass *widget_class);
void lanyard_editor_load_secrets (LanyardEditor *self);
void lanyard_editor_test (LanyardEditor *self);

G_END_DECLS
