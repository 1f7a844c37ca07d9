/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each case runs in a process of its own: there is no way out of the cage. */
#include "unit.h"

#include "cage.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define ABSENT 77                       /* exit: the kernel has no such thing */

/* A build for gcov writes its counts in the folder it was built in. */
#ifdef GUICHET_COVERAGE
#define COUNTS "./counts"
#else
#define COUNTS ""
#endif

static char folder[] = "/tmp/guichet-cage-XXXXXX";

static int result_of(int (*what)(void))
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		_exit(what());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static bool opens(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static void in_folder(const char *name, char out[64])
{
	snprintf(out, 64, "%s/%s", folder, name);
}

/* Returns the number of the first thing that is not as it must be. */
static int try_files(void)
{
	char db[64], other[64], beside[80];
	const char *const writable[] = { db, "", COUNTS, NULL };
	int version;

	in_folder("own/db", db);
	in_folder("other", other);
	snprintf(beside, sizeof(beside), "%s-wal", db);
	version = cage_files(writable, NULL);
	if (version <= 0)
		return version < 0 ? 1 : ABSENT;
	if (!opens(db, O_RDWR | O_CREAT) || !opens(beside, O_RDWR | O_CREAT))
		return 2;
	if (unlink(beside) != 0)
		return 3;
	if (opens(other, O_RDONLY) || errno != EACCES || unlink(other) == 0)
		return 4;
	if (!opens("/etc/passwd", O_RDONLY) || opens("/etc/passwd", O_RDWR))
		return 5;
	if (opens("/root", O_RDONLY | O_DIRECTORY) ||
	    opens("/tmp", O_RDONLY | O_DIRECTORY))
		return 6;
	execl("/bin/true", "true", (char *)NULL);
	return errno == EACCES ? 0 : 7;
}

static void *other_thread(void *arg)
{
	int *ready = arg;
	char byte;
	ssize_t n = read(ready[0], &byte, 1);

	/* This thread was there before. */
	return n == 1 && socket(AF_PACKET, SOCK_RAW, 0) < 0 && errno == EPERM ?
		arg : NULL;
}

/* What libcurl needs to find a provider of identity by its name. */
static int try_names(void)
{
	const struct addrinfo wanted = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;
	struct mmsghdr message = { 0 };
	int pair[2], closed = cage_calls(NULL);

	if (closed <= 0)
		return closed < 0 ? 1 : ABSENT;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		return 2;
	if (sendmmsg(pair[0], &message, 1, 0) != 1)
		return 3;
	if (getaddrinfo("localhost", "443", &wanted, &found) != 0)
		return 4;
	freeaddrinfo(found);
	return 0;
}

static int try_calls(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0), ready[2], closed;
	pthread_t thread;
	void *result;

	if (pipe(ready) != 0 ||
	    pthread_create(&thread, NULL, other_thread, ready) != 0)
		return 1;
	closed = cage_calls(NULL);
	if (closed <= 0)
		return closed < 0 ? 2 : ABSENT;
	in_folder("socket", address.sun_path);
	if (bind(fd, (void *)&address, sizeof(address)) == 0 || errno != EPERM)
		return 3;
	if (listen(fd, 1) == 0 || errno != EPERM)
		return 4;
	execl("/bin/true", "true", (char *)NULL);
	if (errno != EPERM)
		return 5;
	if (write(ready[1], "", 1) != 1 || pthread_join(thread, &result) != 0 ||
	    !result)
		return 6;
	if (setuid(0) == 0 || errno != EPERM)
		return 7;
#ifndef __SANITIZE_ADDRESS__
	if (kill(getpid(), 0) == 0 || errno != EPERM)
		return 8;
	if (mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		 0) != MAP_FAILED)
		return 9;
#endif
	/* Life goes on. */
	if (pthread_create(&thread, NULL, other_thread, ready) != 0)
		return 10;
	return 0;
}

static void hold(int result)
{
	if (result == ABSENT)
		skip();
	assert_int_equal(result, 0);
}

static void only_its_own_folders_are_open(void **state)
{
	char own[64], other[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	in_folder("own", own);
	in_folder("other", other);
	assert_int_equal(mkdir(own, 0700), 0);
	assert_true(opens(other, O_RDWR | O_CREAT));
	hold(result_of(try_files));
}

static void only_the_calls_of_a_daemon_are_left(void **state)
{
	(void)state;
	hold(result_of(try_calls));
}

static void a_server_is_found_by_its_name(void **state)
{
	(void)state;
	hold(result_of(try_names));
}

static int teardown(void **state)
{
	static const char *const names[] = { "own/db", "own", "other", "" };

	(void)state;
	for (size_t i = 0; i < N_ROWS(names); i++) {
		char path[64];

		in_folder(names[i], path);
		remove(path);
	}
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_its_own_folders_are_open),
		cmocka_unit_test(only_the_calls_of_a_daemon_are_left),
		cmocka_unit_test(a_server_is_found_by_its_name),
	};

	return cmocka_run_group_tests_name("cage", tests, NULL, teardown);
}
