/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A network that answers by hand, at a time told by hand, and one desk on it.
 * The program links with -Wl,--wrap=clock_mono_ms. */
#ifndef GUICHET_TESTS_WIRE_H
#define GUICHET_TESTS_WIRE_H

#include "unit.h"

#include <guichet/api/ops.h>

#include "../../api/http.h"

#define ID "0D9G4TBX0C5ZN"
#define JSON "application/json"
#define PROBLEM "application/problem+json"
#define KEY "0f4c2b7e-5a91-4d3c-8e6f-1b2a3c4d5e6f"

extern const char one_office[], no_office[], a_hold[];

/* What went out, as text, and the exchanges that wait for an answer. */
struct wire {
	struct http_exchange *waiting[8];
	int count, sent;
	char headers[2048];
	char path[256], body[512];
	int64_t now_ms;
};

extern struct wire wire;

/* One desk: a client, a screen that owns calls, and what it was told. */
struct t {
	struct api *api;
	struct loop_peer peer;
	struct owner owner;
	int told, detached, signed_out;
	bool ok, replayed;
	struct err err;
	size_t rows;
	char cursor[16];
	struct slot_taken taken;
};

int wire_setup(void **state);
int wire_teardown(void **state);

/* A sink that notes what it is told. */
void on_reply(void *self, struct api_reply *reply);

/* Start a read, or a write with `key`; see api_call(). */
bool read_offices(struct t *t, int slot);
bool hold(struct t *t, const char *key);

/* The oldest exchange ends, or is answered; the replies are delivered. */
void ends(struct t *t, enum http_result result, int status, const char *type,
	  const char *body);
void answers(struct t *t, int status, const char *type, const char *body);

/* Time goes by until the next thing to do. */
void later(struct t *t);

#define WIRE_TEST(name) \
	cmocka_unit_test_setup_teardown(name, wire_setup, wire_teardown)

#endif
