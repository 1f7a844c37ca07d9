/* SPDX-License-Identifier: GPL-3.0-or-later */
/* N11: five thousand desks at once before a server that goes away.  Each is the
 * client's own code with connections of its own; where it has given up its agent
 * asks again some seconds later, as people do. */
#include "scene.h"
#include "skip.h"
#include "../../bench/samples.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define HOUSES 10                       /* processes */
#define DESKS 500                       /* of each */
#define AWAY_MS 2000
#define BACK_MOST_MS 60000
#define P99_MOST_MS 2000
#define LAST_ROUND -1

/* Between two questions of one agent, and before one asks again in vain. */
#define PAUSE_MS 5000
#define AGAIN_MS 1000

/* What all processes see. */
struct street {
	pid_t houses[HOUSES];
	_Atomic int round;              /* every desk asks at once when it changes */
	_Atomic long served;            /* desks, since then */
	_Atomic long vain;              /* calls that gave up */
	_Atomic int calm;               /* latencies count from then on */
	_Atomic long count;
	_Atomic int latency_ms[1 << 17];
};

struct stand {
	struct worker worker;
	struct loop_peer peer;
	struct street *street;
	bool busy, served;
	int round;
	int64_t asked_ms, next_ms;
};

static void on_answer(void *self, struct api_reply *reply)
{
	struct stand *stand = self;
	struct street *street = stand->street;
	int64_t now = real_mono_ms();

	stand->busy = false;
	stand->next_ms = now + (reply->ok ? PAUSE_MS : AGAIN_MS);
	stand->next_ms += draw(&stand->worker.seed, reply->ok ? PAUSE_MS : AGAIN_MS);
	if (!reply->ok) {
		street->vain++;
		return;
	}
	if (!stand->served)
		street->served++;
	stand->served = true;
	if (street->calm && street->count < (long)(sizeof(street->latency_ms) /
						   sizeof(*street->latency_ms)))
		street->latency_ms[street->count++] = (int)(now - stand->asked_ms);
}

static void ask(struct stand *stand, int64_t now)
{
	const struct api_request request = { .op = &api_session_get };

	stand->busy = api_call(stand->worker.api, &stand->worker.owner, 0, &request,
			       (struct api_sink){ .self = stand, .done = on_answer });
	stand->asked_ms = now;
}

static void tend(struct stand *stand, int round, int64_t now)
{
	if (stand->round != round) {
		stand->round = round;
		stand->served = false;
		stand->next_ms = now;
	}
	if (!stand->busy && now >= stand->next_ms)
		ask(stand, now);
	if (!stand->busy)
		return;
	stand->peer.wait(stand->peer.self, NULL, 0, 0);
	stand->peer.deliver(stand->peer.self);
}

static void keep_house(struct street *street, const struct site *site,
		       const struct history *history, const char *token, int number)
{
	static struct stand stands[DESKS];
	int round;

	for (int i = 0; i < DESKS; i++) {
		stands[i].street = street;
		worker_open_as(&stands[i].worker, "crowd", token, site->server,
			       history);
		stands[i].worker.seed = (uint64_t)(number * DESKS + i + 1);
		stands[i].peer = api_peer(stands[i].worker.api);
		stands[i].next_ms = INT64_MAX;
	}
	while ((round = street->round) != LAST_ROUND) {
		for (int i = 0; round && i < DESKS; i++)
			tend(&stands[i], round, real_mono_ms());
		pass_ms(2);
	}
	for (int i = 0; i < DESKS; i++)
		worker_close(&stands[i].worker);
}

/* Until every desk was served; returns how long that took. */
static int64_t wait_for_all(const struct street *street)
{
	int64_t begin = real_mono_ms();

	while (street->served < HOUSES * DESKS &&
	       real_mono_ms() - begin < 2 * BACK_MOST_MS)
		pass_ms(10);
	return real_mono_ms() - begin;
}

static double p99_of(const struct street *street)
{
	struct samples ms = { 0 };
	double p99;

	for (long i = 0; i < street->count; i++)
		sample_add(&ms, street->latency_ms[i]);
	p99 = samples_at(&ms, 0.99);
	samples_free(&ms);
	return p99;
}

static void open_street(struct scene *scene, struct street *street)
{
	struct worker first;

	worker_open(&first, "a.lefevre", scene->site.server, scene->site.server,
		    &scene->trial->history);
	for (int i = 0; i < HOUSES; i++) {
		street->houses[i] = fork();
		if (street->houses[i] != 0)
			continue;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		keep_house(street, &scene->site, &scene->trial->history, first.token,
			   i);
		_exit(0);
	}
	worker_close(&first);
}

static void go_away_and_come_back(struct trial *trial, struct scene *scene,
				  struct street *street, int64_t *longest)
{
	int64_t took;

	site_end(&scene->site, SIGKILL);
	street->served = 0;
	street->round++;
	pass_ms(AWAY_MS);
	site_start(&scene->site);
	took = wait_for_all(street);
	*longest = took > *longest ? took : *longest;
	trial_must(trial, took <= BACK_MOST_MS, "%ld of %d served after %lld ms",
		   street->served, HOUSES * DESKS, (long long)took);
}

void a_crowd_comes_back(struct trial *trial)
{
	struct street *street = mmap(NULL, sizeof(*street), PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct scene scene;
	int64_t longest = 0;
	double p99;

	scene_open(&scene, trial);
	site_end(&scene.site, SIGTERM);
	site_on_tcp(&scene.site, 20000 + (int)(getpid() % 20000));
	site_start(&scene.site);
	open_street(&scene, street);
	street->round = 1;
	wait_for_all(street);
	while (trial->told->cases < trial->count && !trial->told->wrong[0]) {
		go_away_and_come_back(trial, &scene, street, &longest);
		trial->told->cases++;
	}
	street->calm = 1;
	pass_ms(3 * PAUSE_MS);
	street->calm = 0;
	p99 = street->count ? p99_of(street) : P99_MOST_MS;
	street->round = LAST_ROUND;
	for (int i = 0; i < HOUSES; i++)
		waitpid(street->houses[i], NULL, 0);
	trial_must(trial, p99 < P99_MOST_MS, "p99 of %.0f ms when all are back", p99);
	trial_figures(trial, "%d desks; all served %lld ms after the server, %ld calls "
		      "given up meanwhile; then %ld calls, p99 %.0f ms",
		      HOUSES * DESKS, (long long)longest, street->vain, street->count,
		      p99);
	scene_close(&scene);
	munmap(street, sizeof(*street));
}
