/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a screen is declared, and what its handlers may ask for.
 *
 * A screen is a constant descriptor and one state struct, zeroed before open().
 * Its argument is a short string, so that it opens from a list, the command
 * line, --open or a test.  It is a column of parts (fields, lists, text) that
 * the toolkit lays out, paints and moves the focus through.  Handlers change
 * the state, ask for effects (push, pop, message) that happen when they return,
 * and never draw, wait, or free their screen. */
#ifndef GUICHET_TUI_UI_H
#define GUICHET_TUI_UI_H

#include <guichet/base/date.h>
#include <guichet/base/err.h>
#include <guichet/base/intl.h>
#include <guichet/base/money.h>
#include <guichet/base/owner.h>
#include <guichet/base/rows.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ui_ctx;                          /* one open screen */

#define UI_ARG_SIZE 96                  /* bytes of a screen's argument */

/* Roles of text; a theme gives each its look.  Meaning is never told by the
 * look alone. */
enum ui_style {
	UI_PLAIN, UI_DIM, UI_STRONG, UI_TITLE, UI_LABEL, UI_INPUT, UI_FOCUS,
	UI_GOOD, UI_WARN, UI_BAD, UI_KEY, UI_STYLE_N
};

/* ---- Text made by a screen ------------------------------------------------ */

struct ui_lines;

/* Add a line of text; "" is an empty line.  Long lines are wrapped on words. */
void ui_line(struct ui_lines *lines, enum ui_style style, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Add "label : value" with values aligned; nothing when `value` is "". */
void ui_pair(struct ui_lines *lines, const char *label, const char *value);

/* Like ui_pair() with a style for the value. */
void ui_pair_styled(struct ui_lines *lines, const char *label,
		    enum ui_style style, const char *value);

/* ---- Lists ---------------------------------------------------------------- */

/* Write what a column shows of `row` to `out` (UTF-8, clean or not: it is cleaned
 * before it is drawn) and return its style. */
typedef enum ui_style (*ui_cell_fn)(const struct ui_ctx *ctx, const void *row,
				    char *out, size_t out_size);

enum ui_column_type {
	UI_COLUMN_TEXT, UI_COLUMN_ENUM, UI_COLUMN_DATE, UI_COLUMN_MONEY,
	UI_COLUMN_INT, UI_COLUMN_TICK, UI_COLUMN_CELL
};

struct ui_column {
	const char *label;              /* N_(), NULL ends the table */
	enum ui_column_type type;
	size_t offset;                  /* of the member in the row */
	const char *const *names;       /* UI_COLUMN_ENUM: N_() by value */
	ui_cell_fn cell;                /* UI_COLUMN_CELL */
	int width;                      /* columns wanted */
	int min;                        /* below this it is left out; 0: width */
	int grow;                       /* share of the room left over, up
					 * to twice the width */
	int rank;                       /* 0 stays; the highest goes first */
	bool right;                     /* aligned to the right */
};

#define UI_COL_TEXT(row, member, title, columns) { .label = (title), \
	.type = UI_COLUMN_TEXT, .offset = offsetof(row, member), .width = (columns) }
#define UI_COL_ENUM(row, member, title, columns, table) { .label = (title), \
	.type = UI_COLUMN_ENUM, .offset = offsetof(row, member), \
	.names = (table), .width = (columns) }
#define UI_COL_DATE(row, member, title) { .label = (title), \
	.type = UI_COLUMN_DATE, .offset = offsetof(row, member), .width = 10 }
#define UI_COL_MONEY(row, member, title) { .label = (title), \
	.type = UI_COLUMN_MONEY, .offset = offsetof(row, member), .width = 12, \
	.right = true }
#define UI_COL_CELL(function, title, columns) { .label = (title), \
	.type = UI_COLUMN_CELL, .cell = (function), .width = (columns) }
/* "[x]" or "[ ]" from a bool member, toggled by the action "tick". */
#define UI_COL_TICK(row, member) { .label = "", .type = UI_COLUMN_TICK, \
	.offset = offsetof(row, member), .width = 3 }

/* ---- Fields --------------------------------------------------------------- */

enum ui_field_type {
	UI_FIELD_TEXT,                  /* char[] */
	UI_FIELD_SECRET,                /* char[], shown as bullets, never kept */
	UI_FIELD_NIR,                   /* char[], grouped while typed */
	UI_FIELD_SEARCH,                /* char[], any text; grouped while it
					 * looks like a NIR typed without blanks */
	UI_FIELD_DATE,                  /* struct date, all shortcuts of ux.md */
	UI_FIELD_BIRTH,                 /* struct date, may be incomplete */
	UI_FIELD_CHOICE,                /* int, index in `choices` */
	UI_FIELD_CHECK,                 /* bool, toggled by Space, o, n */
	UI_FIELD_FILE,                  /* char[], a path, completed by Tab? no: F4 */
};

enum ui_field_flags {
	UI_REQUIRED = 1,
	UI_AUTO_NEXT = 2,               /* go on when full; not in accessible mode */
	UI_READ_ONLY = 4,
	UI_PAST = 8,                    /* a date without a year is the last one */
};

struct ui_field {
	const char *name;               /* wire name: where err.field points */
	const char *label;              /* N_(); NULL ends the table */
	enum ui_field_type type;
	size_t offset, size;            /* of the member in the state */
	int width;                      /* columns of the input */
	unsigned flags;
	const char *const *choices;     /* UI_FIELD_CHOICE: N_(), ended by NULL */
	const char *hint;               /* N_(), shown under the focused field */
	/* Said under the field while typing; written to `out`, "" for nothing. */
	void (*live_hint)(const void *state, char *out, size_t out_size);
	/* Refuse a value when the field is left or the form validated. */
	bool (*check)(const void *state, struct err *err);
	/* The agent changed the value. */
	void (*changed)(struct ui_ctx *ctx, void *state);
	/* Whether it is there at all now; NULL: always. */
	bool (*shown)(const void *state);
	/* List of values for F4; pushes a screen or a menu; NULL: none. */
	void (*values)(struct ui_ctx *ctx, void *state);
};

#define UI_MEMBER(state, member) .offset = offsetof(state, member), \
	.size = sizeof(((state *)0)->member)

/* ---- Parts ---------------------------------------------------------------- */

enum ui_place {
	UI_FULL,                        /* the whole width, below what is above */
	UI_LEFT, UI_RIGHT,              /* a pair side by side; stacked when narrow */
	UI_SIDE,                        /* a side panel, from 120 columns on only */
};

enum ui_part_kind { UI_PART_END, UI_PART_FORM, UI_PART_LIST, UI_PART_TEXT };

struct ui_part {
	enum ui_part_kind kind;
	const char *name;               /* keymap parent and tests; "list"... */
	const char *title;              /* N_() or NULL */
	enum ui_place place;
	int rows_wanted;                /* 0: what it needs; lists take the rest */
	const struct ui_field *fields;  /* UI_PART_FORM */
	const struct ui_column *columns; /* UI_PART_LIST */
	size_t rows;                    /* UI_PART_LIST: offset of a struct rows */
	/* Name a row the same every time, so that a draft keeps its tick;
	 * NULL: ticks are not kept. */
	const char *(*row_id)(const void *row);
	const char *empty;              /* N_(), what an empty list says */
	const char *enter;              /* action of Enter on a row, or on the
					 * last field of a form; NULL: none */
	/* More rows exist after the last: called once when it is reached. */
	void (*more)(struct ui_ctx *ctx, void *state);
	/* One line under the list: counts, totals; "" for nothing. */
	void (*summary)(const void *state, char *out, size_t out_size);
	void (*text)(const void *state, struct ui_lines *lines); /* UI_PART_TEXT */
	bool (*shown)(const void *state); /* NULL: always */
};

/* ---- Actions and screens -------------------------------------------------- */

enum ui_action_flags {
	UI_NEEDS_ROW = 1,               /* refused without a fresh selected row */
	UI_NEEDS_FORM = 2,              /* refused until every field is right */
	UI_FOOTER = 4,                  /* shown in the hint line */
	UI_MENU = 8,                    /* offered by the menu of the screen */
};

struct ui_action {
	const char *name;               /* "lodge": what keymaps bind */
	const char *label;              /* N_("Déposer"): footer, help, menu */
	void (*run)(struct ui_ctx *ctx, void *state);
	unsigned flags;
};

enum ui_kind { UI_LIST, UI_RECORD, UI_FORM, UI_DIALOG };

struct ui_tab {
	const char *screen;             /* id; opened with the same argument */
	const char *label;              /* N_() */
};

struct ui_screen {
	const char *name;               /* stable id: keymap section, :command */
	const char *title;              /* N_() */
	enum ui_kind kind;              /* parent section of the keymap */
	size_t state_size;              /* zeroed before open() */
	const struct ui_part *parts;    /* or one of the two short cuts below */
	const struct ui_field *fields;  /* one form part */
	const struct ui_column *columns; /* one list part on UI_ROWS() */
	const char *empty, *enter;      /* of that list part */
	const struct ui_action *actions;
	const struct ui_tab *tabs;      /* strip of sibling screens, or NULL */
	bool has_rows;
	size_t rows;                    /* UI_ROWS(): freed by the stack */
	bool keeps_draft;               /* what is typed survives a crash; leaving
					 * asks; changed fields are marked */
	const char *help;               /* N_(), paragraphs for F1 */
	void (*open)(struct ui_ctx *ctx, void *state, const char *arg);
	void (*refresh)(struct ui_ctx *ctx, void *state); /* F5; NULL: nothing */
	/* In front again: what was above it was closed.  NULL: nothing. */
	void (*resumed)(struct ui_ctx *ctx, void *state);
	void (*close)(void *state);     /* rarely needed */
	/* Whether the hint line and the menu show this action of the screen now;
	 * NULL: always. */
	bool (*offers)(const void *state, const char *action);
	/* Back was asked: return true when the screen deals with it itself. */
	bool (*leaving)(struct ui_ctx *ctx, void *state);
};

/* The struct rows member that the stack frees with the screen. */
#define UI_ROWS(state, member) .has_rows = true, .rows = offsetof(state, member)

/* ---- What a handler may ask for ------------------------------------------- */

/* The application behind the screens; the screen's state; its argument. */
void *ui_user(const struct ui_ctx *ctx);
void *ui_state(const struct ui_ctx *ctx);
const char *ui_arg(const struct ui_ctx *ctx);

/* The descriptor of this screen. */
const struct ui_screen *ui_screen_of(const struct ui_ctx *ctx);

/* Owner of the calls of this screen: released before its state is freed. */
struct owner *ui_owner(struct ui_ctx *ctx);

/* The idempotency key of this form: a UUID made when it opened, or that of the
 * draft it was taken up from.  ui_new_key() makes another once what was sent is
 * settled, done or refused. */
const char *ui_key(const struct ui_ctx *ctx);
void ui_new_key(struct ui_ctx *ctx);

/* The form just sent `request` under its key: it is kept with its draft, on disk
 * before this returns, until ui_settled() says that the outcome is known. */
void ui_sent(struct ui_ctx *ctx, const char *request);
void ui_settled(struct ui_ctx *ctx);

/* The struct ui_space of this screen: which side-by-side file it belongs to.
 * `data` is the application's. */
void *ui_space_data(const struct ui_ctx *ctx);

/* Effects; they happen when the handler returns.  `arg` is copied. */
void ui_push(struct ui_ctx *ctx, const struct ui_screen *screen, const char *arg);
void ui_push_name(struct ui_ctx *ctx, const char *name, const char *arg);
void ui_replace(struct ui_ctx *ctx, const struct ui_screen *screen, const char *arg);
void ui_pop(struct ui_ctx *ctx);

/* Leave the program at once with that exit code, after the application asked
 * whatever it had to ask (see the may_quit hook). */
void ui_quit(struct ui_ctx *ctx, int code);

/* Open `screen` in a space of its own beside the others and go there; `data` is
 * given to the application's space_closed hook when it closes.  At most
 * UI_SPACES; a message says so when there is no room and false is returned. */
#define UI_SPACES 9
bool ui_space_open(struct ui_ctx *ctx, const struct ui_screen *screen,
		   const char *arg, void *data);

/* Go to the space whose data is `data` (NULL: the desk); close this one. */
void ui_space_go(struct ui_ctx *ctx, const void *data);
void ui_space_close(struct ui_ctx *ctx);

/* Say something on the message line (kept in the log of messages). */
void ui_message(struct ui_ctx *ctx, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Say why something failed; the focus goes to err->field when a field has that
 * name, with the sentence under it. */
void ui_error(struct ui_ctx *ctx, const struct err *err);

/* Take the focus to a field by wire name, or to the part of that index. */
void ui_focus_field(struct ui_ctx *ctx, const char *name);
void ui_focus_part(struct ui_ctx *ctx, int part);

/* The state of fields was changed by the program, or the rows that are ticked
 * came: show it. */
void ui_fields_changed(struct ui_ctx *ctx);

/* The rows of a list are being replaced (dim, row actions refused), or came. */
void ui_rows_stale(struct ui_ctx *ctx);
void ui_rows_fresh(struct ui_ctx *ctx);

/* The rows did not come: they stay as they are, and nobody waits any more. */
void ui_rows_failed(struct ui_ctx *ctx);

/* The selected row of the focused list part (or of the only one), or NULL when
 * there is none or it is stale. */
void *ui_row(const struct ui_ctx *ctx);

/* Select row `index` of list part `part` (index among all parts). */
void ui_select_row(struct ui_ctx *ctx, int part, size_t index);

/* Run one of the screen's own actions by name, as its key would. */
void ui_run(struct ui_ctx *ctx, const char *action);

/*
 * The answer to what the agent just asked will bring another screen: from now on
 * keys are kept, and played on the screen that comes (type-ahead never lands on
 * the wrong one).  Esc gives up: the kept keys are forgotten and `given_up` (may
 * be NULL) runs.  Ended by ui_expect_over(), or by the screen's end.
 * ui_expect_failed() ends it when nothing comes: the kept keys were meant for
 * what was refused, and are forgotten.
 */
void ui_expect(struct ui_ctx *ctx,
	       void (*given_up)(struct ui_ctx *ctx, void *state));
void ui_expect_over(struct ui_ctx *ctx);
void ui_expect_failed(struct ui_ctx *ctx);

/* Something happened outside a handler: paint again at the end of the turn. */
void ui_dirty(struct ui_ctx *ctx);

/* Tell whether the agent changed anything in a field or a tick since open().
 * ui_set_changed() is for ticks that an action of the screen moves. */
bool ui_is_changed(const struct ui_ctx *ctx);
void ui_set_changed(struct ui_ctx *ctx);
void ui_set_unchanged(struct ui_ctx *ctx);

/* ---- Questions and menus (dialogs are screens; there is no nested loop) ---- */

struct ui_choice {
	char key;                       /* letter or digit that chooses it */
	const char *label;              /* N_(); NULL ends the table */
	int value;
};

#define UI_CANCELLED (-1)

/* Ask; `text` is copied, `choices` must stay.  `preset` is the value the cursor
 * starts on.  `answered` gets the value or UI_CANCELLED, if the asking screen is
 * still there. */
void ui_ask(struct ui_ctx *ctx, const char *title, const char *text,
	    const struct ui_choice *choices, int preset,
	    void (*answered)(struct ui_ctx *ctx, void *state, int value));

/* Ask yes (o) or no (n, the default) before a danger; `text` names the object.
 * `yes` runs on yes only. */
void ui_confirm(struct ui_ctx *ctx, const char *text,
		void (*yes)(struct ui_ctx *ctx, void *state));

/* Ask for one line of text (`secret`: shown as bullets).  `answered` gets it, or
 * NULL when the agent gave up; it is wiped afterwards. */
void ui_ask_text(struct ui_ctx *ctx, const char *title, const char *label,
		 bool secret,
		 void (*answered)(struct ui_ctx *ctx, void *state, const char *text));

#endif
