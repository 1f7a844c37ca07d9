/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http_curl.h"
#include "http_tls.h"

#include <guichet/base/log.h>
#include <guichet/base/mem.h>
#include <guichet/base/text.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A server that gives less than this for half of the time it has is taken for
 * gone. */
#define SLOW_BYTES_S 100

struct http {
	struct http_address address;
	struct http_tls tls;
	int connect_timeout_s;
	CURLM *multi;                   /* NULL before the first exchange */
};

/* One exchange under way. */
struct transfer {
	CURL *easy;
	struct curl_slist *headers;
	char url[4096];
	char detail[CURL_ERROR_SIZE];
};

struct http *http_open(const struct api_setup *setup, struct err *err)
{
	struct http_address address;
	struct http_tls tls = { 0 };
	struct http *http;

	if (!http_address_parse(setup->server, &address, err) ||
	    !http_tls_take(&tls, setup, err))
		return NULL;
	http = mem_new(1, sizeof(*http));
	http->address = address;
	http->tls = tls;
	http->connect_timeout_s = setup->connect_timeout_s;
	return http;
}

void http_close(struct http *http)
{
	if (!http)
		return;
	if (http->multi) {
		http_curl()->multi_cleanup(http->multi);
		http_curl()->global_cleanup();
	}
	http_tls_free(&http->tls);
	free(http);
}

/* The library and TLS are loaded here, once the first screen is painted. */
static void load(struct http *http)
{
	bool given = false;

	if (http->multi)
		return;
	while (http_curl()->global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
	       !(http->multi = http_curl()->multi_init()))
		mem_again(&given);
}

/* Copy what comes; too much ends the transfer with CURLE_WRITE_ERROR. */
static size_t on_body(char *data, size_t size, size_t count, void *self)
{
	struct http_exchange *exchange = self;

	return buf_add(&exchange->answer.body, data, size * count) ?
		size * count : 0;
}

/* Tell whether `line` is the header `name`; its value goes to `value`. */
static bool header_is(const char *line, const char *name, char *value,
		      size_t value_size)
{
	size_t size = strlen(name);

	if (strncasecmp(line, name, size) != 0 || line[size] != ':')
		return false;
	line += size + 1;
	line += strspn(line, " \t");
	snprintf(value, value_size, "%.*s", (int)strcspn(line, "\r\n"), line);
	text_trim(value);
	return true;
}

static size_t on_header(char *data, size_t size, size_t count, void *self)
{
	struct http_answer *answer = &((struct http_exchange *)self)->answer;
	char line[512], value[256];

	snprintf(line, sizeof(line), "%.*s", (int)(size * count), data);
	if (strncmp(line, "HTTP/", 5) == 0) {
		/* A new answer (after 100 Continue): what came before goes. */
		answer->type[0] = answer->etag[0] = '\0';
		answer->retry_after_s = -1;
		answer->replayed = false;
		answer->is_headed = answer->is_sized = false;
	} else if (line[0] == '\r' || line[0] == '\n') {
		answer->is_headed = true;
	} else if (header_is(line, "Content-Type", value, sizeof(value))) {
		value[strcspn(value, "; ")] = '\0';
		text_copy(answer->type, sizeof(answer->type), value);
	} else if (header_is(line, "ETag", value, sizeof(value))) {
		text_copy(answer->etag, sizeof(answer->etag), value);
	} else if (header_is(line, "Retry-After", value, sizeof(value))) {
		/* A date instead of seconds is as good as a long time. */
		long seconds = value[0] >= '0' && value[0] <= '9' ?
			strtol(value, NULL, 10) : INT_MAX;

		answer->retry_after_s = seconds > INT_MAX ? INT_MAX : (int)seconds;
	} else if (header_is(line, "Idempotency-Replayed", value, sizeof(value))) {
		answer->replayed = strcmp(value, "true") == 0;
	} else if (header_is(line, "Content-Length", value, sizeof(value)) ||
		   header_is(line, "Transfer-Encoding", value, sizeof(value))) {
		answer->is_sized = true;
	}
	return size * count;
}

/* Only noted: nobody is told anything from inside libcurl. */
static int on_progress(void *self, curl_off_t down_total, curl_off_t down,
		       curl_off_t up_total, curl_off_t up)
{
	struct http_exchange *exchange = self;

	(void)down_total;
	(void)down;
	(void)up_total;
	exchange->sent = up;
	return 0;
}

/* How we talk to any server: never a proxy, a redirect, a signal or a protocol
 * that was not asked for, whatever the environment says. */
static void set_manners(const struct http *http, CURL *easy)
{
	http_curl()->easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	http_curl()->easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
	http_set_text(easy, CURLOPT_PROXY, "");
	http_curl()->easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	http_curl()->easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	http_set_text(easy, CURLOPT_PROTOCOLS_STR,
		      strncmp(http->address.base, "https", 5) == 0 ?
		      "https" : "http");
	http_tls_set(&http->tls, easy);
	if (http->address.socket[0])
		http_set_text(easy, CURLOPT_UNIX_SOCKET_PATH,
			      http->address.socket);
	http_curl()->easy_setopt(easy, CURLOPT_CONNECTTIMEOUT,
			 (long)http->connect_timeout_s);
	http_curl()->easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES_S);
}

static void set_body(CURL *easy, const struct http_exchange *exchange)
{
	/* CUSTOMREQUEST alone would wait for a body after PUT or PATCH. */
	if (exchange->body) {
		http_curl()->easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
				 (curl_off_t)exchange->body_size);
		http_curl()->easy_setopt(easy, CURLOPT_POSTFIELDS, exchange->body);
	} else if (strcmp(exchange->method, "GET") == 0) {
		http_curl()->easy_setopt(easy, CURLOPT_HTTPGET, 1L);
	}
	http_set_text(easy, CURLOPT_CUSTOMREQUEST, exchange->method);
}

static struct curl_slist *append(struct curl_slist *list, const char *header)
{
	struct curl_slist *longer;
	bool given = false;

	while (!(longer = http_curl()->slist_append(list, header)))
		mem_again(&given);
	return longer;
}

static struct curl_slist *copy_headers(const char *const *headers)
{
	/* No "Expect: 100-continue": it costs a second with some servers. */
	struct curl_slist *list = append(NULL, "Expect:");

	for (; *headers; headers++)
		list = append(list, *headers);
	return list;
}

/* Headers hold the token: wiped, then freed. */
static void wipe_headers(struct curl_slist *list)
{
	for (struct curl_slist *at = list; at; at = at->next)
		explicit_bzero(at->data, strlen(at->data));
	http_curl()->slist_free_all(list);
}

void http_start(struct http *http, struct http_exchange *exchange)
{
	struct transfer *t = mem_new(1, sizeof(*t));
	bool given = false;

	load(http);
	while (!(t->easy = http_curl()->easy_init()))
		mem_again(&given);
	exchange->transfer = t;
	exchange->sent = 0;
	exchange->answer = (struct http_answer){ .retry_after_s = -1 };
	buf_init(&exchange->answer.body, exchange->reply_limit);
	snprintf(t->url, sizeof(t->url), "%s%s", http->address.base,
		 exchange->path);
	t->headers = copy_headers(exchange->headers);
	set_manners(http, t->easy);
	http_curl()->easy_setopt(t->easy, CURLOPT_ERRORBUFFER, t->detail);
	http_set_text(t->easy, CURLOPT_URL, t->url);
	http_curl()->easy_setopt(t->easy, CURLOPT_PATH_AS_IS, 1L);
	http_curl()->easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
	http_curl()->easy_setopt(t->easy, CURLOPT_TIMEOUT, (long)exchange->timeout_s);
	http_curl()->easy_setopt(t->easy, CURLOPT_LOW_SPEED_TIME,
			 (exchange->timeout_s + 1L) / 2);
	http_curl()->easy_setopt(t->easy, CURLOPT_PRIVATE, exchange);
	http_curl()->easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, on_body);
	http_curl()->easy_setopt(t->easy, CURLOPT_WRITEDATA, exchange);
	http_curl()->easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, on_header);
	http_curl()->easy_setopt(t->easy, CURLOPT_HEADERDATA, exchange);
	http_curl()->easy_setopt(t->easy, CURLOPT_XFERINFOFUNCTION, on_progress);
	http_curl()->easy_setopt(t->easy, CURLOPT_XFERINFODATA, exchange);
	http_curl()->easy_setopt(t->easy, CURLOPT_NOPROGRESS, 0L);
	/* libcurl sends a POST again by itself when a kept connection turns out
	 * to be closed: a write never takes a kept one. */
	http_curl()->easy_setopt(t->easy, CURLOPT_FRESH_CONNECT, exchange->fresh ? 1L : 0L);
	set_body(t->easy, exchange);
	/* A transfer that was not added would never end. */
	while (http_curl()->multi_add_handle(http->multi, t->easy) ==
	       CURLM_OUT_OF_MEMORY)
		mem_again(&given);
}

/* Free the transfer; the answer stays. */
static void end_transfer(struct http *http, struct http_exchange *exchange)
{
	struct transfer *t = exchange->transfer;

	exchange->transfer = NULL;
	http_curl()->multi_remove_handle(http->multi, t->easy);
	http_curl()->easy_cleanup(t->easy);
	wipe_headers(t->headers);
	free(t);
}

void http_cancel(struct http *http, struct http_exchange *exchange)
{
	if (!exchange->transfer)
		return;
	end_transfer(http, exchange);
	buf_fini(&exchange->answer.body);
}

void http_wait(struct http *http, struct pollfd *fds, size_t count,
	       int timeout_ms)
{
	struct curl_waitfd waited[16];
	size_t most = sizeof(waited) / sizeof(*waited);
	int at_most = timeout_ms < 0 ? INT_MAX : timeout_ms;

	if (!http->multi) {
		poll(fds, count, timeout_ms);
		return;
	}
	for (size_t i = 0; i < count && i < most; i++) {
		waited[i] = (struct curl_waitfd){
			.fd = fds[i].fd,
			.events = (fds[i].events & POLLIN ? CURL_WAIT_POLLIN : 0) |
				(fds[i].events & POLLOUT ? CURL_WAIT_POLLOUT : 0),
		};
	}
	http_curl()->multi_poll(http->multi, waited,
			(unsigned)(count < most ? count : most), at_most, NULL);
	/* libcurl does not hand on POLLHUP: ask again, without waiting. */
	poll(fds, count, 0);
}

static enum http_result result_of(const struct transfer *t, CURLcode code)
{
	curl_off_t sent_at = 0;

	switch (code) {
	case CURLE_OK:
		return HTTP_ANSWERED;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
		return HTTP_UNREACHED;
	case CURLE_OPERATION_TIMEDOUT:
		http_curl()->easy_getinfo(t->easy, CURLINFO_PRETRANSFER_TIME_T, &sent_at);
		return sent_at > 0 ? HTTP_TIMED_OUT : HTTP_UNREACHED;
	case CURLE_WRITE_ERROR:
		return HTTP_TOO_LONG;
	default:
		return http_tls_result(t->easy, code, t->detail);
	}
}

static void end_exchange(struct http *http, CURL *easy, CURLcode code)
{
	struct http_exchange *exchange;
	char *self;
	long status = 0;

	http_curl()->easy_getinfo(easy, CURLINFO_PRIVATE, &self);
	exchange = (struct http_exchange *)(void *)self;
	exchange->result = result_of(exchange->transfer, code);
	http_curl()->easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
	/* libcurl takes headers that stop half-way for an empty answer, and the
	 * end of a connection, by TLS too, for the end of what has no length. */
	if (exchange->result == HTTP_ANSWERED && (!exchange->answer.is_headed ||
	    (!exchange->answer.is_sized && status != 204 && status != 304)))
		exchange->result = HTTP_CUT;
	exchange->answer.status = exchange->result == HTTP_ANSWERED ?
		(int)status : 0;
	/* What is tried again finds the reserve. */
	if (code == CURLE_OUT_OF_MEMORY)
		mem_give();
	if (code != CURLE_OK) {
		char number[16];

		snprintf(number, sizeof(number), "%d", (int)code);
		log_event(LOG_WARN, "http.failed", "curl", number, NULL);
	}
	end_transfer(http, exchange);
	exchange->done(exchange);
}

void http_deliver(struct http *http)
{
	CURLMsg *message;
	int running, left;

	if (!http->multi)
		return;
	http_curl()->multi_perform(http->multi, &running);
	while ((message = http_curl()->multi_info_read(http->multi, &left)))
		if (message->msg == CURLMSG_DONE)
			end_exchange(http, message->easy_handle,
				     message->data.result);
}
