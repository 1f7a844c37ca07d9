/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules that no table says: who sees what, who is first, who is alive. */
#include "contract.h"

#include <guichet/base/clock.h>

#include <stdio.h>
#include <string.h>

void health_is_told_to_anybody(void **state)
{
	static const char *const paths[] = { "/healthz", "/readyz" };
	struct desk *desk = *state;

	for (size_t i = 0; i < N_ROWS(paths); i++) {
		const struct raw_request request = {
			.method = "GET", .path = paths[i], .headers = "",
		};
		struct raw_answer answer;
		char value[4096];

		raw_call(desk->by_hand, &request, &answer);
		assert_int_equal(answer.status, 200);
		assert_string_equal(buf_cstr(&answer.body), "{\"status\":\"ok\"}");
		if (raw_header(&answer, "sl-violations", value, sizeof(value)))
			fail_msg("%s: %s", paths[i], value);
		buf_fini(&answer.body);
	}
}

/* Open a contact about the desk's person, without any proof. */
static void open_unproved(struct desk *desk, struct file *file)
{
	struct sample sample;
	struct api_request request;

	assert_true(sample_make(desk, &api_contact_create, &sample));
	request = sample_request(&sample);
	*file = desk->file;
	memcpy(file->contact_id, ((const struct contact *)
		desk_get(desk, &request))->id, ID_TEXT);
}

void what_no_proof_shows_is_masked(void **state)
{
	struct desk *desk = *state;
	struct sample list, detail;
	struct api_request request;
	const struct insured *insured;
	struct insured_key key;
	struct file file;

	assert_true(sample_make(desk, &api_payment_list, &list));
	assert_true(sample_make(desk, &api_payment_get, &detail));
	open_unproved(desk, &file);
	memcpy(key.insured_id, file.insured_id, ID_TEXT);
	insured = desk_get(desk, &(struct api_request){ .op = &api_insured_get,
		.query = &key, .contact = file.contact_id });
	assert_string_equal(insured->nir, "");
	assert_string_equal(insured->address1, "");
	assert_string_equal(insured->iban_masked, "");
	assert_false(date_is_set(insured->birth));
	assert_int_equal(insured->mask_tier, TIER_STRONG);

	request = sample_request(&list);
	request.contact = file.contact_id;
	desk_get(desk, &request);
	for (size_t i = 0; i < desk->rows.count; i++) {
		const struct payment *payment = rows_at(&desk->rows, i);

		assert_true(payment->amount_cts == CODEC_NONE);
		assert_int_equal(payment->mask_tier, TIER_STRONG);
	}
	request = sample_request(&detail);
	request.contact = file.contact_id;
	desk_call(desk, &request);
	assert_int_equal(desk->status, 403);
	assert_string_equal(desk->err.word, "proof.needed");
}

/* The same answer as for a file that nobody has. */
void the_file_of_another_caisse_does_not_exist(void **state)
{
	const struct login login = {
		.user = "f.blanc", .password = DEMO_PASSWORD, .channel = -1,
	};
	struct desk *desk = *state;
	struct contact_new contact = {
		.channel = -1, .reason = -1, .motive = -1,
	};
	struct search_query search = { .text = "2850345234123" };
	const struct search_answer *answer;
	char key[UUID_TEXT];

	api_set_token(desk->api, ((const struct session *)desk_get(desk,
		&(struct api_request){ .op = &api_session_create,
			.body = &login }))->token);
	answer = desk_get(desk, &(struct api_request){
		.op = &api_insured_search, .body = &search });
	assert_int_equal(answer->count, 0);
	memcpy(contact.insured_id, desk->file.insured_id, ID_TEXT);
	uuid_new(key);
	desk_call(desk, &(struct api_request){ .op = &api_contact_create,
		.body = &contact, .key = key });
	api_set_token(desk->api, desk->token);
	assert_int_equal(desk->status, 404);
	assert_int_equal(desk->err.code, ERR_NOT_FOUND);
}

/* Hold a slot as one agent, then as another; an agent may renew a hold. */
void a_slot_is_given_once_and_the_nearest_are_told(void **state)
{
	const struct login login = {
		.user = "c.moreau", .password = DEMO_PASSWORD, .channel = -1,
	};
	struct desk *desk = *state;
	struct sample first, second;
	struct api_request request;

	assert_true(sample_make(desk, &api_hold_create, &first));
	second = first;
	uuid_new(second.key);
	request = sample_request(&first);
	desk_get(desk, &request);
	api_set_token(desk->api, ((const struct session *)desk_get(desk,
		&(struct api_request){ .op = &api_session_create,
			.body = &login }))->token);
	request = sample_request(&second);
	request.contact = NULL;
	desk_call(desk, &request);
	api_set_token(desk->api, desk->token);
	assert_int_equal(desk->status, 409);
	assert_int_equal(desk->err.code, ERR_CONFLICT);
	assert_string_equal(desk->err.word, "slot.taken");
	assert_in_range(desk->taken.count, 1, 3);
	assert_true(desk->taken.nearest[0].starts_at > 0);
}

/* Nothing tells an unknown user from a wrong password. */
void a_wrong_password_and_an_unknown_user_are_alike(void **state)
{
	const struct login wrong = {
		.user = "h.vial", .password = "not-this-one", .channel = -1,
	};
	const struct login unknown = {
		.user = "nobody", .password = "not-this-one", .channel = -1,
	};
	struct desk *desk = *state;
	struct err first;

	desk_call(desk, &(struct api_request){ .op = &api_session_create,
		.body = &wrong });
	assert_int_equal(desk->status, 401);
	assert_string_equal(desk->err.word, "login.refused");
	first = desk->err;
	desk_call(desk, &(struct api_request){ .op = &api_session_create,
		.body = &unknown });
	assert_int_equal(desk->status, 401);
	assert_string_equal(desk->err.word, "login.refused");
	assert_string_equal(desk->err.text, first.text);
}
