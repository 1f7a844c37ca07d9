/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crew.h"
#include "exchange_private.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/mem.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define THREADS 2

struct crew {
	const struct crew_work *work;
	void *self;
	pthread_t threads[THREADS];
	int started;
	pthread_mutex_t lock;           /* of what follows */
	pthread_cond_t more;
	struct exchange *first, **last;
	int waiting;
	int64_t due_ms;                 /* of the next one; monotonic */
	bool stopping;
};

/* Whether the next may be taken; else wait for something to change. */
static bool wait_for_turn(struct crew *crew)
{
	const int pace_ms = crew->work->pace_ms;
	const int64_t now_ms = clock_mono_ms();
	const int64_t earliest_ms = now_ms - (int64_t)crew->work->burst * pace_ms;
	const struct timespec due = {
		.tv_sec = crew->due_ms / 1000,
		.tv_nsec = crew->due_ms % 1000 * 1000000,
	};

	if (crew->stopping)
		return true;
	if (!crew->first) {
		pthread_cond_wait(&crew->more, &crew->lock);
		return false;
	}
	if (pace_ms && crew->due_ms > now_ms) {
		pthread_cond_clockwait(&crew->more, &crew->lock, CLOCK_MONOTONIC, &due);
		return false;
	}
	crew->due_ms = (crew->due_ms < earliest_ms ? earliest_ms : crew->due_ms) + pace_ms;
	return true;
}

static struct exchange *take(struct crew *crew)
{
	struct exchange *ex;

	pthread_mutex_lock(&crew->lock);
	while (!wait_for_turn(crew))
		;
	ex = crew->first;
	if (ex) {
		crew->first = ex->next;
		crew->waiting--;
	}
	if (!crew->first)
		crew->last = &crew->first;
	pthread_mutex_unlock(&crew->lock);
	return ex;
}

static void *serve_all(void *arg)
{
	struct crew *crew = arg;
	const struct crew_work *work = crew->work;
	void *own = work->begin ? work->begin(crew->self) : NULL;
	struct exchange *ex;

	while ((ex = take(crew)))
		work->serve(crew->self, own, ex);
	if (work->end)
		work->end(own);
	return NULL;
}

struct crew *crew_start(const struct crew_work *work, void *self, struct err *err)
{
	struct crew *crew = mem_new(1, sizeof(*crew));

	crew->work = work;
	crew->self = self;
	crew->last = &crew->first;
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->more, NULL);
	for (; crew->started < THREADS; crew->started++)
		if (pthread_create(&crew->threads[crew->started], NULL, serve_all,
				   crew) != 0) {
			err_set(err, ERR_SYSTEM,
				_("les fils de connexion n'ont pas démarré"));
			crew_stop(crew);
			return NULL;
		}
	return crew;
}

void crew_stop(struct crew *crew)
{
	if (!crew)
		return;
	pthread_mutex_lock(&crew->lock);
	crew->stopping = true;
	pthread_cond_broadcast(&crew->more);
	pthread_mutex_unlock(&crew->lock);
	for (int i = 0; i < crew->started; i++)
		pthread_join(crew->threads[i], NULL);
	pthread_cond_destroy(&crew->more);
	pthread_mutex_destroy(&crew->lock);
	free(crew);
}

static int waiting_from(const struct crew *crew, const struct req *req)
{
	int count = 0;

	for (const struct exchange *ex = crew->first; ex; ex = ex->next)
		count += memcmp(ex->req.origin, req->origin, STATION_SIZE) == 0;
	return count;
}

bool crew_submit(struct crew *crew, struct exchange *ex)
{
	const struct crew_work *work = crew->work;
	bool room;

	pthread_mutex_lock(&crew->lock);
	room = crew->waiting < work->waiting_most &&
		(!work->waiting_each ||
		 waiting_from(crew, &ex->req) < work->waiting_each);
	if (room) {
		ex->next = NULL;
		*crew->last = ex;
		crew->last = &ex->next;
		crew->waiting++;
		pthread_cond_signal(&crew->more);
	}
	pthread_mutex_unlock(&crew->lock);
	return room;
}
