/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line, typed with readline in one row of the screen.  readline has
 * one state for the whole program: so has this file. */
#include "canvas.h"
#include "key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <malloc.h>
#include <readline/history.h>
#include <readline/readline.h>

#define BYTES_MAX 1024
#define SEARCH_MAX 250                  /* bytes, with the words around */
#define HISTORY_MAX 100

struct prompt {
	int first;                      /* first byte shown */
};

/* readline's callbacks carry no argument of ours. */
static struct {
	struct ui *ui;
	bool started;
	unsigned char bytes[BYTES_MAX];
	size_t next, count;
	char *line;                     /* what was entered, to be run */
	bool over;
	FILE *nowhere;
} line;

/* readline asks these two, which are found before its own: those write to the
 * terminal and leave. */
void *xmalloc(size_t size);
void *xrealloc(void *block, size_t size);

void *xmalloc(size_t size)
{
	return mem_grow(NULL, size, 1);
}

void *xrealloc(void *block, size_t size)
{
	return mem_grow(block, size, 1);
}

static int get_byte(FILE *file)
{
	(void)file;
	return line.next < line.count ? line.bytes[line.next++] : EOF;
}

static int bytes_waiting(void)
{
	return line.next < line.count;
}

static void redisplay(void)
{
	if (line.ui)
		line.ui->dirty = true;
}

static void entered(char *text)
{
	line.line = text;
	line.over = true;
}

static char *generate(const char *text, int state)
{
	static int index;

	if (!state)
		index = 0;
	return command_complete(line.ui, rl_line_buffer, text, index++);
}

static char **complete(const char *text, int start, int end)
{
	(void)start;
	(void)end;
	rl_attempted_completion_over = 1;
	return rl_completion_matches(text, generate);
}

/* The candidates go on the message line. */
static void show_matches(char **matches, int count, int longest)
{
	char text[400] = "";
	size_t used = 0;

	(void)longest;
	for (int i = 1; i <= count && used + 40 < sizeof(text); i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used,
					 "%.30s  ", matches[i]);
	message_add(line.ui, false, text);
}

/* Without a place for what readline says, it would say it on the screen. */
static bool start(void)
{
	if (line.started)
		return true;
	line.nowhere = fopen("/dev/null", "w");
	if (!line.nowhere)
		return false;
	line.started = true;
	rl_readline_name = "guichet";
	rl_catch_signals = 0;
	rl_catch_sigwinch = 0;
	rl_change_environment = 0;
	rl_prep_term_function = NULL;
	rl_deprep_term_function = NULL;
	rl_outstream = line.nowhere;
	rl_getc_function = get_byte;
	rl_input_available_hook = bytes_waiting;
	rl_redisplay_function = redisplay;
	rl_completion_display_matches_hook = show_matches;
	rl_attempted_completion_function = complete;
	rl_basic_word_break_characters = " ";
	rl_completer_word_break_characters = " ";
	rl_initialize();
	rl_variable_bind("bell-style", "none");
	rl_variable_bind("enable-bracketed-paste", "off");
	rl_variable_bind("show-all-if-ambiguous", "on");
	rl_variable_bind("completion-query-items", "0");
	rl_variable_bind("page-completions", "off");
	/* Lines of the history must not keep undo lists from one command to the
	 * next: readline 8.2 then frees some of them twice. */
	rl_variable_bind("revert-all-at-newline", "on");
	using_history();
	stifle_history(HISTORY_MAX);
	return true;
}

void prompt_open(struct ui *ui)
{
	if (ui->prompt)
		return;
	if (!start()) {
		message_add(ui, true, _("Ligne de commande indisponible : réessayez"));
		return;
	}
	ui->prompt = mem_new(1, sizeof(*ui->prompt));
	line.ui = ui;
	line.next = line.count = 0;
	line.over = false;
	line.line = NULL;
	rl_set_screen_size(24, 1000);
	rl_callback_handler_install(":", entered);
	ui->dirty = true;
}

static void give_bytes(const char *bytes, size_t size)
{
	if (line.next == line.count)
		line.next = line.count = 0;
	if (line.count + size > BYTES_MAX)
		return;
	memcpy(line.bytes + line.count, bytes, size);
	line.count += size;
	while (line.next < line.count && !line.over)
		rl_callback_read_char();
}

/* readline only frees what it keeps of a line in its own way: a line given up is
 * ended as if entered.  ^G first leaves whatever search or argument is pending;
 * a quoted insert takes one Enter for itself. */
static void end_line(void)
{
	for (int i = 0; i < 4 && !line.over; i++)
		give_bytes(i ? "\r" : "\007", 1);
}

void prompt_close(struct ui *ui)
{
	if (!ui->prompt)
		return;
	end_line();
	rl_callback_handler_remove();
	free(ui->prompt);
	ui->prompt = NULL;
	free(line.line);
	line.line = NULL;
	line.ui = NULL;
	ui->dirty = true;
}

void prompt_forget(void)
{
	if (!line.started || line.ui)
		return;
	clear_history();
	explicit_bzero(line.bytes, sizeof(line.bytes));
	explicit_bzero(rl_line_buffer, malloc_usable_size(rl_line_buffer));
}

void prompt_fini(struct ui *ui)
{
	prompt_close(ui);
	if (!line.started)
		return;
	clear_history();
	line.started = false;
	rl_outstream = NULL;
	if (line.nowhere)
		fclose(line.nowhere);
	line.nowhere = NULL;
}

/* Commands hold identifiers of people: the history stays in memory. */
static void run_line(struct ui *ui)
{
	struct ui_ctx *ctx = ui_front(ui);
	struct err err = { 0 };
	char *text = line.line;

	line.line = NULL;
	prompt_close(ui);
	if (!text)
		return;
	if (*text)
		add_history(text);
	if (*text && !command_run(ctx, text, &err))
		ui_error(ctx, &err);
	free(text);
}

/* Whole characters only: incremental search reads the rest of one at once. */
static void feed(struct ui *ui, const char *bytes, size_t size)
{
	give_bytes(bytes, size);
	ui->dirty = true;
	if (line.over)
		run_line(ui);
}

struct translated {
	uint32_t key;
	const char *bytes;
};

static const struct translated translations[] = {
	{ UI_KEY_LEFT, "\033[D" }, { UI_KEY_RIGHT, "\033[C" },
	{ UI_KEY_UP, "\033[A" }, { UI_KEY_DOWN, "\033[B" },
	{ UI_KEY_HOME, "\001" }, { UI_KEY_END, "\005" },
	{ UI_KEY_BACKSPACE, "\177" }, { UI_KEY_WORD_LEFT, "\033b" },
	{ UI_KEY_WORD_RIGHT, "\033f" }, { 0, NULL },
};

/* readline takes time by the square of what is searched for. */
static bool is_full(void)
{
	if (RL_ISSTATE(RL_STATE_ISEARCH) && rl_display_prompt)
		return strlen(rl_display_prompt) >= SEARCH_MAX;
	return rl_end >= BYTES_MAX - 8;
}

static void feed_key(struct ui *ui, uint32_t key)
{
	char bytes[5];
	size_t size = 0;

	for (const struct translated *t = translations; t->bytes; t++)
		if (t->key == key) {
			feed(ui, t->bytes, strlen(t->bytes));
			return;
		}
	if (key == UI_KEY_DELETE && rl_point < rl_end) {
		feed(ui, "\004", 1);
		return;
	}
	if (key >= UI_KEY_FIRST || (key >= ' ' && key != 127 && is_full()))
		return;
	if (key & UI_KEY_ALT_BIT)
		bytes[size++] = '\033';
	size += text_put(bytes + size, key & ~(uint32_t)UI_KEY_ALT_BIT);
	feed(ui, bytes, size);
}

void prompt_key(struct ui *ui, uint32_t key)
{
	if (key == UI_KEY_ESC || key == ('C' & 31) || key == UI_KEY_F0 + 3) {
		prompt_close(ui);
		return;
	}
	if (key == ('D' & 31) && rl_point == rl_end)
		return;
	if (key == UI_KEY_BACKSPACE && !rl_end && !RL_ISSTATE(RL_STATE_ISEARCH)) {
		prompt_close(ui);
		return;
	}
	if (key == UI_KEY_F0 + 12 || key == ('X' & 31)) {
		lock_now(ui);
		return;
	}
	feed_key(ui, key);
}

void prompt_paste(struct ui *ui, const char *text, size_t size)
{
	const char *end = text + size;

	while (text < end && ui->prompt) {
		uint32_t c = text_next(&text, end);

		if (c >= ' ' && c != 127 && c != TEXT_REPLACEMENT)
			feed_key(ui, c);
	}
}

/* readline's own words for a search are English: only what is looked for is
 * taken from them, between "`" and "'". */
static void make_label(char *out, size_t size)
{
	const char *start = rl_display_prompt ? strchr(rl_display_prompt, '`')
					      : NULL;

	if (!RL_ISSTATE(RL_STATE_ISEARCH) || !start)
		snprintf(out, size, ":");
	else
		snprintf(out, size, _("Chercher « %.*s » : "),
			 (int)strcspn(start + 1, "'"), start + 1);
}

/* Return where the character starts that is `count` before byte `at`. */
static int back_from(const char *text, int at, int count)
{
	while (at > 0 && count > 0)
		if (((unsigned char)text[--at] & 0xC0) != 0x80)
			count--;
	return at;
}

/* Return the bytes of at least one character that free `columns`. */
static int shift(const char *text, int columns)
{
	size_t size = text_fit(text, columns);
	const char *next = text;

	if (!size) {
		text_next(&next, text + strlen(text));
		size = (size_t)(next - text);
	}
	return (int)size;
}

void paint_prompt(struct ui *ui, const struct canvas *canvas)
{
	char label[160];
	int y = canvas->rows - 1, x, room, at;
	const char *shown = rl_line_buffer ? rl_line_buffer : "";
	char before[BYTES_MAX];

	make_label(label, sizeof(label));
	canvas_repeat(canvas, y, 0, canvas->cols, UI_PLAIN, ' ');
	x = canvas_text(canvas, y, 0, canvas->cols / 2, UI_KEY, label);
	room = canvas->cols - x - 1;
	if (ui->prompt->first >= rl_point)
		ui->prompt->first = back_from(shown, rl_point, room / 2);
	for (;;) {
		snprintf(before, sizeof(before), "%.*s",
			 rl_point - ui->prompt->first,
			 shown + ui->prompt->first);
		at = text_width(before);
		if (at < room || ui->prompt->first >= rl_point)
			break;
		ui->prompt->first += shift(shown + ui->prompt->first,
					   at - room + 1);
	}
	snprintf(before, sizeof(before), "%s", shown + ui->prompt->first);
	before[text_fit(before, room)] = '\0';
	canvas_text(canvas, y, x, room, UI_PLAIN, before);
	canvas_cursor(canvas, y, x + at);
}
