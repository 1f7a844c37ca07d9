/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in, and signing in again while a file is read. */
#include "screen_desk.h"
#include "unit.h"

#include "screens/app_private.h"
#include "screens/config.h"

#include <stdio.h>
#include <string.h>

#define TOKEN "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"

static const struct session session = { .token = TOKEN, .user = "a.lefevre",
	.display_name = "A. Lefèvre", .caisse = "01381",
	.caisse_name = "CPAM de l'Isère", .department = "38",
	.office_id = "0000000000005", .office_name = "Grenoble", .desk = "3",
	.expires_at = 1795000000000, .idle_s = 1800 };

static void open_login(struct t *t, const char *user)
{
	ui_push(ui_front(t->ui), &screen_login, user);
	ui_turn(t->ui);
}

static void the_password_is_never_shown(void **state)
{
	struct t *t = *state;

	open_login(t, "");
	t_keys(t, "\"a.lefevre\" Enter \"secret\"");
	t_see(t, "a.lefevre");
	t_not(t, "secret");
}

static void nothing_is_asked_before_both_are_typed(void **state)
{
	struct t *t = *state;

	open_login(t, "");
	t_keys(t, "\"a.lefevre\" F10");
	assert_false(fake_is_asked(t->api, "session.create"));
	t_at(t, "Mot de passe");
}

static void a_wrong_password_is_forgotten_and_asked_again(void **state)
{
	struct t *t = *state;
	const struct login *asked;

	open_login(t, "");
	t_keys(t, "\"a.lefevre\" Enter \"wrong\" Enter");
	t_refuse(t, "session.create", 401, "login.refused",
		 "Identifiant ou mot de passe inconnu", NULL);
	t_see(t, "Identifiant ou mot de passe inconnu");
	t_see(t, "a.lefevre");
	t_at(t, "Mot de passe");
	t_keys(t, "\"right\" Enter");
	asked = fake_body(t->api, "session.create");
	assert_non_null(asked);
	assert_string_equal(asked->password, "right");
}

static void enter_twice_signs_in_once(void **state)
{
	struct t *t = *state;

	open_login(t, "");
	t_keys(t, "\"a.lefevre\" Enter \"secret\" Enter Enter");
	assert_int_equal(fake_count(t->api, "session.create"), 1);
}

static void the_token_is_used_and_not_kept(void **state)
{
	struct t *t = *state;

	open_login(t, "");
	t_keys(t, "\"a.lefevre\" Enter \"secret\" Enter");
	t_value(t, "session.create", &session);
	assert_string_equal(fake_token(t->api), TOKEN);
	assert_string_equal(app_session(ui_front(t->ui))->token, "");
	t_see(t, "Bonjour A. Lefèvre");
	t_see(t, "Rechercher");
}

/* ---- The second factor ------------------------------------------------------- */

static void the_code_is_asked_on_the_same_screen(void **state)
{
	struct t *t = *state;
	const struct login *asked;

	open_login(t, "");
	t_keys(t, "\"a.lefevre\" Enter \"secret\" Enter");
	t_not(t, "Code à 6 chiffres");
	t_refuse(t, "session.create", 401, "second.factor", "tapez le code", NULL);
	t_see(t, "tapez le code");
	t_at(t, "Code à 6 chiffres");
	t_keys(t, "\"123456\" Enter");
	t_refuse(t, "session.create", 401, "code.refused", "code refusé", NULL);
	t_not(t, "123456");
	t_at(t, "Code à 6 chiffres");
	t_keys(t, "\"654321\" Enter");
	asked = fake_body(t->api, "session.create");
	assert_string_equal(asked->password, "secret");
	assert_string_equal(asked->code, "654321");
	t_value(t, "session.create", &session);
	t_see(t, "Bonjour A. Lefèvre");
}

static void a_locked_account_is_asked_no_code_any_more(void **state)
{
	struct t *t = *state;

	open_login(t, "");
	t_keys(t, "\"a.lefevre\" Enter \"secret\" Enter");
	t_refuse(t, "session.create", 401, "second.factor", "tapez le code", NULL);
	t_keys(t, "\"123456\" Enter");
	t_refuse(t, "session.create", 429, "login.locked", "trop d'essais", NULL);
	t_not(t, "Code à 6 chiffres");
	t_at(t, "Mot de passe");
}

/* ---- With another account ---------------------------------------------------- */

static const struct federation federation = { .handle = TOKEN,
	.provider = "Annuaire", .user_code = "WDJB-MJHT", .interval_s = 5,
	.verification_uri = "https://id.example/code",
	.expires_at = 1795255800000 };

static void pass(struct t *t, int s)
{
	ui_pass_time(t->ui, s * 1000);
	ui_turn(t->ui);
}

static void federate(struct t *t)
{
	snprintf(((struct config *)t->app->config)->federation, 64, "Annuaire");
	open_login(t, "");
	t_see(t, "Autre compte");
	t_keys(t, "F4");
	t_value(t, "federation.start", &federation);
	t_see(t, "https://id.example/code");
	t_see(t, "W  D  J  B  -  M  J  H  T");
	t_not(t, TOKEN);
}

static void poll_refused(struct t *t, int status, const char *word)
{
	t_refuse(t, "federation.poll", status, word, "le code est refusé", NULL);
}

static void a_desk_without_provider_offers_none(void **state)
{
	struct t *t = *state;

	((struct config *)t->app->config)->federation[0] = '\0';
	open_login(t, "");
	t_not(t, "Autre compte");
	t_keys(t, "F4");
	assert_false(fake_is_asked(t->api, "federation.start"));
}

static void the_code_is_shown_until_it_was_typed(void **state)
{
	struct t *t = *state;

	federate(t);
	pass(t, 4);
	assert_false(fake_is_asked(t->api, "federation.poll"));
	pass(t, 1);
	assert_string_equal(((const struct federation_poll *)fake_body(t->api,
		"federation.poll"))->handle, TOKEN);
	poll_refused(t, 409, "grant.pending");
	t_see(t, "W  D  J  B");
	pass(t, 5);
	t_value(t, "federation.poll", &session);
	assert_string_equal(fake_token(t->api), TOKEN);
	t_see(t, "Bonjour A. Lefèvre");
	t_see(t, "Rechercher");
}

static void who_is_slowed_down_asks_less_often(void **state)
{
	struct t *t = *state;

	federate(t);
	pass(t, 5);
	poll_refused(t, 429, "grant.early");
	pass(t, 9);
	assert_false(fake_is_asked(t->api, "federation.poll"));
	pass(t, 1);
	assert_true(fake_is_asked(t->api, "federation.poll"));
}

static const struct { int status; const char *word; } ends[] = {
	{ 403, "grant.denied" }, { 422, "grant.expired" },
	{ 403, "account.unknown" }, { 403, "identity.refused" },
};

static void a_refusal_ends_it_and_another_code_may_be_asked(void **state)
{
	struct t *t = *state;

	for (size_t i = 0; i < N_ROWS(ends); i++) {
		federate(t);
		pass(t, 5);
		poll_refused(t, ends[i].status, ends[i].word);
		t_see(t, "le code est refusé");
		t_not(t, "W  D  J  B");
		pass(t, 600);
		assert_false(fake_is_asked(t->api, "federation.poll"));
		t_keys(t, "F5");
		t_value(t, "federation.start", &federation);
		t_see(t, "W  D  J  B");
		t_keys(t, "Esc");
		t_at(t, "Identifiant");
	}
}

/* Over the files of one agent another does not sign in this way either. */
static void another_agent_does_not_sign_in_over_open_files(void **state)
{
	struct session other = session;
	struct t *t = *state;

	snprintf(other.user, sizeof(other.user), "c.moreau");
	snprintf(((struct config *)t->app->config)->federation, 64, "Annuaire");
	t_file(t, &screen_family, T_INSURED);
	fake_sign_out(t->api);
	ui_turn(t->ui);
	t_keys(t, "F4");
	t_value(t, "federation.start", &federation);
	pass(t, 5);
	t_value(t, "federation.poll", &other);
	assert_string_not_equal(fake_token(t->api), TOKEN);
	t_see(t, "ce poste est à a.lefevre");
	t_keys(t, "F5");
	t_value(t, "federation.start", &federation);
	pass(t, 5);
	t_value(t, "federation.poll", &session);
	assert_string_equal(fake_token(t->api), TOKEN);
	t_not(t, "Autre compte");
}

static void esc_gives_up_and_nothing_is_asked_any_more(void **state)
{
	struct t *t = *state;

	federate(t);
	t_keys(t, "Esc");
	t_at(t, "Identifiant");
	pass(t, 60);
	assert_false(fake_is_asked(t->api, "federation.poll"));
}

/* ---- A session that ends while a file is read -------------------------------- */

static void an_ended_session_asks_for_the_password_only(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_family, T_INSURED);
	fake_sign_out(t->api);
	ui_turn(t->ui);
	t_see(t, "Votre session a pris fin");
	t_see(t, "a.lefevre");
	t_at(t, "Mot de passe");
}

static void what_was_read_comes_after_signing_in_again(void **state)
{
	struct t *t = *state;
	const struct beneficiary person = { .id = T_INSURED, .name = "DUPONT",
		.first_names = "Éléonore", .birth_year = 1985, .rank = 1 };

	t_file(t, &screen_family, T_INSURED);
	fake_sign_out(t->api);
	ui_turn(t->ui);
	t_keys(t, "\"secret\" Enter");
	t_value(t, "session.create", &session);
	assert_string_equal(fake_token(t->api), TOKEN);
	t_items(t, "beneficiary.list", &person, 1);
	t_see(t, "DUPONT Éléonore");
	t_not(t, "Mot de passe");
}

static void one_dialog_for_many_calls_refused(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_family, T_INSURED);
	fake_sign_out(t->api);
	ui_turn(t->ui);
	fake_sign_out(t->api);
	ui_turn(t->ui);
	t_keys(t, "\"secret\" Enter");
	t_value(t, "session.create", &session);
	t_not(t, "Mot de passe");
}

static void leaving_the_dialog_gives_the_reads_up(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_family, T_INSURED);
	fake_sign_out(t->api);
	ui_turn(t->ui);
	t_keys(t, "F3");
	assert_int_equal(fake_given_up(t->api), 1);
	t_not(t, "Mot de passe");
}

static void a_form_stays_filled_while_the_agent_signs_in_again(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_contact_close, NULL);
	t_keys(t, "Tab Tab Tab \"rappel jeudi\" F10");
	t_refuse(t, "contact.close", 401, "session.unknown",
		 "Votre session a pris fin", NULL);
	fake_sign_out(t->api);
	ui_turn(t->ui);
	t_keys(t, "\"secret\" Enter");
	t_value(t, "session.create", &session);
	t_see(t, "rappel jeudi");
}

static void another_account_does_not_either(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_family, T_INSURED);
	fake_sign_out(t->api);
	ui_turn(t->ui);
	t_keys(t, "S-Tab ^U \"c.moreau\" Tab \"secret\" Enter");
	t_see(t, "ce poste est à a.lefevre");
	assert_false(fake_is_asked(t->api, "session.create"));
}

/* ---- The privacy screen ------------------------------------------------------ */

static void leaving_the_privacy_screen_changes_the_token(void **state)
{
	struct t *t = *state;
	const struct password_check *asked;

	t_file(t, &screen_family, T_INSURED);
	ui_lock(t->ui);
	t_keys(t, "\"secret\" Enter");
	asked = fake_body(t->api, "session.unlock");
	assert_non_null(asked);
	assert_string_equal(asked->password, "secret");
	t_not(t, "MARTIN");
	t_value(t, "session.unlock", &session);
	assert_string_equal(fake_token(t->api), TOKEN);
	t_see(t, "MARTIN");
}

static void a_wrong_password_leaves_the_screen_private(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_family, T_INSURED);
	ui_lock(t->ui);
	t_keys(t, "\"wrong\" Enter");
	t_refuse(t, "session.unlock", 422, "password.refused",
		 "mot de passe refusé", NULL);
	t_see(t, "mot de passe refusé");
	t_not(t, "MARTIN");
}

/* No key shows the file before the password was right, and there is no dialog
 * beneath to leave. */
static void an_ended_session_leaves_the_screen_private(void **state)
{
	struct t *t = *state;
	const struct login *asked;

	t_file(t, &screen_family, T_INSURED);
	ui_lock(t->ui);
	fake_sign_out(t->api);
	ui_turn(t->ui);
	t_keys(t, "\"secret\" Enter");
	asked = fake_body(t->api, "session.create");
	assert_non_null(asked);
	assert_string_equal(asked->user, "a.lefevre");
	assert_string_equal(asked->password, "secret");
	assert_string_equal(asked->desk, "3");
	t_refuse(t, "session.create", 401, "login.refused",
		 "identifiant ou mot de passe refusé", NULL);
	t_see(t, "Écran discret");
	t_keys(t, "Esc F3 Enter");
	t_refuse(t, "session.create", 401, "login.refused", "refusé", NULL);
	t_not(t, "MARTIN");
	t_keys(t, "\"secret\" Enter");
	t_value(t, "session.create", &session);
	assert_string_equal(fake_token(t->api), TOKEN);
	t_see(t, "MARTIN");
	t_not(t, "Votre session a pris fin");
}

static void the_privacy_screen_takes_the_code_after_the_password(void **state)
{
	struct t *t = *state;
	const struct login *asked;

	t_file(t, &screen_family, T_INSURED);
	ui_lock(t->ui);
	fake_sign_out(t->api);
	ui_turn(t->ui);
	t_keys(t, "\"secret\" Enter");
	t_refuse(t, "session.create", 401, "second.factor", "tapez le code", NULL);
	t_see(t, "tapez le code");
	t_keys(t, "\"123456\" Enter");
	asked = fake_body(t->api, "session.create");
	assert_string_equal(asked->password, "secret");
	assert_string_equal(asked->code, "123456");
	t_not(t, "MARTIN");
	t_value(t, "session.create", &session);
	t_see(t, "MARTIN");
}

/* The end may also be told by the unlocking itself. */
static void a_session_that_ended_meanwhile_is_opened_by_the_same_password(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_family, T_INSURED);
	ui_lock(t->ui);
	t_keys(t, "\"secret\" Enter");
	t_refuse(t, "session.unlock", 401, "token.invalid", "terminée", NULL);
	assert_string_equal(((const struct login *)fake_body(t->api,
		"session.create"))->password, "secret");
	t_not(t, "MARTIN");
	t_value(t, "session.create", &session);
	t_see(t, "MARTIN");
}

/* ---- A session that nobody uses ----------------------------------------------- */

/* Nothing to say of the desk. */
static void settle(struct t *t)
{
	while (fake_is_asked(t->api, "appointment.list"))
		t_items(t, "appointment.list", NULL, 0);
	while (fake_is_asked(t->api, "request.follow"))
		t_items(t, "request.follow", NULL, 0);
}

static void sign_in_for(struct t *t, int64_t idle_s)
{
	struct session short_one = session;

	short_one.idle_s = idle_s;
	open_login(t, "");
	t_keys(t, "\"a.lefevre\" Enter \"secret\" Enter");
	t_value(t, "session.create", &short_one);
	settle(t);
}

static void the_end_is_announced_two_minutes_before(void **state)
{
	struct t *t = *state;

	sign_in_for(t, 900);
	pass(t, 770);
	t_not(t, "se termine bientôt");
	pass(t, 11);
	t_see(t, "se termine bientôt");
	assert_false(fake_is_asked(t->api, "session.get"));
}

static void a_key_prolongs_the_session(void **state)
{
	struct t *t = *state;

	sign_in_for(t, 900);
	pass(t, 781);
	pass(t, 3);
	assert_false(fake_is_asked(t->api, "session.get"));
	t_keys(t, "\"x\"");
	pass(t, 3);                     /* longer than between two looks */
	assert_true(fake_is_asked(t->api, "session.get"));
	t_see(t, "Session prolongée");
}

static void who_types_is_not_told_of_an_end(void **state)
{
	struct t *t = *state;

	sign_in_for(t, 900);
	pass(t, 700);
	t_keys(t, "\"x\"");
	pass(t, 81);
	assert_true(fake_is_asked(t->api, "session.get"));
	t_not(t, "se termine bientôt");
}

static void every_call_starts_the_wait_again(void **state)
{
	struct t *t = *state;

	sign_in_for(t, 900);
	pass(t, 700);
	t_keys(t, "F5");
	settle(t);
	pass(t, 700);
	t_not(t, "se termine bientôt");
	pass(t, 81);
	t_see(t, "se termine bientôt");
}

#define T(test) cmocka_unit_test_setup_teardown(test, t_setup, t_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_password_is_never_shown),
		T(nothing_is_asked_before_both_are_typed),
		T(a_wrong_password_is_forgotten_and_asked_again),
		T(enter_twice_signs_in_once),
		T(the_token_is_used_and_not_kept),
		T(the_code_is_asked_on_the_same_screen),
		T(a_locked_account_is_asked_no_code_any_more),
		T(a_desk_without_provider_offers_none),
		T(the_code_is_shown_until_it_was_typed),
		T(who_is_slowed_down_asks_less_often),
		T(a_refusal_ends_it_and_another_code_may_be_asked),
		T(another_account_does_not_either),
		T(esc_gives_up_and_nothing_is_asked_any_more),
		T(an_ended_session_asks_for_the_password_only),
		T(what_was_read_comes_after_signing_in_again),
		T(one_dialog_for_many_calls_refused),
		T(leaving_the_dialog_gives_the_reads_up),
		T(a_form_stays_filled_while_the_agent_signs_in_again),
		T(another_agent_does_not_sign_in_over_open_files),
		T(leaving_the_privacy_screen_changes_the_token),
		T(a_wrong_password_leaves_the_screen_private),
		T(an_ended_session_leaves_the_screen_private),
		T(the_privacy_screen_takes_the_code_after_the_password),
		T(a_session_that_ended_meanwhile_is_opened_by_the_same_password),
		T(the_end_is_announced_two_minutes_before),
		T(a_key_prolongs_the_session),
		T(who_types_is_not_told_of_an_end),
		T(every_call_starts_the_wait_again),
	};

	return cmocka_run_group_tests_name("login", tests, NULL, NULL);
}
