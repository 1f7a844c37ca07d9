/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client is killed with a form on its screen, at any moment from the first
 * key to the answer.  Started again, it offers what was typed, under the key of
 * then; whatever was sent, one order is lodged. */
#include "console.h"
#include "scene.h"
#include "../contract/contract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAY_LOSE_MS 2000
#define DEPARTURE "21/12/2026"

struct client {
	struct trial *trial;
	struct scene scene;
	struct console console;
	char (*nirs)[14];
	int count;
	uint64_t seed;
	long returned, early, sent, same_key;
	int64_t worst_ms;               /* oldest key that was lost */
};

static void keep_nir(void *self, const char *const *columns)
{
	struct client *client = self;

	client->nirs = realloc(client->nirs,
		(size_t)(client->count + 1) * sizeof(*client->nirs));
	snprintf(client->nirs[client->count++], sizeof(*client->nirs), "%s",
		 columns[0]);
}

/* People alone in their file and with no European card. */
static void find_people(struct client *client)
{
	site_rows(&client->scene.site, "SELECT nir FROM was.person AS p WHERE "
		  "id = file_id AND caisse = 1381 AND nir GLOB '[0-9]*' AND "
		  "nir NOT GLOB '*[AB]*' AND NOT EXISTS (SELECT 1 FROM was.card "
		  "AS c WHERE c.file_id = p.id AND c.kind = 0) AND NOT EXISTS "
		  "(SELECT 1 FROM was.person AS o WHERE o.nir = p.nir AND "
		  "o.id <> p.id) AND (SELECT rights_until FROM was.file WHERE id "
		  "= p.id) > 20261231 ORDER BY id", keep_nir, client);
}

/* How many orders of that person, and how many writes of the key. */
static int64_t orders(struct client *client, const char *nir)
{
	char sql[256];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM request WHERE kind = 0 "
		 "AND file_id = (SELECT id FROM person WHERE nir = '%s' AND id = "
		 "file_id) AND id NOT IN (SELECT id FROM was.request)", nir);
	return site_number(&client->scene.site, sql);
}

/* What one killing was like. */
struct killing {
	const char *nir;
	int64_t typed_ms, killed_ms;
	bool sends;                     /* F10 was pressed before */
	char key[80];                   /* under which it went, or "" */
};

/* Type, perhaps send, and die at a drawn moment. */
static bool type_and_die(struct client *client, struct killing *k)
{
	const struct proxy_plan lost = { .writes_only = true, .path = "ehic",
		.per_mille[FAULT_DROP_AFTER] = 1000 };
	struct console *console = &client->console;

	if (!console_start(console) || !console_open_file(console, k->nir) ||
	    !console_open_form(console))
		return false;
	console_keys(console, "o Tab");
	console_type(console, DEPARTURE);
	console_keys(console, "Tab");
	k->typed_ms = now_ms();
	if (!console_see(console, "lun. " DEPARTURE, 5000))
		return false;
	if (k->sends) {
		client->scene.proxy.seen->key[0] = '\0';
		proxy_follow(&client->scene.proxy, &lost);
		console_keys(console, "F10");
		pass_ms((int)draw(&client->seed, 500));
	} else {
		pass_ms((int)draw(&client->seed, 4000));
	}
	term_pump(console->desk.term, 0);
	k->killed_ms = now_ms();
	console_kill(console);
	snprintf(k->key, sizeof(k->key), "%s", client->scene.proxy.seen->key);
	return true;
}

/* Take up the draft that is offered, or begin again; the form is as it was. */
static bool come_back(struct client *client, const struct killing *k, bool *taken)
{
	struct console *console = &client->console;

	if (!console_start(console))
		return false;
	*taken = console_see(console, "Commander une CEAM, brouillon", 1000);
	if (!*taken)
		return console_open_file(console, k->nir) &&
			console_open_form(console);
	console_keys(console, "o");
	return console_see(console, "guichet: Commander une CEAM", 5000);
}

/* Prove, order, and see the number. */
static bool order(struct client *client, bool taken)
{
	struct console *console = &client->console;

	if (taken) {
		console_keys(console, "F8");
		if (!console_see(console, "guichet: Prouver", 5000))
			return false;
		console_keys(console, "F10");
		if (!console_see(console, "guichet: Commander", 5000) ||
		    !console_see(console, "Envoi à", 5000))
			return false;
	} else {
		console_keys(console, "o");
	}
	console_keys(console, "F10");
	return console_see(console, "CEAM-26-", 5000);
}

static void judge_draft(struct client *client, const struct killing *k, bool taken)
{
	int64_t age = k->killed_ms - k->typed_ms;
	bool whole = taken && console_see(&client->console, DEPARTURE, 2000);

	client->returned += whole;
	if (whole)
		return;
	client->early++;
	if (age > client->worst_ms)
		client->worst_ms = age;
	trial_must(client->trial, age <= MAY_LOSE_MS,
		   "typed %lld ms before the end and lost", (long long)age);
}

static void kill_one(struct client *client, int number)
{
	const struct proxy_plan none = { 0 };
	struct trial *trial = client->trial;
	struct killing k = { .nir = client->nirs[number % client->count],
		.sends = number % 2 };
	bool taken = false;

	client->scene.proxy.seen->key[0] = '\0';
	if (!trial_must(trial, type_and_die(client, &k), "no form for %d", number))
		return;
	proxy_follow(&client->scene.proxy, &none);
	if (!trial_must(trial, come_back(client, &k, &taken), "no way back"))
		return;
	if (k.sends)
		client->sent++;
	judge_draft(client, &k, taken);
	client->scene.proxy.seen->key[0] = '\0';
	if (orders(client, k.nir) == 0 || taken) {
		trial_must(trial, order(client, taken), "no order for %s", k.nir);
		if (k.sends && taken && k.key[0] &&
		    trial_must(trial, strcmp(k.key,
			client->scene.proxy.seen->key) == 0, "another key"))
			client->same_key++;
	}
	trial_must(trial, orders(client, k.nir) == 1, "%lld orders",
		   (long long)orders(client, k.nir));
	if (trial->told->wrong[0])
		term_print(client->console.desk.term, stdout);
	console_kill(&client->console);
	trial->told->cases++;
}

void client_killed_in_a_form(struct trial *trial)
{
	struct client client = { .trial = trial, .seed = trial->seed };

	scene_open(&client.scene, trial);
	find_people(&client);
	for (int i = 0; i < trial->count && !trial->told->wrong[0]; i++) {
		console_open(&client.console, client.scene.proxy.front);
		kill_one(&client, i);
		console_close(&client.console);
	}
	trial_figures(trial, "%ld drafts came back whole, %ld killed before the "
		      "first save (at most %lld ms of typing); %ld killed while "
		      "sending, %ld sent again under the same key; one order each",
		      client.returned, client.early, (long long)client.worst_ms,
		      client.sent, client.same_key);
	free(client.nirs);
	proxy_stop(&client.scene.proxy);
	trial_must(trial, site_is_sound(&client.scene.site), "guichetd check");
	site_close(&client.scene.site);
}
