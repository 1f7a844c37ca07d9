/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The threads that check passwords. */
#include "auth.h"
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
#include <time.h>

/* Memory stays under 2 x 64 MiB and a flood of sign-ins leaves a core to reads. */
#define THREADS 2

/* How many may wait: about 3 s for the last one. */
#define WAITING_MOST 64

/* Of those, from one workstation: the others keep their turn. */
#define WAITING_EACH 32

/* However fast the machine, 1000 / PACE_MS passwords a second: to try a few on
 * every name of a caisse takes hours.  So many may come at once. */
#define PACE_MS 35
#define PACE_BURST 8

struct sign_ins {
	struct server *server;
	pthread_t threads[THREADS];
	int started;
	pthread_mutex_t lock;           /* of what follows */
	pthread_cond_t more;
	struct exchange *first, **last;
	int waiting;
	int64_t due_ms;                 /* of the next one; monotonic */
	bool stopping;
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
		right = password_holds(found ? hash : ex->server->sign_ins->decoy,
				       create ? login->password : check->password);
		if (found && right)
			req->password = PASSWORD_RIGHT;
	}
	writer_submit(ex->server->writer, &ex->job);
	return;
failed:
	exchange_done(&ex->job, &err);
}

/* Whether the next may be taken; else wait for something to change. */
static bool wait_for_turn(struct sign_ins *sign_ins)
{
	int64_t now_ms = clock_mono_ms();
	const struct timespec due = {
		.tv_sec = sign_ins->due_ms / 1000,
		.tv_nsec = sign_ins->due_ms % 1000 * 1000000,
	};

	if (sign_ins->stopping)
		return true;
	if (!sign_ins->first) {
		pthread_cond_wait(&sign_ins->more, &sign_ins->lock);
		return false;
	}
	if (sign_ins->due_ms > now_ms) {
		pthread_cond_clockwait(&sign_ins->more, &sign_ins->lock,
				       CLOCK_MONOTONIC, &due);
		return false;
	}
	if (sign_ins->due_ms < now_ms - PACE_BURST * PACE_MS)
		sign_ins->due_ms = now_ms - PACE_BURST * PACE_MS;
	sign_ins->due_ms += PACE_MS;
	return true;
}

static struct exchange *take(struct sign_ins *sign_ins)
{
	struct exchange *ex;

	pthread_mutex_lock(&sign_ins->lock);
	while (!wait_for_turn(sign_ins))
		;
	ex = sign_ins->first;
	if (ex) {
		sign_ins->first = ex->next;
		sign_ins->waiting--;
	}
	if (!sign_ins->first)
		sign_ins->last = &sign_ins->first;
	pthread_mutex_unlock(&sign_ins->lock);
	return ex;
}

static void *check_all(void *arg)
{
	struct sign_ins *sign_ins = arg;
	struct exchange *ex;

	while ((ex = take(sign_ins))) {
		struct err err = { 0 };
		struct db *reader = server_reader(sign_ins->server, &err);

		if (reader)
			exchange_check_password(ex, reader);
		else
			exchange_done(&ex->job, &err);
	}
	return NULL;
}

struct sign_ins *sign_ins_start(struct server *server, struct err *err)
{
	struct sign_ins *sign_ins = mem_new(1, sizeof(*sign_ins));
	unsigned char random[16];
	char password[40];

	sign_ins->server = server;
	sign_ins->last = &sign_ins->first;
	pthread_mutex_init(&sign_ins->lock, NULL);
	pthread_cond_init(&sign_ins->more, NULL);
	random_bytes(random, sizeof(random));
	sodium_bin2hex(password, sizeof(password), random, sizeof(random));
	if (!password_hash(password, sign_ins->decoy, err))
		goto failed;
	for (; sign_ins->started < THREADS; sign_ins->started++)
		if (pthread_create(&sign_ins->threads[sign_ins->started], NULL,
				   check_all, sign_ins) != 0) {
			err_set(err, ERR_SYSTEM,
				_("les fils de connexion n'ont pas démarré"));
			goto failed;
		}
	return sign_ins;
failed:
	sign_ins_stop(sign_ins);
	return NULL;
}

void sign_ins_stop(struct sign_ins *sign_ins)
{
	if (!sign_ins)
		return;
	pthread_mutex_lock(&sign_ins->lock);
	sign_ins->stopping = true;
	pthread_cond_broadcast(&sign_ins->more);
	pthread_mutex_unlock(&sign_ins->lock);
	for (int i = 0; i < sign_ins->started; i++)
		pthread_join(sign_ins->threads[i], NULL);
	pthread_cond_destroy(&sign_ins->more);
	pthread_mutex_destroy(&sign_ins->lock);
	free(sign_ins);
}

static int waiting_from(const struct sign_ins *sign_ins, const struct req *req)
{
	int count = 0;

	for (const struct exchange *ex = sign_ins->first; ex; ex = ex->next)
		count += memcmp(ex->req.origin, req->origin, STATION_SIZE) == 0;
	return count;
}

bool sign_ins_submit(struct sign_ins *sign_ins, struct exchange *ex)
{
	bool room;

	pthread_mutex_lock(&sign_ins->lock);
	room = sign_ins->waiting < WAITING_MOST &&
		waiting_from(sign_ins, &ex->req) < WAITING_EACH;
	if (room) {
		ex->next = NULL;
		*sign_ins->last = ex;
		sign_ins->last = &ex->next;
		sign_ins->waiting++;
		pthread_cond_signal(&sign_ins->more);
	}
	pthread_mutex_unlock(&sign_ins->lock);
	return room;
}
