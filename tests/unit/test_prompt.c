/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tui_desk.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static void line_opens_a_screen_with_its_argument(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	desk_keys(&desk, ": \"people 5\"");
	desk_see(&desk, ":people 5");
	desk_keys(&desk, "Enter");
	desk_see(&desk, "5 personnes");
	desk_close(&desk);
}

static void unknown_command_is_told(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	desk_keys(&desk, "^P \"nimporte\" Enter");
	desk_see(&desk, "La commande « nimporte » n'existe pas");
	desk_close(&desk);
}

static void tab_completes_the_name(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	desk_keys(&desk, ": \"ord\" Tab");
	desk_see(&desk, ":order");
	desk_keys(&desk, "Enter");
	desk_see(&desk, "Commander");
	desk_close(&desk);
}

static void line_is_edited_with_accents(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	desk_keys(&desk, ": \"été\" Left Left Backspace");
	desk_see(&desk, ":té\n");
	desk_cursor_on(&desk, "té");
	desk_keys(&desk, "Esc");
	desk_not(&desk, ":té");
	desk_see(&desk, "F1 Aide");
	desk_close(&desk);
}

static void long_line_scrolls_sideways(void **state)
{
	struct desk desk = { .columns = 60 };

	(void)state;
	desk_open(&desk, 3);
	desk_keys(&desk, ":");
	for (int i = 0; i < 90; i++)
		desk_keys(&desk, i == 89 ? "z" : "a");
	desk_see(&desk, "aaaz\n");
	desk_keys(&desk, "Home \"d\"");
	desk_see(&desk, ":daaa");
	desk_close(&desk);
}

static void line_wider_than_its_terminal_is_painted(void **state)
{
	static const int widths[] = { 3, 20, 60, 80 };

	(void)state;
	for (size_t i = 0; i < N_ROWS(widths); i++) {
		struct desk desk = { .columns = widths[i] };

		desk_open(&desk, 3);
		desk_keys(&desk, ": \"日本語 é日本\" ^C");
		desk_keys(&desk, ": \"people 4\" Enter");
		desk_keys(&desk, ": ^R \"people 4\"");
		for (int j = 0; j < 100; j++)
			desk_keys(&desk, "x");
		desk_keys(&desk, "^C");
		for (int j = 0; j < 3000; j++)
			ui_feed(desk.ui, j ? "x" : ": ^R \"people\"");
		desk_keys(&desk, "^C");
		desk_close(&desk);
	}
}

static void history_comes_back_with_up(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	desk_keys(&desk, ": \"people 4\" Enter");
	desk_keys(&desk, ": Up");
	desk_see(&desk, ":people 4");
	desk_keys(&desk, "^C : ^R \"peo\"");
	desk_see(&desk, "Chercher « peo »");
	desk_keys(&desk, "Enter");
	desk_see(&desk, "4 personnes");
	desk_close(&desk);
}

static void line_given_up_leaves_nothing_behind(void **state)
{
	static const char *const given_up[] = {
		": \"abc\" Up Esc", ": Up \"x\" Esc", ": ^R \"peo\" Esc",
		": Up ^U ^Z Esc", ": M-3 Esc", ": ^V Esc", ": \"a\" ^W Up ^C",
	};
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	desk_keys(&desk, ": \"people 4\" Enter");
	for (size_t i = 0; i < N_ROWS(given_up); i++) {
		desk_keys(&desk, given_up[i]);
		desk_see(&desk, "4 personnes");
		desk_see(&desk, "F1 Aide");
	}
	desk_keys(&desk, ": Up");
	desk_see(&desk, ":people 4\n");
	desk_keys(&desk, "Backspace \"5\" Enter");
	desk_see(&desk, "5 personnes");
	desk_close(&desk);
}

static void privacy_key_works_from_the_line(void **state)
{
	struct desk desk = { 0 };

	(void)state;
	desk_open(&desk, 3);
	desk_keys(&desk, ": \"people\" F12");
	desk_see(&desk, "Écran discret");
	desk_not(&desk, "people");
	desk_close(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(line_opens_a_screen_with_its_argument),
		cmocka_unit_test(unknown_command_is_told),
		cmocka_unit_test(tab_completes_the_name),
		cmocka_unit_test(line_is_edited_with_accents),
		cmocka_unit_test(long_line_scrolls_sideways),
		cmocka_unit_test(line_wider_than_its_terminal_is_painted),
		cmocka_unit_test(history_comes_back_with_up),
		cmocka_unit_test(line_given_up_leaves_nothing_behind),
		cmocka_unit_test(privacy_key_works_from_the_line),
	};

	return cmocka_run_group_tests_name("prompt", tests, NULL, NULL);
}
