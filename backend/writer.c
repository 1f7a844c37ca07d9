/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "writer.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/log.h>
#include <guichet/base/mem.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* What one transaction holds at most: the first of them waits for the last. */
#define BATCH_MAX 256


struct writer {
	struct db *db;
	pthread_t thread;
	pthread_mutex_t lock;           /* of what follows */
	pthread_cond_t more;
	struct writer_job *first, **last;
	bool stopping;
	struct writer_figures figures;
};

static struct writer_job *take_batch(struct writer *writer)
{
	struct writer_job *batch, **end = &batch;
	int count = 0;

	pthread_mutex_lock(&writer->lock);
	while (!writer->first && !writer->stopping)
		pthread_cond_wait(&writer->more, &writer->lock);
	batch = writer->first;
	while (*end && count++ < BATCH_MAX)
		end = &(*end)->next;
	writer->first = *end;
	if (!writer->first)
		writer->last = &writer->first;
	*end = NULL;
	pthread_mutex_unlock(&writer->lock);
	return batch;
}

/* A full disk or a want of memory may end the transaction under a job: nothing of
 * it is left, nor of its neighbours', and they are all told so. */
static bool run_batch(struct writer *writer, struct writer_job *batch,
		      struct err *err)
{
	struct audit_head head = { 0 };

	if (!db_begin(writer->db, err))
		return false;
	for (struct writer_job *job = batch; job; job = job->next) {
		job->run(job, writer->db, &head);
		db_settle(writer->db);
		if (!db_in_transaction(writer->db))
			return db_undone(writer->db, err);
	}
	return db_commit(writer->db, err);
}

static void tell(struct writer *writer, struct writer_job *batch,
		 const struct err *failed)
{
	int64_t count = 0;

	for (struct writer_job *job = batch, *next; job; job = next) {
		next = job->next;
		count++;
		job->done(job, failed);
	}
	pthread_mutex_lock(&writer->lock);
	writer->figures.jobs += count;
	writer->figures.commits++;
	writer->figures.failures += failed != NULL;
	pthread_mutex_unlock(&writer->lock);
}

static void *write_all(void *arg)
{
	struct writer *writer = arg;
	struct writer_job *batch;

	while ((batch = take_batch(writer))) {
		struct err err = { 0 };
		bool ok = run_batch(writer, batch, &err);

		if (!ok) {
			db_rollback(writer->db);
			log_event(LOG_ERROR, "writer.lost", "word", err.word, NULL);
		}
		tell(writer, batch, ok ? NULL : &err);
	}
	return NULL;
}

struct writer *writer_start(struct db *db, struct err *err)
{
	struct writer *writer = mem_new(1, sizeof(*writer));

	writer->db = db;
	writer->last = &writer->first;
	pthread_mutex_init(&writer->lock, NULL);
	pthread_cond_init(&writer->more, NULL);
	if (pthread_create(&writer->thread, NULL, write_all, writer) == 0)
		return writer;
	err_set(err, ERR_SYSTEM, _("le fil d'écriture n'a pas démarré"));
	pthread_cond_destroy(&writer->more);
	pthread_mutex_destroy(&writer->lock);
	free(writer);
	return NULL;
}

bool writer_stop(struct writer *writer, struct err *err)
{
	bool ok;

	pthread_mutex_lock(&writer->lock);
	writer->stopping = true;
	pthread_cond_signal(&writer->more);
	pthread_mutex_unlock(&writer->lock);
	pthread_join(writer->thread, NULL);
	pthread_cond_destroy(&writer->more);
	pthread_mutex_destroy(&writer->lock);
	ok = db_close(writer->db, err);
	free(writer);
	return ok;
}

void writer_submit(struct writer *writer, struct writer_job *job)
{
	job->next = NULL;
	pthread_mutex_lock(&writer->lock);
	*writer->last = job;
	writer->last = &job->next;
	pthread_cond_signal(&writer->more);
	pthread_mutex_unlock(&writer->lock);
}

void writer_count(struct writer *writer, struct writer_figures *figures)
{
	pthread_mutex_lock(&writer->lock);
	*figures = writer->figures;
	pthread_mutex_unlock(&writer->lock);
}
