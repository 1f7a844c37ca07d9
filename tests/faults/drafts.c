/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client is killed with a form on its screen, at any moment from the first
 * key to the answer.  Started again, it offers what was typed, under the key of
 * then; whatever was sent, one order is lodged. */
#include "ends.h"

#include <stdio.h>

/* Type, perhaps send, and die at a drawn moment. */
static bool type_and_die(struct client *client, bool sends, struct ending *k)
{
	const struct form *form = client->form;
	struct proxy_plan lost = { .writes_only = true,
		.per_mille[FAULT_DROP_AFTER] = 1000 };
	struct console *console = &client->console;
	long keyed;

	if (!console_start(console) || !console_open_file(console, k->nir) ||
	    !console_open_form(console, form->entry, form->label))
		return false;
	console_keys(console, form->keys);
	console_type(console, form->date);
	console_keys(console, "Tab");
	k->typed_ms = now_ms();
	if (!console_see(console, form->shown, 5000))
		return false;
	keyed = client->scene.proxy.seen->keys;
	snprintf(lost.path, sizeof(lost.path), "%s", form->path);
	if (sends) {
		proxy_follow(&client->scene.proxy, &lost);
		console_keys(console, form->send);
		pass_ms((int)draw(&client->seed, 500));
	} else {
		pass_ms((int)draw(&client->seed, 4000));
	}
	term_pump(console->desk.term, 0);
	k->ended_ms = now_ms();
	console_kill(console);
	if (client->scene.proxy.seen->keys > keyed)
		snprintf(k->key, sizeof(k->key), "%s",
			 client->scene.proxy.seen->key);
	return true;
}

static void kill_one(struct client *client, int number)
{
	struct ending k = { 0 };

	client->form = &forms[number % FORMS];
	k.nir = client_person(client, number / FORMS);
	if (!trial_must(client->trial, type_and_die(client, number / FORMS % 2, &k),
			"no form for %d", number))
		return;
	client_settle(client, &k);
	console_kill(&client->console);
	client->trial->told->cases++;
}

void client_killed_in_a_form(struct trial *trial)
{
	struct client client;

	client_open(&client, trial);
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
	client_close(&client);
}
