/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a daemon that was taken over can still reach: its own folders and the
 * system calls it lives by, no program, no other socket.  Each half is left out
 * where the kernel does not have it. */
#ifndef GUICHET_BACKEND_CAGE_H
#define GUICHET_BACKEND_CAGE_H

#include <guichet/base/err.h>

#define CAGE_PATHS 8

struct cage {
	bool on;
	/* Files to write beside: paths, or addresses and witnesses as their
	 * options say them; ended by NULL. */
	const char *paths[CAGE_PATHS];
};

/* Before the first thread: no core, no look from outside, room for descriptors,
 * and the folders of `cage` only. */
bool cage_begin(const struct cage *cage, struct err *err);

/* Once it listens: the calls of a running daemon only. */
bool cage_end(const struct cage *cage, struct err *err);

/* ---- the two halves ---- */

/* Leave this thread, and those it starts, the folders of the files `writable`
 * (ended by NULL; "" is none) to write in, and the system's to read.  To be called
 * before the first thread.  Returns the version of Landlock, 0 without it; -1 with
 * an error when the kernel has it and refused. */
int cage_files(const char *const writable[], struct err *err);

/* Leave all threads the calls of a running daemon: the sockets it listens on are
 * open, libraries loaded.  Returns 1, or 0 without seccomp; -1 with an error. */
int cage_calls(struct err *err);

#endif
