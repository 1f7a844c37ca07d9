/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "witness.h"

#include <guichet/base/date.h>
#include <guichet/base/intl.h>
#include <guichet/base/mem.h>
#include <guichet/base/rows.h>

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#define MARK "guichet-witness "
#define LINE_SIZE 256

/* What was told last of a caisse. */
struct told { int64_t caisse, seq; };

struct witness {
	char *path;                     /* NULL: the system log only */
	bool syslog, torn;              /* torn: the file ends inside a line */
	int fd;
	struct db *db;
	struct rows told;               /* of struct told */
};

/* ---- reading ---- */

/* Read "CAISSE DAY SEQ HASH" after the mark. */
static bool parse(const char *text, struct audit_head *line)
{
	char day[DATE_TEXT], *end;
	struct date date;
	size_t size = 0;

	errno = 0;
	line->caisse = strtoll(text, &end, 10);
	if (*end != ' ' || strlen(end) < 12)
		return false;
	snprintf(day, sizeof(day), "%.10s", end + 1);
	if (!date_from_iso(day, &date, NULL) || end[11] != ' ')
		return false;
	line->day = date_to_days(date);
	line->seq = strtoll(end + 12, &end, 10);
	return errno == 0 && *end == ' ' && line->seq > 0 &&
		strlen(end + 1) > 2 * AUDIT_HASH_SIZE &&
		end[1 + 2 * AUDIT_HASH_SIZE] == ' ' &&
		sodium_hex2bin(line->hash, sizeof(line->hash), end + 1,
			       2 * AUDIT_HASH_SIZE, NULL, &size, NULL) == 0 &&
		size == AUDIT_HASH_SIZE;
}

struct comparison {
	struct db *db;
	bool older;
	struct witness_report *report;
};

static bool compare(void *self, const struct audit_head *line, struct err *err)
{
	const struct comparison *comparison = self;
	struct witness_report *report = comparison->report;
	enum audit_line found;

	if (!audit_compare(comparison->db, line, &found, err))
		return false;
	report->lines++;
	if (found == AUDIT_ABSENT && comparison->older) {
		report->later++;
		return true;
	}
	report->purged += found == AUDIT_PURGED;
	if (found == AUDIT_ABSENT)
		return err_word(err, ERR_INVALID, AUDIT_BROKEN,
			_("la trace de la caisse %05d est coupée : le témoin en "
			  "connaît la ligne %lld"), (int)line->caisse,
			(long long)line->seq);
	if (found == AUDIT_OTHER)
		return err_word(err, ERR_INVALID, AUDIT_BROKEN,
			_("la trace de la caisse %05d a été refaite : le témoin "
			  "contredit la ligne %lld"), (int)line->caisse,
			(long long)line->seq);
	return true;
}

/* Call `take` for each line told; what it refuses stops the reading.  A line cut
 * by a crash is counted, not believed. */
static bool read_lines(FILE *file, struct witness_report *report,
		       bool (*take)(void *self, const struct audit_head *line,
				    struct err *err), void *self, struct err *err)
{
	struct audit_head line = { 0 };
	char *text = NULL;
	size_t room = 0;
	bool ok = true;

	while (ok && getline(&text, &room, file) > 0) {
		const char *mark = strstr(text, MARK);

		if (!mark)
			continue;
		if (parse(mark + strlen(MARK), &line))
			ok = take(self, &line, err);
		else
			report->unreadable++;
	}
	/* Not at its end: it could not be read, or held in memory. */
	if (ok && !feof(file))
		ok = err_set(err, ERR_SYSTEM, _("le témoin est illisible"));
	free(text);
	return ok;
}

bool witness_compare(const char *path, struct db *db, bool older,
		     struct witness_report *report, struct err *err)
{
	struct comparison comparison = { db, older, report };
	FILE *file = fopen(path, "re");
	bool ok;

	memset(report, 0, sizeof(*report));
	if (!file)
		return err_set(err, ERR_NOT_FOUND, _("« %s » illisible"), path);
	ok = read_lines(file, report, compare, &comparison, err);
	fclose(file);
	return ok;
}

bool witness_agrees(struct witness *witness, struct err *err)
{
	struct witness_report report;

	return !witness->path ||
		witness_compare(witness->path, witness->db, false, &report, err);
}

/* ---- telling ---- */

static struct told *told_of(struct witness *witness, int64_t caisse)
{
	struct told *told;

	for (size_t i = 0; (told = rows_at(&witness->told, i)); i++)
		if (told->caisse == caisse)
			return told;
	told = rows_add(&witness->told);
	told->caisse = caisse;
	return told;
}

static bool remember(void *self, const struct audit_head *line, struct err *err)
{
	struct told *told = told_of(self, line->caisse);

	(void)err;
	if (line->seq > told->seq)
		told->seq = line->seq;
	return true;
}

static bool open_file(struct witness *witness, struct err *err)
{
	struct witness_report report = { 0 };
	FILE *file;
	char last;
	bool ok;

	witness->fd = open(witness->path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC |
			   O_NOFOLLOW | O_NOCTTY, 0600);
	file = fopen(witness->path, "re");
	if (witness->fd < 0 || !file) {
		if (file)
			fclose(file);
		return err_set(err, ERR_SYSTEM, _("témoin « %s » impossible"),
			       witness->path);
	}
	ok = read_lines(file, &report, remember, witness, err);
	witness->torn = fseek(file, -1, SEEK_END) == 0 &&
		fread(&last, 1, 1, file) == 1 && last != '\n';
	fclose(file);
	return ok;
}

struct witness *witness_open(const char *where, const char *database,
			     struct err *err)
{
	struct witness *witness = mem_new(1, sizeof(*witness));
	const char *comma = strrchr(where, ',');

	witness->fd = -1;
	rows_init(&witness->told, sizeof(struct told));
	witness->syslog = strcmp(comma ? comma + 1 : where, "syslog") == 0;
	if (!witness->syslog)
		comma = NULL;
	if (comma || !witness->syslog)
		witness->path = mem_text(where);
	if (comma)
		witness->path[comma - where] = '\0';
	if (witness->syslog)
		openlog("guichetd", LOG_PID | LOG_NDELAY, LOG_AUTHPRIV);
	witness->db = db_open(database, DB_READ, err);
	if (witness->db && (!witness->path || open_file(witness, err)))
		return witness;
	witness_close(witness);
	return NULL;
}

void witness_close(struct witness *witness)
{
	if (!witness)
		return;
	if (witness->syslog)
		closelog();
	if (witness->fd >= 0)
		close(witness->fd);
	db_close(witness->db, NULL);
	rows_fini(&witness->told);
	free(witness->path);
	free(witness);
}

static bool put(struct witness *witness, const char *text)
{
	size_t size = strlen(text);
	ssize_t n;

	do
		n = write(witness->fd, text, size);
	while (n < 0 && errno == EINTR);
	if (n > 0)
		witness->torn = (size_t)n != size;
	return n == (ssize_t)size;
}

static bool tell_line(struct witness *witness, const struct audit_head *head,
		      int64_t now_ms, struct err *err)
{
	char line[LINE_SIZE], hash[2 * AUDIT_HASH_SIZE + 1], day[DATE_TEXT];
	char today[DATE_TEXT];
	int second = (int)(now_ms / 1000 % 86400);

	date_to_iso(date_from_days(head->day), day);
	date_to_iso(date_from_days(now_ms / AUDIT_DAY_MS), today);
	sodium_bin2hex(hash, sizeof(hash), head->hash, sizeof(head->hash));
	snprintf(line, sizeof(line), MARK "%05d %s %lld %s %sT%02d:%02d:%02dZ\n",
		 (int)head->caisse, day, (long long)head->seq, hash, today,
		 second / 3600, second / 60 % 60, second % 60);
	if (witness->syslog)
		syslog(LOG_NOTICE, "%.*s", (int)strcspn(line, "\n"), line);
	if (witness->fd >= 0 && ((witness->torn && !put(witness, "\n")) ||
				 !put(witness, line)))
		return err_set(err, ERR_SYSTEM, _("le témoin ne s'écrit plus"));
	return true;
}

/* Days that ended since; of a trace that this witness does not know, none. */
static bool tell_days(struct witness *witness, struct told *told, int64_t now_ms,
		      struct err *err)
{
	struct err failed = { 0 };
	struct db_stmt *stmt = db_query(witness->db, &failed,
		"SELECT day, last_seq, head FROM audit_day WHERE caisse = $1 "
		"AND last_seq > $2 ORDER BY day", "ii", told->caisse, told->seq);

	while (db_next(stmt, &failed)) {
		struct db_blob hash = db_bytes(stmt, 2);
		struct audit_head head = {
			.caisse = told->caisse, .day = db_int(stmt, 0),
			.seq = db_int(stmt, 1),
		};

		if (hash.size == AUDIT_HASH_SIZE)
			memcpy(head.hash, hash.data, hash.size);
		if (!tell_line(witness, &head, now_ms, &failed)) {
			db_done(stmt);
			break;
		}
		told->seq = head.seq;
	}
	if (failed.code != ERR_NONE && err)
		*err = failed;
	return failed.code == ERR_NONE;
}

static bool tell_caisse(struct witness *witness, int64_t caisse, int64_t now_ms,
			struct err *err)
{
	struct audit_head head = { .caisse = caisse };
	struct told *told = told_of(witness, caisse);

	if ((told->seq > 0 && !tell_days(witness, told, now_ms, err)) ||
	    !audit_head_load(witness->db, &head, err))
		return false;
	if (head.seq < told->seq)
		return err_word(err, ERR_INVALID, AUDIT_BROKEN,
			_("la trace de la caisse %05d est coupée : le témoin en "
			  "connaît la ligne %lld"), (int)caisse,
			(long long)told->seq);
	if (head.seq == told->seq)
		return true;
	if (!tell_line(witness, &head, now_ms, err))
		return false;
	told->seq = head.seq;
	return true;
}

bool witness_tell(struct witness *witness, int64_t now_ms, struct err *err)
{
	int64_t caisse = INT64_MIN;
	bool more;

	if (!witness)
		return true;
	for (;;) {
		if (!audit_next_caisse(witness->db, &caisse, &more, err))
			return false;
		if (!more)
			break;
		if (!tell_caisse(witness, caisse, now_ms, err))
			return false;
	}
	return witness->fd < 0 || fsync(witness->fd) == 0 ||
		err_set(err, ERR_SYSTEM, _("le témoin ne s'écrit plus"));
}
