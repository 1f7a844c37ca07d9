/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bad passwords in a row: the tenth locks for a quarter of an hour, never for
 * good.  Counted for the login, whether it exists or not, and for the workstation,
 * so that neither many tries at one name nor one try at many goes on. */
#ifndef GUICHET_BACKEND_LOCKOUT_H
#define GUICHET_BACKEND_LOCKOUT_H

#include "store/db.h"

#define LOCKOUT_KEY_SIZE 32
#define FAILURES_MOST 10
#define LOCKED_S 900

/* The key of a login.  The login itself is not kept: people type their password
 * in its place. */
void lockout_login(const char *login, unsigned char key[LOCKOUT_KEY_SIZE]);

/* The moment before which `key` may not try again, 0: now. */
bool lockout_until(struct db *db, const unsigned char key[LOCKOUT_KEY_SIZE],
		   int64_t *retry_at, struct err *err);

/* Count a bad password. */
bool lockout_count(struct db *db, const unsigned char key[LOCKOUT_KEY_SIZE],
		   int64_t now_ms, struct err *err);

/* Forget the bad ones. */
bool lockout_forgive(struct db *db, const unsigned char key[LOCKOUT_KEY_SIZE],
		     struct err *err);

#endif
