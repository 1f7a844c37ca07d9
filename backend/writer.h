/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one thread that writes.  Jobs that arrive while a commit waits for the disk
 * share the next one (group commit): a durable write costs one wait for many. */
#ifndef GUICHET_BACKEND_WRITER_H
#define GUICHET_BACKEND_WRITER_H

#include "audit.h"

struct writer;

struct writer_job {
	struct writer_job *next;
	/* Do the work inside the transaction of `db`, in marks of its own. */
	void (*run)(struct writer_job *job, struct db *db, struct audit_head *head);
	/* What run() did is on the disk, or nothing of it remains (`failed` is
	 * then set).  On the writer's thread; `job` is not touched afterwards. */
	void (*done)(struct writer_job *job, const struct err *failed);
};

struct writer_figures { int64_t jobs, commits, failures; };

/* Start the thread; `db` is a DB_WRITE connection and is taken over. */
struct writer *writer_start(struct db *db, struct err *err);

/* Do what was submitted, then end the thread and close the connection. */
bool writer_stop(struct writer *writer, struct err *err);

/* Give a job to the thread; its memory stays the caller's until done(). */
void writer_submit(struct writer *writer, struct writer_job *job);

void writer_count(struct writer *writer, struct writer_figures *figures);

#endif
