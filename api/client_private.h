/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the client share. */
#ifndef GUICHET_CLIENT_PRIVATE_H
#define GUICHET_CLIENT_PRIVATE_H

#include "http.h"

#include <guichet/api/client.h>
#include <guichet/base/clock.h>
#include <guichet/base/secret.h>

#define CLIENT_TRIES_MAX 3
#define CLIENT_RETRY_AFTER_MAX_S 30
#define CLIENT_BODY_MAX (1024 * 1024)
#define CLIENT_PAPER_MAX (4 * 1024 * 1024)
#define CLIENT_FILE_MAX (5 * 1024 * 1024)

enum call_state {
	CALL_RUNNING,                   /* an exchange is under way */
	CALL_PAUSED,                    /* goes again at due_ms */
	CALL_SIGNED_OUT,                /* waits for a token */
	CALL_ENDED,                     /* its reply waits to be delivered */
};

/* One api_call(), through all its tries. */
struct call {
	struct call *next;
	struct api *api;
	struct owner *owner;            /* NULL: gone, or none */
	struct owner_link link;
	int slot;
	const struct api_op *op;
	struct api_sink sink;
	enum call_state state;
	int tries;
	int64_t due_ms;                 /* CALL_PAUSED */
	int64_t told_sent;              /* bytes told to sink.progress */
	bool unsure;                    /* a try may have been the one */
	bool tell_unsure;
	unsigned token_age;             /* of the token it went with */
	char trace[33];                 /* W3C trace id, 32 hex digits */
	char path[2048];
	struct buf body;
	const char *body_type;
	char key[68], etag[48], contact[ID_TEXT];
	struct http_exchange exchange;
	struct api_reply reply;
};

struct api {
	struct http *http;
	int timeout_s;
	char desk[32];                  /* declared with each call, or "" */
	struct call *calls;
	struct secret token;            /* with its final zero */
	unsigned token_age;             /* grows with each token */
	bool signed_out, tell_signed_out;
	void (*on_signed_out)(void *self);
	void *signed_out_self;
	void (*on_detached)(void *self, const struct api_op *op,
			    const struct api_reply *reply);
	void *detached_self;
};

/* The media type of its JSON body. */
const char *client_body_type(const struct api_op *op);

/* Tell whether the operation changes nothing. */
bool client_is_read(const struct api_op *op);

/* Copy the request into `call`: path, headers, body.  Errors: ERR_INVALID. */
bool client_prepare(struct call *call, const struct api_request *request,
		    struct err *err);

/* The same from what api_write_down() wrote, line by line. */
bool client_read_down(struct call *call, const char *text);

/* Send `call` once more. */
void client_send(struct call *call);

/* Turn the exchange of `call` into its reply. */
void client_read_answer(struct call *call);

/* Put the reference of the call on `err`. */
void client_put_ref(const struct call *call, struct err *err);

#endif
