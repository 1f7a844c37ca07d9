/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of the agent.  French is the language of the sources; a catalogue
 * (.mo made by msgfmt) may replace it.  Own reader, because LANGUAGE is ignored
 * under C.UTF-8 by recent C libraries. */
#ifndef GUICHET_BASE_INTL_H
#define GUICHET_BASE_INTL_H

#include <guichet/base/err.h>

/* Return the message in the chosen language, or itself. */
const char *intl_text(const char *message) __attribute__((format_arg(1)));

/* Return the right form for `n`: in French 0 and 1 take `one`; in a catalogue its
 * own rule decides, "n != 1" or "n > 1". */
const char *intl_plural(const char *one, const char *many, unsigned long n)
	__attribute__((format_arg(1), format_arg(2)));

#define _(message) intl_text(message)
#define P_(one, many, n) intl_plural(one, many, n)
#define N_(message) message

/* Read `directory`/`lang`.mo; "fr" needs no file.  The catalogue stays for the
 * life of the program; load it before any thread starts.  Errors: ERR_NOT_FOUND,
 * ERR_INVALID; the language in use then stays. */
bool intl_load(const char *directory, const char *lang, struct err *err);

#endif
