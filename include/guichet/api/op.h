/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operations of the contract, each declared once.  The client calls them,
 * the server routes them, the tests go through the table, --print-openapi
 * prints it. */
#ifndef GUICHET_API_OP_H
#define GUICHET_API_OP_H

#include <guichet/api/codec.h>

enum api_method { API_GET, API_POST, API_PUT, API_PATCH, API_DELETE, API_METHOD_N };
extern const char *const api_method_names[API_METHOD_N + 1];

enum api_flags {
	API_LIST = 1,                   /* reply is {"items", "next_cursor"} */
	API_PUBLIC = 2,                 /* no bearer token */
	API_KEYED = 4,                  /* Idempotency-Key required */
	API_IF_MATCH = 8,               /* If-Match required */
	API_ETAG = 16,                  /* the reply carries an ETag */
	API_CONTACT = 32,               /* Guichet-Contact required */
	API_RAW_BODY = 64,              /* bytes of a file, not JSON */
	API_RAW_REPLY = 128,            /* application/pdf, not JSON */
	API_CREATED = 256,              /* success is 201 with Location */
	API_EMPTY = 512,                /* success is 204 without a body */
	API_READ = 1024,                /* a POST that only reads (search) */
	API_SUM = 2048,                 /* list that takes count=true */
	API_TOKEN = 4096,               /* a POST whose answer holds a token: it is
					 * kept nowhere, and never asked twice */
};

/* A refusal by rule that an operation may give, beyond those that the flags
 * imply (400, 401, 403, 404, 405, 406, 413, 415, 428, 412, 429, 503...). */
struct api_problem {
	const char *code;               /* "slot.taken"; NULL ends the table */
	int status;                     /* 401, 403, 409, 413, 415, 422, 429 */
	const char *title;              /* French, stable */
};

/* What the problems of some codes say besides the members of all. */
struct api_problem_members {
	const char *code;               /* NULL ends the table */
	const struct codec *codec;
};

extern const struct api_problem_members api_problem_members[];

struct api_op {
	const char *name;               /* "payment.list"; NULL ends the table */
	enum api_method method;
	unsigned flags;
	const char *path;               /* "/v1/insured/{insured_id}/payments" */
	const char *summary;            /* English, one line, for OpenAPI */
	const struct codec *query;      /* members named in the path go there,
					 * the others to the query string */
	const struct codec *body;
	const struct codec *reply;      /* of one item when API_LIST */
	const struct codec *envelope;   /* API_LIST: what else the answer holds */
	const struct api_problem *problems;
	/* The one authorisation table: who may, 1 << enum role, in a file of the
	 * agent's caisse, and in one of another caisse opened by break-glass.
	 * Nobody, where nothing is said; nobody ever in another file. */
	unsigned roles, glass_roles;
};

/* All operations, ended by NULL, in the order of the printed contract. */
extern const struct api_op *const api_ops[];

/* Return the operation of that name, or NULL. */
const struct api_op *api_op_find(const char *name);

/* Tell whether the member `name` of op->query stands in the path; the others go
 * to the query string. */
bool api_path_names(const struct api_op *op, const char *name);

/* Return the codec of what the problem `code` says besides, or NULL. */
const struct codec *api_problem_codec(const char *code);

/* Write path and query string of `op` for `query` (may be NULL when op->query
 * is), percent-encoded.  False when `out` is too small. */
bool api_path_write(const struct api_op *op, const void *query, char *out,
		    size_t out_size);

/*
 * Match a raw path (no query string) against the template of `op`; the text of
 * each {name} goes to the member of that name in `query`.  False when it does
 * not match; a match whose value is ill-formed counts as no match.
 */
bool api_path_match(const struct api_op *op, const char *path, void *query);

/* Print the contract as OpenAPI 3.1.1 (YAML, about 200 kB).  False when `out` is
 * full. */
bool api_openapi_write(struct buf *out);

#endif
