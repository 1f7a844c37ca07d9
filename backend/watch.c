/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "watch.h"

#include <guichet/base/mem.h>

#include <stdlib.h>
#include <sys/socket.h>

static const int64_t limits_ms[] = {
	[WATCH_NEW] = 10000,
	[WATCH_IDLE] = 60000,
	[WATCH_RECEIVING] = 10000,
	[WATCH_WORKING] = INT64_MAX,
	[WATCH_ANSWERING] = 60000,
};

void watch_init(struct watch *watch)
{
	pthread_mutex_init(&watch->lock, NULL);
	watch->all.next = watch->all.prev = &watch->all;
}

void watch_fini(struct watch *watch)
{
	pthread_mutex_destroy(&watch->lock);
}

struct watched *watch_add(struct watch *watch, int fd, int64_t now_ms)
{
	struct watched *one = mem_new(1, sizeof(*one));

	one->fd = fd;
	one->stage = WATCH_NEW;
	one->since_ms = now_ms;
	pthread_mutex_lock(&watch->lock);
	one->next = &watch->all;
	one->prev = watch->all.prev;
	one->prev->next = one;
	watch->all.prev = one;
	pthread_mutex_unlock(&watch->lock);
	return one;
}

void watch_forget(struct watch *watch, struct watched *one)
{
	pthread_mutex_lock(&watch->lock);
	one->next->prev = one->prev;
	one->prev->next = one->next;
	pthread_mutex_unlock(&watch->lock);
	free(one);
}

void watch_stage(struct watch *watch, struct watched *one, enum watch_stage stage,
		 int64_t now_ms)
{
	pthread_mutex_lock(&watch->lock);
	one->stage = stage;
	one->since_ms = now_ms;
	pthread_mutex_unlock(&watch->lock);
}

void watch_began(struct watch *watch, struct watched *one, int64_t now_ms)
{
	pthread_mutex_lock(&watch->lock);
	if (one->stage == WATCH_NEW || one->stage == WATCH_IDLE) {
		one->stage = WATCH_RECEIVING;
		one->since_ms = now_ms;
	}
	pthread_mutex_unlock(&watch->lock);
}

int watch_cut(struct watch *watch, int64_t now_ms)
{
	int cut = 0;

	pthread_mutex_lock(&watch->lock);
	for (struct watched *one = watch->all.next; one != &watch->all;
	     one = one->next) {
		if (now_ms - one->since_ms <= limits_ms[one->stage])
			continue;
		/* Its thread sees the end, and closes it in its own time. */
		shutdown(one->fd, SHUT_RDWR);
		cut++;
	}
	pthread_mutex_unlock(&watch->lock);
	return cut;
}
