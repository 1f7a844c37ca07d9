/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Identifiers put in the place of others: what is of another caisse, or of
 * another file than that of the contact, is answered word for word as what does
 * not exist. */
#include "faults.h"

#include <guichet/api/problem.h>
#include <guichet/base/clock.h>

#include <stdio.h>
#include <string.h>

#define SWAPS 1000                      /* ten times that in check-races */
#define POOL_MOST 512
#define OPS_MOST 64

struct thief {
	const char *login, *nir;        /* who, and whose file they have open */
	bool same_caisse;
	char token[64];
	struct file file;
};

struct swaps {
	struct desk *desk;
	struct sample samples[OPS_MOST]; /* each with an identifier in it */
	size_t sample_count;
	char pool[POOL_MOST][ID_TEXT];  /* of the desk's caisse */
	size_t pool_count;
	uint64_t random;
	bool absent;                    /* write what nobody has */
};

/* Knuth, MMIX; the seed is printed with a failure. */
static uint64_t draw(struct swaps *swaps, uint64_t below)
{
	swaps->random = swaps->random * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (swaps->random >> 33) % below;
}

static void each_id(struct swaps *swaps, const struct codec *codec, char *value,
		    void (*visit)(struct swaps *swaps, bool payment, char *text));

static void each_item(struct swaps *swaps, const struct codec_field *field,
		      char *value,
		      void (*visit)(struct swaps *swaps, bool payment, char *text))
{
	size_t count;

	memcpy(&count, value + field->count_offset, sizeof(count));
	for (size_t i = 0; i < count; i++)
		each_id(swaps, field->inner,
			value + field->offset + i * field->inner->size, visit);
}

static void each_id(struct swaps *swaps, const struct codec *codec, char *value,
		    void (*visit)(struct swaps *swaps, bool payment, char *text))
{
	const struct codec_field *field = codec ? codec->fields : NULL;

	for (; field && field->name; field++) {
		if (field->type == CODEC_TYPE_ARRAY)
			each_item(swaps, field, value, visit);
		else if (field->type == CODEC_TYPE_TEXT &&
			 (field->format == FORMAT_ID ||
			  field->format == FORMAT_PAYMENT_ID))
			visit(swaps, field->format == FORMAT_PAYMENT_ID,
			      value + field->offset);
	}
}

static void pool_add(struct swaps *swaps, const char *id)
{
	if (swaps->pool_count < POOL_MOST && *id)
		memmove(swaps->pool[swaps->pool_count++], id, ID_TEXT);
}

static void keep(struct swaps *swaps, bool payment, char *text)
{
	if (!payment)
		pool_add(swaps, text);
}

static void one_id(struct swaps *swaps, char out[ID_TEXT])
{
	if (swaps->absent)
		id_format((int64_t)(draw(swaps, INT32_MAX) << 31 |
				    draw(swaps, INT32_MAX)), out);
	else
		memcpy(out, swaps->pool[draw(swaps, swaps->pool_count)], ID_TEXT);
}

static void swap(struct swaps *swaps, bool payment, char *text)
{
	char first[ID_TEXT], second[ID_TEXT];

	one_id(swaps, first);
	one_id(swaps, second);
	if (payment)
		snprintf(text, PAYMENT_ID_TEXT, "%s-%s", first, second);
	else
		memcpy(text, first, ID_TEXT);
}

/* The identifiers of good requests, and those of many people. */
static void gather(struct swaps *swaps)
{
	static const char *const names[] = { "MARTIN", "DUPONT", "PETIT", "ROUX",
		"MOREL", "GARCIA", NULL };
	struct desk *desk = swaps->desk;

	for (int i = 0; api_ops[i]; i++) {
		struct sample *s = &swaps->samples[swaps->sample_count];
		size_t before = swaps->pool_count;

		if (api_ops[i]->flags & API_PUBLIC)
			continue;
		assert_true(sample_make(desk, api_ops[i], s));
		each_id(swaps, s->op->query, s->query.any, keep);
		each_id(swaps, s->op->body, s->body.any, keep);
		pool_add(swaps, s->file.contact_id);
		/* others ask for the certificate that comes with it */
		if (s->op == &api_ehic_create) {
			const struct api_request order = sample_request(s);

			desk_get(desk, &order);
		}
		swaps->sample_count += swaps->pool_count > before;
	}
	for (int i = 0; names[i]; i++) {
		struct search_query search;
		const struct search_answer *answer;

		snprintf(search.text, sizeof(search.text), "%s", names[i]);
		answer = desk_get(desk, &(struct api_request){
			.op = &api_insured_search, .body = &search });
		for (size_t j = 0; j < answer->count; j++) {
			pool_add(swaps, answer->found[j].insured_id);
			pool_add(swaps, answer->found[j].beneficiary_id);
		}
	}
}

static void sign_in(struct desk *desk, struct thief *thief)
{
	desk_sign_in(desk, thief->login, thief->token);
	api_set_token(desk->api, thief->token);
	desk_open_file(desk, thief->nir, &thief->file);
	api_set_token(desk->api, desk->token);
}

/* What a colleague may look for without a contact is no theft. */
static bool applies(const struct thief *thief, const struct api_op *op)
{
	return !thief->same_caisse || op->flags & API_CONTACT ||
		op->query == &contact_key_codec;
}

static void ask(struct swaps *swaps, struct line *line,
		const struct thief *thief, const struct sample *from)
{
	struct sample sample = *from;
	const struct change change = { .token = thief->token };

	sample.file = thief->file;
	uuid_new(sample.key);
	each_id(swaps, sample.op->query, sample.query.any, swap);
	each_id(swaps, sample.op->body, sample.body.any, swap);
	buf_empty(&line->out);
	sample_write(swaps->desk, &sample, &change, &line->out);
	line_ask_all(line, 1);
}

static void read_problem(const struct line *line, struct problem *problem)
{
	struct err err;

	assert_true(codec_decode(&problem_codec, CODEC_REPLY,
				 buf_cstr((struct buf *)&line->answer.body),
				 line->answer.body.size, problem, NULL, 0, NULL,
				 &err));
}

static void expect_alike(const struct api_op *op, const struct thief *thief,
			 const struct line *stolen, const struct line *absent)
{
	struct problem a, b;

	if (stolen->answer.status != absent->answer.status)
		fail_msg("%s by %s: %d, for what does not exist %d", op->name,
			 thief->login, stolen->answer.status,
			 absent->answer.status);
	if (stolen->answer.status < 400) {
		assert_int_equal(stolen->answer.body.size,
				 absent->answer.body.size);
		if (stolen->answer.body.size > 0)
			assert_memory_equal(stolen->answer.body.data,
					    absent->answer.body.data,
					    stolen->answer.body.size);
		return;
	}
	read_problem(stolen, &a);
	read_problem(absent, &b);
	assert_string_equal(a.code, b.code);
	assert_string_equal(a.detail, b.detail);
}

void a_stolen_identifier_is_one_that_does_not_exist(void **state)
{
	struct thief thieves[] = {
		{ .login = "f.blanc", .nir = "2570573065014" },
		{ .login = "o.perrier", .nir = "2570573065014" },
		{ .login = "d.masson", .nir = "2570573065014" },
		{ .login = "c.moreau", .nir = "182062A004045",
		  .same_caisse = true },
		{ .login = "e.diallo", .nir = "182062A004045",
		  .same_caisse = true },
	};
	struct swaps swaps = { .desk = *state, .random = 20261121 };
	int wanted = rounds(SWAPS / 10) * 10, done = 0, found = 0;
	struct line stolen, absent;

	gather(&swaps);
	for (size_t i = 0; i < N_ROWS(thieves); i++)
		sign_in(*state, &thieves[i]);
	line_open(&stolen, swaps.desk->by_hand);
	line_open(&absent, swaps.desk->by_hand);
	while (done < wanted) {
		const struct thief *thief = &thieves[draw(&swaps, N_ROWS(thieves))];
		const struct sample *sample =
			&swaps.samples[draw(&swaps, swaps.sample_count)];

		if (!applies(thief, sample->op))
			continue;
		swaps.absent = false;
		ask(&swaps, &stolen, thief, sample);
		swaps.absent = true;
		ask(&swaps, &absent, thief, sample);
		expect_alike(sample->op, thief, &stolen, &absent);
		found += stolen.answer.status == 404;
		done++;
	}
	print_message("%d swaps, %d not found, 0 told apart\n", done, found);
	line_close(&stolen);
	line_close(&absent);
}
