/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures that a daemon gives to its monitoring. */
#include "backend_wire.h"

#include "listen.h"
#include "metrics.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEEP " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

static const char current[] = "/v1/sessions/current";

static void figures_name_operations_and_nothing_of_a_request(void **state)
{
	struct wire *w = *state;
	struct buf out;

	assert_int_equal(wire_ask(w, "GET", current, NULL, NULL), 200);
	assert_int_equal(wire_ask(w, "GET", current, NULL, NULL), 200);
	wire_ask(w, "GET", "/v1/insured/00000000000Z9", NULL, NULL);
	server_drain(&w->server, 5000);
	buf_init(&out, 1 << 18);
	assert_true(metrics_write(&w->server, &out));
	assert_non_null(strstr(buf_cstr(&out), "guichet_requests_total{operation="
			       "\"session.get\",status=\"2xx\"} 2\n"));
	assert_non_null(strstr(buf_cstr(&out), "guichet_requests_total{operation="
			       "\"insured.get\",status=\"4xx\"} 1\n"));
	assert_non_null(strstr(buf_cstr(&out), "guichet_writer_failures_total 0\n"));
	assert_null(strstr(buf_cstr(&out), "00000000000Z9"));
	buf_fini(&out);
}

/* Seconds are told with their thousandths, and only of what took time. */
static void time_is_told_in_seconds(void **state)
{
	static const struct { long long ms; const char *said; } rows[] = {
		{ 0, NULL }, { 1, " 0.001\n" }, { 1000, " 1.000\n" },
		{ 61007, " 61.007\n" },
	};
	struct wire *w = *state;

	for (size_t i = 0; i < N_ROWS(rows); i++) {
		char wanted[128];
		struct buf out;

		atomic_store(&w->server.figures[0].ms, rows[i].ms);
		snprintf(wanted, sizeof(wanted), "seconds_total{operation=\"%s\"}%s",
			 w->server.routes[0].op->name,
			 rows[i].said ? rows[i].said : "");
		buf_init(&out, 1 << 18);
		assert_true(metrics_write(&w->server, &out));
		if ((strstr(buf_cstr(&out), wanted) != NULL) != (rows[i].said != NULL))
			fail_msg("%lld ms", rows[i].ms);
		buf_fini(&out);
	}
}

static void figures_that_do_not_fit_are_refused(void **state)
{
	struct wire *w = *state;
	struct buf out;

	buf_init(&out, 100);
	assert_false(metrics_write(&w->server, &out));
	buf_fini(&out);
}

static void only_the_figures_are_served_there(void **state)
{
	static const struct { const char *request; int status; } rows[] = {
		{ "GET /metrics" KEEP, 200 }, { "GET /" KEEP, 404 },
		{ "GET /metrics/" KEEP, 404 }, { "GET /healthz" KEEP, 404 },
		{ "HEAD /metrics" KEEP, 404 }, { "DELETE /metrics" KEEP, 404 },
		{ "GET /v1/sessions/current" KEEP, 404 },
	};
	struct wire *w = *state, *there = calloc(1, sizeof(*there));
	struct metrics *metrics;
	int fd;

	snprintf(there->where, sizeof(there->where), "%s.figures", w->where);
	fd = listen_open(there->where, false, &w->t->err);
	assert_true(fd >= 0);
	metrics = metrics_start(&w->server, fd, &w->t->err);
	assert_non_null(metrics);
	for (size_t i = 0; i < N_ROWS(rows); i++) {
		int status = wire_send(there, rows[i].request,
				       strlen(rows[i].request));
		bool figures = strstr(there->answer, "guichet_writer_jobs_total");

		if (status != rows[i].status || figures != (status == 200))
			fail_msg("%d for %s", status, rows[i].request);
		assert_string_equal(wire_header(there, "Content-Type"),
				    "text/plain; version=0.0.4; charset=utf-8");
	}
	metrics_stop(metrics);
	metrics_stop(NULL);
	listen_forget(there->where);
	free(there);
}

static void what_is_no_socket_serves_no_figures(void **state)
{
	struct wire *w = *state;
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC);

	assert_null(metrics_start(&w->server, fd, &w->t->err));
	assert_int_equal(w->t->err.code, ERR_SYSTEM);
}

#define T(name) cmocka_unit_test_setup_teardown(name, wire_setup, wire_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(figures_name_operations_and_nothing_of_a_request),
		T(time_is_told_in_seconds),
		T(figures_that_do_not_fit_are_refused),
		T(only_the_figures_are_served_there),
		T(what_is_no_socket_serves_no_figures),
	};

	return cmocka_run_group_tests_name("metrics", tests, NULL, NULL);
}
