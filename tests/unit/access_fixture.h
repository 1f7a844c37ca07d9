/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two caisses, three agents and a supervisor, for the rules of access. */
#ifndef GUICHET_TESTS_ACCESS_FIXTURE_H
#define GUICHET_TESTS_ACCESS_FIXTURE_H

#include "backend_fixture.h"

#define T_FILE 101                      /* ordinary */
#define T_OWN 102                       /* of agent T_AGENT, as a spouse */
#define T_SENSITIVE 103
#define T_FOREIGN 201                   /* of the other caisse */
#define T_FOREIGN_SENSITIVE 202

#define NIR_HERE "2850338185123"
#define NIR_FOREIGN "2570573065014"
#define NIR_FOREIGN_SENSITIVE "1660473065014"
#define NIR_AGENT "1960338053120"

#define T_COLLEAGUE 12
#define T_SUPERVISOR 31
#define T_SUPERVISOR_2 32

#define MINUTE_MS INT64_C(60000)

int access_setup(void **state);

/* Go on as another agent. */
void access_become(struct fixture *t, int64_t agent_id, int role);

/* As if the password had just been given again. */
void access_confirmed(struct fixture *t);

/* Open a contact on a file at the counter; its answer is in t->out. */
bool access_open(struct fixture *t, int64_t file_id);

/* Be let in by break-glass, or let T_AGENT in. */
bool access_glass(struct fixture *t, const char *nir);
bool access_grant(struct fixture *t, int64_t file_id, const char *agent);

/* The one number of a query. */
int64_t access_number(struct fixture *t, const char *sql);

#endif
