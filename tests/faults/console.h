/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real client on a terminal of its own, as tests/e2e drives it, in front of
 * a proxy of ours. */
#ifndef GUICHET_TESTS_CONSOLE_H
#define GUICHET_TESTS_CONSOLE_H

#include "../e2e/run.h"

struct console {
	struct run desk;                /* the runner's */
};

/* A desk with a home of its own, whose server is at the socket `front`. */
void console_open(struct console *console, const char *front);

/* End the client and remove the home; false when a sanitizer or the terminal had
 * something to say. */
bool console_close(struct console *console);

/* Start the client and sign in; false when it does not come to its home. */
bool console_start(struct console *console);

/* Kill the client and wait for its end. */
void console_kill(struct console *console);

/* Type keys, by the names of tests/e2e/keys.c with blanks between, or a text;
 * returns without waiting for anything. */
void console_keys(struct console *console, const char *names);
void console_type(struct console *console, const char *text);

/* Wait until the screen has the text (" ... " as in scripts); false after
 * `limit_ms`.  What was not seen is printed unless `quiet`. */
bool console_see(struct console *console, const char *text, int limit_ms);
bool console_shows(struct console *console, const char *text);

/* Open the file of a NIR from the home; then the form that is `entry` of the menu of
 * new requests, where a letter is sent. */
bool console_open_file(struct console *console, const char *nir);
bool console_open_form(struct console *console, const char *entry, const char *label);

/* Memory of the client in KiB: VmRSS, and its peak since the last reset. */
long console_memory(const struct console *console, const char *field);
void console_reset_peak(const struct console *console);

/* Is the program still there? */
bool console_lives(struct console *console);

#endif
