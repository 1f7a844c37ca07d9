/* SPDX-License-Identifier: GPL-3.0-or-later */
/* K6: no disk to write on, no descriptor, no thread: an error that is said, then
 * service again without a restart, or a start that works the next time. */
#include "torture.h"

#include <config.h>
#include "backup.h"
#include "http.h"
#include "key_file.h"
#include "listen.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS_MOST 32
#define DESCRIPTORS 32
#define CONNECTIONS 60

static struct fail thread_fail;

/* In the place of the C library's, for the daemon as for its libraries. */
int pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attr,
		   void *(*run)(void *), void *restrict arg)
{
	int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
	void *found = dlsym(RTLD_NEXT, "pthread_create");

	memcpy(&real, &found, sizeof(real));
	return fail_now(&thread_fail) ? EAGAIN : real(thread, attr, run, arg);
}

static int get(struct desk *desk)
{
	struct raw_answer answer;
	struct sample sample;
	int status;

	assert_true(sample_make(desk, &api_session_get, &sample));
	sample_send(desk, &sample, NULL, &answer);
	status = answer.status;
	buf_fini(&answer.body);
	return status;
}

/* Start a second daemon of this process on the same database; false with the
 * reason, and nothing of it left. */
static bool start_another(const struct desk *desk, struct err *err)
{
	static const struct http_tls plain = { 0 };
	struct server server = { .routes = routes };
	struct http *http = NULL;
	char db[96], where[136];
	int fd = -1;

	err_clear(err);
	snprintf(db, sizeof(db), "%s/db", desk->daemon.folder);
	snprintf(where, sizeof(where), "unix:%s/another", desk->daemon.folder);
	if (!server_open(&server, db, err))
		return false;
	fd = listen_open(where, false, err);
	if (fd >= 0)
		http = http_serve(&server, fd, 2, &plain, err);
	if (fd >= 0)
		listen_forget(where);
	assert_true(server_close(&server, NULL));
	if (http)
		http_stop(http);
	return http != NULL;
}

void a_disk_mounted_read_only_is_said_at_the_start(void **state)
{
	struct desk *desk = *state;
	struct err err;

	house_close(&desk->daemon);
	atomic_store(&disk_mounted_read_only, true);
	assert_false(start_another(desk, &err));
	assert_true(err.text[0] != '\0');
	print_message("read-only disk at the start: %s\n", err.text);
	atomic_store(&disk_mounted_read_only, false);
	assert_true(start_another(desk, &err));
	house_open(&desk->daemon);
	assert_int_equal(get(desk), 200);
}

void a_disk_that_becomes_read_only_refuses_and_recovers(void **state)
{
	struct desk *desk = *state;

	disk_error = DISK_READ_ONLY;
	for (int i = 0; i < 3; i++) {
		fail_arm(&disk_fail, 1, FAIL_FROM_THERE_ON);
		assert_int_equal(get(desk), 507);
		assert_int_equal(get(desk), 507);
		assert_true(fail_disarm(&disk_fail) > 0);
		assert_int_equal(get(desk), 200);
	}
	assert_true(store_is_sound(desk));
}

void no_thread_at_any_of_the_starts_is_an_error(void **state)
{
	struct desk *desk = *state;
	struct err err;
	long n = 0;
	bool started;

	do {
		fail_arm(&thread_fail, ++n, FAIL_ONCE);
		started = start_another(desk, &err);
		if (fail_disarm(&thread_fail) > 0 && started)
			fail_msg("thread %ld is missing and it started", n);
		assert_true(started || err.text[0] != '\0');
		assert_true(n < THREADS_MOST);
	} while (!started);
	assert_true(n > 3);
	print_message("threads: N = %ld\n", n - 1);
	assert_int_equal(get(desk), 200);
}

static void leave(int left, struct rlimit *was)
{
	struct rlimit small;
	int fd = dup(0);

	assert_true(fd >= 0);
	close(fd);
	getrlimit(RLIMIT_NOFILE, was);
	small = *was;
	small.rlim_cur = (rlim_t)(fd + left);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &small), 0);
}

void no_descriptor_at_the_start_is_an_error(void **state)
{
	struct desk *desk = *state;
	struct rlimit was;
	struct err err;
	int left = 0;
	bool started;

	do {
		leave(left++, &was);
		started = start_another(desk, &err);
		setrlimit(RLIMIT_NOFILE, &was);
		assert_true(started || err.text[0] != '\0');
		assert_true(left < DESCRIPTORS);
	} while (!started);
	assert_true(left > 3);
	print_message("descriptors: N = %d\n", left - 1);
	assert_int_equal(get(desk), 200);
}

/* The daemon alone under the limit, as `ulimit -n 32` would start it. */
static pid_t start_narrow(const char *folder, const char *socket, int *leash)
{
	const char *top = getenv("top_builddir");
	struct rlimit small = { DESCRIPTORS, DESCRIPTORS };
	char program[1024], db[96], log[96], where[136], byte;
	int ready[2], held[2];
	pid_t pid;

	snprintf(program, sizeof(program), "%s/guichetd", top ? top : ".");
	snprintf(db, sizeof(db), "%s/db", folder);
	snprintf(log, sizeof(log), "%s/narrow.log", folder);
	snprintf(where, sizeof(where), "unix:%s", socket);
	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(held), 0);
	pid = fork();
	if (pid == 0) {
		dup2(held[0], 200);
		dup2(ready[1], 3);
		dup2(200, 4);
		for (int fd = 5; fd < 256; fd++)
			close(fd);
		setrlimit(RLIMIT_NOFILE, &small);
		execl(program, program, "--db", db, "--listen", where, "--log", log,
		      "--threads", "2", "--ready-fd", "3", "--leash", "4",
		      (char *)NULL);
		_exit(127);
	}
	close(ready[1]);
	close(held[0]);
	*leash = held[1];
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	return pid;
}

static bool is_healthy(const char *server)
{
	const struct raw_request request = { .method = "GET", .path = "/healthz",
		.headers = "" };
	struct raw_answer answer;
	bool ok;

	raw_call(server, &request, &answer);
	ok = answer.status == 200;
	buf_fini(&answer.body);
	return ok;
}

void no_descriptor_while_serving_is_waited_out(void **state)
{
	struct desk *desk = *state;
	char socket_path[96], server[136];
	int fds[CONNECTIONS], status, leash, open = 0;
	pid_t pid;

	house_close(&desk->daemon);
	snprintf(socket_path, sizeof(socket_path), "%s/narrow",
		 desk->daemon.folder);
	snprintf(server, sizeof(server), "unix:%s", socket_path);
	pid = start_narrow(desk->daemon.folder, socket_path, &leash);
	assert_true(is_healthy(server));
	for (int i = 0; i < CONNECTIONS; i++) {
		struct sockaddr_un to = { .sun_family = AF_UNIX };

		snprintf(to.sun_path, sizeof(to.sun_path), "%s", socket_path);
		fds[i] = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
				0);
		if (connect(fds[i], (struct sockaddr *)&to, sizeof(to)) == 0 &&
		    send(fds[i], "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n", 34,
			 MSG_NOSIGNAL) == 34)
			open++;
	}
	assert_true(open >= DESCRIPTORS / 2);
	for (int i = 0; i < CONNECTIONS; i++)
		close(fds[i]);
	assert_true(is_healthy(server));
	kill(pid, SIGTERM);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	close(leash);
	print_message("%d connections on %d descriptors\n", open, DESCRIPTORS);
	house_open(&desk->daemon);
}

void a_copy_on_a_full_disk_leaves_nothing(void **state)
{
	struct desk *desk = *state;
	char db[96], key[96], copy[96];
	struct rlimit was, small;
	struct err err = { 0 };
	int64_t size;

	snprintf(db, sizeof(db), "%s/db", desk->daemon.folder);
	snprintf(key, sizeof(key), "%s/key", desk->daemon.folder);
	snprintf(copy, sizeof(copy), "%s/copy", desk->daemon.folder);
	assert_true(key_file_new(key, &err));
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &was);
	small = was;
	for (rlim_t room = 0; room < 400000; room = room * 2 + 10) {
		const struct backup backup = { .db = db, .file = copy, .key = key };
		bool made;

		small.rlim_cur = room;
		setrlimit(RLIMIT_FSIZE, &small);
		made = backup_make(&backup, &size, &err);
		setrlimit(RLIMIT_FSIZE, &was);
		assert_false(made);
		assert_int_equal(access(copy, F_OK), -1);
	}
	assert_true(backup_make(&(struct backup){ .db = db, .file = copy,
				.key = key }, &size, &err));
}
