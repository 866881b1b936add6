/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-code-consent.h"

#include "lanyard-qr-code.h"
#include "lanyard-terminal.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

/* Dark on light, whatever the terminal has; and back to that. */
#define PRINT_DARK "\033[30;47m"
#define PRINT_NORMAL "\033[0m"

struct _LanyardCodeConsent
{
  GObject parent_instance;

  int output;
};

static void consent_iface_init (LanyardConsentInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardCodeConsent,
                               lanyard_code_consent,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_CONSENT, consent_iface_init))

/* What cannot be printed is noticed when nobody signs in. */
static void
print_line (LanyardCodeConsent *self, const char *line)
{
  dprintf (self->output, "%s\n", line);
}

/* For the camera of another device, where somebody sees it: on a terminal that is wide enough and
 * has the characters for it. */
static void
print_qr_code (LanyardCodeConsent *self, const char *uri)
{
  g_autoptr (LanyardQrCode) code = NULL;
  int size;

  if (!isatty (self->output) || !g_get_charset (NULL))
    return;

  code = lanyard_qr_code_new (uri);
  if (code == NULL)
    return;
  size = (int)lanyard_qr_code_get_size (code);
  if ((int)lanyard_terminal_get_width (self->output) < size + 2 * LANYARD_QR_CODE_MARGIN)
    return;

  for (int y = -LANYARD_QR_CODE_MARGIN; y < size + LANYARD_QR_CODE_MARGIN; y += 2)
    {
      g_autofree char *line = lanyard_qr_code_dup_line (code, y);
      g_autofree char *colored = g_strconcat (PRINT_DARK, line, PRINT_NORMAL, NULL);

      print_line (self, colored);
    }
}

static char *
dup_waiting (const LanyardConsentCode *code)
{
  gint64 left = code->expires_at - g_get_real_time () / G_USEC_PER_SEC;
  gulong minutes = (gulong)MAX (left / 60, 1);

  return g_strdup_printf (ngettext ("The code is good for %lu minute. Waiting for you to sign in "
                                    "there; Ctrl+C stops it.",
                                    "The code is good for %lu minutes. Waiting for you to sign in "
                                    "there; Ctrl+C stops it.",
                                    minutes),
                          minutes);
}

static void
show_code (LanyardConsent *consent, const LanyardConsentCode *code)
{
  LanyardCodeConsent *self = LANYARD_CODE_CONSENT (consent);
  g_autofree char *first = g_strdup_printf (
    _ ("To sign in at %s, open this address in a browser, on this or any other device:"),
    code->provider);
  g_autofree char *last = dup_waiting (code);

  /* Each alone on its line, so that it can be clicked, copied and found. */
  print_line (self, first);
  print_line (self, code->uri);
  print_line (self, _ ("and enter this code there:"));
  print_line (self, code->user_code);
  if (code->uri_complete != NULL)
    {
      print_line (self, _ ("Or open this address, which has the code in it, and compare the two:"));
      print_line (self, code->uri_complete);
    }
  print_qr_code (self, code->uri_complete != NULL ? code->uri_complete : code->uri);
  print_line (self, last);
}

static void
consent_iface_init (LanyardConsentInterface *iface)
{
  iface->show_code = show_code;
}

static void
lanyard_code_consent_class_init (LanyardCodeConsentClass *klass)
{
}

static void
lanyard_code_consent_init (LanyardCodeConsent *self)
{
}

LanyardConsent *
lanyard_code_consent_new (int output)
{
  LanyardCodeConsent *self = g_object_new (LANYARD_TYPE_CODE_CONSENT, NULL);

  self->output = output;
  return LANYARD_CONSENT (self);
}
