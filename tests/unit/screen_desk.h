/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk for the tests of the screens: real curses on no terminal, the whole
 * application, a transport answered by hand.  Keys in, text out. */
#ifndef GUICHET_TESTS_SCREEN_DESK_H
#define GUICHET_TESTS_SCREEN_DESK_H

#include "fake_api.h"
#include "screens/screens.h"

#define T_INSURED "0000000000001"
#define T_CONTACT "0000000000009"

struct t {
	struct app *app;
	struct api *api;
	struct ui *ui;
	FILE *null;
};

/* A signed-in desk on the home screen, 80 columns and 24 rows; cmocka's setup and
 * teardown. */
int t_setup(void **state);
int t_teardown(void **state);

/* The same with a folder for drafts; it must be empty again at the end. */
int t_setup_drafts(void **state);

/* The same on a terminal of that size, whose bytes go to `out`. */
int t_setup_on(void **state, FILE *out, int rows, int columns);

/* Open the file of MARTIN Éléonore: her contact at tier 2 and the header are
 * answered.  A screen with tabs comes first in it, another is pushed with `arg` on
 * the payments. */
void t_file(struct t *t, const struct ui_screen *screen, const char *arg);

/* Play keys and come to rest: names apart by blanks, text in quotes. */
void t_keys(struct t *t, const char *keys);

/* Answer or refuse a call; fails the test when it was not made. */
void t_reply(struct t *t, const char *op, const char *json);
void t_refuse(struct t *t, const char *op, int status, const char *word,
	      const char *text, const char *problem);

/* The same with structs of the reply's codec: `count` items of a list, one value,
 * or nothing but success. */
void t_items(struct t *t, const char *op, const void *items, size_t count);
void t_value(struct t *t, const char *op, const void *value);
void t_done(struct t *t, const char *op);

/* The screen shows, or does not show, `text`; fails with the screen printed. */
void t_see(struct t *t, const char *text);
void t_not(struct t *t, const char *text);

/* The line of the terminal's cursor shows `text`. */
void t_at(struct t *t, const char *text);

#endif
