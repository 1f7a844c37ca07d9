/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what a screen asks to what goes on the wire. */
#include "client_private.h"

#include <guichet/base/clock.h>
#include <guichet/base/intl.h>
#include <guichet/base/text.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Time added for a file on a slow line; going too slowly ends it earlier. */
#define FILE_TIMEOUT_S 60

#define HEADERS_MAX 12

bool client_is_read(const struct api_op *op)
{
	return op->method == API_GET || op->flags & API_READ;
}

/* A header value is one word of visible ASCII: nothing can follow it. */
static bool copy_word(char *out, size_t out_size, const char *text)
{
	for (const char *at = text; *at; at++)
		if (*at < '!' || *at > '~')
			return false;
	return text_copy(out, out_size, text);
}

/* A key stands in quotes (RFC 8941 string): no quote and no backslash in it. */
static bool copy_key(struct call *call, const char *key)
{
	size_t size = key ? strlen(key) : 0;

	return size >= 16 && !strpbrk(key, "\"\\") &&
		copy_word(call->key, sizeof(call->key), key);
}

/* What the first bytes say the file is; the server decides. */
static const char *file_type(const struct buf *body)
{
	const char *data = buf_cstr(body);

	if (memcmp(data, "\xFF\xD8\xFF", 3) == 0)
		return "image/jpeg";
	if (memcmp(data, "\x89PNG", 4) == 0)
		return "image/png";
	if (memcmp(data, "%PDF", 4) == 0)
		return "application/pdf";
	return "application/octet-stream";
}

/* Read a regular file, at most CLIENT_FILE_MAX bytes of it. */
static bool read_file(struct buf *body, const char *path, struct err *err)
{
	char block[16384];
	struct stat about;
	ssize_t n = -1;
	bool ok = false;
	/* Not blocked by a named pipe that nobody writes to. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return err_set(err, ERR_INVALID, _("fichier illisible"));
	if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
		err_set(err, ERR_INVALID, _("ce n'est pas un fichier"));
		goto out;
	}
	while ((n = read(fd, block, sizeof(block))) > 0) {
		if (!buf_add(body, block, (size_t)n)) {
			err_set(err, ERR_INVALID, _("fichier trop gros : 5 Mio au plus"));
			goto out;
		}
	}
	if (n < 0 || body->size < 4) {
		err_set(err, ERR_INVALID, n < 0 ? _("fichier illisible")
						: _("fichier vide"));
		goto out;
	}
	ok = true;
out:
	close(fd);
	return ok;
}

const char *client_body_type(const struct api_op *op)
{
	return op->method == API_PATCH ? "application/merge-patch+json"
				       : "application/json";
}

static bool prepare_body(struct call *call, const struct api_request *request,
			 struct err *err)
{
	const struct api_op *op = call->op;

	buf_init(&call->body, CLIENT_FILE_MAX);
	if (op->flags & API_RAW_BODY) {
		if (!request->file)
			return err_set(err, ERR_INVALID, _("fichier à choisir"));
		if (!read_file(&call->body, request->file, err))
			return false;
		call->body_type = file_type(&call->body);
		return true;
	}
	if (!op->body)
		return true;
	call->body_type = client_body_type(op);
	return codec_encode(op->body, request->body, &call->body) ||
		err_set(err, ERR_INVALID, _("demande trop longue"));
}

bool client_prepare(struct call *call, const struct api_request *request,
		    struct err *err)
{
	const struct api_op *op = call->op;

	if (!api_path_write(op, request->query, call->path, sizeof(call->path)))
		return err_set(err, ERR_INVALID, _("demande incomplète"));
	if (op->flags & API_KEYED && !copy_key(call, request->key))
		return err_set(err, ERR_INVALID, _("demande sans clé d'envoi"));
	if (op->flags & API_IF_MATCH &&
	    !(request->etag && request->etag[0] &&
	      copy_word(call->etag, sizeof(call->etag), request->etag)))
		return err_set(err, ERR_INVALID,
			       _("version inconnue : actualisez l'écran"));
	if (request->contact &&
	    !copy_word(call->contact, sizeof(call->contact), request->contact))
		return err_set(err, ERR_INVALID, _("contact mal désigné"));
	return prepare_body(call, request, err);
}

/* Headers of one try, written one after the other. */
struct headers {
	char text[HEADERS_MAX][192];
	const char *list[HEADERS_MAX + 1];
	int count;
};

__attribute__((format(printf, 2, 3)))
static void add(struct headers *headers, const char *fmt, ...)
{
	char *text = headers->text[headers->count];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(headers->text[0]), fmt, args);
	va_end(args);
	headers->list[headers->count++] = text;
}

/* W3C Trace Context: one trace for the act, a new span for each try. */
static void add_trace(struct headers *headers, const struct call *call)
{
	unsigned char span[8];

	random_bytes(span, sizeof(span));
	span[0] |= 1;                   /* all zeros is not allowed */
	add(headers, "traceparent: 00-%s-%02x%02x%02x%02x%02x%02x%02x%02x-01",
	    call->trace, span[0], span[1], span[2], span[3], span[4], span[5],
	    span[6], span[7]);
}

static void write_headers(struct headers *headers, const struct call *call)
{
	const char *token = (const char *)call->api->token.bytes;

	add(headers, "Accept: %s, application/problem+json",
	    call->op->flags & API_RAW_REPLY ? "application/pdf"
					    : "application/json");
	add(headers, "Accept-Language: fr");
	add(headers, "User-Agent: guichet");
	add_trace(headers, call);
	if (token && !(call->op->flags & API_PUBLIC))
		add(headers, "Authorization: Bearer %s", token);
	if (call->body_type)
		add(headers, "Content-Type: %s", call->body_type);
	if (call->op->flags & API_KEYED)
		add(headers, "Idempotency-Key: \"%s\"", call->key);
	if (call->op->flags & API_IF_MATCH)
		add(headers, "If-Match: %s", call->etag);
	if (call->api->desk[0])
		add(headers, "Guichet-Desk: %s", call->api->desk);
	if (call->contact[0])
		add(headers, "Guichet-Contact: %s", call->contact);
}

void client_send(struct call *call)
{
	struct http_exchange *exchange = &call->exchange;
	bool paper = call->op->flags & API_RAW_REPLY;
	bool file = call->op->flags & API_RAW_BODY;
	struct headers headers = { 0 };

	write_headers(&headers, call);
	call->state = CALL_RUNNING;
	call->tries++;
	call->token_age = call->api->token_age;
	exchange->method = api_method_names[call->op->method];
	exchange->path = call->path;
	exchange->headers = headers.list;
	exchange->body = call->body_type ? buf_cstr(&call->body) : NULL;
	exchange->body_size = call->body.size;
	exchange->fresh = !client_is_read(call->op);
	exchange->timeout_s = call->api->timeout_s + (file ? FILE_TIMEOUT_S : 0);
	exchange->reply_limit = paper ? CLIENT_PAPER_MAX : CLIENT_BODY_MAX;
	http_start(call->api->http, exchange);
	exchange->headers = NULL;
	explicit_bzero(&headers, sizeof(headers));
}
