/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An answer that stops at each of its bytes in turn: nothing of it is taken, and
 * the same request gets the same answer afterwards. */
#include "scene.h"

#include <stdio.h>
#include <string.h>

/* All of the headers and so much of the body. */
#define BODY_MOST 4096
#define TRIES 3

/* With fewer cases than this, only each fourth byte past the headers. */
#define EVERY_BYTE 10000
#define HEADERS_MOST 512

/* Each request of the set, made about one person. */
struct cut {
	const char *name;
	const struct api_op *op;
	bool refused;                   /* its whole answer is a problem */
	void (*make)(struct cut *cut, char (*people)[ID_TEXT], const char *contact);
	struct api_request request;
	char key[UUID_TEXT];
	union {
		char any[4096];
		int64_t aligned;
	} query, body;
};

static void insured(struct cut *cut, char (*people)[ID_TEXT], const char *contact)
{
	(void)contact;
	memcpy(cut->query.any, people[0], ID_TEXT);
}

static void unknown_insured(struct cut *cut, char (*people)[ID_TEXT],
			    const char *contact)
{
	insured(cut, people, contact);
	cut->query.any[0] = cut->query.any[0] == '0' ? '1' : '0';
}

static void slots(struct cut *cut, char (*people)[ID_TEXT], const char *contact)
{
	struct slot_query *query = (void *)cut->query.any;

	(void)people;
	(void)contact;
	snprintf(query->reason, sizeof(query->reason), "VITALE");
	query->limit = 15;
}

static void contact(struct cut *cut, char (*people)[ID_TEXT], const char *contact)
{
	(void)contact;
	scene_contact(people[1], (struct contact_new *)(void *)cut->body.any);
}

static void ehic(struct cut *cut, char (*people)[ID_TEXT], const char *contact)
{
	struct ehic_order *body = (void *)cut->body.any;

	insured(cut, people, contact);
	body->person_count = 1;
	memcpy(body->persons[0].id, people[0], ID_TEXT);
	body->address_confirmed = true;
}

static void vitale_unconfirmed(struct cut *cut, char (*people)[ID_TEXT],
			       const char *contact)
{
	struct vitale_loss *body = (void *)cut->body.any;

	insured(cut, people, contact);
	memcpy(body->beneficiary_id, people[0], ID_TEXT);
	body->kind = LOSS_LOST;
}

static bool read_cut(int number, struct cut *cut)
{
	static const struct cut rows[] = {
		{ .name = "a file", .op = &api_insured_get, .make = insured },
		{ .name = "cards", .op = &api_card_list, .make = insured },
		{ .name = "slots", .op = &api_slot_list, .make = slots },
		{ .name = "reasons", .op = &api_reason_list },
		{ .name = "nobody", .op = &api_insured_get, .refused = true,
		  .make = unknown_insured },
		{ .name = "a contact", .op = &api_contact_create, .make = contact },
		{ .name = "an order", .op = &api_ehic_create, .make = ehic },
		{ .name = "a refusal", .op = &api_vitale_report_loss,
		  .refused = true, .make = vitale_unconfirmed },
		{ 0 },
	};

	*cut = rows[number];
	return cut->name != NULL;
}

static void prepare(struct cut *cut, char (*people)[ID_TEXT], const char *contact)
{
	if (cut->op->query)
		codec_clear(cut->op->query, cut->query.any);
	if (cut->op->body)
		codec_clear(cut->op->body, cut->body.any);
	if (cut->make)
		cut->make(cut, people, contact);
	uuid_new(cut->key);
	cut->request = (struct api_request){
		.op = cut->op, .key = cut->key, .contact = contact,
		.query = cut->op->query ? cut->query.any : NULL,
		.body = cut->op->body ? cut->body.any : NULL,
	};
}

static bool is_write(const struct cut *cut)
{
	return cut->op->flags & API_KEYED;
}

/* A whole exchange, in the history when it writes. */
static bool ask_whole(struct worker *worker, struct cut *cut, const char *about)
{
	return is_write(cut) ?
		worker_write_as(worker, &cut->request, about, NULL, NULL) :
		worker_call(worker, &cut->request);
}

/* Every try is cut at `at`. */
static void ask_cut(struct scene *scene, struct worker *worker, struct cut *cut,
		    size_t at)
{
	const struct proxy_plan plan = { .per_mille[FAULT_CUT] = 1000,
		.cut_at = (int)at };
	struct trial *trial = scene->trial;
	long before = scene->proxy.seen->faults[FAULT_CUT];

	proxy_follow(&scene->proxy, &plan);
	worker_call(worker, &cut->request);
	trial_must(trial, !worker->ok && worker->status == 0 &&
		 worker->rows.count == 0,
		 "%s cut at %zu: status %d, %zu rows, %s", cut->name, at,
		 worker->status, worker->rows.count, worker->err.text);
	/* libcurl adds one by itself for a read on a kept connection. */
	trial_must(trial, scene->proxy.seen->faults[FAULT_CUT] - before >= TRIES,
		 "%s cut at %zu: not tried again", cut->name, at);
	trial->told->cases++;
}

static void cut_one(struct scene *scene, struct worker *worker, struct cut *cut,
		    const char *about)
{
	const struct proxy_plan none = { 0 };
	const struct proxy_plan first = { .per_mille[FAULT_DROP_AFTER] = 1000 };
	struct trial *trial = scene->trial;
	size_t size;

	/* The size of the answer, known before its first byte is given. */
	proxy_follow(&scene->proxy, &first);
	worker_call(worker, &cut->request);
	size = (size_t)scene->proxy.seen->answer_size;
	if (size > BODY_MOST + HEADERS_MOST)
		size = BODY_MOST + HEADERS_MOST;
	for (size_t at = 0; at < size && !trial->told->wrong[0];
	     at += at < HEADERS_MOST || trial->count >= EVERY_BYTE ? 1 : 4)
		ask_cut(scene, worker, cut, at);
	proxy_follow(&scene->proxy, &none);
	ask_whole(worker, cut, about);
	trial_must(trial, worker->ok == !cut->refused && worker->status != 0,
		 "%s: the whole answer is not taken: %d %s", cut->name,
		 worker->status, worker->err.text);
	trial_must(trial, !is_write(cut) || worker->replayed || cut->refused,
		 "%s: not a replay", cut->name);
}

void cut_at_each_byte(struct trial *trial)
{
	char people[2][ID_TEXT], made[ID_TEXT];
	struct worker worker;
	struct scene scene;
	struct cut cut;
	int number = 0;

	scene_open(&scene, trial);
	scene_people(&scene, people, 2);
	worker_open(&worker, crew_login(0), scene.site.server, scene.way,
		    &trial->history);
	trial_must(trial, worker_receive(&worker, people[0], made), "no contact");
	for (; read_cut(number, &cut) && !trial->told->wrong[0]; number++) {
		prepare(&cut, people, made);
		cut_one(&scene, &worker, &cut, people[number == 5]);
	}
	trial_figures(trial, "%d answers, every byte of the headers and %s of the "
		      "body, %d tries each; none was taken in part", number,
		      trial->count >= EVERY_BYTE ? "every one" : "each fourth",
		      TRIES);
	worker_close(&worker);
	scene_close(&scene);
}
