/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake.h"
#include "req.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/mem.h>

#include <errno.h>
#include <gnutls/gnutls.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define FD_MOST 65536
#define DROPPED_MOST (256 << 10)

/* Given in the place of a refused head; no request of ours has this address. */
#define REFUSED_URI "/-"
static const char refused_head[] = "GET " REFUSED_URI " HTTP/1.1\r\nHost: -\r\n"
	"Connection: close\r\n\r\n";

/* By descriptor: recv() is told nothing else. */
static struct intake *_Atomic open_intakes[FD_MOST];

/* Read from the connection; what `source` is depends on the function. */
typedef ssize_t puller(void *source, char *to, size_t size);

static struct intake *find(int fd)
{
	return fd >= 0 && fd < FD_MOST ? atomic_load(&open_intakes[fd]) : NULL;
}

bool intake_open(struct intake *intake, int fd, bool tls, struct watch *watch)
{
	if (fd < 0 || fd >= FD_MOST)
		return false;
	memset(intake, 0, sizeof(*intake));
	intake->fd = fd;
	intake->tls = tls;
	intake->watch = watch;
	intake->watched = watch_add(watch, fd, clock_mono_ms());
	head_init(&intake->head);
	atomic_store(&open_intakes[fd], intake);
	return true;
}

/* Closed with bytes unread, a connection is reset, and its answer may be lost. */
static void drop_rest(int fd)
{
	char dropped[4096];

	for (size_t total = 0; total < DROPPED_MOST;) {
		ssize_t n = recvfrom(fd, dropped, sizeof(dropped), MSG_DONTWAIT, NULL,
				     NULL);

		if (n <= 0)
			return;
		total += (size_t)n;
	}
}

void intake_close(struct intake *intake)
{
	atomic_store(&open_intakes[intake->fd], NULL);
	if (intake->refusal)
		drop_rest(intake->fd);
	watch_forget(intake->watch, intake->watched);
	if (intake->held)
		explicit_bzero(intake->held, intake->held_size);
	free(intake->held);
}

static void hold(struct intake *intake, const char *bytes, size_t size)
{
	if (size == 0)
		return;
	intake->held = mem_grow(intake->held, intake->held_size + size, 1);
	memcpy(intake->held + intake->held_size, bytes, size);
	intake->held_size += size;
}

/* Returns how many of the bytes go to the server. */
static size_t judge(struct intake *intake, const char *bytes, size_t size)
{
	struct head *head = &intake->head;
	size_t at = 0, good = 0;

	while (at < size && !intake->refusal) {
		if (intake->body_left > 0) {
			size_t left = size - at;

			if ((int64_t)left > intake->body_left)
				left = (size_t)intake->body_left;
			intake->body_left -= (int64_t)left;
			good = at += left;
			continue;
		}
		if (head->size == 0)
			watch_began(intake->watch, intake->watched,
				    clock_mono_ms());
		at += head_read(head, bytes + at, size - at);
		if (head->state == HEAD_REFUSED)
			intake->refusal = head->status;
		if (head->state != HEAD_WHOLE)
			continue;
		intake->passed++;
		intake->body_left = head->length;
		head_init(head);
		good = at;
	}
	return good;
}

/* Take `size` bytes that were read to `bytes`; returns how many of them may stay
 * there, for the server. */
static size_t take(struct intake *intake, const char *bytes, size_t size)
{
	size_t good = judge(intake, bytes, size), stay = good;

	if (intake->held_size > 0) {
		hold(intake, bytes, good);
		if (good > 0)
			intake->held_ready = intake->held_size;
		stay = 0;
	}
	if (!intake->refusal) {
		hold(intake, bytes + good, size - good);
		return stay;
	}
	intake->held_size = intake->held_ready;
	hold(intake, refused_head, sizeof(refused_head) - 1);
	intake->held_ready = intake->held_size;
	intake->passed++;
	drop_rest(intake->fd);
	return stay;
}

static size_t give(struct intake *intake, char *to, size_t size)
{
	if (size > intake->held_ready)
		size = intake->held_ready;
	if (size == 0)
		return 0;
	memcpy(to, intake->held, size);
	intake->held_ready -= size;
	intake->held_size -= size;
	memmove(intake->held, intake->held + size, intake->held_size);
	/* It may be a token. */
	explicit_bzero(intake->held + intake->held_size, size);
	return size;
}

/* libmicrohttpd waits for an event once it was given less than it has room for:
 * nothing may be left in the socket then. */
static ssize_t fill(struct intake *intake, char *to, size_t size, puller *pull,
		    void *source, ssize_t again)
{
	size_t at = give(intake, to, size);

	while (at < size) {
		ssize_t n;
		size_t room = size - at;

		if (intake->refusal)
			return at > 0 ? (ssize_t)at : again;
		n = pull(source, to + at, room);
		if (n <= 0)
			return at > 0 ? (ssize_t)at : n;
		at += take(intake, to + at, (size_t)n);
		at += give(intake, to + at, size - at);
		if (at > 0 && (size_t)n < room)
			break;
	}
	return (ssize_t)at;
}

static ssize_t pull_plain(void *source, char *to, size_t size)
{
	return recvfrom(*(const int *)source, to, size, 0, NULL, NULL);
}

static ssize_t pull_tls(void *source, char *to, size_t size)
{
	unsigned char sequence[8];

	return gnutls_record_recv_seq(source, to, size, sequence);
}

/* libmicrohttpd has no other place to stand in: these two are found before those
 * of the libraries, and do the same for whoever else calls them. */
ssize_t recv(int fd, void *to, size_t size, int flags)
{
	struct intake *intake = find(fd);
	ssize_t n;

	if (!intake || intake->tls)
		return recvfrom(fd, to, size, flags, NULL, NULL);
	n = fill(intake, to, size, pull_plain, &fd, -2);
	if (n != -2)
		return n;
	errno = EAGAIN;
	return -1;
}

ssize_t gnutls_record_recv(gnutls_session_t session, void *to, size_t size)
{
	struct intake *intake = find(gnutls_transport_get_int(session));

	if (!intake)
		return pull_tls(session, to, size);
	return fill(intake, to, size, pull_tls, session, GNUTLS_E_AGAIN);
}

bool intake_admit(struct intake *intake, const char *uri, struct err *err)
{
	/* Were the two functions above not found first, nothing would be judged. */
	if (!intake || ++intake->asked > intake->passed)
		return req_refuse(err, 500, "internal", _("erreur du serveur"));
	if (!intake->refusal || strcmp(uri, REFUSED_URI) != 0)
		return true;
	switch (intake->refusal) {
	case 411:
		return req_refuse(err, 411, "length.needed",
				  _("la longueur de l'envoi n'est pas dite"));
	case 414:
		return req_refuse(err, 414, "uri.long",
				  _("l'adresse est trop longue"));
	case 431:
		return req_refuse(err, 431, "headers.large",
				  _("les en-têtes sont trop longs"));
	default:
		return req_refuse(err, 400, "request.invalid",
				  _("la demande est mal formée"));
	}
}

void intake_next(struct intake *intake)
{
	bool began = intake->head.size > 0;

	watch_stage(intake->watch, intake->watched,
		    began ? WATCH_RECEIVING : WATCH_IDLE, clock_mono_ms());
}
