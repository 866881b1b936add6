/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a process takes that does nothing. */

int
main (void)
{
  return 0;
}
