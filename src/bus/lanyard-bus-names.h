/* SPDX-FileCopyrightText: 2026 The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "config.h"

/* Names and paths on the session bus; what they stand for is documented in
 * data/io.github.lanyard.Lanyard.Service.xml and data/io.github.lanyard.Lanyard.Person.xml. */
#define LANYARD_BUS_SERVICE_NAME LANYARD_APP_ID ".Service"
#define LANYARD_BUS_SERVICE_PATH "/io/github/lanyard/Lanyard/Service"
#define LANYARD_BUS_SERVICE_INTERFACE LANYARD_APP_ID ".Service1"
#define LANYARD_BUS_AUTHORIZATION_INTERFACE LANYARD_APP_ID ".Authorization1"

#define LANYARD_BUS_PERSON_NAME LANYARD_APP_ID
#define LANYARD_BUS_PERSON_PATH "/io/github/lanyard/Lanyard/Person"
#define LANYARD_BUS_PERSON_INTERFACE LANYARD_APP_ID ".Person1"

#define LANYARD_BUS_ERROR_PREFIX LANYARD_APP_ID ".Error."
