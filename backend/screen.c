/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "screen.h"

#include <guichet/base/intl.h>

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct screen {
	struct asked *asked;
	const char *length;
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
	{ "Guichet-Desk", offsetof(struct asked, desk) },
	{ NULL, 0 },
};

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
	(void)name_size;
	(void)value_size;
	if (!value)
		value = "";
	if (strcasecmp(name, "Content-Length") == 0)
		take_once(screen, &screen->length, value);
	for (const struct single *row = singles; row->name; row++)
		if (strcasecmp(name, row->name) == 0)
			take_once(screen, (const char **)(void *)
				  ((char *)screen->asked + row->offset), value);
	return MHD_YES;
}

/* "." and ".." name nothing here, whoever stands in front. */
static bool has_dots(const char *path)
{
	for (const char *at = strchr(path, '/'); at; at = strchr(at + 1, '/')) {
		size_t size = strcspn(at + 1, "/");

		if (size > 0 && size <= 2 && strspn(at + 1, ".") >= size)
			return true;
	}
	return false;
}

bool screen_uri(const char *path, const char *query)
{
	static const char path_chars[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789/_.~-";

	if (strncmp(path, "/v1/", 4) != 0 || path[strspn(path, path_chars)] != '\0' ||
	    has_dots(path))
		return false;
	for (; *query; query++)
		if (*query <= 0x20 || *query >= 0x7F || strchr("\"<>\\^`{|}#", *query))
			return false;
	return true;
}

bool screen_headers(struct exchange *ex, struct MHD_Connection *connection,
		    const char *method, struct err *err)
{
	struct asked *asked = &ex->asked;
	struct screen screen = { .asked = asked };

	asked->method = method;
	asked->length = -1;
	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, look, &screen);
	/* Digits, a few of them: head.h saw to it. */
	if (screen.length)
		asked->length = strtoll(screen.length, NULL, 10);
	if (screen.bad || !screen_uri(asked->path, asked->query))
		return req_refuse(err, 400, "request.invalid",
				  _("la demande est mal formée"));
	return true;
}
