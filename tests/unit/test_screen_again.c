/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What left before a crash, sent again under its key: whatever the answer, the
 * agent knows how it stands, and nothing is lost while nobody knows. */
#include "screen_desk.h"
#include "unit.h"

#include "screens/app_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SENT "vitale.create\nkey-of-the-order\n"

static const struct beneficiary family[] = {
	{ .id = T_INSURED, .name = "MARTIN", .first_names = "Éléonore",
	  .sex = SEX_F, .kinship = KIN_INSURED, .birth = { 1985, 3, 14 },
	  .birth_year = 1985, .rank = 1 },
};

static const struct contact contact = { .id = T_CONTACT,
	.insured_id = T_INSURED, .agent = "a.lefevre", .tier = TIER_STRONG,
	.opened_at = 1795254420000 };
static const struct insured insured = { .id = T_INSURED, .name = "MARTIN",
	.first_names = "Éléonore", .nir_masked = "2 85 03 45 *** ***",
	.caisse = "01381", .caisse_name = "CPAM de l'Isère", .rights_open = true };

static int drafts_of(struct t *t, struct ui_draft *first)
{
	struct rows drafts = { 0 };
	int count;

	ui_drafts(t->ui, &drafts);
	count = (int)drafts.count;
	if (count)
		*first = *(const struct ui_draft *)rows_at(&drafts, 0);
	rows_fini(&drafts);
	return count;
}

/* The draft of a form whose request left and of which nobody knows more. */
static struct ui_draft leave_sent(struct t *t, const char *request)
{
	struct ui_draft draft = { 0 };

	ui_push(ui_front(t->ui), &screen_vitale, T_INSURED);
	ui_turn(t->ui);
	t_items(t, "beneficiary.list", family, 1);
	ui_sent(ui_front(t->ui), request);
	ui_set_unchanged(ui_front(t->ui));
	t_keys(t, "F3");
	t_see(t, "Accueil du poste");
	assert_int_equal(drafts_of(t, &draft), 1);
	assert_true(draft.sent);
	return draft;
}

static void send_again(struct t *t, const struct ui_draft *draft)
{
	app_send_again(ui_front(t->ui), draft);
	ui_turn(t->ui);
}

static void what_had_not_arrived_is_done_now(void **state)
{
	static const struct vitale_receipt made = { .request_id = "00000000000A1",
		.number = "VIT-26-001172", .beneficiary_id = T_INSURED };
	struct t *t = *state;
	struct ui_draft draft = leave_sent(t, SENT);

	send_again(t, &draft);
	t_see(t, "vérification");
	assert_string_equal(fake_key(t->api, "vitale.create"), "key-of-the-order");
	t_value(t, "vitale.create", &made);
	t_see(t, "C'est maintenant enregistré. VIT-26-001172");
	assert_int_equal(drafts_of(t, &draft), 0);
}

/* The form comes back with what was typed, and why. */
static void what_is_refused_is_in_its_form_again(void **state)
{
	struct t *t = *state;
	struct ui_draft draft = leave_sent(t, SENT);

	send_again(t, &draft);
	t_refuse(t, "vitale.create", 409, "vitale.open",
		 "Une demande est en cours : VIT-26-000001", NULL);
	t_see(t, "VIT-26-000001");
	t_value(t, "contact.create", &contact);
	t_value(t, "insured.get", &insured);
	t_items(t, "beneficiary.list", family, 1);
	t_see(t, "Commander une carte Vitale");
	/* It is this form's again, under the name of its own. */
	while (drafts_of(t, &draft))
		ui_draft_drop(ui_front(t->ui), draft.id);
}

static void what_is_refused_is_in_its_form_where_the_file_is_open(void **state)
{
	struct t *t = *state;
	struct ui_draft draft = leave_sent(t, SENT);

	app_open_file(ui_front(t->ui), T_INSURED, &screen_payments,
		      FILE_ASK_NOTHING, NULL);
	t_value(t, "contact.create", &contact);
	t_value(t, "insured.get", &insured);
	t_see(t, "MARTIN Éléonore");
	t_keys(t, "F2");
	t_see(t, "Accueil du poste");
	send_again(t, &draft);
	t_refuse(t, "vitale.create", 409, "vitale.open", "Une demande est en cours",
		 NULL);
	t_items(t, "beneficiary.list", family, 1);
	t_see(t, "Commander une carte Vitale");
	assert_false(fake_is_asked(t->api, "contact.create"));
	while (drafts_of(t, &draft))
		ui_draft_drop(ui_front(t->ui), draft.id);
}

static void what_nobody_knows_yet_is_kept(void **state)
{
	static const struct { int status; enum err_code code; const char *said; } rows[] = {
		{ 0, ERR_TIMEOUT, "Pas de réponse" },
		{ 0, ERR_NETWORK, "Serveur injoignable" },
	};
	struct t *t = *state;
	struct ui_draft draft = leave_sent(t, SENT);

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		send_again(t, &draft);
		assert_true(fake_refuse(t->api, "vitale.create", rows[i].status,
					rows[i].code, "", rows[i].said, NULL));
		ui_turn(t->ui);
		t_see(t, rows[i].said);
		assert_int_equal(drafts_of(t, &draft), 1);
	}
	ui_draft_drop(ui_front(t->ui), draft.id);
}

/* Of an older program, say. */
static void what_is_no_request_is_not_sent(void **state)
{
	struct t *t = *state;
	struct ui_draft draft = leave_sent(t, "vitale.carve\nkey\n");

	send_again(t, &draft);
	assert_false(fake_is_asked(t->api, "vitale.create"));
	assert_int_equal(drafts_of(t, &draft), 0);
}

static void a_form_that_keeps_nothing_comes_back_empty_handed(void **state)
{
	static const char *const names[] = { "home", "no-such-screen" };
	struct t *t = *state;

	for (size_t i = 0; i < N_ROWS(names); i++) {
		struct ui_draft draft = leave_sent(t, SENT);

		snprintf(draft.screen, sizeof(draft.screen), "%s", names[i]);
		send_again(t, &draft);
		t_refuse(t, "vitale.create", 409, "vitale.open", "En cours", NULL);
		t_see(t, "En cours");
		assert_int_equal(drafts_of(t, &draft), 0);
	}
}

/* The agent goes off before the answer: it is asked again next time. */
static void an_answer_to_nobody_settles_nothing(void **state)
{
	struct t *t = *state;
	struct ui_draft draft = leave_sent(t, SENT);

	send_again(t, &draft);
	fake_sign_out(t->api);
	ui_turn(t->ui);
	assert_int_equal(drafts_of(t, &draft), 1);
	ui_draft_drop(ui_front(t->ui), draft.id);
}

#define T(test) cmocka_unit_test_setup_teardown(test, t_setup_drafts, t_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(what_had_not_arrived_is_done_now),
		T(what_is_refused_is_in_its_form_again),
		T(what_is_refused_is_in_its_form_where_the_file_is_open),
		T(what_nobody_knows_yet_is_kept),
		T(what_is_no_request_is_not_sent),
		T(a_form_that_keeps_nothing_comes_back_empty_handed),
		T(an_answer_to_nobody_settles_nothing),
	};

	return cmocka_run_group_tests_name("again", tests, NULL, NULL);
}
