/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui_desk.h"
#include "unit.h"

#include <guichet/base/clock.h>
#include <stdlib.h>
#include <string.h>

#define TODAY_MS 1795255200000LL        /* 21/11/2026 11:00 in Paris */

static void line_is(struct desk *desk, int y, const char *text)
{
	char line[400];

	desk_line(desk, y, line, sizeof(line));
	assert_string_equal(line, text);
}

static void list_is_drawn_on_a_grid(void **state)
{
	struct desk desk = { .rows = 20, .columns = 60 };

	(void)state;
	desk_open(&desk, 2);
	line_is(&desk, 0, " Personnes                                            11:00");
	line_is(&desk, 1, "── Personnes ───────────────────────────────────────────────");
	line_is(&desk, 2, "        Nom                                              Dû");
	line_is(&desk, 3, " > [ ]  MARTIN0                                      0,00\u00a0€");
	line_is(&desk, 4, "   [ ]  LEFÈVRE1                                     1,00\u00a0€");
	line_is(&desk, 5, " 2 personnes");
	line_is(&desk, 19, " F1 Aide  Entrée Choisir  F12 Écran discret");
	desk_close(&desk);
}

static void amount_is_whole_where_words_are_cut(void **state)
{
	struct desk desk = { .rows = 12, .columns = 40, .accessible = true };

	(void)state;
	desk_open(&desk, 2);
	line_is(&desk, 4, "      2 [ ]  LEFÈVRE1            1,00\u00a0€");
	desk_close(&desk);
}

static void list_scrolls_to_keep_the_selected_row_in_sight(void **state)
{
	struct desk desk = { .rows = 20 };

	(void)state;
	desk_open(&desk, 10000);
	desk_keys(&desk, "End");
	desk_cursor_on(&desk, "[ ]  LEFÈVRE9999");
	desk_not(&desk, "MARTIN0 ");
	desk_keys(&desk, "PgUp");
	desk_cursor_on(&desk, "[ ]  MARTIN9986");
	desk_keys(&desk, "Home");
	desk_cursor_on(&desk, "[ ]  MARTIN0");
	desk_close(&desk);
}

static void empty_list_says_so(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 0);
	desk_see(&desk, "Personne");
	desk_keys(&desk, "Enter");
	desk_see(&desk, "Choisissez d'abord une ligne");
	desk_close(&desk);
}

static void space_ticks_a_row(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	desk_keys(&desk, "Down Space");
	desk_see(&desk, "[x]  LEFÈVRE1");
	desk_keys(&desk, "Space");
	desk_not(&desk, "[x]");
	desk_close(&desk);
}

static void second_file_opens_beside_the_first(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	ui_run(desk.list, "second");
	ui_turn(desk.ui);
	desk_see(&desk, "Commander");
	desk_keys(&desk, "\"Zoé\" F7");
	desk_see(&desk, "3 personnes");
	desk_keys(&desk, "F7");
	desk_see(&desk, "Zoé");
	desk_keys(&desk, "F3 o");
	desk_see(&desk, "3 personnes");
	assert_int_equal(desk.closed, 1);
	desk_keys(&desk, "F7");
	desk_see(&desk, "Un seul dossier est ouvert");
	desk_close(&desk);
}

static void a_long_wait_is_said_once_then_every_ten_seconds(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	ui_rows_stale(desk.list);
	ui_turn(desk.ui);
	desk_not(&desk, " …\n");
	ui_pass_time(desk.ui, 400);
	ui_turn(desk.ui);
	desk_see(&desk, " …\n");
	ui_pass_time(desk.ui, 10000);
	ui_turn(desk.ui);
	desk_see(&desk, "Toujours en attente d'une réponse (10 s)");
	desk_close(&desk);
}

static void message_stays_until_the_next_key(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	ui_say(desk.ui, "Enregistré");
	ui_turn(desk.ui);
	desk_see(&desk, "Enregistré");
	desk_keys(&desk, "Down");
	desk_not(&desk, "Enregistré");
	desk_keys(&desk, "^G");
	desk_see(&desk, "Enregistré");
	desk_close(&desk);
}

static void count(void *user)
{
	(*(int *)user)++;
}

static void timer_runs_once_and_never_for_an_owner_that_went(void **state)
{
	struct desk desk = { 0 };
	int runs = 0, never = 0;

	(void)state;
	desk_open(&desk, 3);
	ui_timer(desk.ui, ui_owner(desk.list), 50, count, &runs);
	ui_turn(desk.ui);
	assert_int_equal(runs, 0);
	ui_pass_time(desk.ui, 60);
	ui_turn(desk.ui);
	ui_turn(desk.ui);
	assert_int_equal(runs, 1);
	desk_keys(&desk, "Enter");
	ui_timer(desk.ui, ui_owner(ui_front(desk.ui)), 50, count, &never);
	desk_keys(&desk, "F3");
	ui_pass_time(desk.ui, 60);
	ui_turn(desk.ui);
	assert_int_equal(never, 0);
	desk_close(&desk);
}

static void nothing_is_painted_when_nothing_happened(void **state)
{
	struct desk desk = { 0 };
	unsigned before;

	(void)state;
	desk_open(&desk, 3);
	before = ui_paints(desk.ui);
	ui_turn(desk.ui);
	ui_turn(desk.ui);
	assert_int_equal(ui_paints(desk.ui), before);
	desk_close(&desk);
}

static void bidi_and_controls_do_not_reach_the_screen(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	ui_say(desk.ui, "a\u202eb\033[31mc");
	ui_turn(desk.ui);
	desk_see(&desk, "a\ufffdb\ufffd[31mc");
	desk_close(&desk);
}

static void sentence_longer_than_the_line_is_whole(void **state)
{
	struct desk desk = { .columns = 40, .accessible = true };

	(void)state;
	desk_open(&desk, 3);
	ui_say(desk.ui, "%s", "Une phrase assez longue pour ne pas tenir en une ligne");
	ui_turn(desk.ui);
	desk_see(&desk, " Une phrase assez longue pour ne pas\n tenir en une ligne");
	desk_close(&desk);
}

static void tabs_replace_the_screen_with_the_same_argument(void **state)
{
	struct desk desk = { .first = "file" };

	(void)state;
	desk_open(&desk, 7);
	line_is(&desk, 2, " Dossier   Famille");
	line_is(&desk, 3, " ▔▔▔▔▔▔▔");
	desk_keys(&desk, "Right");
	line_is(&desk, 3, "           ▔▔▔▔▔▔▔");
	desk_see(&desk, "7 personnes");
	desk_keys(&desk, "1");
	line_is(&desk, 3, " ▔▔▔▔▔▔▔");
	desk_keys(&desk, "2 Left");
	line_is(&desk, 3, " ▔▔▔▔▔▔▔");
	desk_close(&desk);
}

static void pair_is_side_by_side_from_80_columns_on(void **state)
{
	struct desk desk = { .first = "file" };
	char line[400];

	(void)state;
	desk_open(&desk, 2);
	desk_line(&desk, 4, line, sizeof(line));
	assert_non_null(strstr(line, "Histoire"));
	assert_non_null(strstr(line, "Proches"));
	desk_not(&desk, "En bref");
	desk_close(&desk);
	desk.columns = 60;
	desk_open(&desk, 2);
	desk_line(&desk, 4, line, sizeof(line));
	assert_null(strstr(line, "Proches"));
	desk_see(&desk, "Proches");
	desk_close(&desk);
}

static void wide_screen_does_not_set_columns_apart(void **state)
{
	struct desk desk = { .columns = 160 };

	(void)state;
	desk_open(&desk, 3);
	desk_see(&desk, "> [ ]  MARTIN0                                         0,00");
	desk_close(&desk);
}

static void side_panel_shows_from_120_columns_on(void **state)
{
	struct desk desk = { .first = "file", .columns = 120 };

	(void)state;
	desk_open(&desk, 2);
	desk_see(&desk, "En bref");
	desk_see(&desk, "Médecin traitant\u00a0: déclaré");
	desk_see(&desk, "Caisse\u00a0:           Isère");
	desk_not(&desk, "Rien");
	desk_close(&desk);
}

static void long_text_takes_the_focus_and_scrolls(void **state)
{
	struct desk desk = { .first = "file" };

	(void)state;
	desk_open(&desk, 2);
	desk_cursor_on(&desk, "[ ]  MARTIN0");
	desk_keys(&desk, "Tab");
	desk_cursor_on(&desk, "ligne 1");
	desk_keys(&desk, "Down Down");
	desk_cursor_on(&desk, "ligne 3");
	desk_keys(&desk, "End");
	desk_see(&desk, "ligne 30");
	desk_keys(&desk, "Tab");
	desk_cursor_on(&desk, "[ ]  MARTIN0");
	desk_close(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list_is_drawn_on_a_grid),
		cmocka_unit_test(amount_is_whole_where_words_are_cut),
		cmocka_unit_test(list_scrolls_to_keep_the_selected_row_in_sight),
		cmocka_unit_test(empty_list_says_so),
		cmocka_unit_test(space_ticks_a_row),
		cmocka_unit_test(second_file_opens_beside_the_first),
		cmocka_unit_test(a_long_wait_is_said_once_then_every_ten_seconds),
		cmocka_unit_test(message_stays_until_the_next_key),
		cmocka_unit_test(timer_runs_once_and_never_for_an_owner_that_went),
		cmocka_unit_test(nothing_is_painted_when_nothing_happened),
		cmocka_unit_test(bidi_and_controls_do_not_reach_the_screen),
		cmocka_unit_test(tabs_replace_the_screen_with_the_same_argument),
		cmocka_unit_test(pair_is_side_by_side_from_80_columns_on),
		cmocka_unit_test(wide_screen_does_not_set_columns_apart),
		cmocka_unit_test(side_panel_shows_from_120_columns_on),
		cmocka_unit_test(long_text_takes_the_focus_and_scrolls),
		cmocka_unit_test(sentence_longer_than_the_line_is_whole),
	};

	clock_start_at(TODAY_MS);
	return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
