/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trace as supervisors read it: GET /v1/journal.  Reading it leaves a trace
 * too. */
#include "handlers.h"
#include "../holder.h"

#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <stdio.h>
#include <string.h>

#define TRACE_SHOWN 8

/* The rows are read in the order of an index: by agent, by file, or by time. */
#define COLUMNS "SELECT t.seq, t.at, t.file_id, t.contact_id, t.status," \
	" coalesce(c.channel, -1), coalesce(c.motive, -1)," \
	" coalesce(c.reason, -1), t.operation, t.object, t.trace," \
	" coalesce(a.login, ''), coalesce(a.display_name, '')," \
	" coalesce(o.name, ''), coalesce(c.reference, '')," \
	" coalesce(p.name, ''), coalesce(p.used_name, '')," \
	" coalesce(p.first_names, '')" \
	" FROM audit t LEFT JOIN agent a ON a.caisse = t.caisse" \
	" AND a.id = t.agent_id" \
	" LEFT JOIN office o ON o.caisse = t.caisse AND o.id = t.office_id" \
	" LEFT JOIN contact c ON c.caisse = t.caisse AND c.id = t.contact_id" \
	" LEFT JOIN person p ON p.caisse = t.caisse AND p.id = t.file_id" \
	" WHERE t.caisse = $1 AND t.at >= $2" \
	" AND (t.at < $3 OR (t.at = $3 AND t.seq < $4))" \
	" AND ($5 = '' OR t.operation = $5)" \
	" AND ($6 = 0 OR t.office_id = $6) AND t.status >= $7"
#define ORDER " ORDER BY t.at DESC, t.seq DESC LIMIT "

static const char by_time[] = COLUMNS ORDER "$8";
static const char by_agent[] = COLUMNS " AND t.agent_id = $8"
	" AND ($9 = 0 OR t.file_id = $9)" ORDER "$10";
static const char by_file[] = COLUMNS " AND t.file_id = $8" ORDER "$9";

struct span { int64_t from, before, seq; };

/* The bounds as the index has them: days of the caisse, or where a page ends. */
static bool find_span(struct req *req, const struct journal_query *query,
		      const char *filter, struct span *span, struct err *err)
{
	if (!req_cursor_read(req, query->cursor, filter, &span->before, &span->seq,
			     err))
		return false;
	span->from = date_is_set(query->from) ?
		zone_moment(req->zone, query->from, 0) : 0;
	if (!*query->cursor && date_is_set(query->to))
		span->before = zone_moment(req->zone,
			date_add_days(query->to, 1), 0) - 1;
	return true;
}

static bool find_agent(struct req *req, const char *login, int64_t *id,
		       struct err *err)
{
	struct db_stmt *stmt;

	*id = 0;
	if (!*login)
		return true;
	stmt = db_query(req->db, err, "SELECT id FROM agent WHERE caisse = $1"
			" AND login = $2", "it", req->home, login);
	/* Nobody of that name has done anything. */
	*id = db_next(stmt, err) ? db_int(stmt, 0) : -1;
	db_done(stmt);
	return err->code == ERR_NONE;
}

static struct db_stmt *select_rows(struct req *req,
				   const struct journal_query *query,
				   const struct span *span, int64_t agent_id,
				   int64_t limit, struct err *err)
{
	int64_t file_id = id_parse(query->insured_id);
	int64_t office_id = id_parse(query->office_id);
	int64_t least = query->refused ? 400 : 0;

	if (agent_id != 0)
		return db_query(req->db, err, by_agent, "iiiitiiiii", req->home,
			span->from, span->before, span->seq, query->operation,
			office_id, least, agent_id, file_id, limit);
	if (file_id != 0)
		return db_query(req->db, err, by_file, "iiiitiiii", req->home,
			span->from, span->before, span->seq, query->operation,
			office_id, least, file_id, limit);
	return db_query(req->db, err, by_time, "iiiitiii", req->home, span->from,
			span->before, span->seq, query->operation, office_id,
			least, limit);
}

static bool copy_line(struct db_stmt *stmt, struct journal_line *line,
		      struct err *err)
{
	const char *trace = db_text(stmt, 10);
	size_t size = strlen(trace);

	line->number = db_int(stmt, 0);
	line->at = db_int(stmt, 1);
	if (db_int(stmt, 2) != 0)
		id_format(db_int(stmt, 2), line->insured_id);
	if (db_text(stmt, 15)[0])
		holder_full_name(db_text(stmt, 15), db_text(stmt, 16),
				 db_text(stmt, 17), line->person);
	if (db_int(stmt, 3) != 0)
		id_format(db_int(stmt, 3), line->contact_id);
	line->status = db_int(stmt, 4);
	line->channel = (int)db_int(stmt, 5);
	line->motive = line->channel < 0 ? -1 : (int)db_int(stmt, 6);
	line->reason = (int)db_int(stmt, 7);
	text_copy(line->trace, sizeof(line->trace),
		  trace + (size > TRACE_SHOWN ? size - TRACE_SHOWN : 0));
	return db_copy(stmt, 8, line->operation, sizeof(line->operation), err) &&
	       db_copy(stmt, 9, line->object, sizeof(line->object), err) &&
	       db_copy(stmt, 11, line->agent, sizeof(line->agent), err) &&
	       db_copy(stmt, 12, line->agent_name, sizeof(line->agent_name), err) &&
	       db_copy(stmt, 13, line->office, sizeof(line->office), err) &&
	       db_copy(stmt, 14, line->reference, sizeof(line->reference), err);
}

/* What was asked, for the cursor and, without its values, for the trace. */
static void describe(struct req *req, const struct journal_query *query,
		     char *filter, size_t size)
{
	snprintf(filter, size, "journal %s %s %s %lld %lld %s %d", query->agent,
		 query->insured_id, query->operation,
		 (long long)day_number(query->from),
		 (long long)day_number(query->to), query->office_id,
		 query->refused);
	req->file_id = id_parse(query->insured_id);
	snprintf(req->object, sizeof(req->object), "%s %.38s",
		 query->export ? "export" : "read", query->agent);
}

bool journal_list(struct req *req, const void *key, const void *body,
		  struct rows *out, struct err *err)
{
	const struct journal_query *query = key;
	int64_t limit = req_limit(query->limit), agent_id;
	char filter[256];
	struct span span;
	struct db_stmt *stmt;
	bool ok = true;

	(void)body;
	describe(req, query, filter, sizeof(filter));
	if (!find_span(req, query, filter, &span, err) ||
	    !find_agent(req, query->agent, &agent_id, err))
		return false;
	stmt = select_rows(req, query, &span, agent_id, limit + 1, err);
	while (ok && db_next(stmt, err)) {
		const struct journal_line *last;

		if ((int64_t)out->count == limit) {
			last = rows_at(out, out->count - 1);
			ok = req_cursor_write(req, filter, last->at, last->number,
					      err);
			break;
		}
		ok = copy_line(stmt, rows_add(out), err);
	}
	db_done(stmt);
	return ok && err->code == ERR_NONE;
}
