/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client that ends with an order on its screen, however it does, and what must
 * come of it: started again it offers what was typed, or settles what was sent,
 * and one order is lodged. */
#ifndef GUICHET_TESTS_ENDS_H
#define GUICHET_TESTS_ENDS_H

#include "console.h"
#include "scene.h"

#define DEPARTURE "21/12/2026"

struct client {
	struct trial *trial;
	struct scene scene;
	struct console console;
	char (*nirs)[14];               /* people who may order */
	int count;
	uint64_t seed;
	long typed, sent, early, same_key;
	int64_t worst_ms;               /* oldest key that was lost */
};

/* What one end was like. */
struct ending {
	const char *nir;
	int64_t typed_ms, ended_ms;     /* typed_ms 0: it was not all typed */
	char key[80];                   /* under which it went, or "" */
};

void client_open(struct client *client, struct trial *trial);
void client_close(struct client *client);

/* How many orders of that person there are. */
int64_t client_orders(const struct client *client, const char *nir);

/* Start again, take up what is offered, and see that one order is lodged. */
void client_settle(struct client *client, const struct ending *ending);

#endif
