/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A write put down in text before it leaves, so that whoever comes after a crash
 * asks the same under the same key. */
#include "client_private.h"

#include <guichet/base/mem.h>
#include <guichet/base/text.h>

#include <stdlib.h>
#include <string.h>

#define DOWN_MAX (32 * 1024)

bool api_write_down(const struct api_request *request, struct buf *out)
{
	struct call *call = mem_new(1, sizeof(*call));
	struct err err = { 0 };
	bool ok;

	call->op = request->op;
	ok = request->op->flags & API_KEYED && !(request->op->flags & API_RAW_BODY) &&
		client_prepare(call, request, &err) &&
		buf_printf(out, "%s\n%s\n%s\n%s\n%s\n", request->op->name,
			   call->path, call->key, call->etag, call->contact) &&
		buf_text(out, buf_cstr(&call->body));
	if (call->body.data)
		explicit_bzero(call->body.data, call->body.capacity);
	buf_fini(&call->body);
	free(call);
	return ok;
}

/* Take the next line off `*text`; false when it is too long, or the last. */
static bool take_line(const char **text, char *out, size_t out_size)
{
	size_t size = strcspn(*text, "\n");

	if (size >= out_size || (*text)[size] != '\n')
		return false;
	memcpy(out, *text, size);
	out[size] = '\0';
	*text += size + 1;
	return true;
}

bool client_read_down(struct call *call, const char *text)
{
	char name[64];

	if (!take_line(&text, name, sizeof(name)) ||
	    !take_line(&text, call->path, sizeof(call->path)) ||
	    !take_line(&text, call->key, sizeof(call->key)) ||
	    !take_line(&text, call->etag, sizeof(call->etag)) ||
	    !take_line(&text, call->contact, sizeof(call->contact)) ||
	    call->path[0] != '/' || strlen(call->key) < 16)
		return false;
	buf_init(&call->body, DOWN_MAX);
	if (!text[0])
		return true;
	call->body_type = client_body_type(call->op);
	return buf_text(&call->body, text);
}
