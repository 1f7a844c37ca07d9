/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the toolkit share: the program's terminal session (struct
 * ui), its spaces, the open screens (struct ui_ctx) and the view of each part.
 * Nothing here is seen by a screen. */
#ifndef GUICHET_TUI_IMPL_H
#define GUICHET_TUI_IMPL_H

#include "cells.h"
#include "edit.h"
#include "input.h"
#include "keymap.h"

#include <guichet/base/clock.h>
#include <guichet/base/mem.h>
#include <guichet/base/secret.h>
#include <guichet/base/text.h>
#include <guichet/tui/run.h>
#include <guichet/tui/ui.h>

struct canvas;
struct prompt;
struct tty;

/* ---- Views ---------------------------------------------------------------- */

struct field_view {
	struct edit edit;
	bool changed;                   /* since the screen opened */
	bool touched;                   /* since the focus came */
	char error[400];                /* "" when there is nothing to say */
};

/* One part of an open screen: where it is and where the agent is in it. */
struct view {
	const struct ui_part *part;
	bool there;                     /* shown() now */
	int y, x, rows, cols;           /* as laid out last; rows 0: no room */
	struct field_view *fields;      /* forms */
	int field_count, field, first_field;
	size_t selected, top;           /* lists; indices of what is kept */
	bool stale, filtering;
	size_t more_at;                 /* count for which more() was called */
	struct edit filter;
	size_t *kept, kept_count;       /* rows that pass the filter */
	const void *kept_items;         /* of which rows `kept` was made */
	size_t kept_of;
	int scroll, lines;              /* texts */
	int page;                       /* rows shown, for PgDn */
	int first_y, first_x;           /* where its first row is on the screen */
};

struct space {
	void *data;
	struct ui_ctx *top;
	unsigned used;                  /* the greater, the later */
};

struct ui_ctx {
	struct ui *ui;
	struct ui_ctx *below;
	struct space *space;
	unsigned id;
	const struct ui_screen *screen;
	void *state;
	char arg[UI_ARG_SIZE];
	char key[UUID_TEXT];
	struct owner owner;
	struct ui_part short_cut[3];
	struct view *views;
	int view_count, focus;
	bool changed;                   /* something typed may be lost */
	int64_t stale_ms;               /* since when rows are stale, or 0 */
	int64_t stale_said_ms;
	int64_t typed_ms;               /* last change not in the draft, or 0 */
	char draft[64];                 /* file of the draft, or "" */
	char *taken_up;                 /* text of that draft until typed over */
	char *sent;                     /* what went off and is not settled */
	const struct ui_screen *next_tab;
	bool expecting;                 /* keys wait for the next screen */
	void (*given_up)(struct ui_ctx *ctx, void *state);
};

/* ---- Effects -------------------------------------------------------------- */

enum effect_kind {
	EFFECT_PUSH, EFFECT_REPLACE, EFFECT_POP, EFFECT_SPACE_OPEN,
	EFFECT_SPACE_GO, EFFECT_SPACE_CLOSE, EFFECT_ANSWER, EFFECT_DRAFT
};

struct effect {
	enum effect_kind kind;
	unsigned ctx;                   /* id of the screen that asked */
	const struct ui_screen *screen;
	char *arg;                      /* owned; NULL: none */
	void *data;                     /* state of a dialog, owned */
	struct space *space;            /* EFFECT_SPACE_OPEN */
	void (*answered)(struct ui_ctx *ctx, void *state, int value);
	void (*told)(struct ui_ctx *ctx, void *state, const char *text);
	void (*yes)(struct ui_ctx *ctx, void *state);
	int value;
};

/* ---- The session ---------------------------------------------------------- */

#define MESSAGES_KEPT 50
#define PASSWORD_MAX 200                /* bytes typed on the privacy screen */

struct message {
	int64_t at_ms;
	bool bad;
	char text[400];
};

struct ui {
	struct ui_setup setup;
	struct tty *tty;
	struct cells cells;
	struct input input;
	struct keymap map;
	struct space spaces[UI_SPACES];
	struct space *front;
	unsigned next_id, next_use;
	struct rows effects;            /* of struct effect */
	struct rows timers;             /* of struct timer * */
	struct rows messages;           /* of struct message */
	bool message_shown;             /* the last message is on its line */
	bool message_new;               /* not painted yet */
	bool dirty, repaint, quit, locked;
	int exit_code;
	bool dead;                      /* the terminal is gone */
	struct secret draft_key;        /* of the agent; empty: nobody */
	char draft_tag[SECRET_TAG_SIZE];
	struct secret veil;             /* key of the veil, while it is there */
	bool wiped;                     /* what was written before the lock */
	struct edit password;
	char lock_error[400];
	bool unlocking;
	struct prompt *prompt;          /* NULL: no command line open */
	int64_t last_key_ms, skew_ms;
	int cursor_y, cursor_x;
	unsigned paints, acts;          /* how many, for tests */
	int empty_polls;
	int64_t minute;                 /* of the clock drawn last */
	unsigned shortages;             /* of memory, seen so far */
	bool was_short;                 /* and it was said */
};

/* Milliseconds that grow, moved on by ui_pass_time() in tests. */
int64_t ui_mono_ms(const struct ui *ui);

/* ---- app.c, turn.c -------------------------------------------------------- */

/* Apply what handlers asked for, until nothing is left. */
void effects_apply(struct ui *ui);
struct effect *effect_add(struct ui_ctx *ctx, enum effect_kind kind);
void effects_fini(struct ui *ui);

/* Run timers that are due; return the moment of the next, 0 for none. */
void timers_run(struct ui *ui);
int64_t timers_due_ms(const struct ui *ui);
void timers_fini(struct ui *ui);

/* One turn after something came: keys, deliveries, timers, effects, paint. */
void turn_run(struct ui *ui);
int turn_timeout_ms(const struct ui *ui);

/* ---- stack.c -------------------------------------------------------------- */

struct ui_ctx *stack_find(const struct ui *ui, unsigned id);
struct ui_ctx *stack_push(struct ui *ui, struct space *space,
			  const struct ui_screen *screen, const char *arg,
			  void *state);
void stack_pop(struct ui_ctx *ctx);
void stack_open(struct ui_ctx *ctx);
void stack_close_space(struct ui *ui, struct space *space);
void stack_fini(struct ui *ui);
const struct ui_screen *screen_find(const struct ui *ui, const char *name);

/* Go back from `ctx`: asks when something typed would be lost. */
void stack_back(struct ui_ctx *ctx);
void stack_next_space(struct ui *ui);
void stack_quit(struct ui *ui);
void stack_tab(struct ui_ctx *ctx, int index);
int stack_tab_of(const struct ui_ctx *ctx);

/* ---- action.c ------------------------------------------------------------- */

struct builtin {
	const char *name, *label;
	void (*run)(struct ui_ctx *ctx, int n);
	int n;                          /* given to run() */
};

extern const struct builtin builtins[];

/* Do what `key` means in the screen in front. */
void action_key(struct ui *ui, uint32_t key);
void action_click(struct ui *ui, int y, int x);
void action_paste(struct ui *ui, const char *text, size_t size);

/* Run an action by name; false when there is none of that name here. */
bool action_run(struct ui_ctx *ctx, const char *name);
const struct ui_action *action_find(const struct ui_ctx *ctx, const char *name);
/* Whether an action of the application makes sense here now. */
bool action_shown(const struct ui_ctx *ctx, const struct ui_action *action);
bool action_offered(const struct ui_ctx *ctx, const struct ui_action *action);
const char *action_label(const struct ui_ctx *ctx, const char *name);
/* The words of an action whatever screen has it; its name for want of any. */
const char *action_words(const struct ui *ui, const char *name);

/* Find the key that does `action` now, shadowed ones left out; 0: none. */
uint32_t action_key_of(const struct ui_ctx *ctx, const char *action);

/* ---- views ---------------------------------------------------------------- */

void views_init(struct ui_ctx *ctx);
void views_fini(struct ui_ctx *ctx);
void views_refresh(struct ui_ctx *ctx); /* shown() of parts, focus kept valid */
struct view *view_focused(const struct ui_ctx *ctx);
void views_focus(struct ui_ctx *ctx, int index);
void views_step(struct ui_ctx *ctx, int by); /* next part that takes focus */

/* ---- fields.c, field_*.c -------------------------------------------------- */

void fields_init(struct ui_ctx *ctx, struct view *view);
void fields_fini(struct view *view);
void fields_load(struct ui_ctx *ctx, struct view *view);
const struct ui_field *fields_focused(const struct ui_ctx *ctx);
bool field_there(const struct ui_ctx *ctx, const struct ui_field *field);
bool fields_step(struct ui_ctx *ctx, struct view *view, int by);
bool fields_is_last(struct ui_ctx *ctx, struct view *view);
void fields_go(struct ui_ctx *ctx, struct view *view, int index);
bool fields_leave(struct ui_ctx *ctx);
bool fields_validate(struct ui_ctx *ctx);
bool fields_fault(struct ui_ctx *ctx, const char *name, const char *text);
void fields_edit(struct ui_ctx *ctx, enum edit_op op);
void fields_type(struct ui_ctx *ctx, uint32_t c);
void fields_paste(struct ui_ctx *ctx, const char *text, size_t size);
void fields_values(struct ui_ctx *ctx);
void fields_mark_changed(struct ui_ctx *ctx);

/* Value of a field and back: see field_value.c. */
size_t field_edit_size(const struct ui_field *field);
bool field_is_line(const struct ui_field *field);
void field_load(const struct ui_ctx *ctx, const struct ui_field *field,
		struct field_view *view);
bool field_store(const struct ui_ctx *ctx, const struct ui_field *field,
		 struct field_view *view, struct err *err);
/* Read a text as the date `field` would hold. */
bool field_read_date(const struct ui_ctx *ctx, const struct ui_field *field,
		     const char *text, struct date *date, struct err *err);
bool field_is_empty(const struct ui_ctx *ctx, const struct ui_field *field,
		    const struct field_view *view);
int *field_int(const struct ui_ctx *ctx, const struct ui_field *field);
bool *field_bool(const struct ui_ctx *ctx, const struct ui_field *field);
int field_choice_count(const struct ui_field *field);

/* ---- list.c --------------------------------------------------------------- */

void list_refresh(struct ui_ctx *ctx, struct view *view);
size_t list_count(const struct ui_ctx *ctx, const struct view *view);
void *list_at(const struct ui_ctx *ctx, const struct view *view, size_t index);
void list_move(struct ui_ctx *ctx, struct view *view, long by);
void list_select(struct ui_ctx *ctx, struct view *view, size_t index);
void list_tick(struct ui_ctx *ctx, struct view *view);
/* The tick of row `index`, filtered or not, and the name a draft has for it; NULL
 * past the last row, or when no draft keeps the ticks of the list. */
bool *list_kept_tick(const struct ui_ctx *ctx, const struct view *view,
		     size_t index, const char **id);
void list_filter(struct ui_ctx *ctx, struct view *view, bool on);
void list_fini(struct view *view);
enum ui_style list_cell(const struct ui_ctx *ctx, const struct ui_column *column,
			const void *row, char *out, size_t size);

/* ---- lines.c -------------------------------------------------------------- */

struct line {
	enum ui_style style, label_style;
	bool pair;
	size_t label, text;             /* offsets in `bytes` */
};

struct ui_lines {
	struct rows items;              /* of struct line */
	char *bytes;
	size_t size, capacity;
};

void lines_init(struct ui_lines *lines);
void lines_fini(struct ui_lines *lines);

/* Draw from line `skip` on, or only count when `canvas` is NULL; returns how
 * many rows there are at that width. */
int lines_draw(const struct ui_lines *lines, struct canvas *canvas, int skip,
	       int columns);

/* ---- painting ------------------------------------------------------------- */

void paint_all(struct ui *ui);
void paint_form(struct ui_ctx *ctx, struct view *view, struct canvas *canvas);
void paint_list(struct ui_ctx *ctx, struct view *view, struct canvas *canvas);
int paint_header(struct ui_ctx *ctx, const struct canvas *canvas);
void paint_footer(struct ui_ctx *ctx, const struct canvas *canvas);
void paint_lock(struct ui *ui, const struct canvas *canvas);
void paint_prompt(struct ui *ui, const struct canvas *canvas);
bool paint_is_wide(const struct ui_ctx *ctx, int columns);
int form_rows(const struct ui_ctx *ctx, const struct view *view);

/* Give each view its place in `rows` x `cols`. */
void layout_views(struct ui_ctx *ctx, int y, int x, int rows, int cols);
int layout_need(struct ui_ctx *ctx, int cols);

/* ---- dialogs, built-in screens -------------------------------------------- */

extern const struct ui_screen screen_ask, screen_ask_text,
	screen_ask_secret, screen_help, screen_keys, screen_messages;
extern const struct ui_screen *const builtin_screens[];

void help_open(struct ui_ctx *ctx);
void keys_open(struct ui_ctx *ctx);
void messages_open(struct ui_ctx *ctx);

/* ---- messages, lock, prompt, drafts --------------------------------------- */

void message_add(struct ui *ui, bool bad, const char *text);
const struct message *message_last(const struct ui *ui);

void lock_now(struct ui *ui);
void lock_key(struct ui *ui, uint32_t key);
void lock_paste(struct ui *ui, const char *text, size_t size);

void prompt_open(struct ui *ui);
void prompt_key(struct ui *ui, uint32_t key);
void prompt_paste(struct ui *ui, const char *text, size_t size);
void prompt_close(struct ui *ui);
/* Forget the commands typed so far. */
void prompt_forget(void);
void prompt_fini(struct ui *ui);
bool command_run(struct ui_ctx *ctx, const char *line, struct err *err);
char *command_complete(struct ui *ui, const char *line, const char *start,
		       int index);

void draft_take_up(struct ui_ctx *ctx, const char *id);
void draft_save_all(struct ui *ui);
void draft_save_typed(struct ui *ui); /* what is not in its draft yet */
void draft_forget(struct ui_ctx *ctx);
void draft_tick(struct ui *ui);
int64_t draft_due_ms(const struct ui *ui);

#endif
