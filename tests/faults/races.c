/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several agents, each on a connection of their own, want one slot at the same
 * moment: one has it, the others are told the three nearest that are free. */
#include "faults.h"
#include "../../bench/samples.h"

#include <guichet/api/problem.h>
#include <guichet/base/clock.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RACES 200
#define AGENTS 8
#define REASON "VITALE"

static const struct {
	const char *login, *nir;        /* the agent, who is in front of them */
} agents[AGENTS] = {
	{ "a.lefevre", "2850345234123" },
	{ "m.girard", "2600538544039" },
	{ "c.moreau", "2801138229012" },
	{ "j.petit", "2910738185162" },
	{ "l.faure", "8970999114033" },
	{ "n.roux", "2850345234123" },
	{ "p.garnier", "2600538544039" },
	{ "h.vial", "2801138229012" },
};

struct race {
	struct desk *desk;
	bool hold;                      /* or book at once */
	size_t count;                   /* of agents */
	struct line lines[AGENTS];
	struct sample samples[AGENTS];
	struct rows slots;
	struct samples waits_ms;        /* of each answer */
	size_t won, lost;
};

static void sign_in(struct desk *desk, struct sample *sample, size_t agent)
{
	struct login login = { .password = DEMO_PASSWORD, .channel = -1 };
	const struct session *session;

	snprintf(login.user, sizeof(login.user), "%s", agents[agent].login);
	session = desk_get(desk, &(struct api_request){
		.op = &api_session_create, .body = &login });
	snprintf(sample->token, sizeof(sample->token), "%s", session->token);
	api_set_token(desk->api, sample->token);
	desk_open_file(desk, agents[agent].nir, &sample->file);
	api_set_token(desk->api, desk->token);
}

static void start(struct race *race, struct desk *desk, size_t count, bool hold)
{
	struct slot_query query;

	*race = (struct race){ .desk = desk, .hold = hold, .count = count };
	for (size_t i = 0; i < count; i++) {
		race->samples[i].op = hold ? &api_hold_create :
			&api_appointment_create;
		sign_in(desk, &race->samples[i], i);
		line_open(&race->lines[i], desk->by_hand);
	}
	codec_clear(&slot_query_codec, &query);
	snprintf(query.reason, sizeof(query.reason), REASON);
	query.limit = 200;
	desk_get(desk, &(struct api_request){ .op = &api_slot_list,
		.query = &query });
	rows_move(&race->slots, &desk->rows);
	assert_true(race->slots.count > 50);
}

/* Each asks for the slot, in their own name and with a key of their own. */
static void want(struct race *race, size_t i, const struct slot *slot)
{
	struct sample *s = &race->samples[i];
	struct appointment_new *booking = (void *)s->body.any;
	struct hold_new *hold = (void *)s->body.any;

	codec_clear(s->op->body, s->body.any);
	uuid_new(s->key);
	if (race->hold) {
		memcpy(hold->insured_id, s->file.insured_id, ID_TEXT);
		memcpy(hold->office_id, slot->office_id, ID_TEXT);
		snprintf(hold->reason, sizeof(hold->reason), REASON);
		hold->desk = slot->desk;
		hold->starts_at = slot->starts_at;
	} else {
		memcpy(booking->insured_id, s->file.insured_id, ID_TEXT);
		memcpy(booking->office_id, slot->office_id, ID_TEXT);
		snprintf(booking->reason, sizeof(booking->reason), REASON);
		booking->channel = CHANNEL_COUNTER;
		booking->desk = slot->desk;
		booking->starts_at = slot->starts_at;
		booking->accept_warnings = true;
	}
	line_load(&race->lines[i], race->desk, s);
}

static void expect_three_others(struct raw_answer *answer,
				const struct slot *slot)
{
	struct slot_taken taken;
	struct problem problem;
	struct err err;

	assert_int_equal(answer->status, 409);
	assert_true(codec_decode(&problem_codec, CODEC_REPLY,
				 buf_cstr(&answer->body), answer->body.size,
				 &problem, NULL, 0, NULL, &err));
	assert_string_equal(problem.code, "slot.taken");
	assert_true(codec_decode(&slot_taken_codec, CODEC_REPLY,
				 buf_cstr(&answer->body), answer->body.size,
				 &taken, NULL, 0, NULL, &err));
	assert_int_equal(taken.count, 3);
	for (size_t i = 0; i < taken.count; i++)
		assert_false(taken.nearest[i].desk == slot->desk &&
			     taken.nearest[i].starts_at < slot->ends_at &&
			     taken.nearest[i].ends_at > slot->starts_at);
}

/* Give the slot back: its next race finds it free again. */
static void give_back(struct race *race, size_t winner)
{
	struct sample *won = &race->samples[winner], back = { 0 };
	struct line *line = &race->lines[winner];
	char value[256];
	const char *id;

	assert_true(raw_header(&line->answer, "Location", value, sizeof(value)));
	id = strrchr(value, '/') + 1;
	back.op = race->hold ? &api_hold_delete : &api_appointment_update;
	snprintf(back.query.any, ID_TEXT, "%s", id);
	memcpy(back.token, won->token, sizeof(back.token));
	back.file = won->file;
	uuid_new(back.key);
	if (!race->hold) {
		struct appointment_change *change = (void *)back.body.any;

		codec_clear(&appointment_change_codec, change);
		change->state = APPOINTMENT_CANCELLED;
		change->cancelled_by = CANCELLED_BY_INSURED;
		assert_true(raw_header(&line->answer, "ETag", back.etag,
				       sizeof(back.etag)));
	}
	line_load(line, race->desk, &back);
	line_ask_all(line, 1);
	assert_int_equal(line->answer.status, race->hold ? 204 : 200);
}

static void run_one(struct race *race, size_t number)
{
	const struct slot *slot = rows_at(&race->slots,
		number % race->slots.count);
	size_t winner = race->count;

	for (size_t i = 0; i < race->count; i++)
		want(race, i, slot);
	line_ask_all(race->lines, race->count);
	for (size_t i = 0; i < race->count; i++) {
		struct line *line = &race->lines[i];

		sample_add(&race->waits_ms,
			   (double)(line->answered_ns - line->asked_ns) / 1e6);
		if (line->answer.status == 201) {
			if (winner < race->count)
				fail_msg("race %zu: two have it", number);
			winner = i;
		} else {
			expect_three_others(&line->answer, slot);
			race->lost++;
		}
	}
	if (winner == race->count)
		fail_msg("race %zu: nobody has it", number);
	race->won++;
	give_back(race, winner);
}

static void finish(struct race *race)
{
	print_message("%zu races of %zu to %s: %zu won, %zu refused, "
		      "p50 %.1f ms, p99 %.1f ms\n", race->won, race->count,
		      race->hold ? "hold" : "book", race->won, race->lost,
		      samples_at(&race->waits_ms, 0.5), samples_at(&race->waits_ms, 0.99));
	for (size_t i = 0; i < race->count; i++)
		line_close(&race->lines[i]);
	rows_fini(&race->slots);
	samples_free(&race->waits_ms);
}

static void run_all(struct desk *desk, size_t count, bool hold)
{
	const char *made = hold ? "SELECT count(*) FROM hold" :
		"SELECT count(*) FROM appointment";
	int64_t before, races = rounds(RACES);
	struct race race;

	start(&race, desk, count, hold);
	before = store_number(desk, made);
	for (int64_t i = 0; i < races; i++)
		run_one(&race, (size_t)i);
	assert_int_equal(race.won, races);
	assert_int_equal(race.lost, races * (int64_t)(count - 1));
	assert_int_equal(store_number(desk, made) - before, hold ? 0 : races);
	assert_true(store_is_sound(desk));
	finish(&race);
}

void one_of_two_agents_books(void **state)
{
	run_all(*state, 2, false);
}

void one_of_eight_agents_books(void **state)
{
	run_all(*state, 8, false);
}

void one_of_two_agents_holds(void **state)
{
	run_all(*state, 2, true);
}

void one_of_eight_agents_holds(void **state)
{
	run_all(*state, 8, true);
}
