/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen.h"

#include <guichet/base/intl.h>

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define URI_MOST 2048
#define HEADERS_MOST (16 << 10)

struct screen {
	struct asked *asked;
	const char *host, *length, *coding;
	size_t size;                    /* of all headers */
	bool in_place;                  /* lines are where they were received */
	bool bad;
};

/* A header of which there may be one only, and where it goes. */
struct single {
	const char *name;
	size_t offset;                  /* in struct asked */
};

static const struct single singles[] = {
	{ "Authorization", offsetof(struct asked, authorization) },
	{ "Guichet-Contact", offsetof(struct asked, contact) },
	{ "Idempotency-Key", offsetof(struct asked, key) },
	{ "If-Match", offsetof(struct asked, if_match) },
	{ "If-None-Match", offsetof(struct asked, if_none_match) },
	{ "Content-Type", offsetof(struct asked, type) },
	{ "Accept", offsetof(struct asked, accept) },
	{ "traceparent", offsetof(struct asked, traceparent) },
	{ NULL, 0 },
};

/* RFC 9110 section 5.6.2 */
static bool is_token(const char *text, size_t size)
{
	static const char others[] = "!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < size; i++) {
		char c = text[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || (c && strchr(others, c))))
			return false;
	}
	return size > 0;
}

static bool is_plain(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];

		if ((c < 0x20 && c != '\t') || c == 0x7F)
			return false;
	}
	return true;
}

/* libmicrohttpd 0.9 takes a bare LF for the end of a line, a zero byte for the
 * end of a text, and glues a folded line to the name of the header (RFC 9112
 * sections 2.2 and 5.2).  It cuts lines where they were received, CR and LF both
 * becoming zero: what it was lenient about leaves other bytes there. */
static bool ends_line(const struct screen *screen, const char *text, size_t size)
{
	return !screen->in_place || text[size + 1] == '\0';
}

static bool is_one_line(const struct screen *screen, const char *name,
			size_t name_size, const char *value, size_t value_size)
{
	const char *after = name + name_size + 1;

	return !screen->in_place ||
		(after + strspn(after, " \t") == value &&
		 ends_line(screen, value, value_size));
}

static void take_once(struct screen *screen, const char **to, const char *value)
{
	if (*to)
		screen->bad = true;
	*to = value;
}

static enum MHD_Result look(void *arg, enum MHD_ValueKind kind, const char *name,
			    size_t name_size, const char *value, size_t value_size)
{
	struct screen *screen = arg;

	(void)kind;
	screen->size += name_size + value_size;
	if (!value || !is_token(name, name_size) || !is_plain(value, value_size) ||
	    !is_one_line(screen, name, name_size, value, value_size))
		screen->bad = true;
	if (!value)
		value = "";
	if (strcasecmp(name, "Host") == 0)
		take_once(screen, &screen->host, value);
	else if (strcasecmp(name, "Content-Length") == 0)
		take_once(screen, &screen->length, value);
	else if (strcasecmp(name, "Transfer-Encoding") == 0)
		take_once(screen, &screen->coding, value);
	for (const struct single *row = singles; row->name; row++)
		if (strcasecmp(name, row->name) == 0)
			take_once(screen, (const char **)(void *)
				  ((char *)screen->asked + row->offset), value);
	return MHD_YES;
}

/* Digits only: "+5" and "5, 5" have more than one reading. */
static bool read_length(const char *text, int64_t *length)
{
	size_t size = strlen(text);

	*length = strtoll(text, NULL, 10);
	return size > 0 && size < 16 && strspn(text, "0123456789") == size;
}

bool screen_uri(const char *path, const char *query)
{
	static const char path_chars[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789/_.~-";

	if (strncmp(path, "/v1/", 4) != 0 || path[strspn(path, path_chars)] != '\0')
		return false;
	for (; *query; query++)
		if (*query <= 0x20 || *query >= 0x7F || strchr("\"<>\\^`{|}#", *query))
			return false;
	return true;
}

bool screen_headers(struct exchange *ex, struct MHD_Connection *connection,
		    const char *method, const char *version, struct err *err)
{
	struct asked *asked = &ex->asked;
	struct screen screen = {
		.asked = asked,
		.in_place = strncmp(MHD_get_version(), "0.9.", 4) == 0,
	};
	bool http10 = strcmp(version, MHD_HTTP_VERSION_1_0) == 0;

	asked->method = method;
	asked->length = -1;
	if (strlen(asked->path) + strlen(asked->query) > URI_MOST)
		return req_refuse(err, 414, "uri.long", _("l'adresse est trop longue"));
	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, look, &screen);
	asked->chunked = screen.coding != NULL;
	if (screen.size > HEADERS_MOST)
		return req_refuse(err, 431, "headers.large",
				  _("les en-têtes sont trop longs"));
	if (screen.bad || !ends_line(&screen, version, strlen(version)) ||
	    (!http10 && !screen.host) ||
	    (!http10 && strcmp(version, MHD_HTTP_VERSION_1_1) != 0) ||
	    (screen.length && screen.coding) ||
	    (screen.length && !read_length(screen.length, &asked->length)) ||
	    (screen.coding && strcasecmp(screen.coding, "chunked") != 0) ||
	    !screen_uri(asked->path, asked->query))
		return req_refuse(err, 400, "request.invalid",
				  _("la demande est mal formée"));
	return true;
}
