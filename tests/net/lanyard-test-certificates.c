/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "lanyard-test-certificates.h"

#include <ftw.h>
#include <stdio.h>

static char *folder;
static char *authority;

void
lanyard_test_certificates_make (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) maker = NULL;

  folder = g_dir_make_tmp ("lanyard-test-XXXXXX", &error);
  g_assert_no_error (error);
  authority = g_build_filename (folder, "ca.pem", NULL);

  maker = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "sh", LANYARD_TEST_CERTIFICATE_MAKER,
                            folder, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (maker, NULL, &error);
  g_assert_no_error (error);
}

static int
remove_cb (const char *path, const struct stat *status, int type, struct FTW *walk)
{
  return remove (path);
}

void
lanyard_test_certificates_remove (void)
{
  g_assert_cmpint (nftw (folder, remove_cb, 8, FTW_DEPTH | FTW_PHYS), ==, 0);
  g_clear_pointer (&folder, g_free);
  g_clear_pointer (&authority, g_free);
}

GTlsCertificate *
lanyard_test_certificates_load (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_strconcat (name, ".pem", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  return certificate;
}

GTlsDatabase *
lanyard_test_certificates_load_authority (void)
{
  g_autoptr (GError) error = NULL;
  GTlsDatabase *database = g_tls_file_database_new (authority, &error);

  g_assert_no_error (error);
  return database;
}

const char *
lanyard_test_certificates_get_authority (void)
{
  return authority;
}
