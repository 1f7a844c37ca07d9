/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the line does between the client and the server. */
#include "scene.h"
#include "skip.h"
#include "../contract/contract.h"

#include <guichet/base/clock.h>

#include <stdio.h>
#include <string.h>

#define CREW 16

/* Serve people until there were so many faults of a kind. */
static void serve_under(struct scene *scene, const struct proxy_plan *plan,
			enum fault fault, long count)
{
	struct trial *trial = scene->trial;
	struct crew crew = {
		.site = &scene->site, .history = &trial->history,
		.way = scene->way, .size = CREW, .seed = trial->seed,
		.until = &scene->proxy.seen->faults[fault],
		.enough = scene->proxy.seen->faults[fault] + count,
	};

	proxy_follow(&scene->proxy, plan);
	crew_start(&crew);
	trial_must(trial, crew_wait(&crew), "an agent could not go on");
	trial->told->cases = scene->proxy.seen->faults[fault];
	trial_figures(trial, "%ld requests, %ld writes acknowledged, %ld once unknown",
		    scene->proxy.seen->requests, crew.shared->writes,
		    crew.shared->unknown);
}

void dropped_after_commit(struct trial *trial)
{
	const struct proxy_plan plan = { .seed = trial->seed, .writes_only = true,
		.per_mille[FAULT_DROP_AFTER] = 600 };
	struct scene scene;

	scene_open(&scene, trial);
	serve_under(&scene, &plan, FAULT_DROP_AFTER, trial->count);
	scene_close(&scene);
}

/* Every kind at once, as on a bad day. */
void any_fault(struct trial *trial)
{
	const struct proxy_plan plan = {
		.seed = trial->seed, .delay_ms = 3, .drip_ms = 0,
		.cut_at = CUT_ANYWHERE, .per_mille = {
			[FAULT_DELAY] = 50, [FAULT_DROP_BEFORE] = 100,
			[FAULT_DROP_AFTER] = 100, [FAULT_CUT] = 100,
			[FAULT_DRIP] = 10, [FAULT_DUPLICATE] = 100,
			[FAULT_CLOSE_REUSED] = 40,
		},
	};
	struct scene scene;

	scene_open(&scene, trial);
	serve_under(&scene, &plan, FAULT_DUPLICATE, trial->count);
	for (int i = 1; i < FAULT_N; i++)
		trial_must(trial, !plan.per_mille[i] ||
			 scene.proxy.seen->faults[i] > 0,
			 "no %s happened", fault_names[i]);
	scene_close(&scene);
}

/* The client sends no write on a connection that has served, so the fault meets
 * its reads; then the same client made to reuse them, as libcurl would by itself:
 * it sends again what was done, and the server alone must stop it. */
void reused_closed(struct trial *trial)
{
	const struct proxy_plan plan = { .seed = trial->seed,
		.per_mille[FAULT_CLOSE_REUSED] = 1000 };
	struct scene scene;
	long before, keys;

	scene_open(&scene, trial);
	serve_under(&scene, &plan, FAULT_CLOSE_REUSED, trial->count / 2);
	trial_must(trial, scene.proxy.seen->reused_keys == 0,
		 "%ld writes went on a connection that had served",
		 scene.proxy.seen->reused_keys);
	before = scene.proxy.seen->faults[FAULT_CLOSE_REUSED];
	keys = scene.proxy.seen->keys;
	reuse_connections(true);
	serve_under(&scene, &plan, FAULT_CLOSE_REUSED, trial->count - before);
	trial_must(trial, scene.proxy.seen->reused_keys > 0 || trial->count < 20,
		 "nothing was sent again by libcurl");
	trial_figures(trial, "%ld of reads by our client, none of writes; %ld by a "
		    "client that reuses: of its %ld writes %ld were sent on a "
		    "used connection", before,
		    scene.proxy.seen->faults[FAULT_CLOSE_REUSED] - before,
		    scene.proxy.seen->keys - keys,
		    scene.proxy.seen->reused_keys);
	scene_close(&scene);
}

/* One write whose first sendings do not reach the server. */
static void refuse_once(struct scene *scene, struct worker *worker, bool waits,
			const char *insured_id)
{
	const struct proxy_plan never = { .per_mille[FAULT_DROP_BEFORE] = 1000 };
	const struct proxy_plan none = { 0 };
	struct trial *trial = scene->trial;
	struct contact_new body;
	struct api_request write = { .op = &api_contact_create, .body = &body };
	char key[UUID_TEXT];
	int64_t before = site_number(&scene->site, "SELECT count(*) FROM contact");
	int64_t begin = real_mono_ms();

	uuid_new(key);
	write.key = key;
	scene_contact(insured_id, &body);
	worker->waits = waits;
	proxy_follow(&scene->proxy, &never);
	worker_call(worker, &write);
	trial_must(trial, !worker->ok && worker->status == 0 &&
		 worker->err.code == ERR_NETWORK, "not told: %s",
		 worker->err.text);
	trial_must(trial, real_mono_ms() - begin < 3500, "told after %lld ms",
		 (long long)(real_mono_ms() - begin));
	trial_must(trial, site_number(&scene->site, "SELECT count(*) FROM contact") ==
		 before, "an effect all the same");
	proxy_follow(&scene->proxy, &none);
	trial_must(trial, worker_write_as(worker, &write, insured_id, NULL, NULL),
		 "sent again, not done");
	trial->told->cases++;
}

/* Nobody listens at all. */
static void refuse_connection(struct scene *scene, struct worker *worker,
			      const char *insured_id)
{
	struct api_setup nobody = { .connect_timeout_s = 3, .timeout_s = 10 };
	struct trial *trial = scene->trial;
	struct api *api = worker->api;
	struct contact_new body;
	char key[UUID_TEXT], nowhere[128];

	uuid_new(key);
	snprintf(nowhere, sizeof(nowhere), "%s.nobody", scene->way);
	nobody.server = nowhere;
	worker->api = api_open(&nobody, NULL);
	scene_contact(insured_id, &body);
	worker_call(worker, &(struct api_request){
		.op = &api_contact_create, .body = &body, .key = key });
	trial_must(trial, !worker->ok && strstr(worker->err.text, "injoignable"),
		"a server that is not there: %s", worker->err.text);
	api_close(worker->api);
	worker->api = api;
}

void refused_or_dropped_before(struct trial *trial)
{
	struct worker worker;
	struct scene scene;
	char people[2][ID_TEXT];

	scene_open(&scene, trial);
	scene_people(&scene, people, 2);
	worker_open(&worker, crew_login(0), scene.site.server, scene.way,
		    &trial->history);
	for (int i = 0; i < trial->count; i++) {
		refuse_once(&scene, &worker, i % 20 == 0, people[i % 2]);
		refuse_connection(&scene, &worker, people[i % 2]);
	}
	trial_figures(trial, "told in under 3.5 s, no effect, done when sent again");
	worker_close(&worker);
	scene_close(&scene);
}

/* As many agents as cases, each with one write that is swallowed. */
void black_hole(struct trial *trial)
{
	const struct proxy_plan plan = { .seed = trial->seed, .most = trial->count,
		.writes_only = true, .per_mille[FAULT_BLACK_HOLE] = 1000 };
	struct scene scene;
	struct crew crew = {
		.site = &scene.site, .history = &trial->history, .way = scene.way,
		.size = trial->count > 50 ? 50 : trial->count, .rounds = 1,
		.seed = trial->seed, .waits = true,
	};

	scene_open(&scene, trial);
	proxy_follow(&scene.proxy, &plan);
	crew_start(&crew);
	trial_must(trial, crew_wait(&crew), "an agent could not go on");
	trial->told->cases = scene.proxy.seen->faults[FAULT_BLACK_HOLE];
	trial_figures(trial, "%d agents, slowest write %.1f s, each with an outcome",
		    crew.size, (double)crew.shared->slowest_ms / 1000);
	trial_must(trial, crew.shared->slowest_ms < 40000, "too slow");
	scene_close(&scene);
}

/* The one who asked is gone: whoever asks next gets their own answer. */
static void leave_then_ask(struct scene *scene, struct worker *worker,
			   uint64_t *seed, char people[2][ID_TEXT],
			   char contacts[2][ID_TEXT])
{
	struct trial *trial = scene->trial;
	struct loop_peer peer = api_peer(worker->api);
	unsigned first = draw(seed, 2), wait = draw(seed, 8);
	struct insured_key key;
	struct owner gone;

	owner_init(&gone);
	memcpy(key.insured_id, people[first], ID_TEXT);
	worker->told = false;
	api_call(worker->api, &gone, 0, &(struct api_request){
		.op = &api_insured_get, .query = &key,
		.contact = contacts[first] }, worker_sink(worker));
	for (unsigned i = 0; i < wait; i++) {
		peer.wait(peer.self, NULL, 0, 1);
		if (i + 1 < wait)
			peer.deliver(peer.self);
	}
	trial->told->cases += !worker->told;
	worker->told = false;
	owner_release(&gone);
	memcpy(key.insured_id, people[!first], ID_TEXT);
	peer.deliver(peer.self);
	trial_must(trial, !worker->told, "told although its screen is gone");
	trial_must(trial, worker_call(worker, &(struct api_request){
		.op = &api_insured_get, .query = &key,
		.contact = contacts[!first] }), "the next one is not answered");
	trial_must(trial, strcmp(((const struct insured *)
		rows_at(&worker->rows, 0))->id, people[!first]) == 0,
		"the answer of another person");
}

void late_reply(struct trial *trial)
{
	const struct proxy_plan slow = { .per_mille[FAULT_DELAY] = 1000,
		.delay_ms = 3 };
	char people[2][ID_TEXT], contacts[2][ID_TEXT];
	uint64_t seed = trial->seed;
	struct worker worker;
	struct scene scene;

	scene_open(&scene, trial);
	scene_people(&scene, people, 2);
	worker_open(&worker, crew_login(0), scene.site.server, scene.way,
		    &trial->history);
	for (int i = 0; i < 2; i++) {
		struct contact_new body;

		scene_contact(people[i], &body);
		worker_write(&worker, &(struct api_request){
			.op = &api_contact_create, .body = &body },
			people[i], NULL, contacts[i]);
	}
	proxy_follow(&scene.proxy, &slow);
	while (trial->told->cases < trial->count && !trial->told->wrong[0])
		leave_then_ask(&scene, &worker, &seed, people, contacts);
	trial_figures(trial, "answers of a screen that was left, none told");
	worker_close(&worker);
	scene_close(&scene);
}
