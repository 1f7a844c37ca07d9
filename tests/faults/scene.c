/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"
#include "../contract/contract.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PEOPLE 2000

void scene_open(struct scene *scene, struct trial *trial)
{
	char front[108];

	scene->trial = trial;
	site_open(&scene->site, PEOPLE);
	site_tell_owners(&scene->site, &trial->history);
	snprintf(front, sizeof(front), "%s/front", scene->site.folder);
	snprintf(scene->way, sizeof(scene->way), "unix:%s", front);
	proxy_start(&scene->proxy, front, scene->site.socket);
	site_start(&scene->site);
}

void scene_close(struct scene *scene)
{
	trial_must(scene->trial, site_is_whole(&scene->site), "integrity_check");
	site_tell_things(&scene->site, &scene->trial->history);
	proxy_stop(&scene->proxy);
	trial_must(scene->trial, site_end(&scene->site, SIGTERM) == 0,
		 "guichetd did not end well");
	trial_must(scene->trial, site_is_sound(&scene->site), "guichetd check");
	site_close(&scene->site);
}

struct wanted {
	char (*ids)[ID_TEXT];
	int count, found;
};

static void keep_id(void *self, const char *const *columns)
{
	struct wanted *wanted = self;

	if (wanted->found < wanted->count)
		id_format(strtoll(columns[0], NULL, 10),
			  wanted->ids[wanted->found++]);
}

void scene_people(const struct scene *scene, char (*ids)[ID_TEXT], int count)
{
	struct wanted wanted = { .ids = ids, .count = count };

	site_rows(&scene->site, "SELECT id FROM was.person WHERE id = file_id AND "
		  "caisse = 1381 ORDER BY id", keep_id, &wanted);
	trial_must(scene->trial, wanted.found == count, "too few people");
}

void scene_contact(const char *insured_id, struct contact_new *body)
{
	codec_clear(&contact_new_codec, body);
	memcpy(body->insured_id, insured_id, ID_TEXT);
	body->channel = CHANNEL_COUNTER;
	body->reason = CONTACT_PAYMENTS;
}
