/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cards_fixture.h"

#include "filetype.h"
#include "handlers/handlers.h"

#include <guichet/base/mem.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BYTES(text) text, sizeof(text) - 1

#define JPEG "\xFF\xD8\xFF\xE0\x00\x04JF\xFF\xC0\x00\x0B\x08\x00\x01\x00\x01" \
	"\x01\x01\x11\x00\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\x7F\xFF\xD9"
#define PNG "\x89PNG\r\n\x1A\n\x00\x00\x00\x0DIHDR\x00\x00\x00\x01\x00\x00" \
	"\x00\x01\x08\x00\x00\x00\x00\x3A\x7E\x9B\x55\x00\x00\x00\x00IEND" \
	"\xAE\x42\x60\x82"
#define PDF "%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n9\n%%EOF\n"

static struct request_key lodged(struct fixture *t)
{
	struct vitale_order asked = { .address_confirmed = true };
	struct request_key made;
	struct insured_key key;

	id_format(T_MOTHER, key.insured_id);
	id_format(T_MOTHER, asked.beneficiary_id);
	assert_true(fixture_call(t, &api_vitale_create, vitale_create, &key,
				 &asked));
	memcpy(made.request_id,
	       ((struct vitale_receipt *)rows_at(&t->out, 0))->request_id,
	       sizeof(made.request_id));
	t->req.if_match = 0;            /* "*" */
	return made;
}

static bool put(struct fixture *t, const struct request_key *request,
		const char *name, const char *bytes, size_t size)
{
	struct attachment_key key;

	memcpy(key.request_id, request->request_id, sizeof(key.request_id));
	snprintf(key.name, sizeof(key.name), "%s", name);
	t->req.raw = bytes;
	t->req.raw_size = size;
	return fixture_call(t, &api_attachment_put, attachment_put, &key, NULL);
}

static const struct request_detail *detail(struct fixture *t,
					   const struct request_key *request)
{
	assert_true(fixture_call(t, &api_request_get, request_get, request, NULL));
	return rows_at(&t->out, 0);
}

static void a_file_is_what_its_bytes_are(void **state)
{
	static const struct {
		const char *bytes;
		size_t size;
		enum filetype type;
	} table[] = {
		{ BYTES(JPEG), FILETYPE_JPEG },
		{ BYTES(JPEG "camera"), FILETYPE_JPEG },
		{ BYTES(PNG), FILETYPE_PNG },
		{ BYTES(PDF), FILETYPE_PDF },
		{ BYTES(""), FILETYPE_OTHER },
		{ BYTES("\xFF\xD8\xFF\xD9"), FILETYPE_OTHER },
		{ BYTES("\xFF\xD8\xFF\xE0\xFF\xFFJF"), FILETYPE_OTHER },
		{ BYTES("GIF89a\x01\x00\x01\x00"), FILETYPE_OTHER },
		{ BYTES("<html>%PDF-1.7 startxref %%EOF</html>"), FILETYPE_OTHER },
		{ BYTES("%PDF-1.7\n1 0 obj<<>>endobj\n"), FILETYPE_OTHER },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(table); i++) {
		if (filetype_of(table[i].bytes, table[i].size) != table[i].type)
			fail_msg("row %zu", i);
	}
}

static void a_file_cut_anywhere_is_none(void **state)
{
	static const struct { const char *bytes; size_t size; } table[] = {
		{ BYTES(JPEG) }, { BYTES(PNG) },
	};

	(void)state;
	for (size_t i = 0; i < N_ROWS(table); i++) {
		size_t whole = table[i].size - 1;

		for (size_t size = 0; size <= whole; size++) {
			/* on the heap, so that a read too far is seen */
			char *part = mem_new(1, size ? size : 1);

			memcpy(part, table[i].bytes, size);
			if (filetype_of(part, size) != FILETYPE_OTHER)
				fail_msg("row %zu cut at %zu", i, size);
			free(part);
		}
	}
}

static void both_pieces_send_the_request_on(void **state)
{
	struct fixture *t = *state;
	struct request_key request = lodged(t);
	const struct attachment *given;
	const struct request_detail *after;

	assert_true(put(t, &request, "photo", BYTES(PNG)));
	given = rows_at(&t->out, 0);
	assert_string_equal(given->type, "image/png");
	assert_int_equal(given->size, sizeof(PNG) - 1);
	assert_int_equal(strlen(given->sha256), 64);
	after = detail(t, &request);
	assert_int_equal(after->request.state, REQUEST_WAITING_PIECES);
	assert_string_equal(after->request.missing, "pièce d'identité");
	assert_true(put(t, &request, "identity", BYTES(PDF)));
	after = detail(t, &request);
	assert_int_equal(after->request.state, REQUEST_PIECES_RECEIVED);
	assert_string_equal(after->request.missing, "");
	assert_int_equal(day_number(after->request.expected_on), 20261205);
	assert_int_equal(after->attachment_count, 2);
	assert_int_equal(after->step_count, 3);
	assert_int_equal(after->steps[0].state, REQUEST_WAITING_PIECES);
	assert_string_equal(after->steps[1].note, "Photo reçue");
	assert_int_equal(after->steps[2].state, REQUEST_PIECES_RECEIVED);
	assert_string_equal(after->steps[2].actor, "A. Lefèvre");
	assert_false(put(t, &request, "photo", BYTES(JPEG)));
	fixture_refused(t, 409, "request.state");
}

static void the_same_bytes_sent_again_are_taken_once(void **state)
{
	struct fixture *t = *state;
	struct request_key request = lodged(t);

	assert_true(put(t, &request, "photo", BYTES(PNG)));
	assert_true(put(t, &request, "identity", BYTES(PDF)));
	assert_true(put(t, &request, "photo", BYTES(PNG)));
	assert_int_equal(detail(t, &request)->step_count, 3);
}

static void a_piece_awaited_may_be_replaced(void **state)
{
	struct fixture *t = *state;
	struct request_key request = lodged(t);
	const struct request_detail *after;

	assert_true(put(t, &request, "photo", BYTES(PNG)));
	assert_true(put(t, &request, "photo", BYTES(JPEG)));
	after = detail(t, &request);
	assert_int_equal(after->attachment_count, 1);
	assert_string_equal(after->attachments[0].type, "image/jpeg");
	assert_int_equal(after->attachments[0].size, sizeof(JPEG) - 1);
	assert_string_equal(after->request.missing, "pièce d'identité");
}

static void what_is_not_awaited_is_refused(void **state)
{
	static const struct {
		const char *name, *bytes;
		size_t size;
		int status;
	} table[] = {
		{ "photo", BYTES(PDF), 415 },
		{ "photo", BYTES("GIF89a"), 415 },
		{ "identity", BYTES(""), 415 },
		{ "passport", BYTES(PNG), 404 },
	};
	struct fixture *t = *state;
	struct request_key request = lodged(t);

	for (size_t i = 0; i < N_ROWS(table); i++) {
		assert_false(put(t, &request, table[i].name, table[i].bytes,
				 table[i].size));
		assert_int_equal(t->err.status, table[i].status);
	}
	assert_int_equal(t_count(t, "SELECT COUNT(*) FROM attachment"), 0);
}

static void a_piece_over_five_mebibytes_is_too_large(void **state)
{
	struct fixture *t = *state;
	struct request_key request = lodged(t);
	size_t size = 5 * 1024 * 1024;
	char *bytes = mem_new(1, size + 1);

	memcpy(bytes, PNG, sizeof(PNG) - 1);
	assert_true(put(t, &request, "photo", bytes, size));
	assert_false(put(t, &request, "photo", bytes, size + 1));
	assert_int_equal(t->err.status, 413);
	free(bytes);
}

static void a_piece_for_an_old_version_is_refused(void **state)
{
	struct fixture *t = *state;
	struct request_key request = lodged(t);

	t->req.if_match = -1;
	assert_false(put(t, &request, "photo", BYTES(PNG)));
	fixture_refused(t, 428, "version.needed");
	t->req.if_match = 1;
	assert_true(put(t, &request, "photo", BYTES(PNG)));
	assert_int_equal(t->req.version, 2);
	assert_false(put(t, &request, "identity", BYTES(PDF)));
	fixture_refused(t, 412, "version.stale");
	/* the answer was lost, and the same comes again */
	assert_true(put(t, &request, "photo", BYTES(PNG)));
}

static void a_refused_piece_is_sent_again(void **state)
{
	static const char *const refused[] = {
		"UPDATE request SET state = 4, missing = 1", NULL,
	};
	struct fixture *t = *state;
	struct request_key request = lodged(t);

	assert_true(put(t, &request, "photo", BYTES(JPEG)));
	fixture_run(t, refused);
	assert_true(put(t, &request, "photo", BYTES(JPEG)));
	assert_int_equal(detail(t, &request)->request.state,
			 REQUEST_PIECES_RECEIVED);
}

static void the_requests_of_a_file_come_newest_first(void **state)
{
	struct fixture *t = *state;
	struct request_query query = { .limit = CODEC_NONE };
	const struct request *request;

	lodged(t);
	id_format(T_MOTHER, query.insured_id);
	assert_true(fixture_call(t, &api_request_list, request_list, &query,
				 NULL));
	assert_int_equal(t->out.count, 1);
	request = rows_at(&t->out, 0);
	assert_int_equal(request->kind, REQUEST_VITALE);
	assert_int_equal(day_number(request->lodged_on), 20261121);
	fixture_contact(t, T_MOTHER, TIER_NONE);
	assert_false(fixture_call(t, &api_request_list, request_list, &query,
				  NULL));
	fixture_refused(t, 403, "proof.needed");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, cards_setup, \
						   fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_what_its_bytes_are),
		cmocka_unit_test(a_file_cut_anywhere_is_none),
		TEST(both_pieces_send_the_request_on),
		TEST(the_same_bytes_sent_again_are_taken_once),
		TEST(a_piece_awaited_may_be_replaced),
		TEST(what_is_not_awaited_is_refused),
		TEST(a_piece_over_five_mebibytes_is_too_large),
		TEST(a_piece_for_an_old_version_is_refused),
		TEST(a_refused_piece_is_sent_again),
		TEST(the_requests_of_a_file_come_newest_first),
	};

	return cmocka_run_group_tests_name("attachments", tests, NULL, NULL);
}
