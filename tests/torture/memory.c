/* SPDX-License-Identifier: GPL-3.0-or-later */
/* K8: the Nth allocation of the daemon fails while it serves one request, once or
 * from there on, for each operation of the contract.  Each time the answer is the
 * right one, or a refusal, or the daemon ends with 71; nothing is half done, and
 * the same request is served afterwards. */
#include "narrow.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 200

static struct narrow narrow;
static unsigned seed;

/* A daemon is started for each round of the last two. */
static const struct how {
	const char *name;
	enum fail_mode mode;
	bool cold;                      /* it was just started */
	int share;                      /* of the rounds, one in so many */
} hows[] = {
	{ "once", FAIL_ONCE, false, 1 },
	{ "once, just started", FAIL_ONCE, true, 20 },
	{ "from there on", FAIL_FROM_THERE_ON, false, 20 },
};

struct tally { long calls, tried, answered, refused, cut, ended; };

/* Of one operation. */
struct trial {
	const struct api_op *op;
	const struct write *write;      /* NULL: its effects are not counted */
	struct sample sample;
	struct buf right;               /* the answer; empty: it changes */
};

static unsigned below(unsigned limit)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 8) % limit;
}

static bool reads(const struct api_op *op)
{
	return op->method == API_GET || op->flags & API_READ;
}

static bool is_good(int status)
{
	return status >= 200 && status < 300;
}

static int64_t effects(const struct trial *trial)
{
	return trial->write ?
		store_number(&narrow.desk, trial->write->effects) : 0;
}

static void make(struct trial *trial)
{
	struct sample order;
	struct fate fate;

	/* The certificate of an order that is there. */
	if (trial->op == &api_certificate_paper) {
		assert_true(sample_make(&narrow.desk, &api_ehic_create, &order));
		narrow_ask(&narrow, &order, &fate);
		assert_true(is_good(fate.status));
		buf_fini(&fate.body);
	}
	assert_true(sample_make(&narrow.desk, trial->op, &trial->sample));
}

static int ask_again(struct trial *trial, struct buf *body)
{
	struct fate fate;

	narrow_ask(&narrow, &trial->sample, &fate);
	assert_false(fate.ended);
	*body = fate.body;
	return fate.status;
}

/* What a read answers, if it is the same twice. */
static void learn(struct trial *trial)
{
	struct buf again;

	assert_true(is_good(ask_again(trial, &trial->right)));
	assert_true(is_good(ask_again(trial, &again)));
	if (trial->op->flags & API_RAW_REPLY ||
	    strcmp(buf_cstr(&trial->right), buf_cstr(&again)) != 0)
		buf_empty(&trial->right);
	buf_fini(&again);
}

static const char *first_difference(const struct buf *right, const struct buf *body)
{
	size_t at = 0;

	while (at < right->size && at < body->size && right->data[at] == body->data[at])
		at++;
	return buf_cstr(body) + (at < 40 ? 0 : at - 40);
}

/* A page that falls cannot say why. */
static bool refuses(const struct api_op *op, const struct fate *fate)
{
	const char *body = buf_cstr(&fate->body);

	return fate->status == 503 &&
		(strstr(body, "\"code\":\"memory.short\"") ||
		 (op->flags & API_RAW_REPLY &&
		  strstr(body, "\"code\":\"paper.failed\"")));
}

static void expect_answer(const struct trial *trial, const struct fate *fate, long n)
{
	if (is_good(fate->status)) {
		if (trial->right.size > 0 && strcmp(buf_cstr(&trial->right),
						    buf_cstr(&fate->body)) != 0)
			fail_msg("%s: allocation %ld failed and it was answered "
				 "otherwise: %.200s", trial->op->name, n,
				 first_difference(&trial->right, &fate->body));
		return;
	}
	if (fate->status != 0 && !refuses(trial->op, fate))
		fail_msg("%s: allocation %ld failed and it was answered %d: %s",
			 trial->op->name, n, fate->status, buf_cstr(&fate->body));
}

/* The moment that is written in a document; "" when there is none. */
static const char *made_at(const struct buf *paper, char moment[40])
{
	static const char word[] = "/CreationDate";
	const char *at = paper->size ? memmem(paper->data, paper->size, word,
					      sizeof(word) - 1) : NULL;

	snprintf(moment, 40, "%.39s", at ? at : "");
	return moment;
}

/* In the same second, the same document. */
static void expect_same_paper(const struct trial *trial, const struct buf *paper,
			      const struct buf *right, long n)
{
	char at[40], right_at[40];

	assert_string_not_equal(made_at(right, right_at), "");
	if (strcmp(made_at(paper, at), right_at) != 0 && *at)
		return;
	if (paper->size != right->size ||
	    memcmp(paper->data, right->data, right->size) != 0)
		fail_msg("%s: allocation %ld failed and the document has %zu bytes, "
			 "not the same %zu", trial->op->name, n, paper->size,
			 right->size);
}

/* The same again, with memory enough: it is done, once. */
static void expect_done(struct trial *trial, const struct fate *fate, long n,
			int64_t before)
{
	int64_t made = trial->write ? trial->write->adds : 0, now = effects(trial);
	bool keyed = trial->op->flags & API_KEYED, done = now == before + made;
	struct buf body;
	int status;

	if ((is_good(fate->status) && !done) ||
	    (fate->status >= 500 && now != before) || (!done && now != before))
		fail_msg("%s: allocation %ld failed, answered %d, %lld effects",
			 trial->op->name, n, fate->status,
			 (long long)(now - before));
	if (reads(trial->op) || keyed || !is_good(fate->status)) {
		status = ask_again(trial, &body);
		/* Done and not told, without a key: the version, or what it was
		 * about, is another. */
		if (!is_good(status) && (keyed || reads(trial->op) ||
					 fate->status != 0 || status >= 500))
			fail_msg("%s: allocation %ld failed, then %d: %s",
				 trial->op->name, n, status, buf_cstr(&body));
		if (keyed && is_good(fate->status) &&
		    strcmp(buf_cstr(&body), buf_cstr(&fate->body)) != 0)
			fail_msg("%s: allocation %ld failed, replayed as %s",
				 trial->op->name, n, buf_cstr(&body));
		if (trial->op->flags & API_RAW_REPLY && is_good(fate->status))
			expect_same_paper(trial, &fate->body, &body, n);
		buf_fini(&body);
	}
	if (effects(trial) != before + made)
		fail_msg("%s: allocation %ld failed, %lld effects in the end",
			 trial->op->name, n, (long long)(effects(trial) - before));
}

/* Let allocation `n` fail; false when there were not that many. */
static bool play(struct trial *trial, const struct how *how, long n,
		 struct tally *tally)
{
	struct fate fate;
	int64_t before;
	bool failed;

	if (!reads(trial->op))
		make(trial);
	if (how->cold)
		narrow_restart(&narrow);
	before = effects(trial);
	fail_arm(narrow.fail, n, how->mode);
	narrow_ask(&narrow, &trial->sample, &fate);
	tally->calls = atomic_load(&narrow.fail->calls);
	failed = fail_disarm(narrow.fail) > 0 || fate.ended;
	tally->tried += failed;
	tally->answered += failed && is_good(fate.status);
	tally->refused += failed && fate.status >= 300;
	tally->cut += failed && fate.status == 0 && !fate.ended;
	tally->ended += failed && fate.ended;
	expect_answer(trial, &fate, n);
	expect_done(trial, &fate, n, before);
	buf_fini(&fate.body);
	if (!reads(trial->op))
		narrow_undo(&narrow);
	return failed;
}

static void add(struct tally *to, const struct tally *more)
{
	to->calls += more->calls;
	to->tried += more->tried;
	to->answered += more->answered;
	to->refused += more->refused;
	to->cut += more->cut;
	to->ended += more->ended;
}

/* Every N when there are not more than `count` of them, else as many, one drawn
 * in each stretch of the same length. */
static void play_all(struct trial *trial, const struct how *how, long count,
		     struct tally *all)
{
	struct tally tally = { 0 }, counted = { 0 };

	/* The first time there is more to prepare than ever after; two threads check
	 * passwords. */
	for (int i = 0; i < (how->cold ? 1 : 3); i++)
		play(trial, how, LONG_MAX, &counted);
	for (long i = 0; i < count && i < counted.calls; i++) {
		long each = counted.calls / count;

		play(trial, how, each == 0 ? i + 1 :
		     i * each + 1 + below((unsigned)each), &tally);
	}
	tally.calls = counted.calls;
	add(all, &tally);
	print_message("%s, %s: N = %ld, %ld failures: %ld answered, %ld refused, "
		      "%ld cut, %ld ended\n", trial->op->name, how->name,
		      tally.calls, tally.tried, tally.answered, tally.refused,
		      tally.cut, tally.ended);
}

static bool is_played(const struct api_op *op)
{
	const char *only = getenv("ONLY");

	/* They ask a provider, which is another program. */
	return op != &api_federation_start && op != &api_federation_poll &&
		(!only || strstr(op->name, only));
}

static void short_of_memory_the_daemon_refuses_or_ends(const struct how *how)
{
	struct tally all = { 0 };
	int count = 0, played = 0, every;
	long each;

	for (int i = 0; api_ops[i]; i++)
		count += is_played(api_ops[i]);
	each = rounds(ROUNDS) / how->share / count;
	/* With fewer rounds than operations, some of those. */
	every = 1 + count * how->share / rounds(ROUNDS);
	for (int i = 0; api_ops[i]; i++) {
		struct trial trial = { .op = api_ops[i],
			.write = write_of(api_ops[i]) };

		if (!is_played(api_ops[i]) ||
		    (each == 0 && (i + seed) % every != 0))
			continue;
		played++;
		buf_init(&trial.right, 8 << 20);
		if (reads(trial.op)) {
			make(&trial);
			learn(&trial);
		}
		play_all(&trial, how, each ? each : 1, &all);
		buf_fini(&trial.right);
		narrow_undo(&narrow);
	}
	print_message("K8, %s: %d operations, N = %ld, %ld failures: %ld answered, "
		      "%ld refused, %ld cut, %ld ended, 0 half effects\n", how->name,
		      played, all.calls, all.tried, all.answered, all.refused,
		      all.cut, all.ended);
	assert_true(store_is_sound(&narrow.desk));
}

static void one_allocation_fails(void **state)
{
	(void)state;
	short_of_memory_the_daemon_refuses_or_ends(&hows[0]);
}

static void one_allocation_fails_just_after_the_start(void **state)
{
	(void)state;
	short_of_memory_the_daemon_refuses_or_ends(&hows[1]);
}

static void no_allocation_succeeds_any_more(void **state)
{
	(void)state;
	short_of_memory_the_daemon_refuses_or_ends(&hows[2]);
}

static int setup(void **state)
{
	const char *wanted = getenv("SEED");

	(void)state;
	seed = wanted ? (unsigned)strtoul(wanted, NULL, 10) : 20261122;
	print_message("SEED=%u\n", seed);
	narrow_open(&narrow);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	print_message("%ld starts\n", narrow.starts);
	narrow_close(&narrow);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_allocation_fails),
		cmocka_unit_test(one_allocation_fails_just_after_the_start),
		cmocka_unit_test(no_allocation_succeeds_any_more),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests_name("memory", tests, setup, teardown);
}
