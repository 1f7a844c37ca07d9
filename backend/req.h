/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request, as the handlers see it: decoded, signed in, allowed, in the
 * perimeter.  A handler never sees JSON, HTTP or a socket.
 *
 * A handler of a GET (or of a POST that only reads) runs on a thread that reads;
 * its audit row is durable before the answer leaves.  Every other handler runs
 * on the one thread that writes, in a transaction that holds its effect, its
 * idempotency record and its audit row. */
#ifndef GUICHET_BACKEND_REQ_H
#define GUICHET_BACKEND_REQ_H

#include <guichet/api/ops.h>
#include <guichet/base/buf.h>
#include "store/db.h"

struct press;

#define STATION_SIZE 32                 /* of a SHA-256 */

struct req_contact {
	int64_t id;                     /* 0: no contact */
	int64_t file_id;
	int tier;                       /* enum tier */
	int channel;
	int64_t file_caisse;
	enum perimeter perimeter;
};

struct req {
	const struct api_op *op;
	struct db *db;
	int64_t now_ms;
	int64_t steady_ms;              /* the same, by a clock nobody sets */
	struct date today;              /* in the zone of the caisse */
	enum zone zone;

	/* Who asks. */
	int64_t home;                   /* the agent's caisse: session, contact,
					 * trace, queue */
	int64_t caisse;                 /* that of the file, else the same: every
					 * statement of the store names it */
	int64_t agent_id, office_id;
	char department[4];
	char caisse_name[LABEL_SIZE];
	char agent_name[NAME_SIZE];
	char desk[16];
	int role, channel;
	struct req_contact contact;     /* of Guichet-Contact, open and the agent's */

	/* What came. */
	int64_t if_match;               /* version; 0: any ("*"), -1: not said,
					 * -2: never ours */
	const char *raw;                /* API_RAW_BODY */
	size_t raw_size;
	const char *raw_type;           /* Content-Type of it */
	int password;                   /* enum password_state, sign-in only */
	const struct oidc_answer *oidc; /* sign-in through a provider: oidc/oidc.h */
	unsigned char token[32];        /* SHA-256 of the bearer's; sign-in: unset */
	unsigned char station[STATION_SIZE]; /* which workstation: see station.h */
	unsigned char origin[STATION_SIZE];
	int64_t expires_at;             /* of the session */

	/* What the handler gives beside its rows. */
	int64_t version;                /* of the resource: its ETag; 0: none */
	int64_t file_id;                /* for the audit row; 0: no file */
	int64_t file_caisse;            /* that also gets the row; 0: none */
	char object[48];                /* for the audit row: id or number */
	char location[128];             /* of what was created, a path */
	char cursor[256];               /* next page, or "" */
	int64_t retry_s;                /* Retry-After of a refusal; 0: none */
	const void *envelope;           /* of op->envelope; lives in `scratch` */
	struct buf *paper;              /* API_RAW_REPLY: the bytes */
	struct press *press;            /* that draws it: paper/press.h */
	const struct codec *extra_codec; /* members added to a problem */
	const void *extra;
	struct buf scratch;             /* memory that lasts as long as the answer */
};

/* Handlers: false with `err` (word, status) refuses; the rows (of op->reply) are
 * the answer, one unless API_LIST. */
typedef bool (*req_handler)(struct req *req, const void *key, const void *body,
			    struct rows *out, struct err *err);

struct route { const struct api_op *op; req_handler run; };
extern const struct route routes[];     /* ended by a NULL op */

/* Refuse by rule: status and stable word; `text` French, without personal data.
 * Always false. */
bool req_refuse(struct err *err, int status, const char *word, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Give members to the problem, copied into scratch, which they replace. */
void req_extra(struct req *req, const struct codec *codec, const void *value);

/* Refuse with 412 unless If-Match names `version`. */
bool req_match(const struct req *req, int64_t version, struct err *err);

/* Refuse with 403 "proof.needed" below `tier`; with 404 when `file_id` is not the
 * file of the contact. */
bool req_needs_tier(const struct req *req, int tier, struct err *err);
bool req_needs_file(const struct req *req, int64_t file_id, struct err *err);

/* Read and write the signed cursor: a sort value and an id, bound to `digest` of
 * the filter.  400 "cursor.invalid" for a bad one; *after = INT64_MAX, *id =
 * INT64_MAX when there is none. */
bool req_cursor_read(struct req *req, const char *cursor, const char *filter,
		     int64_t *after, int64_t *id, struct err *err);
bool req_cursor_write(struct req *req, const char *filter, int64_t after,
		      int64_t id, struct err *err);

/* The page size asked, 50 when absent. */
int64_t req_limit(int64_t limit);

/* Days as the tables hold them (yyyymmdd), and dates. */
int64_t day_number(struct date date);
struct date day_date(int64_t number);

/* The value of a dated rule on `on`.  Errors: ERR_SYSTEM when there is none. */
bool rule_value(struct db *db, const char *name, struct date on, int64_t *value,
		struct err *err);

/* The next number of `kind` ("CEAM") in this year: "CEAM-26-000482". */
bool number_next(struct req *req, const char *kind, char out[NUMBER_SIZE],
		 struct err *err);

#endif
