/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Signing out, giving a hold back and changing the token succeed once: not again
 * by hand. */
static bool may_be_asked_again(const struct api_op *op)
{
	return op->method != API_DELETE && op != &api_session_unlock &&
		op != &api_federation_poll;
}

/* The body holds exactly what its codec says: nothing more either, which the
 * client would not notice. */
static void expect_shape(const struct api_op *op, const struct raw_answer *answer)
{
	void *value = calloc(1, op->reply->size);
	struct err err;

	if (!codec_decode(op->reply, CODEC_REQUEST, buf_cstr(&answer->body),
			  answer->body.size, value, NULL, 0, NULL, &err))
		fail_msg("%s: %s %s: %s", op->name, err.field, err.word, err.text);
	free(value);
}

static void expect_success(const struct api_op *op, struct raw_answer *answer)
{
	int status = op->flags & API_EMPTY ? 204 :
		op->flags & API_CREATED ? 201 : 200;
	char value[1024];

	if (answer->status != status)
		fail_msg("%s: %d: %s", op->name, answer->status,
			 buf_cstr(&answer->body));
	if (op->flags & API_CREATED &&
	    (!raw_header(answer, "Location", value, sizeof(value)) ||
	     value[0] != '/'))
		fail_msg("%s: no Location", op->name);
	if (op->flags & API_ETAG &&
	    (!raw_header(answer, "ETag", value, sizeof(value)) || value[0] != '"'))
		fail_msg("%s: no ETag", op->name);
	if (op->flags & API_RAW_REPLY)
		assert_memory_equal(answer->body.data, "%PDF-", 5);
	else if (op->reply && !(op->flags & API_LIST))
		expect_shape(op, answer);
	expect_clean(op, answer);
	buf_fini(&answer->body);
}

void every_operation_succeeds(void **state)
{
	struct desk *desk = *state;

	for (int i = 0; api_ops[i]; i++) {
		struct api_request request;
		struct raw_answer answer;
		struct sample sample;

		if (!sample_make(desk, api_ops[i], &sample))
			fail_msg("%s has no case", api_ops[i]->name);
		request = sample_request(&sample);
		if (sample.token[0])
			api_set_token(desk->api, sample.token);
		desk_get(desk, &request);
		api_set_token(desk->api, desk->token);
		if (!may_be_asked_again(api_ops[i]))
			continue;
		sample_send(desk, &sample, NULL, &answer);
		if (api_ops[i]->flags & API_KEYED) {
			char replayed[8] = "";

			raw_header(&answer, "Idempotency-Replayed", replayed,
				   sizeof(replayed));
			assert_string_equal(replayed, "true");
		}
		expect_success(api_ops[i], &answer);
	}
}

void a_key_is_done_once_and_answered_the_same(void **state)
{
	struct raw_answer first, again, other;
	struct desk *desk = *state;
	struct sample sample;
	char replayed[8] = "";

	assert_true(sample_make(desk, &api_contact_create, &sample));
	sample_send(desk, &sample, NULL, &first);
	assert_int_equal(first.status, 201);
	assert_false(raw_header(&first, "Idempotency-Replayed", replayed, 8));
	sample_send(desk, &sample, NULL, &again);
	assert_int_equal(again.status, 201);
	assert_true(raw_header(&again, "Idempotency-Replayed", replayed, 8));
	assert_string_equal(replayed, "true");
	assert_string_equal(buf_cstr(&first.body), buf_cstr(&again.body));
	((struct contact_new *)(void *)sample.body.any)->reason = CONTACT_OTHER;
	sample_send(desk, &sample, NULL, &other);
	expect_problem(sample.op, &other, 422, "key.reused");
	buf_fini(&first.body);
	buf_fini(&again.body);
}

void pages_follow_each_other_without_loss(void **state)
{
	struct desk *desk = *state;
	struct sample sample;
	struct api_request request;
	struct payment_query *query = (void *)sample.query.any;
	struct rows all, pages;

	assert_true(sample_make(desk, &api_payment_list, &sample));
	request = sample_request(&sample);
	rows_init(&all, sizeof(struct payment));
	rows_init(&pages, sizeof(struct payment));
	query->limit = 200;
	desk_get(desk, &request);
	assert_string_equal(desk->cursor, "");
	rows_move(&all, &desk->rows);
	assert_true(all.count > 5);
	query->limit = 5;
	do {
		desk_get(desk, &request);
		assert_in_range(desk->rows.count, 1, 5);
		for (size_t i = 0; i < desk->rows.count; i++)
			rows_copy_in(&pages, rows_at(&desk->rows, i));
		assert_true(pages.count <= all.count);
		memcpy(query->cursor, desk->cursor, sizeof(desk->cursor));
	} while (desk->cursor[0]);
	assert_int_equal(pages.count, all.count);
	for (size_t i = 0; i < all.count; i++)
		assert_string_equal(((struct payment *)rows_at(&pages, i))->id,
				    ((struct payment *)rows_at(&all, i))->id);
	rows_fini(&all);
	rows_fini(&pages);
}

void a_version_already_known_is_not_sent_again(void **state)
{
	struct desk *desk = *state;

	for (int i = 0; api_ops[i]; i++) {
		struct raw_answer answer;
		struct sample sample;
		struct change change = { 0 };
		char etag[64];

		if (api_ops[i]->method != API_GET ||
		    !(api_ops[i]->flags & API_ETAG))
			continue;
		sample_make(desk, api_ops[i], &sample);
		sample_send(desk, &sample, NULL, &answer);
		assert_true(raw_header(&answer, "ETag", etag, sizeof(etag)));
		buf_fini(&answer.body);
		change.if_none_match = etag;
		sample_send(desk, &sample, &change, &answer);
		if (answer.status != 304 || answer.body.size != 0)
			fail_msg("%s: %d", api_ops[i]->name, answer.status);
		expect_clean(api_ops[i], &answer);
		buf_fini(&answer.body);
	}
}

void a_head_is_a_get_without_body(void **state)
{
	const struct change change = { .method = "HEAD", .direct = true };
	struct desk *desk = *state;
	struct raw_answer answer;
	struct sample sample;

	sample_make(desk, &api_session_get, &sample);
	sample_send(desk, &sample, &change, &answer);
	assert_int_equal(answer.status, 200);
	assert_int_equal(answer.body.size, 0);
	buf_fini(&answer.body);
}
