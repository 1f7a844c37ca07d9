/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../tui/cells.h"
#include "unit.h"

#include <guichet/base/text.h>
#include <string.h>

#define ROWS 2
#define COLS 8

/* The bases of row `y`, "_" for the second half of a wide character. */
static void bases(const struct cells *cells, int y, char *out)
{
	for (int x = 0; x < cells->cols; x++) {
		uint32_t base = cells->drawn[y * cells->cols + x].base;

		out += text_put(out, base ? base : '_');
	}
	*out = '\0';
}

static void row_is(const struct cells *cells, int y, const char *wanted)
{
	char text[COLS * 4 + 1];

	bases(cells, y, text);
	assert_string_equal(text, wanted);
}

static void a_view_starts_blank_whatever_was_drawn(void **state)
{
	struct cells cells = { 0 };

	(void)state;
	cells_start(&cells, ROWS, COLS);
	cells_repeat(&cells, 1, 0, COLS, UI_DIM, '-');
	row_is(&cells, 1, "--------");
	cells_start(&cells, ROWS, COLS);
	row_is(&cells, 1, "        ");
	assert_int_equal(cells.drawn[COLS].style, UI_PLAIN);
	cells_fini(&cells);
}

static void what_is_outside_is_left_out(void **state)
{
	struct cells cells = { 0 };

	(void)state;
	cells_start(&cells, ROWS, COLS);
	cells_text(&cells, 0, 5, UI_PLAIN, "abcdef");
	cells_text(&cells, -1, 0, UI_PLAIN, "x");
	cells_text(&cells, ROWS, 0, UI_PLAIN, "x");
	cells_text(&cells, 1, -1, UI_PLAIN, "x");
	cells_repeat(&cells, 1, 6, 100, UI_PLAIN, '-');
	row_is(&cells, 0, "     abc");
	row_is(&cells, 1, "      --");
	cells_fini(&cells);
}

static void marks_stay_on_their_letter(void **state)
{
	struct cells cells = { 0 };

	(void)state;
	cells_start(&cells, ROWS, COLS);
	cells_text(&cells, 0, 0, UI_PLAIN, "x\u0323\u0307y");
	row_is(&cells, 0, "xy      ");
	assert_int_equal(cells.drawn[0].marks[0], 0x323);
	assert_int_equal(cells.drawn[0].marks[1], 0x307);
	assert_int_equal(cells.drawn[1].marks[0], 0);
	cells_fini(&cells);
}

static void half_of_a_wide_character_never_stays(void **state)
{
	static const struct {
		int x;
		const char *over, *after;
	} cases[] = {
		{ 0, "a", "a 中_    " }, { 1, "a", " a中_    " },
		{ 2, "字", "中_字_    " }, { 1, "字", " 字_     " },
	};
	struct cells cells = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		cells_start(&cells, 1, COLS);
		cells_text(&cells, 0, 0, UI_PLAIN, "中中");
		row_is(&cells, 0, "中_中_    ");
		cells_text(&cells, 0, cases[i].x, UI_PLAIN, cases[i].over);
		row_is(&cells, 0, cases[i].after);
	}
	cells_start(&cells, 1, COLS);
	cells_text(&cells, 0, COLS - 1, UI_PLAIN, "中");
	row_is(&cells, 0, "        ");
	cells_fini(&cells);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_view_starts_blank_whatever_was_drawn),
		cmocka_unit_test(what_is_outside_is_left_out),
		cmocka_unit_test(marks_stay_on_their_letter),
		cmocka_unit_test(half_of_a_wide_character_never_stays),
	};

	return cmocka_run_group_tests_name("cells", tests, NULL, NULL);
}
