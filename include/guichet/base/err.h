/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong, as a value.  The caller owns the struct err; there is no
 * global one.  The text is French and fit for the agent: what failed first,
 * its subject in « guillemets ».  It never holds a NIR, a name or an amount
 * unless the agent has just typed it; technical detail goes to the log. */
#ifndef GUICHET_BASE_ERR_H
#define GUICHET_BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>

enum err_code {
	ERR_NONE,
	ERR_INVALID,                    /* what was given cannot be accepted */
	ERR_NOT_FOUND,
	ERR_DENIED,                     /* not signed in, or not allowed */
	ERR_CONFLICT,                   /* somebody else was first */
	ERR_NETWORK,                    /* the server was not reached */
	ERR_TIMEOUT,                    /* no answer in time: outcome unknown */
	ERR_PROTOCOL,                   /* an answer that cannot be read */
	ERR_SYSTEM,                     /* disk, memory, operating system */
};

struct err {
	enum err_code code;
	int status;                     /* HTTP status, 0 when there is none */
	char word[48];                  /* stable machine word, e.g. "slot.taken" */
	char field[64];                 /* wire name of the culprit, or "" */
	char ref[9];                    /* last 8 hex digits of the trace, or "" */
	char text[400];                 /* French sentence, UTF-8, no newline */
};

/* Forget any error. */
void err_clear(struct err *err);

/* Say what failed.  The sentence is cleaned as text_clean() does, so that it may
 * quote what was typed or received, and cut on a character when too long.
 * Returns false, so that a refusal is one line.  `err` may be NULL. */
bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Like err_set(), and name the field to which the cursor should go. */
bool err_field(struct err *err, enum err_code code, const char *field,
	       const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Like err_set(), with the stable machine word that the client switches on. */
bool err_word(struct err *err, enum err_code code, const char *word,
	      const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Put where it happened before what failed: "WHERE : TEXT".  Returns false. */
bool err_wrap(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
