/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "narrow.h"
#include "preload.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

/* Of the program, or of what draws in it. */
static const char *const last_words[] = {
	"guichetd: plus de mémoire", "guichetd: document impossible à dessiner",
};

#define SANITIZER_FELL "AddressSanitizer: CHECK failed: sanitizer_linux_libcdep"

/* An end is seen on the socket before it is one of the process. */
#define CUT_MS 200

/* Print what the daemon said, and fail. */
__attribute__((noreturn))
static void fail_loudly(const struct narrow *narrow, const char *why, int status)
{
	char *print[] = { "/bin/sh", "-c", "cat \"$0\" >&2", (char *)narrow->said,
		NULL };

	daemon_run(print);
	fail_msg("%s (status %#x)", why, (unsigned)status);
	abort();
}

/* How many lines the daemon said that begin so. */
static long lines_said(const struct narrow *narrow, const char *words)
{
	char line[1024];
	long count = 0;
	FILE *file = fopen(narrow->said, "r");

	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		count += strncmp(line, words, strlen(words)) == 0;
	fclose(file);
	return count;
}

/* In good order; or it was the sanitizer that fell, where a thread begins. */
static bool ended_well(const struct narrow *narrow, int status)
{
	if (!WIFEXITED(status))
		return false;
	if (WEXITSTATUS(status) != EX_OSERR)
		return lines_said(narrow, SANITIZER_FELL) > 0;
	for (size_t i = 0; i < N_ROWS(last_words); i++)
		if (lines_said(narrow, last_words[i]) > 0)
			return true;
	return false;
}

/* What libraries lose when an allocation of theirs fails; of ours, nothing may be.
 * In the folder of the base: the daemon reads nowhere else. */
static void forgive_leaks(const struct narrow *narrow)
{
	char path[96], options[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/leaks", narrow->desk.daemon.folder);
	snprintf(options, sizeof(options), "suppressions=%s", path);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs("leak:libcairo\n", file);
	fclose(file);
	setenv("LSAN_OPTIONS", options, 1);
}

/* The allocator and the file are for the daemon alone. */
static void start(struct narrow *narrow, void (*serve)(struct narrow *narrow))
{
	int own = dup(STDERR_FILENO);
	int said = open(narrow->said, O_WRONLY | O_CREAT | O_APPEND, 0600);

	assert_true(own >= 0 && said >= 0);
	dup2(said, STDERR_FILENO);
	close(said);
	if (narrow->starts > 0)
		forgive_leaks(narrow);
	fail_preload();
	serve(narrow);
	fail_preload_over();
	unsetenv("LSAN_OPTIONS");
	dup2(own, STDERR_FILENO);
	close(own);
	narrow->starts++;
}

static void serve(struct narrow *narrow)
{
	daemon_serve(&narrow->desk.daemon);
}

static void open_desk(struct narrow *narrow)
{
	desk_open(&narrow->desk);
}

static void stop(struct narrow *narrow)
{
	struct daemon *daemon = &narrow->desk.daemon;
	int status;

	kill(daemon->pid, SIGTERM);
	assert_int_equal(waitpid(daemon->pid, &status, 0), daemon->pid);
	close(daemon->leash);
	if (status != 0)
		fail_loudly(narrow, "the daemon did not stop well", status);
}

static void run_sql(const struct narrow *narrow, const char *sql)
{
	char db[96], *why = NULL;
	sqlite3 *base;

	snprintf(db, sizeof(db), "%s/db", narrow->desk.daemon.folder);
	assert_int_equal(sqlite3_open(db, &base), SQLITE_OK);
	sqlite3_busy_timeout(base, 10000);
	if (sqlite3_exec(base, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s", why);
	sqlite3_close(base);
}

void narrow_open(struct narrow *narrow)
{
	char db[96], *copy[] = { "/bin/cp", db, narrow->was, NULL };
	struct daemon *daemon = &narrow->desk.daemon;

	memset(narrow, 0, sizeof(*narrow));
	snprintf(narrow->said, sizeof(narrow->said), "/tmp/guichet-said-%d",
		 (int)getpid());
	narrow->fail = fail_share();
	start(narrow, open_desk);
	stop(narrow);
	snprintf(db, sizeof(db), "%s/db", daemon->folder);
	snprintf(narrow->was, sizeof(narrow->was), "%s/was", daemon->folder);
	/* Nobody serves that many people in an hour. */
	run_sql(narrow, "UPDATE rule SET value = 1000000000 WHERE name = "
		"'access.tries' OR name LIKE 'volume.%' AND "
		"name <> 'volume.burst_min'");
	assert_true(daemon_run(copy));
	start(narrow, serve);
}

void narrow_close(struct narrow *narrow)
{
	stop(narrow);
	assert_true(store_is_sound(&narrow->desk));
	start(narrow, serve);
	unlink(narrow->said);
	desk_close(&narrow->desk);
}

void narrow_restart(struct narrow *narrow)
{
	stop(narrow);
	start(narrow, serve);
}

/* Tell whether the daemon ends within `wait_ms`; badly, it is a failure. */
static bool has_ended(struct narrow *narrow, int wait_ms)
{
	struct daemon *daemon = &narrow->desk.daemon;
	struct pollfd end = { .events = POLLIN };
	int status;

	end.fd = (int)syscall(SYS_pidfd_open, daemon->pid, 0);
	assert_true(end.fd >= 0);
	poll(&end, 1, wait_ms);
	close(end.fd);
	if (waitpid(daemon->pid, &status, WNOHANG) != daemon->pid)
		return false;
	close(daemon->leash);
	if (!ended_well(narrow, status))
		fail_loudly(narrow, "the daemon ended badly", status);
	unlink(narrow->said);
	return true;
}

/* Where the answer ends: at `all->size` when it is whole, else 0. */
static bool is_whole(const struct buf *all)
{
	const char *end = strstr(buf_cstr(all), "\r\n\r\n"), *length;

	if (!end)
		return false;
	length = strcasestr(buf_cstr(all), "\r\nContent-Length:");
	if (!length || length > end)
		return true;
	return all->size - (size_t)(end + 4 - all->data) >=
		strtoul(length + 17, NULL, 10);
}

/* A whole answer has all its headers. */
static void read_answer(int fd, const struct api_op *op, struct fate *fate)
{
	struct raw_answer answer = { 0 };
	char block[16384];
	struct buf all;
	ssize_t n = 1;

	buf_init(&all, 8 << 20);
	while (!is_whole(&all) && (n = recv(fd, block, sizeof(block), 0)) > 0)
		buf_add(&all, block, (size_t)n);
	if (is_whole(&all)) {
		raw_parse(&all, &answer);
		expect_clean(op, &answer);
		fate->status = answer.status;
		fate->body = answer.body;
	}
	buf_fini(&all);
}

void narrow_ask(struct narrow *narrow, const struct sample *sample,
		struct fate *fate)
{
	struct buf bytes;
	int fd = raw_connect(narrow->desk.daemon.server);

	memset(fate, 0, sizeof(*fate));
	buf_init(&bytes, 8 << 20);
	sample_write(&narrow->desk, sample, NULL, &bytes);
	for (size_t at = 0; at < bytes.size;) {
		ssize_t n = send(fd, bytes.data + at, bytes.size - at, MSG_NOSIGNAL);

		if (n <= 0)
			break;
		at += (size_t)n;
	}
	buf_fini(&bytes);
	read_answer(fd, sample->op, fate);
	close(fd);
	fate->ended = has_ended(narrow, fate->status ? 0 : CUT_MS);
	if (!fate->ended)
		return;
	fail_disarm(narrow->fail);
	start(narrow, serve);
}

void narrow_undo(const struct narrow *narrow)
{
	static const char *const tables[] = { "hold", "cell", "appointment",
		"numbering", "request", "request_step", "attachment", "open_order",
		"card", NULL };
	char sql[4096];
	int size = snprintf(sql, sizeof(sql), "ATTACH '%s' AS was; BEGIN IMMEDIATE;",
			    narrow->was);

	for (int i = 0; tables[i]; i++)
		size += snprintf(sql + size, sizeof(sql) - (size_t)size,
				 "DELETE FROM main.%s; INSERT INTO main.%s "
				 "SELECT * FROM was.%s;", tables[i], tables[i],
				 tables[i]);
	snprintf(sql + size, sizeof(sql) - (size_t)size, "COMMIT");
	run_sql(narrow, sql);
}
