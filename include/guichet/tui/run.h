/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting the terminal, running the one loop of the program, giving the
 * terminal back.  The toolkit knows nothing of insurance nor of a server: what
 * it needs of the application comes through the hooks of struct ui_setup. */
#ifndef GUICHET_TUI_RUN_H
#define GUICHET_TUI_RUN_H

#include <guichet/base/loop.h>
#include <guichet/tui/ui.h>
#include <stdio.h>

struct ui;

enum ui_theme { UI_AUTO, UI_CLAIR, UI_SOMBRE, UI_CONTRASTE, UI_MONO, UI_THEME_N };
extern const char *const ui_theme_names[UI_THEME_N + 1];

/* One command typed after ':'.  Tables are in alphabetical order, ended by 0. */
struct ui_command {
	const char *name;               /* French word, no accent: "dossier" */
	int min, max;                   /* number of arguments */
	bool (*run)(struct ui_ctx *ctx, int argc, char **argv, struct err *err);
	const char *args;               /* N_("NIR") or "" */
	const char *help;               /* N_() */
	/* Return the candidate number `index` for an argument that starts with
	 * `start`, or NULL when there are no more. */
	const char *(*complete)(struct ui_ctx *ctx, const char *start, int index);
};

/* The two lines above the rule. */
struct ui_header {
	char left[200], right[120];     /* first line */
	char second[300];               /* "" : no second line */
	bool warn;                      /* second line asks for attention */
};

struct ui_hooks {
	/* Fill the header for the screen in front. */
	void (*header)(void *user, const struct ui_ctx *ctx, struct ui_header *out);
	/* The agent typed the password on the privacy screen.  The application
	 * answers later with ui_unlock(). */
	void (*unlock)(void *user, const char *password);
	/* The screen was locked: forget what need not be kept. */
	void (*locked)(void *user);
	/* Give `cover` each block of the application that tells of people: it is
	 * unreadable while the screen is locked and nothing runs.  Called again
	 * before anything runs: the same blocks in the same order. */
	void (*veil)(void *user,
		     void (*cover)(void *self, void *bytes, size_t size),
		     void *self);
	/* A space closes; `data` as given to ui_space_open(). */
	void (*space_closed)(void *user, void *data);
	/* Whether an action of the application makes sense on this screen now:
	 * elsewhere it is not in the hint line.  NULL: always. */
	bool (*offered)(void *user, const struct ui_ctx *ctx, const char *action);
	/* A screen is opened by its name, typed: complete its argument, or
	 * refuse.  NULL: as it was typed. */
	bool (*named)(void *user, const struct ui_ctx *ctx,
		      const struct ui_screen *screen, char arg[UI_ARG_SIZE],
		      struct err *err);
	/* Leaving was asked; return true when nothing stands against it. */
	bool (*may_quit)(void *user, struct ui_ctx *ctx);
};

struct ui_setup {
	void *user;
	struct ui_hooks hooks;
	struct loop_peer peer;
	const struct ui_screen *const *screens; /* ended by NULL */
	const struct ui_command *commands;
	const struct ui_action *actions; /* on every screen, ended by { 0 } */
	const char *first_screen, *first_arg;
	const char *keys_path;          /* keymap file of the agent, or NULL */
	const char *default_keys;       /* NULL: ui_default_keys */
	const char *draft_directory;    /* NULL: no drafts */
	const char *program;            /* "guichet", for the window title */
	enum ui_theme theme;
	bool no_color, ascii, accessible, discreet, mouse, copy;
	int idle_lock_s;                /* 0: never */
	enum zone zone;                 /* of the clock in the header */
	FILE *out, *in;                 /* stdout, stdin; tests: /dev/null */
	bool offscreen;                 /* tests: no terminal, keys by ui_feed() */
	int rows, columns;              /* offscreen */
};

/* Open the terminal and the first screen.  NULL on failure; errors: ERR_SYSTEM
 * (no terminal, unknown TERM, TERM without cursor addressing, ill locale). */
struct ui *ui_open(const struct ui_setup *setup, struct err *err);

/* Run until the agent leaves or a signal ends it.  Returns the exit code: that of
 * ui_quit(), 0, or 128 + the number of the signal (129 when the terminal is
 * gone, 143 on SIGTERM; drafts are saved first). */
int ui_run_loop(struct ui *ui);

/* Give the terminal back and free everything. */
void ui_close(struct ui *ui);

/* Answer of the unlock hook: NULL for yes, else why not. */
void ui_unlock(struct ui *ui, const struct err *err);

/* Lock now, as F12 does. */
void ui_lock(struct ui *ui);

/* Tell whether the privacy screen is shown. */
bool ui_is_locked(const struct ui *ui);

/* Say something on the message line from outside a screen (a detached write). */
void ui_say(struct ui *ui, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Return the screen in front; NULL once the program is being left. */
struct ui_ctx *ui_front(struct ui *ui);

/* Return for how many milliseconds no key was played. */
int64_t ui_idle_ms(const struct ui *ui);

/* Run `done` once in `delay_ms` (0: at the next turn), never after `owner` is
 * released.  `owner` NULL: until ui_close(). */
void ui_timer(struct ui *ui, struct owner *owner, int delay_ms,
	      void (*done)(void *user), void *user);

/* Offscreen: give keys apart by blanks ("Enter", "F10", "é"); text in quotes is
 * typed. */
void ui_feed(struct ui *ui, const char *keys);

/* Offscreen: paste a text. */
void ui_feed_paste(struct ui *ui, const char *text);

/* Offscreen: run turns until nothing is left to do. */
void ui_turn(struct ui *ui);

/* Offscreen: move the toolkit's clock on by `ms`; the next turn sees it. */
void ui_pass_time(struct ui *ui, int ms);

/* Write the screen as text, blanks at the end of lines left out. */
void ui_dump(struct ui *ui, FILE *out);

/* Tell where the cursor of the terminal is, from 0. */
void ui_cursor(const struct ui *ui, int *y, int *x);

/* Return how many times the screen was painted. */
unsigned ui_paints(const struct ui *ui);

/* Return how many actions of screens were run. */
unsigned ui_acts(const struct ui *ui);

/* Tell whether the program is being left. */
bool ui_has_quit(const struct ui *ui);

/* Leave the terminal as it was, from a signal handler or before abort(). */
void ui_emergency(void);

/* ---- Keymaps -------------------------------------------------------------- */

/* The text of keymaps/default.keys, built in. */
extern const char ui_default_keys[];

/* Check a keymap file (NULL: the built-in one) against the screens; print one
 * line "file:line: reason" for each error.  Returns the number of errors. */
int ui_check_keys(const struct ui_setup *setup, const char *path, FILE *out);

/* Print every action with its keys, as roff, for the manual. */
void ui_print_keys_man(const struct ui_setup *setup, FILE *out);

/* ---- Drafts --------------------------------------------------------------- */

struct ui_draft {
	char id[64];                    /* file name without folder */
	char screen[32], arg[UI_ARG_SIZE];
	int64_t saved_ms;
	bool sent;                      /* it went off, and nobody knows more */
};

/* Seal drafts under this key, base64url of 32 bytes, from now on; NULL forgets it:
 * no draft is kept, none is found. */
void ui_draft_key(struct ui *ui, const char *key);

/* List the drafts of this agent, newest first, as rows of struct ui_draft.  What
 * `out` held is freed; it may be all zero.  Those older than 72 hours go, and
 * those that were tampered with, which is said. */
void ui_drafts(struct ui *ui, struct rows *out);

/* What a draft had sent; NULL when nothing.  The caller wipes and frees it. */
char *ui_draft_request(struct ui *ui, const char *id);

/* What went off under `key` from a form that is gone was answered. */
void ui_draft_settled(struct ui *ui, const char *key);

/* Take one up (its screen opens in front, filled), or delete it. */
void ui_draft_open(struct ui_ctx *ctx, const char *id);
void ui_draft_drop(struct ui_ctx *ctx, const char *id);

#endif
