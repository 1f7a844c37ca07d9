/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The technical log: one line an event, JSON, without personal data.  A value
 * is an identifier, a number, a code or a duration; never a NIR, a name, an
 * amount, a search text, a token or a password. */
#ifndef GUICHET_BASE_LOG_H
#define GUICHET_BASE_LOG_H

#include <stdio.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Send events of at least `level` to `file` (NULL: nowhere, the default). */
void log_to(FILE *file, enum log_level level);

/* Write one event: `event` is a dotted word ("store.open"); then pairs of
 * `const char *` name and value, ended by NULL.  Values are escaped and cut at
 * 200 bytes.  Safe from any thread. */
void log_event(enum log_level level, const char *event, ...)
	__attribute__((sentinel));

#endif
