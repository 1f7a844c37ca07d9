/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contract, held against a real daemon: each operation of the table, called
 * by the real client and by hand.
 *
 * With GUICHET_CONTRACT_PORT the daemon listens on that port of the loopback
 * rather than on a Unix socket, and GUICHET_CONTRACT_SERVER=http://127.0.0.1:PORT
 * points what is done by hand at a proxy in front of it. */
#ifndef GUICHET_TESTS_CONTRACT_H
#define GUICHET_TESTS_CONTRACT_H

#include "../unit/unit.h"

#include <guichet/api/client.h>
#include <guichet/api/ops.h>

/* ---- the daemon, on a database of its own (daemon.c) ---- */

struct daemon {
	char folder[64];
	bool tls;
	const char *issuer;             /* identity provider, or NULL */
	char listen[128];               /* as guichetd wants it */
	char server[136];               /* as struct api_setup wants it */
	int pid, leash;
};

/* Seed a small population and start; ends the program when it cannot.  With
 * `tls`, on a port of the loopback with the certificate of tests/data/tls. */
void daemon_start(struct daemon *daemon, bool tls);

/* A port that was free a moment ago. */
int daemon_free_port(void);

/* Run a program to its end, without its chatter; false unless it succeeds. */
bool daemon_run(char *const argv[]);

void daemon_stop(struct daemon *daemon);

/* Start it on the base it has, once it has ended. */
void daemon_serve(struct daemon *daemon);

/* ---- one request by hand (raw.c) ---- */

struct raw_request {
	const char *method, *path;
	const char *headers;            /* whole lines ended by \r\n */
	const char *body;
	size_t body_size;
};

struct raw_answer {
	int status;
	char headers[16384];            /* lines, after the status line */
	struct buf body;
};

/* Send and read the whole answer; free it with buf_fini(&answer->body). */
void raw_call(const char *server, const struct raw_request *request,
	      struct raw_answer *answer);

/* The steps of raw_call(): connect; add the request to `out`, without a word
 * about the connection; read one whole answer. */
int raw_connect(const char *server);
void raw_write(const struct raw_request *request, struct buf *out);
void raw_parse(const struct buf *all, struct raw_answer *answer);

/* Copy the value of a header to `out`; false when there is none. */
bool raw_header(const struct raw_answer *answer, const char *name, char *out,
		size_t out_size);

/* ---- the desk (desk.c) ---- */

#define DEMO_PASSWORD "guichet-demo"
#define DESK_NIR "2850345234123"        /* of the desk's file */

/* A file that is open: the ids of one person and of their contact. */
struct file {
	char insured_id[ID_TEXT], beneficiary_id[ID_TEXT], contact_id[ID_TEXT];
};

struct desk {
	struct daemon daemon;
	char by_hand[136];              /* server of raw_call() */
	struct api *api;
	struct owner owner;
	char token[64], own_token[64];
	int role;                       /* enum role */
	char photo[96];                 /* path of a small JPEG */
	struct file file, own_file;     /* of the person with payments */
	/* The last reply of the client. */
	bool told, ok;
	int status;
	struct err err;
	struct rows rows;
	char etag[48], cursor[256];
	struct slot_taken taken;        /* of a problem slot.taken */
};

void desk_open(struct desk *desk);

/* The same, with an identity provider. */
void desk_open_with(struct desk *desk, const char *issuer);
void desk_close(struct desk *desk);

/* Call through the real client and wait for its reply. */
void desk_call(struct desk *desk, const struct api_request *request);

/* The same, failing the test unless it succeeds; returns the first row. */
const void *desk_get(struct desk *desk, const struct api_request *request);

/* Find somebody by NIR, open a contact, prove identity with a document. */
void desk_open_file(struct desk *desk, const char *nir, struct file *file);

/* Sign somebody in; the desk goes on as it was. */
void desk_sign_in(struct desk *desk, const char *user, char token[64]);

/* The file of the person of that NIR, until the next call. */
const char *desk_find(struct desk *desk, const char *nir);

/* Give the password of that session again: it may be needed. */
void desk_confirm(struct desk *desk, char token[64]);

/* Open a contact, prove identity with a document. */
void desk_open_contact(struct desk *desk, const struct contact_new *contact,
		       char contact_id[ID_TEXT]);

/* Go on as somebody else, who opens the desk's file; as the desk's own agent
 * again, when `token` is NULL. */
void desk_become(struct desk *desk, const char *token, int role);

/* A free slot for `reason`, the one after the last that was asked for. */
void desk_slot(struct desk *desk, const char *reason, struct slot *slot);

/* ---- one good request for each operation (samples.c) ---- */

struct sample {
	const struct api_op *op;
	union {
		char any[1024];
		int64_t aligned;
	} query;
	union {
		char any[4096];
		int64_t aligned;
	} body;
	struct file file;
	char etag[48];
	char key[UUID_TEXT];
	char token[64];                 /* "" : the desk's own */
	const char *path;               /* API_RAW_BODY: of the file */
};

/* Fill `sample` with a request that succeeds.  False when no case is written
 * for the operation. */
bool sample_make(struct desk *desk, const struct api_op *op,
		 struct sample *sample);

/* The request as the client takes it. */
struct api_request sample_request(const struct sample *sample);

/* What to leave out of, or to change in, a request by hand. */
struct change {
	bool no_token, no_key, no_contact, no_if_match;
	bool direct;                    /* not by way of a proxy, which may read
					 * bodies and methods itself */
	const char *token, *key, *if_match, *if_none_match;
	const char *method, *path, *type, *accept, *query, *body;
	size_t body_size;               /* of `body`; 0: its length */
};

/* Send the request by hand with a change; `change` may be NULL. */
void sample_send(struct desk *desk, const struct sample *sample,
		 const struct change *change, struct raw_answer *answer);

/* Add the same request to `out`, for a connection that goes on. */
void sample_write(const struct desk *desk, const struct sample *sample,
		  const struct change *change, struct buf *out);

/* Fail unless the answer carries what every answer does; and unless a judging
 * proxy, if there is one, has nothing to say about it. */
void expect_clean(const struct api_op *op, const struct raw_answer *answer);

/* Fail unless the answer is a problem with that status, and with that code when
 * it is not NULL; frees the answer. */
void expect_problem(const struct api_op *op, struct raw_answer *answer,
		    int status, const char *code);

/* ---- the checks, each over the whole table ---- */

/* tls.c: with a daemon of its own */
void a_server_is_known_by_its_authority_alone(void **state);

/* rules.c */
void health_is_told_to_anybody(void **state);
void what_no_proof_shows_is_masked(void **state);
void the_file_of_another_caisse_does_not_exist(void **state);
void a_slot_is_given_once_and_the_nearest_are_told(void **state);
void a_wrong_password_and_an_unknown_user_are_alike(void **state);

/* access.c */
void a_sensitive_file_opens_until_a_supervisor_says_no(void **state);
void ones_own_file_stays_closed(void **state);
void both_caisses_know_what_was_read_by_break_glass(void **state);
void an_attempt_without_the_right_is_in_the_trace(void **state);

/* authz.c: roles and perimeters, over the whole table */
void every_cell_of_the_authorisation_table_holds(void **state);

/* success.c */
void every_operation_succeeds(void **state);
void a_key_is_done_once_and_answered_the_same(void **state);
void pages_follow_each_other_without_loss(void **state);
void a_version_already_known_is_not_sent_again(void **state);
void a_head_is_a_get_without_body(void **state);

/* refusal.c */
void without_token_nothing_is_told(void **state);
void a_wrong_token_is_told_apart(void **state);
void a_contact_is_asked_for(void **state);
void an_unknown_member_is_refused_where_it_is(void **state);
void a_body_that_is_no_json_is_refused(void **state);
void an_unknown_parameter_is_refused(void **state);
void a_key_is_asked_for_in_quotes(void **state);
void a_version_is_asked_for_and_compared(void **state);
void what_does_not_exist_is_not_found(void **state);
void another_method_is_told_which_are_allowed(void **state);
void another_type_is_refused(void **state);
void an_answer_in_another_form_is_refused(void **state);
void a_body_too_large_is_refused(void **state);
void a_bad_cursor_or_limit_is_refused(void **state);
void a_role_that_may_not_is_refused(void **state);

#endif
