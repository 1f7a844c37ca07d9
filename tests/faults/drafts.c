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
	long typed, sent, early, same_key;
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
	long keyed;

	if (!console_start(console) || !console_open_file(console, k->nir) ||
	    !console_open_form(console))
		return false;
	console_keys(console, "o Tab");
	console_type(console, DEPARTURE);
	console_keys(console, "Tab");
	k->typed_ms = now_ms();
	if (!console_see(console, "lun. " DEPARTURE, 5000))
		return false;
	keyed = client->scene.proxy.seen->keys;
	if (k->sends) {
		proxy_follow(&client->scene.proxy, &lost);
		console_keys(console, "F10");
		pass_ms((int)draw(&client->seed, 500));
	} else {
		pass_ms((int)draw(&client->seed, 4000));
	}
	term_pump(console->desk.term, 0);
	k->killed_ms = now_ms();
	console_kill(console);
	if (client->scene.proxy.seen->keys > keyed)
		snprintf(k->key, sizeof(k->key), "%s",
			 client->scene.proxy.seen->key);
	return true;
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
	if (!console_see(console, "guichet: Commander", 5000) ||
	    !console_see(console, "Envoi à", 5000))
		return false;
	console_keys(console, "F10");
	return console_see(console, "CEAM-26-", 5000);
}

static bool order_anew(struct client *client, const char *nir)
{
	struct console *console = &client->console;

	if (!console_open_file(console, nir) || !console_open_form(console))
		return false;
	console_keys(console, "o F10");
	return console_see(console, "CEAM-26-", 5000);
}

/* What was sent goes again as it was. */
static void resume_sent(struct client *client, const struct killing *k)
{
	struct trial *trial = client->trial;

	console_keys(&client->console, "o");
	trial_must(trial, console_see(&client->console, "CEAM-26-", 5000),
		   "no answer to what was sent");
	client->sent++;
	if (k->key[0] && trial_must(trial, strcmp(k->key,
			client->scene.proxy.seen->key) == 0, "another key"))
		client->same_key++;
}

static void resume_typed(struct client *client, const struct killing *k)
{
	struct trial *trial = client->trial;

	console_keys(&client->console, "o");
	trial_must(trial, console_see(&client->console, "guichet: Commander une CEAM",
		   5000) && console_see(&client->console, DEPARTURE, 2000),
		   "not as it was typed");
	client->typed++;
	if (orders(client, k->nir) == 0)
		trial_must(trial, order_typed(client), "no order for %s", k->nir);
}

/* Nothing is offered: it was too early, and the agent begins again. */
static void begin_again(struct client *client, const struct killing *k)
{
	int64_t age = k->killed_ms - k->typed_ms;

	client->early++;
	if (age > client->worst_ms)
		client->worst_ms = age;
	trial_must(client->trial, age <= MAY_LOSE_MS,
		   "typed %lld ms before the end and lost", (long long)age);
	if (orders(client, k->nir) == 0)
		trial_must(client->trial, order_anew(client, k->nir),
			   "no order for %s", k->nir);
}

static void kill_one(struct client *client, int number)
{
	static void (*const resume[])(struct client *, const struct killing *) = {
		[WAY_NONE] = begin_again,
		[WAY_TYPED] = resume_typed,
		[WAY_SENT] = resume_sent,
	};
	const struct proxy_plan none = { 0 };
	struct trial *trial = client->trial;
	struct killing k = { .nir = client->nirs[number % client->count],
		.sends = number % 2 };
	enum way way = WAY_NONE;

	if (!trial_must(trial, type_and_die(client, &k), "no form for %d", number))
		return;
	proxy_follow(&client->scene.proxy, &none);
	if (!trial_must(trial, come_back(client, &way), "no way back"))
		return;
	resume[way](client, &k);
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
	trial_figures(trial, "%ld forms came back as typed, %ld sent ones were "
		      "settled (%ld keys seen, each the same), %ld killed before "
		      "the first save (at most %lld ms of typing); one order each",
		      client.typed, client.sent, client.same_key, client.early,
		      (long long)client.worst_ms);
	free(client.nirs);
	proxy_stop(&client.scene.proxy);
	trial_must(trial, site_is_sound(&client.scene.site), "guichetd check");
	site_close(&client.scene.site);
}
