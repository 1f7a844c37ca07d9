/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The private back-end of --demo: a folder of its own, a population, a guichetd
 * on a Unix socket.  It ends with this program, whatever way this one ends: it
 * holds the other end of a pipe. */
#ifndef GUICHET_SCREENS_DEMO_H
#define GUICHET_SCREENS_DEMO_H

#include "config.h"

struct demo {
	char folder[64];                /* under /tmp, 0700 */
	int leash;                      /* closing it ends guichetd */
	int pid;
};

#define DEMO_USER "a.lefevre"
#define DEMO_PASSWORD "guichet-demo"

/* Prepare the population and start guichetd; sets config->server.  Errors:
 * ERR_SYSTEM, ERR_TIMEOUT. */
bool demo_start(struct demo *demo, struct config *config, const char *argv0,
		struct err *err);

/* End guichetd and remove the folder. */
void demo_stop(struct demo *demo);

#endif
