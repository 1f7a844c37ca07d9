/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client that ends with an order on its screen, however it does, and what must
 * come of it: started again it offers what was typed, or settles what was sent,
 * and one order is lodged. */
#ifndef GUICHET_TESTS_ENDS_H
#define GUICHET_TESTS_ENDS_H

#include "console.h"
#include "scene.h"

#define DEPARTURE "21/12/2026"

/* A form that lodges something, and how it is filled in. */
struct form {
	const char *people;             /* SQL: NIR of those who may */
	const char *entry, *label;      /* of the menu of new requests */
	const char *window;             /* title of the terminal's */
	const char *keys, *date, *shown; /* up to the date; typed; as it is read */
	const char *send;               /* the keys that lodge it */
	const char *path;               /* of the call, what it has and others not */
	const char *number;             /* of the request starts so */
	int kind;                       /* enum request_kind */
};

enum { FORM_EHIC, FORM_VITALE_LOSS, FORMS };
extern const struct form forms[FORMS];

struct client {
	struct trial *trial;
	struct scene scene;
	struct console console;
	const struct form *form;        /* the one in use; set by the caller */
	struct people { char (*nirs)[14]; int count; } people[FORMS], *found;
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

/* The NIR of somebody for the form in use; of another for each number. */
const char *client_person(const struct client *client, int number);

/* How many orders of that person there are. */
int64_t client_orders(const struct client *client, const char *nir);

/* Start again, take up what is offered, and see that one order is lodged. */
void client_settle(struct client *client, const struct ending *ending);

#endif
