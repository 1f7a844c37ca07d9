/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A site with a proxy before it: where most campaigns take place. */
#ifndef GUICHET_TESTS_SCENE_H
#define GUICHET_TESTS_SCENE_H

#include "campaign.h"
#include "proxy.h"
#include "site.h"
#include "worker.h"

struct scene {
	struct trial *trial;
	struct site site;
	struct proxy proxy;
	char way[120];                  /* through the proxy */
};

/* Start both, and tell the history whose the files are. */
void scene_open(struct scene *scene, struct trial *trial);

/* Tell the history what there is, check the database and end everything. */
void scene_close(struct scene *scene);

/* Fill ids of people of the caisse under test, the first by identifier. */
void scene_people(const struct scene *scene, char (*ids)[ID_TEXT], int count);

/* A contact to open about somebody. */
void scene_contact(const char *insured_id, struct contact_new *body);

#endif
