/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "press.h"
#include "../cage.h"
#include "page.h"

#include <guichet/base/intl.h>
#include <guichet/base/log.h>
#include <guichet/base/mem.h>

#include <errno.h>
#include <fontconfig/fontconfig.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

/* A page takes some hundredths of a second. */
#define LONGEST_S 5

#define PAPER_MOST (8u << 20)

/* The press is one process that draws nothing: it has no thread and allocates
 * nothing once it is started.  Each paper comes as a socket, by `control`, on which
 * the words are read and the paper written, by a child of the press. */
struct press { int control; pid_t pid; };

/* What a child writes before the paper. */
struct verdict { enum page_end end; size_t size; };

/* ---- both sides ---- */

static bool write_all(int fd, const void *data, size_t size)
{
	const char *at = data;

	while (size > 0) {
		ssize_t n = send(fd, at, size, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		size -= (size_t)n;
	}
	return true;
}

/* Up to the end of what is sent. */
static bool read_all(int fd, struct buf *all)
{
	char chunk[16384];
	ssize_t n;

	for (;;) {
		n = recv(fd, chunk, sizeof(chunk), 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		if (!buf_add(all, chunk, (size_t)n))
			return false;
	}
}

/* ---- the press ---- */

/* One paper, then the end of this process. */
static void print(int job, bool caged)
{
	static const int crashes[] = { SIGABRT, SIGBUS, SIGSEGV, SIGTRAP };
	struct verdict verdict = { .end = PAGE_FAILED };
	struct buf told, paper;

	/* A fall is told by what does not come. */
	for (size_t i = 0; i < sizeof(crashes) / sizeof(*crashes); i++)
		signal(crashes[i], SIG_DFL);
	alarm(LONGEST_S);
	if (caged && cage_calls(NULL) < 0)
		_exit(EXIT_FAILURE);
	buf_init(&told, PAGE_TOLD_MOST);
	buf_init(&paper, PAPER_MOST);
	if (read_all(job, &told))
		verdict.end = page_draw(&told, &paper);
	verdict.size = verdict.end == PAGE_DRAWN ? paper.size : 0;
	if (write_all(job, &verdict, sizeof(verdict)))
		write_all(job, paper.data, verdict.size);
	_exit(EXIT_SUCCESS);
}

/* The socket of the next paper; -1 when the daemon is gone. */
static int next_job(int control)
{
	union { struct cmsghdr head; char bytes[CMSG_SPACE(sizeof(int))]; } room;
	char byte;
	struct iovec data = { &byte, 1 };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1,
		.msg_control = room.bytes, .msg_controllen = sizeof(room.bytes) };
	struct cmsghdr *passed;
	ssize_t n;
	int job;

	do
		n = recvmsg(control, &message, MSG_CMSG_CLOEXEC);
	while (n < 0 && errno == EINTR);
	passed = n > 0 ? CMSG_FIRSTHDR(&message) : NULL;
	if (!passed || passed->cmsg_type != SCM_RIGHTS)
		return -1;
	memcpy(&job, CMSG_DATA(passed), sizeof(job));
	return job;
}

static void serve(int control, bool caged)
{
	const struct cage cage = { .on = caged };
	int job;

	/* What was open in the daemon is not for it; the standard ones stay. */
	if (dup2(control, STDERR_FILENO + 1) < 0 ||
	    close_range(STDERR_FILENO + 2, ~0u, 0) != 0)
		_exit(EXIT_FAILURE);
	control = STDERR_FILENO + 1;
	log_to(NULL, LOG_ERROR);
	prctl(PR_SET_NAME, "guichetd-press");
	/* A paper less is no end of the daemon: no last words. */
	mem_reserve(NULL);
	/* Read once for all the children. */
	FcInit();
	if (!cage_begin(&cage, NULL))
		_exit(EXIT_FAILURE);
	while ((job = next_job(control)) >= 0) {
		if (fork() == 0) {
			close(control);
			print(job, caged);
		}
		close(job);
	}
	_exit(EXIT_SUCCESS);
}

/* ---- the daemon ---- */

struct press *press_start(bool caged, struct err *err)
{
	struct press *press;
	int ends[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		goto failed;
	pid = fork();
	if (pid == 0) {
		/* Its children are not waited for. */
		signal(SIGCHLD, SIG_IGN);
		close(ends[0]);
		serve(ends[1], caged);
	}
	close(ends[1]);
	if (pid < 0) {
		close(ends[0]);
		goto failed;
	}
	press = mem_new(1, sizeof(*press));
	press->control = ends[0];
	press->pid = pid;
	return press;
failed:
	err_set(err, ERR_SYSTEM, _("le processus qui dessine les documents n'a pas "
		"pu être lancé"));
	return NULL;
}

int press_descriptor(const struct press *press)
{
	return press->control;
}

static bool pass(int control, int job)
{
	union { struct cmsghdr head; char bytes[CMSG_SPACE(sizeof(int))]; } room;
	char byte = 0;
	struct iovec data = { &byte, 1 };
	struct msghdr message = { .msg_iov = &data, .msg_iovlen = 1,
		.msg_control = room.bytes, .msg_controllen = sizeof(room.bytes) };
	struct cmsghdr *passed = CMSG_FIRSTHDR(&message);

	passed->cmsg_level = SOL_SOCKET;
	passed->cmsg_type = SCM_RIGHTS;
	passed->cmsg_len = CMSG_LEN(sizeof(job));
	memcpy(CMSG_DATA(passed), &job, sizeof(job));
	return sendmsg(control, &message, MSG_NOSIGNAL) == 1;
}

/* Give it to the press; the socket on which the paper will come, or -1. */
static int order(struct press *press, const struct buf *told)
{
	const struct timeval longest = { .tv_sec = LONGEST_S + 1 };
	int ends[2];
	bool passed;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return -1;
	passed = pass(press->control, ends[1]);
	close(ends[1]);
	setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof(longest));
	setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof(longest));
	if (passed && write_all(ends[0], told->data, told->size) &&
	    shutdown(ends[0], SHUT_WR) == 0)
		return ends[0];
	close(ends[0]);
	return -1;
}

/* What does not come whole has failed. */
static enum page_end collect(int job, struct buf *out)
{
	struct verdict verdict = { .end = PAGE_FAILED };

	if (job < 0)
		return PAGE_FAILED;
	if (recv(job, &verdict, sizeof(verdict), MSG_WAITALL) !=
	    (ssize_t)sizeof(verdict) ||
	    (verdict.end == PAGE_DRAWN &&
	     (!read_all(job, out) || out->size != verdict.size)))
		verdict.end = PAGE_FAILED;
	close(job);
	return verdict.end;
}

/* Without memory pango leaves out a line, or takes another font, and nothing tells:
 * two processes draw the paper, and it must come out the same. */
static enum page_end draw_twice(struct press *press, const struct buf *told,
				struct buf *out)
{
	int first = order(press, told), second = order(press, told);
	enum page_end ends[2];
	struct buf again;
	bool same;

	buf_init(&again, out->limit);
	ends[0] = collect(first, out);
	ends[1] = collect(second, &again);
	same = out->size == again.size &&
		memcmp(buf_cstr(out), buf_cstr(&again), again.size) == 0;
	buf_fini(&again);
	if (ends[0] == PAGE_DRAWN && ends[1] == PAGE_DRAWN)
		return same ? PAGE_DRAWN : PAGE_SHORT;
	return ends[0] == PAGE_DRAWN ? ends[1] : ends[0];
}

bool press_print(struct press *press, const struct buf *told, struct buf *out,
		 struct err *err)
{
	enum page_end end = PAGE_FAILED;

	if (!told->full)
		end = press ? draw_twice(press, told, out) : page_draw(told, out);
	if (end == PAGE_DRAWN)
		return true;
	if (end == PAGE_SHORT)
		err_word(err, ERR_SYSTEM, "memory.short",
			 "Le serveur manque de mémoire pour éditer le document.");
	else
		err_word(err, ERR_SYSTEM, "paper.failed",
			 "Le document n'a pas pu être édité. Réessayez.");
	if (err)
		err->status = 503;
	if (press)
		log_event(LOG_WARN, "paper.failed", "why",
			  end == PAGE_SHORT ? "memory" : "fall", NULL);
	return false;
}

void press_stop(struct press *press)
{
	if (!press)
		return;
	close(press->control);
	waitpid(press->pid, NULL, 0);
	free(press);
}
