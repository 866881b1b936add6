/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/* Of the functions on D-Bus paths, which libsecret calls unstable though they have not changed
 * since 2012, three are used: the path of the session, and the two that encode a secret for it. */
#define SECRET_API_SUBJECT_TO_CHANGE
#include <libsecret/secret.h>

/* In libsecret 0.20, secret.h forgets this one, which can only be included by it. */
#ifndef __SECRET_BACKEND_H__
#define __SECRET_INSIDE_HEADER__
#include <libsecret/secret-backend.h>
#undef __SECRET_INSIDE_HEADER__
#endif
