/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests of a file, one followed, its pieces. */
#include "screen_desk.h"
#include "unit.h"

#include <guichet/base/buf.h>

#include <stdio.h>
#include <string.h>

#define T_REQUEST "0000000000021"

static const struct request_detail detail = {
	.request = { .id = T_REQUEST,
		.number = "VIT-26-001172", .kind = REQUEST_VITALE,
		.state = REQUEST_WAITING_PIECES, .insured_id = T_INSURED,
		.insured_name = "MARTIN Éléonore", .beneficiary_id = T_INSURED,
		.beneficiary_name = "Éléonore", .lodged_on = { 2026, 11, 20 },
		.updated_on = { 2026, 11, 20 }, .missing = "photo" },
	.step_count = 1, .steps = { { .at = 1795251600000,
	.state = REQUEST_WAITING_PIECES, .actor = "A. Lefèvre" } } };

static void open_request(struct t *t)
{
	t_file(t, &screen_request, T_REQUEST);
	t_value(t, "request.get", &detail);
}

static void open_attach(struct t *t)
{
	t_file(t, &screen_attach, T_REQUEST);
	t_value(t, "request.get", &detail);
}

static void a_request_shows_its_steps_and_what_is_missing(void **state)
{
	struct t *t = *state;

	open_request(t);
	t_see(t, "VIT-26-001172");
	t_see(t, "A. Lefèvre");
	t_see(t, "Manque : photo");
}

static void a_piece_is_joined_only_when_awaited(void **state)
{
	struct t *t = *state;
	struct request_detail done = detail;

	done.request.state = REQUEST_DONE;
	t_file(t, &screen_request, T_REQUEST);
	t_keys(t, "\"p\"");
	t_see(t, "n'attend pas de pièce");
	t_value(t, "request.get", &done);
	t_keys(t, "\"p\"");
	t_see(t, "n'attend pas de pièce");
	t_keys(t, "F5");
	t_value(t, "request.get", &detail);
	t_keys(t, "\"p\"");
	t_see(t, "Joindre une pièce");
}

static void following_leads_from_the_list(void **state)
{
	struct t *t = *state;
	const struct request_key *asked;

	t_file(t, &screen_requests, NULL);
	t_items(t, "request.list", &detail.request, 1);
	t_see(t, "pièces attendues");
	t_keys(t, "Enter");
	asked = fake_query(t->api, "request.get");
	assert_non_null(asked);
	assert_string_equal(asked->request_id, T_REQUEST);
}

static void a_file_without_requests_says_so(void **state)
{
	struct t *t = *state;

	t_file(t, &screen_requests, NULL);
	t_reply(t, "request.list", "{\"items\":[],\"next_cursor\":null}");
	t_see(t, "Aucune demande");
	t_keys(t, "F5");
	assert_true(fake_is_asked(t->api, "request.list"));
}

static void reply_page(struct t *t, int from, int count, const char *cursor)
{
	struct request one = detail.request;
	struct buf json;

	buf_init(&json, 1 << 20);
	buf_text(&json, "{\"items\":[");
	for (int i = from; i < from + count; i++) {
		snprintf(one.number, sizeof(one.number), "VIT-26-%06d", i);
		one.state = i % REQUEST_STATE_N;
		assert_true(i == from || buf_text(&json, ","));
		assert_true(codec_encode(&request_codec, &one, &json));
	}
	buf_printf(&json, "],\"next_cursor\":%s}", cursor);
	t_reply(t, "request.list", buf_cstr(&json));
	buf_fini(&json);
}

static void the_list_of_requests_comes_page_by_page(void **state)
{
	struct t *t = *state;
	const struct request_query *asked;

	t_file(t, &screen_requests, NULL);
	reply_page(t, 1, 40, "\"further\"");
	t_see(t, "VIT-26-000001");
	t_see(t, "refusée");
	t_keys(t, "End");
	asked = fake_query(t->api, "request.list");
	assert_non_null(asked);
	assert_string_equal(asked->cursor, "further");
	assert_string_equal(asked->insured_id, T_INSURED);
	reply_page(t, 41, 2, "null");
	t_keys(t, "End");
	t_see(t, "VIT-26-000042");
	/* There is no page after the last. */
	assert_false(fake_is_asked(t->api, "request.list"));
}

/* ---- Pieces -------------------------------------------------------------------- */

static void no_file_no_call(void **state)
{
	struct t *t = *state;

	open_attach(t);
	t_keys(t, "F10");
	assert_false(fake_is_asked(t->api, "attachment.put"));
	t_at(t, "Fichier");
}

static void a_piece_goes_with_what_was_read(void **state)
{
	struct t *t = *state;
	const struct attachment_key *asked;

	open_attach(t);
	t_keys(t, "\"/tmp/photo.jpg\" F10 F10");
	assert_int_equal(fake_count(t->api, "attachment.put"), 1);
	asked = fake_query(t->api, "attachment.put");
	assert_string_equal(asked->name, "photo");
	assert_string_equal(asked->request_id, T_REQUEST);
	assert_string_equal(fake_file(t->api, "attachment.put"), "/tmp/photo.jpg");
	assert_string_equal(fake_etag(t->api, "attachment.put"), "\"1\"");
}

static void the_identity_is_proposed_once_the_photo_is_there(void **state)
{
	struct t *t = *state;
	struct request_detail half = detail;
	const struct attachment_key *asked;

	half.attachment_count = 1;
	half.attachments[0] = (struct attachment){ .name = "photo",
		.type = "image/jpeg", .size = 20480, .received_at = 1795251600000 };
	memset(half.attachments[0].sha256, 'a', 64);
	t_file(t, &screen_attach, T_REQUEST);
	t_value(t, "request.get", &half);
	t_keys(t, "\"/tmp/id.pdf\" F10");
	asked = fake_query(t->api, "attachment.put");
	assert_non_null(asked);
	assert_string_equal(asked->name, "identity");
}

static void how_far_an_upload_is_is_said(void **state)
{
	struct t *t = *state;

	open_attach(t);
	t_keys(t, "\"/tmp/photo.jpg\" F10");
	fake_progress(t->api, "attachment.put", 2100000, 5000000);
	ui_turn(t->ui);
	t_see(t, "Envoi… 40 %");
	fake_progress(t->api, "attachment.put", 2200000, 5000000);
	fake_progress(t->api, "attachment.put", 0, 0);
	ui_turn(t->ui);
	t_see(t, "Envoi… 40 %");
}

static void a_file_that_is_not_there_is_said_on_its_field(void **state)
{
	struct t *t = *state;

	open_attach(t);
	t_keys(t, "\"/nowhere/photo.jpg\" F10");
	t_refuse(t, "attachment.put", 0, "", "fichier illisible", NULL);
	t_see(t, "fichier illisible");
	t_at(t, "/nowhere/photo.jpg");
}

static void a_piece_joined_elsewhere_meanwhile_is_read_again(void **state)
{
	struct t *t = *state;
	struct request_detail half = detail;

	half.attachment_count = 1;
	half.attachments[0] = (struct attachment){ .name = "photo",
		.type = "image/jpeg", .size = 20480, .received_at = 1795251600000 };
	memset(half.attachments[0].sha256, 'a', 64);
	open_attach(t);
	t_keys(t, "\"/tmp/photo.jpg\" F10");
	t_refuse(t, "attachment.put", 412, "changed", "La demande a changé", NULL);
	t_see(t, "La demande a été complétée entre-temps");
	t_value(t, "request.get", &half);
	t_see(t, "/tmp/photo.jpg");
	t_see(t, "< photo >");
	t_keys(t, "F10");
	assert_true(fake_is_asked(t->api, "attachment.put"));
}

static void a_piece_joined_leads_back_to_the_request(void **state)
{
	struct t *t = *state;

	open_request(t);
	t_keys(t, "\"p\"");
	t_value(t, "request.get", &detail);
	t_keys(t, "\"/tmp/photo.jpg\" F10");
	t_done(t, "attachment.put");
	t_see(t, "Pièce enregistrée");
	t_see(t, "Suivi");
	assert_true(fake_is_asked(t->api, "request.get"));
}

/* ---- Its paper --------------------------------------------------------------- */

static void keys_typed_ahead_choose_where_the_paper_goes(void **state)
{
	struct t *t = *state;

	open_request(t);
	t_keys(t, "F9 \"1\" \"/nowhere/here.pdf\"");
	t_see(t, "Suivi d'une demande");
	t_reply(t, "request.paper", "%PDF");
	t_see(t, "Chemin");
	t_see(t, "/nowhere/here.pdf");
}

static void a_paper_refused_is_said_where_it_was_asked(void **state)
{
	struct t *t = *state;

	open_request(t);
	t_keys(t, "F9 \"1\" Enter F3");
	t_refuse(t, "request.paper", 503, "draining", "Le serveur redémarre", NULL);
	t_see(t, "[!] Le serveur redémarre");
	t_see(t, "Suivi d'une demande");
}

static void a_paper_given_up_asks_nothing(void **state)
{
	struct t *t = *state;

	open_request(t);
	t_keys(t, "F9 Esc");
	t_reply(t, "request.paper", "%PDF");
	t_not(t, "Enregistrer le PDF");
	t_keys(t, "F9 Esc");
	t_refuse(t, "request.paper", 503, "draining", "Le serveur redémarre", NULL);
	t_not(t, "Le serveur redémarre");
}

static void open_another_file(struct t *t)
{
	const struct contact contact = { .id = "0000000000008",
		.insured_id = "0000000000002", .agent = "a.lefevre",
		.opened_at = 1795000000000 };

	app_open_file(ui_front(t->ui), contact.insured_id, &screen_payments,
		      FILE_ASK_NOTHING, NULL);
	t_value(t, "contact.create", &contact);
	ui_push(ui_front(t->ui), &screen_request, T_REQUEST);
	ui_turn(t->ui);
	t_value(t, "request.get", &detail);
}

static void the_paper_of_one_file_is_not_given_to_another(void **state)
{
	struct t *t = *state;
	const struct file *first;

	open_request(t);
	first = app_file(ui_front(t->ui));
	t_keys(t, "F9");
	t_reply(t, "request.paper", "%PDF");
	open_another_file(t);
	t_keys(t, "F9");
	t_reply(t, "request.paper", "%PDF");
	ui_space_go(ui_front(t->ui), first);
	ui_turn(t->ui);
	t_see(t, "Enregistrer le PDF");
	t_keys(t, "\"1\"");
	t_see(t, "Un autre papier a été demandé depuis");
	t_not(t, "Chemin");
}

#define T(test) cmocka_unit_test_setup_teardown(test, t_setup, t_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_request_shows_its_steps_and_what_is_missing),
		T(a_piece_is_joined_only_when_awaited),
		T(following_leads_from_the_list),
		T(a_file_without_requests_says_so),
		T(the_list_of_requests_comes_page_by_page),
		T(no_file_no_call),
		T(a_piece_goes_with_what_was_read),
		T(the_identity_is_proposed_once_the_photo_is_there),
		T(how_far_an_upload_is_is_said),
		T(a_file_that_is_not_there_is_said_on_its_field),
		T(a_piece_joined_elsewhere_meanwhile_is_read_again),
		T(a_piece_joined_leads_back_to_the_request),
		T(keys_typed_ahead_choose_where_the_paper_goes),
		T(a_paper_refused_is_said_where_it_was_asked),
		T(a_paper_given_up_asks_nothing),
		T(the_paper_of_one_file_is_not_given_to_another),
	};

	return cmocka_run_group_tests_name("request", tests, NULL, NULL);
}
