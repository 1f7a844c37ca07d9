/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that do not open like the others, and values shown for some seconds. */
#include "screen_desk.h"
#include "unit.h"

#include "screens/app_private.h"

#include <string.h>

#define T_UNTIL INT64_C(1795255920000)  /* 11:12, half an hour from now */
#define NIR_AWAY "2570573065014"

static const struct access away = { .review_id = "0000000000050",
	.insured_id = "0000000000002", .agent = "a.lefevre", .caisse = "01731",
	.caisse_name = "CPAM de la Savoie", .until = T_UNTIL };

static const struct contact read_only = { .id = "0000000000010",
	.insured_id = "0000000000002", .agent = "a.lefevre",
	.opened_at = 1795254120000, .until = T_UNTIL,
	.perimeter = PERIMETER_BREAK_GLASS, .files_today = 4,
	.volume = VOLUME_USUAL };

static void ask(struct t *t, const struct ui_screen *screen, const char *arg)
{
	ui_push(ui_front(t->ui), screen, arg);
	ui_turn(t->ui);
}

/* The password was right: the session has another token from now on. */
static void unlock(struct t *t)
{
	const struct session session = { .role = ROLE_COUNTER,
		.user = "a.lefevre", .display_name = "A. Lefèvre",
		.caisse = "01381", .caisse_name = "CPAM de l'Isère",
		.department = "38", .office_id = "0000000000005",
		.office_name = "Grenoble", .desk = "3", .token = "renewed-after-unlock",
		.channel = CHANNEL_COUNTER, .expires_at = T_UNTIL,
		.idle_s = 900 };

	t_value(t, "session.unlock", &session);
	assert_string_equal(fake_token(t->api), "renewed-after-unlock");
}

/* ---- Another caisse -------------------------------------------------------------- */

static void fill_break_glass(struct t *t)
{
	ask(t, &screen_break_glass, NIR_AWAY);
	t_keys(t, "Tab \"APPEL-77\" Tab \"secret\" F10");
}

static void the_password_goes_before_the_act_and_is_forgotten(void **state)
{
	struct t *t = *state;
	const struct password_check *check;
	const struct break_glass_new *body;

	fill_break_glass(t);
	assert_false(fake_is_asked(t->api, "break_glass.create"));
	check = fake_body(t->api, "session.unlock");
	assert_non_null(check);
	assert_string_equal(check->password, "secret");
	unlock(t);
	body = fake_body(t->api, "break_glass.create");
	assert_non_null(body);
	assert_string_equal(body->nir, NIR_AWAY);
	assert_string_equal(body->reference, "APPEL-77");
	assert_int_equal(body->reason, ACCESS_PASSING);
	t_not(t, "••••••");
}

static void what_it_does_is_said_before(void **state)
{
	struct t *t = *state;

	ask(t, &screen_break_glass, NIR_AWAY);
	t_see(t, "pendant 30 minutes");
	t_see(t, "tracé");
	t_see(t, "superviseur en est averti");
}

static void a_wrong_password_asks_for_it_again(void **state)
{
	struct t *t = *state;

	fill_break_glass(t);
	t_refuse(t, "session.unlock", 422, "password.refused", "Mot de passe refusé",
		 NULL);
	assert_false(fake_is_asked(t->api, "break_glass.create"));
	t_see(t, "Mot de passe refusé");
	t_at(t, "Votre mot de passe");
	t_see(t, "APPEL-77");
}

static void a_reference_is_a_number(void **state)
{
	struct t *t = *state;

	ask(t, &screen_break_glass, NIR_AWAY);
	t_keys(t, "Tab \"en urgence\" Tab \"secret\" F10");
	assert_false(fake_is_asked(t->api, "session.unlock"));
	t_see(t, "un numéro, sans espace");
}

static void the_file_opens_then_and_says_until_when(void **state)
{
	struct t *t = *state;

	fill_break_glass(t);
	unlock(t);
	t_value(t, "break_glass.create", &away);
	t_value(t, "contact.create", &read_only);
	t_keys(t, "F5");
	assert_string_equal(fake_contact(t->api, "payment.list"), "0000000000010");
	assert_non_null(app_file(ui_front(t->ui)));
	t_keys(t, "F6");
	t_see(t, "il se lit seulement");
}

static void the_file_closes_by_itself(void **state)
{
	struct t *t = *state;

	fill_break_glass(t);
	unlock(t);
	t_value(t, "break_glass.create", &away);
	t_value(t, "contact.create", &read_only);
	assert_non_null(app_file(ui_front(t->ui)));
	ui_pass_time(t->ui, 29 * 60 * 1000);
	ui_turn(t->ui);
	assert_non_null(app_file(ui_front(t->ui)));
	ui_pass_time(t->ui, 2 * 60 * 1000);
	ui_turn(t->ui);
	assert_null(app_file(ui_front(t->ui)));
	t_see(t, "ce dossier s'est refermé");
}

static void an_access_ended_closes_the_file(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_family, NULL);
	t_refuse(t, "beneficiary.list", 403, "access.ended", "écoulé", NULL);
	assert_null(app_file(ui_front(t->ui)));
	t_see(t, "ce dossier s'est refermé");
}

static void somebody_of_this_caisse_is_searched(void **state)
{
	struct t *t = *state;

	fill_break_glass(t);
	unlock(t);
	t_refuse(t, "break_glass.create", 409, "file.yours", "De votre caisse", NULL);
	t_see(t, "recherchez-la");
}

/* ---- Refusals -------------------------------------------------------------------- */

static const struct { const char *word, *said; } refusals[] = {
	{ "file.own", "un collègue s'en charge" },
	{ "file.sensitive", "appelez un superviseur" },
	{ "volume.stopped", "voyez un superviseur" },
};

static void each_refusal_is_said_kindly(void **state)
{
	struct t *t = *state;

	for (size_t i = 0; i < N_ROWS(refusals); i++) {
		app_open_file(ui_front(t->ui), T_INSURED, &screen_payments,
			      FILE_ASK_NOTHING, NULL);
		t_refuse(t, "contact.create", 403, refusals[i].word, "non", NULL);
		t_see(t, refusals[i].said);
		assert_null(app_file(ui_front(t->ui)));
	}
}

static void a_supervisor_is_offered_to_open_a_sensitive_file(void **state)
{
	struct t *t = *state;
	const struct grant_new *body;

	t->app->session.role = ROLE_SUPERVISOR;
	app_open_file(ui_front(t->ui), T_INSURED, &screen_payments,
		      FILE_ASK_NOTHING, NULL);
	t_refuse(t, "contact.create", 403, "file.sensitive", "non", NULL);
	t_see(t, "Ouvrir un dossier sensible");
	t_keys(t, "\"a.lefevre\" Tab Tab \"TACHE-9\" Tab \"secret\" F10");
	unlock(t);
	body = fake_body(t->api, "grant.create");
	assert_non_null(body);
	assert_string_equal(body->insured_id, T_INSURED);
	assert_string_equal(body->agent, "a.lefevre");
}

static void a_letter_is_asked_for_its_number_and_opens_then(void **state)
{
	struct t *t = *state;
	const struct contact_new *body;

	app_open_file(ui_front(t->ui), T_INSURED, &screen_payments,
		      FILE_ASK_NOTHING, NULL);
	body = fake_body(t->api, "contact.create");
	assert_string_equal(body->reference, "");
	t_refuse(t, "contact.create", 422, "reference.needed", "Référence", NULL);
	t_see(t, "Numéro du courrier");
	t_keys(t, "\"COURRIER-114\" Enter");
	body = fake_body(t->api, "contact.create");
	assert_non_null(body);
	assert_string_equal(body->reference, "COURRIER-114");
}

static void many_files_are_said_to_the_agent(void **state)
{
	struct t *t = *state;
	struct contact many = read_only;

	many.perimeter = PERIMETER_OWN;
	many.until = 0;
	many.files_today = 124;
	many.volume = VOLUME_ALERT;
	app_open_file(ui_front(t->ui), "0000000000002", &screen_payments,
		      FILE_ASK_NOTHING, NULL);
	t_value(t, "contact.create", &many);
	t_see(t, "124 dossiers aujourd'hui");
	t_see(t, "votre superviseur est averti");
	t_keys(t, "F2");
	t_see(t, "124 dossiers · A. Lefèvre");
}

/* ---- Hidden values ---------------------------------------------------------------- */

static const struct beneficiary child = { .id = "0000000000003", .name = "MARTIN",
	.first_names = "Jean", .kinship = KIN_CHILD, .rank = 1, .birth_year = 2012,
	.nir_masked = "1 12 05 38 *** ***" };
static const struct reveal nir = { .field = REVEAL_NIR, .seconds = 10,
	.value = "1120538185163 75" };

static void show_child(struct t *t)
{
	t_file(t, &screen_family, NULL);
	t_items(t, "beneficiary.list", &child, 1);
	t_see(t, "1 12 05 38 *** ***");
	t_keys(t, "^V");
	assert_string_equal(((const struct reveal_new *)
		fake_body(t->api, "insured.reveal"))->beneficiary_id, child.id);
	t_value(t, "insured.reveal", &nir);
	t_see(t, "1 12 05 38 185 163");
}

static bool is_wiped(const struct t *t)
{
	static const char none[sizeof(t->app->reveal.value)];

	return memcmp(t->app->reveal.value, none, sizeof(none)) == 0;
}

static void a_value_shown_is_hidden_again_after_ten_seconds(void **state)
{
	struct t *t = *state;

	show_child(t);
	ui_pass_time(t->ui, 9000);
	ui_turn(t->ui);
	t_see(t, "1 12 05 38 185 163");
	ui_pass_time(t->ui, 1500);
	ui_turn(t->ui);
	t_see(t, "1 12 05 38 *** ***");
	assert_true(is_wiped(t));
}

static void a_value_shown_is_hidden_by_a_lock(void **state)
{
	struct t *t = *state;

	show_child(t);
	t_keys(t, "F12");
	assert_true(is_wiped(t));
}

static void a_value_that_comes_on_a_locked_desk_is_not_kept(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_family, NULL);
	t_items(t, "beneficiary.list", &child, 1);
	t_keys(t, "^V F12");
	t_value(t, "insured.reveal", &nir);
	assert_true(is_wiped(t));
}

static void a_value_shown_goes_with_its_screen(void **state)
{
	struct t *t = *state;

	show_child(t);
	t_keys(t, "3");
	assert_true(is_wiped(t));
}

static void a_value_shown_goes_when_another_screen_comes(void **state)
{
	struct t *t = *state;

	show_child(t);
	t_keys(t, "F2");
	assert_true(is_wiped(t));
	t_keys(t, "F7");
	t_see(t, "1 12 05 38 *** ***");
}

static void a_refusal_by_role_is_said_in_words(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_family, NULL);
	t_items(t, "beneficiary.list", &child, 1);
	t_keys(t, "^V");
	t_refuse(t, "insured.reveal", 403, "field.denied", "non", NULL);
	t_see(t, "Au téléphone, cette donnée reste masquée");
}

static void nothing_hidden_is_not_asked_for(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_insured, NULL);
	t_keys(t, "^V");
	t_not(t, "Montrer");
	assert_false(fake_is_asked(t->api, "insured.reveal"));
}

static void several_hidden_values_are_chosen_from(void **state)
{
	struct t *t = *state;
	const struct insured insured = { .id = T_INSURED, .name = "DUPONT",
		.first_names = "Éléonore", .nir_masked = "2 85 03 45 *** ***",
		.phone = "06 ** ** ** 42", .caisse = "01381",
		.caisse_name = "CPAM de l'Isère", .rights_open = true,
		.iban_masked = "FR76 **** 189", .mask_tier = TIER_SIMPLE };
	const struct reveal phone = { .field = REVEAL_PHONE, .seconds = 10,
		.value = "0639980042" };

	t_file(t, &screen_insured, NULL);
	t_keys(t, "F5");
	while (fake_is_asked(t->api, "insured.get"))
		t_value(t, "insured.get", &insured);
	t_keys(t, "^V");
	t_see(t, "Montrer 10 secondes");
	t_keys(t, "\"2\"");
	t_value(t, "insured.reveal", &phone);
	t_see(t, "06 39 98 00 42");
}

#define T(test) cmocka_unit_test_setup_teardown(test, t_setup, t_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_password_goes_before_the_act_and_is_forgotten),
		T(what_it_does_is_said_before),
		T(a_wrong_password_asks_for_it_again),
		T(a_reference_is_a_number),
		T(the_file_opens_then_and_says_until_when),
		T(the_file_closes_by_itself),
		T(an_access_ended_closes_the_file),
		T(somebody_of_this_caisse_is_searched),
		T(each_refusal_is_said_kindly),
		T(a_supervisor_is_offered_to_open_a_sensitive_file),
		T(a_letter_is_asked_for_its_number_and_opens_then),
		T(many_files_are_said_to_the_agent),
		T(a_value_shown_is_hidden_again_after_ten_seconds),
		T(a_value_shown_is_hidden_by_a_lock),
		T(a_value_that_comes_on_a_locked_desk_is_not_kept),
		T(a_value_shown_goes_with_its_screen),
		T(a_value_shown_goes_when_another_screen_comes),
		T(a_refusal_by_role_is_said_in_words),
		T(nothing_hidden_is_not_asked_for),
		T(several_hidden_values_are_chosen_from),
	};

	return cmocka_run_group_tests_name("access", tests, NULL, NULL);
}
