/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two small screens and an offscreen terminal for the tests of the toolkit. */
#ifndef GUICHET_TESTS_TUI_DESK_H
#define GUICHET_TESTS_TUI_DESK_H

#include <guichet/tui/run.h>

/* Of the agent of the desk. */
#define DESK_DRAFT_KEY "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

struct person {
	char name[40];
	int64_t due_cts;
	bool ticked;
};

/* What the screens did, for the test to look at. */
struct desk {
	struct ui *ui;
	int opened, lodged, chosen, more, closed, unlocked, given_up, resumed;
	int answer;
	char picked[40], password[40], told[80];
	struct ui_ctx *list, *form;
	char folder[64];                /* of drafts, "" for none */
	int rows, columns;              /* 0: 24 x 80 */
	bool accessible;
	const char *first;              /* NULL: "people" */
};

/* Open the desk on the list of people; `many` rows. */
void desk_open(struct desk *desk, int many);
void desk_close(struct desk *desk);

/* Check a keymap file against the screens of the desk. */
int desk_check_keys(struct desk *desk, const char *path, FILE *out);

/* Play keys and come to rest. */
void desk_keys(struct desk *desk, const char *keys);

/* Tell whether the screen shows `text`; fail the test when it must and does not,
 * printing the screen. */
bool desk_shows(struct desk *desk, const char *text);
void desk_see(struct desk *desk, const char *text);
void desk_not(struct desk *desk, const char *text);

/* The cursor of the terminal is on the first character of `text`. */
void desk_cursor_on(struct desk *desk, const char *text);

/* Copy line `y` of the screen. */
void desk_line(struct desk *desk, int y, char *out, size_t size);

#endif
