/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that look at the screen.  A no-break space of the screen matches a
 * plain space of the script, so that scripts can be typed on any keyboard. */
#include "run.h"

#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct place {
	int row, col;
};

void plain_spaces(char *text, int *columns)
{
	char *to = text;

	for (char *from = text; *from; to++) {
		size_t skip = 0;

		if (columns)
			columns[to - text] = columns[from - text];
		if (!strncmp(from, "\xC2\xA0", 2))
			skip = 2;
		else if (!strncmp(from, "\xE2\x80\xAF", 3))
			skip = 3;
		*to = skip ? ' ' : *from;
		from += skip ? skip : 1;
	}
	*to = '\0';
}

/* Where `text` is in `row`: its pieces between " ... " in this order, each
 * anywhere after the one before.  Returns the first, or NULL. */
static const char *match(const char *row, const char *text)
{
	static const char gap[] = " ... ";
	const char *first = NULL, *stop;

	do {
		size_t length;
		const char *hit;
		char piece[ROW_SIZE];

		stop = strstr(text, gap);
		length = stop ? (size_t)(stop - text) : strlen(text);
		snprintf(piece, sizeof(piece), "%.*s", (int)length, text);
		hit = strstr(row, piece);
		if (!hit)
			return NULL;
		first = first ? first : hit;
		row = hit + length;
		text += length + (stop ? strlen(gap) : 0);
	} while (stop);
	return first;
}

static bool find(const struct run *r, const char *text, struct place *place)
{
	int columns[ROW_SIZE];
	char row[ROW_SIZE];

	for (int y = 0; y < r->term->rows; y++) {
		const char *hit;

		term_row(r->term, y, row, columns);
		plain_spaces(row, columns);
		hit = match(row, text);
		if (hit) {
			*place = (struct place){ y, columns[hit - row] };
			return true;
		}
	}
	return false;
}

/* Wait until `text` is there (or, for `!there`, is not). */
static bool wait_for(struct run *r, char *text, bool there, struct place *place)
{
	int64_t end = now_ms() + run_limit_ms();

	plain_spaces(text, NULL);
	while (find(r, text, place) != there) {
		if (now_ms() > end)
			return false;
		if (!term_pump(r->term, 20) && term_ended(r->term))
			return find(r, text, place) == there;
	}
	return true;
}

bool word_see(struct run *r, char *text)
{
	struct place place;

	if (!wait_for(r, text, true, &place))
		return run_fail(r, "« %s » is not on the screen", text);
	r->seen_ms = r->term->output_ms;
	return true;
}

bool word_not(struct run *r, char *text)
{
	struct place place;

	/* What is on its way must have arrived, or this would prove nothing. */
	if (!term_settle(r->term, run_limit_ms()))
		return run_fail(r, "the program does not come to rest");
	if (!wait_for(r, text, false, &place))
		return run_fail(r, "« %s » is still on the screen", text);
	return true;
}

/* A press and a release of the first button, as xterm reports them. */
bool word_click(struct run *r, char *text)
{
	struct place place;
	char bytes[64];

	if (!r->term->escapes.mouse)
		return run_fail(r, "the program did not ask for the mouse");
	if (!term_settle(r->term, run_limit_ms()) || !wait_for(r, text, true, &place))
		return run_fail(r, "« %s » is not on the screen", text);
	snprintf(bytes, sizeof(bytes), "\033[<0;%d;%dM\033[<0;%d;%dm", place.col + 1,
		 place.row + 1, place.col + 1, place.row + 1);
	return run_send(r, bytes, strlen(bytes));
}

bool word_cursor_on(struct run *r, char *text)
{
	int64_t end = now_ms() + run_limit_ms();
	struct place place = { -1, -1 };
	VTermPos cursor;

	plain_spaces(text, NULL);
	for (;;) {
		int columns[ROW_SIZE], at = 0;
		char row[ROW_SIZE];

		/* The text may stand at several places: look under the cursor. */
		vterm_state_get_cursorpos(vterm_obtain_state(r->term->vt), &cursor);
		term_row(r->term, cursor.row, row, columns);
		plain_spaces(row, columns);
		while (row[at] && columns[at] < cursor.col)
			at++;
		if (row[at] && columns[at] == cursor.col &&
		    !strncmp(row + at, text, strlen(text)))
			return true;
		if (now_ms() > end || (!term_pump(r->term, 20) && term_ended(r->term)))
			break;
	}
	if (!find(r, text, &place))
		return run_fail(r, "« %s » is not on the screen", text);
	return run_fail(r, "the cursor is at row %d column %d, « %s » at row %d column %d",
			cursor.row + 1, cursor.col + 1, text, place.row + 1, place.col + 1);
}

static const char *const colours[] = {
	"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", NULL,
};

static bool has_style(const VTermScreenCell *cell, const char *name, bool *known)
{
	*known = true;
	if (!strcmp(name, "bold"))
		return cell->attrs.bold;
	if (!strcmp(name, "underline"))
		return cell->attrs.underline;
	if (!strcmp(name, "reverse"))
		return cell->attrs.reverse;
	if (!strcmp(name, "italic"))
		return cell->attrs.italic;
	if (!strcmp(name, "default"))
		return VTERM_COLOR_IS_DEFAULT_FG(&cell->fg) && VTERM_COLOR_IS_DEFAULT_BG(&cell->bg);
	for (int i = 0; colours[i]; i++) {
		if (!strcmp(name, colours[i]))
			return !VTERM_COLOR_IS_DEFAULT_FG(&cell->fg) &&
			       VTERM_COLOR_IS_INDEXED(&cell->fg) && cell->fg.indexed.idx % 8 == i;
	}
	*known = false;
	return false;
}

bool word_style(struct run *r, char *text)
{
	char *name = strrchr(text, ' ');
	VTermScreenCell cell;
	struct place place;
	bool known, wanted;

	if (!name)
		return run_fail(r, "style TEXT ATTRIBUTE");
	*name++ = '\0';
	wanted = strncmp(name, "no-", 3) != 0;
	if (!term_settle(r->term, run_limit_ms()) || !wait_for(r, text, true, &place))
		return run_fail(r, "« %s » is not on the screen", text);
	vterm_screen_get_cell(r->term->screen, (VTermPos){ place.row, place.col }, &cell);
	if (has_style(&cell, wanted ? name : name + 3, &known) != wanted && known)
		return run_fail(r, "« %s » is %s%s", text, wanted ? "not " : "",
				name + (wanted ? 0 : 3));
	return known || run_fail(r, "unknown style « %s »", name);
}

static bool save_golden(struct run *r, const char *path)
{
	FILE *file = fopen(path, "w");
	char row[ROW_SIZE];

	if (!file)
		return run_fail(r, "%s: %s", path, strerror(errno));
	for (int y = 0; y < r->term->rows; y++) {
		term_row(r->term, y, row, NULL);
		fprintf(file, "%s\n", row);
	}
	fclose(file);
	printf("%s:%d: wrote %s\n", r->path, r->line, path);
	return true;
}

/* The first row that differs from the file, or -1. */
static int first_difference(struct run *r, FILE *file, char wanted[ROW_SIZE])
{
	char row[ROW_SIZE];

	rewind(file);
	for (int y = 0; y < r->term->rows; y++) {
		if (!fgets(wanted, ROW_SIZE, file))
			wanted[0] = '\0';
		wanted[strcspn(wanted, "\n")] = '\0';
		term_row(r->term, y, row, NULL);
		if (strcmp(row, wanted) != 0)
			return y;
	}
	return -1;
}

bool word_golden(struct run *r, char *file)
{
	int64_t end = now_ms() + run_limit_ms();
	const char *update = getenv("UPDATE");
	char script[PATH_SIZE], path[2 * PATH_SIZE], wanted[ROW_SIZE];
	FILE *golden;
	int y;

	if (!term_settle(r->term, run_limit_ms()))
		return run_fail(r, "the program does not come to rest");
	snprintf(script, sizeof(script), "%s", r->path);
	snprintf(path, sizeof(path), "%s/golden/%s", dirname(script), file);
	if (update && !strcmp(update, "1"))
		return save_golden(r, path);
	golden = fopen(path, "r");
	if (!golden)
		return run_fail(r, "%s: %s (UPDATE=1 writes it)", path, strerror(errno));
	/* An answer may still be on its way from a server that is slow. */
	while ((y = first_difference(r, golden, wanted)) >= 0 && now_ms() < end)
		term_pump(r->term, 20);
	fclose(golden);
	return y < 0 || run_fail(r, "row %d differs from %s, which has:\n|%s", y + 1, path, wanted);
}

bool word_title(struct run *r, char *text)
{
	int64_t end = now_ms() + run_limit_ms();

	while (!strstr(r->term->title, text) && now_ms() < end)
		term_pump(r->term, 20);
	return strstr(r->term->title, text) ||
	       run_fail(r, "the title is « %s »", r->term->title);
}

bool word_clipboard(struct run *r, char *text)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *from = r->term->escapes.clipboard;
	char plain[4096] = "";
	unsigned bits = 0, count = 0;
	size_t used = 0;

	from += strcspn(from, ";");
	for (from += *from == ';'; *from && strchr(digits, *from); from++) {
		bits = bits << 6 | (unsigned)(strchr(digits, *from) - digits);
		count += 6;
		if (count < 8)
			continue;
		count -= 8;
		plain[used++] = (char)(bits >> count & 255);
	}
	plain[used] = '\0';
	return strstr(plain, text) || run_fail(r, "the clipboard is « %s »", plain);
}

bool word_shot(struct run *r, char *name)
{
	if (!term_settle(r->term, run_limit_ms()))
		return run_fail(r, "the program does not come to rest");
	printf("\n=== %s\n", name);
	term_print(r->term, stdout);
	fflush(stdout);
	return true;
}

bool word_picture(struct run *r, char *name)
{
	const char *dir = getenv("PICTURES");
	char path[2 * PATH_SIZE];

	if (!term_settle(r->term, run_limit_ms()))
		return run_fail(r, "the program does not come to rest");
	snprintf(path, sizeof(path), "%s/%s", dir ? dir : r->dir, name);
	return picture_write(r->term, path) ||
	       run_fail(r, "%s: %s", path, strerror(errno));
}
