/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "volume.h"
#include "access.h"

#include <guichet/base/intl.h>

#define MINUTE_MS INT64_C(60000)

static int64_t midnight(const struct req *req)
{
	return zone_moment(req->zone, req->today, 0);
}

static bool count_files(struct req *req, int64_t since, int64_t *count,
			struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT count(DISTINCT file_id) FROM contact WHERE caisse = $1"
		" AND agent_id = $2 AND opened_at >= $3", "iii", req->home,
		req->agent_id, since);

	if (!db_next(stmt, err))
		return false;
	*count = db_int(stmt, 0);
	db_done(stmt);
	return true;
}

/* The last row of that kind since then: its state and its count; *state is -1
 * when there is none. */
static bool last_review(struct req *req, int kind, int64_t minutes, int64_t since,
			int *state, int64_t *files, struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT state, files FROM review WHERE caisse = $1"
		" AND agent_id = $2 AND kind = $3 AND minutes = $4"
		" AND opened_at >= $5 ORDER BY opened_at DESC, id DESC LIMIT 1",
		"iiiii", req->home, req->agent_id, (int64_t)kind, minutes, since);

	*state = -1;
	*files = 0;
	if (db_next(stmt, err)) {
		*state = (int)db_int(stmt, 0);
		*files = db_int(stmt, 1);
	}
	db_done(stmt);
	return err->code == ERR_NONE;
}

/* A stop that a supervisor has found justified starts the count again. */
static bool find_stop(struct req *req, int64_t *stop, struct err *err)
{
	int64_t rule, files;
	int state;

	if (!rule_value(req->db, RULE_VOLUME_STOP, req->today, &rule, err) ||
	    !last_review(req, REVIEW_STOP, 0, midnight(req), &state, &files, err))
		return false;
	*stop = state < 0 ? rule : state == REVIEW_JUSTIFIED ? files + rule : files;
	return true;
}

bool volume_count(struct req *req, struct volume_count *count, struct err *err)
{
	if (!rule_value(req->db, RULE_VOLUME_DAY, req->today, &count->day_most,
			err) ||
	    !rule_value(req->db, RULE_VOLUME_BURST, req->today,
			&count->burst_most, err) ||
	    !rule_value(req->db, RULE_VOLUME_BURST_MIN, req->today,
			&count->burst_min, err))
		return false;
	return find_stop(req, &count->stop, err) &&
		count_files(req, midnight(req), &count->day, err) &&
		count_files(req, req->now_ms - count->burst_min * MINUTE_MS,
			    &count->burst, err);
}

enum volume volume_word(const struct volume_count *count)
{
	if (count->day >= count->stop)
		return VOLUME_STOP;
	return count->day >= count->day_most || count->burst >= count->burst_most ?
		VOLUME_ALERT : VOLUME_USUAL;
}

static bool opened_today(struct req *req, int64_t file_id, bool *opened,
			 struct err *err)
{
	struct db_stmt *stmt = db_query(req->db, err,
		"SELECT id FROM contact WHERE caisse = $1 AND agent_id = $2"
		" AND opened_at >= $3 AND file_id = $4 LIMIT 1", "iiii",
		req->home, req->agent_id, midnight(req), file_id);

	*opened = db_next(stmt, err);
	db_done(stmt);
	return err->code == ERR_NONE;
}

bool volume_check(struct req *req, int64_t file_id, struct err *err)
{
	int64_t stop, day;
	bool opened;

	if (!find_stop(req, &stop, err) ||
	    !count_files(req, midnight(req), &day, err) ||
	    !opened_today(req, file_id, &opened, err))
		return false;
	return opened || day < stop || req_refuse(err, 403, "volume.stopped",
		_("%lld dossiers ouverts aujourd'hui : voyez un superviseur pour"
		  " continuer"), (long long)day);
}

static bool tell(struct req *req, int kind, int64_t files, int64_t minutes,
		 struct err *err)
{
	int64_t id;

	return access_add_review(req, &(struct access_review){ .kind = kind,
		.agent_id = req->agent_id, .reason = -1, .reference = "",
		.files = files, .minutes = minutes }, &id, err);
}

/* Once a day, once a burst. */
static bool tell_alert(struct req *req, int64_t files, int64_t minutes,
		       int64_t since, struct err *err)
{
	int64_t before;
	int state;

	if (!last_review(req, REVIEW_VOLUME, minutes, since, &state, &before, err))
		return false;
	return state >= 0 || tell(req, REVIEW_VOLUME, files, minutes, err);
}

bool volume_tell(struct req *req, struct err *err)
{
	struct volume_count count;
	int64_t before;
	int state;

	if (!volume_count(req, &count, err))
		return false;
	if (count.day >= count.day_most &&
	    !tell_alert(req, count.day, 0, midnight(req), err))
		return false;
	if (count.burst >= count.burst_most &&
	    !tell_alert(req, count.burst, count.burst_min,
			req->now_ms - count.burst_min * MINUTE_MS, err))
		return false;
	if (count.day < count.stop)
		return true;
	if (!last_review(req, REVIEW_STOP, 0, midnight(req), &state, &before, err))
		return false;
	return (state >= 0 && before >= count.day) ||
		tell(req, REVIEW_STOP, count.day, 0, err);
}
