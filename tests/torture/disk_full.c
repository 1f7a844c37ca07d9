/* SPDX-License-Identifier: GPL-3.0-or-later */
/* K5: the disk fails at the Nth call, for every N until the write passes.  Each
 * time: a clean refusal, nothing of the effect, reads as before, and the same
 * request under the same key passes once there is room. */
#include "torture.h"

#include <stdio.h>
#include <string.h>

#define N_MOST 400

static int ask(struct desk *desk, const struct sample *sample)
{
	struct raw_answer answer;
	int status;

	sample_send(desk, sample, NULL, &answer);
	status = answer.status;
	if (status >= 500 && !strstr(buf_cstr(&answer.body), "\"code\":\"storage."))
		fail_msg("%s: %d %s", sample->op->name, status,
			 buf_cstr(&answer.body));
	buf_fini(&answer.body);
	return status;
}

static void expect_refused(const struct write *write, long n, int status)
{
	if (status != 507 && status != 503)
		fail_msg("%s: call %ld failed and it was answered %d",
			 write->op->name, n, status);
}

static void expect_effects(const struct desk *desk, const struct write *write,
			   long n, int64_t made)
{
	int64_t is = store_number(desk, write->effects);

	if (is != made)
		fail_msg("%s: call %ld: %lld effects, not %lld", write->op->name, n,
			 (long long)is, (long long)made);
}

static void fail_each(struct desk *desk, const struct write *write,
		      enum disk_error error, enum fail_mode mode, long *total)
{
	struct sample sample, get;
	int64_t before;
	long n = 0;
	bool failed;

	disk_error = error;
	assert_true(sample_make(desk, write->op, &sample));
	assert_true(sample_make(desk, &api_session_get, &get));
	before = store_number(desk, write->effects);
	do {
		int status, read = 200;

		fail_arm(&disk_fail, ++n, mode);
		status = ask(desk, &sample);
		/* No trace can be left: nothing is shown either. */
		if (mode == FAIL_FROM_THERE_ON && atomic_load(&disk_fail.failed))
			read = ask(desk, &get);
		failed = fail_disarm(&disk_fail) > 0;
		if (failed && mode == FAIL_FROM_THERE_ON)
			expect_refused(write, n, read);
		/* A checkpoint that fails is tried again later: the write stands. */
		if (failed && status >= 300) {
			expect_refused(write, n, status);
			expect_effects(desk, write, n, before);
		} else {
			assert_true(status < 300);
			expect_effects(desk, write, n, before + write->adds);
			failed = failed && status >= 300;
		}
		assert_int_equal(ask(desk, &get), 200);
		assert_true(n < N_MOST);
	} while (failed);
	*total += n - 1;
	print_message("%s: N = %ld\n", write->op->name, n - 1);
}

void a_disk_that_fails_once_undoes_and_recovers(void **state)
{
	struct desk *desk = *state;
	long total = 0;

	for (int i = 0; writes[i].op; i++)
		fail_each(desk, &writes[i], i % 2 ? DISK_IOERR : DISK_FULL,
			  FAIL_ONCE, &total);
	print_message("K5, failing once: %ld failures, 0 half effects\n", total);
	assert_true(store_is_sound(desk));
	house_close(&desk->daemon);
	house_open(&desk->daemon);
	assert_true(store_is_sound(desk));
}

void a_disk_that_stays_full_shows_nothing_and_recovers(void **state)
{
	struct desk *desk = *state;
	long total = 0;

	for (int i = 0; writes[i].op; i++)
		fail_each(desk, &writes[i], i % 2 ? DISK_FULL : DISK_IOERR,
			  FAIL_FROM_THERE_ON, &total);
	print_message("K5, full from there on: %ld failures, 0 half effects\n",
		      total);
	assert_true(store_is_sound(desk));
	house_close(&desk->daemon);
	house_open(&desk->daemon);
	assert_true(store_is_sound(desk));
}
