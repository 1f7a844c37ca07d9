/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check_accounts [TRIES [SPRAYED]]: whether the time of a refusal tells that a login
 * exists, and what a flood of sign-ins, ten seconds of it and SPRAYED of them at
 * least, leaves to those who read. */
#include "../contract/contract.h"
#include "../../bench/samples.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SPRAY_S 10
#define SPRAYERS 96                     /* more than may wait */
#define RATE_MOST 30.0
#define DIFFERENCE_MOST_MS 2.0
#define READ_P99_MOST_MS 250.0

static struct desk desk;
static atomic_int serial, checked;
static atomic_bool over;

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* From a desk of its own every few tries, so that no workstation is locked. */
static int sign_in(const char *user, const char *password, int station)
{
	char headers[96], body[160];
	const struct raw_request request = {
		.method = "POST", .path = "/v1/sessions", .headers = headers,
		.body = body, .body_size = (size_t)snprintf(body, sizeof(body),
			"{\"user\":\"%s\",\"password\":\"%s\"}", user, password),
	};
	struct raw_answer answer;

	snprintf(headers, sizeof(headers), "Content-Type: application/json\r\n"
		 "Guichet-Desk: %d\r\n", station);
	raw_call(desk.daemon.server, &request, &answer);
	buf_fini(&answer.body);
	return answer.status;
}

static double time_refusal(const char *user, int station)
{
	double start = now_ms();

	assert_int_equal(sign_in(user, "not-this-one", station), 401);
	return now_ms() - start;
}

/* A good password now and then, so that the account is not locked. */
static bool measure_difference(int tries)
{
	struct samples known = { 0 }, unknown = { 0 };
	double difference;
	char nobody[32];

	for (int i = 0; i < tries; i++) {
		if (i % 4 == 0)
			assert_int_equal(sign_in("h.vial", DEMO_PASSWORD, i), 201);
		snprintf(nobody, sizeof(nobody), "n.%d", i / 4);
		sample_add(&known, time_refusal("h.vial", i / 4 + 1000));
		sample_add(&unknown, time_refusal(nobody, i / 4 + 1000));
	}
	difference = samples_at(&known, 0.5) - samples_at(&unknown, 0.5);
	printf("refusal.known_ms %.2f\nrefusal.unknown_ms %.2f\n"
	       "refusal.difference_ms %.2f\n", samples_at(&known, 0.5),
	       samples_at(&unknown, 0.5), difference);
	samples_free(&known);
	samples_free(&unknown);
	return difference < DIFFERENCE_MOST_MS && -difference < DIFFERENCE_MOST_MS;
}

static void *spray(void *unused)
{
	char user[32];

	while (!atomic_load(&over)) {
		int mine = atomic_fetch_add(&serial, 1);

		snprintf(user, sizeof(user), "s.%d", mine);
		if (sign_in(user, "not-this-one", 100000 + mine / 4) == 401)
			atomic_fetch_add(&checked, 1);
	}
	return unused;
}

static bool measure_spray(long sprayed)
{
	pthread_t threads[SPRAYERS];
	double start = now_ms(), rate, p99;
	struct raw_answer answer;
	struct samples reads = { 0 };
	struct sample sample;

	assert_true(sample_make(&desk, &api_session_get, &sample));
	for (int i = 0; i < SPRAYERS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, spray, NULL), 0);
	while (now_ms() - start < SPRAY_S * 1e3 || atomic_load(&serial) < sprayed) {
		double asked = now_ms();

		sample_send(&desk, &sample, NULL, &answer);
		assert_int_equal(answer.status, 200);
		buf_fini(&answer.body);
		sample_add(&reads, now_ms() - asked);
	}
	rate = atomic_load(&checked) / (now_ms() - start) * 1e3;
	atomic_store(&over, true);
	for (int i = 0; i < SPRAYERS; i++)
		pthread_join(threads[i], NULL);
	p99 = samples_at(&reads, 0.99);
	printf("spray.sent %d\nspray.passwords_per_s %.1f\nspray.reads %zu\n"
	       "spray.read_p99_ms %.1f\n", atomic_load(&serial), rate, reads.count, p99);
	samples_free(&reads);
	return rate <= RATE_MOST && p99 < READ_P99_MOST_MS;
}

int main(int argc, char **argv)
{
	int tries = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 1000;
	long sprayed = argc > 2 ? strtol(argv[2], NULL, 10) : 0;
	bool ok;

	desk_open(&desk);
	ok = measure_spray(sprayed);
	ok = measure_difference(tries) && ok;
	desk_close(&desk);
	puts(ok ? "accounts: as promised" : "accounts: NOT as promised");
	return !ok;
}
