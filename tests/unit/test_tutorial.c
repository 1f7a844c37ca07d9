/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen of docs/screens.md, as it stands there, built and opened. */
#include "screen_desk.h"
#include "unit.h"

#include "tutorial_screen.c"

static void the_screen_of_the_page_lists_what_the_server_says(void **state)
{
	struct t *t = *state;

	ui_push(ui_front(t->ui), &screen_doctors, T_INSURED);
	ui_turn(t->ui);
	t_reply(t, "right.list",
		"{\"items\":[{\"id\":\"0000000000003\",\"kind\":\"doctor\","
		"\"beneficiary_id\":\"" T_INSURED "\",\"beneficiary_name\":\"Éléonore\","
		"\"label\":\"Médecin traitant\",\"from\":\"2020-01-01\",\"to\":null,"
		"\"active\":true,\"organism\":\"Dr PETIT\",\"number\":null,"
		"\"noemie\":false,\"rate_pct\":null,\"mask_tier\":0}],"
		"\"next_cursor\":null}");
	t_see(t, "Médecins et organismes");
	t_see(t, "> Médecin traitant");
	t_see(t, "Dr PETIT");
}

static void the_screen_of_the_page_says_why_the_server_refused(void **state)
{
	struct t *t = *state;

	ui_push(ui_front(t->ui), &screen_doctors, T_INSURED);
	ui_turn(t->ui);
	t_refuse(t, "right.list", 503, "draining", "Le serveur redémarre", NULL);
	t_see(t, "Le serveur redémarre");
	t_not(t, "Personne");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_screen_of_the_page_lists_what_the_server_says,
			t_setup, t_teardown),
		cmocka_unit_test_setup_teardown(
			the_screen_of_the_page_says_why_the_server_refused,
			t_setup, t_teardown),
	};

	return cmocka_run_group_tests_name("tutorial", tests, NULL, NULL);
}
