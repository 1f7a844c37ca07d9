/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer is lost, the client sends again with the same key: the effect is
 * there once, and the answer is the first one, byte for byte. */
#include "faults.h"

#include <guichet/base/clock.h>

#include <stdio.h>
#include <string.h>

#define TIMES_AT_ONCE 8
#define BOOKINGS 50
#define AGENDA_ROOM 300                 /* slots of four weeks, with some to spare */

/* Move the appointment to a slot held for it, rather than cancel it. */
static void to_another_slot(struct desk *desk, struct sample *s)
{
	struct appointment_change *body = (void *)s->body.any;
	struct sample hold;

	assert_true(sample_make(desk, &api_hold_create, &hold));
	codec_clear(&appointment_change_codec, body);
	memcpy(body->hold_id, ((const struct hold *)desk_get(desk,
		&(struct api_request){ .op = hold.op, .body = hold.body.any,
			.key = hold.key, .contact = hold.file.contact_id }))->id,
	       ID_TEXT);
	body->accept_warnings = true;
}

struct write {
	const struct api_op *op;
	const char *effects;            /* counts them */
	int64_t adds;
	void (*change)(struct desk *desk, struct sample *sample);
};

/* A loss declared with a new order leaves two requests. */
static const struct write writes[] = {
	{ &api_contact_create, "SELECT count(*) FROM contact", 1, NULL },
	{ &api_contact_prove, "SELECT sum(version) FROM contact", 1, NULL },
	{ &api_contact_update, "SELECT sum(version) FROM contact", 1, NULL },
	{ &api_contact_close,
	  "SELECT count(*) FROM contact WHERE outcome >= 0", 1, NULL },
	{ &api_appointment_create, "SELECT count(*) FROM appointment", 1, NULL },
	{ &api_hold_create, "SELECT count(*) FROM hold", 1, NULL },
	{ &api_appointment_update, "SELECT sum(version) FROM appointment", 1,
	  NULL },
	{ &api_appointment_update, "SELECT count(*) FROM appointment", 1,
	  to_another_slot },
	{ &api_ehic_create, "SELECT count(*) FROM request", 1, NULL },
	{ &api_ehic_report_loss, "SELECT count(*) FROM request", 1, NULL },
	{ &api_vitale_create, "SELECT count(*) FROM request", 1, NULL },
	{ &api_vitale_report_loss, "SELECT count(*) FROM request", 1, NULL },
	{ &api_attachment_put, "SELECT count(*) FROM attachment", 1, NULL },
};

static void make(struct desk *desk, const struct write *write,
		 struct sample *sample)
{
	assert_true(sample_make(desk, write->op, sample));
	if (write->change)
		write->change(desk, sample);
}

static void expect_replayed(const struct line *line, const struct write *write,
			    const struct raw_answer *first)
{
	static const char *const headers[] = { "Location", "ETag" };
	char was[256], is[256];

	assert_int_equal(line->answer.status, first->status);
	assert_int_equal(line->answer.body.size, first->body.size);
	assert_memory_equal(line->answer.body.data, first->body.data,
			    first->body.size);
	for (size_t i = 0; i < N_ROWS(headers); i++)
		if (raw_header(first, headers[i], was, sizeof(was)) &&
		    (!raw_header(&line->answer, headers[i], is, sizeof(is)) ||
		     strcmp(was, is) != 0))
			fail_msg("%s: another %s", write->op->name, headers[i]);
	/* A piece put twice needs no key: the second one is the same piece. */
	if (write->op->flags & API_KEYED &&
	    (!raw_header(&line->answer, "Idempotency-Replayed", is, sizeof(is)) ||
	     strcmp(is, "true") != 0))
		fail_msg("%s: not said to be a replay", write->op->name);
}

static void expect_effects(const struct desk *desk, const struct write *write,
			   int64_t before)
{
	int64_t made = store_number(desk, write->effects) - before;

	if (made != write->adds)
		fail_msg("%s: %lld effects instead of %lld", write->op->name,
			 (long long)made, (long long)write->adds);
}

/* Same key, one byte more: another request, which is refused and does nothing. */
static void expect_other_body_refused(struct desk *desk,
				      const struct write *write,
				      const struct sample *sample)
{
	struct raw_answer answer;
	struct change change = { 0 };
	struct buf body;

	if (!(write->op->flags & API_KEYED))
		return;
	buf_init(&body, 65536);
	assert_true(codec_encode(write->op->body, sample->body.any, &body));
	buf_text(&body, " ");
	change.body = buf_cstr(&body);
	sample_send(desk, sample, &change, &answer);
	expect_problem(write->op, &answer, 422, "key.reused");
	buf_fini(&body);
}

static void lose_and_ask_again(struct desk *desk, const struct write *write,
			       enum cut cut)
{
	struct raw_answer first;
	struct sample sample;
	struct line line;
	int64_t before;
	uint64_t print;

	make(desk, write, &sample);
	line_open(&line, desk->daemon.server);
	line_load(&line, desk, &sample);
	before = store_number(desk, write->effects);
	line_cut(&line, desk->daemon.server, cut);
	first = line.answer;
	memset(&line.answer, 0, sizeof(line.answer));
	if (cut != CUT_ANSWERED) {
		line_ask_all(&line, 1);
		first = line.answer;
		memset(&line.answer, 0, sizeof(line.answer));
	}
	if (first.status >= 300)
		fail_msg("%s: %d: %s", write->op->name, first.status,
			 buf_cstr(&first.body));
	print = store_print(desk);
	for (int i = 0; i < 3; i++) {
		line_ask_all(&line, 1);
		expect_replayed(&line, write, &first);
	}
	expect_other_body_refused(desk, write, &sample);
	expect_effects(desk, write, before);
	if (store_print(desk) != print)
		fail_msg("%s: a replay has changed something", write->op->name);
	buf_fini(&first.body);
	line_close(&line);
}

void a_request_cut_inside_leaves_nothing(void **state)
{
	for (size_t i = 0; i < N_ROWS(writes); i++)
		lose_and_ask_again(*state, &writes[i], CUT_INSIDE);
}

void a_lost_answer_is_given_again_without_a_second_effect(void **state)
{
	for (size_t i = 0; i < N_ROWS(writes); i++)
		lose_and_ask_again(*state, &writes[i], CUT_ANSWERED);
}

static void ask_at_once(struct desk *desk, const struct write *write)
{
	struct line lines[TIMES_AT_ONCE];
	struct sample sample;
	int64_t before;
	int done = 0;

	make(desk, write, &sample);
	for (size_t i = 0; i < TIMES_AT_ONCE; i++) {
		line_open(&lines[i], desk->daemon.server);
		line_load(&lines[i], desk, &sample);
	}
	before = store_number(desk, write->effects);
	line_ask_all(lines, TIMES_AT_ONCE);
	expect_effects(desk, write, before);
	for (size_t i = 0; i < TIMES_AT_ONCE; i++) {
		const struct raw_answer *answer = &lines[i].answer;
		char replayed[8];

		assert_int_equal(answer->status, lines[0].answer.status);
		assert_true(answer->status < 300);
		assert_string_equal(buf_cstr(&answer->body),
				    buf_cstr(&lines[0].answer.body));
		done += !raw_header(answer, "Idempotency-Replayed", replayed,
				    sizeof(replayed));
	}
	if (done != (write->op->flags & API_KEYED ? 1 : TIMES_AT_ONCE))
		fail_msg("%s: done %d times", write->op->name, done);
	for (size_t i = 0; i < TIMES_AT_ONCE; i++)
		line_close(&lines[i]);
}

void a_request_sent_eight_times_at_once_has_one_effect(void **state)
{
	for (size_t i = 0; i < N_ROWS(writes); i++)
		ask_at_once(*state, &writes[i]);
}

/* The three cuts in turn, on what an agent does most. */
void a_booking_survives_many_cuts(void **state)
{
	static const enum cut cuts[] = { CUT_AFTER, CUT_ANSWERED, CUT_INSIDE };
	static const struct api_op *const ops[] = {
		&api_contact_create, &api_appointment_create,
		&api_appointment_update,
	};
	int count = rounds(BOOKINGS);

	/* Each keeps the slot that it books. */
	if (count > AGENDA_ROOM)
		count = AGENDA_ROOM;
	for (int i = 0; i < count; i++)
		for (size_t k = 0; k < N_ROWS(writes); k++)
			for (size_t n = 0; n < N_ROWS(ops); n++)
				if (writes[k].op == ops[n])
					lose_and_ask_again(*state, &writes[k],
						cuts[i % (int)N_ROWS(cuts)]);
	print_message("%d lost answers: one effect each\n",
		      count * ((int)N_ROWS(ops) + 1));
	assert_true(store_is_sound(*state));
}

/* Another connection for each question would cost its handshake. */
void a_connection_lives_on_whatever_is_read(void **state)
{
	struct desk *desk = *state;
	struct line line;

	line_open(&line, desk->daemon.server);
	for (int i = 0; api_ops[i]; i++) {
		struct sample sample;

		if (api_ops[i]->method != API_GET ||
		    api_ops[i]->flags & API_RAW_REPLY)
			continue;
		assert_true(sample_make(desk, api_ops[i], &sample));
		line_load(&line, desk, &sample);
		line_ask_all(&line, 1);
		assert_int_equal(line.answer.status, 200);
	}
	line_close(&line);
}
