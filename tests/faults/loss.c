/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line that loses packets: client and server in a network of their own, where
 * the kernel drops three in ten, whichever way they go. */
#include "scene.h"
#include "../contract/contract.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>

#define CREW 8
#define WRITES_EACH 7                   /* of a person served */
#define OUTCOME_MS 60000

static char ip[] = "/usr/sbin/ip", nft[] = "/usr/sbin/nft", add[] = "add",
	table[] = "table", inet[] = "inet", loss[] = "loss", chain[] = "chain",
	in[] = "in", hook[] = "{ type filter hook input priority 0; }",
	rule[] = "rule", dropped[] = "numgen random mod 10 < 3 counter drop";

static bool open_network(void)
{
	char link[] = "link", set[] = "set", lo[] = "lo", up[] = "up";
	char *wake[] = { ip, link, set, lo, up, NULL };

	return unshare(CLONE_NEWNET) == 0 && daemon_run(wake);
}

static bool lose_packets(void)
{
	char *make_table[] = { nft, add, table, inet, loss, NULL };
	char *make_chain[] = { nft, add, chain, inet, loss, in, hook, NULL };
	char *make_rule[] = { nft, add, rule, inet, loss, in, dropped, NULL };

	return daemon_run(make_table) && daemon_run(make_chain) && daemon_run(make_rule);
}

void packets_lost(struct trial *trial)
{
	struct scene scene = { .trial = trial };
	struct crew crew = {
		.site = &scene.site, .history = &trial->history, .waits = true,
		.way = scene.site.server, .size = CREW, .seed = trial->seed,
		.rounds = 1 + trial->count / (CREW * WRITES_EACH),
	};

	if (!trial_must(trial, open_network(), "no network of our own: be root"))
		return;
	site_open(&scene.site, 2000);
	site_tell_owners(&scene.site, &trial->history);
	site_on_tcp(&scene.site, 8080);
	site_start(&scene.site);
	crew_start(&crew);
	trial_must(trial, lose_packets(), "no rule that drops: install nftables");
	trial_must(trial, crew_wait(&crew), "an agent could not go on");
	trial->told->cases = crew.shared->writes;
	/* A first packet that is lost comes again after a second. */
	trial_must(trial, crew.shared->slowest_ms >= 1000, "no packet was lost");
	trial_must(trial, crew.shared->slowest_ms <= OUTCOME_MS,
		   "a write had no outcome for %ld ms", crew.shared->slowest_ms);
	trial_figures(trial, "%ld writes acknowledged, %ld once unknown, the slowest in "
		      "%.1f s", crew.shared->writes, crew.shared->unknown,
		      (double)crew.shared->slowest_ms / 1000);
	site_tell_things(&scene.site, &trial->history);
	trial_must(trial, site_end(&scene.site, SIGTERM) == 0,
		   "guichetd did not end well");
	trial_must(trial, site_is_sound(&scene.site), "guichetd check");
	site_close(&scene.site);
}
