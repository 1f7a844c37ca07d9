/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small caisse in a database of its own, and one request to hand to the
 * handlers. */
#ifndef GUICHET_TESTS_BACKEND_FIXTURE_H
#define GUICHET_TESTS_BACKEND_FIXTURE_H

#include "unit.h"

#include <config.h>
#include "req.h"

#define T_CAISSE 1381
#define T_OTHER_CAISSE 1751
#define T_AGENT 11
#define T_OFFICE 21

struct fixture {
	char path[64];
	struct db *db;
	struct req req;                 /* of the agent, counter, no contact */
	struct err err;
	struct rows out;                /* of the last fixture_call() */
};

/* One person; `id` equal to `file_id` makes the file too.  The keys of search
 * are made from the names.  Texts may be NULL. */
struct fixture_person {
	int64_t id, file_id;
	int kinship;                    /* enum kinship */
	int64_t birth;                  /* yyyymmdd */
	const char *nir, *name, *used_name, *first_names;
};

/* For cmocka: *state becomes a struct fixture with the schema, one caisse, one
 * agent and nobody; the teardown removes its file. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* The one number that a query without parameters answers. */
int64_t fixture_number(struct fixture *t, const char *sql);

/* Run statements without parameters, ended by NULL. */
void fixture_run(struct fixture *t, const char *const *statements);

/* Add a person to a caisse. */
void fixture_person(struct fixture *t, int64_t caisse,
		    const struct fixture_person *person);

/* Pretend that the call names an open contact on the file, at that tier. */
void fixture_contact(struct fixture *t, int64_t file_id, int tier);

/* Run a handler of `op` on a fresh request; `err` is that of t. */
bool fixture_call(struct fixture *t, const struct api_op *op, req_handler run,
		  const void *key, const void *body);

/* Assert that the last call was refused with that status and word. */
void fixture_refused(const struct fixture *t, int status, const char *word);

#endif
