/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ends.h"
#include "../contract/contract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAY_LOSE_MS 2000

/* People alone in their file whose rights last. */
#define ALONE "SELECT nir FROM was.person AS p WHERE id = file_id AND " \
	"caisse = 1381 AND nir GLOB '[0-9]*' AND nir NOT GLOB '*[AB]*' AND " \
	"NOT EXISTS (SELECT 1 FROM was.person AS o WHERE o.nir = p.nir AND " \
	"o.id <> p.id) AND (SELECT rights_until FROM was.file WHERE id = p.id) " \
	"> 20261231 AND "

const struct form forms[FORMS] = {
	[FORM_EHIC] = { ALONE "NOT EXISTS (SELECT 1 FROM was.card AS c WHERE "
	  "c.file_id = p.id AND c.kind = 0) ORDER BY id", "1", "Commander une CEAM",
	  "guichet: Commander une CEAM",
	  "o Tab", DEPARTURE, "lun. " DEPARTURE, "F10", "ehic", "CEAM-26-",
	  REQUEST_EHIC },
	[FORM_VITALE_LOSS] = { ALONE "EXISTS (SELECT 1 FROM was.card AS c WHERE "
	  "c.file_id = p.id AND c.kind = 1 AND c.state = 3) AND NOT EXISTS (SELECT 1 "
	  "FROM was.request AS r WHERE r.file_id = p.id AND r.kind IN (2, 3)) "
	  "ORDER BY id", "5", "Perte ou vol de carte Vitale",
	  "guichet: Perte ou vol de carte Vitale", "o Tab Tab",
	  "20/11/2026", "ven. 20/11/2026", "F10 o", "vitale", "VIT-26-",
	  REQUEST_VITALE_LOSS },
};

static void keep_nir(void *self, const char *const *columns)
{
	struct people *found = ((struct client *)self)->found;

	found->nirs = realloc(found->nirs,
			      (size_t)(found->count + 1) * sizeof(*found->nirs));
	snprintf(found->nirs[found->count++], sizeof(*found->nirs), "%s", columns[0]);
}

static void find_people(struct client *client)
{
	for (int i = 0; i < FORMS; i++) {
		client->found = &client->people[i];
		site_rows(&client->scene.site, forms[i].people, keep_nir, client);
	}
}

const char *client_person(const struct client *client, int number)
{
	const struct people *people = &client->people[client->form - forms];

	return people->nirs[number % people->count];
}

int64_t client_orders(const struct client *client, const char *nir)
{
	char sql[256];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM request WHERE kind = %d "
		 "AND file_id = (SELECT id FROM person WHERE nir = '%s' AND id = "
		 "file_id) AND id NOT IN (SELECT id FROM was.request)",
		 client->form->kind, nir);
	return site_number(&client->scene.site, sql);
}

/* What the next start offers. */
enum way { WAY_NONE, WAY_TYPED, WAY_SENT };

static bool come_back(struct client *client, enum way *way)
{
	struct console *console = &client->console;

	if (!console_start(console))
		return false;
	term_settle(console->desk.term, 5000);
	*way = console_shows(console, "résultat inconnu") ? WAY_SENT :
		console_shows(console, "Reprendre la demande") ? WAY_TYPED :
		WAY_NONE;
	return true;
}

/* Prove, order, and see the number. */
static bool order_typed(struct client *client)
{
	struct console *console = &client->console;

	console_keys(console, "F8");
	if (!console_see(console, "guichet: Prouver", 5000))
		return false;
	console_keys(console, "F10");
	if (!console_see(console, client->form->window, 5000) ||
	    !console_see(console, "Envoi à", 5000))
		return false;
	console_keys(console, client->form->send);
	return console_see(console, client->form->number, 5000);
}

static bool order_anew(struct client *client, const char *nir)
{
	const struct form *form = client->form;
	struct console *console = &client->console;

	if (!console_open_file(console, nir) ||
	    !console_open_form(console, form->entry, form->label))
		return false;
	console_keys(console, "o");
	console_keys(console, form->send);
	return console_see(console, form->number, 5000);
}

/* What was sent goes again as it was. */
static void resume_sent(struct client *client, const struct ending *k)
{
	struct trial *trial = client->trial;

	console_keys(&client->console, "o");
	trial_must(trial, console_see(&client->console, client->form->number, 5000),
		   "no answer to what was sent");
	client->sent++;
	if (k->key[0] && trial_must(trial, strcmp(k->key,
			client->scene.proxy.seen->key) == 0, "another key"))
		client->same_key++;
}

static void resume_typed(struct client *client, const struct ending *k)
{
	struct trial *trial = client->trial;

	console_keys(&client->console, "o");
	trial_must(trial, console_see(&client->console, client->form->window, 5000) &&
		   console_see(&client->console, client->form->date, 2000),
		   "not as it was typed");
	client->typed++;
	if (client_orders(client, k->nir) == 0)
		trial_must(trial, order_typed(client), "no order for %s", k->nir);
}

/* Nothing is offered: it was too early, and the agent begins again. */
static void begin_again(struct client *client, const struct ending *k)
{
	int64_t age = k->typed_ms ? k->ended_ms - k->typed_ms : 0;

	client->early++;
	if (age > client->worst_ms)
		client->worst_ms = age;
	trial_must(client->trial, age <= MAY_LOSE_MS,
		   "typed %lld ms before the end and lost", (long long)age);
	if (client_orders(client, k->nir) == 0)
		trial_must(client->trial, order_anew(client, k->nir),
			   "no order for %s", k->nir);
}

void client_settle(struct client *client, const struct ending *ending)
{
	static void (*const resume[])(struct client *, const struct ending *) = {
		[WAY_NONE] = begin_again,
		[WAY_TYPED] = resume_typed,
		[WAY_SENT] = resume_sent,
	};
	const struct proxy_plan none = { 0 };
	struct trial *trial = client->trial;
	enum way way = WAY_NONE;

	proxy_follow(&client->scene.proxy, &none);
	if (!trial_must(trial, come_back(client, &way), "no way back"))
		return;
	resume[way](client, ending);
	trial_must(trial, client_orders(client, ending->nir) == 1, "%lld orders",
		   (long long)client_orders(client, ending->nir));
	if (trial->told->wrong[0])
		term_print(client->console.desk.term, stdout);
}

void client_open(struct client *client, struct trial *trial)
{
	*client = (struct client){ .trial = trial, .seed = trial->seed,
		.form = &forms[FORM_EHIC] };
	scene_open(&client->scene, trial);
	find_people(client);
}

void client_close(struct client *client)
{
	for (int i = 0; i < FORMS; i++)
		free(client->people[i].nirs);
	proxy_stop(&client->scene.proxy);
	trial_must(client->trial, site_is_sound(&client->scene.site),
		   "guichetd check");
	site_close(&client->scene.site);
}
