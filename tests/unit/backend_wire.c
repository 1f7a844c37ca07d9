/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend_wire.h"

#include "auth.h"
#include "listen.h"
#include "station.h"

#include <guichet/base/mem.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define THREADS 2

static void open_session(struct wire *w)
{
	unsigned char bytes[TOKEN_HASH_SIZE];
	struct db_blob hash = { bytes, sizeof(bytes) };
	unsigned char print[STATION_SIZE];
	struct db_blob station = { print, sizeof(print) };
	int64_t now_ms = clock_now_ms();

	station_print(NULL, 0, AF_UNIX, NULL, print);
	token_new(w->token, bytes);
	assert_true(db_run(w->t->db, &w->t->err, NULL, "INSERT INTO session "
		"(token, caisse, agent_id, office_id, channel, desk, created_at, "
		"seen_at, expires_at, station) "
		"VALUES ($1, $2, $3, $4, 0, '3', $5, $5, $6, $7)",
		"biiiiib", &hash, (int64_t)T_CAISSE, (int64_t)T_AGENT,
		(int64_t)T_OFFICE, now_ms, now_ms + 3600000, &station));
}

static void set_password(struct wire *w)
{
	char hash[PASSWORD_SIZE];

	assert_true(password_hash(W_PASSWORD, hash, &w->t->err));
	assert_true(db_run(w->t->db, &w->t->err, NULL,
		"UPDATE agent SET password = $1 WHERE id = 11", "t", hash));
}

int wire_setup(void **state)
{
	return wire_setup_with(state, NULL);
}

int wire_setup_with(void **state, const struct oidc_config *oidc)
{
	static const struct fixture_person person = {
		.id = 1001, .file_id = 1001, .birth = 19850312,
		.name = "Martin", .first_names = "Éléonore",
	};
	static const struct http_tls plain = { 0 };
	struct wire *w = mem_new(1, sizeof(*w));
	void *fixture;
	int fd;

	assert_int_equal(fixture_setup(&fixture), 0);
	w->t = fixture;
	fixture_person(w->t, T_CAISSE, &person);
	open_session(w);
	set_password(w);
	w->server.routes = routes;
	w->server.oidc_config = oidc;
	assert_true(server_open(&w->server, w->t->path, &w->t->err));
	snprintf(w->where, sizeof(w->where), "unix:%s.socket", w->t->path);
	fd = listen_open(w->where, false, &w->t->err);
	assert_true(fd >= 0);
	w->http = http_serve(&w->server, fd, THREADS, &plain, &w->t->err);
	assert_non_null(w->http);
	*state = w;
	return 0;
}

int wire_teardown(void **state)
{
	struct wire *w = *state;
	void *fixture = w->t;

	atomic_store(&w->server.draining, true);
	server_drain(&w->server, 5000);
	assert_true(server_close(&w->server, &w->t->err));
	http_stop(w->http);
	listen_forget(w->where);
	free(w);
	return fixture_teardown(&fixture);
}

int wire_dial(const struct wire *w)
{
	const struct timeval limit = { .tv_sec = 20 };
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(to.sun_path, sizeof(to.sun_path), "%s", w->where + 5);
	assert_true(fd >= 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
	return fd;
}

int wire_send(struct wire *w, const char *bytes, size_t size)
{
	int fd = wire_dial(w);
	size_t at = 0;
	ssize_t n;

	/* The daemon may refuse before it has read everything. */
	while (size > 0 && (n = send(fd, bytes, size, MSG_NOSIGNAL)) > 0) {
		bytes += n;
		size -= (size_t)n;
	}
	while (at + 1 < sizeof(w->answer) &&
	       (n = recv(fd, w->answer + at, sizeof(w->answer) - 1 - at, 0)) > 0)
		at += (size_t)n;
	close(fd);
	w->answer[at] = '\0';
	w->status = 0;
	if (strncmp(w->answer, "HTTP/1.1 ", 9) == 0)
		w->status = (int)strtol(w->answer + 9, NULL, 10);
	return w->status;
}

int wire_ask(struct wire *w, const char *method, const char *path,
	     const char *headers, const char *body)
{
	struct buf bytes;
	int status;

	buf_init(&bytes, 8 << 20);
	buf_printf(&bytes, "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
		   "Authorization: Bearer %s\r\n%s", method, path, w->token,
		   headers ? headers : "");
	if (body)
		buf_printf(&bytes, "Content-Length: %zu\r\n", strlen(body));
	buf_text(&bytes, "\r\n");
	buf_text(&bytes, body ? body : "");
	status = wire_send(w, bytes.data, bytes.size);
	buf_fini(&bytes);
	return status;
}

const char *wire_header(struct wire *w, const char *name)
{
	static char value[512];
	const char *at = w->answer, *end = strstr(at, "\r\n\r\n");
	size_t size = strlen(name);

	while (end && at < end) {
		at = strstr(at, "\r\n") + 2;
		if (strncasecmp(at, name, size) == 0 && at[size] == ':') {
			snprintf(value, sizeof(value), "%.*s",
				 (int)strcspn(at + size + 2, "\r"), at + size + 2);
			return value;
		}
	}
	return NULL;
}

const char *wire_body(struct wire *w)
{
	const char *end = strstr(w->answer, "\r\n\r\n");

	return end ? end + 4 : "";
}

void wire_refused(struct wire *w, int status, const char *word)
{
	char code[64];

	assert_int_equal(w->status, status);
	snprintf(code, sizeof(code), "\"code\":\"%s\"", word);
	if (!strstr(wire_body(w), code))
		fail_msg("%s: %s", word, wire_body(w));
	assert_string_equal(wire_header(w, "Content-Type"),
			    "application/problem+json");
}

int64_t wire_count(struct wire *w, const char *sql)
{
	struct db_stmt *stmt = db_query(w->t->db, &w->t->err, sql, "");
	int64_t n;

	assert_true(db_next(stmt, &w->t->err));
	n = db_int(stmt, 0);
	db_done(stmt);
	return n;
}
