/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole daemon, in this process, behind a Unix socket; and bytes to send it. */
#ifndef GUICHET_TESTS_BACKEND_WIRE_H
#define GUICHET_TESTS_BACKEND_WIRE_H

#include "backend_fixture.h"

#include "http.h"

#define W_PASSWORD "un mot de passe"

struct wire {
	struct fixture *t;
	char where[96];                 /* "unix:..." */
	struct server server;
	struct http *http;
	char token[64];                 /* of the agent's session */
	char answer[65536];             /* the last one, whole */
	int status;
};

/* For cmocka: *state becomes a struct wire with one file (id 1001), a session of
 * the agent and two threads.  The teardown ends it as SIGTERM would. */
int wire_setup(void **state);

/* The same, with an identity provider, which must stay. */
int wire_setup_with(void **state, const struct oidc_config *oidc);

int wire_teardown(void **state);

/* A new connection, on which a wait has an end; the caller closes it. */
int wire_dial(const struct wire *w);

/* Send bytes on a new connection and read until it is closed; the status, or 0
 * when nothing came. */
int wire_send(struct wire *w, const char *bytes, size_t size);

/* Ask with the session's token.  `headers` (may be NULL) are whole lines ended by
 * "\r\n"; `body` may be NULL. */
int wire_ask(struct wire *w, const char *method, const char *path,
	     const char *headers, const char *body);

/* The value of a header of the last answer, or NULL; lasts until the next. */
const char *wire_header(struct wire *w, const char *name);

/* The body of the last answer. */
const char *wire_body(struct wire *w);

/* Assert the status and the machine word of a refusal. */
void wire_refused(struct wire *w, int status, const char *word);

/* How many rows a table has, by a statement of no parameter. */
int64_t wire_count(struct wire *w, const char *sql);

#endif
