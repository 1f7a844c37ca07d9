/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui_desk.h"
#include "unit.h"

#include <guichet/base/mem.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void list_opens_with_the_cursor_on_its_first_row(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	desk_see(&desk, "Personnes");
	desk_see(&desk, "3 personnes");
	desk_cursor_on(&desk, "[ ]  MARTIN0");
	desk_keys(&desk, "Down");
	desk_cursor_on(&desk, "[ ]  LEFÈVRE1");
	desk_close(&desk);
}

static void enter_on_a_row_opens_its_screen_and_back_returns(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	desk_keys(&desk, "Down Enter");
	assert_string_equal(desk.picked, "LEFÈVRE1");
	desk_see(&desk, "Commander");
	desk_see(&desk, "Nom de naissance");
	desk_keys(&desk, "F3");
	desk_see(&desk, "3 personnes");
	assert_int_equal(desk.resumed, 1);
	desk_close(&desk);
}

static void type_ahead_of_200_keys_is_one_paint(void **state)
{
	struct desk desk = { 0 };
	unsigned before;

	(void)state;
	desk_open(&desk, 300);
	before = ui_paints(desk.ui);
	for (int i = 0; i < 200; i++)
		ui_feed(desk.ui, "Down");
	ui_turn(desk.ui);
	assert_int_equal(ui_paints(desk.ui), before + 1);
	desk_cursor_on(&desk, "[ ]  MARTIN200");
	desk_close(&desk);
}

static void refreshing_a_screen_that_reads_nothing_keeps_it(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	desk_keys(&desk, "F5");
	desk_see(&desk, "Rien à actualiser");
	desk_see(&desk, "3 personnes");
	assert_int_equal(desk.opened, 1);
	desk_close(&desk);
}

static void row_being_replaced_is_refused(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	ui_rows_stale(desk.list);
	desk_keys(&desk, "Enter");
	assert_int_equal(desk.chosen, 0);
	desk_see(&desk, "La liste se met à jour");
	ui_rows_fresh(desk.list);
	desk_keys(&desk, "Enter");
	assert_int_equal(desk.chosen, 1);
	desk_close(&desk);
}

static void end_of_a_list_asks_for_more_once(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 100);
	desk_keys(&desk, "End");
	desk_keys(&desk, "Up Down");
	assert_int_equal(desk.more, 1);
	desk_close(&desk);
}

static void filter_ignores_accents_and_case(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 10);
	desk_keys(&desk, "/ \"lefevre3\"");
	desk_see(&desk, "LEFÈVRE3");
	desk_not(&desk, "MARTIN0");
	desk_keys(&desk, "Enter Enter");
	assert_string_equal(desk.picked, "LEFÈVRE3");
	desk_keys(&desk, "Esc Esc");
	desk_see(&desk, "MARTIN0");
	desk_close(&desk);
}

static void question_is_answered_by_letter_enter_or_escape(void **state)
{
	static const struct { const char *keys; int value; } cases[] = {
		{ "a", 10 }, { "B", 20 }, { "Enter", 20 }, { "Up Enter", 10 },
		{ "Esc", UI_CANCELLED },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(cases); i++) {
		struct desk desk = { .answer = 99 };

		desk_open(&desk, 3);
		ui_run(desk.list, "ask");
		ui_turn(desk.ui);
		desk_see(&desk, "Une question simple ?");
		desk_keys(&desk, cases[i].keys);
		assert_int_equal(desk.answer, cases[i].value);
		desk_not(&desk, "Une question simple ?");
		desk_close(&desk);
	}
}

static void cursor_of_a_question_is_on_the_preset(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	ui_run(desk.list, "ask");
	ui_turn(desk.ui);
	desk_cursor_on(&desk, "b   Barrer");
	desk_close(&desk);
}

static void privacy_screen_blanks_everything_at_once(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	desk_keys(&desk, "F12");
	desk_not(&desk, "MARTIN0");
	desk_not(&desk, "Personnes");
	desk_keys(&desk, "\"faux\" Enter");
	desk_see(&desk, "mot de passe refusé");
	desk_not(&desk, "MARTIN0");
	desk_keys(&desk, "\"bon\" Enter");
	desk_see(&desk, "MARTIN0");
	assert_int_equal(desk.unlocked, 2);
	desk_close(&desk);
}

static void locked_desk_can_be_left_and_keeps_its_drafts(void **state)
{
	char folder[] = "/tmp/guichet-test-XXXXXX", path[120];
	struct desk desk = { .first = "order" };
	struct rows drafts = { 0 };
	const struct ui_draft *draft;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(desk.folder, sizeof(desk.folder), "%s", folder);
	desk_open(&desk, 0);
	desk_keys(&desk, "\"Zoé\" F12 ^Q");
	assert_true(ui_has_quit(desk.ui));
	ui_drafts(desk.ui, &drafts);
	assert_int_equal(drafts.count, 1);
	draft = rows_at(&drafts, 0);
	snprintf(path, sizeof(path), "%s/%s", folder, draft->id);
	unlink(path);
	rmdir(folder);
	rows_fini(&drafts);
	desk_close(&desk);
}

/* Once a want of memory, and what is typed is on the disk at that moment. */
static void short_of_memory_the_desk_says_so_and_saves(void **state)
{
	char folder[] = "/tmp/guichet-test-XXXXXX", path[120];
	struct desk desk = { .first = "order" };
	struct rows drafts = { 0 };

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(desk.folder, sizeof(desk.folder), "%s", folder);
	mem_reserve("plus de mémoire\n");
	desk_open(&desk, 0);
	desk_keys(&desk, "\"Zoé\"");
	ui_drafts(desk.ui, &drafts);
	assert_int_equal(drafts.count, 0);
	mem_give();
	ui_turn(desk.ui);
	desk_see(&desk, "Mémoire presque pleine");
	desk_keys(&desk, "\"f\"");
	desk_not(&desk, "Mémoire presque pleine");
	ui_drafts(desk.ui, &drafts);
	assert_int_equal(drafts.count, 1);
	snprintf(path, sizeof(path), "%s/%s", folder,
		 ((struct ui_draft *)rows_at(&drafts, 0))->id);
	mem_give();
	ui_turn(desk.ui);
	desk_see(&desk, "Mémoire presque pleine");
	unlink(path);
	rows_fini(&drafts);
	desk_close(&desk);
	unlink(path);
	rmdir(folder);
}

static void small_terminal_says_so_in_one_sentence(void **state)
{
	struct desk desk = { .rows = 6, .columns = 30 };

	(void)state;
	desk_open(&desk, 3);
	desk_see(&desk, "Terminal trop petit");
	desk_not(&desk, "MARTIN0");
	desk_close(&desk);
}

static void keys_wait_for_the_screen_that_comes(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	ui_run(desk.list, "expect");
	desk_keys(&desk, "\"Ad\"");
	desk_not(&desk, "n'a pas d'effet");
	ui_push_name(desk.list, "order", "");
	ui_turn(desk.ui);
	desk_see(&desk, "Ad");
	desk_close(&desk);
}

static void escape_gives_up_what_is_expected(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	ui_run(desk.list, "expect");
	desk_keys(&desk, "Enter Esc");
	assert_int_equal(desk.given_up, 1);
	assert_int_equal(desk.chosen, 0);
	desk_keys(&desk, "Enter");
	assert_int_equal(desk.chosen, 1);
	desk_close(&desk);
}

static void help_lists_the_live_keys(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	desk_keys(&desk, "F1");
	desk_see(&desk, "Choisir une personne.");
	desk_cursor_on(&desk, "Entrée");
	desk_keys(&desk, "/ \"quitter\"");
	desk_see(&desk, "Ctrl-Q");
	desk_close(&desk);
}

static void text_asked_for_comes_back(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	ui_run(desk.list, "ask-line");
	ui_turn(desk.ui);
	desk_keys(&desk, "\"parce que\" Enter");
	assert_string_equal(desk.told, "parce que");
	ui_run(desk.list, "ask-line");
	ui_turn(desk.ui);
	desk_keys(&desk, "Esc");
	assert_string_equal(desk.told, "(rien)");
	desk_close(&desk);
}

static void keymap_is_checked_against_the_screens(void **state)
{
	static const char text[] = "[global]\nF99 help\nF2 nimporte\nF3 back\n"
				   "[people : list]\nc choose\nv validate\n"
				   "[rien]\nF1 help\n";
	char path[] = "/tmp/guichet-keys-XXXXXX", *out = NULL, *at;
	int fd = mkstemp(path);
	size_t size;
	struct desk desk = { 0 };
	FILE *file = open_memstream(&out, &size);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, sizeof(text) - 1), sizeof(text) - 1);
	close(fd);
	assert_int_equal(desk_check_keys(&desk, path, file), 4);
	fclose(file);
	unlink(path);
	at = strstr(out, ":2: touche inconnue : « F99 »");
	assert_non_null(at);
	assert_non_null(strstr(at, ":3: aucune action « nimporte » ici"));
	assert_non_null(strstr(at, ":7: aucune action « validate » ici"));
	assert_non_null(strstr(at, ":8: aucun écran « rien »"));
	free(out);
}

/* xorshift64* of Vigna, 2014. */
static unsigned any(uint64_t *state, unsigned below)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (unsigned)((*state * 0x2545F4914F6CDD1Du) >> 33) % below;
}

static const char *const hand[] = {
	"Enter", "Enter", "Tab", "Esc", "F3", "Up", "Down", "Left", "Right", "Space",
	"F1", "F2", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12", "^P", "^Q",
	"^L", "^U", "^N", "M-1", "\"o\"", "\"n\"", "\"a\"", "\"bon\"", "\"7\"", "\":\"",
	"Backspace", "Delete", "PgDn", "Home", "End",
};

/* SEED and TERMINAL_KEYS choose another hand, and a longer one. */
static long hand_size(void)
{
	const char *text = getenv("TERMINAL_KEYS");

	return text ? strtol(text, NULL, 10) : 4000;
}

static uint64_t hand_dice(void)
{
	const char *seed = getenv("SEED");

	return (seed ? strtoul(seed, NULL, 10) : 1) * 0x9E3779B97F4A7C15u | 1;
}

static void a_key_runs_one_action_at_most_and_a_paste_none(void **state)
{
	long count = hand_size();
	uint64_t dice = hand_dice();
	struct desk desk = { .first = "order" };

	(void)state;
	desk_open(&desk, 3);
	for (long i = 0; i < count; i++) {
		unsigned before = ui_acts(desk.ui);
		bool paste = any(&dice, 20) == 0;

		if (paste)
			ui_feed_paste(desk.ui, "15/12/2026\r\n\033[21~o\n");
		else
			ui_feed(desk.ui, hand[any(&dice, N_ROWS(hand))]);
		ui_turn(desk.ui);
		if (ui_acts(desk.ui) > before + !paste)
			fail_msg("key %ld ran %u actions", i, ui_acts(desk.ui) - before);
		if (!ui_has_quit(desk.ui))
			continue;
		desk_close(&desk);
		desk.first = any(&dice, 2) ? "order" : "people";
		desk_open(&desk, 3);
	}
	desk_close(&desk);
}

/* It knows every key and not the password. */
static void no_hand_opens_a_locked_desk(void **state)
{
	long count = hand_size();
	uint64_t dice = hand_dice();
	struct desk desk = { 0 };
	unsigned acts;

	(void)state;
	desk_open(&desk, 3);
	desk_keys(&desk, "F12");
	acts = ui_acts(desk.ui);
	for (long i = 0; i < count; i++) {
		const char *key = hand[any(&dice, N_ROWS(hand))];

		if (any(&dice, 20) == 0)
			ui_feed_paste(desk.ui, "faux\r\n\033[201~\033[24~faux\n");
		else if (strcmp(key, "\"bon\"") != 0)
			ui_feed(desk.ui, key);
		ui_turn(desk.ui);
		if (!ui_is_locked(desk.ui) || ui_acts(desk.ui) != acts)
			fail_msg("key %ld, %s, goes behind the lock", i, key);
		if (i % 100 == 0)
			desk_not(&desk, "MARTIN0");
		if (!ui_has_quit(desk.ui))
			continue;
		desk_close(&desk);
		desk_open(&desk, 3);
		desk_keys(&desk, "F12");
		acts = ui_acts(desk.ui);
	}
	desk_close(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list_opens_with_the_cursor_on_its_first_row),
		cmocka_unit_test(enter_on_a_row_opens_its_screen_and_back_returns),
		cmocka_unit_test(type_ahead_of_200_keys_is_one_paint),
		cmocka_unit_test(refreshing_a_screen_that_reads_nothing_keeps_it),
		cmocka_unit_test(row_being_replaced_is_refused),
		cmocka_unit_test(end_of_a_list_asks_for_more_once),
		cmocka_unit_test(filter_ignores_accents_and_case),
		cmocka_unit_test(question_is_answered_by_letter_enter_or_escape),
		cmocka_unit_test(cursor_of_a_question_is_on_the_preset),
		cmocka_unit_test(privacy_screen_blanks_everything_at_once),
		cmocka_unit_test(locked_desk_can_be_left_and_keeps_its_drafts),
		cmocka_unit_test(short_of_memory_the_desk_says_so_and_saves),
		cmocka_unit_test(a_key_runs_one_action_at_most_and_a_paste_none),
		cmocka_unit_test(no_hand_opens_a_locked_desk),
		cmocka_unit_test(small_terminal_says_so_in_one_sentence),
		cmocka_unit_test(keys_wait_for_the_screen_that_comes),
		cmocka_unit_test(escape_gives_up_what_is_expected),
		cmocka_unit_test(help_lists_the_live_keys),
		cmocka_unit_test(text_asked_for_comes_back),
		cmocka_unit_test(keymap_is_checked_against_the_screens),
	};

	return cmocka_run_group_tests_name("ui", tests, NULL, NULL);
}
