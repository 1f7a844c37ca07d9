/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server under load: what load.c, desk.c and server.c share. */
#ifndef GUICHET_BENCH_SERVER_H
#define GUICHET_BENCH_SERVER_H

#include "bench.h"

#define ID_SIZE 14
#define REQUEST_SIZE 2048
#define FILES_MOST 64
#define SLOTS_MOST 200

/* ---- load.c: connections that ask again as soon as they are answered ---- */

struct load {
	int port;
	int connections;
	double seconds;
	/* Write the next request of connection `number`. */
	void (*ask)(void *self, int number, char out[REQUEST_SIZE]);
	/* Look at its answer, head and body; NULL: the status is enough. */
	void (*answered)(void *self, int number, const char *answer);
	void *self;
	/* Found. */
	long done, refused;             /* refused: neither 2xx nor 409 */
	char why[64];                   /* the first of them */
	double per_s;
	struct samples ms;
};

void load_run(struct load *load);

/* One request on a connection of its own; the answer is freed by the caller. */
char *load_ask_once(int port, const char *request);

/* ---- desk.c: what there is to ask for ---- */

struct slot_found { char office[ID_SIZE], starts_at[40], desk[8]; };

struct desk {
	int port;
	char token[64];
	struct { char person[ID_SIZE], contact[ID_SIZE]; } files[FILES_MOST];
	int file_count;
	struct slot_found slots[SLOTS_MOST];
	int slot_count;
};

/* Sign in, open some files and list free slots; ends the program when it
 * cannot. */
void desk_open(struct desk *desk, int port);

/* The text of a member of a JSON object; false when it is not there. */
bool desk_member(const char *json, const char *name, char *out, size_t size);

#endif
