/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-key-source.h"

#include "lanyard-key-text.h"

#include <glib/gi18n.h>
#include <string.h>

struct _LanyardKeySource
{
  GObject parent_instance;

  /* Owned */
  GtkFileChooserNative *chooser;
  GCancellable *reading;

  /* Borrowed */
  const LanyardField *field;
};

enum
{
  TAKEN,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanyardKeySource, lanyard_key_source, G_TYPE_OBJECT)

/* One reading of a file. Its content is wiped with it. */
typedef struct
{
  LanyardKeySource *source;
  GFile *file;
  gsize length;
  char content[LANYARD_KEY_MAX_SIZE + 1];
} Reading;

static void
reading_free (Reading *reading)
{
  explicit_bzero (reading->content, sizeof reading->content);
  g_object_unref (reading->source);
  g_object_unref (reading->file);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

/* Says why, unless it was stopped: the form is gone then, or another file was chosen. */
static void
fail (Reading *reading, const GError *error)
{
  g_autofree char *name = g_file_get_basename (reading->file);
  g_autofree char *shown = NULL;
  g_autofree char *message = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  shown = g_filename_display_name (name);
  /* Translators: the name of a file, then what is wrong with it, as a sentence */
  message = g_strdup_printf (_ ("“%s” was not taken. %s"), shown, error->message);
  g_signal_emit (reading->source, signals[FAILED], 0, message);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (LanyardSecret) key = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &reading->length, &error))
    {
      fail (reading, error);
      return;
    }

  key = lanyard_key_text_new (reading->content, reading->length, &error);
  if (key == NULL)
    fail (reading, error);
  else
    g_signal_emit (reading->source, signals[TAKEN], 0, key);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);
  GCancellable *cancellable = reading->source->reading;

  if (stream == NULL)
    {
      fail (reading, error);
      return;
    }

  /* One byte more than is allowed tells that it is too large, however large it is. */
  g_input_stream_read_all_async (G_INPUT_STREAM (stream), reading->content, sizeof reading->content,
                                 G_PRIORITY_DEFAULT, cancellable, read_cb, reading);
  g_steal_pointer (&reading);
}

static void
response_cb (LanyardKeySource *self, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file != NULL)
    lanyard_key_source_take (self, file);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *suffixes)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (; *suffixes != NULL; suffixes++)
    gtk_file_filter_add_pattern (filter, *suffixes);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
choose_cb (LanyardKeySource *self, GtkWidget *button)
{
  static const char *const keys[] = { "*.pem", "*.key", "*.p8", "*.pub", "*.jwk", "*.json", NULL };
  static const char *const all[] = { "*", NULL };
  GtkRoot *root = gtk_widget_get_root (button);
  g_autofree char *title = NULL;

  /* Translators: %s is the name of a field, as "Signing key" */
  title = g_strdup_printf (_ ("Choose a File: %s"), lanyard_field_get_label (self->field));
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  /* Keys have all kinds of names, and none at all. */
  add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("All Files"), all);
  add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("Keys"), keys);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
drop_cb (LanyardKeySource *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);

  if (files == NULL)
    return FALSE;

  lanyard_key_source_take (self, files->data);
  return TRUE;
}

static void
lanyard_key_source_dispose (GObject *object)
{
  LanyardKeySource *self = LANYARD_KEY_SOURCE (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (lanyard_key_source_parent_class)->dispose (object);
}

static void
lanyard_key_source_finalize (GObject *object)
{
  g_clear_object (&LANYARD_KEY_SOURCE (object)->reading);

  G_OBJECT_CLASS (lanyard_key_source_parent_class)->finalize (object);
}

static void
lanyard_key_source_class_init (LanyardKeySourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_key_source_dispose;
  object_class->finalize = lanyard_key_source_finalize;

  signals[TAKEN] = g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, LANYARD_TYPE_SECRET);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lanyard_key_source_init (LanyardKeySource *self)
{
}

LanyardKeySource *
lanyard_key_source_new (const LanyardField *field)
{
  LanyardKeySource *self;

  g_return_val_if_fail (field != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_KEY_SOURCE, NULL);
  self->field = field;

  return self;
}

GtkWidget *
lanyard_key_source_make_button (LanyardKeySource *self)
{
  GtkWidget *button;
  g_autofree char *name = NULL;

  g_return_val_if_fail (LANYARD_IS_KEY_SOURCE (self), NULL);

  button = gtk_button_new_from_icon_name ("document-open-symbolic");
  /* Translators: %s is the name of a field, as "Signing key" */
  name = g_strdup_printf (_ ("Choose a file for “%s”"), lanyard_field_get_label (self->field));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Choose File…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);

  return button;
}

void
lanyard_key_source_watch (LanyardKeySource *self, GtkWidget *widget)
{
  GtkDropTarget *target;

  g_return_if_fail (LANYARD_IS_KEY_SOURCE (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  /* Before the text in the row, which would take the file's name instead of its content. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

void
lanyard_key_source_take (LanyardKeySource *self, GFile *file)
{
  Reading *reading;

  g_return_if_fail (LANYARD_IS_KEY_SOURCE (self));
  g_return_if_fail (G_IS_FILE (file));

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();

  reading = g_new0 (Reading, 1);
  reading->source = g_object_ref (self);
  reading->file = g_object_ref (file);
  g_file_read_async (file, G_PRIORITY_DEFAULT, self->reading, opened_cb, reading);
}
