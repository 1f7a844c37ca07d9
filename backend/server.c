/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server.h"
#include "auth.h"
#include "idempotency.h"
#include "oidc/oidc.h"
#include "setting.h"
#include "store/migrate.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/log.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* When the thread ends, so does its connection. */
static void close_reader(void *db)
{
	db_close(db, NULL);
}

struct db *server_reader(struct server *server, struct err *err)
{
	struct db *db = pthread_getspecific(server->reader);

	if (db)
		return db;
	db = db_open(server->database, DB_READ, err);
	if (db && pthread_setspecific(server->reader, db) == 0)
		return db;
	db_close(db, NULL);
	/* where the database is concerns nobody outside */
	if (err && strcmp(err->word, "memory.short") == 0)
		req_refuse(err, 503, "memory.short",
			   _("le serveur manque de mémoire"));
	else
		req_refuse(err, 503, "storage.lost", _("la base ne peut pas être ouverte"));
	return NULL;
}

/* Rows that no longer say anything: ended sessions, old keys, old refusals. */
static bool tidy(struct db *db, struct err *err)
{
	int64_t now_ms = clock_now_ms();

	return idempotency_purge(db, now_ms, err) &&
		db_run(db, err, NULL, "DELETE FROM session WHERE expires_at < $1",
		       "i", clock_steady_ms()) &&
		db_run(db, err, NULL, "DELETE FROM sign_in WHERE tried_at < $1",
		       "i", now_ms - INT64_C(86400000));
}

static void say_broken(const struct audit_report *report, const struct err *err)
{
	char caisse[16], seq[24];

	snprintf(caisse, sizeof(caisse), "%05d", (int)report->bad_caisse);
	snprintf(seq, sizeof(seq), "%lld", (long long)report->bad_seq);
	log_event(LOG_ERROR, "audit.broken", "caisse", caisse, "seq", seq,
		  "word", err->word, NULL);
}

static bool verify_new(struct db *db, struct err *err)
{
	struct audit_report report;

	if (audit_verify_on(db, clock_now_ms(), &report, err))
		return true;
	say_broken(&report, err);
	return false;
}

static void run_tidy(struct writer_job *job, struct db *db,
		     struct audit_head *head)
{
	bool (*const works[])(struct db *db, struct err *err) = {
		tidy, verify_new,
	};

	(void)job;
	(void)head;
	for (size_t i = 0; i < sizeof(works) / sizeof(*works); i++) {
		struct err err = { 0 };

		if (!db_mark(db, &err))
			return;
		if (!works[i](db, &err) || !db_mark_keep(db, &err))
			db_mark_undo(db);
	}
}

static void tidy_done(struct writer_job *job, const struct err *failed)
{
	struct server *server = (struct server *)((char *)job -
						  offsetof(struct server, tidy));

	(void)failed;
	atomic_store(&server->tidying, false);
}

void server_tidy(struct server *server)
{
	if (atomic_exchange(&server->tidying, true))
		return;
	server->tidy.run = run_tidy;
	server->tidy.done = tidy_done;
	writer_submit(server->writer, &server->tidy);
}

static bool not_made_yet(const char *database, struct err *err)
{
	return err_set(err, ERR_INVALID, _("« %s » n'est pas encore une base : "
		"lancez « guichetd init --db %s »"), database, database);
}

/* A trace that was altered is no place to go on writing in: somebody has to look
 * first.  That the point cannot be recorded (a full disk) stops nobody. */
static bool verify_trace(struct server *server, struct db *db, struct err *err)
{
	struct audit_report report;
	struct err failed = { 0 };

	if (db_begin(db, &failed) &&
	    audit_verify_on(db, clock_now_ms(), &report, &failed) &&
	    db_commit(db, &failed))
		return true;
	db_rollback(db);
	if (strcmp(failed.word, AUDIT_BROKEN) != 0) {
		err_clear(&failed);
		if (audit_verify(db, AUDIT_NEW, &report, &failed))
			return true;
	}
	say_broken(&report, &failed);
	if (server->despite_broken_trace && strcmp(failed.word, AUDIT_BROKEN) == 0)
		return true;
	if (err)
		*err = failed;
	return false;
}

static bool open_store(struct server *server, struct err *err)
{
	struct db *db;
	int64_t number;

	/* Opening it to write would make an empty one. */
	if (access(server->database, F_OK) != 0)
		return not_made_yet(server->database, err);
	db = db_open(server->database, DB_WRITE, err);
	if (!db)
		return false;
	if (!migration_current(db, &number, err))
		goto refused;
	if (number == 0) {
		not_made_yet(server->database, err);
		goto refused;
	}
	db_checkpoint(db);
	if (!db_migrate(db, err) || !verify_trace(server, db, err) ||
	    !setting_number(db, "session.idle_s", SESSION_IDLE_S, &server->idle_s,
			    err))
		goto refused;
	server->writer = writer_start(db, err);
	if (server->writer)
		return true;
refused:
	db_close(db, NULL);
	return false;
}

bool server_open(struct server *server, const char *database, struct err *err)
{
	server->database = database;
	quota_init(&server->quota, server->session_rate);
	pthread_mutex_init(&server->gate, NULL);
	pthread_cond_init(&server->quiet, NULL);
	if (pthread_key_create(&server->reader, close_reader) != 0)
		return err_set(err, ERR_SYSTEM, _("trop de clés de fils"));
	if (!open_store(server, err))
		return false;
	if (server->oidc_config)
		server->oidc = oidc_start(server, server->oidc_config, err);
	server->sign_ins = !server->oidc_config || server->oidc ?
		sign_ins_start(server, err) : NULL;
	if (server->sign_ins) {
		server_tidy(server);
		return true;
	}
	oidc_stop(server->oidc);
	writer_stop(server->writer, NULL);
	return false;
}

static void change(struct server *server, int *count, int by)
{
	pthread_mutex_lock(&server->gate);
	*count += by;
	if (*count == 0)
		pthread_cond_broadcast(&server->quiet);
	pthread_mutex_unlock(&server->gate);
}

void server_entered(struct server *server)
{
	change(server, &server->running, 1);
}

void server_left(struct server *server)
{
	change(server, &server->running, -1);
}

void server_count(struct server *server, const struct exchange *ex)
{
	int class = ex->answer.status / 100;
	ptrdiff_t row = ex->route ? ex->route - server->routes : -1;

	if (row < 0 || row >= FIGURES_MAX || class < 1 || class > 5)
		return;
	atomic_fetch_add(&server->figures[row].by_class[class], 1);
	atomic_fetch_add(&server->figures[row].ms,
			 clock_mono_ms() - ex->started_ms);
}

bool server_go_away(struct server *server)
{
	bool open;

	pthread_mutex_lock(&server->gate);
	open = !server->closed;
	server->away += open;
	pthread_mutex_unlock(&server->gate);
	return open;
}

void server_came_back(struct server *server)
{
	change(server, &server->away, -1);
}

void server_drain(struct server *server, int wait_ms)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += wait_ms / 1000;
	until.tv_nsec += wait_ms % 1000 * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	pthread_mutex_lock(&server->gate);
	while (server->running > 0 &&
	       pthread_cond_timedwait(&server->quiet, &server->gate, &until) == 0)
		;
	pthread_mutex_unlock(&server->gate);
}

bool server_close(struct server *server, struct err *err)
{
	pthread_mutex_lock(&server->gate);
	server->closed = true;
	while (server->away > 0)
		pthread_cond_wait(&server->quiet, &server->gate);
	pthread_mutex_unlock(&server->gate);
	sign_ins_stop(server->sign_ins);
	oidc_stop(server->oidc);
	return writer_stop(server->writer, err);
}
