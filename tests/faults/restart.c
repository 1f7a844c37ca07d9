/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to the server while agents write. */
#include "scene.h"
#include "skip.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

#define CREW 20
#define BUSY_CREW 50

/* The database grows: after so many kills it is read whole after each tenth only,
 * and the trace is verified from its first row after each hundredth. */
#define WHOLE_UNTIL 100
#define WHOLE_EVERY 10
#define VERIFY_EVERY 100

/* A log that no start empties makes each start slower than the one before. */
#define LOG_MOST_MIB 64

/* The crew goes straight to the server: nothing softens its death. */
static void crew_of(struct scene *scene, struct crew *crew, int size)
{
	*crew = (struct crew){
		.site = &scene->site, .history = &scene->trial->history,
		.way = scene->site.server, .size = size, .waits = true,
		.seed = scene->trial->seed,
	};
}

static void verify(struct scene *scene, int number)
{
	struct trial *trial = scene->trial;
	long log = site_log_mib(&scene->site);

	trial_must(trial, log <= LOG_MOST_MIB, "%ld MiB of log after kill %d", log,
		   number);
	if (number < WHOLE_UNTIL || number % WHOLE_EVERY == 0)
		trial_must(trial, site_is_whole(&scene->site),
			   "integrity_check after kill %d", number);
	if (number % VERIFY_EVERY == 0)
		trial_must(trial, site_is_sound(&scene->site),
			   "guichetd check after kill %d", number);
}

void killed_while_writing(struct trial *trial)
{
	int64_t slowest = 0, sum = 0, took;
	uint64_t seed = trial->seed;
	struct scene scene;
	struct crew crew;

	scene_open(&scene, trial);
	crew_of(&scene, &crew, CREW);
	crew_start(&crew);
	while (trial->told->cases < trial->count && !trial->told->wrong[0]) {
		pass_ms((int)draw(&seed, 80));
		site_end(&scene.site, SIGKILL);
		took = site_start(&scene.site);
		sum += took;
		slowest = took > slowest ? took : slowest;
		verify(&scene, (int)++trial->told->cases);
	}
	trial_must(trial, slowest < 2000, "a restart of %lld ms", (long long)slowest);
	trial_must(trial, crew_stop(&crew), "an agent could not go on");
	trial_figures(trial, "%d agents, %ld writes acknowledged, %ld once unknown; "
		    "restart mean %lld ms, most %lld ms", crew.size,
		    crew.shared->writes, crew.shared->unknown,
		    (long long)(sum / trial->told->cases), (long long)slowest);
	scene_close(&scene);
}

/* The proxy has the answer and does not give it; then the server dies. */
void killed_after_effect(struct trial *trial)
{
	const struct proxy_plan plan = { .seed = trial->seed, .writes_only = true,
		.per_mille[FAULT_DROP_AFTER] = 300 };
	struct scene scene;
	struct crew crew;
	long seen = 0;

	scene_open(&scene, trial);
	crew_of(&scene, &crew, CREW);
	crew.way = scene.way;
	proxy_follow(&scene.proxy, &plan);
	crew_start(&crew);
	while (trial->told->cases < trial->count && !trial->told->wrong[0]) {
		while (scene.proxy.seen->faults[FAULT_DROP_AFTER] == seen)
			pass_ms(1);
		site_end(&scene.site, SIGKILL);
		seen = scene.proxy.seen->faults[FAULT_DROP_AFTER];
		trial_must(trial, site_start(&scene.site) < 2000, "a slow restart");
		verify(&scene, (int)++trial->told->cases);
	}
	trial_must(trial, crew_stop(&crew), "an agent could not go on");
	trial_figures(trial, "%ld answers withheld, %ld writes acknowledged, %ld once "
		    "unknown", scene.proxy.seen->faults[FAULT_DROP_AFTER],
		    crew.shared->writes, crew.shared->unknown);
	scene_close(&scene);
}

void graceful_restart(struct trial *trial)
{
	int64_t drain = 0, begin, took;
	uint64_t seed = trial->seed;
	struct scene scene;
	struct crew crew;

	scene_open(&scene, trial);
	crew_of(&scene, &crew, BUSY_CREW);
	crew_start(&crew);
	while (trial->told->cases < trial->count && !trial->told->wrong[0]) {
		pass_ms(500 + (int)draw(&seed, 500));
		begin = real_mono_ms();
		trial_must(trial, site_end(&scene.site, SIGTERM) == 0,
			 "it did not end well");
		took = real_mono_ms() - begin;
		drain = took > drain ? took : drain;
		site_start(&scene.site);
		trial->told->cases++;
	}
	trial_must(trial, drain <= 5000, "%lld ms to finish", (long long)drain);
	trial_must(trial, crew_stop(&crew), "an agent could not go on");
	trial_must(trial, crew.shared->slowest_ms <= 10000,
		 "a desk resumed after %ld ms", crew.shared->slowest_ms);
	trial_figures(trial, "%d clients, %ld writes; finished in %lld ms at most, "
		    "slowest write %ld ms, nobody signed in again", crew.size,
		    crew.shared->writes, (long long)drain,
		    crew.shared->slowest_ms);
	scene_close(&scene);
}

/* The server is away for some seconds: all ask again, and all are served. */
void all_come_back(struct trial *trial)
{
	struct scene scene;
	struct crew crew;
	int64_t away = 0;
	long before;

	scene_open(&scene, trial);
	crew_of(&scene, &crew, BUSY_CREW);
	crew_start(&crew);
	while (trial->told->cases < trial->count && !trial->told->wrong[0]) {
		pass_ms(500);
		site_end(&scene.site, SIGKILL);
		away = real_mono_ms();
		pass_ms(2000);
		site_start(&scene.site);
		away = real_mono_ms() - away;
		crew.shared->slowest_ms = 0;
		before = crew.shared->writes;
		pass_ms(3000);
		trial_must(trial, crew.shared->writes - before > crew.size,
			 "few came back");
		trial_must(trial, crew.shared->slowest_ms - away < 2000,
			 "a desk waited %lld ms more", (long long)
			 (crew.shared->slowest_ms - away));
		trial->told->cases++;
	}
	trial_figures(trial, "%d clients after %lld ms without a server, slowest "
		    "write %ld ms", crew.size, (long long)away,
		    crew.shared->slowest_ms);
	trial_must(trial, crew_stop(&crew), "an agent could not go on");
	scene_close(&scene);
}
