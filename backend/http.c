/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http.h"
#include "health.h"
#include "intake.h"
#include "screen.h"
#include "station.h"
#include "watch.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/log.h>
#include <guichet/base/mem.h>

#include <gnutls/gnutls.h>
#include <microhttpd.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define IDLE_S 60
/* Address space, of which a request touches what it needs; past it the library
 * answers with a page of its own. */
#define MEMORY_EACH (96u << 10)
#define CONNECTIONS_MOST 4000
/* Kept connections would shut out who comes next: from so many on, each is closed
 * by its answer, and all have their turn. */
#define CONNECTIONS_KEPT (CONNECTIONS_MOST / 4 * 3)
#define DROPPED_MOST (64 << 10)

struct http {
	struct server *server;
	struct MHD_Daemon *daemon;
	struct watch watch;
	atomic_int connections;
	bool tls, client_certificates;
};

static void on_connection(void *arg, struct MHD_Connection *connection,
			  void **cls, enum MHD_ConnectionNotificationCode code)
{
	struct http *http = arg;
	const union MHD_ConnectionInfo *info;
	struct intake *intake = *cls;

	atomic_fetch_add(&http->connections,
			 code == MHD_CONNECTION_NOTIFY_STARTED ? 1 : -1);
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		info = MHD_get_connection_info(connection,
					       MHD_CONNECTION_INFO_CONNECTION_FD);
		intake = mem_new(1, sizeof(*intake));
		if (intake_open(intake, info->connect_fd, http->tls, &http->watch))
			*cls = intake;
		else
			free(intake);
	} else if (intake) {
		intake_close(intake);
		free(intake);
		*cls = NULL;
	}
}

static struct intake *intake_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection,
		MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info ? info->socket_context : NULL;
}

static void at_stage(struct http *http, struct MHD_Connection *connection,
		     enum watch_stage stage)
{
	struct intake *intake = intake_of(connection);

	if (intake)
		watch_stage(&http->watch, intake->watched, stage, clock_mono_ms());
}

static void *on_uri(void *arg, const char *uri, struct MHD_Connection *connection)
{
	struct http *http = arg;
	struct exchange *ex = exchange_new(http->server, uri);
	struct intake *intake = intake_of(connection);

	ex->connection = connection;
	if (intake)
		watch_began(&http->watch, intake->watched, clock_mono_ms());
	return ex;
}

static void on_completed(void *arg, struct MHD_Connection *connection, void **cls,
			 enum MHD_RequestTerminationCode code)
{
	struct exchange *ex = *cls;
	struct intake *intake = intake_of(connection);

	(void)arg;
	(void)code;
	if (intake)
		intake_next(intake);
	*cls = NULL;
	if (ex && ex->counted)
		server_count(ex->server, ex);
	if (ex && ex->running)
		server_left(ex->server);
	exchange_free(ex);
	mem_recover();
}

static bool is_crowded(const struct http *http)
{
	return atomic_load(&http->connections) > CONNECTIONS_KEPT;
}

/* Paths are matched raw: nothing is decoded, so that nothing hides in them. */
static size_t keep_escapes(void *arg, struct MHD_Connection *connection, char *text)
{
	(void)arg;
	(void)connection;
	return strlen(text);
}

/* Headers of an answer: all of them, or it does not leave. */
struct headers {
	struct MHD_Response *response;
	bool lost;
};

static void add(struct headers *headers, const char *name, const char *value)
{
	if (!value || !*value ||
	    MHD_add_response_header(headers->response, name, value) == MHD_YES)
		return;
	mem_give();
	headers->lost = headers->lost || MHD_add_response_header(
		headers->response, name, value) != MHD_YES;
}

static struct MHD_Response *make_response(struct answer *answer)
{
	bool empty = !answer->type || answer->body.size == 0;
	struct MHD_Response *response;
	bool given = false;

	while (!(response = empty ?
		 MHD_create_response_from_buffer(0, (void *)"",
						 MHD_RESPMEM_PERSISTENT) :
		 MHD_create_response_from_buffer(answer->body.size,
						 answer->body.data,
						 MHD_RESPMEM_MUST_FREE)))
		mem_again(&given);
	if (!empty)
		memset(&answer->body, 0, sizeof(answer->body));
	return response;
}

/* What an operator wants to know: refused rights and failures, without a word of
 * what was asked. */
static void log_refusal(const struct exchange *ex)
{
	int status = ex->answer.status;
	char number[16];

	if (status != 401 && status != 403 && status != 429 && status < 500)
		return;
	snprintf(number, sizeof(number), "%d", status);
	log_event(status >= 500 ? LOG_ERROR : LOG_INFO, "http.refused", "status",
		  number, "operation", ex->route ? ex->route->op->name : "",
		  "trace", ex->trace, NULL);
}

static enum MHD_Result send_answer(struct http *http, struct exchange *ex)
{
	struct answer *answer = &ex->answer;
	struct headers headers = { .response = make_response(answer) };
	char retry[24] = "";
	enum MHD_Result result = MHD_NO;

	log_refusal(ex);
	at_stage(http, ex->connection, WATCH_ANSWERING);
	if (answer->retry_s > 0)
		snprintf(retry, sizeof(retry), "%lld", (long long)answer->retry_s);
	add(&headers, "Content-Type", answer->type);
	add(&headers, "Content-Language", answer->type ? "fr" : "");
	add(&headers, "Cache-Control", "no-store");
	add(&headers, "X-Content-Type-Options", "nosniff");
	add(&headers, "X-Request-Id", ex->id);
	add(&headers, "ETag", answer->etag);
	add(&headers, "Location", answer->location);
	add(&headers, "Link", answer->link);
	add(&headers, "Allow", answer->allow);
	add(&headers, "WWW-Authenticate", answer->challenge);
	add(&headers, "Retry-After", retry);
	add(&headers, "Idempotency-Replayed", answer->replayed ? "true" : "");
	add(&headers, "Accept-Patch", answer->patch_type ?
	    "application/merge-patch+json" : "");
	add(&headers, "Connection", answer->close || is_crowded(http) ? "close" : "");
	if (!headers.lost)
		result = MHD_queue_response(ex->connection,
					    (unsigned)answer->status,
					    headers.response);
	MHD_destroy_response(headers.response);
	return result;
}

/* MHD_OPTION_HTTPS_MEM_TRUST asks for a certificate but accepts none. */
static bool peer_is_trusted(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection,
		MHD_CONNECTION_INFO_GNUTLS_SESSION);
	unsigned status = 1;

	return info && gnutls_certificate_verify_peers2(info->tls_session,
		&status) == GNUTLS_E_SUCCESS && status == 0;
}

static enum MHD_Result finish(struct http *http, struct exchange *ex)
{
	struct err err = { 0 };
	struct db *reader = server_reader(ex->server, &err);

	/* Not before: a client may die in the middle of its body, and
	 * libmicrohttpd be long to notice. */
	ex->running = true;
	server_entered(ex->server);
	if (!reader || !server_go_away(ex->server)) {
		if (reader)
			db_rollback(reader);
		if (reader)
			req_refuse(&err, 503, "server.draining",
				   _("le serveur s'arrête : réessayez dans un instant"));
		exchange_refuse(ex, &err, NULL, 0);
		ex->answer.close = true;
		return send_answer(http, ex);
	}
	if (exchange_run(ex, reader)) {
		server_came_back(ex->server);
		return send_answer(http, ex);
	}
	/* Before the other thread knows of it: it may resume at once. */
	at_stage(http, ex->connection, WATCH_WORKING);
	MHD_suspend_connection(ex->connection);
	exchange_leave(ex);
	return MHD_YES;
}

static enum MHD_Result admit(struct http *http, struct exchange *ex,
			     const char *method)
{
	struct err err = { 0 };
	struct db *reader;

	if (!intake_admit(intake_of(ex->connection), ex->asked.path, &err))
		goto refused;
	if (http->client_certificates && !peer_is_trusted(ex->connection)) {
		req_refuse(&err, 403, "certificate.needed",
			   _("ce poste n'a pas de certificat valable : prévenez le support"));
		goto refused;
	}
	if (health_answer(ex, method))
		return MHD_YES;
	if (!mem_recover()) {
		req_refuse(&err, 503, "memory.short",
			   _("le serveur manque de mémoire : réessayez dans un instant"));
		goto refused;
	}
	if (!screen_headers(ex, ex->connection, method, &err))
		goto refused;
	station_find(ex, ex->connection);
	if (atomic_load(&http->server->draining)) {
		req_refuse(&err, 503, "server.draining",
				   _("le serveur s'arrête : réessayez dans un instant"));
		goto refused;
	}
	reader = server_reader(http->server, &err);
	if (!reader)
		goto refused;
	ex->counted = true;
	/* Answered here, what has no body would end its connection: for
	 * libmicrohttpd its end is still to come.  It comes at once. */
	if (exchange_open(ex, reader) || ex->stage == EXCHANGE_DENIED)
		return MHD_YES;
	/* A short body is read and dropped, so that the connection lives on. */
	ex->answer.close = ex->asked.length > DROPPED_MOST;
	return ex->answer.close ? send_answer(http, ex) : MHD_YES;
refused:
	exchange_refuse(ex, &err, NULL, 0);
	ex->answer.close = true;
	return send_answer(http, ex);
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection,
				  const char *url, const char *method,
				  const char *version, const char *data,
				  size_t *size, void **cls)
{
	struct exchange *ex = *cls;
	struct http *http = arg;

	(void)url;
	(void)version;
	(void)connection;
	switch (ex->stage) {
	case EXCHANGE_HEADERS:
		return admit(http, ex, method);
	case EXCHANGE_BODY:
		if (*size > 0) {
			bool ok = exchange_feed(ex, data, *size);

			*size = 0;
			return ok ? MHD_YES : MHD_NO;
		}
		return finish(http, ex);
	case EXCHANGE_AWAY:
		return MHD_YES;
	case EXCHANGE_DENIED:
	case EXCHANGE_ANSWERED:
		if (*size == 0)
			return ex->stage == EXCHANGE_DENIED ?
				finish(http, ex) : send_answer(http, ex);
		*size = 0;
		return MHD_YES;
	}
	return MHD_NO;
}

static void resume(struct exchange *ex)
{
	struct server *server = ex->server;

	/* The exchange may be gone as soon as its connection is resumed. */
	MHD_resume_connection(ex->connection);
	server_came_back(server);
}

__attribute__((format(printf, 2, 0)))
static void on_log(void *arg, const char *format, va_list args)
{
	(void)arg;
	(void)args;
	/* The format alone: what fills it may come from the request. */
	log_event(LOG_WARN, "http", "message", format, NULL);
}

struct http *http_serve(struct server *server, int fd, int threads,
			const struct http_tls *tls, struct err *err)
{
	struct http *http = mem_new(1, sizeof(*http));
	struct MHD_OptionItem secure[] = {
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, tls->cert },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, tls->key },
		{ MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)
		  "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-CIPHER-ALL:"
		  "+AES-256-GCM:+AES-128-GCM:+CHACHA20-POLY1305:"
		  "-KX-ALL:+ECDHE-ECDSA:+ECDHE-RSA:-GROUP-ALL:"
		  "+GROUP-X25519:+GROUP-SECP256R1:+GROUP-SECP384R1" },
		{ tls->client_ca ? MHD_OPTION_HTTPS_MEM_TRUST : MHD_OPTION_END, 0,
		  tls->client_ca },
		{ MHD_OPTION_END, 0, NULL },
	};
	const struct MHD_OptionItem plain[] = { { MHD_OPTION_END, 0, NULL } };

	http->server = server;
	watch_init(&http->watch);
	http->tls = tls->cert != NULL;
	http->client_certificates = tls->client_ca != NULL;
	server->resume = resume;
	http->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD |
			MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
			(tls->cert ? MHD_USE_TLS : 0), 0, NULL, NULL,
		on_request, http,
		MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
		MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_THREAD_POOL_SIZE, (unsigned)threads,
		MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS_MOST,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_EACH,
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_URI_LOG_CALLBACK, on_uri, http,
		MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, http,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, http,
		MHD_OPTION_ARRAY, tls->cert ? secure : plain,
		MHD_OPTION_END);
	if (http->daemon)
		return http;
	watch_fini(&http->watch);
	free(http);
	err_set(err, ERR_SYSTEM, _("le serveur HTTP n'a pas démarré"));
	return NULL;
}

void http_watch(struct http *http)
{
	watch_cut(&http->watch, clock_mono_ms());
}

void http_stop(struct http *http)
{
	MHD_stop_daemon(http->daemon);
	watch_fini(&http->watch);
	free(http);
}
