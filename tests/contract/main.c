/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contract.h"

#include "../oidc/provider.h"

static struct fake_provider *provider;
static struct desk desk;                /* one daemon for all the checks */

static int setup(void **state)
{
	static const enum fake_turn give = FAKE_GIVE;
	static const struct fake_token token = { .login = "c.moreau" };

	provider = fake_provider_start();
	fake_provider_script(provider, &give, 1, &token);
	desk_open_with(&desk, fake_provider_issuer(provider));
	*state = &desk;
	return 0;
}

static int teardown(void **state)
{
	desk_close(*state);
	fake_provider_stop(provider);
	return 0;
}

/* With an argument, only the checks whose name it matches. */
int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_operation_succeeds),
		cmocka_unit_test(a_key_is_done_once_and_answered_the_same),
		cmocka_unit_test(pages_follow_each_other_without_loss),
		cmocka_unit_test(a_version_already_known_is_not_sent_again),
		cmocka_unit_test(a_head_is_a_get_without_body),
		cmocka_unit_test(without_token_nothing_is_told),
		cmocka_unit_test(a_wrong_token_is_told_apart),
		cmocka_unit_test(a_contact_is_asked_for),
		cmocka_unit_test(an_unknown_member_is_refused_where_it_is),
		cmocka_unit_test(a_body_that_is_no_json_is_refused),
		cmocka_unit_test(an_unknown_parameter_is_refused),
		cmocka_unit_test(a_key_is_asked_for_in_quotes),
		cmocka_unit_test(a_version_is_asked_for_and_compared),
		cmocka_unit_test(what_does_not_exist_is_not_found),
		cmocka_unit_test(another_method_is_told_which_are_allowed),
		cmocka_unit_test(another_type_is_refused),
		cmocka_unit_test(an_answer_in_another_form_is_refused),
		cmocka_unit_test(a_body_too_large_is_refused),
		cmocka_unit_test(a_bad_cursor_or_limit_is_refused),
		cmocka_unit_test(a_role_that_may_not_is_refused),
		cmocka_unit_test(health_is_told_to_anybody),
		cmocka_unit_test(what_no_proof_shows_is_masked),
		cmocka_unit_test(the_file_of_another_caisse_does_not_exist),
		cmocka_unit_test(a_slot_is_given_once_and_the_nearest_are_told),
		cmocka_unit_test(a_wrong_password_and_an_unknown_user_are_alike),
		cmocka_unit_test(a_sensitive_file_opens_until_a_supervisor_says_no),
		cmocka_unit_test(ones_own_file_stays_closed),
		cmocka_unit_test(both_caisses_know_what_was_read_by_break_glass),
		cmocka_unit_test(an_attempt_without_the_right_is_in_the_trace),
		cmocka_unit_test(every_cell_of_the_authorisation_table_holds),
		cmocka_unit_test(a_server_is_known_by_its_authority_alone),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("contract", tests, setup, teardown);
}
