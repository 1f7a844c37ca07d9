/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same act asked for twice, under two keys: what stops the second is what
 * the act is, one open order a person, one person a slot. */
#include "scene.h"

#include <stdlib.h>
#include <string.h>

static bool order(struct worker *worker, const char *insured_id,
		  const char *contact)
{
	struct ehic_order body;
	struct insured_key key;

	codec_clear(&ehic_order_codec, &body);
	memcpy(key.insured_id, insured_id, ID_TEXT);
	body.person_count = 1;
	memcpy(body.persons[0].id, insured_id, ID_TEXT);
	body.address_confirmed = true;
	return worker_write(worker, &(struct api_request){
		.op = &api_ehic_create, .query = &key, .body = &body,
		.contact = contact }, insured_id, NULL, NULL);
}

static bool report(struct worker *worker, const char *insured_id,
		   const char *contact)
{
	struct vitale_loss body;
	struct insured_key key;

	codec_clear(&vitale_loss_codec, &body);
	memcpy(key.insured_id, insured_id, ID_TEXT);
	memcpy(body.beneficiary_id, insured_id, ID_TEXT);
	body.kind = LOSS_LOST;
	body.declared_on_honour = true;
	body.address_confirmed = true;
	return worker_write(worker, &(struct api_request){
		.op = &api_vitale_report_loss, .query = &key, .body = &body,
		.contact = contact }, insured_id, NULL, NULL);
}

/* Ask for each twice; count what was done and what was refused the second time. */
static void ask_twice(struct trial *trial, struct worker *worker,
		      const char *insured_id, long *done)
{
	static bool (*const acts[])(struct worker *, const char *, const char *) = {
		order, report,
	};
	char contact[ID_TEXT];

	if (!trial_must(trial, worker_receive(worker, insured_id, contact),
		      "no contact: %s", worker->err.text))
		return;
	for (int i = 0; i < 2; i++) {
		if (!acts[i](worker, insured_id, contact))
			continue;
		++*done;
		acts[i](worker, insured_id, contact);
		trial_must(trial, !worker->ok && worker->status == 409,
			 "done twice: %d", worker->status);
		trial->told->cases++;
	}
}

void another_key(struct trial *trial)
{
	int people = trial->count;
	char (*ids)[ID_TEXT] = calloc((size_t)people, sizeof(*ids));
	struct worker worker;
	struct scene scene;
	long done = 0;

	scene_open(&scene, trial);
	scene_people(&scene, ids, people);
	worker_open(&worker, crew_login(0), scene.site.server, scene.way,
		    &trial->history);
	for (int i = 0; i < people && trial->told->cases < trial->count &&
	     !trial->told->wrong[0]; i++)
		ask_twice(trial, &worker, ids[i], &done);
	trial_must(trial, site_number(&scene.site, "SELECT count(*) FROM request "
		"WHERE id NOT IN (SELECT id FROM was.request)") == done,
		"%ld acknowledged, another number kept", done);
	trial_figures(trial, "every second one refused with 409");
	worker_close(&worker);
	scene_close(&scene);
	free(ids);
}
