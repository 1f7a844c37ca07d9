/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metrics.h"

#include <guichet/base/intl.h>
#include <guichet/base/mem.h>

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MOST (256u << 10)
#define TYPE "text/plain; version=0.0.4; charset=utf-8"

struct metrics {
	struct server *server;
	struct MHD_Daemon *daemon;
};

static void head(struct buf *out, const char *name, const char *type,
		 const char *help)
{
	buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void one(struct buf *out, const char *name, const char *type,
		const char *help, long long value)
{
	head(out, name, type, help);
	buf_printf(out, "%s %lld\n", name, value);
}

static void by_operation(struct server *server, struct buf *out)
{
	head(out, "guichet_requests_total", "counter",
	     "Requests answered, by operation and class of status.");
	for (int i = 0; i < FIGURES_MAX && server->routes[i].op; i++)
		for (int c = 2; c <= 5; c++) {
			long long count = atomic_load(
				&server->figures[i].by_class[c]);

			if (count > 0)
				buf_printf(out, "guichet_requests_total{operation="
					"\"%s\",status=\"%dxx\"} %lld\n",
					server->routes[i].op->name, c, count);
		}
	head(out, "guichet_request_seconds_total", "counter",
	     "Time from the request line to the end of the answer.");
	for (int i = 0; i < FIGURES_MAX && server->routes[i].op; i++) {
		long long ms = atomic_load(&server->figures[i].ms);

		if (ms > 0)
			buf_printf(out, "guichet_request_seconds_total{operation="
				"\"%s\"} %lld.%03lld\n", server->routes[i].op->name,
				ms / 1000, ms % 1000);
	}
}

bool metrics_write(struct server *server, struct buf *out)
{
	struct writer_figures writer;
	int running;

	writer_count(server->writer, &writer);
	pthread_mutex_lock(&server->gate);
	running = server->running;
	pthread_mutex_unlock(&server->gate);
	by_operation(server, out);
	one(out, "guichet_requests_running", "gauge",
	    "Requests accepted and not answered yet.", running);
	one(out, "guichet_writer_jobs_total", "counter",
	    "Writes and audit rows given to the writer.", writer.jobs);
	one(out, "guichet_writer_commits_total", "counter",
	    "Transactions of the writer.", writer.commits);
	one(out, "guichet_writer_failures_total", "counter",
	    "Transactions that were lost.", writer.failures);
	one(out, "guichet_memory_shortages_total", "counter",
	    "Times an allocation failed and the reserve was given up.",
	    mem_shortages());
	return !out->full;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection,
				  const char *url, const char *method,
				  const char *version, const char *data,
				  size_t *size, void **cls)
{
	struct metrics *metrics = arg;
	bool known = strcmp(url, "/metrics") == 0 && strcmp(method, "GET") == 0;
	struct MHD_Response *response;
	enum MHD_Result result;
	struct buf out;

	(void)version;
	(void)data;
	(void)size;
	(void)cls;
	buf_init(&out, TEXT_MOST);
	if (known)
		metrics_write(metrics->server, &out);
	response = MHD_create_response_from_buffer(out.size, (void *)buf_cstr(&out),
						   MHD_RESPMEM_MUST_COPY);
	buf_fini(&out);
	if (!response)
		return MHD_NO;
	MHD_add_response_header(response, "Content-Type", TYPE);
	result = MHD_queue_response(connection, known ? 200 : 404, response);
	MHD_destroy_response(response);
	return result;
}

struct metrics *metrics_start(struct server *server, int fd, struct err *err)
{
	struct metrics *metrics = mem_new(1, sizeof(*metrics));

	metrics->server = server;
	metrics->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL,
		NULL, on_request, metrics, MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_CONNECTION_LIMIT, 16u,
		MHD_OPTION_CONNECTION_TIMEOUT, 10u, MHD_OPTION_END);
	if (metrics->daemon)
		return metrics;
	free(metrics);
	err_set(err, ERR_SYSTEM, _("les mesures ne peuvent pas être servies"));
	return NULL;
}

void metrics_stop(struct metrics *metrics)
{
	if (!metrics)
		return;
	MHD_stop_daemon(metrics->daemon);
	free(metrics);
}
