/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords are checked one after the other, beside the threads of HTTP. */
#include "auth.h"
#include "crew.h"
#include "exchange_private.h"
#include "lockout.h"
#include "server.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/mem.h>
#include <guichet/base/text.h>

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* How many may wait: about 3 s for the last one. */
#define WAITING_MOST 64

/* Of those, from one workstation: the others keep their turn. */
#define WAITING_EACH 32

/* However fast the machine, 1000 / PACE_MS passwords a second: to try a few on
 * every name of a caisse takes hours.  So many may come at once. */
#define PACE_MS 35
#define PACE_BURST 8

/* The crew is small: memory stays under 2 x 64 MiB, and a flood of sign-ins leaves
 * a core to reads. */
struct sign_ins {
	struct server *server;
	struct crew *crew;
	/* A hash that no password has: an unknown login takes the same time. */
	char decoy[PASSWORD_SIZE];
};

/* Whose password it is: the one given, or who is signed in already. */
static bool find_login(struct exchange *ex, struct err *err)
{
	const struct login *login = ex->body;
	struct db_stmt *stmt;
	bool ok;

	if (ex->route->op == &api_session_create)
		return text_copy(ex->login, sizeof(ex->login), login->user);
	stmt = db_query(ex->req.db, err,
		"SELECT login FROM agent WHERE caisse = $1 AND id = $2",
		"ii", ex->req.caisse, ex->req.agent_id);
	ok = db_next(stmt, err) &&
		db_copy(stmt, 0, ex->login, sizeof(ex->login), err);

	db_done(stmt);
	return ok;
}

bool exchange_find_lock(struct exchange *ex, struct err *err)
{
	struct req *req = &ex->req;
	unsigned char key[LOCKOUT_KEY_SIZE];
	int64_t login_at, origin_at;

	lockout_login(ex->login, key);
	if (!lockout_until(req->db, key, &login_at, err) ||
	    !lockout_until(req->db, req->origin, &origin_at, err))
		return false;
	if (origin_at > login_at)
		login_at = origin_at;
	if (login_at > req->now_ms) {
		req->retry_s = (login_at - req->now_ms + 999) / 1000;
		req->password = PASSWORD_LOCKED;
	}
	return true;
}

void exchange_check_password(struct exchange *ex, struct db *reader)
{
	bool create = ex->route->op == &api_session_create;
	const struct login *login = ex->body;
	const struct password_check *check = ex->body;
	struct req *req = &ex->req;
	char hash[PASSWORD_SIZE] = "";
	struct err err = { 0 };
	bool found, right;

	req->db = reader;
	req->password = PASSWORD_WRONG;
	if (!find_login(ex, &err) ||
	    !exchange_find_lock(ex, &err))
		goto failed;
	if (req->password != PASSWORD_LOCKED) {
		if (!agent_load(req, ex->login, hash, &found, &err))
			goto failed;
		if (!password_check_hash(
				found ? hash : ex->server->sign_ins->decoy,
				create ? login->password : check->password,
				&right, &err))
			goto failed;
		if (found && right)
			req->password = PASSWORD_RIGHT;
	}
	writer_submit(ex->server->writer, &ex->job);
	return;
failed:
	exchange_done(&ex->job, &err);
}

static void check(void *self, void *own, struct exchange *ex)
{
	struct sign_ins *sign_ins = self;
	struct err err = { 0 };
	struct db *reader = server_reader(sign_ins->server, &err);

	(void)own;
	if (reader)
		exchange_check_password(ex, reader);
	else
		exchange_done(&ex->job, &err);
}

struct sign_ins *sign_ins_start(struct server *server, struct err *err)
{
	static const struct crew_work work = {
		.serve = check, .waiting_most = WAITING_MOST,
		.waiting_each = WAITING_EACH, .pace_ms = PACE_MS, .burst = PACE_BURST,
	};
	struct sign_ins *sign_ins = mem_new(1, sizeof(*sign_ins));
	unsigned char random[16];
	char password[40];

	sign_ins->server = server;
	random_bytes(random, sizeof(random));
	sodium_bin2hex(password, sizeof(password), random, sizeof(random));
	if (password_hash(password, sign_ins->decoy, err))
		sign_ins->crew = crew_start(&work, sign_ins, err);
	if (sign_ins->crew)
		return sign_ins;
	sign_ins_stop(sign_ins);
	return NULL;
}

void sign_ins_stop(struct sign_ins *sign_ins)
{
	if (!sign_ins)
		return;
	crew_stop(sign_ins->crew);
	free(sign_ins);
}

bool sign_ins_submit(struct sign_ins *sign_ins, struct exchange *ex)
{
	return crew_submit(sign_ins->crew, ex);
}
