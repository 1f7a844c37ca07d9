/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contract of keys, by hand and in numbers, on a daemon of the contract's. */
#include "campaign.h"
#include "faults.h"

#include <guichet/base/clock.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEPT 200                        /* answers that are asked for again */
#define AT_ONCE 8

/* The writes that an agent may do as often as they like. */
static const struct {
	const struct api_op *op;
	const char *effects;
} writes[] = {
	{ &api_contact_create, "SELECT count(*) FROM contact" },
	{ &api_contact_prove, "SELECT sum(version) FROM contact" },
	{ &api_contact_update, "SELECT sum(version) FROM contact" },
	{ &api_contact_close, "SELECT sum(version) FROM contact" },
};

/* An answer and the request that made it. */
struct kept {
	struct sample sample;
	struct raw_answer answer;
};

static bool is_same(const struct raw_answer *was, const struct raw_answer *is)
{
	static const char *const headers[] = { "Content-Type", "ETag", "Location" };
	char a[256], b[256];

	if (was->status != is->status || was->body.size != is->body.size ||
	    memcmp(buf_cstr(&was->body), buf_cstr(&is->body), is->body.size) != 0)
		return false;
	for (size_t i = 0; i < N_ROWS(headers); i++) {
		bool had = raw_header(was, headers[i], a, sizeof(a));

		if (had != raw_header(is, headers[i], b, sizeof(b)) ||
		    (had && strcmp(a, b) != 0))
			return false;
	}
	return raw_header(is, "Idempotency-Replayed", a, sizeof(a)) &&
		strcmp(a, "true") == 0;
}

static void keep_one(struct trial *trial, struct desk *desk, struct line *line,
		     struct kept *kept, size_t number)
{
	assert_true(sample_make(desk, writes[number % N_ROWS(writes)].op,
				&kept->sample));
	line_load(line, desk, &kept->sample);
	line_ask_all(line, 1);
	kept->answer = line->answer;
	memset(&line->answer, 0, sizeof(line->answer));
	trial_must(trial, kept->answer.status < 300, "%s: %d",
		 kept->sample.op->name, kept->answer.status);
}

/* Some of the kept ones at once, in any order, while others are made. */
static void replay_some(struct trial *trial, struct desk *desk, struct line *lines,
			struct kept *kept, uint64_t *seed)
{
	struct kept *asked[AT_ONCE];

	for (int i = 0; i < AT_ONCE; i++) {
		asked[i] = &kept[draw(seed, KEPT)];
		line_load(&lines[i], desk, &asked[i]->sample);
	}
	line_ask_all(lines, AT_ONCE);
	for (int i = 0; i < AT_ONCE; i++) {
		trial_must(trial, is_same(&asked[i]->answer, &lines[i].answer),
			 "%s: another answer", asked[i]->sample.op->name);
		trial->told->cases++;
	}
}

void replayed_the_same(struct trial *trial)
{
	struct kept *kept = calloc(KEPT, sizeof(*kept));
	struct line lines[AT_ONCE];
	int64_t effects, others = 0;
	uint64_t seed = trial->seed;
	struct desk desk;

	desk_open(&desk);
	for (int i = 0; i < AT_ONCE; i++)
		line_open(&lines[i], desk.daemon.server);
	for (size_t i = 0; i < KEPT; i++)
		keep_one(trial, &desk, &lines[0], &kept[i], i);
	while (trial->told->cases < trial->count && !trial->told->wrong[0]) {
		struct kept other;

		if (draw(&seed, 4) == 0) {
			keep_one(trial, &desk, &lines[0], &other, others++);
			buf_fini(&other.answer.body);
		}
		effects = store_number(&desk, writes[1].effects);
		replay_some(trial, &desk, lines, kept, &seed);
		trial_must(trial, store_number(&desk, writes[1].effects) == effects,
			 "a replay had an effect");
	}
	trial_figures(trial, "%d keys, %lld other writes between, each answer the "
		    "first byte for byte", KEPT, (long long)others);
	trial_must(trial, store_is_sound(&desk), "guichetd check");
	for (int i = 0; i < AT_ONCE; i++)
		line_close(&lines[i]);
	for (int i = 0; i < KEPT; i++)
		buf_fini(&kept[i].answer.body);
	free(kept);
	desk_close(&desk);
}

static void ask_at_once(struct trial *trial, struct desk *desk, struct line *lines,
			size_t number)
{
	size_t which = number % N_ROWS(writes);
	struct sample sample;
	int64_t before;
	int first = 0;

	assert_true(sample_make(desk, writes[which].op, &sample));
	for (int i = 0; i < AT_ONCE; i++)
		line_load(&lines[i], desk, &sample);
	before = store_number(desk, writes[which].effects);
	line_ask_all(lines, AT_ONCE);
	for (int i = 0; i < AT_ONCE; i++) {
		char replayed[8];

		trial_must(trial, lines[i].answer.status < 300 &&
			 lines[i].answer.body.size == lines[0].answer.body.size &&
			 memcmp(lines[i].answer.body.data, lines[0].answer.body.data,
				lines[0].answer.body.size) == 0,
			 "%s: answered %d", sample.op->name,
			 lines[i].answer.status);
		first += !raw_header(&lines[i].answer, "Idempotency-Replayed",
				     replayed, sizeof(replayed));
	}
	trial_must(trial, first == 1, "%s: done %d times", sample.op->name, first);
	trial_must(trial, store_number(desk, writes[which].effects) - before == 1,
		 "%s: not one effect", sample.op->name);
	trial->told->cases++;
}

void eight_at_once(struct trial *trial)
{
	struct line lines[AT_ONCE];
	struct desk desk;

	desk_open(&desk);
	for (int i = 0; i < AT_ONCE; i++)
		line_open(&lines[i], desk.daemon.server);
	for (int i = 0; i < trial->count && !trial->told->wrong[0]; i++)
		ask_at_once(trial, &desk, lines, (size_t)i);
	trial_figures(trial, "one done and seven replayed each time");
	for (int i = 0; i < AT_ONCE; i++)
		line_close(&lines[i]);
	desk_close(&desk);
}

/* ---- lost update ---- */

/* Two who have read the same version change it at the same moment. */
static void race(struct trial *trial, struct desk *desk, struct line *lines,
		 uint64_t *seed)
{
	static const int reasons[] = { CONTACT_RIGHTS, CONTACT_PAYMENTS };
	struct sample samples[2];
	struct contact_change *body;
	char sql[96];
	int winner;

	assert_true(sample_make(desk, &api_contact_update, &samples[0]));
	samples[1] = samples[0];
	uuid_new(samples[1].key);
	for (unsigned i = 0, swap = draw(seed, 2); i < 2; i++) {
		body = (void *)samples[i].body.any;
		body->reason = reasons[i ^ swap];
		line_load(&lines[i], desk, &samples[i]);
	}
	line_ask_all(lines, 2);
	winner = lines[0].answer.status == 200 ? 0 : 1;
	trial_must(trial, lines[winner].answer.status == 200 &&
		 lines[!winner].answer.status == 412, "answered %d and %d",
		 lines[0].answer.status, lines[1].answer.status);
	snprintf(sql, sizeof(sql), "SELECT reason FROM contact WHERE id = %lld",
		 (long long)id_parse(samples[0].query.any));
	body = (void *)samples[winner].body.any;
	trial_must(trial, store_number(desk, sql) == body->reason,
		 "what was refused has overwritten");
	trial->told->cases++;
}

void lost_update(struct trial *trial)
{
	uint64_t seed = trial->seed;
	struct line lines[2];
	struct desk desk;

	desk_open(&desk);
	for (int i = 0; i < 2; i++)
		line_open(&lines[i], desk.daemon.server);
	while (trial->told->cases < trial->count && !trial->told->wrong[0])
		race(trial, &desk, lines, &seed);
	trial_figures(trial, "one 200 and one 412 each time, nothing overwritten");
	trial_must(trial, store_is_sound(&desk), "guichetd check");
	for (int i = 0; i < 2; i++)
		line_close(&lines[i]);
	desk_close(&desk);
}
