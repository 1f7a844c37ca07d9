/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../../tui/key.h"
#include "../../tui/keymap.h"
#include "unit.h"

#include <guichet/tui/run.h>
#include <stdio.h>
#include <string.h>

struct told {
	char text[600];
};

static void tell(void *user, const char *file, int line, const char *why)
{
	struct told *told = user;
	size_t used = strlen(told->text);

	snprintf(told->text + used, sizeof(told->text) - used, "%s:%d %s;",
		 file, line, why);
}

static void key_names_go_both_ways(void **state)
{
	static const struct { const char *name; uint32_t key; const char *label; }
	cases[] = {
		{ "F1", UI_KEY_F0 + 1, "F1" }, { "F24", UI_KEY_F0 + 24, "F24" },
		{ "^Q", 'Q' & 31, "Ctrl-Q" }, { "Enter", UI_KEY_ENTER, "Entrée" },
		{ "PgDn", UI_KEY_PAGE_DOWN, "Page suiv." },
		{ "S-Tab", UI_KEY_BACK_TAB, "Maj-Tab" },
		{ "M-b", UI_KEY_ALT_BIT | 'b', "Alt-b" }, { "é", 0xE9, "é" },
		{ ":", ':', ":" }, { "Esc", UI_KEY_ESC, "Échap" },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(cases); i++) {
		char text[KEY_NAME];

		assert_int_equal(key_from_name(cases[i].name), cases[i].key);
		key_to_name(cases[i].key, text);
		assert_string_equal(text, cases[i].name);
		key_to_label(cases[i].key, text);
		assert_string_equal(text, cases[i].label);
	}
}

static void names_that_are_no_key_are_refused(void **state)
{
	static const char *const names[] = {
		"F0", "F25", "F1x", "", "^é", "Entree", "ab", "\xff",
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(names); i++)
		assert_int_equal(key_from_name(names[i]), 0);
}

static void each_bad_line_is_told_and_the_others_load(void **state)
{
	static const struct { const char *text, *told; } cases[] = {
		{ "[global]\nF99 help\nF1 help\n",
		  "k:2 touche inconnue : « F99 »;" },
		{ "F1 help\n[global]\nF1 help\n",
		  "k:1 « F1 » est avant toute section;" },
		{ "[global\nF2 back\n[global]\nF1 help\n",
		  "k:1 section mal fermée : « [global »;"
		  "k:2 « F2 » est avant toute section;" },
		{ "[global]\nF2\nF1 help\n",
		  "k:2 il manque une action après « F2 »;" },
		{ "[global]\nF2 Aide !\nF1 help\n",
		  "k:2 nom d'action refusé : « Aide ! »;" },
		{ "[Écran]\n[global]\nF1 help # le bon\n",
		  "k:1 nom de section refusé : « Écran »;" },
		{ "[global]\nF1 help\n", "" },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(cases); i++) {
		struct told told = { "" };
		struct keymap_errors errors = { tell, &told };
		struct keymap map;

		keymap_init(&map);
		keymap_read(&map, cases[i].text, "k", &errors);
		assert_string_equal(told.text, cases[i].told);
		assert_string_equal(keymap_find(&map, "global",
						UI_KEY_F0 + 1, true), "help");
		keymap_fini(&map);
	}
}

static void section_inherits_and_none_takes_away(void **state)
{
	struct keymap map;

	(void)state;
	keymap_init(&map);
	keymap_read(&map, "[list]\nHome first\nEnd last\n"
			  "[search : list]\nEnd none\nF6 new\n", "k", NULL);
	assert_string_equal(keymap_find(&map, "search", UI_KEY_HOME, true),
			    "first");
	assert_null(keymap_find(&map, "search", UI_KEY_HOME, false));
	assert_string_equal(keymap_find(&map, "search", UI_KEY_END, true),
			    "none");
	assert_int_equal(keymap_key_of(&map, "search", "new"), UI_KEY_F0 + 6);
	keymap_fini(&map);
}

static void later_text_changes_the_earlier(void **state)
{
	struct keymap map;

	(void)state;
	keymap_init(&map);
	keymap_read(&map, "[global]\nF3 back\nF1 help\n", "a", NULL);
	keymap_read(&map, "[global]\nF3 quit\n", "b", NULL);
	assert_string_equal(keymap_find(&map, "global", UI_KEY_F0 + 3, true),
			    "quit");
	assert_string_equal(keymap_find(&map, "global", UI_KEY_F0 + 1, true),
			    "help");
	keymap_fini(&map);
}

static void loop_of_parents_ends(void **state)
{
	struct keymap map;

	(void)state;
	keymap_init(&map);
	keymap_read(&map, "[a : b]\nF1 help\n[b : a]\nF2 back\n", "k", NULL);
	assert_null(keymap_find(&map, "a", UI_KEY_F0 + 9, true));
	keymap_fini(&map);
}

static void hold_doors(const char *text)
{
	struct told told = { "" };
	struct keymap_errors errors = { tell, &told };
	struct keymap map;

	keymap_init(&map);
	keymap_read(&map, text, "k", NULL);
	keymap_keep_doors(&map, "k", &errors);
	assert_string_equal(keymap_find(&map, "list", 'Q' & 31, true), "quit");
	assert_string_equal(keymap_find(&map, "list", UI_KEY_F0 + 12, true),
			    "privacy");
	assert_non_null(strstr(told.text, "doit garder"));
	keymap_fini(&map);
}

static void leaving_and_locking_always_have_a_key(void **state)
{
	(void)state;
	hold_doors("[global]\n^Q none\nF12 none\n^X none\n[list : global]\n");
	/* a letter is text in a field */
	hold_doors("[global]\nq quit\nx privacy\n[list : global]\n");
	/* each on the key of the other, or of the one that is missing */
	hold_doors("[global]\nF12 quit\n[list : global]\n");
	hold_doors("[global]\n^Q privacy\n[list : global]\n");
	hold_doors("[list : global]\n^Q next\nF12 none\n");
}

static void default_keymap_has_no_error(void **state)
{
	struct told told = { "" };
	struct keymap_errors errors = { tell, &told };
	struct keymap map;

	(void)state;
	keymap_init(&map);
	keymap_read(&map, ui_default_keys, "default.keys", &errors);
	keymap_keep_doors(&map, "default.keys", &errors);
	assert_string_equal(told.text, "");
	keymap_fini(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(key_names_go_both_ways),
		cmocka_unit_test(names_that_are_no_key_are_refused),
		cmocka_unit_test(each_bad_line_is_told_and_the_others_load),
		cmocka_unit_test(section_inherits_and_none_takes_away),
		cmocka_unit_test(later_text_changes_the_earlier),
		cmocka_unit_test(loop_of_parents_ends),
		cmocka_unit_test(leaving_and_locking_always_have_a_key),
		cmocka_unit_test(default_keymap_has_no_error),
	};

	return cmocka_run_group_tests_name("keymap", tests, NULL, NULL);
}
