/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds for every screen: files side by side, writes that end without their
 * screen, papers, masks, and no argument that hurts. */
#include "screen_desk.h"
#include "unit.h"

#include "screens/app_private.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define T_OTHER "0000000000002"

/* ---- Files side by side ---------------------------------------------------------- */

static void open_other(struct t *t)
{
	const struct contact contact = { .id = "0000000000010",
		.insured_id = T_OTHER, .agent = "a.lefevre", .tier = TIER_STRONG,
		.opened_at = 1795254420000 };
	const struct insured insured = { .id = T_OTHER, .name = "DURAND",
		.first_names = "Paul", .nir_masked = "1 70 05 38 *** ***",
		.caisse = "01381", .caisse_name = "CPAM de l'Isère",
		.rights_open = true, .mask_tier = TIER_SIMPLE };

	app_open_file(ui_front(t->ui), T_OTHER, &screen_rights, FILE_ASK_NOTHING,
		      NULL);
	t_value(t, "contact.create", &contact);
	t_value(t, "insured.get", &insured);
}

static void two_files_do_not_mix(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_family, NULL);
	open_other(t);
	t_see(t, "DURAND Paul");
	assert_string_equal(fake_contact(t->api, "beneficiary.list"), T_CONTACT);
	assert_string_equal(fake_contact(t->api, "right.list"), "0000000000010");
	t_keys(t, "F7");
	t_keys(t, "F7");
	t_see(t, "MARTIN Éléonore");
	t_not(t, "DURAND");
}

static void a_file_open_already_is_gone_to(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_family, NULL);
	t_keys(t, "F2");
	t_see(t, "Accueil du poste");
	app_open_file(ui_front(t->ui), T_INSURED, &screen_payments,
		      FILE_ASK_NOTHING, NULL);
	ui_turn(t->ui);
	assert_false(fake_is_asked(t->api, "contact.create"));
	t_see(t, "MARTIN Éléonore");
}

static void a_file_not_proved_shows_no_birth_nor_whole_number(void **state)
{
	struct t *t = *state;

	open_other(t);
	t_see(t, "Identité à vérifier");
	t_see(t, "1 70 05 38 *** ***");
	t_not(t, "ans,");
}

static void a_reply_to_a_tab_left_is_dropped(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_family, NULL);
	t_keys(t, "3");
	assert_false(fake_is_asked(t->api, "beneficiary.list"));
	assert_true(fake_is_asked(t->api, "right.list"));
}

/* ---- Writes without their screen -------------------------------------------------- */

static void leave_while_closing(struct t *t)
{
	t_file(t, &screen_contact_close, NULL);
	t_keys(t, "F10");
	assert_true(fake_is_asked(t->api, "contact.close"));
	t_keys(t, "F3");
}

static void a_write_whose_screen_is_left_is_said_when_it_ends(void **state)
{
	struct t *t = *state;
	const struct contact contact = { .id = T_CONTACT, .agent = "a.lefevre",
		.insured_id = T_INSURED, .opened_at = 1795254420000 };

	leave_while_closing(t);
	t_value(t, "contact.close", &contact);
	t_see(t, "bien été enregistré");
}

static void a_write_whose_screen_is_left_is_said_when_it_fails(void **state)
{
	struct t *t = *state;

	leave_while_closing(t);
	t_refuse(t, "contact.close", 503, "draining", "Le serveur redémarre", NULL);
	t_see(t, "Non enregistré : Le serveur redémarre");
}

static void the_program_waits_for_its_writes(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_contact_close, NULL);
	t_keys(t, "F10 ^Q");
	assert_false(ui_has_quit(t->ui));
	t_see(t, "patientez");
}

/* ---- Papers ---------------------------------------------------------------------- */

static void open_paper(struct t *t)
{
	const struct card card = { .id = "0000000000031",
		.kind = CARD_CERTIFICATE, .state = CARD_ACTIVE,
		.beneficiary_id = T_INSURED, .beneficiary_name = "Éléonore" };

	t_file(t, &screen_cards, NULL);
	t_items(t, "card.list", &card, 1);
	t_keys(t, "F9");
	t_reply(t, "certificate.paper", "%PDF-1.7 papier");
}

static void a_paper_is_saved_for_this_agent_only(void **state)
{
	struct t *t = *state;
	char folder[] = "/tmp/guichet-paper-XXXXXX", path[80], keys[120];
	char bytes[32] = "";
	FILE *file;

	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/p.pdf", folder);
	snprintf(keys, sizeof(keys), "\"%s\" Enter", path);
	open_paper(t);
	t_keys(t, "\"1\"");
	t_keys(t, keys);
	t_see(t, "Enregistré");
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(bytes, sizeof(bytes), file));
	fclose(file);
	assert_string_equal(bytes, "%PDF-1.7 papier");
	assert_int_equal(t->app->paper.bytes.size, 0);
	unlink(path);
	rmdir(folder);
}

static void a_paper_never_writes_over_a_file(void **state)
{
	struct t *t = *state;
	char path[] = "/tmp/guichet-paper-XXXXXX", keys[80];
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	snprintf(keys, sizeof(keys), "\"%s\" Enter", path);
	open_paper(t);
	t_keys(t, "\"1\"");
	t_keys(t, keys);
	t_see(t, "existe déjà");
	assert_int_equal(t->app->paper.bytes.size, 0);
	assert_int_equal(lseek(fd, 0, SEEK_END), 0);
	close(fd);
	unlink(path);
}

static void a_paper_refused_says_why(void **state)
{
	struct t *t = *state;
	const struct card card = { .id = "0000000000031",
		.kind = CARD_CERTIFICATE, .state = CARD_ACTIVE,
		.beneficiary_id = T_INSURED, .beneficiary_name = "Éléonore" };

	t_file(t, &screen_cards, NULL);
	t_items(t, "card.list", &card, 1);
	t_keys(t, "F9");
	t_refuse(t, "certificate.paper", 403, "proof.needed",
		 "Prouvez d'abord l'identité", NULL);
	t_see(t, "Prouvez d'abord l'identité");
	t_not(t, "Enregistrer le PDF");
}

/* ---- Masks ----------------------------------------------------------------------- */

static void what_is_hidden_is_shown_as_hidden(void **state)
{
	struct t *t = *state;
	const struct insured insured = { .id = T_INSURED, .name = "DUPONT",
		.first_names = "Éléonore", .nir_masked = "2 85 03 45 *** ***",
		.phone = "06 ** ** ** 42", .caisse = "01381",
		.caisse_name = "CPAM de l'Isère", .rights_open = true,
		.mask_tier = TIER_SIMPLE };

	t_file(t, &screen_insured, NULL);
	t_keys(t, "F5");
	while (fake_is_asked(t->api, "insured.get"))
		t_value(t, "insured.get", &insured);
	t_see(t, "06 ** ** ** 42");
	t_see(t, "sont masquées");
	t_not(t, "00/00");
}

static void a_birth_hidden_shows_its_year(void **state)
{
	struct t *t = *state;
	const struct beneficiary person = { .id = T_INSURED, .name = "DUPONT",
		.first_names = "Éléonore", .birth_year = 1985, .rank = 1,
		.mask_tier = TIER_SIMPLE };

	t_file(t, &screen_family, NULL);
	t_items(t, "beneficiary.list", &person, 1);
	t_see(t, "1985");
	t_not(t, "00/00");
}

/* ---- Arguments ------------------------------------------------------------------- */

static const char *const hostile[] = {
	NULL, "", "/", "//", "a/b/c/d", "%s%n%x", "é\xff\x01",
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0000000000001/0000000000000000000000000000000000000000000000000000000",
	"../../../etc/passwd",
};

static const char *const every_key[] = {
	"Enter", "Down Up End Home", "F10", "F9", "F5", "F4 Esc", "F8 Esc",
	"\"a\" \"c\" \"d\" \"n\" \"p\" \"t\" \"v\" Esc", "Tab Space S-Tab", "Esc",
};

static void play_everything(struct t *t, const struct ui_screen *screen,
			    const char *arg)
{
	ui_push(ui_front(t->ui), screen, arg);
	ui_turn(t->ui);
	for (size_t k = 0; k < N_ROWS(every_key) && !ui_has_quit(t->ui); k++)
		t_keys(t, every_key[k]);
}

static void no_argument_hurts_a_screen_at_the_desk(void **state)
{
	struct t *t = *state;

	for (size_t s = 0; screens[s]; s++)
		for (size_t a = 0; a < N_ROWS(hostile); a++)
			play_everything(t, screens[s], hostile[a]);
	assert_non_null(ui_front(t->ui));
}

static void no_argument_hurts_a_screen_of_a_file(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_family, NULL);
	for (size_t s = 0; screens[s]; s++)
		for (size_t a = 0; a < N_ROWS(hostile); a++)
			play_everything(t, screens[s], hostile[a]);
	assert_non_null(ui_front(t->ui));
}

#define T(test) cmocka_unit_test_setup_teardown(test, t_setup, t_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(two_files_do_not_mix),
		T(a_file_open_already_is_gone_to),
		T(a_file_not_proved_shows_no_birth_nor_whole_number),
		T(a_reply_to_a_tab_left_is_dropped),
		T(a_write_whose_screen_is_left_is_said_when_it_ends),
		T(a_write_whose_screen_is_left_is_said_when_it_fails),
		T(the_program_waits_for_its_writes),
		T(a_paper_is_saved_for_this_agent_only),
		T(a_paper_never_writes_over_a_file),
		T(a_paper_refused_says_why),
		T(what_is_hidden_is_shown_as_hidden),
		T(a_birth_hidden_shows_its_year),
		T(no_argument_hurts_a_screen_at_the_desk),
		T(no_argument_hurts_a_screen_of_a_file),
	};

	return cmocka_run_group_tests_name("app", tests, NULL, NULL);
}
