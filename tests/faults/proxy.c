/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proxy.h"

#include <guichet/base/buf.h>
#include <guichet/base/clock.h>

#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define LINES_MOST 160
#define MESSAGE_MOST ((size_t)8 << 20)

const char *const fault_names[FAULT_N + 1] = {
	[FAULT_NONE] = "none",
	[FAULT_DELAY] = "delay",
	[FAULT_DROP_BEFORE] = "drop before",
	[FAULT_DROP_AFTER] = "drop after",
	[FAULT_CUT] = "cut",
	[FAULT_DRIP] = "drip",
	[FAULT_BLACK_HOLE] = "black hole",
	[FAULT_DUPLICATE] = "duplicate",
	[FAULT_CLOSE_REUSED] = "close reused",
	[FAULT_FORGE] = "forge",
};

struct proxy_shared {
	struct proxy_seen seen;
	struct proxy_plan plan;
	_Atomic unsigned plans;         /* odd while the plan is being changed */
	size_t forged_size;
	char forged[FORGED_MOST];       /* pages that are not used cost nothing */
};

struct line {
	int client, server, twin;       /* -1: none; the twin has the duplicate */
	struct buf ask, answer;
	size_t answer_size;             /* once whole */
	size_t sent;                    /* of the answer, FAULT_DRIP */
	int requests;
	uint64_t number;                /* of this request under the plan */
	enum fault fault;
	bool asked;                     /* forwarded */
	int64_t due_ms;                 /* 0: waits for bytes only */
};

struct relay {
	struct line lines[LINES_MOST];
	struct proxy_shared *shared;
	struct proxy_plan plan;
	unsigned plans;
	uint64_t next;                  /* number of the next request */
	int faults;                     /* done under this plan */
	const char *behind;
	int listener;
};

/* splitmix64: every request of every seed has a number of its own. */
static uint64_t mix(uint64_t seed, uint64_t number)
{
	uint64_t z = seed + (number + 1) * 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

enum fault proxy_fault(const struct proxy_plan *plan, uint64_t number)
{
	int drawn = (int)(mix(plan->seed, number) % 1000);

	for (int fault = 1; fault < FAULT_N; fault++) {
		drawn -= plan->per_mille[fault];
		if (drawn < 0)
			return (enum fault)fault;
	}
	return FAULT_NONE;
}

size_t proxy_cut(const struct proxy_plan *plan, uint64_t number, size_t size)
{
	if (plan->cut_at != CUT_ANYWHERE)
		return (size_t)plan->cut_at < size ? (size_t)plan->cut_at : size;
	return (size_t)(mix(~plan->seed, number) % size);
}

static int connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	close(fd);
	return -1;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void drop(struct line *line)
{
	close_fd(&line->client);
	close_fd(&line->server);
	close_fd(&line->twin);
	buf_fini(&line->ask);
	buf_fini(&line->answer);
}

static bool send_all(int to, const char *bytes, size_t count)
{
	while (count > 0) {
		ssize_t n = send(to, bytes, count, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		bytes += n;
		count -= (size_t)n;
	}
	return true;
}

static void read_plan(struct relay *relay)
{
	unsigned plans = atomic_load(&relay->shared->plans);

	if (plans == relay->plans || plans % 2)
		return;
	relay->plans = plans;
	relay->plan = relay->shared->plan;
	relay->next = 0;
	relay->faults = 0;
}

/* Draw the lot of the request that has come. */
static void draw(struct relay *relay, struct line *line)
{
	struct proxy_seen *seen = &relay->shared->seen;
	char key[sizeof(seen->key)];
	bool keyed = message_header(line->ask.data, "Idempotency-Key", key,
				    sizeof(key));
	const char *named;

	read_plan(relay);
	seen->requests++;
	seen->reused += line->requests++ > 0;
	if (keyed) {
		memcpy(seen->key, key, sizeof(key));
		seen->keys++;
		seen->reused_keys += line->requests > 1;
	}
	line->fault = FAULT_NONE;
	if (relay->plan.writes_only && !keyed)
		return;
	line->ask.data[strcspn(line->ask.data, "\r")] = '\0';
	named = strstr(line->ask.data, relay->plan.path);
	line->ask.data[strlen(line->ask.data)] = '\r';
	if (!named)
		return;
	if (relay->plan.most > 0 && relay->faults >= relay->plan.most)
		return;
	line->number = relay->next++;
	line->fault = proxy_fault(&relay->plan, line->number);
	if (line->fault == FAULT_CLOSE_REUSED && line->requests == 1)
		line->fault = FAULT_NONE;
	relay->faults += line->fault != FAULT_NONE;
	seen->faults[line->fault]++;
}

/* Hand the request to the server; false when there is none. */
static bool ask(struct relay *relay, struct line *line)
{
	line->asked = true;
	if (line->server < 0)
		line->server = connect_to(relay->behind);
	if (line->server < 0)
		return false;
	if (line->fault == FAULT_DUPLICATE)
		line->twin = connect_to(relay->behind);
	if (line->twin >= 0)
		send_all(line->twin, line->ask.data, line->ask.size);
	return send_all(line->server, line->ask.data, line->ask.size);
}

/* The answer has been given: ready for the next request. */
static void turn_over(struct line *line)
{
	buf_empty(&line->ask);
	buf_empty(&line->answer);
	line->asked = false;
	line->answer_size = line->sent = 0;
	line->due_ms = 0;
	line->fault = FAULT_NONE;
}

static bool give(struct line *line)
{
	bool sent = send_all(line->client, line->answer.data, line->answer_size);

	turn_over(line);
	return sent;
}

/* The answer is all there; false when the line is to be dropped. */
static bool give_back(struct relay *relay, struct line *line)
{
	switch (line->fault) {
	case FAULT_DROP_AFTER:
	case FAULT_CLOSE_REUSED:
		return false;
	case FAULT_CUT:
		send_all(line->client, line->answer.data,
			 proxy_cut(&relay->plan, line->number, line->answer_size));
		return false;
	case FAULT_DELAY:
		line->due_ms = clock_mono_ms() + relay->plan.delay_ms;
		return true;
	case FAULT_DRIP:
		line->due_ms = clock_mono_ms();
		return true;
	default:
		return give(line);
	}
}

static bool take(int from, struct buf *to)
{
	char block[65536];
	ssize_t n = recv(from, block, sizeof(block), 0);

	return n > 0 && buf_add(to, block, (size_t)n);
}

static bool on_ask(struct relay *relay, struct line *line)
{
	if (!take(line->client, &line->ask))
		return false;
	if (line->asked || line->due_ms ||
	    !message_size(line->ask.data, line->ask.size, false))
		return true;
	draw(relay, line);
	if (line->fault == FAULT_DROP_BEFORE)
		return false;
	if (line->fault == FAULT_FORGE) {
		send_all(line->client, relay->shared->forged,
			 relay->shared->forged_size);
		return false;
	}
	if (line->fault == FAULT_BLACK_HOLE) {
		line->asked = true;
		return true;
	}
	if (line->fault != FAULT_DELAY)
		return ask(relay, line);
	line->due_ms = clock_mono_ms() + relay->plan.delay_ms;
	return true;
}

/* A server that closes, or is killed, leaves the client what it had sent. */
static bool on_answer(struct relay *relay, struct line *line)
{
	if (!take(line->server, &line->answer)) {
		if (line->answer.size > 0)
			send_all(line->client, line->answer.data,
				 line->answer.size);
		return false;
	}
	line->answer_size = message_size(line->answer.data, line->answer.size,
					 true);
	if (line->answer_size == 0)
		return true;
	relay->shared->seen.answer_size = (long)line->answer_size;
	return give_back(relay, line);
}

static bool on_due(struct relay *relay, struct line *line)
{
	line->due_ms = 0;
	if (!line->asked)
		return ask(relay, line);
	if (line->fault == FAULT_DELAY)
		return give(line);
	if (!send_all(line->client, line->answer.data + line->sent, 1))
		return false;
	if (++line->sent == line->answer_size)
		turn_over(line);
	else
		line->due_ms = clock_mono_ms() + relay->plan.drip_ms;
	return true;
}

static void on_connection(struct relay *relay)
{
	const struct timeval limit = { .tv_sec = 5 };
	int client = accept(relay->listener, NULL, NULL);

	for (int i = 0; client >= 0 && i < LINES_MOST; i++) {
		struct line *line = &relay->lines[i];

		if (line->client >= 0)
			continue;
		*line = (struct line){ .client = client, .server = -1, .twin = -1 };
		buf_init(&line->ask, MESSAGE_MOST);
		buf_init(&line->answer, MESSAGE_MOST);
		setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
		return;
	}
	close_fd(&client);
}

static void serve(struct relay *relay, struct line *line, const struct pollfd *fds)
{
	char ignored[65536];
	bool ok = true;

	if (fds[0].revents)
		ok = on_ask(relay, line);
	if (ok && fds[1].revents)
		ok = on_answer(relay, line);
	if (ok && fds[2].revents && recv(line->twin, ignored, sizeof(ignored), 0) <= 0)
		close_fd(&line->twin);
	if (ok && line->due_ms && line->due_ms <= clock_mono_ms())
		ok = on_due(relay, line);
	if (!ok)
		drop(line);
}

static int wait_ms(const struct relay *relay)
{
	int64_t now = clock_mono_ms(), wait = INT_MAX;

	for (int i = 0; i < LINES_MOST; i++) {
		int64_t due = relay->lines[i].due_ms;

		if (relay->lines[i].client >= 0 && due && due - now < wait)
			wait = due > now ? due - now : 0;
	}
	return wait == INT_MAX ? -1 : (int)wait;
}

static void run(struct relay *relay)
{
	struct pollfd fds[1 + 3 * LINES_MOST];

	for (int i = 0; i < LINES_MOST; i++)
		relay->lines[i] = (struct line){ .client = -1, .server = -1,
			.twin = -1 };
	for (;;) {
		fds[0] = (struct pollfd){ relay->listener, POLLIN, 0 };
		for (int i = 0; i < LINES_MOST; i++) {
			const struct line *line = &relay->lines[i];

			fds[1 + 3 * i] = (struct pollfd){ line->client, POLLIN, 0 };
			fds[2 + 3 * i] = (struct pollfd){ line->server, POLLIN, 0 };
			fds[3 + 3 * i] = (struct pollfd){ line->twin, POLLIN, 0 };
		}
		if (poll(fds, 1 + 3 * LINES_MOST, wait_ms(relay)) < 0)
			_exit(1);
		for (int i = 0; i < LINES_MOST; i++)
			if (relay->lines[i].client >= 0)
				serve(relay, &relay->lines[i], &fds[1 + 3 * i]);
		if (fds[0].revents)
			on_connection(relay);
	}
}

static int listen_at(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	unlink(path);
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) == 0 &&
	    listen(fd, LINES_MOST) == 0)
		return fd;
	perror(path);
	exit(99);
}

void proxy_start(struct proxy *proxy, const char *front, const char *behind)
{
	struct proxy_shared *shared = mmap(NULL, sizeof(*shared),
		PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int listener = listen_at(front);
	pid_t parent = getpid();

	snprintf(proxy->front, sizeof(proxy->front), "%s", front);
	proxy->shared = shared;
	proxy->seen = &shared->seen;
	proxy->pid = fork();
	if (proxy->pid == 0) {
		struct relay relay = { 0 };

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(1);
		/* Not what others listen on, nor their ends of pipes. */
		for (int fd = 3; fd < 512; fd++)
			if (fd != listener)
				close(fd);
		relay.shared = shared;
		relay.behind = behind;
		relay.listener = listener;
		run(&relay);
	}
	close(listener);
}

void proxy_stop(struct proxy *proxy)
{
	kill(proxy->pid, SIGKILL);
	waitpid(proxy->pid, NULL, 0);
	unlink(proxy->front);
	munmap(proxy->shared, sizeof(*proxy->shared));
}

void proxy_forge(struct proxy *proxy, const char *bytes, size_t size)
{
	size = size < FORGED_MOST ? size : FORGED_MOST;
	memcpy(proxy->shared->forged, bytes, size);
	proxy->shared->forged_size = size;
}

void proxy_follow(struct proxy *proxy, const struct proxy_plan *plan)
{
	atomic_fetch_add(&proxy->shared->plans, 1);
	proxy->shared->plan = *plan;
	atomic_fetch_add(&proxy->shared->plans, 1);
}
