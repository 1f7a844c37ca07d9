/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "health.h"

#include <guichet/base/mem.h>

#include <string.h>

static bool is_ready(struct server *server)
{
	struct db *reader;
	struct db_stmt *stmt;
	bool ok;

	if (atomic_load(&server->draining) || !mem_recover())
		return false;
	reader = server_reader(server, NULL);
	if (!reader)
		return false;
	stmt = db_query(reader, NULL, "SELECT max(number) FROM migration", "");
	ok = db_next(stmt, NULL);
	db_done(stmt);
	return ok;
}

bool health_answer(struct exchange *ex, const char *method)
{
	bool alive = strcmp(ex->asked.path, "/healthz") == 0;
	bool ok = alive;

	if ((!alive && strcmp(ex->asked.path, "/readyz") != 0) ||
	    (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0))
		return false;
	if (!alive)
		ok = is_ready(ex->server);
	ex->answer.status = ok ? 200 : 503;
	ex->answer.retry_s = ok ? 0 : 1;
	ex->answer.type = "application/json";
	buf_text(&ex->answer.body, ok ? "{\"status\":\"ok\"}" :
		 "{\"status\":\"unavailable\"}");
	ex->stage = EXCHANGE_ANSWERED;
	return true;
}
